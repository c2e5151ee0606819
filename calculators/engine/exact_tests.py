"""Exact tests on counts, and their power, by adding up every outcome.

These functions take and give plain numbers: counts as whole numbers, shares as Decimals or floats. A p-value is an
exact fraction, rounded once to 28 digits. A power is a sum of products of decimals, rounded to 12 digits, which hides
the order of its additions. `statistics` lends them to formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, comb, floor, sqrt
from operator import mul, sub
from typing import Any

_GUARD = Context(prec=45)
"""Digits enough for a sum of tens of thousands of terms to be right in its first 28."""

_P_VALUE = Context(prec=28)
_TWELVE = Context(prec=12)
_TIE = Decimal("1e-25")
"""Weights that differ by less may be equal but for rounding."""

_NEGLIGIBLE = Decimal("1e-60")
"""A weight, of outcomes that weigh at least 1 together, that no longer changes a digit."""

_LOG_OF_NEGLIGIBLE = 37
"""The same for floats, as a logarithm: exp(−37) is below 1e-16, the least that a float adds to 1."""

SHARED = 100
"""Limits for fewer tosses are the first of those for more: in whole hundreds, a sweep over examples shares them."""


def twelve(value: Any) -> Any:
    """A Decimal rounded to 12 significant digits; a float stays as it is."""
    return _TWELVE.plus(value) if isinstance(value, Decimal) else value


@lru_cache(512)
def mcnemar(only_a: int, only_b: int) -> Decimal:
    """The p-value of McNemar's exact test, two-sided: only examples that one version alone got right count.

    Were both equally good, each such example would be a fair coin. None at all gives 1.

    >>> mcnemar(1, 6) == Decimal("0.125")      # 2 × (1 + 7) ways of 128
    True
    """
    tosses = only_a + only_b
    return _two_sided(only_a, 0, tosses, lambda at: (tosses - at, at + 1), lambda at: -abs(tosses - 2 * at))


@lru_cache(512)
def fisher(right_a: int, examples_a: int, right_b: int, examples_b: int) -> Decimal:
    """The p-value of Fisher's exact test, two-sided: all tables with these totals that are no likelier than this one.

    >>> fisher(3, 3, 0, 3) == Decimal("0.1")      # 1 way of 20, and its mirror
    True
    """
    right = right_a + right_b
    return _two_sided(
        right_a,
        max(0, right - examples_b),
        min(right, examples_a),
        lambda at: ((examples_a - at) * (right - at), (at + 1) * (examples_b - right + at + 1)),
        lambda at: comb(examples_a, at) * comb(examples_b, right - at),
    )


def _two_sided(
    own: int, low: int, high: int, step: Callable[[int], tuple[int, int]], order: Callable[[int], int]
) -> Decimal:
    """The share of the outcomes from `low` to `high` that are no likelier than `own`.

    `step(at)` is the ratio of the weights at `at + 1` and `at`; `order(at)` ranks a weight exactly, and is asked only
    where two weights may be equal but for rounding. Weights rise to a peak and fall; negligible ends are cut off.
    """
    if not low <= own <= high:
        raise InvalidOperation(f"{own} lies outside the possible outcomes {low} to {high}")
    with localcontext(_GUARD):
        total = below = weight = Decimal(1)
        for direction in (1, -1):
            weight = Decimal(1)
            at, end = own, high if direction == 1 else low
            while at != end:
                above, under = step(at) if direction == 1 else step(at - 1)[::-1]
                weight = weight * above / under
                at += direction
                total += weight
                likelier = weight > 1
                if abs(weight - 1) < _TIE:
                    likelier = order(at) > order(own)
                if not likelier:
                    below += weight
                if above < under and weight < _NEGLIGIBLE:
                    break
        share = below / total
    return _P_VALUE.plus(share)


@lru_cache(1024, typed=True)
def binomial(examples: int, chance: Any) -> tuple[Any, ...]:
    """The chance of 0, 1, … `examples` successes; outwards from the likeliest, so that floats do not vanish first.

    >>> binomial(2, Decimal("0.5"))
    (Decimal('0.25'), Decimal('0.5'), Decimal('0.25'))
    """
    if not 0 <= chance <= 1:
        raise InvalidOperation(f"{chance} is no chance: it lies outside 0 to 1")
    none, certain = chance * 0, chance * 0 + 1
    if chance in (0, 1):
        return tuple(certain if at == examples * int(chance) else none for at in range(examples + 1))
    if isinstance(chance, float) and examples <= FLOATS_HOLD:
        return _binomial_float(examples, chance)
    odds = chance / (1 - chance)
    peak = min(examples, int((examples + 1) * chance))
    weights = [none] * (examples + 1)
    weights[peak] = certain
    for at in range(peak, examples):
        weights[at + 1] = weights[at] * (examples - at) / (at + 1) * odds
    for at in range(peak, 0, -1):
        weights[at - 1] = weights[at] * at / (examples - at + 1) / odds
    total = sum(weights)
    return tuple(weight / total for weight in weights)


FLOATS_HOLD = 1000
"""Up to here every number of ways fits into a float, and no power of a chance vanishes."""


def _binomial_float(examples: int, chance: float) -> tuple[float, ...]:
    """The same in floats, as ranges ask for thousands of them; what is negligible is left at 0."""
    first, last = _likely(examples, chance)
    weight = comb(examples, first) * chance**first * (1 - chance) ** (examples - first)
    odds = chance / (1 - chance)
    found = [0.0] * first
    found.append(weight)
    for step in _steps(examples)[first:last]:
        weight *= step * odds
        found.append(weight)
    found += [0.0] * (examples - last)
    return tuple(found)


@lru_cache(256)
def _steps(examples: int) -> tuple[float, ...]:
    """How many times as many ways lead to one success more than 0, 1, …."""
    return tuple((examples - at) / (at + 1) for at in range(examples))


def _likely(examples: int, chance: float) -> tuple[int, int]:
    """The fewest and the most successes that count in floats: beyond them lies less than 1e-16 on either side.

    By Bernstein's inequality, a binomial number strays by more than r from its mean with a chance of at most
    exp(−r² / (2v + 2r/3)) on each side, v being its variance; this solves that for r.
    """
    mean = examples * chance
    third = _LOG_OF_NEGLIGIBLE / 3
    reach = third + sqrt(third * third + 2 * _LOG_OF_NEGLIGIBLE * mean * (1 - chance))
    return max(0, floor(mean - reach)), min(examples, ceil(mean + reach))


@lru_cache(1024, typed=True)
def _sums(examples: int, chance: Any) -> tuple[Any, ...]:
    """The chance of fewer than 0, 1, 2, … successes."""
    values = binomial(examples, chance)
    return tuple(accumulate(values, initial=values[0] * 0))


@lru_cache(128)
def sign_limits(most: int, alpha: Any) -> tuple[int, ...]:
    """For 0, 1, … `most` examples on which versions differ: the largest smaller side that is significant, or −1.

    With one example more, the limit stays or rises by one; so one pass over all numbers of examples is enough.
    """
    above, under = alpha.as_integer_ratio()
    limits: list[int] = []
    limit, tail, last = -1, 0, 0  # ways to get at most `limit`, and exactly `limit`: none before there is one
    for tosses in range(most + 1):
        following = 1 if limit < 0 else last * (tosses - limit) // (limit + 1)
        if 2 * (tail + following) * under <= above << tosses:
            limit, tail, last = limit + 1, tail + following, following
        limits.append(limit)
        tail = 2 * tail - last
        last = last * (tosses + 1) // (tosses + 1 - limit)
    return tuple(limits)


@lru_cache(512, typed=True)
def mcnemar_power(discordant: Any, difference: Any, examples: int, alpha: Any) -> Any:
    """The chance that McNemar's exact test finds a true difference, both versions answering the same examples.

    `discordant` is the share of examples on which just one version is right, `difference` (not negative, not above it)
    how far the better one leads. Every number of such examples counts with its chance.
    """
    if discordant == 0:
        return discordant
    first, rises, ratios = _sign_steps(examples, alpha)
    last = _likely(examples, discordant)[1] if isinstance(discordant, float) else examples
    if first > last:
        return discordant * 0
    chances = binomial(examples, discordant)
    lead = (1 + difference / discordant) / 2
    lag = 1 - lead
    # The chance that the better or the worse version wins exactly as often as the limit says, and that either wins at
    # most so often.
    better, worse = lag**first, lead**first
    either = better + worse
    found = chances[first] * either
    for rise, ratio, chance in zip(rises, ratios, chances[first + 1 : last + 1], strict=False):
        either -= lead * better + lag * worse
        if rise:
            better *= ratio * lead
            worse *= ratio * lag
            either += better + worse
        else:
            better *= ratio * lag
            worse *= ratio * lead
        found += chance * either
    return twelve(found)


@lru_cache(128, typed=True)
def _sign_steps(examples: int, alpha: Any) -> tuple[int, tuple[bool, ...], tuple[Any, ...]]:
    """From how many tosses on none of one side is significant; and for each toss more, whether the limit rises with it,
    and how many times as many ways lead to it."""
    limits = sign_limits(-(-examples // SHARED) * SHARED, alpha)[: examples + 1]
    first = limits.index(0) if limits[-1] >= 0 else examples + 1
    rises = tuple(limit > before for before, limit in pairwise(limits[first:]))
    more = zip(range(first + 1, examples + 1), limits[first + 1 :], rises, strict=True)
    number = type(alpha)
    return first, rises, tuple(number(tosses) / (limit if rise else tosses - limit) for tosses, limit, rise in more)


@lru_cache(128)
def table_limits(examples: int, alpha: Any) -> tuple[int, ...]:
    """For 0, 1, … `examples` right answers in both samples: the largest smaller count that is significant, or −1.

    Both samples have `examples`. As in `sign_limits`, one pass is enough; more right answers follow by symmetry.
    """
    above, under = alpha.as_integer_ratio()
    row = [1]
    for at in range(examples):
        row.append(row[-1] * (examples - at) // (at + 1))
    limits: list[int] = []
    limit, tail, ways = -1, 0, 1  # ways to get at most `limit`, and ways in all
    for right in range(examples + 1):
        more = tail + row[limit + 1] * row[right - limit - 1]
        if 2 * more * under <= above * ways:
            limit, tail = limit + 1, more
        limits.append(limit)
        if limit >= 0:
            lost = (examples - limit) * row[limit] * row[right - limit]
            tail = ((2 * examples - right) * tail - lost) // (right + 1)
        ways = ways * (2 * examples - right) // (right + 1)
    return tuple(limits)


@lru_cache(512, typed=True)
def fisher_power(one: Any, other: Any, examples: int, alpha: Any) -> Any:
    """The chance that Fisher's exact test finds a true difference between two samples of `examples` each.

    `one` and `other` are the true shares of right answers. Every pair of results counts with its chance.
    """
    edges = _edges(examples, alpha)
    return twelve(_far_below(edges, examples, one, other) + _far_below(edges, examples, other, one))


@lru_cache(128)
def _edges(examples: int, alpha: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For a smaller count of 0, 1, …: the larger count from which on it is significant, and the largest wrong count of
    the smaller that is, if it is a count of wrong answers; the second as an index of sums, one more."""
    limits = table_limits(examples, alpha)
    larger = tuple(limits.index(count) - count for count in range(limits[-1] + 1))
    return larger, tuple(examples + 1 - it for it in larger)


