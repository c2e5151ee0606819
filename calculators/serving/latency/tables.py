"""The tables: what each lever does, and where the time goes."""

from __future__ import annotations

from calculators.engine.declare import Table
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    bare_value,
    choose,
    quotient,
    sum_of_numbers,
    when,
    whole_number,
)
from calculators.engine.numbers.units import ONE
from calculators.serving.latency.inputs import Inputs
from calculators.serving.latency.levers import wait_levers
from calculators.serving.latency.operands import MEDIAN, SLOW, RequestWait, wait_stage_mean, wait_stage_variance
from calculators.serving.latency.parts import SECOND

QUEUE = "Queue before your service"


def wait_share_within_target(i: Inputs, wait: RequestWait) -> Share:
    """The share of requests within the reader's target, of the part that it is about."""
    if bare_value(i.target_part) == "first":
        return choose(i.target_part == "first", wait.first_within(i.target), 0)
    return choose(i.target_part == "whole", wait.whole_within(i.target), 0)


def wait_meets_target(i: Inputs, wait: RequestWait) -> Condition:
    """Whether enough requests are within the target."""
    return wait_share_within_target(i, wait) >= i.target_share


def wait_lever_table(i: Inputs, wait: RequestWait, slow: Share) -> Table:
    """What each lever does to the slow requests (their share is `slow`) and to the target."""
    rows = []
    for name, changed in wait_levers(wait):
        within = wait_share_within_target(i, changed)
        met = when(within >= i.target_share, "yes", "no")
        rows.append((name, changed.first(slow), changed.whole(slow), within, met))
    return Table(tuple(rows), 0)


def wait_stage_table(wait: RequestWait) -> Table:
    """Every stage that takes time, with its share of the mean and of the variance of the whole."""
    lasting = {
        name: (stage, count)
        for name, (stage, count) in wait.counted_stages().items()
        if bare_value(stage.p95) > 0 and bare_value(count) > 0
    }
    rows = {name: (stage.median, stage.p95, count) for name, (stage, count) in lasting.items()}
    means = {name: wait_stage_mean(stage) * count for name, (stage, count) in lasting.items()}
    variances = {name: wait_stage_variance(stage) * count for name, (stage, count) in lasting.items()}
    queue = wait.queue
    if queue is not None and bare_value(queue.ends):
        once = whole_number(1, "once", ONE, wait.steps)
        rows[QUEUE] = (queue.quantile(MEDIAN), queue.quantile(SLOW), once)
        means[QUEUE], variances[QUEUE] = queue.mean, queue.variance / SECOND / SECOND
    mean, variance = _wait_sum(means), _wait_sum(variances)
    return Table(
        tuple(
            (
                name,
                *cells,
                quotient(means[name], mean),
                quotient(variances[name], variance),
            )
            for name, cells in rows.items()
        )
    )


def _wait_sum(numbers: dict[str, Number]) -> Number:
    return sum_of_numbers(numbers.values())
