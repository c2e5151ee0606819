"""A formula at many points: its float run at each, by way of tapes that do a step to all points at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from calculators.engine.answering.exchanged_values import exchange_values
from calculators.engine.answering.runs import float_run_inputs
from calculators.engine.declare import Later
from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.tape import Tape, TapedNumber, TapePlayback

TAPES = 64
"""How many ways through a formula are recorded; points on yet another way take a run of their own."""

FEWEST_RECORDED = 5
"""From so many points on, a run is recorded for all of them: a recorded run takes as long as some that are not."""

AT_ONCE = 125
"""How many points go through a tape together: enough to save work, few enough to stay in a processor's cache."""

Point: TypeAlias = Sequence[float]
"""The varied inputs of one run, in their order."""

Results: TypeAlias = tuple[float | None, ...] | None
"""The outputs at a point, each None where it has no answer; no outputs at all where the question has none."""

Formula: TypeAlias = Callable[[Any], object]
"""A calculator's formula. Any: each takes its own class of inputs, and gives its own class of outputs."""


class PointEvaluator:
    """The float runs of a formula with some inputs exchanged, each named by its path; some outputs of every run."""

    def __init__(
        self,
        formula: Formula,
        outputs: Sequence[str],
        varied: Sequence[str],
        reading: InputReading,
        base: object = None,
    ) -> None:
        """`base` are the float inputs of the reading, for who has them already."""
        self._formula, self._outputs, self._varied, self._reading = formula, outputs, varied, reading
        self._base = float_run_inputs(reading) if base is None else base
        self._playbacks: list[TapePlayback] = []

    @property
    def recordings(self) -> int:
        """How many ways through the formula are recorded so far."""
        return len(self._playbacks)

    def evaluate(self, points: Sequence[Point]) -> list[Results]:
        """The outputs at each point, in the order of the points."""
        results: dict[int, Results] = {}
        waiting = list(range(len(points)))
        for playback in self._playbacks:
            waiting = self._play(playback, points, waiting, results)
        while len(waiting) >= FEWEST_RECORDED and len(self._playbacks) < TAPES:
            recorded = self._record(points[waiting[0]])
            if recorded is None:
                results[waiting.pop(0)] = None
                continue
            self._playbacks.append(recorded)
            waiting = self._play(recorded, points, waiting, results)
        return [
            results[index] if index in results else self.evaluate_alone(point) for index, point in enumerate(points)
        ]

    def evaluate_alone(self, point: Point) -> Results:
        """The outputs of one run without a tape; None where the question has no answer there."""
        try:
            outputs = self._run(point)
        except (ArithmeticError, ValueError):
            return None
        return tuple(None if output is None else float(output) for output in outputs)

    def _run(self, point: Sequence[object]) -> list[Any]:
        # Any: the outputs are floats in one run and on the tape in another.
        outputs = self._formula(exchange_values(self._base, dict(zip(self._varied, point, strict=True)), self._reading))
        amounts = (getattr(outputs, name) for name in self._outputs)
        return [amount.make() if isinstance(amount, Later) else amount for amount in amounts]

    def _record(self, point: Point) -> TapePlayback | None:
        """A run at one point, recorded on a tape; None where the question has no answer there."""
        tape = Tape(len(point))
        try:
            outputs = self._run([TapedNumber(number, tape, column) for column, number in enumerate(point)])
        except (ArithmeticError, ValueError):
            return None
        return TapePlayback(tape, outputs)

    def _play(
        self, playback: TapePlayback, points: Sequence[Point], waiting: list[int], results: dict[int, Results]
    ) -> list[int]:
        """Plays a tape for the waiting points; returns those that it does not hold for."""
        if len(waiting) > AT_ONCE:
            batches = [waiting[start : start + AT_ONCE] for start in range(0, len(waiting), AT_ONCE)]
            return [left for batch in batches for left in self._play(playback, points, batch, results)]
        try:
            holds, outputs = playback.play([points[index] for index in waiting])
        except (ArithmeticError, ValueError):
            if len(waiting) == 1:
                results[waiting[0]] = self.evaluate_alone(points[waiting[0]])
                return []
            middle = len(waiting) // 2
            halves = [waiting[:middle], waiting[middle:]]
            return [left for half in halves for left in self._play(playback, points, half, results)]
        following = iter(outputs)
        for index, holds_here in zip(waiting, holds, strict=True):
            if holds_here:
                results[index] = next(following)
        return [index for index, holds_here in zip(waiting, holds, strict=True) if not holds_here]
