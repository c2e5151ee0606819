"""Sweep: one or two outputs while an input runs from one value to another, with the points at which they cross."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.explore import twelve
from calculators.engine.inputs import Reading
from calculators.engine.many import Many

STEPS = 60
"""How many steps a sweep takes from its left to its right."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The points of a sweep: the input's value and each output there (None: no answer); where the two outputs cross."""

    points: tuple[tuple[float, tuple[float | None, ...]], ...]
    crossings: tuple[tuple[float, float], ...]


def sweep(
    formula: Callable[[Any], Any], outputs: list[str], over: Asked, ends: tuple[float, float], reading: Reading
) -> Sweep:
    """The outputs over the input; a whole input takes whole steps."""
    low, high = ends
    places = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    if over.whole:
        places = sorted({float(round(x)) for x in places})
    found = Many(formula, outputs, [over.path], reading).at([(x,) for x in places])
    points = [
        (twelve(x), tuple(None if y is None else twelve(y) for y in values or (None,) * len(outputs)))
        for x, values in zip(places, found, strict=True)
    ]
    return Sweep(tuple(points), tuple(_crossings(points)) if len(outputs) == 2 else ())


def _crossings(points: list[tuple[float, tuple[float | None, ...]]]) -> list[tuple[float, float]]:
    """Where the second output changes sides with the first, on the straight line between two points."""
    found: list[tuple[float, float]] = []
    for (x, (a, b)), (next_x, (next_a, next_b)) in pairwise(points):
        if a is None or b is None or next_a is None or next_b is None:
            continue
        before, after = b - a, next_b - next_a
        if (before > 0) != (after > 0):
            part = before / (before - after)
            point = twelve(x + (next_x - x) * part), twelve(a + (next_a - a) * part)
            if found and found[-1] == point:
                found.pop()  # It touched and turned back.
            else:
                found.append(point)
    return found
