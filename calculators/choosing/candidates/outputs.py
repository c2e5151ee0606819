"""What the choice of a task answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Column, Judgement, Table, amount, findings, table
from calculators.engine.declare import verdict as judgment
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import SHARE, USD_PER_MONTH


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What is at stake every month, in which tasks, and where to begin."""

    at_stake: Decimal = amount("At stake a month in the tasks worth the work", USD_PER_MONTH, headline=True)
    begin_with: Judgement = judgment("Begin with")
    share_worth: Decimal = amount("Of all that is at stake", SHARE, help="What the tasks worth the work make up.")
    prompts: Decimal = amount("Repeated prompts, all tasks", USD_PER_MONTH, help="What each run sends again.")
    work: Decimal = amount("Work on prompts, all tasks", USD_PER_MONTH)
    threshold: Decimal = amount("Worth the work from", USD_PER_MONTH, detail=True)
    ranking: Table = table(
        "Your tasks, ranked",
        Column("task", "Task"),
        Column("at_stake", "At stake a month", USD_PER_MONTH),
        Column("prompt", "Repeated prompt", USD_PER_MONTH),
        Column("work", "Prompt work", USD_PER_MONTH),
        Column("worth", "Worth it"),
        Column("reason", "Why"),
    )
    notes: tuple[Note, ...] = findings("Good to know")
