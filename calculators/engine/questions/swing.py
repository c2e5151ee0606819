"""What matters most: how far one output moves when each input runs across its own range and the rest stand still."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass

from calculators.engine.answering.exchanged_values import exchanges_announced_figure
from calculators.engine.answering.figures.replaced_figures import replaced_figure_bases
from calculators.engine.answering.runs import float_run_inputs
from calculators.engine.inputs.questions import is_number_input_asked
from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.questions.points import Formula, PointEvaluator, Results
from calculators.engine.questions.variables import Asked

USUAL_SWING = 0.2
"""How far an input without a range of its own runs to either side, as a share of its value."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One input that moves the output: its two ends, and the output at each; `typed` where the reader gave the ends."""

    asked: Asked
    low: float
    high: float
    at_low: float
    at_high: float
    typed: bool

    @property
    def width(self) -> float:
        """How far the output moves."""
        return abs(self.at_high - self.at_low)


def swings(formula: Formula, output: str, reading: InputReading, asked: list[Asked]) -> list[Swing]:
    """Every input that moves the output, the one that moves it furthest first; what is not asked moves nothing."""
    asked = [variable for variable in asked if is_number_input_asked(reading, variable.path)]
    results: dict[str, list[Results]] = {}
    base = float_run_inputs(reading)
    for group in _swings_recorded_together(reading, base, asked):
        given = [float(variable.given.value) for variable in group]
        points = [
            [*given[:index], end, *given[index + 1 :]]
            for index, variable in enumerate(group)
            for end in _swing_ends(variable)
        ]
        paths = [variable.path for variable in group]
        outputs = iter(PointEvaluator(formula, [output], paths, reading, base).evaluate(points))
        results |= {path: [next(outputs), next(outputs)] for path in paths}
    moving = []
    for variable in asked:
        low, high = _swing_ends(variable)
        at_low, at_high = (result[0] if result else None for result in results[variable.path])
        if at_low is not None and at_high is not None and round_to_twelve(at_low) != round_to_twelve(at_high):
            typed = variable.given.spread is not None
            moving.append(
                Swing(
                    variable,
                    round_to_twelve(low),
                    round_to_twelve(high),
                    round_to_twelve(at_low),
                    round_to_twelve(at_high),
                    typed,
                )
            )
    return sorted(moving, key=lambda swing: -swing.width)


def _swings_recorded_together(reading: InputReading, base: object, asked: list[Asked]) -> list[list[Asked]]:
    """The inputs that one recorded run may vary; a figure that is announced to change stands by itself.

    Exchanging such a figure takes its announced change away, even where the new figure is the present one. In the same
    way it no longer scales with another, so figures that hang together are varied in different runs.
    """
    alone = [variable for variable in asked if exchanges_announced_figure(base, variable.path)]
    linked = _linked_swings(replaced_figure_bases(reading))
    groups: list[list[Asked]] = [[]]
    varied: list[set[str]] = [set()]
    for variable in asked:
        if variable in alone:
            continue
        beside: Set[str] = linked.get(variable.path, frozenset())
        place = next((place for place, paths in enumerate(varied) if beside.isdisjoint(paths)), len(groups))
        if place == len(groups):
            groups.append([])
            varied.append(set())
        groups[place].append(variable)
        varied[place].add(variable.path)
    return [*groups, *([variable] for variable in alone)]


def _linked_swings(bases: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """The figures that hang together with each: one scales with the other, or a third one with both."""
    linked: dict[str, set[str]] = {}
    for path, scaled_with in bases.items():
        together = {path, *scaled_with}
        for figure in together:
            linked.setdefault(figure, set()).update(together)
    return linked


def _swing_ends(variable: Asked) -> tuple[float, float]:
    """The reader's own range, or a fifth less and a fifth more within the bounds; a whole number moves by one."""
    spread = variable.given.spread
    if spread:
        return float(spread.low), float(spread.high)
    given = float(variable.given.value)
    low, high = sorted((given * (1 - USUAL_SWING), given * (1 + USUAL_SWING)))
    if variable.whole:
        low, high = math.floor(low), max(math.ceil(high), given + 1)
    return max(float(low), float(variable.low)), min(float(high), float(variable.high))
