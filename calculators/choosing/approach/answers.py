"""The questions that the rules ask, and their answers in words."""

from __future__ import annotations

from decimal import Decimal

from calculators.choosing.approach.inputs import Inputs
from calculators.engine.declare import Choice, YesNo, kinds
from calculators.engine.numbers.rounding import grouped_number, rounded_amount
from calculators.engine.numbers.units import SHARE
from calculators.engine.rules import RuleBetween

COMPUTED = {
    "volume_ratio": "Requests, as a share of break-even",
    "stable_intervals": "Stable for, in retraining intervals",
    "cascade_cost": "Cost with a small model first, against the large one alone",
    "cascade_quality": "Good answers with a small model first, against those needed",
}
"""Answers that are computed, not typed."""

SHARES = ("volume_ratio", "cascade_cost", "cascade_quality")
"""Those of them that are written as a percentage."""


def approach_answer_words(question: str) -> tuple[str, ...]:
    """The possible answers to a question, as they are listed; none for a number."""
    kind = kinds(Inputs).get(question)
    if isinstance(kind, YesNo):
        return ("yes", "no")
    return tuple(kind.options) if isinstance(kind, Choice) else ()


def approach_question_label(question: str) -> str:
    """What a question is called."""
    return COMPUTED.get(question) or str(kinds(Inputs)[question].label)


def approach_answer_in_words(question: str, answer: Decimal | str) -> str:
    """An answer as a reader sees it."""
    kind = kinds(Inputs).get(question)
    if isinstance(kind, Choice):
        return str(kind.options[str(answer)])
    if isinstance(answer, str):
        return answer
    return rounded_amount(answer, SHARE) if question in SHARES else grouped_number(round(answer, 2))


def approach_interval_in_words(question: str, interval: RuleBetween) -> str:
    """The interval of a number as a reader sees it."""
    low, high = interval.at_least, interval.below
    if low is not None and high is not None:
        return f"{approach_answer_in_words(question, low)} to below {approach_answer_in_words(question, high)}"
    if low is not None:
        return f"{approach_answer_in_words(question, low)} or more"
    return "" if high is None else f"below {approach_answer_in_words(question, high)}"
