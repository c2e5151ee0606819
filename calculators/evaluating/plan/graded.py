"""The plan of a test of graded scores: t-tests, and whether more examples or more runs of each pay."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.graded_scores import (
    best_runs_formula,
    noticed_difference_formula,
    paired_interval_cases_formula,
    paired_t_cases_formula,
    paired_t_power_formula,
    two_sample_interval_cases_formula,
    two_sample_t_cases_formula,
    two_sample_t_power_formula,
)
from calculators.domain.statistics import absolute_score_difference, student_quantile
from calculators.engine.declare import OutputValue
from calculators.engine.numbers import (
    Number,
    Share,
    choose,
    floor,
    is_known_number,
    known_or,
    largest,
    named,
    root,
    smallest,
)
from calculators.evaluating.plan.clusters import EvaluationClusters
from calculators.evaluating.plan.inputs import Inputs
from calculators.evaluating.plan.pilot import EvaluationPilot

Measures = dict[str, OutputValue]
"""Some of the outputs, by name."""


@dataclass(frozen=True, slots=True)
class PlannedStrays:
    """How scores or differences stray: the variance between examples, and that between the runs of one."""

    between: Number
    within: Number

    def error(self, cases: Number, runs: Number) -> Number:
        """The standard error of a mean over examples, each run so often."""
        return root((self.between + self.within / runs) / cases)

    def deviation(self, runs: Number) -> Number:
        """The standard deviation of the means of so many runs."""
        return root(self.between + self.within / runs)


@dataclass(frozen=True, slots=True)
class PlannedGradedDesign:
    """A test of graded scores; `scores` are those of one version, and None where nothing tells how they stray."""

    difference: Number
    alpha: Share
    differences: PlannedStrays
    scores: PlannedStrays | None

    def paired_power(self, i: Inputs, examples: Number) -> Share:
        """The chance to notice with the same examples."""
        return paired_t_power_formula(self.difference, self.differences.deviation(i.runs), examples, self.alpha)

    def independent_power(self, i: Inputs, examples: Number) -> Share | None:
        """The chance to notice with so many examples for each version."""
        if self.scores is None:
            return None
        spread = self.scores.deviation(i.runs)
        return two_sample_t_power_formula(self.difference, spread, examples, examples, self.alpha)

    def smallest_difference(self, i: Inputs, examples: Number) -> Number | None:
        """The smallest difference that shows with the same examples; None for a single example."""
        return noticed_difference_formula(self.differences.deviation(i.runs), examples, self.alpha, i.power)

    def score_ends(self, i: Inputs, examples: Number) -> tuple[Number | None, Number | None]:
        """Student's interval of the baseline score, within the scale."""
        if self.scores is None:
            return None, None
        student = student_quantile(self.alpha / 2, largest(1, floor(examples) - 1))
        half = named("Half of the width", student * self.scores.error(examples, i.runs))
        return largest(0, i.baseline - half), smallest(1, i.baseline + half)


def planned_graded_design(i: Inputs, pilot: EvaluationPilot, alpha: Share) -> PlannedGradedDesign | None:
    """The test as planned if scores are graded; None if they are right or wrong."""
    scores, differences = known_or(i.score_sd, pilot.score_sd), known_or(i.difference_sd, pilot.difference_sd)
    if is_known_number(differences):
        variance = differences * differences
    elif is_known_number(scores):
        variance = 2 * scores * scores
    else:
        return None
    run_sd = known_or(i.run_sd, known_or(pilot.run_sd, 0))
    run_variance = run_sd * run_sd
    difference = absolute_score_difference(i.baseline, i.expected)
    return PlannedGradedDesign(
        named("Difference to notice", difference),
        alpha,
        _planned_strays("differences", variance, 2 * run_variance),
        _planned_strays("scores", scores * scores, run_variance) if is_known_number(scores) else None,
    )


def _planned_strays(what: str, variance: Number, within: Number) -> PlannedStrays:
    """A variance split in two; runs cannot stray more than all does."""
    within = named(f"Variance of the {what} between runs", smallest(within, variance))
    return PlannedStrays(named(f"Variance of the {what} between examples", variance - within), within)


