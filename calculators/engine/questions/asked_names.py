"""What a question names: outputs and inputs of an answer, and numbers that are typed for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.engine.declare import Amount, FileCopy, Rows
from calculators.engine.inputs.numerals import Misread, Refused, Spread, read_numeral_or_range
from calculators.engine.inputs.suggestions import quoted, suggest_labeled_or_list
from calculators.engine.numbers.units import Unit
from calculators.engine.questions.question import Ranges, Unanswerable, Working
from calculators.engine.questions.ranges import Spreading, ranges
from calculators.engine.questions.variables import Asked

if TYPE_CHECKING:  # An answer draws its line with a question to its formula.
    from calculators.engine.answering.answer import Answer

SHOWN = 60
"""How many characters of an unknown name are repeated."""


def asked_outputs(answer: Answer, ask: Working) -> list[str]:
    """The outputs to explain: those named, or all but tables and files.

    Raises:
        Unanswerable: the calculator has no output of a name.
    """
    for name in ask.outputs:
        if name not in answer.kinds:
            labels = {output: kind.label for output, kind in answer.kinds.items()}
            nearest = suggest_labeled_or_list(name[:SHOWN], labels)
            raise Unanswerable(f"{answer.name} has no output {quoted(name[:SHOWN])}{nearest}")
    return list(ask.outputs) or [name for name, kind in answer.kinds.items() if not isinstance(kind, Rows | FileCopy)]


def asked_ranges(answer: Answer, ask: Ranges) -> Mapping[str, Spreading]:
    """How every amount spreads across the ranges, those typed or those that come ready.

    Raises:
        Refused: there is no range.
    """
    return ranges(answer.formula, answer.outputs, answer.reading, answer.ready)


def asked_amount(answer: Answer, name: str) -> str:
    """A name that is known to be an amount's.

    Raises:
        Refused: no amount has that name.
    """
    amounts = {output: kind.label for output, kind in answer.kinds.items() if isinstance(kind, Amount)}
    if name not in amounts:
        nearest = suggest_labeled_or_list(name[:SHOWN], amounts)
        raise Refused({"": _unknown_asked_name(name, "outputs", nearest)})
    return name


def asked_input(answer: Answer, name: str) -> Asked:
    """The number that is asked for under a name.

    Raises:
        Refused: no input that is a number has that name.
    """
    if name not in answer.movable:
        labels = {path: variable.label for path, variable in answer.movable.items()}
        nearest = suggest_labeled_or_list(name[:SHOWN], labels)
        raise Refused({"": _unknown_asked_name(name, "inputs", nearest)})
    return answer.movable[name]


def _unknown_asked_name(name: str, group: str, suggestion: str) -> str:
    return f"There is no number {quoted(name[:SHOWN])} among the {group}{suggestion}"


def asked_number(text: str, label: str, unit: Unit) -> Decimal | Spread:
    """The number or range in a text.

    Raises:
        Refused: the text is no number.
    """
    try:
        return read_numeral_or_range(text, label, unit)
    except Misread as error:
        raise Refused({"": str(error)}) from None
