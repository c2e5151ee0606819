"""Small cases for the examples in docstrings: what a case leaves out adds nothing to the answer."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from calculators.engine.answering.counting import exact_token_counter, token_counting_fields
from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    DeclaredPlanInputs,
    Every,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    YesNo,
)
from calculators.engine.declare.input_kinds import InputKind
from calculators.engine.declare.kinds import declared_kinds
from calculators.engine.facts import Facts
from calculators.engine.facts.history import record_histories
from calculators.engine.facts.ranges import FactRange, fact_range_fields
from calculators.engine.records import Record
from tests.json_types import JsonObject

T = TypeVar("T")

DAY = "2026-01-01"
"""The day on which every case is calculated, unless it names another."""


def sample(inputs: type[T], **given: object) -> T:
    """A calculator's inputs, or one of their lines, with the answers that are given.

    Numbers become Decimals, a mapping becomes the record or the line that is asked for. A number left out is 0, or the
    lowest that the question allows; yes or no is no; a choice is its default; a text, a list and a market are empty; of
    a record nothing is published. A token is a word.
    """
    types = typing.get_type_hints(inputs)
    asked: type = inputs
    questions = {
        name: question
        for name, question in declared_kinds(asked).items()
        if not isinstance(question, DeclaredPlanInputs)
    }
    answers = {
        name: answer(question, types[name], given[name]) if name in given else nothing(question, types[name])
        for name, question in questions.items()
    }
    for name, question in declared_kinds(asked).items():
        if isinstance(question, DeclaredPlanInputs):
            answers[name] = sample(
                question.inputs, **{inner: answers[outer] for inner, outer in question.shared.items()}
            )
    answers |= dict.fromkeys(record_histories(inputs, Facts(NO_FACTS)), Unrecorded())
    answers |= dict.fromkeys(fact_range_fields(inputs), FactRange(Decimal(0), Decimal(0)))
    answers |= dict.fromkeys(
        token_counting_fields(inputs), exact_token_counter(lambda text, encoding: len(text.split()))
    )
    return inputs(**answers)


NO_FACTS = '{"as_of": "2026-11-28", "sources": {}, "collections": {}}'


class Unrecorded:
    """A history of which nothing is known."""

    def record_on(self, id: str, day: str) -> None:
        """Nothing, on any day."""


def answer(question: InputKind, kind: Any, given: Any) -> Any:
    """An answer in the form that a formula reads."""
    match question:
        case NumberInput():
            return None if given is None else Decimal(given)
        case Pick():
            return record(kind, given) if isinstance(given, Mapping) else given
        case Lines():
            return tuple(sample(question.line_type, **line) for line in given)
    return given


def nothing(question: InputKind, kind: Any) -> Any:
    """The answer that adds nothing."""
    match question:
        case NumberInput():
            return None if question.default is None else max(Decimal(0), question.low)
        case Choice() | Month():
            return question.default
        case YesNo():
            return False
        case Day():
            return DAY
        case Among():
            return "any"
        case Pick():
            return record(kind, {})
        case Every() | Lines() | Several():
            return ()
    return ""


def record(kind: type[Record], figures: Mapping[str, Any]) -> Record:
    """A record with some figures published."""
    published: JsonObject = {
        name: Decimal(figure) if isinstance(figure, int) else figure for name, figure in figures.items()
    }
    return kind(**published)
