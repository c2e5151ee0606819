"""The functions that the workings of graded scores name, by scipy's distributions and none of our code."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from math import ceil, log, sqrt
from typing import Any

from scipy import optimize, stats


def digits(number: float) -> Decimal:
    """Twelve digits, as is promised."""
    return Decimal(f"{number:.11e}")


MOST_FREEDOM, MOST_CASES = 20_000, 10_000_000
"""Beyond so many degrees of freedom the page promises the normal distribution, and beyond so many cases no number."""


def power(noncentrality: float, freedom: int, alpha: float) -> float:
    """The power of a two-sided t-test, by the noncentral F distribution, to 14 decimals, as is promised."""
    return round(exact_power(noncentrality, freedom, alpha), 14)


def exact_power(noncentrality: float, freedom: int, alpha: float) -> float:
    """The same to all digits that scipy has; without a difference, where scipy's ncf fails, it is alpha."""
    if noncentrality == 0:
        return alpha
    if freedom > MOST_FREEDOM:
        quantile = float(stats.norm.isf(alpha / 2))
        return float(stats.norm.sf(quantile - noncentrality) + stats.norm.sf(quantile + noncentrality))
    limit = float(stats.t.isf(alpha / 2, freedom))
    return float(stats.ncf.sf(limit * limit, 1, freedom, noncentrality**2))


def paired_power(step: Decimal, spread: Decimal, cases: Decimal, alpha: Decimal) -> Decimal:
    """That of the paired test."""
    if cases <= 1 or spread <= 0:
        return Decimal(int(cases > 1 and step > 0))
    return digits(power(float(step / spread) * sqrt(int(cases)), int(cases) - 1, float(alpha)))


def fewest(chance: Callable[[int], float], wanted: float) -> Decimal | None:
    """The first number with enough power, by halving; None beyond what is looked for."""
    low, high = 1, 2
    while chance(high) < wanted:
        low, high = high, 2 * high
        if low > MOST_CASES:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if chance(middle) >= wanted else (middle, high)
    return Decimal(high) if high <= MOST_CASES else None


def paired_cases(step: Decimal, spread: Decimal, alpha: Decimal, wanted: Decimal) -> Decimal | None:
    """The cases of the paired test."""
    if step <= 0 or spread <= 0:
        return None
    effect = float(step / spread)
    return fewest(lambda cases: power(effect * sqrt(cases), cases - 1, float(alpha)), float(wanted))


def separate_power(step: Decimal, spread: Decimal, first: Decimal, second: Decimal, alpha: Decimal) -> Decimal:
    """That of two separate samples."""
    freedom = int(first) + int(second) - 2
    if spread <= 0 or freedom <= 0:
        return Decimal(int(spread <= 0 and step > 0))
    noncentrality = float(step / spread) / sqrt(1 / int(first) + 1 / int(second))
    return digits(power(noncentrality, freedom, float(alpha)))


def separate_cases(step: Decimal, spread: Decimal, ratio: Decimal, alpha: Decimal, wanted: Decimal) -> Decimal | None:
    """The cases of the first of two separate samples."""
    if step <= 0 or spread <= 0:
        return None

    def chance(cases: int) -> float:
        other = ceil(cases * float(ratio))
        noncentrality = float(step / spread) / sqrt(1 / cases + 1 / other)
        return power(noncentrality, cases + other - 2, float(alpha))

    return fewest(chance, float(wanted))


def hoeffding(width: int) -> Callable[[Decimal, Decimal], Decimal]:
    """Half of the interval for scores on a scale of this width."""
    return lambda cases, alpha: digits(width * sqrt(log(2 / float(alpha)) / (2 * max(1, int(cases)))))


def noticed(spread: Decimal, cases: Decimal, alpha: Decimal, wanted: Decimal) -> Decimal | None:
    """The smallest difference that so many cases show."""
    if cases <= 1:
        return None
    count = int(cases)

    def lacking(effect: float) -> float:
        return power(effect * sqrt(count), count - 1, float(alpha)) - float(wanted)

    top = 1.0
    while lacking(top) < 0:
        top *= 2
    return digits(float(optimize.brentq(lacking, 0, top, xtol=1e-15)) * float(spread))


def best_runs(between: Decimal, within: Decimal, case_cost: Decimal, run_cost: Decimal, budget: Decimal) -> Decimal:
    """The runs with the smallest variance of the mean, the fewest of those as good; whole cases, up to twenty runs."""
    variances = {}
    for runs in range(1, 21):
        cases = budget // (case_cost + runs * run_cost)
        if cases:
            variances[runs] = (between + within / runs) / cases
    least = min(variances.values())
    return Decimal(min(runs for runs, variance in variances.items() if variance <= least * (1 + Decimal("1e-11"))))


def narrow(error: Callable[[int], tuple[float, int]], width: Decimal, alpha: Decimal) -> Decimal | None:
    """The first number whose interval is no wider than wanted, by halving; None beyond what is looked for."""

    def fits(cases: int) -> bool:
        strays, freedom = error(cases)
        quantile = (
            stats.t.isf(float(alpha) / 2, freedom) if freedom <= MOST_FREEDOM else stats.norm.isf(float(alpha) / 2)
        )
        return freedom >= 1 and 2 * quantile * strays <= float(width)

    low, high = 0, 1
    while not fits(high):
        low, high = high, 2 * high
        if low > MOST_CASES:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return Decimal(high)


def paired_width(spread: Decimal, width: Decimal, alpha: Decimal) -> Decimal | None:
    """The cases of both versions for an interval."""
    if spread <= 0 or _too_many(spread, width, alpha):
        return None
    return narrow(lambda cases: (float(spread) / sqrt(cases), cases - 1), width, alpha)


def separate_width(spread: Decimal, ratio: Decimal, width: Decimal, alpha: Decimal) -> Decimal | None:
    """The cases of the first of two separate samples for an interval."""

    def error(cases: int) -> tuple[float, int]:
        other = ceil(cases * float(ratio))
        return float(spread) * sqrt(1 / cases + 1 / other), cases + other - 2

    if spread <= 0 or _too_many(spread * (1 + 1 / ratio).sqrt(), width, alpha):
        return None
    return narrow(error, width, alpha)


def _too_many(spread: Decimal, width: Decimal, alpha: Decimal) -> bool:
    """Whether the normal formula asks for more than is looked for."""
    return (2 * float(stats.norm.isf(float(alpha) / 2)) * float(spread / width)) ** 2 > MOST_CASES


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "best runs": best_runs,
    "hoeffding": hoeffding(1),
    "hoeffding of differences": hoeffding(2),
    "noticed by t": noticed,
    "t cases": paired_cases,
    "t cases apart": separate_cases,
    "t power": paired_power,
    "t power apart": separate_power,
    "t width": paired_width,
    "t width apart": separate_width,
}
