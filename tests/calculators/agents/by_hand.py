"""The sums over steps that the working of agents/cost names, step by step, each weighted by itself.

Sums of floats in another order differ in their last digits; so ours is taken where it is near what is summed up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from math import erfc, isclose, log, sqrt
from statistics import NormalDist

from calculators.domain.billing.loops import steps as ours

NORMAL = NormalDist()


def reaching(step: int, median: Decimal, ninety: Decimal) -> float:
    """The share of tasks that take at least so many steps."""
    if step == 1:
        return 1.0
    if ninety <= median:
        return float(step - 0.5 <= median)
    deviation = log(ninety / median) / NORMAL.inv_cdf(0.9)
    return erfc(log((step - 0.5) / float(median)) / deviation / sqrt(2)) / 2


def weighted(weight: Callable[[int], float], *operands: Decimal) -> float:
    """The sum over the steps of a span, each with its chance and a weight by its place in its run."""
    median, ninety, most, dropped, start, period, low, high = operands
    total = 0.0
    for begin in begins(int(start), int(period), int(most)):
        for place in range(int(low) + 1, int(high) + 1):
            if begin + place <= most:
                total += weight(place) * max(0.0, reaching(begin + place, median, ninety) - float(dropped))
    return total


def begins(start: int, period: int, most: int) -> Iterator[int]:
    """After how many steps each run begins."""
    yield start
    while period and start + period < most:
        start += period
        yield start


def steps_taken(*operands: Decimal) -> Decimal:
    """The steps of a span."""
    return near(ours.loop_steps_taken(*operands), weighted(lambda place: 1.0, *operands))


def steps_before(*operands: Decimal) -> Decimal:
    """The steps before each of them."""
    return near(ours.loop_steps_before(*operands), weighted(lambda place: place - 1.0, *operands))


def steps_fading(*operands: Decimal) -> Decimal:
    """The steps with a weight that fades."""
    *span, origin, keep = operands
    return near(
        ours.discounted_loop_steps(*operands), weighted(lambda place: float(keep) ** (place - int(origin) - 1), *span)
    )


def tasks_beyond(median: Decimal, ninety: Decimal, most: Decimal) -> Decimal:
    """The share of tasks with more steps."""
    return near(ours.loop_tasks_beyond(median, ninety, most), reaching(int(most) + 1, median, ninety))


def near(result: Decimal, expected: float) -> Decimal:
    """What the calculator says, which has to be what is expected to ten digits."""
    assert isclose(float(result), expected, rel_tol=1e-10, abs_tol=1e-12), (result, expected)
    return result


FUNCTIONS = {
    "steps taken": steps_taken,
    "steps before": steps_before,
    "steps fading": steps_fading,
    "tasks beyond": tasks_beyond,
}
"""What the working calls them."""
