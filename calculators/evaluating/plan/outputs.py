"""What the plan of a test answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import Column, Table, amount, findings, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the difference needs, and what the reader's number of examples can show."""

    paired_sample_size: Decimal | None = amount(
        "Examples you need, the same for both versions",
        EXAMPLE_COUNT,
        headline=True,
        help="By Connor's formula for McNemar's test; by the paired t-test for graded scores.",
    )
    sample_size_per_arm: Decimal | None = amount(
        "Examples for each, if each has its own",
        EXAMPLE_COUNT,
        help="By the pooled normal formula; by the t-test for graded scores.",
    )
    sample_size_old: Decimal | None = amount(
        "Examples of the old version, in groups of unequal size",
        EXAMPLE_COUNT,
        optional=True,
        help="By the same formula, with the ratio that you typed.",
    )
    sample_size_new: Decimal | None = amount(
        "Examples of the new version, in groups of unequal size",
        EXAMPLE_COUNT,
        optional=True,
        help="From the unrounded number of the old version; for graded scores, from the whole one.",
    )
    width_sample_size: Decimal | None = amount(
        "Examples for the width of the interval, the same for both versions",
        EXAMPLE_COUNT,
        optional=True,
        help="By the normal formula; by Student's t for graded scores. The real interval varies with the results.",
    )
    width_sample_size_old: Decimal | None = amount(
        "Examples of the old version for that width, if each has its own", EXAMPLE_COUNT, optional=True
    )
    width_sample_size_new: Decimal | None = amount(
        "Examples of the new version for that width, if each has its own", EXAMPLE_COUNT, optional=True
    )
    paired_power: Decimal = amount(
        "Chance to notice, with the same examples", SHARE, help="With the number of examples you typed."
    )
    independent_power: Decimal | None = amount("Chance to notice, with examples of their own", SHARE, optional=True)
    smallest_difference: Decimal | None = amount(
        "Smallest difference you would notice, with the same examples",
        SHARE,
        help="Above the baseline, at the power you asked for. Nothing where even a perfect score would not do.",
    )
    difference_error: Decimal | None = amount(
        "Standard error of the difference",
        SHARE,
        optional=True,
        help="With the same examples, as many and as many runs as you typed.",
    )
    error_more_runs: Decimal | None = amount(
        "Standard error with twice as many runs of each example", SHARE, optional=True
    )
    error_more_cases: Decimal | None = amount("Standard error with twice as many examples", SHARE, optional=True)
    best_runs: Decimal | None = amount(
        "Best number of runs of each example",
        ONE,
        optional=True,
        help="For the smallest standard error with the same effort as yours.",
    )
    best_cases: Decimal | None = amount("Examples that this effort then buys", EXAMPLE_COUNT, optional=True)
    wrong_pick: Decimal | None = amount(
        "Chance that the worse one scores at least as high", SHARE, optional=True, help="Each on examples of its own."
    )
    score_low: Decimal | None = amount(
        "The baseline could truly be as low as",
        SHARE,
        optional=True,
        help="Wilson's interval, if you measure what you expect; Student's for graded scores.",
    )
    score_high: Decimal | None = amount("The baseline could truly be as high as", SHARE, optional=True)
    standard_error: Decimal | None = amount("Standard error of the baseline score", SHARE, optional=True)
    pilot_cases: Decimal | None = amount("Examples in the pilot", EXAMPLE_COUNT, optional=True)
    pilot_score_sd: Decimal | None = amount(
        "Standard deviation of the scores in the pilot", SHARE, optional=True, help="With one run of each example."
    )
    pilot_difference_sd: Decimal | None = amount(
        "Standard deviation of the differences in the pilot", SHARE, optional=True
    )
    pilot_run_sd: Decimal | None = amount("Standard deviation between runs in the pilot", SHARE, optional=True)
    pilot_discordant: Decimal | None = amount(
        "Examples of the pilot on which the versions differ", SHARE, optional=True
    )
    design_effect: Decimal | None = amount(
        "Design effect",
        ONE,
        optional=True,
        help="How many times as many examples the test needs, because they come in clusters.",
    )
    effective_examples: Decimal | None = amount(
        "Examples on their own that would tell as much", EXAMPLE_COUNT, optional=True
    )
    difference_spread: Decimal | None = amount(
        "Standard deviation of the differences, with your runs", SHARE, optional=True, detail=True
    )
    score_spread: Decimal | None = amount(
        "Standard deviation of the scores, with your runs", SHARE, optional=True, detail=True
    )
    granularity: Decimal | None = amount(
        "Smallest step of a score", SHARE, optional=True, detail=True, help="One example more or less."
    )
    smallest_independent_difference: Decimal | None = amount(
        "Smallest difference you would notice, with examples of their own", SHARE, optional=True, detail=True
    )
    paired_sample_size_unrounded: Decimal | None = amount(
        "Examples, the same ones for both, unrounded",
        EXAMPLE_COUNT,
        optional=True,
        detail=True,
        help="As if each were on its own.",
    )
    sample_size_per_arm_unrounded: Decimal | None = amount(
        "Examples for each version, unrounded",
        EXAMPLE_COUNT,
        optional=True,
        detail=True,
        help="As if each were on its own.",
    )
    sample_size_per_arm_fisher: Decimal | None = amount(
        "Examples for each version, corrected for the exact test",
        EXAMPLE_COUNT,
        optional=True,
        detail=True,
        help="Counts come in whole steps, so Fisher's exact test needs a few more.",
    )
    paired_power_normal: Decimal | None = amount(
        "Chance with the same examples, by the normal formula", SHARE, optional=True, detail=True
    )
    independent_power_normal: Decimal | None = amount(
        "Chance with examples of their own, by the normal formula",
        SHARE,
        optional=True,
        detail=True,
        help="Too hopeful for few examples.",
    )
    alpha_each: Decimal = amount("Alpha of each comparison", SHARE, detail=True)
    discordant_share: Decimal | None = amount(
        "Examples on which the versions differ",
        SHARE,
        optional=True,
        detail=True,
        help="As counted here: at least the difference between the scores, at most what the scores allow.",
    )
    discordant_unrelated: Decimal | None = amount(
        "Examples on which unrelated versions would differ",
        SHARE,
        optional=True,
        detail=True,
        help="If the mistakes of one say nothing about those of the other.",
    )
    sizes: Table = table(
        "What a number of examples can show",
        Column("examples", "Examples"),
        Column("low", "Score at least", SHARE),
        Column("high", "Score at most", SHARE),
        Column("smallest_difference", "Smallest difference", SHARE),
        Column("paired_power", "Noticed, same examples", SHARE),
        Column("independent_power", "Noticed, examples of their own", SHARE),
        Column("wrong_pick", "Worse one at least as high", SHARE),
        Column("enough", "Enough?"),
        help="The interval is that of the baseline score. The smallest difference is for the same examples.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
