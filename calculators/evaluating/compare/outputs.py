"""What the comparison of versions answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import CLUSTER_COUNT, EXAMPLE_COUNT
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
from calculators.engine.numbers.units import ONE, SHARE

MCNEMAR, FISHER, FLIPS, FLIPS_BY_CLUSTER, T_TEST, T_TEST_BY_CLUSTER = (
    *("mcnemar", "fisher", "sign_flips", "sign_flips_by_cluster"),
    *("t_test", "t_test_by_cluster"),
)
TESTS = {
    MCNEMAR: "McNemar's exact test",
    FISHER: "Fisher's exact test",
    FLIPS: "The exact sign-flip test",
    FLIPS_BY_CLUSTER: "The exact sign-flip test by cluster",
    T_TEST: "The paired t-test",
    T_TEST_BY_CLUSTER: "The paired t-test by cluster",
}


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The verdict, what it rests on, and what it would take to be sure."""

    verdict: Judgement = verdict("Is B really better?", headline=True)
    test: str = outcome(
        "Test that decides", TESTS, help="An exact test where all outcomes of chance can be counted, else the t-test."
    )
    p_value: Decimal | None = amount(
        "p-value of this test", ONE, help="Shown as 0 below one in a trillion; the JSON has it in full."
    )
    p_value_holm: Decimal | None = amount(
        "p-value among all versions",
        ONE,
        optional=True,
        help="Corrected by Holm's method for the number of versions that are compared with the baseline.",
    )
    difference: Range = interval(
        "The true difference, B minus A",
        SHARE,
        help="Newcombe's interval, for paired or for independent results. Student's for graded scores, as shares of "
        "the way from the lowest score to the highest.",
    )
    score_a: Range = interval("The true score of A", SHARE, help="Wilson's interval; Student's for graded scores.")
    score_b: Range = interval("The true score of B", SHARE)
    needed: Decimal | None = amount(
        "Examples to be sure, at these rates",
        EXAMPLE_COUNT,
        help="For a test like this one with the power you asked for; for each version, if each has its own.",
    )
    more_examples: Decimal | None = amount(
        "Examples still missing",
        EXAMPLE_COUNT,
        optional=True,
        help="For the power you asked for. There is none where this test shows the difference already.",
    )
    mean_a: Decimal | None = amount("Mean score of A", ONE, optional=True)
    mean_b: Decimal | None = amount("Mean score of B", ONE, optional=True)
    mean_difference: Decimal | None = amount("Mean difference, B minus A", ONE, optional=True)
    cases: Decimal | None = amount("Cases with results of both", EXAMPLE_COUNT, optional=True)
    clusters: Decimal | None = amount(
        "Clusters of these cases",
        CLUSTER_COUNT,
        optional=True,
        help="By the column that you named. They count as independent of each other, not the cases within.",
    )
    design_effect: Decimal | None = amount(
        "Design effect",
        ONE,
        optional=True,
        help="How many times as many cases the test needs because they come in clusters. Below 1 where cases of a "
        "cluster balance.",
    )
    bootstrap_low: Decimal | None = amount(
        "The difference by the bootstrap, at least",
        SHARE,
        optional=True,
        help="Cases are drawn again and again from yours by a fixed rule; corrected for bias and skew (BCa).",
    )
    bootstrap_high: Decimal | None = amount("The difference by the bootstrap, at most", SHARE, optional=True)
    case_variance: Decimal | None = amount(
        "Variance of the difference between cases", ONE, optional=True, help="With the noise of the runs taken out."
    )
    run_variance_a: Decimal | None = amount("Variance between runs of a case, A", ONE, optional=True)
    run_variance_b: Decimal | None = amount("Variance between runs of a case, B", ONE, optional=True)
    error_now: Decimal | None = amount(
        "Standard error of the difference", SHARE, optional=True, help="By case: the runs of a case are one vote."
    )
    error_more_runs: Decimal | None = amount(
        "Standard error with twice as many runs of each case", SHARE, optional=True
    )
    error_more_cases: Decimal | None = amount("Standard error with twice as many cases", SHARE, optional=True)
    p_value_t: Decimal | None = amount("p-value of the paired t-test", ONE, optional=True, detail=True)
    p_value_ranks: Decimal | None = amount(
        "p-value of Wilcoxon's signed-rank test",
        ONE,
        optional=True,
        detail=True,
        help="A second opinion that a few large differences sway less.",
    )
    p_value_shared: Decimal | None = amount(
        "p-value among all versions, by shared flips",
        ONE,
        optional=True,
        detail=True,
        help="All ways to flip the differences of the cases, in all versions at once (Westfall and Young). A second "
        "opinion on Holm's method, where the cases that differ are few enough.",
    )
    p_value_differ: Decimal | None = amount(
        "p-value of Cochran's Q",
        ONE,
        optional=True,
        detail=True,
        help="Whether the versions differ at all, where each is right or wrong once on each case.",
    )
    difference_spread: Decimal | None = amount(
        "Standard deviation of the differences", SHARE, optional=True, detail=True
    )
    correlation: Decimal | None = amount(
        "Correlation of the versions",
        ONE,
        optional=True,
        detail=True,
        help="The more alike they do on the same cases, the more pairing them gains.",
    )
    measured_difference: Decimal | None = amount("B minus A, as measured", SHARE, detail=True)
    discordant: Decimal | None = amount(
        "Examples on which they differ", SHARE, detail=True, help="Paired results only."
    )
    alpha_each: Decimal = amount("Alpha of each comparison", SHARE, detail=True)
    versions: Table = table(
        "All versions",
        Column("version", "Version"),
        Column("cases", "Cases", EXAMPLE_COUNT),
        Column("score", "Score", SHARE),
        Column("low", "At least", SHARE),
        Column("high", "At most", SHARE),
        Column("difference", "Minus A", SHARE),
        Column("p_value", "p-value", ONE),
        Column("p_value_holm", "among all", ONE),
        own="compared",
        help="Each beside the baseline, on the cases that both have. Intervals are Wilson's where answers are right or "
        "wrong, Student's for graded scores. The last column is corrected by Holm's method.",
        optional=True,
    )
    alone: Table = table(
        "Each version by itself",
        Column("version", "Version"),
        Column("cases", "Cases", EXAMPLE_COUNT),
        Column("runs", "Runs", ONE),
        Column("mean", "Mean score", ONE),
        Column("error", "Standard error", ONE),
        help="On all its cases, those that others lack among them. The runs of a case are averaged first.",
        optional=True,
    )
    tries: Table = table(
        "Several tries at a case",
        Column("version", "Version"),
        Column("tries", "Tries", ONE),
        Column("one_right", "One is right", SHARE),
        Column("low", "At least", SHARE),
        Column("high", "At most", SHARE),
        Column("all_right", "All are right", SHARE),
        help="On average over the cases of a version, from repeated runs that are right or wrong. One right of k tries "
        "is pass@k, what a retry with a check can reach; all right is pass^k, what a user meets who asks again and "
        "again.",
        optional=True,
    )
    slices: Table = table(
        "Slices",
        Column("slice", "Slice"),
        Column("cases", "Cases", EXAMPLE_COUNT),
        Column("a", "Score of A", SHARE),
        Column("b", "Score of B", SHARE),
        Column("difference", "B minus A", SHARE),
        Column("p_value", "p-value", ONE),
        Column("p_value_holm", "among all", ONE),
        Column("remark", "Remark"),
        help="The last p-value is corrected by Holm's method: of many slices, some differ by luck.",
        optional=True,
    )
    marks: Table = table(
        "What a score that passes does",
        Column("mark", "Passes from", ONE),
        Column("a", "A passes", SHARE),
        Column("b", "B passes", SHARE),
        Column("difference", "B minus A", SHARE),
        Column("p_value", "p-value", ONE),
        optional=True,
    )
    rows: Table = table(
        "What became of the results",
        Column("kind", "Results"),
        Column("number", "Number", EXAMPLE_COUNT),
        Column("use", "What is done"),
        optional=True,
    )
    columns: Table = table(
        "What was read",
        Column("file", "File"),
        Column("format", "Read as"),
        Column("column", "Column"),
        Column("use", "Used as"),
        optional=True,
    )
    left_out: Table = table(
        "What could not be read",
        Column("file", "File"),
        Column("reason", "Why"),
        Column("count", "How often", ONE),
        Column("lines", "In lines"),
        optional=True,
        leading=True,
    )
    notes: tuple[Note, ...] = findings("Good to know")
