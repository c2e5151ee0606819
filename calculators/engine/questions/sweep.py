"""Sweep: one or two outputs while an input runs from one value to another, with the points at which they cross."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.questions.points import Formula, PointEvaluator
from calculators.engine.questions.variables import Asked

STEPS = 60
"""How many steps a sweep takes from its left to its right."""


@dataclass(frozen=True, slots=True)
class SweepResult:
    """The points of a sweep: the input's value and each output there (None: no answer); where the two outputs cross."""

    points: tuple[tuple[float, tuple[float | None, ...]], ...]
    crossings: tuple[tuple[float, float], ...]


def sweep_points(
    formula: Formula, outputs: list[str], over: Asked, ends: tuple[float, float], reading: InputReading
) -> SweepResult:
    """The outputs over the input; a whole input takes whole steps."""
    low, high = ends
    places = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    if over.whole:
        places = sorted({float(round(place)) for place in places})
    results = PointEvaluator(formula, outputs, [over.path], reading).evaluate([(place,) for place in places])
    points = [
        (
            round_to_twelve(place),
            tuple(None if output is None else round_to_twelve(output) for output in result or (None,) * len(outputs)),
        )
        for place, result in zip(places, results, strict=True)
    ]
    return SweepResult(tuple(points), tuple(_sweep_crossings(points)) if len(outputs) == 2 else ())


def _sweep_crossings(points: list[tuple[float, tuple[float | None, ...]]]) -> list[tuple[float, float]]:
    """Where the second output changes sides with the first, on the straight line between two points."""
    crossings: list[tuple[float, float]] = []
    for (place, (a, b)), (next_place, (next_a, next_b)) in pairwise(points):
        if a is None or b is None or next_a is None or next_b is None:
            continue
        before, after = b - a, next_b - next_a
        if (before > 0) != (after > 0):
            part = before / (before - after)
            crossing = round_to_twelve(place + (next_place - place) * part), round_to_twelve(a + (next_a - a) * part)
            if crossings and crossings[-1] == crossing:
                crossings.pop()  # It touched and turned back.
            else:
                crossings.append(crossing)
    return crossings
