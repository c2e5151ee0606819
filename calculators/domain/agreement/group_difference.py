"""Whether a judge passes one group of answers more often than another that people judged alike.

Long answers may pass more often because they are better. So good and bad answers, as people see them, are compared
apart (each is a stratum), and the two differences are averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from calculators.domain.statistics import newcombe_interval
from calculators.engine.numbers import Number, named, quotient, root, sum_of_numbers

Stratum: TypeAlias = tuple[Number, Number, Number, Number]
"""Passes and size of the group, passes and size of the others, among answers that people judged alike."""


def agreement_stratified_difference(strata: Sequence[Stratum]) -> Number | None:
    """The pass rate of the group minus that of the others, weighted by Mantel and Haenszel; None where none compares.

    >>> agreement_stratified_difference([(Decimal(9), Decimal(10), Decimal(7), Decimal(10))])
    Decimal('0.2')
    """
    weights = [_agreement_group_weight(stratum) for stratum in strata]
    total = sum_of_numbers(
        weight * _agreement_group_difference(stratum) for weight, stratum in zip(weights, strata, strict=True)
    )
    return quotient(total, sum_of_numbers(weights), None)


def agreement_stratified_interval(strata: Sequence[Stratum], z: Number) -> tuple[Number, Number]:
    """Its interval: Newcombe's for each stratum, their arms joined with the squares of the weights.

    Zou and Donner 2008 (Statistics in Medicine 27:1693) join arms so. An interval of no width cannot come out of it.
    """
    weights = [_agreement_group_weight(stratum) for stratum in strata]
    whole = named("Weights together", sum_of_numbers(weights))
    middle, below, above = 0 * z, 0 * z, 0 * z
    for weight, stratum in zip(weights, strata, strict=True):
        passes, size, other_passes, other_size = stratum
        share, difference = quotient(weight, whole), _agreement_group_difference(stratum)
        low, high = newcombe_interval(other_passes, other_size, passes, size, z)
        middle += share * difference
        below += share * share * (difference - low) * (difference - low)
        above += share * share * (high - difference) * (high - difference)
    return middle - root(below), middle + root(above)


def _agreement_group_weight(stratum: Stratum) -> Number:
    _, size, _, other_size = stratum
    return quotient(size * other_size, size + other_size)


def _agreement_group_difference(stratum: Stratum) -> Number:
    passes, size, other_passes, other_size = stratum
    return quotient(passes, size) - quotient(other_passes, other_size)
