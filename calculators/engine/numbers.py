"""The functions a formula may use; each works on exact (Decimal), traced and float numbers alike.

A formula is written once and run three ways: `Decimal` gives the answer, `Traced` the working and the check of units,
`float` the thousand runs of a range. So a formula holds whole-number literals, the operators and these functions only.
"""

from __future__ import annotations

import dataclasses
import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any, TypeVar

from calculators.engine import recorded
from calculators.engine.recorded import Recorded, RecordedTruth, is_recorded
from calculators.engine.traced import Constant, Traced, Truth, Word, lift, same_unit
from calculators.engine.units import MONTH, MTOK, ONE, TOKENS, Unit, UnitError
from calculators.engine.words import amount

T = TypeVar("T")

EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow])
"""The one context of every exact run: 28 digits, half-even."""

TOKENS_PER_MTOK = Constant(1_000_000, "tokens in a million tokens", TOKENS / MTOK)


_OF_A_TRACED_RUN = (Traced, Truth)
_WRAPPED = (Traced, Truth, Word)


def months(number: int) -> Constant:
    """So many months, as a quantity with its unit."""
    return Constant(number, "months", MONTH)


def is_traced(*values: object) -> bool:
    """Whether any of the values belongs to a traced run."""
    for value in values:  # noqa: SIM110 - a formula asks thousands of times, and a generator takes twice as long
        if isinstance(value, _OF_A_TRACED_RUN):
            return True
    return False


def plain(value: Any) -> Any:
    """The bare Decimal, float, bool, word or None inside: for sorting and for words, never for arithmetic."""
    return value.value if isinstance(value, _WRAPPED) else value


def untraced(value: T) -> T:
    """Inputs or a record with bare Decimals in place of traced numbers: for picking a row, never for a result."""
    return value if _is_bare(value) else _untraced(value)


def _is_bare(value: Any) -> bool | None:
    """Whether a run's numbers are bare, told by the first of them, as a run has one kind; None without a number.

    The exact run would otherwise copy a whole market of records for nothing.
    """
    if isinstance(value, (Decimal, float, *_WRAPPED)):
        return not isinstance(value, _WRAPPED)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    if isinstance(value, tuple):
        return next((found for item in value if (found := _is_bare(item)) is not None), None)
    return None


