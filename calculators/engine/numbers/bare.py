"""Taking the bare number out of any run: for picking and sorting, never for arithmetic."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeGuard, TypeVar, overload

from calculators.engine.numbers.tape import TapedNumber
from calculators.engine.numbers.traced import Traced, Truth, Word
from calculators.engine.numbers.types import Number

T = TypeVar("T")

WRAPPED = (Traced, Truth, Word)


def is_traced(*operands: object) -> bool:
    """Whether any of the operands belongs to a traced run."""
    for operand in operands:  # noqa: SIM110 - a formula asks thousands of times, and a generator takes twice as long
        if isinstance(operand, _TRACED_NUMBERS):
            return True
    return False


_TRACED_NUMBERS = (Traced, Truth)


@overload
def bare_value(operand: Traced) -> Decimal | None: ...
@overload
def bare_value(operand: Truth) -> bool: ...
@overload
def bare_value(operand: Word) -> str: ...
@overload
def bare_value(operand: T) -> T: ...
def bare_value(operand: object) -> object:
    """The bare Decimal, float, bool, word or None inside: for sorting and for words, never for arithmetic."""
    return operand.value if isinstance(operand, WRAPPED) else operand


def bare_exchanged_word(before: str, word: str) -> str:
    """Another answer to the same choice, as the kind of word that the run has: for asking what each answer gives."""
    if isinstance(before, Word):
        assert before.origin is not None, "a choice comes from a question"
        return Word(word, before.label, before.origin)
    return word


def is_known_number(figure: object) -> TypeGuard[Number]:
    """Whether a figure is there at all: a fact that is published, a result that exists.

    For a Python `if`, which no working shows; `known` is the same as a condition.
    """
    return bare_value(figure) is not None


def untraced(record: T) -> T:
    """Inputs or a record with bare Decimals in place of traced numbers: for picking a row, never for a result."""
    return record if _is_bare(record) else _untraced_bare_number(record)


def _is_bare(record: object) -> bool | None:
    """Whether the first number in a record is bare, as all are then, since a run has one kind; None without a number.

    The exact run would otherwise copy a whole market of records for nothing.
    """
    if isinstance(record, (Decimal, float, *WRAPPED)):
        return not isinstance(record, WRAPPED)
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        record = tuple(getattr(record, field.name) for field in dataclasses.fields(record))
    if isinstance(record, tuple):
        return next((answer for entry in record if (answer := _is_bare(entry)) is not None), None)
    return None


def _untraced_bare_number(record: T) -> T:
    if isinstance(record, WRAPPED):
        return record.value  # type: ignore[return-value]
    if isinstance(record, tuple):
        return tuple(_untraced_bare_number(entry) for entry in record)  # type: ignore[return-value]
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        fields = {
            field.name: _untraced_bare_number(getattr(record, field.name)) for field in dataclasses.fields(record)
        }
        return dataclasses.replace(record, **fields)
    return record


def always_equal_numbers(left: object, right: object) -> bool:
    """Whether two numbers are equal, whatever the inputs are.

    A run over floats stands for many points, and equal at one point says nothing of the next: its answer is no.
    """
    if isinstance(left, _MANY_POINTS) or isinstance(right, _MANY_POINTS):
        return False
    return left is right or bool(bare_value(left) == bare_value(right))


_MANY_POINTS = (float, TapedNumber)


def sorted_by_number(rows: Iterable[T], key: Callable[[T], object]) -> list[T]:
    """The rows sorted from small to large by a number; rows with no number (None) come last, ties keep their order."""
    listed = list(rows)
    numbers = [bare_value(key(row)) for row in listed]
    order = sorted(
        range(len(listed)),
        key=lambda place: (numbers[place] is None, numbers[place] if numbers[place] is not None else 0),
    )
    return [listed[place] for place in order]
