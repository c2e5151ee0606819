"""Playing a tape: each of its steps is done for many points at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from typing import Any

from calculators.engine.numbers.tape.recording import CONSTANT, Operand, Tape, taped_operand

Outputs = tuple[float | None, ...]
"""The outputs at one point, each None where it has no answer."""


def tape_playback_choice(condition: bool, yes: float, no: float) -> float:
    """One of two numbers, as a condition holds: the step that `choose` records."""
    return yes if condition else no


SAFE = (
    operator.add,
    operator.sub,
    operator.mul,
    operator.neg,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
    operator.eq,
    operator.ne,
    operator.and_,
    operator.or_,
    operator.not_,
    operator.is_not,
    min,
    max,
    tape_playback_choice,
)
"""What never fails on floats: a step of it that nothing uses may be left out."""


class TapePlayback:
    """A finished tape: the steps that outputs, conditions and possible failures need."""

    def __init__(self, tape: Tape, outputs: Sequence[object]) -> None:
        self.inputs = tape.inputs
        self.needed = tape.needed
        self.outputs = tuple(taped_operand(float(output) if isinstance(output, int) else output) for output in outputs)
        used = {column for column, _ in self.outputs} | set(self.needed)
        self.steps: list[tuple[int, Callable[..., object], tuple[Operand, ...]]] = []
        for column in range(self.inputs + len(tape.steps) - 1, self.inputs - 1, -1):
            function, operands = tape.steps[column - self.inputs]
            if column in used or not (function in SAFE or _tape_divides_by_constant(function, operands)):
                used.update(operand_column for operand_column, _ in operands)
                self.steps.append((column, function, operands))
        self.steps.reverse()

    def play(self, points: Sequence[Sequence[float]]) -> tuple[list[bool], list[Outputs]]:
        """Which points the tape holds for, and the outputs of those.

        Raises:
            ArithmeticError, ValueError: as the formula does, where one of the points has no answer.
        """
        # Any: a column holds floats, truths, or numbers that may be None.
        columns: dict[int, list[Any]] = {column: [point[column] for point in points] for column in range(self.inputs)}
        holds = [True] * len(points)
        for column, function, operands in self.steps:
            results = list(
                map(function, *(repeat(constant) if source < 0 else columns[source] for source, constant in operands))
            )
            columns[column] = results
            if column in self.needed:
                needed = self.needed[column]
                if results.count(needed) < len(results):
                    matches = [result == needed for result in results]
                    columns = {source: list(compress(numbers, matches)) for source, numbers in columns.items()}
                    remaining = iter(matches)
                    holds = [held_before and next(remaining) for held_before in holds]
                    if not any(holds):
                        break
        count = sum(holds)
        if not count:
            return holds, []
        outputs = (
            repeat(constant, count) if source == CONSTANT else map(float, columns[source])
            for source, constant in self.outputs
        )
        return holds, list(zip(*outputs, strict=True))


def _tape_divides_by_constant(function: Callable[..., object], operands: tuple[Operand, ...]) -> bool:
    """Whether a step is a division that cannot fail."""
    return function is operator.truediv and operands[1][0] == CONSTANT and operands[1][1] != 0
