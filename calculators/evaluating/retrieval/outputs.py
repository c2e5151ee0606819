"""What the evaluation of a search answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import PASSAGES, QUERIES
from calculators.engine.declare import Column, Judgement, Range, Table, amount, findings, interval, table, verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The verdict, the measures with their intervals, the curve over k, and all that was left out or set right."""

    verdict: Judgement = verdict("Does the search find the right passages?", headline=True)
    recall: Decimal | None = amount(
        "Recall of A", SHARE, help="The share of the right passages among the first k, on average over the queries."
    )
    recall_range: Range = interval("The true recall of A", SHARE, help="Over all queries like these.")
    recall_b: Decimal | None = amount("Recall of B", SHARE, optional=True)
    difference: Decimal | None = amount("B minus A, in the measure of the verdict", SHARE, optional=True)
    p_value: Decimal | None = amount(
        "p-value of the paired test", ONE, optional=True, help="The sign-flip test: each query is one vote with a size."
    )
    enough_a: Decimal | None = amount(
        "Passages that are enough, A",
        PASSAGES,
        measures=("Chunks in the prompt",),
        help="The smallest k with 95% (or the share that you chose) of the recall of the whole lists.",
    )
    enough_b: Decimal | None = amount(
        "Passages that are enough, B", PASSAGES, optional=True, measures=("Chunks in the prompt",)
    )
    precision: Decimal | None = amount("Precision of A", SHARE, detail=True)
    hit_rate: Decimal | None = amount("Hit rate of A", SHARE, detail=True)
    mrr: Decimal | None = amount("MRR of A", SHARE, detail=True)
    map: Decimal | None = amount("MAP of A", SHARE, detail=True)
    ndcg: Decimal | None = amount("nDCG of A", SHARE, detail=True)
    queries: Decimal = amount("Queries measured", QUERIES, detail=True)
    impossible: Decimal = amount("Queries without a right passage", QUERIES, detail=True)
    silent: Decimal = amount("Judged queries without results in A", QUERIES, detail=True, help="They count as 0.")
    unjudged: Decimal = amount(
        "Queries of A without judgments", QUERIES, detail=True, help="They are left out of every measure."
    )
    judged_share: Decimal | None = amount(
        "Passages of A that are judged", SHARE, detail=True, help="Of those among the first k."
    )
    depth: Decimal = amount("Longest list of A", PASSAGES, detail=True)
    measures: Table = table(
        "All measures, within the first k",
        Column("measure", "Measure"),
        Column("a", "A", SHARE),
        Column("a_low", "from", SHARE),
        Column("a_high", "to", SHARE),
        Column("b", "B", SHARE),
        Column("difference", "B minus A", SHARE),
        Column("difference_low", "from", SHARE),
        Column("difference_high", "to", SHARE),
        Column("p_value", "p-value", ONE),
    )
    curve: Table = table(
        "Recall over k",
        Column("k", "k", PASSAGES),
        Column("a", "A", SHARE),
        Column("b", "B", SHARE),
        help="How much of the right passages the first k hold.",
    )
    files: Table = table(
        "What was read",
        Column("file", "File"),
        Column("format", "Read as"),
        Column("queries", "Queries", QUERIES),
        Column("passages", "Passages", PASSAGES),
    )
    problems: Table = table(
        "What was left out or set right",
        Column("file", "File"),
        Column("problem", "What"),
        Column("count", "How many", ONE),
        Column("lines", "In lines"),
        Column("remedy", "What is done"),
        leading=True,
    )
    notes: tuple[Note, ...] = findings("Good to know")
