"""What would turn an answer: the inputs that matter most, and the value of each at which an amount changes its sign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.inputs.reading import InputReading
from calculators.engine.numbers.rounding import unrounded_decimal
from calculators.engine.questions.points import Formula
from calculators.engine.questions.solve import solve
from calculators.engine.questions.swing import swings
from calculators.engine.questions.variables import Asked

TURNS = 2
"""How many inputs are named."""

TRIED = 5
"""How many of the inputs that matter most are tried."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An input that turns the answer by itself, and the value at which it does."""

    asked: Asked
    value: Decimal


def turning_points(formula: Formula, output: str, reading: InputReading, asked: list[Asked]) -> list[Turn]:
    """The inputs that turn the sign of an output by themselves, the one that moves it furthest first."""
    turns: list[Turn] = []
    for swing in swings(formula, output, reading, asked)[:TRIED]:
        place = solve(formula, output, 0, swing.asked, reading).value
        if place is not None:
            turns.append(Turn(swing.asked, unrounded_decimal(place)))
        if len(turns) == TURNS:
            break
    return turns
