"""A number that remembers where it came from: the traced run of a formula, from which its working is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from calculators.engine.units import ONE, Unit, UnitError


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number entered a formula: `typed`, `default`, `fact`, `derived` or `constant`.

    `because` is the reason of a default; `fact` the name of a fact, such as `prices:openai/gpt-6.1-sol#input`.
    """

    kind: str
    because: str = ""
    fact: str = ""


class Constant(int):
    """A whole number with a name and a unit that no reader would dispute, such as 12 months in a year."""

    label: str
    unit: Unit

    def __new__(cls, value: int, label: str, unit: Unit) -> Constant:
        made = super().__new__(cls, value)
        made.label, made.unit = label, unit
        return made


class Node:
    """What all traced things share: a symbol, the parts it was made from, a label and an origin.

    `symbol` is an operator or function; the empty symbol marks a leaf, and `=` a named step.
    """

    __slots__ = ("label", "origin", "parts", "symbol")

    def __init__(self, symbol: str, parts: tuple[Any, ...], label: str = "", origin: Origin | None = None) -> None:
        self.symbol, self.parts, self.label, self.origin = symbol, parts, label, origin


class Truth(Node):
    """A traced yes or no. Python's `if` and `and` would hide the question: use `choose` and `both`."""

    __slots__ = ("value",)

    def __init__(
        self, value: bool, symbol: str, parts: tuple[Any, ...], label: str = "", origin: Origin | None = None
    ) -> None:
        super().__init__(symbol, parts, label, origin)
        self.value = value

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a formula asked `if` of an input: write choose(condition, a, b), both(a, b) or either_of(a, b)"
        )


class Word(Node):
    """A traced choice among words; comparing it gives a Truth."""

    __slots__ = ("value",)

    def __init__(self, value: str, label: str, origin: Origin) -> None:
        super().__init__("", (), label, origin)
        self.value = value

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return Truth(self.value == other, "is", (self, other))

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return Truth(self.value != other, "is not", (self, other))

    __hash__ = None  # type: ignore[assignment]


class Traced(Node):
    """A traced quantity: a Decimal (None where a fact is not published), its unit and its history."""

    __slots__ = ("unit", "value")

    def __init__(
        self,
        value: Decimal | None,
        unit: Unit,
        symbol: str = "",
        parts: tuple[Any, ...] = (),
        label: str = "",
        origin: Origin | None = None,
    ) -> None:
        super().__init__(symbol, parts, label, origin)
        self.value, self.unit = value, unit

    def __bool__(self) -> NoReturn:
        raise TypeError("a formula asked `if` of a number: compare it and write choose(condition, a, b)")

    def __add__(self, other: object) -> Traced:
        return self if _is_zero(other) else _combine("+", self, lift(other))

    def __radd__(self, other: object) -> Traced:
        return self if _is_zero(other) else _combine("+", lift(other), self)

    def __sub__(self, other: object) -> Traced:
        return self if _is_zero(other) else _combine("−", self, lift(other))

    def __rsub__(self, other: object) -> Traced:
        return _combine("−", lift(other, self.unit), self)

    def __mul__(self, other: object) -> Traced:
        return _combine("×", self, lift(other))

    def __rmul__(self, other: object) -> Traced:
        return _combine("×", lift(other), self)

    def __truediv__(self, other: object) -> Traced:
        return _combine("÷", self, lift(other))

    def __rtruediv__(self, other: object) -> Traced:
        return _combine("÷", lift(other), self)

    def __neg__(self) -> Traced:
        return _combine("−", lift(0, self.unit), self)

    def __lt__(self, other: object) -> Truth:
        return _compare("<", self, other)

    def __le__(self, other: object) -> Truth:
        return _compare("≤", self, other)

    def __gt__(self, other: object) -> Truth:
        return _compare(">", self, other)

    def __ge__(self, other: object) -> Truth:
        return _compare("≥", self, other)

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return _compare("=", self, other)

    def __ne__(self, other: object) -> Truth:  # type: ignore[override]
        return _compare("≠", self, other)

    __hash__ = None  # type: ignore[assignment]


def _is_zero(value: object) -> bool:
    return isinstance(value, int | Decimal) and value == 0


def lift(value: object, unit: Unit = ONE) -> Traced:
    """Any number of a formula as a traced one: literals have no unit, but 0 goes with every unit."""
    if isinstance(value, Traced):
        return value
    if isinstance(value, Constant):
        return Traced(Decimal(int(value)), value.unit, label=value.label, origin=Origin("constant"))
    if value is None:
        return Traced(None, unit, origin=Origin("constant"))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Traced(Decimal(value), unit if value == 0 else ONE, origin=Origin("constant"))
    raise TypeError(f"a formula may use whole numbers and its inputs, not {value!r}")


def same_unit(symbol: str, left: Traced, right: Traced) -> Unit:
    """The unit both share; UnitError names the two quantities otherwise."""
    if left.unit != right.unit:
        raise UnitError(
            f"{_name(left)} in {left.unit.text} {symbol} {_name(right)} in {right.unit.text}: these units do not mix"
        )
    return left.unit


def _name(node: Traced) -> str:
    return repr(node.label) if node.label else "a quantity"


def _combine(symbol: str, left: Traced, right: Traced) -> Traced:
    if left.value is None or right.value is None:
        missing = left if left.value is None else right
        raise TypeError(f"{_name(missing)} is not published: a formula asks known(…) or known_or(…) first")
    if symbol == "×":
        return Traced(left.value * right.value, left.unit * right.unit, symbol, (left, right))
    if symbol == "÷":
        return Traced(left.value / right.value, left.unit / right.unit, symbol, (left, right))
    unit = same_unit(symbol, left, right)
    return Traced(left.value + right.value if symbol == "+" else left.value - right.value, unit, symbol, (left, right))


def _compare(symbol: str, left: Traced, other: object) -> Truth:
    right = lift(other, left.unit)
    same_unit(symbol, left, right)
    a, b = left.value, right.value
    if a is None or b is None:
        raise TypeError(f"{_name(left)} or {_name(right)} is not published: ask known(…) first")
    value = {"<": a < b, "≤": a <= b, ">": a > b, "≥": a >= b, "=": a == b, "≠": a != b}[symbol]
    return Truth(value, symbol, (left, right))
