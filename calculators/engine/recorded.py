"""A number that records what a formula does with it, so that the same can be done to a thousand points at once.

A formula is run once at one point. What depends on the varied inputs goes onto a tape, step by step; all else is
computed there and then and stays a constant. Where the formula asks `if`, the tape notes the answer: it holds only for
points with the same one. So a tape gives every point the very numbers that a run of its own gives it.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from typing import Any

SAFE = (
    operator.add, operator.sub, operator.mul, operator.neg, operator.lt, operator.le, operator.gt, operator.ge,
    operator.eq, operator.ne, operator.and_, operator.or_, operator.not_, operator.is_not, min, max,
)  # fmt: skip
"""What never fails on floats: a step of it that nothing uses may be left out."""

Part = tuple[int, Any]
"""What a step works on: the column of that number, or the constant beside -1."""


class Tape:
    """The steps of a formula at one point: functions of columns, and the values that a column must have throughout."""

    def __init__(self, inputs: int) -> None:
        self.inputs = inputs
        self.steps: list[tuple[Callable[..., Any], tuple[Part, ...]]] = []
        self.needed: dict[int, Any] = {}
        self.outputs: tuple[Part, ...] = ()
        self._known: dict[Any, Any] = {}

    def put(self, function: Callable[..., Any], *values: Any) -> Any:
        """The recorded result of a function; the same step twice is one."""
        parts = tuple(part_of(value) for value in values)
        key = (function, *((at, repr(value)) for at, value in parts))
        if key not in self._known:
            result = function(*(plain(value) for value in values))
            column = self.inputs + len(self.steps)
            self.steps.append((function, parts))
            made = RecordedTruth if isinstance(result, bool) else Recorded
            self._known[key] = made(result, self, column)
        return self._known[key]

    def only_if(self, column: int, value: Any) -> None:
        """From here on the tape holds for points whose column has this value."""
        self.needed[column] = value

    def close(self, outputs: Sequence[Any]) -> None:
        """Ends the recording: keeps the steps that outputs, conditions and possible failures need."""
        self.outputs = tuple(part_of(float(it) if isinstance(it, int) else it) for it in outputs)
        used = {at for at, _ in self.outputs} | set(self.needed)
        self._plan: list[tuple[int, Callable[..., Any], tuple[Part, ...]]] = []
        for column in range(self.inputs + len(self.steps) - 1, self.inputs - 1, -1):
            function, parts = self.steps[column - self.inputs]
            if column in used or not (function in SAFE or _divides_by_constant(function, parts)):
                used.update(at for at, _ in parts)
                self._plan.append((column, function, parts))
        self._plan.reverse()
        self._known.clear()

    def play(self, points: Sequence[Sequence[float]]) -> tuple[list[bool], list[tuple[Any, ...]]]:
        """Which points the tape holds for, and the outputs of those.

        Raises what the formula raises where one of the points has no answer.
        """
        columns: dict[int, Any] = {at: [point[at] for point in points] for at in range(self.inputs)}
        holds = [True] * len(points)
        for column, function, parts in self._plan:
            made = list(map(function, *(repeat(value) if at < 0 else columns[at] for at, value in parts)))
            columns[column] = made
            if column in self.needed:
                wanted = self.needed[column]
                if made.count(wanted) < len(made):
                    kept = [value == wanted for value in made]
                    columns = {at: list(compress(values, kept)) for at, values in columns.items()}
                    still = iter(kept)
                    holds = [it and next(still) for it in holds]
                    if not any(holds):
                        break
        count = sum(holds)
        if not count:
            return holds, []
        found = (repeat(value, count) if at < 0 else map(float, columns[at]) for at, value in self.outputs)
        return holds, list(zip(*found, strict=True))


class _Node:
    """What both recorded things share: the value at the recorded point, the tape and the column there."""

    __slots__ = ("column", "tape", "value")

    value: Any
    tape: Tape
    column: int

    def fixed(self) -> Any:
        """The value itself; from here on the tape holds for points with this value only."""
        if isinstance(self.value, bool):
            self.tape.only_if(self.column, self.value)
        else:
            bool(self.tape.put(operator.eq, self, self.value))
        return self.value


class RecordedTruth(_Node):
    """A comparison of recorded numbers; `if` fixes it."""

    def __init__(self, value: bool, tape: Tape, column: int) -> None:
        self.value, self.tape, self.column = value, tape, column

    def __bool__(self) -> bool:
        return bool(self.fixed())

    def __eq__(self, other: object) -> Any:
        return self.tape.put(operator.eq, self, other)

    def __hash__(self) -> int:
        return hash(self.fixed())


class Recorded(_Node):
    """A recorded float. Whatever takes it out of the formula, such as `int` or a text, fixes its value."""

    def __new__(cls, value: float, tape: Tape | None = None, column: int = -1) -> Any:
        """A recorded number; `type(number)(12)`, which makes a literal one of its kind, is a plain float."""
        if tape is None:
            return float(value)
        made = super().__new__(cls)
        made.value, made.tape, made.column = value, tape, column
        return made

    def __add__(self, other: Any) -> Any:
        return self.tape.put(operator.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return self.tape.put(operator.add, other, self)

    def __sub__(self, other: Any) -> Any:
        return self.tape.put(operator.sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return self.tape.put(operator.sub, other, self)

    def __mul__(self, other: Any) -> Any:
        return self.tape.put(operator.mul, self, other)

    def __rmul__(self, other: Any) -> Any:
        return self.tape.put(operator.mul, other, self)

    def __truediv__(self, other: Any) -> Any:
        return self.tape.put(operator.truediv, self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self.tape.put(operator.truediv, other, self)

    def __pow__(self, other: Any) -> Any:
        return self.tape.put(operator.pow, self, other)

    def __neg__(self) -> Any:
        return self.tape.put(operator.neg, self)

    def __lt__(self, other: Any) -> Any:
        return self.tape.put(operator.lt, self, other)

    def __le__(self, other: Any) -> Any:
        return self.tape.put(operator.le, self, other)

    def __gt__(self, other: Any) -> Any:
        return self.tape.put(operator.gt, self, other)

    def __ge__(self, other: Any) -> Any:
        return self.tape.put(operator.ge, self, other)

    def __eq__(self, other: object) -> Any:
        return self.tape.put(operator.eq, self, other)

    def __ne__(self, other: object) -> Any:
        return self.tape.put(operator.ne, self, other)

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __hash__(self) -> int:
        return hash(self.fixed())

    def __float__(self) -> float:
        return float(self.fixed())

    def __int__(self) -> int:
        return int(self.tape.put(_truncated, self).fixed())

    def __str__(self) -> str:
        return str(self.fixed())

    def __format__(self, spec: str) -> str:
        return format(self.fixed(), spec)


def is_recorded(*values: object) -> bool:
    """Whether any of the values is recorded."""
    for value in values:  # noqa: SIM110 - a formula asks thousands of times, and a generator takes twice as long
        if isinstance(value, _Node):
            return True
    return False


def plain(value: Any) -> Any:
    """The value at the recorded point."""
    return value.value if isinstance(value, _Node) else value


def part_of(value: Any) -> Part:
    """A value as a step refers to it."""
    return (value.column, None) if isinstance(value, _Node) else (-1, value)


def called(function: Callable[..., Any], *values: Any) -> Any:
    """What a function of plain numbers makes of recorded ones; None, no answer, is a case of its own."""
    tape: Tape = next(value.tape for value in values if isinstance(value, _Node))
    result = tape.put(function, *values)
    there = tape.put(operator.is_not, result, None)
    return result if there else None


def put(function: Callable[..., Any], *values: Any) -> Any:
    """The recorded result of a function that always has one."""
    tape: Tape = next(value.tape for value in values if isinstance(value, _Node))
    return tape.put(function, *values)


def all_of(conditions: Sequence[Any]) -> Any:
    """Whether all conditions hold, of which at least one is recorded."""
    if not all(condition for condition in conditions if not is_recorded(condition)):
        return False
    return _joined(operator.and_, conditions)


def any_of(conditions: Sequence[Any]) -> Any:
    """Whether at least one condition holds; at least one is recorded."""
    if any(condition for condition in conditions if not is_recorded(condition)):
        return True
    return _joined(operator.or_, conditions)


def _joined(function: Callable[..., Any], conditions: Sequence[Any]) -> Any:
    first, *rest = (condition for condition in conditions if is_recorded(condition))
    for condition in rest:
        first = put(function, first, condition)
    return first


def one_of(condition: RecordedTruth, yes: Any, no: Any) -> Any:
    """`yes` or `no` as the condition holds at each point; what is no number fixes the condition."""
    if yes is no:
        return yes
    if _is_number(yes) and _is_number(no):
        return condition.tape.put(_picked, condition, yes, no)
    return yes if condition else no


def _is_number(value: Any) -> bool:
    return isinstance(value, Recorded | float | int) and not isinstance(value, bool)


def _picked(condition: bool, yes: Any, no: Any) -> Any:
    return yes if condition else no


def _truncated(value: float) -> float:
    return float(math.trunc(value))


def _divides_by_constant(function: Callable[..., Any], parts: tuple[Part, ...]) -> bool:
    return function is _picked or (function is operator.truediv and parts[1][0] < 0 and parts[1][1] != 0)
