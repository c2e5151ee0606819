"""Counting tokens in a formula: the one function handed in from outside, and what a count becomes in each run."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from calculators.engine.declare import Field
from calculators.engine.numbers import Number
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import Unit


class Count(Protocol):
    """Counts the tokens of a text in an encoding; nothing in the text is taken as a special token."""

    def __call__(self, text: str, encoding: str, /) -> int: ...


FIELD = "counter"


class NoCounter(RuntimeError):
    """A formula counts tokens where nobody handed in what counts them."""


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """What a formula counts tokens with. It is one of the inputs, because a formula has no other way in.

    `number` makes a count a number of the run: a Decimal, a traced number or a float.
    """

    count: Count
    number: Callable[[str, int, Unit], Number] = dataclasses.field(compare=False)

    def __call__(self, text: str, encoding: str) -> int:
        """How many tokens a text has."""
        return self.count(text, encoding)

    def measured(self, label: str, count: int, unit: Unit) -> Number:
        """Something counted in the reader's text, as a number of the run with its name and unit."""
        return self.number(label, count, unit)

    def as_floats(self) -> TokenCounter:
        """The same for a run with floats."""
        return dataclasses.replace(self, number=_token_counter_float)


def exact_token_counter(count: Count | None) -> TokenCounter:
    """What the exact run counts with."""
    return TokenCounter(count or _token_counter_missing, _token_counter_decimal)


def traced_token_counter(count: Count | None) -> TokenCounter:
    """What the traced run counts with."""
    return TokenCounter(count or _token_counter_missing, _token_counter_traced)


def token_counter() -> Field:
    """A field of `Inputs` that counts tokens. It asks nothing, so it has no kind."""
    return dataclasses.field(metadata={FIELD: True})


def token_counting_fields(inputs: type) -> list[str]:
    """The names of the fields that count tokens."""
    return [field.name for field in dataclasses.fields(inputs) if FIELD in field.metadata]


def _token_counter_decimal(label: str, count: int, unit: Unit) -> Number:
    return Decimal(count)


def _token_counter_traced(label: str, count: int, unit: Unit) -> Number:
    origin = Origin("derived", because="counted in your text")
    return Traced(Decimal(count), unit, label=label, origin=origin)  # type: ignore[return-value]  # the traced kind


def _token_counter_float(label: str, count: int, unit: Unit) -> Number:
    return float(count)  # type: ignore[return-value]  # the kind of the float run


def _token_counter_missing(text: str, encoding: str, /) -> int:
    raise NoCounter("this calculator counts tokens: hand a function that does to load()")
