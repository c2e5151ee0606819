"""How many steps a task takes: a distribution given by its median and by the number that nine tasks in ten stay below.

The logarithm of the steps is taken as normal, which fits recorded sessions of coding agents; the steps of a task are
the nearest whole number, at least one. Where both numbers are equal, every task takes that many. With the standard
deviation s of the logarithm, from the two quantiles, a task reaches step k with the chance
1 − Φ(ln((k − ½) / median) / s).

Whatever a step costs is a sum over the steps that are reached, each weighted with that chance. Contexts grow by the
same amount at each step, so three sums over spans of steps are all that a bill needs: how many steps are reached, the
steps before each of them in its run, and a weight that fades from step to step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import NormalDist
from typing import TypeAlias

from calculators.engine.numbers import Number, Share, apply_to_bare_numbers

_HALF = Decimal("0.5")
_NINETY = float(NormalDist().inv_cdf(float(Decimal("0.9"))))
"""How many standard deviations the number that nine in ten stay below lies above the median."""

WHOLE = 1 << 128
"""Shares of tasks are summed up as whole numbers of this part of all tasks: that is exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopSpan:
    """Steps of one run, or of the same place in many runs: those after the `low`-th up to the `high`-th of the run.

    A run begins after `start` steps of the task, and another one begins every `period` steps; a period of 0 is one run.
    """

    start: Number | int
    period: Number | int
    low: Number | int
    high: Number | int

    def cut(self, edge: Number | int) -> tuple[LoopSpan, LoopSpan]:
        """The steps up to the `edge`-th of each run, and those after it."""
        return (
            LoopSpan(start=self.start, period=self.period, low=self.low, high=edge),
            LoopSpan(start=self.start, period=self.period, low=edge, high=self.high),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopSteps:
    """The steps of a task, cut off after `most`; `dropped` is the share of tasks, the longest, that is left out."""

    median: Number
    ninety: Number
    most: Number
    dropped: Share | int = 0

    def taken(self, span: LoopSpan) -> Number:
        """The steps of a span that a task takes on average."""
        return apply_to_bare_numbers("steps taken", loop_steps_taken, *self._operands(span))

    def before(self, span: LoopSpan) -> Number:
        """The same, each step counted as often as there are steps before it in its run."""
        return apply_to_bare_numbers("steps before", loop_steps_before, *self._operands(span))

    def fading(self, span: LoopSpan, origin: Number | int, keep: Share | int) -> Number:
        """The same, each step weighted with `keep` to the power of the steps after `origin` and before it."""
        return apply_to_bare_numbers("steps fading", discounted_loop_steps, *self._operands(span), origin, keep)

    def beyond(self) -> Share:
        """The share of tasks that would need more steps than are allowed."""
        return apply_to_bare_numbers("tasks beyond", loop_tasks_beyond, self.median, self.ninety, self.most)

    def _operands(self, span: LoopSpan) -> tuple[Number | int, ...]:
        return (self.median, self.ninety, self.most, self.dropped, span.start, span.period, span.low, span.high)


def loop_steps_share(step: int, median: float, ninety: float) -> float:
    """The share of tasks that take at least so many steps.

    >>> loop_steps_share(1, 8, 20), loop_steps_share(8, 8, 8), loop_steps_share(9, 8, 8)
    (1.0, 1.0, 0.0)
    """
    if step <= 1:
        return 1.0
    edge = step - float(_HALF)
    if ninety <= median or median <= 0:
        return 1.0 if edge <= median else 0.0
    deviations = math.log(edge / median) / math.log(ninety / median) * _NINETY
    return math.erfc(deviations / math.sqrt(2)) / 2


def loop_steps_taken(
    median: Number,
    ninety: Number,
    most: Number,
    dropped: Share,
    start: Number,
    period: Number,
    low: Number,
    high: Number,
) -> Number:
    """The steps of a span that a task takes on average.

    >>> D = Decimal
    >>> loop_steps_taken(D(8), D(8), D(100), D(0), D(0), D(0), D(0), D(100))
    Decimal('8')
    >>> loop_steps_taken(D(8), D(8), D(5), D(0), D(0), D(0), D(0), D(100))
    Decimal('5')
    """
    span = (int(start), int(period), int(low), int(high))
    return loop_steps_rounded(loop_span_steps(loop_steps_table(median, ninety, most, dropped), *span), median)


def loop_steps_before(
    median: Number,
    ninety: Number,
    most: Number,
    dropped: Share,
    start: Number,
    period: Number,
    low: Number,
    high: Number,
) -> Number:
    """The same, each step counted as often as there are steps before it in its run: 0 + 1 + … for one run.

    >>> D = Decimal
    >>> loop_steps_before(D(8), D(8), D(100), D(0), D(0), D(0), D(0), D(100))
    Decimal('28')
    """
    span = (int(start), int(period), int(low), int(high))
    return loop_steps_rounded(loop_span_steps_before(loop_steps_table(median, ninety, most, dropped), *span), median)


def discounted_loop_steps(
    median: Number,
    ninety: Number,
    most: Number,
    dropped: Share,
    start: Number,
    period: Number,
    low: Number,
    high: Number,
    origin: Number,
    keep: Share,
) -> Number:
    """The same, each step weighted with `keep` to the power of the steps after `origin` and before it.

    >>> D = Decimal
    >>> discounted_loop_steps(D(3), D(3), D(100), D(0), D(0), D(0), D(0), D(100), D(0), D("0.5"))
    Decimal('1.75')
    """
    span = (int(start), int(period), int(low), int(high))
    return loop_steps_rounded(
        discounted_loop_span_steps(loop_steps_table(median, ninety, most, dropped), *span, int(origin), float(keep)),
        median,
    )


def loop_tasks_beyond(median: Number, ninety: Number, most: Number) -> Share:
    """The share of tasks that would need more steps than `most`.

    >>> loop_tasks_beyond(Decimal(10), Decimal(30), Decimal(30)).quantize(Decimal("0.01"))
    Decimal('0.10')
    """
    return loop_steps_rounded(loop_steps_share(int(most) + 1, float(median), float(ninety)), median)


Table: TypeAlias = tuple[float, float, int, float]
"""What decides which steps are reached: median, nine in ten, the most, and the share of tasks left out."""


def loop_steps_table(median: Number, ninety: Number, most: Number, dropped: Share) -> Table:
    """What decides which steps are reached, as floats."""
    return float(median), float(ninety), int(most), float(dropped)


@lru_cache(4096)
def loop_span_steps(table: Table, start: int, period: int, low: int, high: int) -> float:
    """The steps of a span that a task takes on average, as a float and not rounded."""
    reached, _ = _cumulative_loop_steps(*table)
    total = 0
    for first, last in _loop_steps_runs(len(reached) - 1, start, period, low, high):
        total += reached[first] - reached[last]
    return total / WHOLE


@lru_cache(4096)
def loop_span_steps_before(table: Table, start: int, period: int, low: int, high: int) -> float:
    """The same, each step counted as often as there are steps before it in its run."""
    reached, moment = _cumulative_loop_steps(*table)
    total = 0
    for first, last in _loop_steps_runs(len(reached) - 1, start, period, low, high):
        begun = first - low + 1
        total += moment[first] - moment[last] - begun * (reached[first] - reached[last])
    return total / WHOLE


@lru_cache(4096)
def discounted_loop_span_steps(
    table: Table, start: int, period: int, low: int, high: int, origin: int, keep: float
) -> float:
    """The same, each step weighted with `keep` to the power of the steps after `origin` and before it."""
    reached, _ = _cumulative_loop_steps(*table)
    total, skipped = 0.0, max(0, low - origin)
    for first, last in _loop_steps_runs(len(reached) - 1, start, period, low, high):
        weight = keep**skipped
        for step in range(first, last):
            if not weight:
                break
            total += weight * (reached[step] - reached[step + 1])
            weight *= keep
    return total / WHOLE


def _loop_steps_runs(last: int, start: int, period: int, low: int, high: int) -> list[tuple[int, int]]:
    """The spans of steps of a task, run by run, as the step before the first one and the last one."""
    runs = []
    while start + low < last:
        runs.append((start + low, min(last, start + max(low, high))))
        if period <= 0:
            break
        start += period
    return runs


@lru_cache(512)
def _cumulative_loop_steps(median: float, ninety: float, most: int, dropped: float) -> tuple[list[int], list[int]]:
    """The shares of tasks that reach the steps after each one, summed up, and the same of those times the step.

    Counted in parts of `WHOLE`, so that differences of large sums keep all digits of a small one.
    """
    shares = []
    for step in range(1, most + 1):
        share = loop_steps_share(step, median, ninety) - dropped
        if share <= 0:
            break
        shares.append(int(share * WHOLE))
    reached, moment = [*shares, 0], [*shares, 0]
    for step in range(len(shares), 0, -1):
        reached[step - 1] = reached[step] + shares[step - 1]
        moment[step - 1] = moment[step] + step * shares[step - 1]
    return reached, moment


def loop_steps_rounded(number: float, like: Number) -> Number:
    """To 12 digits, as C libraries may differ beyond, and as the kind of number that `like` is."""
    text = f"{number:.11e}"
    if not isinstance(like, Decimal):
        return float(text)
    return Decimal(text).normalize() + 0
