"""The tape, and the numbers and truths that write each step of a formula onto it."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TypeAlias, TypeVar

Operand: TypeAlias = tuple[int, object]
"""What a step works on: the column of a number, or the constant beside `CONSTANT`."""

CONSTANT = -1

N = TypeVar("N", "TapedNumber", "TapedTruth")

Step: TypeAlias = tuple[Callable[..., object], tuple[Operand, ...]]


class Tape:
    """The steps of a formula at one point: functions of columns, and the values that a column must have throughout."""

    def __init__(self, inputs: int) -> None:
        self.inputs = inputs
        self.steps: list[Step] = []
        self.needed: dict[int, object] = {}
        self._recorded: dict[tuple[object, ...], TapedNode] = {}

    def record(self, kind: type[N], function: Callable[..., object], *operands: object) -> N:
        """The result of a function as a number or a truth on the tape; the same step twice is one."""
        references: tuple[Operand, ...] = tuple(taped_operand(operand) for operand in operands)
        key = (function, *((column, repr(constant)) for column, constant in references))
        if key not in self._recorded:
            result = function(*(_tape_point_value(operand) for operand in operands))
            column = self.inputs + len(self.steps)
            self.steps.append((function, references))
            self._recorded[key] = kind(result, self, column)  # type: ignore[arg-type]  # the function gives that kind
        return self._recorded[key]  # type: ignore[return-value]  # a function gives one kind only

    def call(self, function: Callable[..., object], *operands: object) -> TapedNumber | None:
        """What a function of bare numbers gives; None, no answer, is a case that a tape holds for."""
        result = self.record(TapedNumber, function, *operands)
        return result if self.record(TapedTruth, operator.is_not, result, None) else None

    def hold_only_for(self, column: int, constant: object) -> None:
        """From here on the tape holds for points whose column has this value."""
        self.needed[column] = constant


class TapedNode:
    """What both kinds on a tape share: the number or truth at the recorded point, the tape and the column there."""

    __slots__ = ("at_point", "column", "tape")

    at_point: float
    tape: Tape
    column: int


class TapedTruth(TapedNode):
    """A comparison of numbers on a tape; `if` fixes it."""

    __slots__ = ()

    def __init__(self, truth: bool, tape: Tape, column: int) -> None:
        self.at_point, self.tape, self.column = truth, tape, column

    def fixed(self) -> bool:
        """The truth itself; from here on the tape holds for points with this truth only."""
        self.tape.hold_only_for(self.column, self.at_point)
        return bool(self.at_point)

    def __bool__(self) -> bool:
        return self.fixed()

    def __eq__(self, right: object) -> TapedTruth:  # type: ignore[override]
        return self.tape.record(TapedTruth, operator.eq, self, right)

    def __hash__(self) -> int:
        return hash(self.fixed())


class TapedNumber(TapedNode):
    """A float on a tape. Whatever takes it out of the formula, such as `int` or a text, fixes its value."""

    __slots__ = ()

    def __init__(self, number: float, tape: Tape, column: int) -> None:
        self.at_point, self.tape, self.column = number, tape, column

    def fixed(self) -> float:
        """The number itself; from here on the tape holds for points with this number only."""
        self.tape.record(TapedTruth, operator.eq, self, self.at_point).fixed()
        return self.at_point

    def __add__(self, right: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.add, self, right)

    def __radd__(self, left: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.add, left, self)

    def __sub__(self, right: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.sub, self, right)

    def __rsub__(self, left: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.sub, left, self)

    def __mul__(self, right: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.mul, self, right)

    def __rmul__(self, left: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.mul, left, self)

    def __truediv__(self, right: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.truediv, self, right)

    def __rtruediv__(self, left: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.truediv, left, self)

    def __pow__(self, exponent: object) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.pow, self, exponent)

    def __neg__(self) -> TapedNumber:
        return self.tape.record(TapedNumber, operator.neg, self)

    def __lt__(self, right: object) -> TapedTruth:
        return self.tape.record(TapedTruth, operator.lt, self, right)

    def __le__(self, right: object) -> TapedTruth:
        return self.tape.record(TapedTruth, operator.le, self, right)

    def __gt__(self, right: object) -> TapedTruth:
        return self.tape.record(TapedTruth, operator.gt, self, right)

    def __ge__(self, right: object) -> TapedTruth:
        return self.tape.record(TapedTruth, operator.ge, self, right)

    def __eq__(self, right: object) -> TapedTruth:  # type: ignore[override]
        return self.tape.record(TapedTruth, operator.eq, self, right)

    def __ne__(self, right: object) -> TapedTruth:  # type: ignore[override]
        return self.tape.record(TapedTruth, operator.ne, self, right)

    def __bool__(self) -> bool:
        return bool(self != 0)

    def __hash__(self) -> int:
        return hash(self.fixed())

    def __float__(self) -> float:
        return float(self.fixed())

    def __int__(self) -> int:
        return int(self.tape.record(TapedNumber, _tape_truncated, self).fixed())

    def __str__(self) -> str:
        return str(self.fixed())

    def __format__(self, spec: str) -> str:
        return format(self.fixed(), spec)


def is_taped(*operands: object) -> bool:
    """Whether any of the operands is on a tape."""
    for operand in operands:  # noqa: SIM110 - a formula asks thousands of times, and a generator takes twice as long
        if isinstance(operand, TapedNode):
            return True
    return False


def tape_of(*operands: object) -> Tape:
    """The tape of the first operand that is on one."""
    return next(operand.tape for operand in operands if isinstance(operand, TapedNode))


def _tape_point_value(operand: object) -> object:
    """The value at the recorded point."""
    return operand.at_point if isinstance(operand, TapedNode) else operand


def taped_operand(operand: object) -> Operand:
    """An operand as a step refers to it."""
    return (operand.column, None) if isinstance(operand, TapedNode) else (CONSTANT, operand)


def _tape_truncated(number: float) -> float:
    """The whole part of a float, as a float."""
    return float(math.trunc(number))
