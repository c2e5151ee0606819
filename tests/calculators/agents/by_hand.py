"""The sums over steps that the working of agents/cost names, step by step, each weighted by itself.

Sums of floats in another order differ in their last digits; so ours is taken where it is near what is summed up here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from math import erfc, isclose, log, sqrt
from statistics import NormalDist

from calculators.domain.billing.loops import clearing
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


def cleared(weight: Callable[[int, float, int, int], float], *operands: Decimal) -> float:
    """The sum over all steps whose prompt has so many tokens; the weight is told place, prompt, run and short steps.

    The history is a list of results, the oldest first, each with the tokens that it has now.
    """
    median, ninety, most, dropped, first, growth, above, kept, calls, freed, least, again, shortest, longest = operands
    total, history, older, place, run, short = 0.0, 0, Decimal(0), 0, 0, 0
    for step in range(1, int(most) + 1):
        history, place = step - 1, place + 1
        whole = first + growth * history
        old = history - kept / calls if calls else Decimal(0)
        prompt = whole - freed * older
        more = freed * (old if again else old - older)
        if (whole if again else prompt) > above and freed > 0 and old > older and more >= least:
            older, place, run, short = old, 1, run + 1, 0
            prompt = whole - freed * older
        if prompt < shortest:
            short += 1
        elif prompt <= longest:
            share = max(0.0, reaching(step, median, ninety) - float(dropped))
            total += share * weight(place, float(prompt), run, short)
    return total


def cleared_steps(*operands: Decimal) -> Decimal:
    """The steps between clearings."""
    return near(clearing.cleared_loop_steps(*operands), cleared(lambda *_: 1.0, *operands))


def cleared_tokens(*operands: Decimal) -> Decimal:
    """The tokens of their prompts."""
    return near(clearing.cleared_loop_tokens(*operands), cleared(lambda place, prompt, *_: prompt, *operands))


def cleared_beginnings(*operands: Decimal) -> Decimal:
    """The steps with a weight that fades in each run, from a run on."""
    *span, keep, earliest = operands
    expected = cleared(lambda place, _, run, short: float(keep) ** (place - 1 - short) * (run >= earliest), *span)
    return near(clearing.cleared_loop_beginnings(*operands), expected)


def cleared_beginning_tokens(*operands: Decimal) -> Decimal:
    """The same with the first prompt of the run that is long enough."""
    *span, keep = operands
    growth = float(operands[5])

    def weight(place: int, prompt: float, run: int, short: int) -> float:
        return float(keep) ** (place - 1 - short) * (prompt - growth * (place - 1 - short))

    return near(clearing.cleared_loop_beginning_tokens(*operands), cleared(weight, *span))


def cleared_fitting(*operands: Decimal) -> Decimal:
    """The steps before the first prompt that is too long."""
    *rule, most, longest = operands
    one = (Decimal(1), Decimal(1), most, Decimal(0), *rule)
    for steps in range(1, int(most) + 1):
        every = (Decimal(steps), Decimal(steps), *one[2:])
        if cleared(lambda *_: 1.0, *every, Decimal(0), longest) < steps:
            return near(clearing.cleared_loop_fitting(*operands), steps - 1)
    return near(clearing.cleared_loop_fitting(*operands), float(most))


def near(result: Decimal, expected: float) -> Decimal:
    """What the calculator says, which has to be what is expected to ten digits."""
    assert isclose(float(result), expected, rel_tol=1e-10, abs_tol=1e-12), (result, expected)
    return result


FUNCTIONS = {
    "steps taken": steps_taken,
    "steps before": steps_before,
    "steps fading": steps_fading,
    "tasks beyond": tasks_beyond,
    "steps between clearings": cleared_steps,
    "tokens between clearings": cleared_tokens,
    "beginnings between clearings": cleared_beginnings,
    "tokens of beginnings": cleared_beginning_tokens,
    "steps that fit": cleared_fitting,
}
"""What the working calls them."""
