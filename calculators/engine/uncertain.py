"""Ranges that come ready: how far the uncertain figures behind a question may lie from what it starts with."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.asked import Asked
from calculators.engine.facts import OWN, Fact, Facts
from calculators.engine.read import Spread
from calculators.engine.swing import SHARE

UNSURE = "C"
"""The confidence of a figure that is to be checked before one relies on it: a fifth to either side counts as likely."""


def uncertain(asked: dict[str, Asked], facts: Facts, on: str) -> dict[str, Spread]:
    """The range of every number that still holds an uncertain fact, by its path.

    An assumption brings the range that stands beside it in the data; a rent brings the lowest and the highest seen.
    """
    found = {}
    for path, it in asked.items():
        fact = facts.fact(it.given.origin.fact, on) if it.given.origin.fact else None
        ends = _ends(fact, facts, on) if fact else None
        if ends:
            low, high = max(ends[0], it.low), min(ends[1], it.high)
            if low < high:
                found[path] = Spread(low, it.given.value, high)
    return found


def _ends(fact: Fact, facts: Facts, on: str) -> tuple[Decimal, Decimal] | None:
    if fact.confidence == OWN:
        return None  # A company knows what it pays.
    value = Decimal(fact.value)
    low, high = fact.range or (facts.beside(fact, "_low", on), facts.beside(fact, "_high", on))
    if low and high:
        return min(Decimal(low), value), max(Decimal(high), value)
    if fact.confidence == UNSURE:
        return value * (1 - Decimal(str(SHARE))), value * (1 + Decimal(str(SHARE)))
    return None
