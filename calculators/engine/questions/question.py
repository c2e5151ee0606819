"""A question to a calculator: what is given, what is asked of the answer, and in which form the answer is written.

Python asks with these objects everywhere. JSON begins where a Worker, a file or a program does, and
`question_from_json` reads it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.suggestions import quoted, suggest_nearest
from calculators.engine.long_text import AnyText
from calculators.engine.nesting import is_json_nested_too_deep


class Unanswerable(ValueError):
    """The question itself is malformed: an unknown form or an unknown way of asking."""


@dataclass(frozen=True, slots=True)
class Result:
    """The whole answer; a page gets what is folded away only in the folds named, and the other folds empty."""

    folds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer without tables and charts; a page gets its folds as those of a result."""

    folds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """What a page's result holds in one fold."""

    name: str


@dataclass(frozen=True, slots=True)
class Working:
    """How outputs came about; without names, every output but the tables."""

    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranges:
    """Every amount across the inputs that are ranges."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Which input moves an output most; without a name, the headline."""

    output: str = ""


@dataclass(frozen=True, slots=True)
class Solve:
    """The value of the input `by` at which an output reaches a target, as a person types it."""

    output: str
    target: str
    by: str


@dataclass(frozen=True, slots=True)
class Sweep:
    """One or two outputs while an input runs from end to end, typed as a range such as `10k..100k`."""

    input: str
    ends: str
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compare:
    """The question beside another scenario of the same calculator, each under its name."""

    given: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, str] = ("A", "B")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file made of the reader's own, by its name: in the form `file` its text, in others what is changed in it."""

    file: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The answer on a page or two to show to others; `link` asks it again, and `build` is what computed it."""

    link: str = ""  # an address, or a command for a terminal
    build: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Single outputs in words, as sentences give them."""

    outputs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """What a list of records shows of each from which the input `by` picks: its figures at a glance, and its mark."""

    by: str


@dataclass(frozen=True, slots=True)
class Keep:
    """The reader's case as the text of a file; `given` and `measured` have it by the names that a page keeps it by."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """The case that the text of a file holds, by the names that a page keeps it by."""

    text: str


Ask = (
    Result
    | Headline
    | Fold
    | Working
    | Figures
    | Ranges
    | Sensitivity
    | Solve
    | Sweep
    | Compare
    | Copy
    | Report
    | Offers
    | Keep
    | Open
)

ASKS: dict[str, type[Ask]] = {kind.__name__.lower(): kind for kind in get_args(Ask)}
"""The ways of asking by the names that JSON and the terminal know them under."""

LISTS = ("outputs", "folds")
"""The fields of a question that hold several names."""

LONGEST_NAME = 40
"""How many characters of a scenario's name are shown."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the calculator of a name; `files` are texts too long to be wrapped in JSON, by their inputs.

    `measured` says of given inputs where a number comes from that nobody typed: `measured from your files, n = 40`.
    """

    calculator: str
    given: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, AnyText] = field(default_factory=dict)
    ask: Ask = Result()
    form: str = "json"
    measured: Mapping[str, str] = field(default_factory=dict)


def question_from_json(text: str, files: Mapping[str, AnyText] | None = None) -> Question:
    """The question in a JSON object: `{"calculator": …, "given": {…}, "ask": {"kind": "solve", …}, "form": "page"}`.

    Raises:
        Refused: the inputs are no object of texts.
        Unanswerable: the way of asking is unknown.
    """
    if is_json_nested_too_deep(text):
        raise Refused({"": "The inputs are nested too deep to be names and texts"})
    try:
        question = json.loads(text)
    except ValueError as error:
        raise Refused({"": "The inputs are not JSON"}) from error
    if not isinstance(question, dict):
        raise Refused({"": "The inputs must be a JSON object of names and texts"})
    calculator, form = str(question.get("calculator", "")), question.get("form", "json")
    ask = ask_from_json(question.get("ask", {"kind": "result"}))
    given, measured = _texts_of_question(question.get("given", {})), _texts_of_question(question.get("measured", {}))
    return Question(calculator, given, files or {}, ask, form, measured)


def ask_from_json(ask: object) -> Ask:
    """What is asked, from its JSON; fields that are left out are empty."""
    # Any: what stands in JSON; a word becomes a text, and a list a tuple of texts.
    fields: dict[str, Any] = ask if isinstance(ask, dict) else {"kind": ask}
    kind = str(fields.get("kind", ""))
    if kind not in ASKS:
        raise Unanswerable(f"there is no question {quoted(kind)}{suggest_nearest(kind, ASKS)}")
    if kind == "compare":
        return Compare(_texts_of_question(fields.get("given", {})), question_scenario_names(fields.get("names")))
    words: dict[str, Any] = {}
    for known in dataclasses.fields(ASKS[kind]):
        if known.name in LISTS:
            words[known.name] = tuple(map(str, fields.get(known.name, ())))
        else:
            words[known.name] = str(fields.get(known.name, ""))
    return ASKS[kind](**words)


def _texts_of_question(given: object) -> dict[str, str]:
    """The texts typed, by input."""
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise Refused({"": "The inputs must be a JSON object of names and texts"})
    return given


def question_scenario_names(names: object) -> tuple[str, str]:
    """The names of two scenarios, A and B where none are given."""
    first, second = names if isinstance(names, list) and len(names) == 2 else ("", "")
    return str(first).strip()[:LONGEST_NAME] or "A", str(second).strip()[:LONGEST_NAME] or "B"
