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
    Times,
    one_time,
    times_in_sequence,
    times_mixed,
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
class Clusters:
    """A distribution as the sum of others, in the order of their starts; `widest` is their widest step (seconds)."""

    parts: tuple[Times, ...]
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
        steps = [part.step for part in self.parts if part.start - part.step <= seconds <= _end(part) + part.step]
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
            if all(_end(part) + part.step < later.start - later.step for later in rest):
                if passed + part.total >= share:
                    return part.quantile(share - passed)
                passed += part.total
            else:
                return self._quantile_by_bisection(share)
        return None

    def _quantile_by_bisection(self, share: float) -> float | None:
        early, late = self.start - self.parts[0].step, max(_end(part) + part.step for part in self.parts)
        if self.share_within(late) < share:
            return None
        for _ in range(BISECTIONS):
            middle = (early + late) / 2
            early, late = (early, middle) if self.share_within(middle) >= share else (middle, late)
        return max(0.0, late)


def one_cluster(times: Times, widest: float) -> Clusters:
    """A distribution on one grid."""
    return Clusters((times,), widest)


def clusters_of(parts: Iterable[Times], widest: float, most: int = MOST_CLUSTERS) -> Clusters:
    """The sum of distributions, each weighted by its share; joined where a common grid is fine enough for both."""
    held = [part for part in parts if part.total > NEGLIGIBLE / ONE_MASS]
    if not held:
        return one_cluster(one_time(0.0, widest).weighted(0), widest)
    held.sort(key=lambda part: part.start)
    edge = held[0].start + CELLS * widest
    joined: list[Times] = []
    for part in held:
        if part.start > edge:
            break
        if joined and _is_fine(joined[-1], part, widest):
            joined[-1] = _joined(joined[-1], part, widest)
        else:
            joined.append(part)
    while len(joined) > most:
        losses = [_common_step(*pair, widest) / max(_end(pair[1]), widest) for pair in pairwise(joined)]
        place = losses.index(min(losses))
        joined[place : place + 2] = [_joined(joined[place], joined[place + 1], widest)]
    return Clusters(tuple(joined), widest)


def clusters_in_sequence(first: Clusters, second: Clusters, most: int = MOST_CLUSTERS) -> Clusters:
    """One stage after the other, independent of each other."""
    if len(first.parts) == len(second.parts) == 1:
        return one_cluster(times_in_sequence(first.parts[0], second.parts[0]), first.widest)
    sums = (times_in_sequence(before, after) for before in first.parts for after in second.parts)
    return clusters_of(sums, first.widest, most)


def clusters_repeated(once: Clusters, count: int) -> Clusters:
    """The same stage so many times, one after the other, by squaring."""
    result, power = one_cluster(one_time(0.0, once.widest), once.widest), once
    if count > 2:
        power = clusters_of(once.parts, once.widest, FEW_CLUSTERS)
    while count:
        if count & 1:
            result = clusters_in_sequence(result, power, FEW_CLUSTERS)
        count >>= 1
        if count:
            power = clusters_in_sequence(power, power, FEW_CLUSTERS)
    return result


def _end(times: Times) -> float:
    return times.start + (len(times.masses) - 1) * times.step


def _common_step(first: Times, second: Times, widest: float) -> float:
    """The step of one grid for both (seconds)."""
    step = max((part.step for part in (first, second) if not part.is_one_time), default=_least_step(widest))
    span = max(_end(first), _end(second)) - min(first.start, second.start)
    while step < widest and span > (CELLS - 2 * MARGIN) * step:
        step *= 2
    return step


def _is_fine(first: Times, second: Times, widest: float) -> bool:
    step = _common_step(first, second, widest)
    own = min((part.step for part in (first, second) if not part.is_one_time), default=0.0)
    return step <= max(own, widest / FINER_THAN_WIDEST, min(first.start, second.start) / CELLS_BEFORE)


def _joined(first: Times, second: Times, widest: float) -> Times:
    return times_mixed(_on_least_step(first, widest), _on_least_step(second, widest))


def _on_least_step(times: Times, widest: float) -> Times:
    if not times.is_one_time:
        return times
    return replace(times, step=_least_step(widest), halvings=ATOM_HALVINGS)


def _least_step(widest: float) -> float:
    return math.ldexp(widest, -ATOM_HALVINGS)
