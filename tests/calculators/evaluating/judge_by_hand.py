"""Exact tests and intervals of a judge computed the slow way: every outcome in fractions, or by halving an interval."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache

from scipy.stats import beta

from tests.calculators.evaluating.by_hand import DIGITS, TWELVE, rounded, weights_of_tables

HALVINGS = 120
WIDE = Context(prec=60)
TIE = Decimal("1e-40")
NEAR = Decimal("1e-7")
"""How far scipy may be off."""


def chances(trials: int, share: Decimal) -> list[Decimal]:
    """The chance of each number of successes, each from the one before; not as a share of their sum."""
    weights = [Decimal(1)]
    for count in range(trials):
        weights.append(weights[-1] * (trials - count) * share / ((count + 1) * (1 - share)))
    return weights


@cache
def binomial(successes: int, trials: int, share: Decimal) -> Decimal:
    """The share of all outcomes that are no likelier than the one seen."""
    with localcontext(WIDE):
        weights = chances(trials, share)
        rare = sum((weight for weight in weights if weight <= weights[successes] * (1 + TIE)), Decimal(0))
        share_of_all = rare / sum(weights, Decimal(0))
    return DIGITS.plus(share_of_all)


def stratified(*counts: int) -> Fraction:
    """The same for the successes of a group over several tables, each with its totals; as many ways as there are."""
    weights = {0: 1}
    for place in range(0, len(counts), 4):
        passes, size, other_passes, other_size = counts[place : place + 4]
        table = weights_of_tables(size, other_size, passes + other_passes)
        joined: dict[int, int] = {}
        for total, weight in weights.items():
            for count, ways in table.items():
                joined[total + count] = joined.get(total + count, 0) + weight * ways
        weights = joined
    seen = weights[sum(counts[::4])]
    return Fraction(sum(weight for weight in weights.values() if weight <= seen), sum(weights.values()))


@cache
def clopper_low(successes: int, trials: int, tail: Decimal) -> Decimal:
    """The share whose chance of so many successes or more is the tail: scipy's answer, halved on to many digits."""
    if successes == 0:
        return Decimal(0)
    near = Decimal(float(beta.ppf(float(tail), successes, trials - successes + 1)))
    with localcontext(WIDE):
        low, high = near * (1 - NEAR), min(near * (1 + NEAR), 1 - NEAR * (1 - near))
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            weights = chances(trials, middle)
            enough = sum(weights[successes:], Decimal(0)) >= tail * sum(weights, Decimal(0))
            low, high = (low, middle) if enough else (middle, high)
            if high - low < NEAR**2 * high / 1000:
                break
        assert near * (1 - NEAR) < low and high < near * (1 + NEAR), "scipy is far off"
        return low


def clopper_high(successes: int, trials: int, tail: Decimal) -> Decimal:
    """The same from the other end."""
    with localcontext(WIDE):
        return 1 - clopper_low(trials - successes, trials, tail)


FUNCTIONS: dict[str, Callable[..., Decimal | None]] = {
    "binomial": lambda successes, trials, share: binomial(int(successes), int(trials), share),
    "stratified": lambda *counts: rounded(stratified(*(int(count) for count in counts))),
    "clopper low": lambda right, trials, tail: TWELVE.plus(clopper_low(int(right), int(trials), tail)),
    "clopper high": lambda right, trials, tail: TWELVE.plus(clopper_high(int(right), int(trials), tail)),
}
"""What a working calls by name, as the tests evaluate it."""
