"""McNemar's exact test on examples that both versions answer: what is significant, and its power."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from calculators.domain.exact_tests.binomials import binomial_distribution
from calculators.domain.exact_tests.digits import exact_power_digits
from calculators.domain.exact_tests.significance import Ways, count_significance_once, significance_level_in_ways
from calculators.engine.numbers import Number, Share

SHARED = 25
"""Limits for fewer examples are the first of those for more: in steps of so many, ranges and sweeps share them."""

Steps: TypeAlias = tuple[int, tuple[bool, ...], tuple[Number, ...]]
"""What `exact_mcnemar_steps` counts."""


@lru_cache(128, typed=True)
def exact_mcnemar_steps(most: int, alpha: Share) -> Steps:
    """From how many differing examples on it is significant that one side has none of them; and for each more of them,
    up to `most`, whether the limit, the largest smaller side that is significant, rises with it.

    It stays or rises by one, so one pass is enough. The last part is how many orders of the examples become
    significant, with one side at most at the limit, less those of the examples before, with one more, that no longer
    are.
    """
    return count_significance_once(count_exact_mcnemar_steps, most, alpha)


def count_exact_mcnemar_steps(most: int, alpha: Share, shares: list[float]) -> Steps:
    """The steps at one alpha, counted anew; where it is a float, the p-values' shares of it are added to `shares`."""
    bar, whole, divide = significance_level_in_ways(alpha)
    in_floats = isinstance(alpha, float)
    first = 0
    while first <= most and 2 * whole > bar:
        first, bar = first + 1, 2 * bar
    if in_floats:
        shares += [2 / bar, 4 / bar]
    rises: list[bool] = []
    orders: list[Ways] = []
    limit, tail, last = 0, whole, whole  # orders in which the smaller side is at most at the limit, and just there
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
    if in_floats:
        return first, tuple(rises), tuple(orders)  # type: ignore[arg-type]  # the kind of the float run
    return first, tuple(rises), tuple(type(alpha)(order // whole) for order in orders)


def exact_mcnemar_power(discordant: Share, difference: Share, examples: int, alpha: Share) -> Share:
    """The chance that McNemar's exact test finds a true difference, both versions answering the same examples.

    `discordant` is the share of examples on which just one version is right, `difference` (not negative, not above it)
    how far the better one leads. Every number of such examples counts with its chance.
    """
    if discordant == 0:
        return discordant
    fewest, chances = binomial_distribution(examples, discordant)
    most = fewest + len(chances) - 1
    return _exact_mcnemar_power_of_pairs(
        discordant, difference, examples, *exact_mcnemar_steps(-(-most // SHARED) * SHARED, alpha)
    )


@lru_cache(512, typed=True)
def _exact_mcnemar_power_of_pairs(
    discordant: Share, difference: Share, examples: int, first: int, rises: tuple[bool, ...], orders: tuple[Number, ...]
) -> Share:
    fewest, likely = binomial_distribution(examples, discordant)
    chances = (discordant * 0,) * fewest + likely
    if first >= len(chances):
        return discordant * 0
    lead = (1 + difference / discordant) / 2
    lag = 1 - lead
    # The chance that either version wins at most as often as the limit says; and of one order of the tosses in which
    # the better or the worse one wins once more than that, so that one toss more is no longer significant.
    either = lead**first + lag**first
    better, worse = lead * lag**first, lag * lead**first
    power = chances[first] * either
    for rise, ways, chance in zip(rises, orders, chances[first + 1 :], strict=False):
        either += ways * (better + worse)
        if rise:
            better *= lead
            worse *= lag
        else:
            better *= lag
            worse *= lead
        power += chance * either
    return exact_power_digits(power)
