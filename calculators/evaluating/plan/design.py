"""The test that the reader plans, as the statistics see it."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.statistics import (
    absolute_score_difference,
    judge_reported_discordance,
    judge_reported_score,
    largest_discordance,
    normal_quantile,
    unrelated_discordance,
)
from calculators.engine.numbers import Number, choose, known, known_or, largest, named, smallest
from calculators.evaluating.plan.inputs import Inputs
from calculators.evaluating.plan.pilot import EvaluationPilot


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What the grader sees: scores, differences and quantiles that several answers share.

    `differ` is the share of examples on which the versions truly differ, `unrelated` that of versions whose mistakes
    have nothing in common. A reader's own share, or that of a pilot, is the `fixed_discordance`, and the
    `discordance_ratio` to unrelated versions is then 0; else the fixed one is 0.
    """

    unrelated: Number
    fixed_discordance: Number
    discordance_ratio: Number
    differ: Number
    baseline: Number
    expected: Number
    difference: Number
    discordant: Number
    alpha: Number
    z_alpha: Number
    z_power: Number


def evaluation_design(i: Inputs, pilot: EvaluationPilot) -> Design:
    """The reader's test as the grader sees it; a pilot tells on how many examples the versions differ."""
    typed = known_or(i.discordant, pilot.discordant)
    true_difference = absolute_score_difference(i.baseline, i.expected)
    unrelated = named("Examples on which unrelated versions differ", unrelated_discordance(i.baseline, i.expected))
    fixed_discordance = known_or(typed, 0)
    discordance_ratio = choose(known(typed), 0, i.discordant_ratio)
    chosen = known_or(typed, i.discordant_ratio * unrelated)
    possible = largest_discordance(i.baseline, i.expected)
    differ = named("Examples on which the versions differ", smallest(largest(chosen, true_difference), possible))
    baseline = named("Baseline score as graded", judge_reported_score(i.baseline, i.judge_accuracy))
    expected = named("Expected score as graded", judge_reported_score(i.expected, i.judge_accuracy))
    alpha = named("Alpha of each comparison", i.alpha / i.comparisons)
    return Design(
        unrelated=unrelated,
        fixed_discordance=fixed_discordance,
        discordance_ratio=discordance_ratio,
        differ=differ,
        baseline=baseline,
        expected=expected,
        difference=named("Difference as graded", absolute_score_difference(baseline, expected)),
        discordant=named("Examples that differ as graded", judge_reported_discordance(differ, i.judge_accuracy)),
        alpha=alpha,
        z_alpha=named("z of alpha", normal_quantile(alpha / 2)),
        z_power=named("z of power", normal_quantile(1 - i.power)),
    )
