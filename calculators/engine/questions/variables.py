"""The inputs of a question that are numbers, as one list: questions, figures of records and cells of lines alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import NumberInput
from calculators.engine.inputs.reading import Setting
from calculators.engine.numbers.units import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """One number of a question: where it stands, what it is called and measured in, its bounds, and what was given."""

    path: str
    label: str
    unit: Unit
    low: Decimal
    high: Decimal
    whole: bool
    given: Setting
    kind: NumberInput
