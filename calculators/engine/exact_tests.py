"""Exact tests on counts, and their power, by adding up every outcome.

These functions take and give plain numbers: counts as whole numbers, shares as Decimals or floats. A p-value is an
exact fraction, rounded once to 28 digits. A power is a sum of products of decimals, rounded to 12 digits, which hides
the order of its additions. `statistics` lends them to formulas.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil, comb, floor, inf, sqrt
from operator import floordiv, truediv
from typing import Any, TypeVar

_GUARD = Context(prec=45)
"""Digits enough for a sum of tens of thousands of terms to be right in its first 28."""

_P_VALUE = Context(prec=28)
_TWELVE = Context(prec=12)
_TIE = Decimal("1e-25")
"""Weights that differ by less may be equal but for rounding."""

_NEGLIGIBLE = Decimal("1e-60")
"""A weight, of outcomes that weigh at least 1 together, that no longer changes a digit."""

_REACH = 34
"""How far floats follow a distribution: to where exp(−34) bounds what lies beyond, which is below 1e-16 by then, the
least that a float adds to 1."""

_NOT_BELOW = 1 + 1e-11
"""What a float is multiplied by, so that it is not below an equal one that was computed in many steps."""

KEPT = 500
"""How many distributions are kept: four for each of the points that a range takes through a formula together. Their
sums are not, as it takes longer to keep so many numbers than to add them up again."""

SHARED = 25
"""Limits for fewer examples are the first of those for more: in steps of so many, ranges and sweeps share them."""


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


@lru_cache(KEPT, typed=True)
def binomial(examples: int, chance: Any) -> tuple[int, tuple[Any, ...]]:
    """The fewest successes that count, see `_likely`, and the chance of so many, of one more, … of the most that count.

    Added up outwards from the likeliest, so that floats do not vanish first.

    >>> binomial(2, Decimal("0.5"))
    (0, (Decimal('0.25'), Decimal('0.5'), Decimal('0.25')))
    """
    if not 0 <= chance <= 1:
        raise InvalidOperation(f"{chance} is no chance: it lies outside 0 to 1")
    none, certain = chance * 0, chance * 0 + 1
    if chance in (0, 1):
        return 0, tuple(certain if at == examples * int(chance) else none for at in range(examples + 1))
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
    return 0, tuple(weight / total for weight in weights)


FLOATS_HOLD = 1000
"""Up to here every number of ways fits into a float, and no power of a chance vanishes."""


def _binomial_float(examples: int, chance: float) -> tuple[int, tuple[float, ...]]:
    """The same in floats, as ranges ask for thousands of them; what is negligible is left out."""
    first, last = _likely(examples, chance)
    weight = _ways(examples, first) * chance**first * (1 - chance) ** (examples - first)
    odds = chance / (1 - chance)
    return first, (weight, *[weight := weight * step * odds for step in _steps(examples)[first:last]])


@lru_cache(KEPT)
def _ways(examples: int, right: int) -> float:
    return float(comb(examples, right))


@lru_cache(256)
def _steps(examples: int) -> tuple[float, ...]:
    """How many times as many ways lead to one success more than 0, 1, …."""
    return tuple((examples - at) / (at + 1) for at in range(examples))


def _likely(examples: int, chance: float) -> tuple[int, int]:
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


def _fewer(examples: int, chance: Any) -> list[Any]:
    """The chance of fewer than 0, 1, … successes, added up from the rare end, so that small chances stay exact."""
    first, chances = binomial(examples, chance)
    total = chance * 0
    sums = [total, *[total := total + it for it in chances]]
    return sums[:1] * first + sums + sums[-1:] * examples


def _at_least(examples: int, chance: Any) -> list[Any]:
    """The chance of at least 0, 1, … successes, added up from the other end, which is the rare one here."""
    first, chances = binomial(examples, chance)
    total = chance * 0
    sums = [total, *[total := total + it for it in reversed(chances)]]
    sums.reverse()
    return sums[:1] * first + sums + sums[-1:] * examples


Divide = Callable[[Any, Any], Any]


def _counting(alpha: Any) -> tuple[Any, Any, Divide]:
    """An alpha of so many outcomes, as so many of so many, and how to divide numbers of outcomes.

    An exact alpha counts in whole numbers. A float counts in floats, which is several times as fast; that is near
    enough, and what is just as rare as alpha stays significant.
    """
    if isinstance(alpha, float):
        return alpha * _NOT_BELOW, 1.0, truediv
    return *alpha.as_integer_ratio(), floordiv


Found = TypeVar("Found")
Count = Callable[[int, Any, list[float]], Found]
"""Counts what is significant at an alpha. A float's p-values, as shares of it, are added to the list."""


