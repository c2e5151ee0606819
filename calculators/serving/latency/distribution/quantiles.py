"""What share of requests is answered within a time, and within which time a share of them is.

Floats in, floats out. A wait in which one stage varies, or none, has a closed form; all others are put on a grid that
reaches a little beyond their p99. Where such a grid is too coarse for a shorter time, as with a stage that is seldom a
thousand times slower, the time gets a grid of its own; what takes longer than that grid reaches does not change it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

from calculators.serving.latency.distribution.attempts import NEVER
from calculators.serving.latency.distribution.clusters import WaitingClusters
from calculators.serving.latency.distribution.grids import CELLS, KEPT, MARGIN
from calculators.serving.latency.distribution.stages import (
    lognormal_stage_deviation,
    lognormal_stage_mean,
    lognormal_stage_start,
    lognormal_stage_variance,
)
from calculators.serving.latency.distribution.waiting import (
    Stage,
    Waiting,
    waiting_answered_share,
    waiting_first_token_times,
    waiting_stages_of_request,
    waiting_whole_answer_times,
)

NORMAL = NormalDist()

Z_OF_P99 = 2.3263478740408408
"""How many deviations above the median the 99th percentile of a normal distribution lies."""

ROOM = 1.25
"""How much further than its p99 a grid reaches at least."""

WASTE = 0.25
"""A grid is narrowed where the time that it is made for lies below this part of it."""

FINE_ENOUGH = 8
"""So many cells of a grid lie before a time that is read from it."""

FINE_ENOUGH_FOR_TRIES = 40
"""So many where calls are often tried again: what they take then lies close to the times at which they are."""

SELDOM = 0.02
"""Calls of which no more than this share fail are seldom tried again."""

BEYOND = 10
"""A grid for a quantile reaches this part of the way from it to the share that is ever answered."""

COMPLETE = 1e-6
"""A grid that lacks no more than this share of requests holds all of them."""

TRIES = 80
"""How often a grid is widened or narrowed at most."""

NEEDED = (0.995, 0.96, 0.6)
"""A grid has to hold the first of these shares that is answered at all."""


def waiting_quantile(waiting: Waiting, whole: bool, share: float) -> float | None:
    """The seconds within which a share of all requests have their first token, or their whole answer; None: never."""
    possible = answered_waiting(waiting)
    if share > possible:
        return None
    alone = _waiting_only_varying_stage(waiting, whole)
    if alone is not None:
        constant, (median, p95) = alone
        return constant + median * math.exp(lognormal_stage_deviation(median, p95) * NORMAL.inv_cdf(share))
    times = waiting_times_of_request(waiting, whole, _waiting_widest(waiting))
    if share > possible - COMPLETE and not times.is_one_time:
        return None  # the slowest of all that are answered: there is no end to a time that varies
    seconds = times.quantile(share)
    if seconds is not None and _is_waiting_resolved(waiting, whole, times, seconds):
        return seconds
    return waiting_times_of_request(waiting, whole, share + (possible - share) / BEYOND).quantile(share)


@lru_cache(KEPT)
def waiting_share_within(waiting: Waiting, whole: bool, limit: float) -> float:
    """The share of all requests that have their first token, or their whole answer, within so many seconds."""
    alone = _waiting_only_varying_stage(waiting, whole)
    if alone is not None:
        constant, (median, p95) = alone
        deviation = lognormal_stage_deviation(median, p95)
        if not deviation or limit <= constant:
            return float(limit >= constant + median)
        return NORMAL.cdf(math.log((limit - constant) / median) / deviation)
    if not answered_waiting(waiting):
        return 0.0
    times = waiting_times_of_request(waiting, whole, _waiting_widest(waiting))
    if not _is_waiting_resolved(waiting, whole, times, limit):
        reach = limit - _waiting_earliest(waiting, whole)
        if reach <= 0:
            return 0.0
        times = _waiting_maker(waiting, whole)(
            _waiting_power_of_two(max(reach * CELLS / (CELLS - MARGIN), LEAST_REACH)) / CELLS
        )
    return min(times.share_within(limit), answered_waiting(waiting))


def _waiting_widest(waiting: Waiting) -> float:
    """The share that the widest grid holds."""
    possible = answered_waiting(waiting)
    return next((share for share in NEEDED if share < possible), possible / 2)


def _is_waiting_resolved(waiting: Waiting, whole: bool, times: WaitingClusters, seconds: float) -> bool:
    """Whether a time lies on a grid, or beyond all that is answered, with enough cells since the earliest time."""
    if times.is_one_time:
        return True
    attempts = waiting.attempts
    tried = attempts.most > 1 and (attempts.failed > SELDOM or attempts.limit < NEVER)
    cells = FINE_ENOUGH_FOR_TRIES if tried else FINE_ENOUGH
    held = seconds <= times.reach(CELLS - MARGIN) or times.total > answered_waiting(waiting) - COMPLETE
    return held and seconds - _waiting_earliest(waiting, whole) >= cells * times.step_at(seconds)


def _waiting_earliest(waiting: Waiting, whole: bool) -> float:
    """The time that next to no request undercuts (seconds)."""
    earliest = 0.0
    for stage, count in waiting_stages_of_request(waiting, whole):
        earliest += count * lognormal_stage_start(*stage)
    if waiting.found_cached:
        earliest += min(0.0, lognormal_stage_start(*waiting.cached_reading) - lognormal_stage_start(*waiting.reading))
    return earliest


@lru_cache(KEPT)
def answered_waiting(waiting: Waiting) -> float:
    """The share of requests that are answered at all."""
    return waiting_answered_share(waiting)


def _waiting_only_varying_stage(waiting: Waiting, whole: bool) -> tuple[float, Stage] | None:
    """What always takes the same time, in all, and the one stage that varies; None where several do."""
    mixed = waiting.found_cached > 0 and waiting.cached_reading != waiting.reading
    if mixed or waiting.queued or not waiting.attempts.change_nothing:
        return None
    counted = [(stage, count) for stage, count in waiting_stages_of_request(waiting, whole) if count]
    varying = [(stage, count) for stage, count in counted if lognormal_stage_deviation(*stage)]
    if len(varying) > 1 or any(count > 1 for _, count in varying):
        return None
    if waiting.together and waiting.tools > 1 and waiting.steps > 1:
        return None
    constant = 0.0
    for (median, p95), count in counted:
        constant += 0.0 if lognormal_stage_deviation(median, p95) else median * count
    return constant, varying[0][0] if varying else (0.0, 0.0)


@lru_cache(KEPT)
def waiting_times_of_request(waiting: Waiting, whole: bool, needed: float) -> WaitingClusters:
    """The distribution on a grid that reaches a little beyond the time within which the needed share is answered.

    Reaches are powers of two, so that like questions share the grids of their stages.
    """
    if whole and not waiting.streaming:
        return waiting_times_of_request(waiting, False, needed)
    make, earliest, too_short = _waiting_maker(waiting, whole), _waiting_earliest(waiting, whole), 0.0
    reach = _waiting_power_of_two(_estimated_waiting_p99(waiting, whole))
    times = make(reach / CELLS)
    for _ in range(TRIES):
        last = times.quantile(needed)
        if last is None:
            too_short, reach = reach, reach * 2
        else:
            length = max(0.0, last - earliest)
            narrower = _waiting_power_of_two(max(ROOM * length, reach / CELLS, LEAST_REACH, 2 * too_short))
            if length >= WASTE * reach or narrower >= reach:
                break
            reach = narrower
        times = make(reach / CELLS)
    return times


LEAST_REACH = 1e-6
"""No grid is narrower (seconds)."""


def _waiting_maker(waiting: Waiting, whole: bool) -> Callable[[float], WaitingClusters]:
    make = waiting_whole_answer_times if whole else waiting_first_token_times
    return lambda widest: make(waiting, widest)


def _estimated_waiting_p99(waiting: Waiting, whole: bool) -> float:
    """About the p99 above the start, by a lognormal sum of the same mean and variance (Fenton and Wilkinson)."""
    mean = variance = start = 0.0
    for stage, count in waiting_stages_of_request(waiting, whole):
        mean += count * lognormal_stage_mean(*stage)
        variance += count * lognormal_stage_variance(*stage)
        start += count * lognormal_stage_start(*stage)
    mean += waiting.queued * waiting.queue
    variance += waiting.queued * (2 - waiting.queued) * waiting.queue**2
    if not variance:
        return max(mean, LEAST_REACH)
    deviation = math.sqrt(math.log(1 + variance / mean**2))
    guess = mean * math.exp(Z_OF_P99 * deviation - deviation**2 / 2)
    return max(ROOM * (guess - start), math.sqrt(variance) / 2, LEAST_REACH)


def _waiting_power_of_two(reach: float) -> float:
    return math.ldexp(1.0, math.ceil(math.log2(reach)))
