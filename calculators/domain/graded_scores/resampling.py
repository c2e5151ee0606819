"""Bootstrap intervals of a mean: cases drawn again and again by a fixed rule, so that an answer is always the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from math import erfc, sqrt
from statistics import NormalDist

from calculators.domain.exact_tests.sign_flips import DIGITS
from calculators.domain.graded_scores.spread import sum_of_scores

COUNTED_CASES = 6
"""Up to so many cases, every possible draw is counted, and nothing is left to chance."""

DRAWN = 2000
"""How many times as many cases as there are are drawn, if they are few enough."""

MOST_DRAWS = 500_000
"""Single cases that are drawn in all, so that an answer is there at once."""

FEWEST_DRAWN = 250
"""Where fewer samples than this could be drawn, there are enough cases for the interval of Student's t."""

MOST_CASES = MOST_DRAWS // FEWEST_DRAWN

_MULTIPLIER, _INCREMENT, _MODULUS = 6364136223846793005, 1442695040888963407, 1 << 64
"""Knuth's linear congruential generator (MMIX)."""

_SEED, _HIGH_BITS, _BITS = 20260101, 33, 31


@lru_cache(64)
def bootstrap_means(scores: tuple[float, ...]) -> tuple[float, ...]:
    """The means of the resampled cases, the smallest first; none for a single case or for more than `MOST_CASES`.

    Sums are taken in whole steps of 1e-12, so that ties are ties.

    >>> bootstrap_means((0.0, 1.0))
    (0.0, 0.5, 0.5, 1.0)
    """
    cases = len(scores)
    if not 1 < cases <= MOST_CASES:
        return ()
    steps = [round(score * 10**DIGITS) for score in scores]
    sums = (
        _bootstrap_all_sums(steps)
        if cases <= COUNTED_CASES
        else _bootstrap_drawn_sums(steps, min(DRAWN, MOST_DRAWS // cases))
    )
    return tuple(total / cases / 10**DIGITS for total in sorted(sums))


def _bootstrap_all_sums(steps: Sequence[int]) -> list[int]:
    sums = [0]
    for _ in steps:
        sums = [total + step for total in sums for step in steps]
    return sums


def _bootstrap_drawn_sums(steps: Sequence[int], samples: int) -> list[int]:
    state, cases, sums = _SEED, len(steps), []
    for _ in range(samples):
        total = 0
        for _ in range(cases):
            state = (state * _MULTIPLIER + _INCREMENT) % _MODULUS
            total += steps[(state >> _HIGH_BITS) * cases >> _BITS]
        sums.append(total)
    return sums


def bootstrap_interval(scores: tuple[float, ...], tail: float) -> tuple[float, float] | None:
    """The interval that leaves the share `tail` on either side, corrected for bias and for skew (BCa).

    None where there are no resampled means, or nothing varies. Resampled means that equal the estimate count half, and
    the skew comes from leaving out each case in turn, as in scipy (Efron and Tibshirani 1993, chapter 14).
    """
    means = bootstrap_means(scores)
    if not means or means[0] == means[-1]:
        return None
    bias, skew = bootstrap_bias_and_skew(scores, means)
    ends = []
    for level in (tail, 1 - tail):
        deviation = bias + NormalDist().inv_cdf(level)
        ends.append(_bootstrap_level(means, _bootstrap_share_below(bias + deviation / (1 - skew * deviation))))
    return ends[0], ends[1]


def bootstrap_bias_and_skew(scores: tuple[float, ...], means: Sequence[float]) -> tuple[float, float]:
    """The two corrections: how far the estimate lies from the middle of the means, and the acceleration."""
    total = sum(round(score * 10**DIGITS) for score in scores)
    estimate = total / len(scores) / 10**DIGITS
    below, equal = bisect_left(means, estimate), bisect_right(means, estimate)
    share = (below + equal) / 2 / len(means)
    share = min(max(share, 1 / 2 / len(means)), 1 - 1 / 2 / len(means))
    deviations = [score - estimate for score in scores]  # those of the leave-one-out means, but for a factor
    squares = sum_of_scores(deviation**2 for deviation in deviations)
    cubes = sum_of_scores(deviation**3 for deviation in deviations)
    return NormalDist().inv_cdf(share), cubes / (6 * squares**1.5)


def _bootstrap_share_below(deviations: float) -> float:
    return erfc(-deviations / sqrt(2)) / 2


_ALMOST = 1e-9
"""Shares of a sample are compared with so much slack, as floats are."""


def _bootstrap_level(means: Sequence[float], level: float) -> float:
    """The smallest mean at or below which the share `level` of all lies."""
    place = level * len(means) - _ALMOST
    return means[min(max(int(place) + (place > int(place)), 1), len(means)) - 1]
