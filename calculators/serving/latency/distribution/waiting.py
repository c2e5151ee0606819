"""How long a request waits in all: its stages in their order, put together on one grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from calculators.serving.latency.distribution.attempts import (
    NEVER,
    WaitingAttempts,
    attempt_times_with_beginning,
    call_times_with_attempts,
    unanswered_attempts_share,
)
from calculators.serving.latency.distribution.clusters import (
    WaitingClusters,
    one_waiting_cluster,
    waiting_clusters_in_sequence,
    waiting_clusters_of,
    waiting_clusters_repeated,
)
from calculators.serving.latency.distribution.grids import (
    CELLS,
    KEPT,
    MARGIN,
    WaitingTimes,
    waiting_grid_of_one_time,
    waiting_grid_repeated,
    waiting_grids_in_sequence,
    waiting_grids_mixed,
)
from calculators.serving.latency.distribution.stages import (
    exponential_stage_times,
    lognormal_stage_times,
    slowest_stage_times,
)

Stage = tuple[float, float]
"""The median and the p95 of a stage (seconds)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """All stages of a request; times in seconds, each stage as its median and its p95.

    The share `queued` waits for a free place first, `queue` seconds on average; such waits are exponential.
    """

    network: Stage
    input_check: Stage
    retrieval: Stage
    rerank: Stage
    output_check: Stage
    first_token: Stage
    reading: Stage
    cached_reading: Stage
    found_cached: float
    later_reading: Stage
    reasoning: Stage
    writing: Stage
    step_writing: Stage
    tool: Stage
    tools: int
    together: bool
    steps: int
    streaming: bool
    attempts: WaitingAttempts
    queued: float = 0.0
    queue: float = 0.0

    @property
    def never_served(self) -> bool:
        """Whether a queue grows without end."""
        return self.queued > 0 and self.queue >= NEVER


@lru_cache(KEPT)
def waiting_first_token_times(waiting: Waiting, widest: float) -> WaitingClusters:
    """The distribution up to the first token that a person sees; without streaming, up to the last."""
    around = (waiting.network, waiting.input_check, waiting.retrieval, waiting.rerank, waiting.output_check)
    result = _waiting_queue(waiting, _waiting_sequence(around, widest), widest)
    more = () if waiting.streaming else (waiting.step_writing,)
    between = (waiting.step_writing,) if waiting.streaming else ()
    last = () if waiting.streaming else (waiting.writing,)
    if waiting.steps <= 1:
        return waiting_clusters_in_sequence(result, _waiting_call(waiting, True, last, widest))
    pause = one_waiting_cluster(
        waiting_grids_in_sequence(_waiting_sequence(between, widest), _waiting_tools(waiting, widest)), widest
    )
    first_step = waiting_clusters_in_sequence(_waiting_call(waiting, True, more, widest), pause)
    result = waiting_clusters_in_sequence(result, first_step)
    if waiting.steps > 2:
        step = waiting_clusters_in_sequence(_waiting_call(waiting, False, more, widest), pause)
        result = waiting_clusters_in_sequence(result, waiting_clusters_repeated(step, waiting.steps - 2))
    return waiting_clusters_in_sequence(result, _waiting_call(waiting, False, last, widest))


def waiting_whole_answer_times(waiting: Waiting, widest: float) -> WaitingClusters:
    """The distribution up to the last token."""
    first = waiting_first_token_times(waiting, widest)
    if not waiting.streaming:
        return first
    return waiting_clusters_in_sequence(
        first, one_waiting_cluster(lognormal_stage_times(*waiting.writing, widest), widest)
    )


def waiting_stages_of_request(waiting: Waiting, whole: bool) -> list[tuple[Stage, int]]:
    """Every stage with how often a request goes through it, to its first token or to its last; tries aside."""
    steps, before = waiting.steps, waiting.steps - 1
    around = (waiting.network, waiting.input_check, waiting.retrieval, waiting.rerank, waiting.output_check)
    return [
        *((stage, 1) for stage in around),
        (waiting.first_token, steps),
        (waiting.reading, 1),
        (waiting.later_reading, before),
        (waiting.reasoning, steps),
        (waiting.step_writing, before),
        (waiting.tool, before * waiting.tools),
        (waiting.writing, 1 if whole or not waiting.streaming else 0),
    ]


