"""What matters most: how far one output moves when each input runs across its own range, the others held."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.declare import Later
from calculators.engine.explore import replaced, twelve
from calculators.engine.inputs import Reading
from calculators.engine.runs import floating

SHARE = 0.2
"""How far an input without a range of its own runs to either side, as a share of itself."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One input that moves the output: its two ends, and the output at each; `typed` where the reader gave the ends."""

    asked: Asked
    low: float
    high: float
    at_low: float
    at_high: float
    typed: bool

    @property
    def width(self) -> float:
        """How far the output moves."""
        return abs(self.at_high - self.at_low)


def swings(formula: Callable[[Any], Any], output: str, reading: Reading, asked: list[Asked]) -> list[Swing]:
    """Every input that moves the output, the one that moves it furthest first."""
    base = floating(reading)
    found = []
    for it in asked:
        low, high = _ends(it)
        at_low, at_high = (value_at(formula, output, base, {it.path: end}, reading) for end in (low, high))
        if at_low is not None and at_high is not None and twelve(at_low) != twelve(at_high):
            spread = it.given.spread is not None
            found.append(Swing(it, twelve(low), twelve(high), twelve(at_low), twelve(at_high), spread))
    return sorted(found, key=lambda it: -it.width)


def _ends(asked: Asked) -> tuple[float, float]:
    """The reader's own range, or a fifth less and a fifth more within the bounds; a whole number moves by one."""
    if asked.given.spread:
        return float(asked.given.spread.low), float(asked.given.spread.high)
    value = float(asked.given.value)
    low, high = sorted((value * (1 - SHARE), value * (1 + SHARE)))
    if asked.whole:
        low, high = min(math.floor(low), value - 1) if value else value, max(math.ceil(high), value + 1)
    return max(float(low), float(asked.low)), min(float(high), float(asked.high))


def value_at(
    formula: Callable[[Any], Any], output: str, base: Any, values: dict[str, float], reading: Reading
) -> float | None:
    """One output of the float run with some inputs exchanged; None where there the question has no answer."""
    try:
        value = getattr(formula(replaced(base, values, reading)), output)
        value = value.make() if isinstance(value, Later) else value
    except (ArithmeticError, ValueError):
        return None
    return None if value is None else float(value)
