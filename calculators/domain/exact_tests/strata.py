"""An exact test on two groups within several strata, such as long and short answers among good and bad ones."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TypeAlias

from calculators.engine.numbers import sum_of_numbers

Stratum: TypeAlias = tuple[int, int, int, int]
"""The successes and the size of the first group, then those of the second."""

_GUARD = Context(prec=50)
_P_VALUE = Context(prec=28)
_TIE = Decimal("1e-30")
"""Weights that differ by less, as a share of them, are equal but for rounding."""

_NEGLIGIBLE = Decimal("1e-45")
"""A weight, of outcomes whose likeliest weighs 1, that no longer changes a digit."""


@lru_cache(256)
def exact_stratified_p_value(strata: tuple[Stratum, ...]) -> Decimal:
    """The p-value of the exact test of Mantel and Haenszel, two-sided: all outcomes that are no likelier than this one.

    Within each stratum the totals are as they are, and each split between the groups has its number of ways. What
    counts are the successes of the first group over all strata. With one stratum it is Fisher's exact test.

    >>> exact_stratified_p_value(((3, 3, 0, 3),)) == Decimal("0.1")      # 1 way of 20, and its mirror
    True
    """
    with localcontext(_GUARD):
        low, weights = 0, [Decimal(1)]
        for stratum in strata:
            first, more = _exact_strata_splits(*stratum)
            low, weights = _convolved_exact_strata(low, weights, first, more)
        observed = int(sum_of_numbers(stratum[0] for stratum in strata)) - low
        within = 0 <= observed < len(weights)
        limit = weights[observed] * (1 + _TIE) if within else Decimal(0)
        below = sum_of_numbers(weight for weight in weights if weight <= limit)
        share = below / sum_of_numbers(weights)
    return _P_VALUE.plus(Decimal(share))


def _exact_strata_splits(successes: int, size: int, other_successes: int, other_size: int) -> tuple[int, list[Decimal]]:
    """The fewest successes of the first group that count, and the weight of so many, one more, …; the largest is 1."""
    total = successes + other_successes
    fewest, most = max(0, total - other_size), min(total, size)
    peak = min(max((total + 1) * (size + 1) // (size + other_size + 2), fewest), most)

    def ratio(count: int) -> Decimal:
        """How many times as many ways there are with one success more."""
        return Decimal((size - count) * (total - count)) / ((count + 1) * (other_size - total + count + 1))

    above, below = [Decimal(1)], [Decimal(1)]
    for count in range(peak, most):
        above.append(above[-1] * ratio(count))
        if above[-1] < _NEGLIGIBLE:
            break
    for count in range(peak - 1, fewest - 1, -1):
        below.append(below[-1] / ratio(count))
        if below[-1] < _NEGLIGIBLE:
            break
    return peak - len(below) + 1, [*reversed(below[1:]), *above]


def _convolved_exact_strata(
    low: int, weights: list[Decimal], first: int, more: list[Decimal]
) -> tuple[int, list[Decimal]]:
    """The weights of the sums of two independent counts."""
    joined = [Decimal(0)] * (len(weights) + len(more) - 1)
    for place, weight in enumerate(weights):
        for other, factor in enumerate(more):
            joined[place + other] += weight * factor
    return low + first, joined