def _waiting_queue(waiting: Waiting, around: WaitingTimes, widest: float) -> WaitingClusters:
    """What surrounds the model, and the wait for a free place, which a part of the requests does not have."""
    if not waiting.queued:
        return one_waiting_cluster(around, widest)
    late = waiting_grids_in_sequence(around, exponential_stage_times(waiting.queue, widest))
    return waiting_clusters_of((around.weighted(1 - waiting.queued), late.weighted(waiting.queued)), widest)


@lru_cache(KEPT)
def _waiting_sequence(stages: tuple[Stage, ...], widest: float) -> WaitingTimes:
    result = waiting_grid_of_one_time(0.0, widest)
    for stage in stages:
        result = waiting_grids_in_sequence(result, lognormal_stage_times(*stage, widest))
    return result


def _waiting_reading(waiting: Waiting, first: bool, widest: float) -> WaitingTimes:
    """Reading the prompt: in its first call, a part of the requests finds the beginning in the cache."""
    found = waiting.found_cached
    if not first:
        return lognormal_stage_times(*waiting.later_reading, widest)
    if not found or waiting.cached_reading == waiting.reading:
        return lognormal_stage_times(*waiting.reading, widest)
    if found >= 1:
        return lognormal_stage_times(*waiting.cached_reading, widest)
    return waiting_grids_mixed(
        lognormal_stage_times(*waiting.reading, widest).weighted(1 - found),
        lognormal_stage_times(*waiting.cached_reading, widest).weighted(found),
    )


def _waiting_call(waiting: Waiting, first: bool, more: tuple[Stage, ...], widest: float) -> WaitingClusters:
    """One call of the model with all its tries, to its first token or, without streaming, to its last."""
    return call_times_with_attempts(lambda step: _waiting_attempt(waiting, first, more, step), widest, waiting.attempts)


@lru_cache(KEPT)
def _waiting_attempt_sequence(stages: tuple[Stage, ...], reading: WaitingTimes, widest: float) -> WaitingTimes:
    return waiting_grids_in_sequence(_waiting_sequence(stages, widest), reading)


def _waiting_attempt(waiting: Waiting, first: bool, more: tuple[Stage, ...], widest: float) -> WaitingTimes:
    stages = (waiting.first_token, waiting.reasoning, *more)
    return _waiting_attempt_sequence(stages, _waiting_reading(waiting, first, widest), widest)


def _waiting_tools(waiting: Waiting, widest: float) -> WaitingTimes:
    """The tools that a step calls, one after the other or all at once."""
    if not waiting.tools:
        return waiting_grid_of_one_time(0.0, widest)
    if waiting.together:
        return attempt_times_with_beginning(
            lambda step: slowest_stage_times(lognormal_stage_times(*waiting.tool, step), waiting.tools), widest
        )
    return waiting_grid_repeated(lognormal_stage_times(*waiting.tool, widest), waiting.tools)


def waiting_answered_share(waiting: Waiting) -> float:
    """The share of requests that are answered at all: in which no call fails each time."""
    attempts = waiting.attempts
    if waiting.never_served:
        return 0.0
    if attempts.change_nothing:
        return 1.0
    widest = attempts.limit / (CELLS - MARGIN)
    last = () if waiting.streaming else (waiting.writing,)
    more = () if waiting.streaming else (waiting.step_writing,)
    calls = [(True, last if waiting.steps <= 1 else more)]
    calls += [(False, more)] * (waiting.steps - 2) + [(False, last)] * (waiting.steps > 1)
    unanswered = [
        unanswered_attempts_share(_waiting_attempt(waiting, *call, widest), attempts) for call in calls[:2] + calls[-1:]
    ]
    share = 1 - unanswered[0]
    if waiting.steps > 1:
        share *= (1 - unanswered[1]) ** (waiting.steps - 2) * (1 - unanswered[-1])
    return share
