"""Small formulas of two inputs, for the tests of what is computed across many values of an input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.catalogue import Catalogue
from calculators.engine.declare import amount, kinds, number
from calculators.engine.inputs.reading import InputReading
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.units import ONE
from calculators.engine.questions.variables import Asked


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """A quantity and a number of things."""

    size: Decimal = number("Size", ONE, low=0, high=1000, default=10, because="a test")
    n: Decimal = number("N", ONE, low=0, high=100, default=5, because="a test", whole=True)
    below: Decimal = number("Below", ONE, low=-50, high=-2, default=-10, because="a test")
    signed: Decimal = number("Signed", ONE, low=-20, high=20, default=0, because="a test", whole=True)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Two numbers."""

    y: Decimal | None = amount("Y", ONE)
    z: Decimal | None = amount("Z", ONE)


def formula(y: Callable[[Any], Any], z: Callable[[Any], Any] = lambda i: i.size * 0) -> Callable[[Any], Outputs]:
    """A calculator's formula, made of one for each number."""
    return lambda i: Outputs(y=y(i), z=z(i))


def reading_of(catalogue: Catalogue, **typed: object) -> InputReading:
    """The question as typed."""
    return understand_inputs(Inputs, {name: str(text) for name, text in typed.items()}, catalogue.facts).need()


def asked_of(reading: InputReading) -> dict[str, Asked]:
    """Its inputs, as the instruments vary them."""
    return {
        name: Asked(name, kind.label, kind.unit, kind.low, kind.high, kind.whole, reading.settings[name], kind)
        for name, kind in kinds(Inputs).items()
    }
