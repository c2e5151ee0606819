"""How many cases give Student's interval of a difference a width, if scores stray as planned."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from statistics import NormalDist

from calculators.domain.graded_scores.student_power import LARGE, MOST_CASES
from calculators.domain.statistics.student import float_student_quantile


def paired_interval_cases(spread: float, width: float, alpha: float) -> int | None:
    """The fewest cases whose interval, from end to end, is no wider; `spread` is that of the differences.

    >>> paired_interval_cases(0.3, 0.1, 0.05)
    141
    """
    return _fewest_interval_cases(lambda cases: (spread / sqrt(cases), cases - 1), spread, width, alpha)


def two_sample_interval_cases(spread: float, ratio: float, width: float, alpha: float) -> int | None:
    """The fewest cases of the first of two separate samples; the second has `ratio` times as many, rounded up."""

    def error(cases: int) -> tuple[float, int]:
        other = ceil(cases * ratio)
        return spread * sqrt(1 / cases + 1 / other), cases + other - 2

    return _fewest_interval_cases(error, spread * sqrt(1 + 1 / ratio), width, alpha)


def _fewest_interval_cases(
    error: Callable[[int], tuple[float, int]], spread: float, width: float, alpha: float
) -> int | None:
    """By steps from the normal formula, which is a little short; None beyond `MOST_CASES`, or where nothing varies.

    `error` gives the standard error and the degrees of freedom.
    """
    normal = (2 * NormalDist().inv_cdf(1 - alpha / 2) * spread / width) ** 2
    if spread <= 0 or normal > MOST_CASES:
        return None

    def fits(cases: int) -> bool:
        stray, freedom = error(cases)
        if freedom < 1:
            return False
        quantile = float_student_quantile(alpha / 2, freedom) if freedom <= LARGE else -NormalDist().inv_cdf(alpha / 2)
        return 2 * quantile * stray <= width

    cases = max(2, ceil(normal))
    while not fits(cases):
        cases += 1
    while cases > 1 and fits(cases - 1):
        cases -= 1
    return cases
