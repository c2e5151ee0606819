"""The figures of a record: what each is called and measured in."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare.input_kinds import NumberInput
from calculators.engine.declare.kinds import KIND, Field, Kind
from calculators.engine.numbers.bare import bare_value
from calculators.engine.numbers.types import Number
from calculators.engine.numbers.units import TEXT, Unit


def figure(
    label: str,
    unit: Unit,
    *,
    low: int | str = 0,
    high: int | str = 10**9,
    scales_with: str = "",
    counts: str = "",
    formerly: tuple[str, ...] = (),
) -> Field:
    """A figure of a record, such as a price: None where it is not published. A reader's own stays in the bounds.

    `scales_with` names the prices that this one is sold in proportion to, the nearest first: `"cached_read input"`.
    `counts` completes "It counts only …", for a reader whose own figure changes nothing.
    """
    bases = tuple(scales_with.split())
    described = Figure(label, unit, Decimal(low), Decimal(high), scales_with=bases, counts=counts, formerly=formerly)
    return dataclasses.field(default=None, metadata={KIND: described})


def declared_figure_in_words(label: str, unit: Unit = TEXT, *, names: str = "") -> Field:
    """A fact of a record in words or days, with which nothing is computed; empty where there is none.

    Where `names` says of what, such as `training formats`, it is a list of names, separated by commas.
    """
    return dataclasses.field(default="", metadata={KIND: Figure(label, unit, is_number=False, names=names)})


@dataclass(frozen=True, slots=True)
class Figure:
    """What a record's field is called and measured in; nothing is computed with one in words or days."""

    label: str
    unit: Unit
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(10**9)
    is_number: bool = True
    scales_with: tuple[str, ...] = ()
    counts: str = ""
    formerly: tuple[str, ...] = ()
    names: str = ""

    @property
    def question(self) -> NumberInput:
        """The question that asks for a reader's own figure in place of a published one."""
        return NumberInput(label=self.label, unit=self.unit, low=self.low, high=self.high, default=self.low)


def declared_figure_base(figures: Mapping[str, Kind], name: str, replaced: Mapping[str, object], listed: object) -> str:
    """The replaced figure with which another scales: the nearest of those that it is sold in proportion to.

    Empty where the figure stays as it is: replaced itself, not published, or in proportion to nothing that was
    replaced. `listed` is the record as published; a base of 0 has no proportion.
    """
    if name in replaced or bare_value(getattr(listed, name)) is None:
        return ""
    bases = figures[name].scales_with if figures[name].is_number else ()
    return next((base for base in bases if base in replaced and bare_value(getattr(listed, base))), "")


def scaled_declared_figure(listed: Number, replaced: Number, base: Number) -> Number:
    """A figure that moves in the same ratio as its base, from the listed one to the one that replaces it."""
    return listed * replaced / base


def declared_figure_unit(kind: Kind) -> Unit | None:
    """The unit of a number or figure; None for words."""
    return kind.unit if isinstance(kind, NumberInput | Figure) else None
