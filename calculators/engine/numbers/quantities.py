"""Quantities with a name: steps of a formula, whole numbers of its own, and constants that nobody would dispute."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import TypeVar

from calculators.engine.numbers.bare import is_traced
from calculators.engine.numbers.tape import TapedNumber
from calculators.engine.numbers.traced import Constant, Traced, traced_number
from calculators.engine.numbers.types import Number, RunNumber
from calculators.engine.numbers.units import MONTH, MTOK, TOKENS, Unit

T = TypeVar("T")

EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow])
"""The one context of every exact run: 28 digits, half-even."""

TOKENS_PER_MTOK = Constant(1_000_000, "tokens in a million tokens", TOKENS / MTOK)


def months(number: int) -> Constant:
    """So many months, as a quantity with its unit."""
    return Constant(number, "months", MONTH)


def named(label: str, number: T) -> T:
    """Gives an intermediate number its name; in the working it gets a line of its own."""
    if isinstance(number, Traced):
        return Traced(number.value, number.unit, "=", (number,), label)  # type: ignore[return-value]
    return number


def whole_number(number: int, label: str, unit: Unit, like: RunNumber) -> Number:
    """A whole number that a formula comes upon by itself, such as a month, as the kind of number that `like` is."""
    if is_traced(like):
        return traced_number(Constant(number, label, unit))  # type: ignore[return-value]
    return untraced_whole_number(number, like)


def untraced_whole_number(number: int | TapedNumber, like: RunNumber) -> Number:
    """A whole number as the kind of number that `like` is, in a run without a working."""
    if isinstance(like, Decimal):
        return Decimal(number)  # type: ignore[arg-type]  # no number is on a tape beside a Decimal
    if isinstance(number, TapedNumber):
        return number  # type: ignore[return-value]  # what is searched over varied inputs varies with them
    return number if isinstance(like, int) else float(number)  # type: ignore[return-value]


def literal_beside_numbers(operand: object, *operands: object) -> object:
    """A whole-number literal as the kind of number beside it, so that dividing it later stays exact."""
    if isinstance(operand, int) and not isinstance(operand, bool):
        for neighbor in operands:
            if isinstance(neighbor, Decimal | float):
                return type(neighbor)(operand)
            if isinstance(neighbor, TapedNumber):
                return float(operand)
    return operand
