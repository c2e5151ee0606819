"""How long a person waits: what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import SECONDS
from calculators.engine.declare import Column, Judgement, Table, amount, findings, outcome, table, verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The first token and the whole answer: the median and the slow requests, the target, and what would help."""

    wait: Judgement = verdict("A whole answer takes", headline=True, by_rules=True)
    whole_p95: Decimal | None = amount(
        "95 of 100 answers are complete within",
        SECONDS,
        help="The p95 of the whole answer. Nothing where more than one request in 20 is never answered.",
    )
    whole_p50: Decimal | None = amount("Half of the answers are complete within", SECONDS)
    whole_p99: Decimal | None = amount("99 of 100 answers are complete within", SECONDS)
    first_p50: Decimal | None = amount("Half of the requests have a first token within", SECONDS)
    first_p95: Decimal | None = amount("95 of 100 have a first token within", SECONDS)
    first_p99: Decimal | None = amount("99 of 100 have a first token within", SECONDS)
    within: Decimal = amount("Requests within the target", SHARE)
    met: str = outcome("Is the target met?", {"yes": "Yes", "no": "No"})
    mean: Decimal = amount(
        "Mean time of all stages, tries aside", SECONDS, detail=True, help="Means add up. Medians and p95s do not."
    )
    sum_p50: Decimal = amount("Sum of the medians of all stages", SECONDS, detail=True)
    sum_p95: Decimal = amount(
        "Sum of the p95s of all stages",
        SECONDS,
        detail=True,
        help="What 95 of 100 would wait at most if all stages were slow in the same requests.",
    )
    queued: Decimal | None = amount(
        "Requests that wait for a place", SHARE, help="Nothing where your service takes all of them at once."
    )
    used: Decimal | None = amount(
        "Places that are taken, on average", SHARE, detail=True, help="From 100% on, the queue grows without end."
    )
    unanswered: Decimal = amount(
        "Requests that are never answered", SHARE, detail=True, help="A call failed in each of its tries."
    )
    levers: Table = table(
        "What each lever does",
        Column("lever", "Lever"),
        Column("first_p95", "First token, p95", SECONDS),
        Column("whole_p95", "Whole answer, p95", SECONDS),
        Column("within", "Within the target", SHARE),
        Column("met", "Target met"),
        help="One change at a time, with all else as it is.",
    )
    stages: Table = table(
        "Where the time goes",
        Column("stage", "Stage"),
        Column("median", "Median", SECONDS),
        Column("p95", "p95", SECONDS),
        Column("count", "Times", ONE),
        Column("share", "Share of the mean", SHARE),
        Column("spread", "Share of the spread", SHARE),
        help="Stages that take long make the mean, stages that vary make the tail. The spread is the variance.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
