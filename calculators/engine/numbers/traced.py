"""A number that remembers where it came from: the traced run of a formula, from which its working is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias

from calculators.engine.numbers.units import ONE, Unit, UnitError


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a number entered a formula: `typed`, `default`, `fact`, `scaled`, `derived` or `constant`.

    `because` is the reason of a default; `fact` the name of a fact, such as `prices:openai/gpt-6.1-sol#input`. A figure
    that is `scaled` moves with a typed one, and names both.
    """

    kind: str
    because: str = ""
    fact: str = ""


class Constant(int):
    """A whole number with a name and a unit that no reader would dispute, such as 12 months in a year."""

    label: str
    unit: Unit

    def __new__(cls, number: int, label: str, unit: Unit) -> Constant:
        constant = super().__new__(cls, number)
        constant.label, constant.unit = label, unit
        return constant


Parts: TypeAlias = tuple[Any, ...]
"""What a node was made from. Any: traced things, and the bare word or number that one was compared with."""


class Node:
    """What all traced things share: a symbol, the parts it was made from, a label and an origin.

    `symbol` is an operator or function; the empty symbol marks a leaf, and `=` a named step.
    """

    __slots__ = ("label", "origin", "parts", "symbol")

    def __init__(self, symbol: str, parts: Parts, label: str = "", origin: Origin | None = None) -> None:
        self.symbol, self.parts, self.label, self.origin = symbol, parts, label, origin


class Truth(Node):
    """A traced yes or no. Python's `if` and `and` would hide the question: use `choose` and `both`."""

    __slots__ = ("value",)

    def __init__(self, truth: bool, symbol: str, parts: Parts, label: str = "", origin: Origin | None = None) -> None:
        super().__init__(symbol, parts, label, origin)
        self.value = truth

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a formula asked `if` of an input: write choose(condition, a, b), both(a, b) or either_of(a, b)"
        )


class Word(Node):
    """A traced choice among words; comparing it gives a Truth."""

    __slots__ = ("value",)

    def __init__(self, word: str, label: str, origin: Origin) -> None:
        super().__init__("", (), label, origin)
        self.value = word

    def __eq__(self, right: object) -> Truth:  # type: ignore[override]
        return Truth(self.value == right, "is", (self, right))

    def __ne__(self, right: object) -> Truth:  # type: ignore[override]
        return Truth(self.value != right, "is not", (self, right))

    __hash__ = None  # type: ignore[assignment]


class Traced(Node):
    """A traced quantity: a Decimal (None where a fact is not published), its unit and its history."""

    __slots__ = ("unit", "value")

    def __init__(
        self,
        number: Decimal | None,
        unit: Unit,
        symbol: str = "",
        parts: Parts = (),
        label: str = "",
        origin: Origin | None = None,
    ) -> None:
        super().__init__(symbol, parts, label, origin)
        self.value, self.unit = number, unit

    def __bool__(self) -> NoReturn:
        raise TypeError("a formula asked `if` of a number: compare it and write choose(condition, a, b)")

    def __add__(self, right: object) -> Traced:
        return self if _is_traced_zero(right) else _combine_traced("+", self, traced_number(right))

    def __radd__(self, left: object) -> Traced:
        return self if _is_traced_zero(left) else _combine_traced("+", traced_number(left), self)

    def __sub__(self, right: object) -> Traced:
        return self if _is_traced_zero(right) else _combine_traced("−", self, traced_number(right))

    def __rsub__(self, left: object) -> Traced:
        return _combine_traced("−", traced_number(left, self.unit), self)

    def __mul__(self, right: object) -> Traced:
        return _combine_traced("×", self, traced_number(right))

    def __rmul__(self, left: object) -> Traced:
        return _combine_traced("×", traced_number(left), self)

    def __truediv__(self, right: object) -> Traced:
        return _combine_traced("÷", self, traced_number(right))

    def __rtruediv__(self, left: object) -> Traced:
        return _combine_traced("÷", traced_number(left), self)

    def __neg__(self) -> Traced:
        return _combine_traced("−", traced_number(0, self.unit), self)

    def __lt__(self, right: object) -> Truth:
        return _compare_traced("<", self, right)

    def __le__(self, right: object) -> Truth:
        return _compare_traced("≤", self, right)

    def __gt__(self, right: object) -> Truth:
        return _compare_traced(">", self, right)

    def __ge__(self, right: object) -> Truth:
        return _compare_traced("≥", self, right)

    def __eq__(self, right: object) -> Truth:  # type: ignore[override]
        return _compare_traced("=", self, right)

    def __ne__(self, right: object) -> Truth:  # type: ignore[override]
        return _compare_traced("≠", self, right)

    __hash__ = None  # type: ignore[assignment]


def _is_traced_zero(operand: object) -> bool:
    return isinstance(operand, int | Decimal) and operand == 0


def traced_number(number: object, unit: Unit = ONE) -> Traced:
    """A number of a formula as a traced one: literals have no unit, but 0 goes with every unit."""
    if isinstance(number, Traced):
        return number
    if isinstance(number, Constant):
        return Traced(Decimal(int(number)), number.unit, label=number.label, origin=Origin("constant"))
    if number is None:
        return Traced(None, unit, origin=Origin("constant"))
    if isinstance(number, int | Decimal) and not isinstance(number, bool):
        return Traced(Decimal(number), unit if number == 0 else ONE, origin=Origin("constant"))
    raise TypeError(f"a formula may use whole numbers and its inputs, not {number!a}")


def same_traced_unit(symbol: str, left: Traced, right: Traced) -> Unit:
    """The unit both share; UnitError names the two quantities otherwise."""
    if left.unit != right.unit:
        terms = [f"{_traced_name(number)} in {number.unit.text}" for number in (left, right)]
        raise UnitError(f"{f' {symbol} '.join(terms)}: these units do not mix")
    return left.unit


def _traced_name(node: Traced) -> str:
    return ascii(node.label) if node.label else "a quantity"


def _combine_traced(symbol: str, left: Traced, right: Traced) -> Traced:
    if left.value is None or right.value is None:
        missing = left if left.value is None else right
        raise TypeError(f"{_traced_name(missing)} is not published: a formula asks known(…) or known_or(…) first")
    if symbol == "×":
        return Traced(left.value * right.value, left.unit * right.unit, symbol, (left, right))
    if symbol == "÷":
        return Traced(left.value / right.value, left.unit / right.unit, symbol, (left, right))
    unit = same_traced_unit(symbol, left, right)
    return Traced(left.value + right.value if symbol == "+" else left.value - right.value, unit, symbol, (left, right))


def _compare_traced(symbol: str, left: Traced, operand: object) -> Truth:
    right = traced_number(operand, left.unit)
    same_traced_unit(symbol, left, right)
    a, b = left.value, right.value
    if a is None or b is None:
        raise TypeError(f"{_traced_name(left)} or {_traced_name(right)} is not published: ask known(…) first")
    truth = {"<": a < b, "≤": a <= b, ">": a > b, "≥": a >= b, "=": a == b, "≠": a != b}[symbol]
    return Truth(truth, symbol, (left, right))
