"""Numbers of the traced and the float run, for tests: the functions of formulas are typed for the exact run alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import Unit


def float_run(*numbers: Decimal | int) -> list[Any]:
    """Numbers as the float run has them. Any: they stand where a formula is typed with Decimals."""
    return [float(number) for number in numbers]


def traced_run(number: Decimal | int | str, unit: Unit, label: str = "") -> Any:
    """A number as the traced run has it. Any: it stands where a formula is typed with a Decimal."""
    return Traced(Decimal(number), unit, label=label, origin=Origin("typed"))


def as_traced(result: object) -> Traced:
    """The result of a formula's function, which is traced where one of its operands is."""
    assert isinstance(result, Traced)
    return result


def known_number(result: Decimal | None) -> Decimal:
    """A result that must be a number."""
    assert result is not None
    return result
