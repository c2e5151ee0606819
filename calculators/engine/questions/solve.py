"""Solve for: the value of one input at which an output reaches a target, or an honest no."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.questions.points import Formula, PointEvaluator
from calculators.engine.questions.variables import Asked

POINTS = 48
"""How many values between the bounds are tried before the search closes in."""

HALVINGS = 100
"""How often the search halves what lies between two values at most."""

CLOSE = 1e-9
"""How far above a whole number the search may end and still mean it; how near to the target counts as reaching it."""

AHEAD = 4
"""For how many halvings all places that may come are looked at together."""

LEAP = 1e-6
"""An output that still differs by more of its first difference when the search has closed in leaps over the target."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Where the output reaches the target: the input's value and the output there, or None if it does nowhere.

    `least` and `most` are the smallest and largest outputs met between the input's bounds; `jumps` says that the output
    leaps over the target at `value`, such as at a long-prompt tier, without ever being equal to it.
    """

    value: float | None
    result: float | None
    least: float | None
    most: float | None
    jumps: bool = False


def solve(formula: Formula, output: str, target: float, by: Asked, reading: InputReading) -> Solution:
    """The value of an input, nearest to the reader's own, at which the output is the target; by halving an interval."""
    evaluator = PointEvaluator(formula, [output], [by.path], reading)

    def outputs_at(*places: float) -> list[float | None]:
        return [result[0] if result else None for result in evaluator.evaluate([(place,) for place in places])]

    given = float(by.low if by.given.value is None else by.given.value)
    tried_places = solve_grid(by, given)
    tried = [
        (place, result)
        for place, result in zip(tried_places, outputs_at(*tried_places), strict=True)
        if result is not None
    ]
    if not tried:
        return Solution(None, None, None, None)
    least, most = (round_to_twelve(pick(result for _, result in tried)) for pick in (min, max))
    brackets = [
        (left, right)
        for left, right in pairwise(tried)
        if (left[1] - target) * (right[1] - target) <= 0 and left[1] != right[1]
    ]
    if not brackets:
        return Solution(None, None, least, most)
    (low, at_low), (high, at_high) = min(
        brackets, key=lambda ends: min(_solve_distance(given, ends[0][0]), _solve_distance(given, ends[1][0]))
    )
    rising, gap = at_high > at_low, abs(at_high - at_low)
    ahead: dict[float, float | None] = {}
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle not in ahead:
            middles = _solve_middles(low, high, AHEAD)
            ahead = dict(zip(middles, outputs_at(*middles), strict=True))
        at_middle = ahead[middle]
        if at_middle is None or middle in (low, high):
            break
        if (at_middle < target) == rising:
            low, at_low = middle, at_middle
        else:
            high, at_high = middle, at_middle
    place = _solve_nearest(low, at_low, high, at_high, target)
    if by.whole:
        place = float(math.ceil(high - CLOSE * max(1.0, abs(high))))
    place = round_to_twelve(place)
    (result,) = outputs_at(place)
    if result is not None and abs(result - target) <= CLOSE * gap:
        result = target  # What halving leaves is not worth showing.
    jumps = not by.whole and abs(at_high - at_low) > LEAP * gap
    return Solution(place, None if result is None else round_to_twelve(result), least, most, jumps)


def _solve_middles(low: float, high: float, halvings: int) -> list[float]:
    """Every place that may come next, in so many halvings: many points at once take little longer than one."""
    middle = (low + high) / 2
    if halvings == 1 or middle in (low, high):
        return [middle]
    return [middle, *_solve_middles(low, middle, halvings - 1), *_solve_middles(middle, high, halvings - 1)]


def _solve_nearest(low: float, at_low: float, high: float, at_high: float, target: float) -> float:
    return low if abs(at_low - target) < abs(at_high - target) else high


def _solve_distance(given: float, place: float) -> float:
    """How far two values lie apart: by their ratio where they have one."""
    return abs(math.log(place / given)) if place > 0 and given > 0 else abs(place - given)


def solve_grid(by: Asked, given: float) -> list[float]:
    """Values from bound to bound, dense near zero and near the reader's own; whole ones where the input is whole."""
    low, high = float(by.low), float(by.high)
    span = high - low
    steps = [low, high, given]
    steps += [low + span * (step / POINTS) for step in range(1, POINTS)]
    steps += [low + span * 10 ** (-12 * step / POINTS) for step in range(POINTS)]
    steps += [given * 2 ** (step / 4) for step in range(-POINTS // 2, POINTS // 2 + 1)]
    places = {min(max(step, low), high) for step in steps}
    return sorted({float(round(place)) for place in places} if by.whole else places)
