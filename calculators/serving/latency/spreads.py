"""Functions of bare numbers, Decimals or floats, for the working: spreads, means, and what a wait comes to.

Floats are used within, so results are rounded to 12 digits, as C libraries may differ beyond.
"""

from __future__ import annotations

import math
from decimal import Decimal

from calculators.engine.numbers import Number, Share
from calculators.serving.latency.distribution.attempts import WaitingAttempts
from calculators.serving.latency.distribution.quantiles import (
    NORMAL,
    answered_waiting,
    waiting_quantile,
    waiting_share_within,
)
from calculators.serving.latency.distribution.stages import (
    lognormal_stage_deviation,
    lognormal_stage_mean,
    lognormal_stage_variance,
)
from calculators.serving.latency.distribution.waiting import Waiting

STAGES = 13
"""The stages among the operands of a wait, each a median and a p95."""

OTHERS = 11
"""The operands after them that every wait has."""


def joint_wait_spread(first: Number, second: Number) -> Number:
    """The p95 against the median of a product of two independent lognormal numbers, from theirs.

    >>> joint_wait_spread(Decimal(2), Decimal(1))
    Decimal('2')
    """
    logarithms = math.log(float(first)), math.log(float(second))
    return _wait_spread_like(first, math.exp(math.sqrt(logarithms[0] ** 2 + logarithms[1] ** 2)))


def wait_spread_mean(median: Number, p95: Number) -> Number:
    """The mean of a lognormal time (seconds)."""
    return _wait_spread_like(median, lognormal_stage_mean(float(median), float(p95)))


def wait_spread_variance(median: Number, p95: Number) -> Number:
    """The variance of a lognormal time (seconds²)."""
    return _wait_spread_like(median, lognormal_stage_variance(float(median), float(p95)))


def wait_spread_slowest_quantile(share: Share, count: Number, median: Number, p95: Number) -> Number:
    """The time within which this share of the slowest of so many lognormal times lies (seconds)."""
    deviations = NORMAL.inv_cdf(float(share) ** (1 / max(1, int(count))))
    return _wait_spread_like(
        median, float(median) * math.exp(lognormal_stage_deviation(float(median), float(p95)) * deviations)
    )


def wait_spread_queue_quantile(share: Share, queued: Share, wait: Number) -> Number:
    """The wait for a free place of this share of requests (seconds): none, or an exponential one of mean `wait`."""
    free = 1 - float(queued)
    late = max(0.0, float(share) - free)
    return _wait_spread_like(wait, 0.0 if not late else -float(wait) * math.log1p(-late / float(queued)))


def wait_spread_first_token_quantile(share: Share, *operands: Number) -> Number | None:
    """The seconds within which this share of requests has its first token; None where they never have."""
    return _wait_spread_quantile(False, share, *operands)


def wait_spread_whole_answer_quantile(share: Share, *operands: Number) -> Number | None:
    """The seconds within which this share of requests has its whole answer; None where they never have."""
    return _wait_spread_quantile(True, share, *operands)


def wait_spread_first_token_share(limit: Number, *operands: Number) -> Share:
    """The share of requests that have their first token within so many seconds."""
    return _wait_spread_like(limit, waiting_share_within(_wait_spread_waiting(operands), False, float(limit)))


def wait_spread_whole_answer_share(limit: Number, *operands: Number) -> Share:
    """The share of requests that have their whole answer within so many seconds."""
    return _wait_spread_like(limit, waiting_share_within(_wait_spread_waiting(operands), True, float(limit)))


def wait_spread_unanswered_share(*operands: Number) -> Share:
    """The share of requests in which a call fails each time."""
    return _wait_spread_like(operands[0], 1 - answered_waiting(_wait_spread_waiting(operands)))


def _wait_spread_quantile(whole: bool, share: Share, *operands: Number) -> Number | None:
    seconds = waiting_quantile(_wait_spread_waiting(operands), whole, float(share))
    return None if seconds is None else _wait_spread_like(operands[0], seconds)


def _wait_spread_waiting(operands: tuple[Number, ...]) -> Waiting:
    """The operands in the order of a wait's; those of a queue stand last, where there is one."""
    numbers = [float(operand) for operand in operands]
    stages = [(numbers[2 * place], numbers[2 * place + 1]) for place in range(STAGES)]
    others = numbers[2 * STAGES :]
    found, tools, together, steps, streaming, failed, most, pause, limit, hedge, shared = others[:OTHERS]
    queued, queue = others[OTHERS:] or (0.0, 0.0)
    (network, input_check, retrieval, rerank, output_check, first, *later) = stages
    uncached, cached, reasoning, writing, later_reading, step_writing, tool = (*later,)
    return Waiting(
        network=network,
        input_check=input_check,
        retrieval=retrieval,
        rerank=rerank,
        output_check=output_check,
        first_token=first,
        reading=uncached,
        cached_reading=cached,
        found_cached=found,
        later_reading=later_reading,
        reasoning=reasoning,
        writing=writing,
        step_writing=step_writing,
        tool=tool,
        tools=int(tools),
        together=bool(together),
        steps=int(steps),
        streaming=bool(streaming),
        attempts=WaitingAttempts(failed, int(most), pause, limit, hedge, shared),
        queued=queued,
        queue=queue,
    )


def _wait_spread_like(sample: Number, result: float) -> Number:
    """A result as the kind of number that the run is on."""
    text = f"{result:.11e}"
    if isinstance(sample, float):
        return float(text)
    return Decimal(text).normalize()
