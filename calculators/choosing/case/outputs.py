"""What a case answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import EXAMPLE_COUNT, SECONDS
from calculators.engine.declare import (
    Column,
    Judgement,
    Range,
    Table,
    amount,
    findings,
    interval,
    table,
    turning_table,
    verdict,
)
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import HOUR, REQUESTS_PER_MONTH, USD


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The next step, what every lever costs, what decides, what to measure, and how long people wait."""

    step: Judgement = verdict("Your next step", headline=True, by_rules=True)
    step_year: Range = interval(
        "First year of that lever",
        USD,
        help="Of the lever that the step belongs to, else of the one in place or the likely next one. People's hours "
        "and requests are both at their low ends, or both at their high ends, over all ways of serving. A test set "
        "is not in it.",
    )
    what_to_do: Judgement = verdict("What to do", leading=True)
    next_rung: Judgement = verdict("If the target is still missed", help="The advice once this step was tried.")
    measure: Judgement = verdict("What to measure next")
    cheapest: Judgement = verdict(
        "Cheapest that fits your case",
        help="Of the plans that hold the documents and, where that matters most, keep data at home.",
    )
    cases: Decimal | None = amount(
        "Test cases that tell two versions apart",
        EXAMPLE_COUNT,
        help="Answered by both. See “How many test examples you need” for the other numbers of a test.",
    )
    speeds_of: Judgement = verdict(
        "Waiting times are those of", help="Your model, where its speeds were measured; else another one, named here."
    )
    first_token: Decimal | None = amount(
        "95 of 100 people see a first word within",
        SECONDS,
        help="With a search before each answer where the documents do not fit the prompt.",
    )
    whole_answer: Decimal | None = amount("95 of 100 answers are complete within", SECONDS)
    levers: Table = table(
        "What each lever costs in the first year",
        Column("lever", "Lever"),
        Column("total", "In all", USD),
        Column("tokens", "Tokens", USD),
        Column("hosting", "Hosting", USD),
        Column("people", "People", USD),
        Column("low", "From", USD),
        Column("high", "To", USD),
        stacked=True,
        ranged=True,
        help="Tokens are all that is bought by use: read, written, embedded, searched and trained on. Hosting is what "
        "stands ready whether it is used or not.",
    )
    hours: Table = table(
        "People's hours in the first year",
        Column("lever", "Lever"),
        Column("total", "In all", HOUR),
        Column("people", "Cost", USD),
        Column("prompt", "Prompt", HOUR),
        Column("building", "Building", HOUR),
        Column("tests", "Tests", HOUR),
        Column("upkeep", "Upkeep", HOUR),
        Column("again", "Retraining", HOUR),
        optional=True,
        reported=True,
        help="Hours in all × the rate of labor are the amount under “People”. They follow neither the number of "
        "documents nor how often these change. Tests: examples to train on, questions to test the search, and grading. "
        "Upkeep: twelve months, and the move to another model where yours shuts down in them.",
    )
    ends: Table = table(
        "What the ends of these ranges are made of",
        Column("lever", "Lever"),
        Column("hours", "Hours", HOUR),
        Column("people", "People", USD),
        Column("hosting", "Hosting", USD),
        Column("tokens", "Tokens", USD),
        Column("total", "In all", USD),
        Column("setting", "Counted with"),
        optional=True,
        help="A training run is not scaled with the requests.",
    )
    turns: Table = turning_table(
        "What decides the cost: where training would pay",
        "tuning_saves",
        help="The numbers that matter most, and where each by itself makes training as costly as doing without it.",
    )
    changes: Table = table(
        "What would change the next step",
        Column("question", "Question"),
        Column("now", "Your answer"),
        Column("instead", "If it were"),
        Column("advice", "The next step would be"),
        answers="now",
        help="For each question of the ladder the smallest change that matters by itself. Without a test set, and "
        "before the failures are read, each other state of today. “Assumed” is an answer that follows from a default.",
    )
    waits: Table = table(
        "How long people wait, in seconds",
        Column("lever", "Lever"),
        Column("speeds", "Speeds of"),
        Column("first_median", "First word, half within", SECONDS),
        Column("first_slow", "95 of 100 within", SECONDS),
        Column("whole_median", "Whole answer, half within", SECONDS),
        Column("whole_slow", "95 of 100 answers within", SECONDS),
    )
    uncounted: Table = table("What is not counted", Column("matter", "What"), Column("place", "Where to look"))
    prompting_year: Decimal = amount("Prompting, the first year", USD, detail=True)
    retrieval_year: Decimal = amount("Retrieval, the first year", USD, detail=True)
    tuned_year: Decimal = amount("Fine-tuning, the first year", USD, detail=True)
    both_year: Decimal = amount("Fine-tuning with retrieval, the first year", USD, detail=True)
    tuning_saves: Decimal = amount(
        "Training saves in the first year",
        USD,
        detail=True,
        loss="Training costs more in the first year, by",
        help="With retrieval where the documents do not fit the prompt, else without.",
    )
    break_even_volume: Decimal | None = amount(
        "Requests from which training costs less",
        REQUESTS_PER_MONTH,
        detail=True,
        help="At what a request costs at that volume: more requests find more of the prompt cached.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
