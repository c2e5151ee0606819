"""Intervals of scores and of the difference between two scores."""

from __future__ import annotations

from calculators.engine.declare import Range
from calculators.engine.numbers import Number, choose, largest, named, quotient, root, smallest


def wilson_interval(right: Number, examples: Number, z: Number) -> Range:
    """Wilson's interval of a score; never outside 0 to 1, and never of no width. Without examples it is 0 to 1.

    Wilson 1927. 20 right answers of 20 are no proof of 100%:

    >>> from calculators.domain.statistics import normal_quantile
    >>> wilson_interval(Decimal(20), Decimal(20), normal_quantile(Decimal("0.025"))).low.quantize(Decimal("0.0001"))
    Decimal('0.8389')
    """
    square = named("z squared", z * z)
    middle = named("Middle of the interval", (right + square / 2) / (examples + square))
    inner = quotient(right * (examples - right), examples) + square / (2 * 2)
    half = named("Half of its width", z * root(inner) / (examples + square))
    return Range(largest(0, middle - half), quotient(right, examples, None), smallest(1, middle + half))


def newcombe_interval(
    right_a: Number, examples_a: Number, right_b: Number, examples_b: Number, z: Number, correlation: Number | int = 0
) -> tuple[Number, Number]:
    """Newcombe's interval of the difference between two scores, B minus A: the ends of two Wilson intervals combined.

    With `correlation` 0 it is for independent samples (Newcombe 1998, Statistics in Medicine 17:873, method 10), else
    for one sample that both answered (17:2635, method 10).
    """
    a, b = wilson_interval(right_a, examples_a, z), wilson_interval(right_b, examples_b, z)
    score_a, score_b = quotient(right_a, examples_a), quotient(right_b, examples_b)
    difference = score_b - score_a
    below = _newcombe_combined(score_b - b.low, a.high - score_a, correlation)
    above = _newcombe_combined(b.high - score_b, score_a - a.low, correlation)
    return difference - below, difference + above


def _newcombe_combined(first: Number, second: Number, correlation: Number | int) -> Number:
    """How far the difference strays where the two scores stray so far."""
    return root(first * first + second * second - 2 * correlation * first * second)


def newcombe_pair_correlation(both_right: Number, only_a: Number, only_b: Number, both_wrong: Number) -> Number:
    """How far two versions go right and wrong together, for `newcombe_interval`.

    It is corrected towards 0 as in Newcombe's method 10.
    """
    examples = named("Pairs", both_right + only_a + only_b + both_wrong)
    agreement = named("Agreement", both_right * both_wrong - only_a * only_b)
    corrected = choose(agreement > examples / 2, agreement - examples / 2, smallest(0, agreement))
    right_a, right_b = both_right + only_a, both_right + only_b
    spread = right_a * (examples - right_a) * right_b * (examples - right_b)
    return named("Correlation", quotient(corrected, root(spread)))
