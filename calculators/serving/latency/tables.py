"""The tables: what each lever does, and where the time goes."""

from __future__ import annotations

from calculators.engine.declare import Table
from calculators.engine.numbers import Condition, Number, Share, bare_value, choose, quotient, sum_of_numbers, when
from calculators.serving.latency.inputs import Inputs
from calculators.serving.latency.levers import wait_levers
from calculators.serving.latency.operands import Wait, stage_mean, stage_variance


def share_within_target(i: Inputs, wait: Wait) -> Share:
    """The share of requests within the reader's target, of the part that it is about."""
    if bare_value(i.target_part) == "first":
        return choose(i.target_part == "first", wait.first_within(i.target), 0)
    return choose(i.target_part == "whole", wait.whole_within(i.target), 0)


def meets_target(i: Inputs, wait: Wait) -> Condition:
    """Whether enough requests are within the target."""
    return share_within_target(i, wait) >= i.target_share


def lever_table(i: Inputs, wait: Wait, slow: Share) -> Table:
    """What each lever does to the slow requests (their share is `slow`) and to the target."""
    rows = []
    for name, changed in wait_levers(wait):
        within = share_within_target(i, changed)
        met = when(within >= i.target_share, "yes", "no")
        rows.append((name, changed.first(slow), changed.whole(slow), within, met))
    return Table(tuple(rows), 0)


def stage_table(wait: Wait) -> Table:
    """Every stage that takes time, with its share of the mean and of the variance of the whole."""
    lasting = {
        name: (stage, count)
        for name, (stage, count) in wait.counted_stages().items()
        if bare_value(stage.p95) > 0 and bare_value(count) > 0
    }
    means = {name: stage_mean(stage) * count for name, (stage, count) in lasting.items()}
    variances = {name: stage_variance(stage) * count for name, (stage, count) in lasting.items()}
    mean, variance = _sum(means), _sum(variances)
    return Table(
        tuple(
            (
                name,
                stage.median,
                stage.p95,
                count,
                quotient(means[name], mean),
                quotient(variances[name], variance),
            )
            for name, (stage, count) in lasting.items()
        )
    )


def _sum(numbers: dict[str, Number]) -> Number:
    return sum_of_numbers(numbers.values())