def _untraced(value: Any) -> Any:
    if isinstance(value, _WRAPPED):
        return value.value
    if isinstance(value, tuple):
        return tuple(_untraced(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: _untraced(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **inner)
    return value


def _like(value: Any, *others: Any) -> Any:
    """A whole-number literal as the kind of number beside it, so that dividing it later stays exact."""
    if isinstance(value, int) and not isinstance(value, bool):
        for other in others:
            if isinstance(other, Decimal | float | Recorded):
                return type(other)(value)
    return value


def named(label: str, value: T) -> T:
    """Gives an intermediate value its name; in the working it gets a line of its own."""
    if isinstance(value, Traced):
        return Traced(value.value, value.unit, "=", (value,), label)  # type: ignore[return-value]
    return value


def choose(condition: Any, yes: T, no: T) -> T:
    """`yes` where the condition holds, else `no`. Both are computed, so neither may divide by zero.

    >>> choose(Decimal(3) > 2, Decimal(1), Decimal(0))
    Decimal('1')
    """
    if is_traced(condition, yes, no):
        first = lift(yes, no.unit if isinstance(no, Traced) else ONE)
        second = lift(no, first.unit)
        unit = same_unit("or", first, second)
        picked = first if plain(condition) else second
        if isinstance(condition, Truth):
            picked = Traced(picked.value, unit, "choose", (condition, first, second))
        return picked  # type: ignore[return-value]
    if isinstance(condition, RecordedTruth):
        return recorded.one_of(condition, _like(yes, no), _like(no, yes))  # type: ignore[no-any-return]
    return _like(yes, no) if condition else _like(no, yes)  # type: ignore[no-any-return]


def choose_made(condition: Any, yes: Callable[[], T], no: Callable[[], T]) -> T:
    """The same of two values that take long to make: where the condition is plainly known, only one is made.

    >>> choose_made(Decimal(3) > 2, lambda: Decimal(1), lambda: Decimal(1) / 0)
    Decimal('1')
    """
    if isinstance(condition, bool):
        return yes() if condition else no()
    return choose(condition, yes(), no())


def both(*conditions: Any) -> Any:
    """Whether all conditions hold."""
    if is_recorded(*conditions):
        return recorded.all_of(conditions)
    value = all(plain(condition) for condition in conditions)
    asked = tuple(condition for condition in conditions if isinstance(condition, Truth))
    return Truth(value, "and", asked) if asked else value


def either_of(*conditions: Any) -> Any:
    """Whether at least one condition holds."""
    if is_recorded(*conditions):
        return recorded.any_of(conditions)
    value = any(plain(condition) for condition in conditions)
    asked = tuple(condition for condition in conditions if isinstance(condition, Truth))
    return Truth(value, "or", asked) if asked else value


def opposite(condition: Any) -> Any:
    """Whether the condition does not hold."""
    if isinstance(condition, RecordedTruth):
        return recorded.put(operator.not_, condition)
    return Truth(not condition.value, "not", (condition,)) if isinstance(condition, Truth) else not condition


def known(value: Any) -> Any:
    """Whether a fact is published at all."""
    return Truth(value.value is not None, "known", (value,)) if isinstance(value, Traced) else value is not None


def known_or(value: T | None, fallback: T) -> T:
    """The value where it is published, else the fallback.

    >>> known_or(None, Decimal(2))
    Decimal('2')
    """
    if isinstance(value, Traced):
        if value.value is None:
            other = lift(fallback, value.unit)
            same_unit("or", value, other)
            return Traced(other.value, other.unit, "instead of", (other, value))  # type: ignore[return-value]
        return value
    return fallback if value is None else value


def quotient(above: Any, below: Any, otherwise: Any = 0) -> Any:
    """`above ÷ below`, or `otherwise` where `below` is zero; `otherwise` may be None: no answer.

    Two whole-number literals give a Decimal, where Python's own `/` would give an inexact float.
    """
    if type(above) is float is type(below) and below:
        return above / below
    if is_traced(above, below):
        a, b = lift(above), lift(below)
        if b.value == 0:
            instead = lift(otherwise, a.unit / b.unit)
            return Traced(instead.value, a.unit / b.unit, "choose", (b == 0, instead, instead))
        return a / b
    if below == 0:
        return _like(otherwise, above, below)
    return (Decimal(above) if isinstance(above, int) and isinstance(below, int) else above) / below


def ceil(value: Any) -> Any:
    """The smallest whole number that is not less.

    >>> ceil(Decimal("1.2"))
    Decimal('2')
    """
    return _whole(value, "ceil", ROUND_CEILING)


def floor(value: Any) -> Any:
    """The largest whole number that is not more."""
    return _whole(value, "floor", ROUND_FLOOR)


def _whole(value: Any, symbol: str, rounding: str) -> Any:
    if isinstance(value, Traced):
        inner = value.value
        assert inner is not None
        return Traced(inner.to_integral_value(rounding=rounding), value.unit, symbol, (value,))
    if isinstance(value, Decimal):
        return value.to_integral_value(rounding=rounding)
    if isinstance(value, Recorded):
        return recorded.put(_FLOAT_WHOLE[symbol], value)
    return value if isinstance(value, int) else _FLOAT_WHOLE[symbol](value)


def _float_ceil(value: float) -> float:
    return float(math.ceil(value))


def _float_floor(value: float) -> float:
    return float(math.floor(value))


_FLOAT_WHOLE: dict[str, Callable[[float], float]] = {"ceil": _float_ceil, "floor": _float_floor}


def smallest(*values: Any) -> Any:
    """The smallest of the values."""
    return _extreme("smallest", min, values)


def largest(*values: Any) -> Any:
    """The largest of the values."""
    return _extreme("largest", max, values)


def _extreme(symbol: str, pick: Callable[..., Any], values: tuple[Any, ...]) -> Any:
    if _FLOATS.issuperset(map(type, values)):
        picked = pick(values)
        return float(picked) if float in map(type, values) else picked
    if is_recorded(*values):
        return recorded.put(pick, *(_like(value, *values) for value in values)) if len(values) > 1 else values[0]
    if not is_traced(*values):
        return _like(pick(values), *values)
    unit = next(value.unit for value in values if isinstance(value, Traced))
    parts = tuple(lift(value, unit) for value in values)
    for part in parts[1:]:
        same_unit("or", parts[0], part)
    return Traced(pick(part.value for part in parts), unit, symbol, parts)


_FLOATS = {int, float}
"""What a float run is made of: asked first, because searches in it call these functions ten thousand times."""


def root(value: Any) -> Any:
    """The square root of a number without dimension.

    >>> root(Decimal(9))
    Decimal('3')
    """
    if type(value) is float:
        return math.sqrt(value)
    if isinstance(value, Traced):
        if value.unit.powers:
            raise UnitError(f"the square root of a quantity in {value.unit.text}: divide its unit away first")
        return by_function("√", root, value)
    if isinstance(value, Recorded):
        return recorded.put(math.sqrt, value)
    return value.sqrt() if isinstance(value, Decimal) else math.sqrt(value)  # a literal


def by_function(symbol: str, function: Callable[..., Any], *values: Any) -> Any:
    """What a function of plain numbers makes of the values, such as an exact test: a number without unit, or None.

    The working writes it as `symbol(…)`; tests evaluate that symbol on their own.
    """
    if is_recorded(*values):
        return recorded.called(function, *values)
    if not is_traced(*values):
        return function(*values)
    parts = tuple(lift(value) for value in values)
    return Traced(function(*(part.value for part in parts)), ONE, symbol, parts)


def found(number: int, label: str, unit: Unit, like: Any) -> Any:
    """A whole number that a search came upon, such as a month, as the kind of number that `like` is."""
    return lift(Constant(number, label, unit)) if is_traced(like) else type(like)(number)


def ascending(rows: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """The rows sorted from small to large by a number; rows with no number (None) come last, ties keep their order."""
    listed = list(rows)
    values = [plain(key(row)) for row in listed]
    order = sorted(range(len(listed)), key=lambda at: (values[at] is None, values[at] if values[at] is not None else 0))
    return [listed[at] for at in order]


def when(condition: Any, words: str, otherwise: str = "") -> str:
    """Words that depend on a condition, for a text cell of a table."""
    return words if plain(condition) else otherwise


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that holds under a condition; `{names}` in it are filled with numbers when it is written.

    `fact` names the fact whose source stands behind the sentence, if there is one.
    """

    condition: Any
    words: str
    numbers: dict[str, tuple[Any, Unit]]
    fact: str = ""

    @property
    def holds(self) -> bool:
        """Whether the sentence is true for these inputs."""
        return bool(plain(self.condition))

    @property
    def sentence(self) -> str:
        """The sentence with its numbers, rounded for reading."""
        if not self.numbers:
            return self.words
        return self.words.format(**{name: amount(plain(number), unit) for name, (number, unit) in self.numbers.items()})


def note(condition: Any, words: str, **numbers: tuple[Any, Unit]) -> Note:
    """A sentence for the reader that appears only where the condition holds; its numbers come with their units."""
    return Note(condition, words, numbers)
