"""The normal distribution, to 12 digits, as other libraries may differ beyond."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from statistics import NormalDist

from calculators.engine.numbers import Number, Share, apply_to_bare_numbers, choose, quotient


def normal_quantile(tail: Share) -> Number:
    """How many standard deviations leave the share `tail` above them.

    Raises:
        InvalidOperation: the tail does not lie between 0 and 1.

    >>> normal_quantile(Decimal("0.025"))
    Decimal('1.95996398454')
    """
    return apply_to_bare_numbers("z", _normal_z, tail)


@lru_cache(512, typed=True)
def _normal_z(tail: Share) -> Number:
    if not 0 < tail < 1:
        raise InvalidOperation(f"no quantile leaves {tail} above it: a tail lies between 0 and 1")
    text = f"{0 - NormalDist().inv_cdf(float(tail)):.11e}"
    if not isinstance(tail, Decimal):
        return float(text)
    return Decimal(text)


def normal_share_below(deviations: Number) -> Share:
    """The share of a normal distribution below so many standard deviations, Φ."""
    return apply_to_bare_numbers("Φ", _normal_float_share_below, deviations)


def _normal_float_share_below(deviations: Number) -> Share:
    share = math.erfc(-float(deviations) / math.sqrt(2)) / 2
    if not isinstance(deviations, Decimal):
        return share
    return Decimal(f"{share:.11e}")


def normal_power(excess: Number, spread: Number) -> Share:
    """The share of a normal distribution that lies within `excess`; all or nothing where it has no spread."""
    return choose(spread > 0, normal_share_below(quotient(excess, spread)), choose(excess > 0, 1, 0))
