"""The distribution of one stage: a lognormal one through its median and its p95, and the slowest of several at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from calculators.serving.latency.distribution.grids import (
    CELLS,
    KEPT,
    ONE_MASS,
    WaitingTimes,
    cumulative_grid_shares,
    sharpened_grid_masses,
    trimmed_waiting_grid,
    waiting_grid_from_shares,
    waiting_grid_of_one_time,
)

Z_OF_P95 = 1.6448536269514722
"""How many deviations above the median the 95th percentile of a normal distribution lies."""

DEVIATIONS = 5.3
"""How far a distribution is followed to either side: 6e-8 of it lies beyond."""

MOST_HALVINGS = 16
"""No step is finer than the widest one halved so often."""

SHARED = 6
"""Times spread evenly between two points gain a sixth of the square of their distance where both share them."""

NEAR_ZERO = 16
"""Times in the first cells are not spread evenly where a step is wider than the median: their gain is computed."""

WIDEST_DEVIATION = 12.0
"""No stage varies more: its p95 is then 370 million times its median."""


def lognormal_stage_deviation(median: float, p95: float) -> float:
    """The standard deviation of the logarithm of a time; 0 where the time is always the same."""
    return min(WIDEST_DEVIATION, math.log(p95 / median) / Z_OF_P95) if p95 > median > 0 else 0.0


def lognormal_stage_mean(median: float, p95: float) -> float:
    """The mean of a time with this median and p95 (seconds)."""
    return median * math.exp(lognormal_stage_deviation(median, p95) ** 2 / 2)


def lognormal_stage_variance(median: float, p95: float) -> float:
    """The variance of a time with this median and p95 (seconds²)."""
    return lognormal_stage_mean(median, p95) ** 2 * (math.exp(lognormal_stage_deviation(median, p95) ** 2) - 1)


def lognormal_stage_start(median: float, p95: float) -> float:
    """The time that next to no request undercuts (seconds): grids begin there."""
    return median * math.exp(-DEVIATIONS * lognormal_stage_deviation(median, p95)) if median > 0 else 0.0


@lru_cache(KEPT)
def lognormal_stage_times(median: float, p95: float, widest: float) -> WaitingTimes:
    """A lognormal time on a grid whose step is `widest` or a half, a quarter and so on of it."""
    deviation = lognormal_stage_deviation(median, p95)
    if not deviation:
        return waiting_grid_of_one_time(max(median, 0.0), widest)
    start = lognormal_stage_start(median, p95)
    length = median * math.exp(DEVIATIONS * deviation) - start
    step, halvings = widest, 0
    while halvings < MOST_HALVINGS and step / 2 * CELLS > length:
        step, halvings = step / 2, halvings + 1
    return trimmed_waiting_grid(
        WaitingTimes(start - step, step, halvings, _waiting_lognormal_masses(median, p95, step))
    )


@lru_cache(KEPT)
def _waiting_lognormal_masses(median: float, p95: float, step: float) -> tuple[int, ...]:
    """The masses of a lognormal time on a grid of this step (seconds), from the point before its start.

    Each point gets the mass that keeps the mean of what lies between its neighbors: second differences of E[min(X, d)],
    as actuaries round continuous losses (Gerber 1982, "On the numerical evaluation of the distribution of aggregate
    claims and its stop-loss premiums", Insurance: Mathematics and Economics 1).
    """
    deviation, start = lognormal_stage_deviation(median, p95), lognormal_stage_start(median, p95)
    mu, mean = math.log(median), lognormal_stage_mean(median, p95)
    scale, shift = math.sqrt(1 / 2) / deviation, deviation * math.sqrt(1 / 2)
    limited = [0.0]
    for cell in range(1, CELLS + 1):
        end = start + cell * step
        place = (math.log(end) - mu) * scale
        limited.append((mean * math.erfc(shift - place) + end * math.erfc(place)) / 2 - start)
    levels = [1.0, *((after - before) / step for before, after in pairwise(limited))]
    masses = [max(0, round((before - after) * ONE_MASS)) for before, after in pairwise(levels)]
    between = [min(left, right) / SHARED for left, right in pairwise([0, *masses, 0])]
    if start < step:
        between[1 : NEAR_ZERO + 1] = _waiting_gains_near_zero(median, p95, step)
    gained = [round((left + right) / 2) for left, right in pairwise(between)]
    return tuple(sharpened_grid_masses(masses, gained))


LONGEST_OF_MEANS = 16.6
"""How many means an exponential time is followed: 6e-8 of it lies beyond."""


@lru_cache(KEPT)
def exponential_stage_times(mean: float, widest: float) -> WaitingTimes:
    """An exponential time on a grid whose step is `widest` or a half, a quarter and so on of it.

    Each point gets the mass that keeps the mean, as with a lognormal time.
    """
    step, halvings = widest, 0
    while halvings < MOST_HALVINGS and step / 2 * CELLS > LONGEST_OF_MEANS * mean:
        step, halvings = step / 2, halvings + 1
    cell = step / mean
    limited = [(1 - math.exp(-cell * place)) / cell for place in range(CELLS + 1)]
    levels = [1.0, *(after - before for before, after in pairwise(limited))]
    masses = [max(0, round((before - after) * ONE_MASS)) for before, after in pairwise(levels)]
    moments = []
    for place in range(CELLS + 1):
        passed = cell * place
        rest = math.exp(-passed)
        moments.append(
            (1 - rest, (1 - rest * (1 + passed)) / cell, (2 - rest * (2 + 2 * passed + passed**2)) / cell**2)
        )
    between = [0.0, *_waiting_gains_of_cells(moments)]
    gained = [round((left + right) / 2) for left, right in pairwise(between)]
    return trimmed_waiting_grid(WaitingTimes(-step, step, halvings, tuple(sharpened_grid_masses(masses, gained))))


def _waiting_gains_of_cells(moments: Sequence[tuple[float, ...]]) -> list[float]:
    """By how much sharing its times between its ends widens each cell (in masses × step²).

    `moments` are the shares, means and squares of what lies within the end of each cell, in steps.
    """
    gains = []
    for cell, (before, after) in enumerate(pairwise(moments)):
        whole, first, second = (end - begin for begin, end in zip(before, after, strict=True))
        gains.append(((2 * cell + 1) * first - second - cell * (cell + 1) * whole) * ONE_MASS)
    return gains


def _waiting_gains_near_zero(median: float, p95: float, step: float) -> list[float]:
    """By how much sharing its times between its ends widens each of the first cells (in masses × step²)."""
    deviation, start = lognormal_stage_deviation(median, p95), lognormal_stage_start(median, p95)
    mu, scale, shift = math.log(median), math.sqrt(1 / 2) / deviation, deviation * math.sqrt(1 / 2)
    mean = lognormal_stage_mean(median, p95)
    square = mean * mean * math.exp(deviation**2)
    moments = []
    for cell in range(NEAR_ZERO + 1):
        place = (math.log(start + cell * step) - mu) * scale
        whole, first, second = (
            factor * math.erfc(power * shift - place) / 2 for power, factor in enumerate((1.0, mean, square))
        )
        first, second = first - start * whole, second - start * (2 * first - start * whole)
        moments.append((whole, first / step, second / step**2))
    return _waiting_gains_of_cells(moments)


@lru_cache(KEPT)
def slowest_stage_times(once: WaitingTimes, count: int) -> WaitingTimes:
    """The slowest of so many that run at the same time, independent of each other."""
    if count <= 1 or once.is_one_time:
        return once
    return waiting_grid_from_shares(once, [share**count for share in cumulative_grid_shares(once)])
