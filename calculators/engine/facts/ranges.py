"""The ends between which an assumption may well lie, for formulas whose answer turns within them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Field
from calculators.engine.facts.store import Facts

RANGED = "range"


@dataclass(frozen=True, slots=True)
class FactRange:
    """The ends between which an assumption may well lie, in its unit; both are the assumption where it has no range."""

    low: Decimal
    high: Decimal


def fact_range(name: str) -> Field:
    """A field of `Inputs` that holds the range of an assumption. It asks nothing, so it has no kind."""
    return dataclasses.field(metadata={RANGED: name})


def fact_range_fields(inputs: type) -> dict[str, str]:
    """The assumptions whose ranges a calculator's inputs hold, by field."""
    fields = dataclasses.fields(inputs)
    return {field.name: field.metadata[RANGED] for field in fields if RANGED in field.metadata}


def fact_ranges(inputs: type, facts: Facts, on: str) -> dict[str, FactRange]:
    """Those ranges on a day."""
    return {field: _fact_range_on(facts, name, on) for field, name in fact_range_fields(inputs).items()}


def _fact_range_on(facts: Facts, name: str, on: str) -> FactRange:
    fact = facts.fact(name, on)
    low, high = fact.range or (fact.value, fact.value)
    return FactRange(Decimal(low), Decimal(high))
