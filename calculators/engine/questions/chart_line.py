"""One output along one input, for the line that a page draws."""

from __future__ import annotations

from calculators.engine.declare import kinds
from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.questions.points import Formula, PointEvaluator

STEPS = 40
"""How many steps a line takes from its left to its right."""


def chart_line_points(formula: Formula, reading: InputReading, over: str, output: str) -> list[tuple[float, float]]:
    """One output while one number input runs from nothing, or its least, to twice the reader's value, or its most."""
    kind = kinds(reading.inputs_type)[over]
    given = float(reading.settings[over].value)
    low = max(float(kind.low), min(0.0, given))
    high = min(float(kind.high), 2 * given if given > 0 else float(kind.high))
    places = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    results = PointEvaluator(formula, [output], [over], reading).evaluate([(place,) for place in places])
    return [
        (round_to_twelve(place), round_to_twelve(result[0]))
        for place, result in zip(places, results, strict=True)
        if result and result[0] is not None
    ]