@lru_cache(64)
def _met(count: Count[Any], size: int) -> list[tuple[float, float, Any]]:
    """What was counted so far, from which alpha on and below which it holds."""
    return []


def _once_for_alike(count: Count[Found], size: int, alpha: Any) -> Found:
    """What `count` finds, counted once for all floats of alpha between two p-values, as ranges ask for thousands.

    An alpha that may itself be one of those p-values, but for rounding, is counted for itself: what was asked before
    changes nothing.
    """
    if not isinstance(alpha, float):
        return count(size, alpha, [])
    met: list[tuple[float, float, Found]] = _met(count, size)
    at = bisect(met, (alpha, inf)) - 1
    if at >= 0 and alpha < met[at][1]:
        return met[at][2]
    shares: list[float] = []
    found = count(size, alpha, shares)
    low = max((it for it in shares if it <= 1), default=0.0) * alpha * _NOT_BELOW
    high = min((it for it in shares if it > 1), default=inf) * alpha / _NOT_BELOW
    if len(met) == KEPT:
        met.clear()
    insort(met, (low, high, found))
    return found


Steps = tuple[int, tuple[bool, ...], tuple[Any, ...]]
"""What `sign_steps` finds."""


@lru_cache(128, typed=True)
def sign_steps(most: int, alpha: Any) -> Steps:
    """From how many differing examples on it is significant that one side has none of them; and for each more of them,
    up to `most`, whether the limit, the largest smaller side that is significant, rises with it.

    It stays or rises by one, so one pass is enough. The last part is how many orders of the examples become
    significant, with one side at most at the limit, less those of the examples before, with one more, that no longer
    are.
    """
    return _once_for_alike(_sign_steps, most, alpha)


