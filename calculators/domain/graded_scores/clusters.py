"""Scores that belong together: standard errors clustered by case, and the variance between cases and between runs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

from calculators.domain.exact_tests import exact_sign_flip_p_value
from calculators.domain.exact_tests.sign_flips import DIGITS
from calculators.domain.graded_scores.spread import mean_of_scores, score_spread, sum_of_scores
from calculators.domain.statistics import student_tail


def clustered_standard_error(scores: Sequence[float], clusters: Sequence[Hashable]) -> float | None:
    """The standard error of a mean whose scores come in clusters, corrected for their number; None for one cluster.

    Deviations are added up within each cluster, squared, and added up (Liang and Zeger 1986; CR1, which statsmodels has
    as `cov_type="cluster"`). Clusters of one score give the usual standard error:

    >>> round(clustered_standard_error([0.0, 1.0, 0.5], "abc") * sqrt(3), 12) == score_spread([0.0, 1.0, 0.5])
    True
    """
    mean = mean_of_scores(scores)
    sums: dict[Hashable, float] = {}
    for score, cluster in zip(scores, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + (score - mean)
    if len(sums) <= 1:
        return None
    squares = sum_of_scores(deviation * deviation for deviation in sums.values())
    return sqrt(squares * len(sums) / (len(sums) - 1)) / len(scores)


def clustered_score_sums(scores: Sequence[float], clusters: Sequence[Hashable]) -> tuple[float, ...]:
    """The sum of the scores of each cluster, in the order in which they come.

    >>> clustered_score_sums([0.5, -0.25, 1.0], "aba")
    (1.5, -0.25)
    """
    sums: dict[Hashable, float] = {}
    for score, cluster in zip(scores, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + score
    return tuple(round(total, DIGITS) for total in sums.values())


def clustered_p_value(differences: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """The two-sided p-value of paired differences in clusters, each of which is flipped as one.

    Where clusters are too many to be flipped in every way, it is that of Student's t by the clustered error.
    """
    sums = clustered_score_sums(differences, clusters)
    exact = exact_sign_flip_p_value(sums)
    return float(exact) if exact is not None else clustered_t_p_value(differences, clusters) or 0.0


def clustered_t_p_value(differences: Sequence[float], clusters: Sequence[Hashable]) -> float | None:
    """That of Student's t, with one degree of freedom less than there are clusters; None where nothing strays."""
    error = clustered_standard_error(differences, clusters)
    if not error:
        return None
    return 2 * student_tail(abs(mean_of_scores(differences)) / error, len(set(clusters)) - 1)


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """How scores vary: between cases, and between runs of a case. `between` is not below 0, `raw_between` may be.

    `runs` is the number of runs of a case, of unlike numbers the one that the split rests on.
    """

    between: float
    within: float
    raw_between: float
    runs: float


def clustered_variance_split(runs: Sequence[Sequence[float]]) -> VarianceSplit | None:
    """The variance of scores between cases and within them; None where no case has two runs, or there is one case.

    The one-way analysis of variance with random cases. Two cases, each with runs 0 and 1, differ only by run:

    >>> clustered_variance_split([[0, 1], [1, 0]])
    VarianceSplit(between=0.0, within=0.5, raw_between=-0.25, runs=2.0)
    """
    cases, all_runs = len(runs), sum(map(len, runs))
    if cases <= 1 or all_runs <= cases:
        return None
    means = [mean_of_scores(scores) for scores in runs]
    within = sum_of_scores(
        sum_of_scores((score - mean) ** 2 for score in scores) for scores, mean in zip(runs, means, strict=True)
    ) / (all_runs - cases)
    grand = sum_of_scores(sum_of_scores(scores) for scores in runs) / all_runs
    squares = [len(scores) * (mean - grand) ** 2 for scores, mean in zip(runs, means, strict=True)]
    typical = (all_runs - sum(len(scores) ** 2 for scores in runs) / all_runs) / (cases - 1)
    raw = (sum_of_scores(squares) / (cases - 1) - within) / typical
    return VarianceSplit(max(0.0, raw), within, raw, typical)


def clustered_difference_variance(
    differences: Sequence[float], runs_a: Sequence[Sequence[float]], runs_b: Sequence[Sequence[float]]
) -> float | None:
    """The variance of the differences between cases, the noise of their runs taken out; it may come out below 0.

    Miller 2024, arXiv 2411.00640. None where neither version has a case with two runs, or there is one case.
    """
    split_a, split_b = clustered_variance_split(runs_a), clustered_variance_split(runs_b)
    if split_a is None and split_b is None:
        return None
    noise = 0.0
    for split, runs in ((split_a, runs_a), (split_b, runs_b)):
        if split is not None:
            noise += split.within * sum_of_scores(1 / len(scores) for scores in runs) / len(runs)
    return score_spread(differences) ** 2 - noise
