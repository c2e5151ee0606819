"""The power of t-tests, by statsmodels over a grid, and what papers and packages printed."""

from __future__ import annotations

from itertools import pairwise, product
from math import ceil

import pytest
from scipy import stats
from scipy.integrate import quad
from statsmodels.stats.power import TTestIndPower, TTestPower

from calculators.domain.graded_scores.student_power import (
    LARGE,
    paired_t_cases,
    paired_t_power,
    t_test_noticed_effect,
    t_test_power,
    two_sample_t_cases,
    two_sample_t_power,
)

GRID = list(product((0.05, 0.3, 1.2), (2, 3, 8, 40, 700), (0.05, 0.01)))


@pytest.mark.parametrize(("effect", "cases", "alpha"), GRID)
def test_the_power_is_that_of_scipy_and_statsmodels(effect: float, cases: int, alpha: float) -> None:
    limit = stats.t.isf(alpha / 2, cases - 1)
    expected = stats.ncf.sf(limit * limit, 1, cases - 1, effect * effect * cases)
    assert abs(paired_t_power(effect, cases, alpha) - expected) < 1e-10
    separate = TTestIndPower().power(effect, cases, alpha, ratio=2)
    assert abs(two_sample_t_power(effect, cases, 2 * cases, alpha) - separate) < 1e-10 or separate != separate


@pytest.mark.parametrize("freedom", [1, 2, 3, 10, 60])
@pytest.mark.parametrize("noncentrality", [36.5, 60.0, 141.4])
@pytest.mark.parametrize("alpha", [0.05, 0.001])
def test_a_huge_difference_may_be_overlooked_by_very_few(freedom: int, noncentrality: float, alpha: float) -> None:
    """By scipy's integration over the spread, which is all that matters so far from 0."""
    limit = stats.t.isf(alpha / 2, freedom)

    def noticed(spread: float) -> float:
        return float(stats.chi.pdf(spread * freedom**0.5, freedom) * freedom**0.5) * float(
            stats.norm.cdf(noncentrality - limit * spread)
        )

    ends = sorted((1e-9, noncentrality / limit, 9.0))
    expected = sum(quad(noticed, low, high, limit=500, epsabs=1e-13)[0] for low, high in pairwise(ends))
    assert abs(t_test_power(noncentrality, freedom, alpha) - expected) < 1e-8


def test_two_cases_are_too_few_for_a_strict_test() -> None:
    """Differences of 100 standard deviations at 0.1%: the limit of t for two cases is 637."""
    assert paired_t_cases(100, 0.001, 0.8) == 3
    assert abs(paired_t_power(100, 2, 0.001) - 0.1757) < 1e-3


def test_beyond_the_exact_tail_the_normal_power_hardly_jumps() -> None:
    assert abs(paired_t_power(0.02, LARGE + 1, 0.05) - paired_t_power(0.02, LARGE + 2, 0.05)) < 3e-4
    assert abs(paired_t_power(0.02, LARGE + 9, 0.05) - TTestPower().power(0.02, LARGE + 9, 0.05)) < 2e-4


@pytest.mark.parametrize("effect", [0.1, 0.3, 0.8, 2.5])
@pytest.mark.parametrize("power", [0.6, 0.8, 0.95])
def test_the_fewest_cases_are_those_of_statsmodels(effect: float, power: float) -> None:
    assert paired_t_cases(effect, 0.05, power) == ceil(TTestPower().solve_power(effect, power=power, alpha=0.05))
    expected = ceil(TTestIndPower().solve_power(effect, power=power, alpha=0.05, ratio=1))
    assert two_sample_t_cases(effect, 1, 0.05, power) == max(2, expected)


def test_printed_numbers() -> None:
    """R's power.t.test: 22.02 a group and 0.8689528; statpsych's power.mean.ps: 0.9074354."""
    assert two_sample_t_cases(1, 1, 0.05, 0.9) == 23
    assert abs(two_sample_t_power(1, 20, 20, 0.05) - 0.8689528) < 1e-6
    spread = (10 + 12 - 2 * 0.7 * (10 * 12) ** 0.5) ** 0.5
    assert abs(paired_t_power(2 / spread, 20, 0.05) - 0.9074354) < 2e-6
    assert paired_t_cases(0.075 / 0.25, 0.05, 0.8) == 90
    assert abs((t_test_noticed_effect(100, 0.05, 0.8) or 0) * 0.3 - 0.08487351444) < 1e-6


def test_without_an_effect_or_with_one_case_there_is_no_number() -> None:
    assert paired_t_cases(0, 0.05, 0.8) is None and two_sample_t_cases(0.0001, 1, 0.05, 0.8) is None
    assert t_test_noticed_effect(1, 0.05, 0.8) is None and paired_t_power(3, 1, 0.05) == 0
    assert two_sample_t_power(3, 1, 1, 0.05) == 0 and paired_t_cases(50, 0.05, 0.8) == 2
