"""The inputs of a question that are numbers, as one list: questions, figures of records and cells of lines alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.inputs import Given
from calculators.engine.units import Unit


@dataclass(frozen=True, slots=True)
class Asked:
    """One number of a question: where it stands, what it is called and measured in, its bounds, and what was given."""

    path: str
    label: str
    unit: Unit
    low: Decimal
    high: Decimal
    whole: bool
    given: Given
    kind: Any
