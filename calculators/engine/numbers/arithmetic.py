"""Arithmetic beyond the operators: quotients, rounding to whole numbers, extremes, roots and other functions."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import reduce
from typing import Any, TypeVar, overload

from calculators.engine.numbers.bare import is_traced
from calculators.engine.numbers.quantities import literal_beside_numbers
from calculators.engine.numbers.tape import TapedNumber, is_taped, tape_of
from calculators.engine.numbers.traced import Traced, same_traced_unit, traced_number
from calculators.engine.numbers.types import Number, RunNumber
from calculators.engine.numbers.units import ONE, UnitError

T = TypeVar("T")


@overload
def quotient(dividend: RunNumber, divisor: RunNumber, otherwise: RunNumber = 0) -> Number: ...
@overload
def quotient(dividend: RunNumber, divisor: RunNumber, otherwise: None) -> Number | None: ...
def quotient(dividend: RunNumber, divisor: RunNumber, otherwise: RunNumber | None = 0) -> object:
    """`dividend ÷ divisor`, or `otherwise` where the divisor is zero; `otherwise` may be None: no answer.

    Two whole-number literals give a Decimal, where Python's own `/` would give an inexact float.
    """
    if type(dividend) is float is type(divisor) and divisor:
        return dividend / divisor
    if is_traced(dividend, divisor):
        above, below = traced_number(dividend), traced_number(divisor)
        if below.value == 0:
            instead = traced_number(otherwise, above.unit / below.unit)
            return Traced(instead.value, above.unit / below.unit, "choose", (below == 0, instead, instead))
        return above / below
    if divisor == 0:
        return literal_beside_numbers(otherwise, dividend, divisor)
    if isinstance(dividend, int) and isinstance(divisor, int):
        return Decimal(dividend) / divisor
    return dividend / divisor  # type: ignore[operator]  # both numbers are of one run


def sum_of_numbers(numbers: Iterable[RunNumber], start: RunNumber = 0) -> Number:
    """The sum of some numbers, added to `start` from left to right.

    Python's own `sum` compensates the rounding of floats from 3.12 on, which the tape does not: a page's Python and the
    one of the build would give sums that differ in their last digit. This one rounds after each step, everywhere.

    >>> sum_of_numbers([Decimal(1), Decimal(2)])
    Decimal('3')
    """
    return reduce(operator.add, numbers, start)  # type: ignore[return-value]


def ceil(number: RunNumber) -> Number:
    """The smallest whole number that is not less.

    >>> ceil(Decimal("1.2"))
    Decimal('2')
    """
    return _number_whole(number, "ceil", ROUND_CEILING)


def floor(number: RunNumber) -> Number:
    """The largest whole number that is not more."""
    return _number_whole(number, "floor", ROUND_FLOOR)


def _number_whole(number: RunNumber, symbol: str, rounding: str) -> Number:
    if isinstance(number, Traced):
        exact = number.value
        assert exact is not None
        whole = exact.to_integral_value(rounding=rounding)
        return Traced(whole, number.unit, symbol, (number,))  # type: ignore[return-value]
    if isinstance(number, Decimal):
        return number.to_integral_value(rounding=rounding)
    if isinstance(number, TapedNumber):
        return number.tape.record(TapedNumber, _FLOAT_WHOLE[symbol], number)  # type: ignore[return-value]
    return number if isinstance(number, int) else _FLOAT_WHOLE[symbol](number)  # type: ignore[return-value]


def _number_float_ceil(number: float) -> float:
    return float(math.ceil(number))


def _number_float_floor(number: float) -> float:
    return float(math.floor(number))


_FLOAT_WHOLE: dict[str, Callable[[float], float]] = {"ceil": _number_float_ceil, "floor": _number_float_floor}


def smallest(*numbers: RunNumber) -> Number:
    """The smallest of the numbers."""
    return _extreme_number("smallest", min, numbers)


def largest(*numbers: RunNumber) -> Number:
    """The largest of the numbers."""
    return _extreme_number("largest", max, numbers)


def _extreme_number(symbol: str, pick: Callable[..., Any], numbers: tuple[RunNumber, ...]) -> Number:
    # Any: the smallest or largest of numbers of one run is of the same type as they.
    if _FLOATS.issuperset(map(type, numbers)):
        picked = pick(numbers)
        return float(picked) if float in map(type, numbers) else picked  # type: ignore[return-value]
    if _DECIMALS.issuperset(map(type, numbers)):
        return pick(numbers)  # type: ignore[no-any-return]
    if is_taped(*numbers):
        if len(numbers) == 1:
            return numbers[0]  # type: ignore[return-value]
        operands = (literal_beside_numbers(number, *numbers) for number in numbers)
        return tape_of(*numbers).record(TapedNumber, pick, *operands)  # type: ignore[return-value]
    if not is_traced(*numbers):
        return literal_beside_numbers(pick(numbers), *numbers)  # type: ignore[return-value]
    unit = next(number.unit for number in numbers if isinstance(number, Traced))
    parts = tuple(traced_number(number, unit) for number in numbers)
    for part in parts[1:]:
        same_traced_unit("or", parts[0], part)
    return Traced(pick(part.value for part in parts), unit, symbol, parts)  # type: ignore[return-value]


_DECIMALS = {Decimal}
_FLOATS = {int, float}
"""What a float run is made of: asked first, because searches in it call these functions ten thousand times."""


def root(number: RunNumber) -> Number:
    """The square root of a number without dimension.

    >>> root(Decimal(9))
    Decimal('3')
    """
    if type(number) is float:
        return math.sqrt(number)  # type: ignore[return-value]
    if isinstance(number, Traced):
        if number.unit.powers:
            raise UnitError(f"the square root of a quantity in {number.unit.text}: divide its unit away first")
        return apply_to_bare_numbers("√", root, number)
    if isinstance(number, TapedNumber):
        return number.tape.record(TapedNumber, math.sqrt, number)  # type: ignore[return-value]
    return number.sqrt() if isinstance(number, Decimal) else math.sqrt(number)  # type: ignore[return-value]


def exponential(number: RunNumber) -> Number:
    """e to the power of a number without dimension, to 12 digits, as C libraries may differ beyond.

    >>> exponential(Decimal(0))
    Decimal('1')
    """
    return apply_to_bare_numbers("exp", _exponential_number, number)


def _exponential_number(power: RunNumber) -> Number:
    text = f"{math.exp(float(power)):.11e}"  # type: ignore[arg-type]  # a bare number: Decimal, float or int
    return Decimal(text).normalize() if isinstance(power, Decimal) else float(text)  # type: ignore[return-value]


def apply_to_bare_numbers(symbol: str, function: Callable[..., T], *operands: object) -> T:
    """What a function of bare numbers gives, such as an exact test: a number without unit, or None.

    The working writes it as `symbol(…)`; tests evaluate that symbol on their own.
    """
    if is_taped(*operands):
        return tape_of(*operands).call(function, *operands)  # type: ignore[return-value]
    if not is_traced(*operands):
        return function(*operands)
    parts = tuple(traced_number(operand) for operand in operands)
    result = function(*(part.value for part in parts))
    return Traced(result, ONE, symbol, parts)  # type: ignore[arg-type,return-value]
