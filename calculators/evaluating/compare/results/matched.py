"""The results of two versions on the cases that both have, in plain floats, and the figures that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import TypeAlias

from calculators.domain.graded_scores import (
    clustered_difference_variance,
    clustered_p_value,
    clustered_score_sums,
    clustered_standard_error,
    clustered_variance_split,
    mean_of_scores,
    score_difference_p_value,
    score_differences,
    score_spread,
    sum_of_scores,
)
from calculators.readers.results.evaluation import VersionResults

KEPT = 256
"""How many figures are kept: an answer asks for the same ones again and again."""

Runs: TypeAlias = tuple[float, ...]
"""The scores of one version on one case, one for each run."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How results count: `mark` is the score that passes, where there is one; `failures_count` makes them 0."""

    mark: float | None
    failures_count: bool


@dataclass(frozen=True, slots=True, eq=False)
class MatchedVersions:
    """The cases that two versions both have, in one order, with the runs of each version.

    `clusters` has the code of each case's cluster; none where cases stand alone.
    """

    cases: tuple[int, ...]
    a: tuple[Runs, ...]
    b: tuple[Runs, ...]
    clusters: tuple[int, ...] = ()

    @property
    def means(self) -> tuple[Runs, Runs]:
        """The mean of each case, of A and of B."""
        return tuple(map(mean_of_scores, self.a)), tuple(map(mean_of_scores, self.b))

    @property
    def differences(self) -> Runs:
        """B minus A, case by case."""
        return score_differences(*self.means)

    @property
    def steps(self) -> Runs:
        """What a test flips the signs of: the differences, added up by cluster where cases belong together."""
        return clustered_score_sums(self.differences, self.clusters) if self.clusters else self.differences

    def part(self, cases: frozenset[int]) -> MatchedVersions:
        """Some of the cases."""
        places = [place for place, case in enumerate(self.cases) if case in cases]
        return MatchedVersions(
            tuple(self.cases[place] for place in places),
            tuple(self.a[place] for place in places),
            tuple(self.b[place] for place in places),
            tuple(self.clusters[place] for place in places) if self.clusters else (),
        )


@lru_cache(KEPT)
def version_runs(version: VersionResults, scoring: Scoring) -> dict[int, Runs]:
    """The runs of each case with a score, scored."""
    runs = {case: list(scores) for case, scores in version.scores.items()}
    if scoring.mark is not None:
        runs = {case: [float(score >= scoring.mark) for score in scores] for case, scores in runs.items()}
    for case, failed in version.errors.items() if scoring.failures_count else ():
        runs.setdefault(case, []).extend([0.0] * failed)
    return {case: tuple(scores) for case, scores in runs.items()}


@lru_cache(KEPT)
def matched_version_results(a: VersionResults, b: VersionResults, scoring: Scoring) -> MatchedVersions:
    """The cases of both, in the order of A."""
    first, second = version_runs(a, scoring), version_runs(b, scoring)
    cases = tuple(case for case in first if case in second)
    clusters = tuple(a.clusters.get(case, -1 - case) for case in cases) if a.clusters else ()
    return MatchedVersions(cases, tuple(first[case] for case in cases), tuple(second[case] for case in cases), clusters)


def matched_version_p_value(matched: MatchedVersions) -> float:
    """The p-value of the differences, by cluster where cases belong together; 1 without any case."""
    if not matched.cases:
        return 1.0
    if matched.clusters:
        return clustered_p_value(matched.differences, matched.clusters)
    return score_difference_p_value(matched.differences)


def matched_independent_units(matched: MatchedVersions) -> int:
    """What counts as independent of each other: clusters, else cases."""
    return len(set(matched.clusters)) if matched.clusters else len(matched.cases)


def matched_mean_error(scores: Runs, clusters: tuple[int, ...]) -> float | None:
    """The standard error of a mean over cases, by cluster where they belong together; None for a single one."""
    if clusters:
        return clustered_standard_error(scores, clusters)
    return score_spread(scores) / sqrt(len(scores)) if len(scores) > 1 else None


def matched_design_effect(matched: MatchedVersions) -> float | None:
    """How many times as large the squared error is as without clusters; None where there are none, or no error."""
    if not matched.clusters:
        return None
    alone, together = (
        matched_mean_error(matched.differences, ()),
        matched_mean_error(matched.differences, matched.clusters),
    )
    return (together / alone) ** 2 if alone and together is not None else None


@lru_cache(KEPT)
def version_score_scale(versions: tuple[VersionResults, ...], scoring: Scoring) -> tuple[float, float]:
    """The lowest and the highest score that is possible: 0 and 1 where all lie between, else those that occur."""
    scores = [score for version in versions for runs in version_runs(version, scoring).values() for score in runs]
    if not scores or (min(scores) >= 0 and max(scores) <= 1):
        return 0.0, 1.0
    return min(scores), max(scores)


def normalized_version_scores(scores: Runs, scale: tuple[float, float]) -> Runs:
    """Scores as shares of the way from the lowest to the highest."""
    low, high = scale
    return tuple((score - low) / (high - low) for score in scores) if (low, high) != (0.0, 1.0) else scores


def is_version_counted(matched: MatchedVersions) -> bool:
    """Whether each case stands alone and is right or wrong once in both versions, so that pairs can be counted."""
    return not matched.clusters and all(
        len(runs) == 1 and runs[0] in (0.0, 1.0) for version in (matched.a, matched.b) for runs in version
    )


def matched_pair_count(matched: MatchedVersions, pair: tuple[float, float]) -> int:
    """How many cases have this pair of results."""
    return len([0 for a, b in zip(matched.a, matched.b, strict=True) if (a[0], b[0]) == pair])


def matched_correlation(matched: MatchedVersions) -> float | None:
    """How far the versions do well on the same cases; None where one of them does not vary."""
    a, b = matched.means
    spreads = score_spread(a) * score_spread(b)
    if not spreads:
        return None
    mean_a, mean_b = mean_of_scores(a), mean_of_scores(b)
    products = sum_of_scores((first - mean_a) * (second - mean_b) for first, second in zip(a, b, strict=True))
    return products / (len(a) - 1) / spreads


def matched_run_variance(runs: tuple[Runs, ...]) -> float | None:
    """The variance between runs of a case; None without a case that was run twice."""
    split = clustered_variance_split(runs)
    return split.within if split is not None else None


def matched_case_variance(matched: MatchedVersions) -> float | None:
    """The variance of the true differences between cases, not below 0; None without repeated runs."""
    raw = clustered_difference_variance(matched.differences, matched.a, matched.b)
    return None if raw is None else max(0.0, raw)


def matched_planned_error(matched: MatchedVersions, cases: float, runs: float) -> float | None:
    """The standard error of the difference with so many times as many cases, and runs of each."""
    between = matched_case_variance(matched)
    if between is None:
        return None
    # All variance that is not between cases is noise: that of the runs alone may exceed what there is by chance.
    noise = score_spread(matched.differences) ** 2 - between
    return sqrt((between + noise / runs) / (len(matched.cases) * cases))
