"""Means over queries with their intervals, of one version and of the difference between two."""

from __future__ import annotations

from calculators.domain.statistics import (
    newcombe_interval,
    newcombe_pair_correlation,
    normal_quantile,
    student_quantile,
    wilson_interval,
)
from calculators.engine.declare import Range
from calculators.engine.numbers import Number, Share, choose, largest, named, quotient, root, smallest
from calculators.evaluating.retrieval.measures import HIT
from calculators.evaluating.retrieval.meter import SearchMeter
from calculators.evaluating.retrieval.rankings import SearchVersion


def mean_search_score(meter: SearchMeter, version: SearchVersion, measure: str, letter: str, alpha: Share) -> Range:
    """The mean of a measure over the queries, with the interval that Student's t gives it, held within 0 and 1.

    Where the queries do not differ, t would give an interval of no width. There, and for the hit rate, it is Wilson's,
    which takes each query as right or wrong: no measure from 0 to 1 varies more. Without queries it is 0 to 1.
    """
    queries, total = meter.queries(version), meter.total(version, measure, letter)
    wilson = wilson_interval(total, queries, named("z of alpha", normal_quantile(alpha / 2)))
    mean = quotient(total, queries)
    if measure == HIT:
        return Range(wilson.low, quotient(total, queries, None), wilson.high)
    spread = meter.spread(version, measure, letter)
    half = _search_score_half_width(spread, queries, alpha)
    return Range(
        choose(spread > 0, largest(0, mean - half), wilson.low),
        quotient(total, queries, None),
        choose(spread > 0, smallest(1, mean + half), wilson.high),
    )


def mean_search_difference(meter: SearchMeter, a: SearchVersion, b: SearchVersion, measure: str, alpha: Share) -> Range:
    """B minus A on the same queries, with the interval that Student's t gives the mean of the differences.

    For the hit rate it is Newcombe's for paired shares. Where all differences are equal it is Wilson's, stretched from
    0 to 1 onto -1 to 1.
    """
    queries = meter.queries(a)
    right_a, right_b = meter.total(a, measure, "A"), meter.total(b, measure, "B")
    gained, z = right_b - right_a, named("z of alpha", normal_quantile(alpha / 2))
    if measure == HIT:
        better, worse = meter.changed(a, b, measure)
        alike = newcombe_pair_correlation(right_a - worse, worse, better, queries - right_a - better)
        low, high = newcombe_interval(right_a, queries, right_b, queries, z, alike)
        return Range(low, quotient(gained, queries, None), high)
    spread = meter.difference_spread(a, b, measure)
    wilson = wilson_interval((gained + queries) / 2, queries, z)
    mean, half = quotient(gained, queries), _search_score_half_width(spread, queries, alpha)
    return Range(
        choose(spread > 0, largest(-1, mean - half), 2 * wilson.low - 1),
        quotient(gained, queries, None),
        choose(spread > 0, smallest(1, mean + half), 2 * wilson.high - 1),
    )


def _search_score_half_width(spread: Number, queries: Number, alpha: Share) -> Number:
    """Half of the width of an interval by Student's t."""
    freedom = named("Degrees of freedom", largest(1, queries - 1))
    return named("Half of the width", student_quantile(alpha / 2, freedom) * quotient(spread, root(queries)))
