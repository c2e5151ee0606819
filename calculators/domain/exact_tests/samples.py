"""Fisher's exact test on two samples of examples of their own: what is significant, its power, and a wrong pick."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise

from calculators.domain.exact_tests.binomials import binomial_distribution, binomial_lower_tail, binomial_upper_tail
from calculators.domain.exact_tests.digits import exact_power_digits
from calculators.domain.exact_tests.significance import Ways, count_significance_once, significance_level_in_ways
from calculators.engine.numbers import Share


@lru_cache(128, typed=True)
def exact_fisher_limits(examples: int, alpha: Share) -> tuple[int, ...]:
    """For 0, 1, … right answers in one sample: how many right ones in another are significantly more.

    Both samples have `examples`, and at most half of all answers are right; for more, count the wrong ones. One pass
    over the number of all right answers is enough, as in `sign_steps`.
    """
    return count_significance_once(count_exact_fisher_limits, examples, alpha)


def count_exact_fisher_limits(examples: int, alpha: Share, shares: list[float]) -> tuple[int, ...]:
    """The limits at one alpha, counted anew; where it is a float, the p-values' shares of it are added to `shares`."""
    bar, whole, divide = significance_level_in_ways(
        alpha
    )  # alpha's share of all ways, from which tables with no right answer start
    in_floats = isinstance(alpha, float)
    row = _exact_fisher_row(examples, in_floats)
    limits: list[int] = []
    smaller, tail = 0, 0 * whole  # the least count that is not yet significant, and ways to get fewer
    for right in range(examples + 1):
        more = tail + row[smaller] * row[right - smaller]
        both_sides = 2 * more * whole
        if in_floats:
            shares.append(both_sides / bar)
        if both_sides <= bar:
            limits.append(right - smaller)
            smaller, tail = smaller + 1, more
        if smaller:
            lost = (examples - smaller + 1) * row[smaller - 1] * row[right - smaller + 1]
            tail = divide((2 * examples - right) * tail - lost, right + 1)
        bar = divide(bar * (2 * examples - right), right + 1)
    return tuple(limits)


@lru_cache(128)
def _exact_fisher_row(examples: int, in_floats: bool) -> tuple[Ways, ...]:
    """In how many ways 0, 1, … examples are right."""
    row = accumulate(range(examples), lambda ways, right: ways * (examples - right) // (right + 1), initial=1)
    return tuple(map(float, row)) if in_floats else tuple(row)


def exact_fisher_power(score_a: Share, score_b: Share, examples: int, alpha: Share) -> Share:
    """The chance that Fisher's exact test finds a true difference between two samples of `examples` each.

    The scores are the true shares of right answers. Every pair of results counts with its chance.
    """
    return _exact_fisher_power_of_samples(*sorted((score_a, score_b)), examples, exact_fisher_limits(examples, alpha))


@lru_cache(512, typed=True)
def _exact_fisher_power_of_samples(lower: Share, higher: Share, examples: int, limits: tuple[int, ...]) -> Share:
    first, chances = binomial_distribution(examples, higher)
    below, above = _exact_fisher_significant(examples, limits)
    fewer_right, more_right = binomial_lower_tail(examples, lower), binomial_upper_tail(examples, lower)
    power = higher * 0
    for chance, worse, better in zip(chances, below[first:], above[first:], strict=False):
        power += chance * (fewer_right[worse] + more_right[better])
    return exact_power_digits(power)


@lru_cache(128)
def _exact_fisher_significant(examples: int, limits: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For 0, 1, … right answers of one sample: below which count another is significantly worse, and from which on it
    is significantly better; by `exact_fisher_limits`."""
    below: list[int] = []
    for count, (limit, following) in enumerate(pairwise((0, *limits, examples + 1))):
        below += [count] * (following - limit)
    for wrong, limit in enumerate(limits):
        below[examples - wrong] = examples + 1 - limit
    return tuple(below), tuple(examples + 1 - count for count in reversed(below))


@lru_cache(512, typed=True)
def exact_wrong_pick(worse: Share, better: Share, examples: int) -> Share:
    """The chance that the worse of two versions scores at least as high, each on `examples` of its own."""
    first, chances = binomial_distribution(examples, better)
    total = better * 0
    for chance, as_good in zip(chances, binomial_upper_tail(examples, worse)[first:], strict=False):
        total += chance * as_good
    return exact_power_digits(total)
