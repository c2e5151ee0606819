"""Student's t distribution, to 12 digits, as other libraries may differ beyond."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from statistics import NormalDist

from calculators.engine.numbers import Number, Share, apply_to_bare_numbers

MOST_STEPS = 10_000
"""A continued fraction that has not settled by then never will."""

SETTLED = 1e-16
TINY = 1e-300


def student_quantile(tail: Share, freedom: Number) -> Number:
    """How many standard errors leave the share `tail` above them, with a whole number of degrees of freedom.

    Raises:
        InvalidOperation: the tail does not lie between 0 and a half, or there is no degree of freedom.

    >>> student_quantile(Decimal("0.025"), Decimal(9))
    Decimal('2.26215716280')
    """
    return apply_to_bare_numbers("t", _student_quantile_of_tail, tail, freedom)


@lru_cache(512, typed=True)
def _student_quantile_of_tail(tail: Share, freedom: Number) -> Number:
    if not (0 < tail < Decimal("0.5") and freedom >= 1):
        raise InvalidOperation(f"t has no quantile for the tail {tail} and {freedom} degrees of freedom")
    text = f"{float_student_quantile(float(tail), int(freedom)):.11e}"
    if not isinstance(tail, Decimal):
        return float(text)
    return Decimal(text)


@lru_cache(2048)
def float_student_quantile(tail: float, freedom: int) -> float:
    """Newton's steps within two bounds. The tail is convex, so that they come from the left without a leap.

    With very many degrees of freedom the tail has fewer digits, so a series on the normal quantile takes their place.
    """
    if freedom > _ALMOST_NORMAL:
        return _student_near_normal_quantile(tail, freedom)
    low, high = 0.0, 1.0
    while student_tail(high, freedom) > tail:
        low, high = high, high * 2
    place = low
    for _ in range(200):
        excess = student_tail(place, freedom) - tail
        if excess > 0:
            low = place
        else:
            high = place
        step = place + excess / _student_density(place, freedom)
        following = step if low < step < high else (low + high) / 2
        if abs(following - place) <= SETTLED * place:
            break
        place = following
    return place


_ALMOST_NORMAL = 3000
_NEAR_NORMAL = (((1, 1), 4), ((5, 16, 3), 96), ((3, 19, 17, -15), 384), ((79, 776, 1482, -1920, -945), 92160))
"""For each power of 1 ÷ freedom the odd powers of the normal quantile, the highest first, and what divides them."""


def _student_near_normal_quantile(tail: float, freedom: int) -> float:
    """The normal quantile and four terms of a series in 1 ÷ freedom (Abramowitz and Stegun 26.7.5)."""
    normal = -NormalDist().inv_cdf(tail)
    square, series = normal * normal, 0.0
    for coefficients, divisor in reversed(_NEAR_NORMAL):
        polynomial = 0.0
        for coefficient in coefficients:
            polynomial = polynomial * square + coefficient
        series = (series + polynomial * normal / divisor) / freedom
    return normal + series


def _student_density(deviation: float, freedom: int) -> float:
    power = -(freedom + 1) / 2 * math.log1p(deviation * deviation / freedom)
    return student_gamma_ratio(freedom) / math.sqrt(math.pi * freedom) * math.exp(power)


def student_tail(deviation: float, freedom: int) -> float:
    """The share of a t distribution above `deviation`, which is not negative.

    It is half of the incomplete beta function at freedom / (freedom + deviation²), by its continued fraction (Press and
    others, Numerical Recipes, section 6.4).

    >>> round(student_tail(1.0, 1), 12)      # a quarter of a Cauchy distribution
    0.25
    """
    square = deviation * deviation
    share, rest = freedom / (freedom + square), square / (freedom + square)
    if rest == 0:
        return 0.5
    half = freedom / 2
    power = half * (math.log1p(-rest) if rest < share else math.log(share))
    front = student_gamma_ratio(freedom) / math.sqrt(math.pi) * math.exp(power) * math.sqrt(rest)
    if share < (half + 1) / (half + 2.5):
        return front * _student_beta_fraction(half, 0.5, share) / freedom
    return (1 - 2 * front * _student_beta_fraction(0.5, half, rest)) / 2


_LONGEST_PRODUCT = 2000
_GAMMA_RATIO = (-1 / 4, 1 / 32, 5 / 128, -21 / 2048, -399 / 8192)
"""The terms of the series; the next one is below the last digit of a float."""


@lru_cache(512)
def student_gamma_ratio(freedom: int) -> float:
    """Γ((freedom + 1) / 2) / Γ(freedom / 2), from the ratio of the smallest number of the same kind on.

    A long product would lose digits, so a series in 1 ÷ freedom takes its place (Tricomi and Erdélyi 1951).

    >>> student_gamma_ratio(4), student_gamma_ratio(2) * 3 / 2 == student_gamma_ratio(4)
    (1.329340388179137, True)
    """
    if freedom > _LONGEST_PRODUCT:
        series = 0.0
        for term in reversed(_GAMMA_RATIO):
            series = (series + term) / freedom
        return math.sqrt(freedom / 2) * (1 + series)
    first = 1 if freedom % 2 else 2
    ratio = 1 / math.sqrt(math.pi) if first == 1 else math.sqrt(math.pi) / 2
    for smaller in range(first, freedom, 2):
        ratio *= (smaller + 1) / smaller
    return ratio


def _student_beta_fraction(a: float, b: float, share: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    front, back = 1.0, 1 / _student_apart(1 - (a + b) * share / (a + 1))
    fraction = back
    for step in range(1, MOST_STEPS):
        even = step * (b - step) * share / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * share / ((a + 2 * step) * (a + 2 * step + 1))
        before = fraction
        for numerator in (even, odd):
            back = 1 / _student_apart(1 + numerator * back)
            front = _student_apart(1 + numerator / front)
            fraction *= back * front
        if abs(fraction - before) <= SETTLED * abs(fraction):
            break
    return fraction


def _student_apart(denominator: float) -> float:
    """A denominator kept away from 0."""
    return denominator if abs(denominator) > TINY else TINY
