"""What matters most: how far one output moves when each input runs across its own range, the others held."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calculators.engine.asked import Asked
from calculators.engine.explore import twelve
from calculators.engine.inputs import Reading
from calculators.engine.many import Found, Many
from calculators.engine.runs import changes, floating

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
    ends = [(it, *_ends(it)) for it in asked]
    at_ends: dict[str, list[Found]] = {}
    for together in _together(reading, asked):
        own = [float(it.given.value) for it in together]
        points = [[*own[:at], end, *own[at + 1 :]] for at, it in enumerate(together) for end in _ends(it)]
        values = iter(Many(formula, [output], [it.path for it in together], reading).at(points))
        at_ends |= {it.path: [next(values), next(values)] for it in together}
    found = []
    for it, low, high in ends:
        at_low, at_high = (value[0] if value else None for value in at_ends[it.path])
        if at_low is not None and at_high is not None and twelve(at_low) != twelve(at_high):
            spread = it.given.spread is not None
            found.append(Swing(it, twelve(low), twelve(high), twelve(at_low), twelve(at_high), spread))
    return sorted(found, key=lambda it: -it.width)


def _together(reading: Reading, asked: list[Asked]) -> list[list[Asked]]:
    """The inputs that one recorded run may vary; a figure that is announced to change stands by itself.

    Exchanging such a figure takes its announced change away, even where the new figure is the present one.
    """
    base = floating(reading)
    alone = [it for it in asked if changes(base, it.path)]
    return [[it for it in asked if it not in alone], *([it] for it in alone)]


def _ends(asked: Asked) -> tuple[float, float]:
    """The reader's own range, or a fifth less and a fifth more within the bounds; a whole number moves by one."""
    if asked.given.spread:
        return float(asked.given.spread.low), float(asked.given.spread.high)
    value = float(asked.given.value)
    low, high = sorted((value * (1 - SHARE), value * (1 + SHARE)))
    if asked.whole:
        low, high = math.floor(low), max(math.ceil(high), value + 1)
    return max(float(low), float(asked.low)), min(float(high), float(asked.high))
