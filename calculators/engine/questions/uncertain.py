"""Ranges that come ready: how far the uncertain figures behind a question may lie from what it starts with."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.facts import OWN, Fact, Facts
from calculators.engine.inputs.numerals import Spread
from calculators.engine.questions.swing import USUAL_SWING
from calculators.engine.questions.variables import Asked

UNSURE = "C"
"""The confidence of a figure that is to be checked before one relies on it: a fifth to either side counts as likely."""


def uncertain_ranges(asked: dict[str, Asked], facts: Facts, on: str) -> dict[str, Spread]:
    """The range of every number that still holds an uncertain fact, by its path.

    An assumption brings the range that stands beside it in the data; a rent brings the lowest and the highest seen.
    """
    spreads = {}
    for path, variable in asked.items():
        origin = variable.given.origin
        fact = facts.fact(origin.fact, on) if origin.kind == "fact" and origin.fact else None
        ends = _uncertain_ends(fact, facts, on) if fact else None
        if ends:
            low, high = max(ends[0], variable.low), min(ends[1], variable.high)
            if low < high:
                spreads[path] = Spread(low, variable.given.value, high)
    return spreads


def _uncertain_ends(fact: Fact, facts: Facts, on: str) -> tuple[Decimal, Decimal] | None:
    if fact.confidence == OWN:
        return None  # A company knows what it pays.
    figure = Decimal(fact.value)
    low, high = fact.range or (facts.beside(fact, "_low", on), facts.beside(fact, "_high", on))
    if low and high:
        return min(Decimal(low), figure), max(Decimal(high), figure)
    if fact.confidence == UNSURE:
        return figure * (1 - Decimal(str(USUAL_SWING))), figure * (1 + Decimal(str(USUAL_SWING)))
    return None
