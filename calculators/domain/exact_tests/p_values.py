"""Exact p-values: the share of all outcomes that are no likelier than the one observed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache
from math import comb

_GUARD = Context(prec=45)
"""Digits enough for a sum of tens of thousands of terms to be right in its first 28."""

_P_VALUE = Context(prec=28)
_TIE = Decimal("1e-25")
"""Weights that differ by less may be equal but for rounding."""

_NEGLIGIBLE = Decimal("1e-60")
"""A weight, of outcomes that weigh at least 1 together, that no longer changes a digit."""


@lru_cache(512)
def exact_mcnemar_p_value(only_a: int, only_b: int) -> Decimal:
    """The p-value of McNemar's exact test, two-sided: only examples that one version alone got right count.

    Were both equally good, each such example would be a fair coin. None at all gives 1.

    >>> exact_mcnemar_p_value(1, 6) == Decimal("0.125")      # 2 × (1 + 7) ways of 128
    True
    """
    tosses = only_a + only_b
    return _exact_two_sided_p_value(
        only_a, 0, tosses, lambda heads: (tosses - heads, heads + 1), lambda heads: -abs(tosses - 2 * heads)
    )


@lru_cache(512)
def exact_fisher_p_value(right_a: int, examples_a: int, right_b: int, examples_b: int) -> Decimal:
    """The p-value of Fisher's exact test, two-sided: all tables with these totals that are no likelier than this one.

    >>> exact_fisher_p_value(3, 3, 0, 3) == Decimal("0.1")      # 1 way of 20, and its mirror
    True
    """
    right = right_a + right_b
    return _exact_two_sided_p_value(
        right_a,
        max(0, right - examples_b),
        min(right, examples_a),
        lambda count: ((examples_a - count) * (right - count), (count + 1) * (examples_b - right + count + 1)),
        lambda count: comb(examples_a, count) * comb(examples_b, right - count),
    )


@lru_cache(512)
def exact_binomial_p_value(successes: int, trials: int, share: Fraction) -> Decimal:
    """The p-value of the binomial test, two-sided: all counts that are no likelier than this one if `share` is true.

    >>> exact_binomial_p_value(2, 2, Fraction(1, 4)) == Decimal("0.0625")      # a quarter of a quarter
    True
    """
    right, wrong = share.numerator, share.denominator - share.numerator
    return _exact_two_sided_p_value(
        successes,
        0,
        trials,
        lambda count: ((trials - count) * right, (count + 1) * wrong),
        lambda count: comb(trials, count) * right**count * wrong ** (trials - count),
    )


def _exact_two_sided_p_value(
    observed: int, low: int, high: int, step: Callable[[int], tuple[int, int]], order: Callable[[int], int]
) -> Decimal:
    """The share of the outcomes from `low` to `high` that are no likelier than the one observed.

    `step(outcome)` is the ratio of the weights at `outcome + 1` and `outcome`; `order(outcome)` ranks a weight exactly,
    and is asked only where two weights may be equal but for rounding. Weights rise to a peak and fall; negligible ends
    are cut off.
    """
    if not low <= observed <= high:
        raise InvalidOperation(f"{observed} lies outside the possible outcomes {low} to {high}")
    with localcontext(_GUARD):
        total = below = weight = Decimal(1)
        for direction in (1, -1):
            weight = Decimal(1)
            outcome, end = observed, high if direction == 1 else low
            while outcome != end:
                above, under = step(outcome) if direction == 1 else step(outcome - 1)[::-1]
                weight = weight * above / under
                outcome += direction
                total += weight
                likelier = weight > 1
                if abs(weight - 1) < _TIE:
                    likelier = order(outcome) > order(observed)
                if not likelier:
                    below += weight
                if above < under and weight < _NEGLIGIBLE:
                    break
        share = below / total
    return _P_VALUE.plus(share)
