"""What the comparison of plans answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import (
    Column,
    Judgement,
    Range,
    Table,
    amount,
    findings,
    interval,
    outcome,
    table,
    verdict,
)
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import MONTH, ONE, REQUESTS_PER_MONTH, USD, USD_PER_MONTH, USD_PER_REQUEST

OUTCOMES = {
    "from_month": "Costlier at first, cheaper from a month on",
    "from_start": "No costlier from the start",
    "never": "Never cheaper, at any volume",
    "other_volume": "Not cheaper at this volume, but at others",
    "not_within_horizon": "Not cheaper within these months, but catching up",
    "crosses_back": "Cheaper for a time only",
    "alone": "There is no other plan",
}


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Which plan costs least, when a change pays, and how the costs run."""

    cheapest: Judgement = verdict("Cheapest over these months", headline=True, by_rules=True)
    saving: Decimal | None = amount(
        "Saved by changing",
        USD,
        loss="Changing costs more, by",
        help="Over the months compared, against the first plan.",
    )
    outcome: str = outcome("The other plan against the first plan", OUTCOMES)
    break_even_month: Decimal | None = amount(
        "Break-even after",
        MONTH,
        help="The first month at whose end the other plan has cost no more than the first plan.",
    )
    break_even_volume: Decimal | None = amount(
        "Break-even volume",
        REQUESTS_PER_MONTH,
        help="Requests in the first month at which both cost the same over these months, with all other numbers as "
        "they are. Nothing where one is cheaper at any volume.",
    )
    break_even_span: Judgement = verdict(
        "Breaks even, over all settings",
        help="The least and the most of the table of settings below, to two digits.",
    )
    deciding: Judgement = verdict("What decides")
    first_total: Decimal | None = amount("The first plan, over these months", USD)
    other_total: Decimal | None = amount("The other plan, over these months", USD)
    first_span: Range = interval(
        "The first plan, over all settings",
        USD,
        help="People's hours and requests at their low ends together, or at their high ends, over all ways of serving.",
    )
    other_span: Range = interval("The other plan, over all settings", USD)
    first_accepted: Range = interval("The first plan, a good answer", USD_PER_REQUEST)
    other_accepted: Range = interval("The other plan, a good answer", USD_PER_REQUEST)
    comparison: Table = table(
        "The plans over these months",
        Column("plan", "Plan"),
        Column("start", "Start", USD),
        Column("fixed", "Fixed, first month", USD_PER_MONTH),
        Column("per_request", "A request", USD_PER_REQUEST),
        Column("total", "In all", USD),
        Column("saving", "Saved against the first plan", USD),
        Column("outcome", "Against the first plan"),
        Column("month", "From month", MONTH),
        Column("volume", "Break-even volume", REQUESTS_PER_MONTH),
        Column("accepted_low", "A good answer, from", USD_PER_REQUEST),
        Column("accepted_high", "to", USD_PER_REQUEST),
    )
    split: Table = table(
        "What each plan pays for",
        Column("plan", "Plan"),
        Column("total", "In all", USD),
        Column("tokens", "Tokens", USD),
        Column("hosting", "Hosting", USD),
        Column("people", "People", USD),
        Column("typed", "Typed by you", USD),
        stacked=True,
        help="Tokens are all that is bought by use: read, written, embedded, searched and trained on. Hosting is what "
        "stands ready whether it is used or not.",
    )
    settings: Table = table(
        "What the break-even depends on",
        Column("setting", "Setting"),
        Column("start", "The other plan, start", USD),
        Column("month", "A month, on average", USD_PER_MONTH),
        Column("total", "In all", USD),
        Column("volume", "Break-even volume", REQUESTS_PER_MONTH),
        Column("cheaper", "Cheaper than the first plan"),
        help="Each row moves one thing and leaves the others as they are.",
    )
    cumulative: Table = table(
        "Paid by the end of each month",
        Column("month", "Month", ONE),
        Column("plan_1", "Plan 1", USD),
        Column("plan_2", "Plan 2", USD),
        Column("plan_3", "Plan 3", USD),
        Column("plan_4", "Plan 4", USD),
    )
    notes: tuple[Note, ...] = findings("Good to know")
