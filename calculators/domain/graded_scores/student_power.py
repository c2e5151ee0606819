"""The power of t-tests: the chance to notice a mean difference, and how many cases it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, erfc, exp, log, log1p, pi, sqrt
from statistics import NormalDist

from calculators.domain.graded_scores.several_versions import cochran_chi_square_tail
from calculators.domain.graded_scores.spread import sum_of_scores
from calculators.domain.statistics.student import float_student_quantile, student_gamma_ratio

MOST_CASES = 10_000_000
"""Where more would be needed, there is no number."""

LARGE = 20_000
"""With more degrees of freedom the normal distribution stands in, which is less than 0.0001 away by then."""

CERTAIN = 36.0
"""So many standard errors from 0, only a test of few cases overlooks a difference: it cannot tell how scores stray."""

FEW_CASES = 300
"""With more degrees of freedom than this, such a difference is never overlooked."""

_REACH, _STEP = 9.0, 0.1

NEGLIGIBLE = 1e-17


@lru_cache(2048)
def t_test_power(noncentrality: float, freedom: int, alpha: float) -> float:
    """The chance that a two-sided t-test is significant.

    `noncentrality` is the true difference in standard errors. The square of t is a mixture of beta distributions with
    Poisson weights; the share of the first one below the limit is 1 − alpha, and that of each next one follows from the
    one before (Johnson, Kotz and Balakrishnan 1995, chapter 31).

    >>> t_test_power(0.0, 5, 0.05)      # without a difference: the false alarms
    0.05
    """
    if noncentrality > CERTAIN:
        return 1 - _large_effect_type_two_error(noncentrality, freedom, alpha) if freedom <= FEW_CASES else 1.0
    if freedom > LARGE:
        limit = -NormalDist().inv_cdf(alpha / 2)
        return (erfc((limit - noncentrality) / sqrt(2)) + erfc((limit + noncentrality) / sqrt(2))) / 2
    square = float_student_quantile(alpha / 2, freedom) ** 2
    place, half = square / (freedom + square), freedom / 2
    share = 1 - alpha
    step = exp(log(place) / 2 - half * log1p(square / freedom)) * student_gamma_ratio(freedom) * 2 / sqrt(pi)
    mean = noncentrality * noncentrality / 2
    weight, missed = exp(-mean), 0.0
    for number in range(1, MOST_TERMS):
        missed += weight * share
        if weight < NEGLIGIBLE and number > mean:
            break
        share -= step
        step *= place * (number - 0.5 + half) / (number + 0.5)
        weight *= mean / number
    return round(1 - missed, DIGITS)


MOST_TERMS, DIGITS = 2000, 14


def _large_effect_type_two_error(noncentrality: float, freedom: int, alpha: float) -> float:
    """The chance to overlook a difference of very many standard errors, as the spread may come out far too large.

    Averaged over the error of the mean, which is normal; of the spread, the chi-square distribution has the tail.

    >>> round(_large_effect_type_two_error(40.0, 1, 0.05), 6)      # t must exceed 12.7: the spread three times or more
    0.001699
    """
    limit = float_student_quantile(alpha / 2, freedom)
    parts = []
    for number in range(round(2 * _REACH / _STEP) + 1):
        error = number * _STEP - _REACH
        times = (noncentrality + error) / limit
        parts.append(exp(-error * error / 2) * cochran_chi_square_tail(freedom * times * times, freedom))
    return sum_of_scores(parts) * _STEP / sqrt(2 * pi)


def paired_t_power(effect: float, cases: int, alpha: float) -> float:
    """The chance to notice a mean difference of `effect` standard deviations of the differences; 0 for one case."""
    return t_test_power(effect * sqrt(cases), cases - 1, alpha) if cases > 1 else 0.0


def two_sample_t_power(effect: float, cases_a: int, cases_b: int, alpha: float) -> float:
    """The chance to notice that two separate samples differ by `effect` standard deviations of their scores."""
    freedom = cases_a + cases_b - 2
    return t_test_power(effect / sqrt(1 / cases_a + 1 / cases_b), freedom, alpha) if freedom > 0 else 0.0


def paired_t_cases(effect: float, alpha: float, power: float) -> int | None:
    """The fewest cases that notice a mean difference of `effect` standard deviations; None without an effect.

    >>> paired_t_cases(0.3, 0.05, 0.8)
    90
    """
    return _fewest_t_test_cases(lambda cases: paired_t_power(effect, cases, alpha), effect, alpha, power)


def two_sample_t_cases(effect: float, ratio: float, alpha: float, power: float) -> int | None:
    """The fewest cases of the first sample, the second having `ratio` times as many, rounded up."""
    alike = effect / sqrt(1 + 1 / ratio)
    return _fewest_t_test_cases(
        lambda cases: two_sample_t_power(effect, cases, ceil(cases * ratio), alpha), alike, alpha, power
    )


def _fewest_t_test_cases(chance: Callable[[int], float], effect: float, alpha: float, power: float) -> int | None:
    """The fewest cases with enough power, by steps from the normal formula, which is about two cases short.

    It has z²/2 cases added for that; beyond `MOST_CASES` there is no number.
    """
    if effect <= 0:
        return None
    normal = NormalDist()
    z_alpha, z_power = normal.inv_cdf(1 - alpha / 2), normal.inv_cdf(power)
    guess = ((z_alpha + z_power) / effect) ** 2 + z_alpha**2 / 2
    if guess > MOST_CASES:
        return None
    cases = max(2, ceil(guess))
    while chance(cases) < power:
        cases += 1
    while cases > 2 and chance(cases - 1) >= power:
        cases -= 1
    return cases


def t_test_noticed_effect(cases: int, alpha: float, power: float) -> float | None:
    """The smallest mean difference that so many cases show, in standard deviations; None for a single case."""
    if cases <= 1:
        return None
    low, high = 0.0, 1.0
    while paired_t_power(high, cases, alpha) < power:
        low, high = high, high * 2
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if paired_t_power(middle, cases, alpha) >= power else (middle, high)
    return high


_HALVINGS = 60
