"""The sign-flip test on paired differences: all signs counted where they are few enough."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from calculators.domain.exact_tests.p_values import exact_mcnemar_p_value

EXACT_FLIPS = 30
"""So many differences are flipped in every way; two halves of them have 2^15 sums each."""

DIGITS = 12
"""Differences are compared to so many decimals: 0.3 - 0.2 is not 0.1 for a computer, and would break ties."""


def exact_sign_flip_p_value(differences: Sequence[float]) -> Decimal | None:
    """The share of all ways to flip the signs of the differences that move their sum at least as far from 0.

    Differences of 0 change nothing. Where all others are equally large, they are coins, and any number of them is
    counted. Else None beyond `EXACT_FLIPS`. Fisher 1935, section 21.

    >>> exact_sign_flip_p_value([0.5, 0.25, 0.25])      # all plus and all minus, of 8
    Decimal('0.25')
    """
    moved = _exact_flip_steps(differences)
    if _are_equally_large(moved):
        up = len([step for step in moved if step > 0])
        return exact_mcnemar_p_value(len(moved) - up, up)
    if len(moved) > EXACT_FLIPS:
        return None
    observed = abs(sum(moved))
    half = len(moved) // 2
    first, second = (sorted(_exact_flipped_sums(part)) for part in (moved[:half], moved[half:]))
    as_far = 0
    for part in first:
        as_far += len(second) - bisect_left(second, observed - part)  # sums of at least the observed one
        as_far += bisect_right(second, -observed - part)  # and of at most its mirror
    ways = len(first) * len(second)
    return Decimal(1) if observed == 0 else Decimal(as_far) / Decimal(ways)


def is_flipped_exactly(differences: Sequence[float]) -> bool:
    """Whether all ways to flip the signs of the differences are counted: they are few enough, or equally large."""
    moved = _exact_flip_steps(differences)
    return len(moved) <= EXACT_FLIPS or _are_equally_large(moved)


def _are_equally_large(steps: Sequence[int]) -> bool:
    """Whether all steps are as far, up or down."""
    return len(set(map(abs, steps))) <= 1


def _exact_flip_steps(differences: Sequence[float]) -> list[int]:
    """The differences that are not 0, as whole numbers."""
    return [step for difference in differences if (step := round(difference * 10**DIGITS))]


def _exact_flipped_sums(steps: Sequence[int]) -> list[int]:
    """The sums of all ways to flip the signs."""
    sums = [0]
    for step in steps:
        sums = [total + step for total in sums] + [total - step for total in sums]
    return sums
