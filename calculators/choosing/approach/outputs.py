"""What the choice of a lever answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Column, Judgement, Table, amount, findings, table
from calculators.engine.declare import verdict as judgment
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The rung with its reasons, what to do there, what comes next, and which answers would change it."""

    verdict: Judgement = judgment("Your next step", headline=True, by_rules=True)
    what_to_do: Judgement = judgment("What to do", leading=True)
    next_rung: Judgement = judgment(
        "If the target is still missed", leading=True, help="The advice once this rung has been tried."
    )
    readiness: Judgement = judgment("Ready for fine-tuning")
    volume_ratio: Decimal | None = amount(
        "Requests, as a share of break-even",
        SHARE,
        optional=True,
        help="From 100% on, a tuned model would be cheaper than your prompt.",
    )
    stable_intervals: Decimal | None = amount("Stable for, in retraining intervals", ONE, optional=True)
    cascade_cost: Decimal | None = amount(
        "Small model first: cost", SHARE, optional=True, help="As a share of the cost of the large model alone."
    )
    cascade_good: Decimal | None = amount("Small model first: good answers", SHARE, optional=True)
    cascade_pays_from: Decimal | None = amount(
        "Small model first: pays from",
        SHARE,
        optional=True,
        help="The share of requests that must stay with it before the two cost less than the large model alone.",
    )
    steps: Table = table("Where you are on the ladder", Column("step", "Step"), Column("state", "State"))
    changes: Table = table(
        "What would change this advice",
        Column("question", "Question"),
        Column("now", "Your answer"),
        Column("instead", "If it were"),
        Column("advice", "The advice would be"),
        answers="now",
        help="For each question the smallest change that matters by itself. “Assumed” is an answer that follows from a "
        "default.",
    )
    ladder: Table = table(
        "The rungs that the rules ask for",
        Column("rung", "Rung"),
        Column("state", "State"),
        help="From the highest down. Rungs that no rule asks for are left out.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