def _far_below(edges: tuple[tuple[int, ...], tuple[int, ...]], examples: int, lower: Any, higher: Any) -> Any:
    """The chance that the first sample is significantly below the second.

    With at most half of all answers right, the smaller count decides; beyond that, the mirrored count of wrong answers.
    """
    larger, mirrored = edges
    ends = examples + 1 - len(larger)
    low, high = binomial(examples, lower), binomial(examples, higher)
    low_sums, high_sums = _sums(examples, lower), _sums(examples, higher)
    # Counts of a chance of 0 are left out: the smallest of the first sample, and of the second the largest.
    least = _likely(examples, lower)[0] if isinstance(lower, float) else 0
    most = _likely(examples, higher)[1] if isinstance(higher, float) else examples
    above = map(sub, reversed(high_sums[ends + 1 : examples + 2 - least]), map(high_sums.__getitem__, larger[least:]))
    wrong = examples - most
    below = map(sub, map(low_sums.__getitem__, mirrored[wrong:]), low_sums[wrong + 1 :])
    return sum(map(mul, low[least:], above), low_sums[0]) + sum(map(mul, reversed(high[ends : most + 1]), below))


@lru_cache(512, typed=True)
def wrong_pick(worse: Any, better: Any, examples: int) -> Any:
    """The chance that the worse of two versions scores at least as high, each on `examples` of its own."""
    return twelve(sum(map(mul, binomial(examples, worse), _sums(examples, better)[1:])))
