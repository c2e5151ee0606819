"""Solve for: the value of one input at which an output reaches a target, or an honest no."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.explore import twelve
from calculators.engine.inputs import Reading
from calculators.engine.many import Many

POINTS = 48
"""How many values between the bounds are tried before the search closes in."""

HALVINGS = 100
CLOSE = 1e-9
"""How far above a whole number the search may end and still mean it; how near to the target counts as reaching it."""

LEAP = 1e-6
"""An output that still differs by more of its first difference when the search has closed in leaps over the target."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What the search found: the input's value and the output there, or None with what was met on the way.

    `least` and `most` are the smallest and largest outputs met between the input's bounds; `jumps` says that the output
    leaps over the target at `value`, such as at a long-prompt tier, without ever being equal to it.
    """

    value: float | None
    result: float | None
    least: float | None
    most: float | None
    jumps: bool = False


def solve(formula: Callable[[Any], Any], output: str, target: float, by: Asked, reading: Reading) -> Solution:
    """The value of an input, nearest to the reader's own, at which the output is the target; by halving an interval."""
    many = Many(formula, [output], [by.path], reading)

    def at(*places: float) -> list[float | None]:
        return [it[0] if it else None for it in many.at([(x,) for x in places])]

    own = float(by.given.value)
    grid = _grid(by, own)
    tried = [(x, y) for x, y in zip(grid, at(*grid), strict=True) if y is not None]
    if not tried:
        return Solution(None, None, None, None)
    least, most = (twelve(pick(y for _, y in tried)) for pick in (min, max))
    brackets = [
        (left, right)
        for left, right in pairwise(tried)
        if (left[1] - target) * (right[1] - target) <= 0 and left[1] != right[1]
    ]
    if not brackets:
        return Solution(None, None, least, most)
    (low, at_low), (high, at_high) = min(brackets, key=lambda it: min(_far(own, it[0][0]), _far(own, it[1][0])))
    rising, gap = at_high > at_low, abs(at_high - at_low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        (value,) = at(middle)
        if value is None or middle in (low, high):
            break
        if (value < target) == rising:
            low, at_low = middle, value
        else:
            high, at_high = middle, value
    x = _nearest(low, at_low, high, at_high, target)
    if by.whole:
        x = float(math.ceil(high - CLOSE * max(1.0, abs(high))))
    x = twelve(x)
    (found,) = at(x)
    if found is not None and abs(found - target) <= CLOSE * gap:
        found = target  # what halving leaves is not worth showing
    jumps = not by.whole and abs(at_high - at_low) > LEAP * gap
    return Solution(x, None if found is None else twelve(found), least, most, jumps)


def _nearest(low: float, at_low: float, high: float, at_high: float, target: float) -> float:
    return low if abs(at_low - target) < abs(at_high - target) else high


def _far(own: float, x: float) -> float:
    """How far two values lie apart: by their ratio where they have one."""
    return abs(math.log(x / own)) if x > 0 and own > 0 else abs(x - own)


def _grid(by: Asked, own: float) -> list[float]:
    """Values from bound to bound, dense near zero and near the reader's own; whole ones where the input is whole."""
    low, high = float(by.low), float(by.high)
    span = high - low
    steps = [low, high, own]
    steps += [low + span * (step / POINTS) for step in range(1, POINTS)]
    steps += [low + span * 10 ** (-12 * step / POINTS) for step in range(POINTS)]
    steps += [own * 2 ** (step / 4) for step in range(-POINTS // 2, POINTS // 2 + 1)]
    values = {min(max(x, low), high) for x in steps}
    return sorted({float(round(x)) for x in values} if by.whole else values)