def planned_graded_measures(i: Inputs, design: PlannedGradedDesign, clusters: EvaluationClusters) -> Measures:
    """What the difference needs, and what the reader's examples and runs show."""
    strays, scores = design.differences, design.scores
    worth, examples = clusters.worth(i.examples), clusters.whole_worth(i.examples)
    spread = named("Standard deviation of the differences with these runs", strays.deviation(i.runs))
    alike, old, new, score_spread = None, None, None, None
    if scores is not None:
        score_spread = named("Standard deviation of the scores with these runs", scores.deviation(i.runs))
        alike = two_sample_t_cases_formula(design.difference, score_spread, 1, design.alpha, i.power)
        old = two_sample_t_cases_formula(design.difference, score_spread, i.ratio, design.alpha, i.power)
        old, new = clusters.of_both(choose(i.ratio == 1, None, old), i.ratio)
    low, high = design.score_ends(i, worth)
    effort = named("Effort for all", i.examples * (i.case_effort + i.runs))
    runs = best_runs_formula(strays.between, strays.within, i.case_effort, 1, effort)
    return {
        "paired_sample_size": clusters.needed(paired_t_cases_formula(design.difference, spread, design.alpha, i.power)),
        "sample_size_per_arm": clusters.needed(alike),
        "sample_size_old": old,
        "sample_size_new": new,
        "paired_power": design.paired_power(i, examples),
        "independent_power": design.independent_power(i, examples),
        "smallest_difference": _known_planned_number(design.smallest_difference(i, examples)),
        "score_low": low,
        "score_high": high,
        "standard_error": None if scores is None else scores.error(worth, i.runs),
        "difference_error": strays.error(worth, i.runs),
        "error_more_runs": strays.error(worth, 2 * i.runs),
        "error_more_cases": strays.error(2 * worth, i.runs),
        "best_runs": runs,
        "best_cases": floor(effort / (i.case_effort + runs)) if is_known_number(runs) else None,
        "difference_spread": spread,
        "score_spread": score_spread,
        **_planned_graded_width_measures(i, spread, score_spread, design.alpha, clusters),
        **dict.fromkeys(COUNTED_ONLY),
    }


def _planned_graded_width_measures(
    i: Inputs, spread: Number, score_spread: Number | None, alpha: Share, clusters: EvaluationClusters
) -> Measures:
    """The examples that an interval of the reader's width takes; nothing where none is asked for."""
    if not is_known_number(i.width):
        return dict.fromkeys(OF_WIDTH)
    paired = paired_interval_cases_formula(spread, i.width, alpha)
    apart = None
    if score_spread is not None:
        apart = two_sample_interval_cases_formula(score_spread, i.ratio, i.width, alpha)
    return dict(zip(OF_WIDTH, (clusters.needed(paired), *clusters.of_both(apart, i.ratio)), strict=True))


def _known_planned_number(number: Number | None) -> Number | None:
    """The number, where there is one."""
    return number if is_known_number(number) else None


COUNTED_ONLY = (
    *("wrong_pick", "granularity", "smallest_independent_difference", "paired_sample_size_unrounded"),
    *("sample_size_per_arm_unrounded", "sample_size_per_arm_fisher", "paired_power_normal"),
    *("independent_power_normal", "discordant_share", "discordant_unrelated"),
)
"""The outputs that graded scores do not have."""

OF_WIDTH = ("width_sample_size", "width_sample_size_old", "width_sample_size_new")
"""The outputs for an interval of a width."""

OF_SCORES = (
    *("sample_size_per_arm", "sample_size_old", "sample_size_new", "independent_power", "score_low", "score_high"),
    "standard_error",
)
"""The outputs that graded scores lack where only the differences are known."""

GRADED_ONLY = (
    *("difference_error", "error_more_runs", "error_more_cases", "best_runs", "best_cases", "difference_spread"),
    "score_spread",
)
"""The outputs that right and wrong answers do not have."""
