"""Several versions at once: p-values held to the best of many, whether they differ at all, and the luck of the best."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import erfc, exp, pi, sqrt

from calculators.domain.graded_scores.spread import sum_of_scores


def holm_p_values(p_values: Sequence[float]) -> tuple[float, ...]:
    """Each p-value as it stands among all of them, by Holm's method, in their order.

    The smallest counts as often as there are comparisons, the next once less, and none falls below the one before.

    >>> holm_p_values([0.01, 0.04])
    (0.02, 0.04)
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = largest
    return tuple(adjusted)


def cochran_q(passes: Sequence[Sequence[int]]) -> tuple[float | None, float]:
    """Whether versions that answered the same cases differ at all: Cochran's Q and its p-value by chi-square.

    `passes` has a row for each case, with 1 or 0 for each version. Where each case passes in all versions or in none,
    there is no Q, and p is 1. Two versions give McNemar's (b − c)² ÷ (b + c):

    >>> cochran_q([(1, 0), (0, 1), (0, 1), (0, 1), (1, 1)])[0]
    1.0
    """
    versions = len(passes[0])
    columns = [sum(row[place] for row in passes) for place in range(versions)]
    rows = [sum(row) for row in passes]
    total = sum(rows)
    below = versions * total - sum(row * row for row in rows)
    if below == 0:
        return None, 1.0
    q = (versions - 1) * (versions * sum(column * column for column in columns) - total * total) / below
    return q, cochran_chi_square_tail(q, versions - 1)


def cochran_chi_square_tail(deviation: float, freedom: int) -> float:
    """The share of a chi-square distribution above a value: a finite sum, from that of one or two degrees on.

    >>> round(cochran_chi_square_tail(2.0, 2), 12) == round(exp(-1), 12)
    True
    """
    half = deviation / 2
    if freedom % 2 == 0:
        tail, power, step = exp(-half), 1.0, half * exp(-half)
    else:
        tail, power, step = erfc(sqrt(half)), 0.5, 2 * sqrt(half / pi) * exp(-half)
    while power < freedom / 2:
        tail += step
        power += 1
        step *= half / power
    return tail


_REACH, _STEPS = 10.0, 2000


@lru_cache(64)
def expected_largest_score(versions: int) -> float:
    """How far the best of so many equal versions lies above their mean, on average, in standard deviations.

    >>> round(expected_largest_score(2), 9) == round(1 / sqrt(pi), 9)
    True
    """
    width = 2 * _REACH / _STEPS
    parts = []
    for step in range(_STEPS + 1):
        place = step * width - _REACH
        below = erfc(-place / sqrt(2)) / 2
        density = exp(-place * place / 2) / sqrt(2 * pi)
        parts.append(place * versions * density * below ** (versions - 1))
    return sum_of_scores(parts) * width


def luck_of_the_best(error: float, correlation: float, versions: int) -> float:
    """How much too good the best of several equal versions looks, on average.

    `error` is the standard error of each score; what the scores have in common, as on the same cases, favors none.
    """
    return error * sqrt(max(0.0, 1 - correlation)) * expected_largest_score(versions)