def _sign_steps(most: int, alpha: Any, shares: list[float]) -> Steps:
    bar, one, divide = _counting(alpha)
    in_floats = isinstance(alpha, float)
    first = 0
    while first <= most and 2 * one > bar:
        first, bar = first + 1, 2 * bar
    if in_floats:
        shares += [2 / bar, 4 / bar]
    rises, orders = [], []
    limit, tail, last = 0, one, one  # orders in which the smaller side is at most at the limit, and just there
    for examples in range(first + 1, most + 1):
        bar, tail = 2 * bar, 2 * tail - last
        following = divide(last * examples, limit + 1)
        both_sides = 2 * (tail + following)
        if in_floats:
            shares.append(both_sides / bar)
        rises.append(both_sides <= bar)
        if rises[-1]:
            orders.append(following - last)
            limit, tail, last = limit + 1, tail + following, following
        else:
            orders.append(-last)
            last = divide(last * examples, examples - limit)
    if not in_floats:
        orders = [type(alpha)(it // one) for it in orders]
    return first, tuple(rises), tuple(orders)


def mcnemar_power(discordant: Any, difference: Any, examples: int, alpha: Any) -> Any:
    """The chance that McNemar's exact test finds a true difference, both versions answering the same examples.

    `discordant` is the share of examples on which just one version is right, `difference` (not negative, not above it)
    how far the better one leads. Every number of such examples counts with its chance.
    """
    if discordant == 0:
        return discordant
    fewest, chances = binomial(examples, discordant)
    most = fewest + len(chances) - 1
    return _mcnemar_power(discordant, difference, examples, *sign_steps(-(-most // SHARED) * SHARED, alpha))


@lru_cache(512, typed=True)
def _mcnemar_power(
    discordant: Any, difference: Any, examples: int, first: int, rises: tuple[bool, ...], orders: tuple[Any, ...]
) -> Any:
    fewest, likely = binomial(examples, discordant)
    chances = (discordant * 0,) * fewest + likely
    if first >= len(chances):
        return discordant * 0
    lead = (1 + difference / discordant) / 2
    lag = 1 - lead
    # The chance that either version wins at most as often as the limit says; and of one order of the tosses in which
    # the better or the worse one wins once more than that, so that one toss more is no longer significant.
    either = lead**first + lag**first
    better, worse = lead * lag**first, lag * lead**first
    found = chances[first] * either
    for rise, ways, chance in zip(rises, orders, chances[first + 1 :], strict=False):
        either += ways * (better + worse)
        if rise:
            better *= lead
            worse *= lag
        else:
            better *= lag
            worse *= lead
        found += chance * either
    return twelve(found)


@lru_cache(128, typed=True)
def table_limits(examples: int, alpha: Any) -> tuple[int, ...]:
    """For 0, 1, … right answers in one sample: how many right ones in another are significantly more.

    Both samples have `examples`, and at most half of all answers are right; for more, count the wrong ones. One pass
    over the number of all right answers is enough, as in `sign_steps`.
    """
    return _once_for_alike(_table_limits, examples, alpha)


def _table_limits(examples: int, alpha: Any, shares: list[float]) -> tuple[int, ...]:
    bar, one, divide = _counting(alpha)  # alpha's share of all ways, from which tables with no right answer start
    in_floats = isinstance(alpha, float)
    row = _row(examples, in_floats)
    limits: list[int] = []
    fewer, tail = 0, 0 * one  # the least count that is not yet significant, and ways to get fewer
    for right in range(examples + 1):
        more = tail + row[fewer] * row[right - fewer]
        both_sides = 2 * more * one
        if in_floats:
            shares.append(both_sides / bar)
        if both_sides <= bar:
            limits.append(right - fewer)
            fewer, tail = fewer + 1, more
        if fewer:
            lost = (examples - fewer + 1) * row[fewer - 1] * row[right - fewer + 1]
            tail = divide((2 * examples - right) * tail - lost, right + 1)
        bar = divide(bar * (2 * examples - right), right + 1)
    return tuple(limits)


@lru_cache(128)
def _row(examples: int, in_floats: bool) -> tuple[Any, ...]:
    """In how many ways 0, 1, … examples are right."""
    row = accumulate(range(examples), lambda ways, at: ways * (examples - at) // (at + 1), initial=1)
    return tuple(map(float, row)) if in_floats else tuple(row)


def fisher_power(one: Any, other: Any, examples: int, alpha: Any) -> Any:
    """The chance that Fisher's exact test finds a true difference between two samples of `examples` each.

    `one` and `other` are the true shares of right answers. Every pair of results counts with its chance.
    """
    return _fisher_power(*sorted((one, other)), examples, table_limits(examples, alpha))


@lru_cache(512, typed=True)
def _fisher_power(lower: Any, higher: Any, examples: int, limits: tuple[int, ...]) -> Any:
    first, chances = binomial(examples, higher)
    below, above = _significant(examples, limits)
    fewer, at_least = _fewer(examples, lower), _at_least(examples, lower)
    found = higher * 0
    for chance, worse, better in zip(chances, below[first:], above[first:], strict=False):
        found += chance * (fewer[worse] + at_least[better])
    return twelve(found)


@lru_cache(128)
def _significant(examples: int, limits: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For 0, 1, … right answers of one sample: below which count another is significantly worse, and from which on it
    is significantly better; by `table_limits`."""
    below: list[int] = []
    for count, (limit, following) in enumerate(pairwise((0, *limits, examples + 1))):
        below += [count] * (following - limit)
    for wrong, limit in enumerate(limits):
        below[examples - wrong] = examples + 1 - limit
    return tuple(below), tuple(examples + 1 - count for count in reversed(below))


@lru_cache(512, typed=True)
def wrong_pick(worse: Any, better: Any, examples: int) -> Any:
    """The chance that the worse of two versions scores at least as high, each on `examples` of its own."""
    first, chances = binomial(examples, better)
    found = better * 0
    for chance, as_good in zip(chances, _at_least(examples, worse)[first:], strict=False):
        found += chance * as_good
    return twelve(found)
