"""The comparison of graded scores and of repeated runs: each case is one vote with a size, the mean of its runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calculators.domain.exact_tests import is_flipped_exactly
from calculators.domain.graded_scores import (
    bootstrap_interval,
    clustered_t_p_value,
    hoeffding_formula,
    paired_t_cases_formula,
    paired_t_p_value,
    score_spread,
    signed_rank_test,
    sum_of_scores,
)
from calculators.domain.statistics import normal_quantile, student_quantile, wilson_interval
from calculators.domain.units import CLUSTER_COUNT, EXAMPLE_COUNT
from calculators.engine.declare import OutputValue, Range, later
from calculators.engine.numbers import (
    Number,
    Share,
    ceil,
    choose,
    is_known_number,
    largest,
    named,
    quotient,
    root,
    smallest,
)
from calculators.engine.numbers.units import ONE, Unit
from calculators.evaluating.compare.inputs import Inputs
from calculators.evaluating.compare.outputs import FLIPS, FLIPS_BY_CLUSTER, T_TEST, T_TEST_BY_CLUSTER
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Runs,
    Scoring,
    is_version_counted,
    matched_case_variance,
    matched_correlation,
    matched_design_effect,
    matched_independent_units,
    matched_mean_error,
    matched_planned_error,
    matched_run_variance,
    matched_version_p_value,
    matched_version_results,
    normalized_version_scores,
    version_score_scale,
)
from calculators.evaluating.compare.results.meter import VersionMeter
from calculators.evaluating.compare.results.source import VersionSource, version_in_words
from calculators.readers.results.evaluation import VersionResults

Measures = dict[str, OutputValue]
"""Some of the outputs, by name."""


@dataclass(frozen=True, slots=True)
class VersionPairMeter:
    """Measures two versions on the cases that both have; a working has their names."""

    meter: VersionMeter
    a: VersionResults
    b: VersionResults
    scaled: tuple[VersionResults, ...]

    @property
    def names(self) -> tuple[str, str]:
        """The two within a sentence."""
        return version_in_words(self.a, "A"), version_in_words(self.b, "B")

    @property
    def _both(self) -> str:
        return " and ".join(dict.fromkeys(self.names))

    def matched(self, scoring: Scoring) -> MatchedVersions:
        """The cases of both."""
        return matched_version_results(self.a, self.b, scoring)

    def number(self, label: str, figure: Callable[[MatchedVersions], float | None], unit: Unit = ONE) -> Number:
        """A figure of the cases of both."""
        return self.meter.number(f"{label}, {self._both}", lambda scoring: figure(self.matched(scoring)), unit)

    def scaled_number(self, label: str, figure: Callable[[Runs], float | None], side: int) -> Number:
        """A figure of the case means on the scale: of A (0), of B (1), or of B minus A (2)."""

        def of_scores(scoring: Scoring) -> float | None:
            matched, scale = self.matched(scoring), version_score_scale(self.scaled, scoring)
            if side <= 1:
                return figure(normalized_version_scores(matched.means[side], scale))
            return figure(tuple(step / (scale[1] - scale[0]) for step in matched.differences))

        return self.meter.number(f"{label}, {self._both}", of_scores)

    @property
    def cases(self) -> Number:
        """How many cases both have."""
        return self.number("Cases of both", lambda matched: len(matched.cases), EXAMPLE_COUNT)

    @property
    def p_value(self) -> Number:
        """The p-value of the differences; 1 without any case."""
        return self.number("p-value of the differences", matched_version_p_value)

    @property
    def units(self) -> Number:
        """The clusters, or the cases where each stands alone."""
        if self.has_clusters:
            return self.number("Clusters of both", matched_independent_units, CLUSTER_COUNT)
        return self.cases

    @property
    def is_counted(self) -> bool:
        """Whether each case is right or wrong once in both, on a scale that ends there."""
        scoring = self.meter.scoring
        return is_version_counted(self.matched(scoring)) and version_score_scale(self.scaled, scoring) == (0.0, 1.0)

    @property
    def has_clusters(self) -> bool:
        """Whether some cases belong together."""
        return bool(self.matched(self.meter.scoring).clusters)

    def error(self, label: str, side: int) -> Number | None:
        """The standard error of a mean on the scale by cluster; None where each case stands alone."""
        if not self.has_clusters:
            return None

        def strays(scoring: Scoring) -> float:
            matched, (bottom, top) = self.matched(scoring), version_score_scale(self.scaled, scoring)
            scores = matched.differences if side > 1 else matched.means[side]
            return (matched_mean_error(scores, matched.clusters) or 0.0) / (top - bottom)

        return self.meter.number(f"{label} by cluster, {self._both}", strays)

    def score(self, side: int, alpha: Share) -> Range:
        """The mean of the case means on the scale, with Student's interval; Hoeffding's where nothing varies.

        Where each case is right or wrong once, it is Wilson's interval, as for results that are counted.
        """
        name = self.names[side]
        total = self.scaled_number(f"Scores of {name}, added up", sum_of_scores, side)
        if self.is_counted:
            return wilson_interval(total, self.cases, named("z of alpha", normal_quantile(alpha / 2)))
        spread = self.scaled_number(f"Standard deviation of {name}", score_spread, side)
        error = self.error(f"Standard error of {name}", side)
        return version_mean_interval(total, spread, error, (self.cases, self.units), alpha, 0)

    def difference(self, alpha: Share) -> Range:
        """The mean difference on the scale with its interval."""
        total = self.scaled_number("Differences, added up", sum_of_scores, 2)
        error = self.error("Standard error of the difference", 2)
        return version_mean_interval(total, self.difference_spread, error, (self.cases, self.units), alpha, -1)

    @property
    def difference_spread(self) -> Number:
        """The standard deviation of the differences on the scale."""
        return self.scaled_number("Standard deviation of the differences", score_spread, 2)


def version_mean_interval(
    total: Number, spread: Number, error: Number | None, counts: tuple[Number, Number], alpha: Share, lowest: int
) -> Range:
    """A mean with its interval, held within the scale, which ends at 1.

    `error` is that by cluster, where there are any; `counts` are the cases, and what of them is independent.
    """
    cases, units = counts
    mean = quotient(total, cases)
    freedom = named("Degrees of freedom", largest(1, units - 1))
    strays = quotient(spread, root(cases)) if error is None else error
    student = student_quantile(alpha / 2, freedom) * strays
    half = named("Half of the width", choose(strays > 0, student, hoeffding_formula(units, alpha, 1 - lowest)))
    return Range(largest(lowest, mean - half), quotient(total, cases, None), smallest(1, mean + half))


def version_graded_measures(i: Inputs, meter: VersionMeter, source: VersionSource, alpha: Share) -> Measures:
    """What graded scores and repeated runs say; `alpha` is that of the intervals."""
    assert source.a is not None and source.b is not None
    pair = VersionPairMeter(meter, source.a, source.b, tuple(source.versions))
    cases, spread, difference = pair.cases, pair.difference_spread, pair.difference(alpha)
    distance = None
    if is_known_number(difference.likely):
        distance = named("Distance", largest(difference.likely, 0 - difference.likely))
    needed = None if distance is None else paired_t_cases_formula(distance, spread, alpha, i.power)
    needed = needed if is_known_number(needed) else None
    matched = pair.matched(meter.scoring)
    many = len(matched.cases) > 1 and score_spread(matched.differences) > 0
    alone = many and not matched.clusters
    effect = pair.number("Design effect", matched_design_effect) if matched.clusters else None
    if effect is not None and needed is not None:
        needed = ceil(needed * effect) if is_known_number(effect) else None

    def resampled(end: int) -> Number:
        """An end of the bootstrap interval."""

        def value(scoring: Scoring, level: float) -> float | None:
            bottom, top = version_score_scale(pair.scaled, scoring)
            steps = tuple(step / (top - bottom) for step in pair.matched(scoring).differences)
            interval = bootstrap_interval(steps, level / 2)
            return None if interval is None else interval[end]

        return meter.at_level(f"{('Lower', 'Upper')[end]} end of the bootstrap", value, alpha)

    def error(label: str, more_cases: float, more_runs: float) -> Number:
        def planned(scoring: Scoring) -> float | None:
            bottom, top = version_score_scale(pair.scaled, scoring)
            strays = matched_planned_error(pair.matched(scoring), more_cases, more_runs)
            return None if strays is None else strays / (top - bottom)

        return meter.number(label, planned)

    def raw(label: str, side: int) -> Number:
        return pair.number(label, lambda matched: sum_of_scores(matched.means[side]))

    name_a, name_b = pair.names
    totals = raw(f"Scores of {name_a} as given, added up", 0), raw(f"Scores of {name_b} as given, added up", 1)
    return {
        "p_value": pair.p_value,
        "test": _version_graded_test(matched),
        "difference": difference,
        "score_a": pair.score(0, alpha),
        "score_b": pair.score(1, alpha),
        "needed": needed,
        "more_examples": None if needed is None else choose(needed > cases, needed - cases, 0 * cases),
        "mean_a": quotient(totals[0], cases, None),
        "mean_b": quotient(totals[1], cases, None),
        "mean_difference": quotient(totals[1] - totals[0], cases, None),
        "cases": cases,
        "bootstrap_low": later(lambda: resampled(0)) if alone else None,
        "bootstrap_high": later(lambda: resampled(1)) if alone else None,
        "case_variance": pair.number("Variance of the difference between cases", matched_case_variance),
        "run_variance_a": pair.number(f"Variance of runs of {name_a}", lambda matched: matched_run_variance(matched.a)),
        "run_variance_b": pair.number(f"Variance of runs of {name_b}", lambda matched: matched_run_variance(matched.b)),
        "clusters": pair.units if matched.clusters else None,
        "design_effect": effect,
        "error_now": _version_standard_error(pair, many),
        "error_more_runs": None if matched.clusters else error("Standard error with twice the runs", 1, 2),
        "error_more_cases": None if matched.clusters else error("Standard error with twice the cases", 2, 1),
        "p_value_t": pair.number("p-value of the t-test", _version_t_p_value) if many else None,
        "p_value_ranks": None
        if matched.clusters
        else pair.number("p-value of the signed ranks", lambda matched: signed_rank_test(matched.differences).p_value),
        "difference_spread": spread,
        "correlation": pair.number("Correlation", matched_correlation),
        "measured_difference": difference.likely,
        "discordant": None,
    }


def _version_graded_test(matched: MatchedVersions) -> str:
    """The test that the p-value is of."""
    exact, approximate = (FLIPS_BY_CLUSTER, T_TEST_BY_CLUSTER) if matched.clusters else (FLIPS, T_TEST)
    return exact if is_flipped_exactly(matched.steps) else approximate


def _version_standard_error(pair: VersionPairMeter, many: bool) -> Number | None:
    """The standard error of the difference; None where nothing strays."""
    if not many:
        return None
    together = pair.error("Standard error of the difference", 2)
    return quotient(pair.difference_spread, root(pair.cases), None) if together is None else together


def _version_t_p_value(matched: MatchedVersions) -> float | None:
    if matched.clusters:
        return clustered_t_p_value(matched.differences, matched.clusters)
    return paired_t_p_value(matched.differences)
