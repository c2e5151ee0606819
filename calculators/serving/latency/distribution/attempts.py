"""What hedging, time-outs and retries make of the time of a call."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from calculators.serving.latency.distribution.clusters import (
    WaitingClusters,
    one_waiting_cluster,
    waiting_clusters_in_sequence,
    waiting_clusters_of,
)
from calculators.serving.latency.distribution.grids import (
    CELLS,
    MARGIN,
    NEGLIGIBLE,
    ONE_MASS,
    WaitingTimes,
    coarsened_waiting_grid,
    cumulative_grid_shares,
    waiting_grid_from_shares,
    waiting_grid_of_one_time,
    waiting_grids_mixed,
)


@dataclass(frozen=True, slots=True)
class WaitingAttempts:
    """How a call is tried: shares of calls, numbers of tries, seconds.

    A second request goes out after `hedge`; the share `shared` of slow calls is slow for a reason that holds for both.
    A try fails with the chance `failed`, or is given up after `limit`; the first pause is `pause`, each later one twice
    as long.
    """

    failed: float
    most: int
    pause: float
    limit: float
    hedge: float
    shared: float

    @property
    def change_nothing(self) -> bool:
        """Whether each call is simply made once, however long it takes."""
        return not self.failed and self.limit >= NEVER and self.hedge >= NEVER


NEVER = 86_400.0
"""A time-out or a hedge after a day (seconds) stands for none."""


def hedged_attempt_times(once: WaitingTimes, attempts: WaitingAttempts) -> WaitingTimes:
    """The faster of a call and of a second one sent later.

    Until then the share that waits is S(t), afterwards S(t) × S(t − hedge), but for the shared share, which stays S(t).
    """
    delay = attempts.hedge
    if delay >= NEVER or (once.is_one_time and once.masses[0] == ONE_MASS):
        return once
    once = _with_attempt_room_for_second(once, delay)
    shares = cumulative_grid_shares(once)
    ends = (once.start + (cell + 1 / 2) * once.step for cell in range(len(shares)))
    helped = [
        1 - (1 - share) * (attempts.shared + (1 - attempts.shared) * (1 - once.share_within(end - delay)))
        for share, end in zip(shares, ends, strict=True)
    ]
    return waiting_grid_from_shares(once, helped)


def _with_attempt_room_for_second(once: WaitingTimes, delay: float) -> WaitingTimes:
    """The same on a grid that also reaches the end of a second request; what is beyond it may be helped by that one."""
    if sum(once.masses) >= ONE_MASS - NEGLIGIBLE:
        return once
    cells = len(once.masses) + math.ceil(delay / once.step)
    while once.halvings and cells > CELLS:
        once = coarsened_waiting_grid(once)
        cells = len(once.masses) + math.ceil(delay / once.step)
    missing = max(0, min(cells, CELLS) - len(once.masses))
    return replace(once, masses=(*once.masses, *[0] * missing))


def attempt_times_within_limit(once: WaitingTimes, limit: float) -> WaitingTimes:
    """Those that take no longer than the limit; the others are left out."""
    if limit >= NEVER:
        return once
    if once.is_one_time:
        return once if once.start <= limit else once.weighted(0)
    within = once.share_within(limit)
    shares = [min(share, within) for share in cumulative_grid_shares(once)]
    return waiting_grid_from_shares(once, shares)


FINER = 4
"""How many halvings a finer grid is ahead of the one whose beginning it tells."""

BEGINNING = 8
"""So many cells are told by the finer grid."""

MANY = 0.05
"""So many requests within the beginning make a grid too coarse for it."""

DEEPEST = 6
"""How often a beginning is looked at on a finer grid at most."""


def attempt_times_with_beginning(make: Callable[[float], WaitingTimes], widest: float, depth: int = 0) -> WaitingTimes:
    """What `make` gives on a grid of this step, its beginning from finer grids where many requests lie in it."""
    times = make(widest)
    edge = times.start + BEGINNING * times.step
    within = times.share_within(edge)
    if times.is_one_time or times.halvings or within < MANY or depth >= DEEPEST:
        return times
    finer = attempt_times_with_beginning(make, math.ldexp(widest, -FINER), depth + 1)
    near = attempt_times_within_limit(replace(finer, halvings=finer.halvings + FINER), edge)
    far = waiting_grid_from_shares(times, [max(0.0, share - near.total) for share in cumulative_grid_shares(times)])
    return waiting_grids_mixed(near, far)


def call_times_with_attempts(
    make: Callable[[float], WaitingTimes], widest: float, attempts: WaitingAttempts
) -> WaitingClusters:
    """A call with all its tries, to its first token; what is never answered is missing from the distribution.

    A try, which `make` gives on a grid of some step, is over at the time-out: so its grid reaches no further, and may
    be far finer than that of all tries together. Long pauses between short tries keep them in clusters.
    """
    if attempts.change_nothing:
        return one_waiting_cluster(make(widest), widest)
    halvings = 0
    if attempts.limit < NEVER:
        halvings = max(0, math.floor(math.log2(widest * (CELLS - MARGIN) / attempts.limit)))
    once = make(math.ldexp(widest, -halvings))
    if attempts.hedge < NEVER:
        once = attempt_times_with_beginning(
            lambda step: hedged_attempt_times(make(step), attempts), math.ldexp(widest, -halvings)
        )
    in_time = attempt_times_within_limit(once, attempts.limit)
    in_time = replace(in_time, halvings=in_time.halvings + halvings)
    served = one_waiting_cluster(in_time.weighted(1 - attempts.failed), widest)
    late = waiting_grid_of_one_time(attempts.limit, once.step).weighted(
        max(0.0, 1 - in_time.total) if attempts.limit < NEVER else 0.0
    )
    lost = waiting_clusters_of((in_time.weighted(attempts.failed), late), widest)
    answered, before, pause = list(served.parts), lost, attempts.pause
    for _ in range(attempts.most - 1):
        before = WaitingClusters(tuple(part.delayed(pause) for part in before.parts), widest)
        answered += waiting_clusters_in_sequence(before, served).parts
        before, pause = waiting_clusters_in_sequence(before, lost), pause * 2
    return waiting_clusters_of(answered, widest)


def unanswered_attempts_share(once: WaitingTimes, attempts: WaitingAttempts) -> float:
    """The share of calls that fail each time."""
    if attempts.change_nothing:
        return 0.0
    within = hedged_attempt_times(once, attempts).share_within(attempts.limit) if attempts.limit < NEVER else 1.0
    return (1 - (1 - attempts.failed) * within) ** attempts.most
