"""A formula at many points: its float run at each, by way of tapes that do a step to all points at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from calculators.engine.declare import Later
from calculators.engine.inputs import Reading
from calculators.engine.recorded import Recorded, Tape
from calculators.engine.runs import floating, replaced

TAPES = 64
"""How many ways through a formula are recorded; points on yet another way take a run of their own."""

AT_ONCE = 125
"""How many points go through a tape together: enough to save work, few enough to stay in a processor's cache."""

Point = Sequence[float]
Found = tuple[float | None, ...] | None
"""The outputs at a point, each None where it has no answer; no outputs at all where the question has none."""


class Many:
    """The float runs of a formula with some inputs exchanged, each named by its path; some outputs of every run."""

    def __init__(
        self, formula: Callable[[Any], Any], outputs: Sequence[str], varied: Sequence[str], reading: Reading
    ) -> None:
        self._formula, self._outputs, self._varied, self._reading = formula, outputs, varied, reading
        self._base = floating(reading)
        self._tapes: list[Tape] = []

    def at(self, points: Sequence[Point]) -> list[Found]:
        """The outputs at each point, in the order of the points."""
        found: dict[int, Found] = {}
        waiting = list(range(len(points)))
        for tape in self._tapes:
            waiting = self._played(tape, points, waiting, found)
        while waiting and len(self._tapes) < TAPES:
            made = self._recorded(points[waiting[0]])
            if made is None:
                found[waiting.pop(0)] = None
                continue
            self._tapes.append(made)
            waiting = self._played(made, points, waiting, found)
        return [found[at] if at in found else self.plain(points[at]) for at in range(len(points))]

    def plain(self, point: Point) -> Found:
        """The outputs of one run of its own; None where the question has no answer there."""
        try:
            values = self._run(point)
        except (ArithmeticError, ValueError):
            return None
        return tuple(None if value is None else float(value) for value in values)

    def _run(self, values: Sequence[Any]) -> list[Any]:
        made = self._formula(replaced(self._base, dict(zip(self._varied, values, strict=True)), self._reading))
        found = (getattr(made, name) for name in self._outputs)
        return [value.make() if isinstance(value, Later) else value for value in found]

    def _recorded(self, point: Point) -> Tape | None:
        """A run at one point on a tape; None where the question has no answer there."""
        tape = Tape(len(point))
        try:
            tape.close(self._run([Recorded(value, tape, at) for at, value in enumerate(point)]))
        except (ArithmeticError, ValueError):
            return None
        return tape

    def _played(self, tape: Tape, points: Sequence[Point], waiting: list[int], found: dict[int, Found]) -> list[int]:
        """Plays the tape for the waiting points; returns those that it does not hold for."""
        if len(waiting) > AT_ONCE:
            parts = [waiting[at : at + AT_ONCE] for at in range(0, len(waiting), AT_ONCE)]
            return [left for part in parts for left in self._played(tape, points, part, found)]
        try:
            holds, results = tape.play([points[at] for at in waiting])
        except (ArithmeticError, ValueError):
            if len(waiting) == 1:
                found[waiting[0]] = self.plain(points[waiting[0]])
                return []
            middle = len(waiting) // 2
            parts = [waiting[:middle], waiting[middle:]]
            return [left for part in parts for left in self._played(tape, points, part, found)]
        result = iter(results)
        for at, it in zip(waiting, holds, strict=True):
            if it:
                found[at] = next(result)
        return [at for at, it in zip(waiting, holds, strict=True) if not it]
