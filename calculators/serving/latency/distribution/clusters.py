"""Times in clusters far apart, as where a call is tried again after a long pause: each cluster on a grid of its own.

One grid for all of them would be wider than a cluster, and a quantile within one could lie anywhere in a cell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import add

from calculators.serving.latency.distribution.grids import (
    CELLS,
    MARGIN,
    NEGLIGIBLE,
    ONE_MASS,
    WaitingTimes,
    waiting_grid_of_one_time,
    waiting_grids_in_sequence,
    waiting_grids_mixed,
)

MOST_CLUSTERS = 8
"""So many clusters are kept apart at most; further ones are joined where that costs least."""

FINER_THAN_WIDEST = 8
"""Clusters are joined where their common step is so much finer than the widest one."""

CELLS_BEFORE = 256
"""They are joined too where so many of their common cells lie before them: the step is then small against the time."""

ATOM_HALVINGS = 16
"""A single time is put on a step that was halved so often, so that it is no wider than what it is joined with."""

FEW_CLUSTERS = 3
"""So many where a stage is repeated: sums of many stages have more clusters, but less far apart for their times."""

BISECTIONS = 60
"""How often the time between two clusters that overlap is halved."""


@dataclass(frozen=True, slots=True)
class WaitingClusters:
    """A distribution as the sum of others, in the order of their starts; `widest` is their widest step (seconds)."""

    parts: tuple[WaitingTimes, ...]
    widest: float

    @property
    def total(self) -> float:
        """The share of all requests that the grids hold."""
        return reduce(add, (part.total for part in self.parts), 0.0)

    @property
    def start(self) -> float:
        """Where the first cluster starts (seconds)."""
        return self.parts[0].start

    @property
    def is_one_time(self) -> bool:
        """Whether every request takes the same time."""
        return len(self.parts) == 1 and self.parts[0].is_one_time

    def share_within(self, limit: float) -> float:
        """The share of all requests that take no longer."""
        return reduce(add, (part.share_within(limit) for part in self.parts), 0.0)

    def step_at(self, seconds: float) -> float:
        """The widest step of the clusters that have begun by then and not ended; of all where there is none."""
        steps = [
            part.step
            for part in self.parts
            if part.start - part.step <= seconds <= _waiting_cluster_end(part) + part.step
        ]
        return max(steps, default=max(part.step for part in self.parts))

    def reach(self, cells: int) -> float:
        """The time up to which the grids hold all requests but for what is beyond so many cells of them (seconds)."""
        if len(self.parts) == 1:
            return self.start + cells * self.parts[0].step
        return self.start + cells * self.widest

    def quantile(self, share: float) -> float | None:
        """The time within which this share of all requests is answered (seconds); None beyond the grids."""
        passed = 0.0
        for place, part in enumerate(self.parts):
            rest = self.parts[place + 1 :]
            if all(_waiting_cluster_end(part) + part.step < later.start - later.step for later in rest):
                if passed + part.total >= share:
                    return part.quantile(share - passed)
                passed += part.total
            else:
                return self._quantile_by_bisection(share)
        return None

    def _quantile_by_bisection(self, share: float) -> float | None:
        early, late = (
            self.start - self.parts[0].step,
            max(_waiting_cluster_end(part) + part.step for part in self.parts),
        )
        if self.share_within(late) < share:
            return None
        for _ in range(BISECTIONS):
            middle = (early + late) / 2
            early, late = (early, middle) if self.share_within(middle) >= share else (middle, late)
        return max(0.0, late)


def one_waiting_cluster(times: WaitingTimes, widest: float) -> WaitingClusters:
    """A distribution on one grid."""
    return WaitingClusters((times,), widest)


def waiting_clusters_of(parts: Iterable[WaitingTimes], widest: float, most: int = MOST_CLUSTERS) -> WaitingClusters:
    """The sum of distributions, each weighted by its share; joined where a common grid is fine enough for both."""
    held = [part for part in parts if part.total > NEGLIGIBLE / ONE_MASS]
    if not held:
        return one_waiting_cluster(waiting_grid_of_one_time(0.0, widest).weighted(0), widest)
    held.sort(key=lambda part: part.start)
    edge = held[0].start + CELLS * widest
    joined: list[WaitingTimes] = []
    for part in held:
        if part.start > edge:
            break
        if joined and _is_waiting_cluster_fine(joined[-1], part, widest):
            joined[-1] = _waiting_cluster_joined(joined[-1], part, widest)
        else:
            joined.append(part)
    while len(joined) > most:
        losses = [
            _waiting_cluster_common_step(*pair, widest) / max(_waiting_cluster_end(pair[1]), widest)
            for pair in pairwise(joined)
        ]
        place = losses.index(min(losses))
        joined[place : place + 2] = [_waiting_cluster_joined(joined[place], joined[place + 1], widest)]
    return WaitingClusters(tuple(joined), widest)


def waiting_clusters_in_sequence(
    first: WaitingClusters, second: WaitingClusters, most: int = MOST_CLUSTERS
) -> WaitingClusters:
    """One stage after the other, independent of each other."""
    if len(first.parts) == len(second.parts) == 1:
        return one_waiting_cluster(waiting_grids_in_sequence(first.parts[0], second.parts[0]), first.widest)
    sums = (waiting_grids_in_sequence(before, after) for before in first.parts for after in second.parts)
    return waiting_clusters_of(sums, first.widest, most)


def waiting_clusters_repeated(once: WaitingClusters, count: int) -> WaitingClusters:
    """The same stage so many times, one after the other, by squaring."""
    result, power = one_waiting_cluster(waiting_grid_of_one_time(0.0, once.widest), once.widest), once
    if count > 2:
        power = waiting_clusters_of(once.parts, once.widest, FEW_CLUSTERS)
    while count:
        if count & 1:
            result = waiting_clusters_in_sequence(result, power, FEW_CLUSTERS)
        count >>= 1
        if count:
            power = waiting_clusters_in_sequence(power, power, FEW_CLUSTERS)
    return result


def _waiting_cluster_end(times: WaitingTimes) -> float:
    return times.start + (len(times.masses) - 1) * times.step


def _waiting_cluster_common_step(first: WaitingTimes, second: WaitingTimes, widest: float) -> float:
    """The step of one grid for both (seconds)."""
    step = max(
        (part.step for part in (first, second) if not part.is_one_time), default=_waiting_cluster_least_step(widest)
    )
    span = max(_waiting_cluster_end(first), _waiting_cluster_end(second)) - min(first.start, second.start)
    while step < widest and span > (CELLS - 2 * MARGIN) * step:
        step *= 2
    return step


def _is_waiting_cluster_fine(first: WaitingTimes, second: WaitingTimes, widest: float) -> bool:
    step = _waiting_cluster_common_step(first, second, widest)
    own = min((part.step for part in (first, second) if not part.is_one_time), default=0.0)
    return step <= max(own, widest / FINER_THAN_WIDEST, min(first.start, second.start) / CELLS_BEFORE)


def _waiting_cluster_joined(first: WaitingTimes, second: WaitingTimes, widest: float) -> WaitingTimes:
    return waiting_grids_mixed(
        _waiting_cluster_on_least_step(first, widest), _waiting_cluster_on_least_step(second, widest)
    )


def _waiting_cluster_on_least_step(times: WaitingTimes, widest: float) -> WaitingTimes:
    if not times.is_one_time:
        return times
    return replace(times, step=_waiting_cluster_least_step(widest), halvings=ATOM_HALVINGS)


def _waiting_cluster_least_step(widest: float) -> float:
    return math.ldexp(widest, -ATOM_HALVINGS)
