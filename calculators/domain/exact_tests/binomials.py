"""The binomial distribution: the chance of each number of successes, and of fewer or more."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import InvalidOperation
from functools import lru_cache
from math import ceil, comb, floor, sqrt

from calculators.engine.numbers import Number, Share, sum_of_numbers

_REACH = 34
"""How far floats follow a distribution: to where exp(−34) bounds what lies beyond, which is below 1e-16 by then, the
least that a float adds to 1."""

KEPT = 500
"""How many distributions are kept: four for each of the points that a range takes through a formula together. Their
sums are not, as it takes longer to keep so many numbers than to add them up again."""

FLOATS_HOLD = 1000
"""Up to here every number of ways fits into a float, and no power of a chance vanishes."""


@lru_cache(KEPT, typed=True)
def binomial_distribution(examples: int, chance: Share) -> tuple[int, tuple[Share, ...]]:
    """The fewest successes that count, see `_binomial_likely`, and the chances of so many, of one more, … of the most.

    Added up outwards from the likeliest, so that floats do not vanish first.

    >>> binomial_distribution(2, Decimal("0.5"))
    (0, (Decimal('0.25'), Decimal('0.5'), Decimal('0.25')))
    """
    if not 0 <= chance <= 1:
        raise InvalidOperation(f"{chance} is no chance: it lies outside 0 to 1")
    none, certain = chance * 0, chance * 0 + 1
    if chance in (0, 1):
        return 0, tuple(certain if right == examples * int(chance) else none for right in range(examples + 1))
    if isinstance(chance, float) and examples <= FLOATS_HOLD:
        return _binomial_float(examples, chance)
    odds = chance / (1 - chance)
    peak = min(examples, int((examples + 1) * chance))
    weights = [none] * (examples + 1)
    weights[peak] = certain
    for right in range(peak, examples):
        weights[right + 1] = weights[right] * (examples - right) / (right + 1) * odds
    for right in range(peak, 0, -1):
        weights[right - 1] = weights[right] * right / (examples - right + 1) / odds
    whole = sum_of_numbers(weights)
    return 0, tuple(weight / whole for weight in weights)


def _binomial_float(examples: int, chance: float) -> tuple[int, tuple[float, ...]]:
    """The same in floats, as ranges ask for thousands of them; what is negligible is left out."""
    first, last = _binomial_likely(examples, chance)
    weight = _binomial_ways(examples, first) * chance**first * (1 - chance) ** (examples - first)
    odds = chance / (1 - chance)
    return first, (weight, *[weight := weight * step * odds for step in _binomial_steps(examples)[first:last]])


@lru_cache(KEPT)
def _binomial_ways(examples: int, right: int) -> float:
    return float(comb(examples, right))


@lru_cache(256)
def _binomial_steps(examples: int) -> tuple[float, ...]:
    """How many times as many ways lead to one success more than 0, 1, …."""
    return tuple((examples - right) / (right + 1) for right in range(examples))


def _binomial_likely(examples: int, chance: float) -> tuple[int, int]:
    """The fewest and the most successes that count in floats: less than 1e-16 lies beyond them on either side. The most
    may be more than there are examples.

    They lie r from the mean where r² / (2v + 2sr/3) is `_REACH`, v being the variance. Bernstein's inequality has the
    most that one trial strays for s; the lean to that side, from 0 to 1, is closer, and holds up to `FLOATS_HOLD`.
    """
    mean = examples * chance
    spread = 2 * _REACH * mean * (1 - chance)
    lean = _REACH / 3 * (1 - 2 * chance)
    below, above = max(0.0, -lean), max(0.0, lean)
    first, last = mean - below - sqrt(below * below + spread), mean + above + sqrt(above * above + spread)
    return max(0, floor(first)), ceil(last)


def binomial_lower_tail(examples: int, chance: Share) -> Sequence[Number]:
    """The chance of fewer than 0, 1, … successes, added up from the rare end, so that small chances stay exact."""
    first, chances = binomial_distribution(examples, chance)
    total = chance * 0
    sums = [total, *[total := total + likelihood for likelihood in chances]]  # in a browser, faster than `accumulate`
    return sums[:1] * first + sums + sums[-1:] * examples


def binomial_upper_tail(examples: int, chance: Share) -> Sequence[Number]:
    """The chance of at least 0, 1, … successes, added up from the other end, which is the rare one here."""
    first, chances = binomial_distribution(examples, chance)
    total = chance * 0
    sums = [total, *[total := total + likelihood for likelihood in reversed(chances)]]
    sums.reverse()
    return sums[:1] * first + sums + sums[-1:] * examples
