"""Distributions on a grid: sums of masses done the slow way, means that stay, tails that are kept."""

from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from calculators.serving.latency.distribution.grids import (
    CELLS,
    ONE_MASS,
    WaitingTimes,
    waiting_grid_of_one_time,
    waiting_grids_in_sequence,
    waiting_grids_mixed,
)
from calculators.serving.latency.distribution.stages import (
    lognormal_stage_mean,
    lognormal_stage_times,
    lognormal_stage_variance,
    slowest_stage_times,
)


def mean(times: WaitingTimes) -> float:
    """The mean of what the grid holds (seconds)."""
    weighted = sum(mass * (times.start + cell * times.step) for cell, mass in enumerate(times.masses))
    return weighted / sum(times.masses)


def variance(times: WaitingTimes) -> float:
    """The variance of what the grid holds (seconds²)."""
    center = mean(times)
    squares = sum(mass * (times.start + cell * times.step - center) ** 2 for cell, mass in enumerate(times.masses))
    return squares / sum(times.masses)


def test_a_product_of_long_numbers_is_the_sum_of_products() -> None:
    first = WaitingTimes(1.0, 0.5, 0, tuple(round(ONE_MASS * share) for share in (0.2, 0.5, 0.3)))
    second = WaitingTimes(0.25, 0.5, 0, tuple(round(ONE_MASS * share) for share in (0.6, 0.0, 0.4)))
    both = waiting_grids_in_sequence(first, second)
    expected = (0.12, 0.3, 0.18 + 0.08, 0.2, 0.12)
    assert both.start == 1.25 and both.step == 0.5
    assert [mass / ONE_MASS for mass in both.masses] == pytest.approx(expected, abs=2e-9)


@pytest.mark.parametrize(("median", "p95"), [(0.05, 0.12), (0.7, 2.0), (4.0, 7.0)])
def test_a_lognormal_time_keeps_mass_mean_and_variance(median: float, p95: float) -> None:
    """Rounding to the points of the grid moves neither."""
    times = lognormal_stage_times(median, p95, 64.0 / CELLS)
    assert times.total == pytest.approx(1, abs=1e-6) and len(times.masses) <= CELLS
    assert mean(times) == pytest.approx(lognormal_stage_mean(median, p95), rel=1e-4)
    assert variance(times) == pytest.approx(lognormal_stage_variance(median, p95), rel=0.002)


def test_what_lies_beyond_the_grid_is_missing() -> None:
    """A median of 1 s and a p95 of 20 s: ln 64 is 2.28 deviations, so 1.1% takes longer than 64 s."""
    times = lognormal_stage_times(1.0, 20.0, 64.0 / CELLS)
    assert times.total == pytest.approx(NormalDist().cdf(math.log(64) / (math.log(20) / 1.6448536)), abs=2e-4)


def test_two_steps_of_different_fineness_keep_their_mean() -> None:
    network, writing = (
        lognormal_stage_times(0.05, 0.12, 16.0 / CELLS),
        lognormal_stage_times(4.0, 7.0, 16.0 / CELLS),
    )
    assert network.step < writing.step
    both = waiting_grids_in_sequence(network, writing)
    assert mean(both) == pytest.approx(lognormal_stage_mean(0.05, 0.12) + lognormal_stage_mean(4.0, 7.0), rel=1e-3)
    assert both.total == pytest.approx(1, abs=1e-4)


def test_a_mixture_has_the_mean_of_its_parts() -> None:
    first, second = lognormal_stage_times(0.5, 1.0, 0.05), lognormal_stage_times(2.0, 3.0, 0.05)
    mixed = waiting_grids_mixed(first.weighted(0.25), second.weighted(0.75))
    assert mean(mixed) == pytest.approx(0.25 * mean(first) + 0.75 * mean(second), rel=1e-6)
    assert mixed.total == pytest.approx(1, abs=1e-6)


def test_a_part_beyond_the_grid_is_missing_and_not_moved() -> None:
    near, far = waiting_grid_of_one_time(1.0, 0.01).weighted(0.9), waiting_grid_of_one_time(5000.0, 0.01).weighted(0.1)
    mixed = waiting_grids_mixed(near, far)
    assert mixed.total == pytest.approx(0.9) and mixed.quantile(0.95) is None and mixed.quantile(0.5) == 1.0


def test_the_slowest_of_many_is_the_power_of_the_share_within() -> None:
    once = lognormal_stage_times(0.4, 1.2, 4.0 / CELLS)
    ten = slowest_stage_times(once, 10)
    for limit in (0.5, 1.0, 1.5, 2.0):
        assert ten.share_within(limit) == pytest.approx(once.share_within(limit) ** 10, abs=2e-3)


def test_a_share_and_its_quantile_are_inverse() -> None:
    times = waiting_grids_in_sequence(lognormal_stage_times(0.7, 2.0, 0.1), lognormal_stage_times(4.0, 7.0, 0.1))
    for share in (0.05, 0.5, 0.95, 0.99):
        quantile = times.quantile(share)
        assert quantile is not None and math.isclose(times.share_within(quantile), share, abs_tol=1e-4)
