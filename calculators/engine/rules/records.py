"""Rules and rungs as the data holds them."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.engine.declare import declared_figure_in_words
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class Rule(Record):
    """One rule as the data holds it: its text as JSON, and its reason, which has the rule's source."""

    rule: str = declared_figure_in_words("Rule")
    because: str = declared_figure_in_words("Reason")


@dataclass(frozen=True, kw_only=True)
class Rung(Record):
    """One rung as the data holds it: what to do there, and as JSON the answers that differ once it was tried."""

    does: str = declared_figure_in_words("What to do")
    done: str = declared_figure_in_words("Answers once it was tried")
