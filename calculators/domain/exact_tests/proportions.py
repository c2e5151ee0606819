"""The exact interval of a proportion, by Clopper and Pearson: the shares that an exact test leaves over."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation, localcontext
from functools import lru_cache
from math import comb

from calculators.domain.exact_tests.digits import exact_power_digits

_DIGITS = Context(prec=34)
"""Digits enough for 12 to be right at the end."""

_CLOSE = Decimal("1e-17")
"""A step of the search, as a share of the number searched for, after which 12 digits are right."""

_NEGLIGIBLE = Decimal("1e-30")
"""A chance, as a share of the sum before, that no longer changes a digit."""


def exact_clopper_pearson_low(successes: int, trials: int, tail: Decimal) -> Decimal:
    """The share below which so many successes, or more, come up less often than `tail`; 0 without a success.

    Clopper and Pearson 1934, Biometrika 26:404. To 12 digits.

    >>> exact_clopper_pearson_low(1, 1, Decimal("0.025")) == Decimal("0.025")
    True
    """
    return exact_power_digits(_clopper_pearson_low(successes, trials, tail))


def exact_clopper_pearson_high(successes: int, trials: int, tail: Decimal) -> Decimal:
    """The share above which so few successes, or fewer, come up less often than `tail`; 1 without a failure."""
    with localcontext(_DIGITS):
        high = 1 - _clopper_pearson_low(trials - successes, trials, tail)
    return exact_power_digits(high)


@lru_cache(512)
def _clopper_pearson_low(successes: int, trials: int, tail: Decimal) -> Decimal:
    """Newton's method on the logarithms of the share and of its upper tail, which rises and flattens.

    From the left it never steps past the mark. It starts where the tail cannot be larger than asked for, as the chance
    of so many successes is at most the number of ways times the share to their power.
    """
    if not 0 <= successes <= trials:
        raise InvalidOperation(f"{successes} successes of {trials} trials")
    if successes == 0:
        return Decimal(0)
    with localcontext(_DIGITS):
        goal = tail.ln()
        logarithm = (goal - Decimal(comb(trials, successes)).ln()) / successes
        while True:
            first, chance = _clopper_pearson_upper_tail(successes, trials, logarithm.exp())
            step = (goal - chance.ln()) * chance / (successes * first)
            logarithm += step
            if abs(step) < _CLOSE:
                return logarithm.exp()


def _clopper_pearson_upper_tail(successes: int, trials: int, share: Decimal) -> tuple[Decimal, Decimal]:
    """The chance of just so many successes, and of so many or more."""
    odds = share / (1 - share)
    first = comb(trials, successes) * share**successes * (1 - share) ** (trials - successes)
    chance = total = first
    for count in range(successes, trials):
        ratio = odds * (trials - count) / (count + 1)
        chance *= ratio
        total += chance
        if ratio < 1 and chance < total * _NEGLIGIBLE:
            break
    return first, total
