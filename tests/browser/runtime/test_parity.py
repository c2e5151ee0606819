"""Pyodide gives the bytes that CPython gives, on the very files that the site ships: under Node, and in the Worker."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    File,
    FileCopy,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
    declared_record_types,
    kinds,
)
from tests.browser.pyodide import Pyodide
from tests.calculators.answers import BY_CASE, NAMES, Given
from tests.strategies import fields, known_on, spellings

pytestmark = pytest.mark.browser

OFTEN, AT_NIGHT = 10, 2000
"""How many questions each calculator is asked in every run, and in the long one."""
AT_ONCE = 40
ASK_ALL = "(asked) => Promise.all(asked.map((words) => window.__calculators.ask(...words)))"
FORMS = (
    ("page", "result"),
    ("page", "headline"),
    ("page", {"kind": "result", "folds": ["working", "line"]}),
    ("html", {"kind": "fold", "name": "sources"}),
    ("html", "working"),
    ("html", "result"),
    ("json", "result"),
    ("text", "result"),
    ("json", "working"),
)
NONSENSE = [
    "",
    "  ",
    "nan",
    "1,5",
    "1.000,50",
    "12 34",
    "<script>",
    "१२",
    "-1",
    "1e309",
    "0x10",
    "many",
    "5..3",
    "½",
    "\U00011f52",  # a digit since Python 3.12
    "\U0001fae8",  # a picture since Python 3.12
    "9" * 60,
]


FILES = sorted((Path(__file__).resolve().parents[2] / "calculators" / "fine_tuning" / "dataset" / "files").rglob("*.*"))
TEXTS = [
    "",
    "  ",
    "one",
    "Answer in a sentence.\n- no promises\n- {date}",
    "a\r\nb\tc",
    "<b>&amp;</b>",
    "1\n0\n1,1\n0 1",
    "漢字かな。😀👩‍👩‍👧",
    "a" * 5000,
    " " * 2500,
    "naïve \u0301 \u00a0\u2028 \ufeff end",
    "\x00\x1f",
    "def f(x):\n    return x ** 2\n",
    *(path.read_bytes().decode("utf-8", "replace") for path in FILES),
]
"""What is pasted or read from a file: prompts, lists, tables, training data, and what nobody means to paste."""


def pasted(chance: random.Random) -> str:
    """A text to paste: one of a kind, or several below each other."""
    return "\n".join(chance.choice(TEXTS) for _ in range(chance.choice((1, 1, 2, 4))))


def answered(chance: random.Random, kind: Any) -> str:
    """A text for a question that stands for itself, right or wrong; a line has such questions, too."""
    if isinstance(kind, Choice):
        return chance.choice([*kind.options, "nothing"])
    if isinstance(kind, YesNo):
        return chance.choice(["yes", "no", "no", "perhaps"])
    if isinstance(kind, Month):
        return chance.choice(["2026-11", "2027-02", "2020-01", "2026-13", "May"])
    if isinstance(kind, NumberInput):
        number = kind.low + (min(kind.high, kind.low + 1000) - kind.low) * chance.randrange(1001) / 1000
        return chance.choice([*spellings(number.to_integral_value() if kind.whole else number, kind.unit), "many"])
    return pasted(chance) or "text"


def questions(name: str, catalogue: Catalogue, amount: int) -> Iterator[dict[str, str]]:
    """Questions as readers put them: other models, two or three changed fields, mistakes, ranges, days."""
    chance = random.Random(f"parity of {name}")
    inputs = find_calculator(name).inputs
    facts = catalogue.facts
    numbers = fields(inputs)
    asked = (Among, Choice, Day, File, Lines, Month, Pick, Several, Text, YesNo)
    plain_kinds = {key: kind for key, kind in kinds(inputs).items() if isinstance(kind, asked)}
    for _ in range(amount):
        given: dict[str, str] = {}
        for field in chance.sample(numbers, min(len(numbers), chance.choice((1, 2, 2, 3)))):
            low, high = field.low, min(field.high, Decimal(10) ** chance.choice((2, 3, 4, 5, 6, 9)))
            number = low + (max(high, low) - low) * chance.randrange(1001) / 1000
            number = number.to_integral_value() if field.whole else number
            given[field.path] = chance.choice(spellings(number, field.unit))
            if chance.random() < 0.08:
                given[field.path] = chance.choice(NONSENSE)
            elif chance.random() < 0.05:
                given[field.path] = f"{number:f}..{number * 2:f}"
        for key, kind in plain_kinds.items():
            if chance.random() < 0.4:
                if isinstance(kind, Pick):
                    record: type = declared_record_types(inputs)[key]
                    given[key] = chance.choice(known_on(facts, kind.collection, record, facts.as_of))
                elif isinstance(kind, Among):
                    given[key] = chance.choice(["any", *facts.groups(kind.collection), "nobody"])
                elif isinstance(kind, Several):
                    ids = [*facts.entries(kind.collection), "nobody"]
                    given[key] = ", ".join(chance.sample(ids, chance.randint(0, 5)))
                elif isinstance(kind, Lines):
                    for line in range(1, chance.randint(1, kind.most) + 1):
                        given |= {
                            f"{key}.{line}.{cell}": answered(chance, cell_kind)
                            for cell, cell_kind in kinds(kind.line_type).items()
                        }
                elif not isinstance(kind, Day):
                    given[key] = answered(chance, kind)
                else:
                    given[key] = chance.choice([facts.as_of, "2026-12-01", "2027-06-30", "2020-01-01", "tomorrow"])
        if chance.random() < 0.03:
            given["unknown.input"] = "1"
        yield given


def asked_in_json(name: str, given: Given, form: str = "page", ask: object = "result") -> str:
    """A question as the Worker asks it."""
    return json.dumps({"calculator": name, "given": dict(given), "ask": ask, "form": form})


def in_every_form(name: str, given: Given) -> list[str]:
    """One question in every form."""
    return [asked_in_json(name, given, form, ask) for form, ask in FORMS]


def with_notes_or_errors(answers: list[str]) -> int:
    return sum('"ok":false' in answer or "result-notes" in answer for answer in answers)


def test_an_error_says_in_which_functions_it_arose(pyodide: Pyodide) -> None:
    """A maintainer reads these places in the console; byte code that ships knows the first lines of functions alone."""
    places = pyodide.run(
        "import traceback\n"
        "def places():\n"
        "    try:\n"
        "        find_calculator('no/such')\n"
        "    except LookupError as error:\n"
        "        return str([(frame.name, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)][1:])\n"
        "from calculators.discovery import find_calculator\n"
        "places()"
    )
    function = find_calculator.__wrapped__
    assert places == str([("find_calculator", function.__code__.co_firstlineno)])


@pytest.mark.promise("A5")
@pytest.mark.parametrize("name", NAMES)
def test_every_calculator_answers_the_same_in_pyodide(pyodide: Pyodide, catalogue: Catalogue, name: str) -> None:
    asked = [asked_in_json(name, given) for given in questions(name, catalogue, OFTEN)]
    expected = [catalogue.answer_json(question) for question in asked]
    assert with_notes_or_errors(expected) >= len(asked) / 5
    for question, answer in zip(asked, expected, strict=True):
        assert pyodide.answer(question) == answer, question


@pytest.mark.long
@pytest.mark.promise("A5")
@pytest.mark.parametrize("name", NAMES)
def test_every_calculator_answers_the_same_in_the_browser_very_often(
    cost_page: Page, catalogue: Catalogue, name: str
) -> None:
    givens = list(questions(name, catalogue, AT_NIGHT))
    expected = [catalogue.answer_json(asked_in_json(name, given)) for given in givens]
    assert with_notes_or_errors(expected) >= len(givens) / 5
    for begin in range(0, len(givens), AT_ONCE):
        asked = [[name, json.dumps(given)] for given in givens[begin : begin + AT_ONCE]]
        for question, reply, ours in zip(asked, cost_page.evaluate(ASK_ALL, asked), expected[begin:], strict=False):
            assert reply == ours, question


@pytest.mark.one_in(4)
@pytest.mark.promise("A5")
@BY_CASE
def test_every_example_answers_the_same_in_every_form(
    pyodide: Pyodide, catalogue: Catalogue, name: str, given: Given
) -> None:
    for question in in_every_form(name, given):
        assert pyodide.answer(question) == catalogue.answer_json(question), question


@pytest.mark.one_in(4)
@pytest.mark.promise("A5")
@pytest.mark.parametrize("name", NAMES)
def test_every_calculator_answers_the_same_in_the_pages_worker(
    cost_page: Page, catalogue: Catalogue, name: str
) -> None:
    """In every form, the example that it comes with."""
    replies = cost_page.evaluate(ASK_ALL, [[name, "{}", *form] for form in FORMS])
    assert replies == [catalogue.answer_json(question) for question in in_every_form(name, {})]


@pytest.mark.promise("A5")
@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_the_same_bytes(pyodide: Pyodide, catalogue: Catalogue, name: str) -> None:
    """As a page saves it and as a terminal writes it."""
    report = {"kind": "report", "link": "https://example.org/#numbers=1&.requests=7", "build": "0123456789ab"}
    for form in ("markdown", "html"):
        question = asked_in_json(name, {}, form, report)
        assert pyodide.answer(question) == catalogue.answer_json(question), form


def test_ranges_are_the_same_bytes(pyodide: Pyodide, cost_page: Page, catalogue: Catalogue) -> None:
    given = {"requests": "80k..120k", "model.input": "2 ±20%", "found_cached": "0.5..0.9", "turns": "1..6"}
    question = asked_in_json("prompting/cost", given, "json", "ranges")
    expected = catalogue.answer_json(question)
    (reply,) = cost_page.evaluate(ASK_ALL, [["prompting/cost", json.dumps(given), "json", "ranges"]])
    assert [pyodide.answer(question), reply] == [expected, expected]


WITH_COPIES = [
    (name, file)
    for name in NAMES
    for kind in kinds(find_calculator(name).outputs).values()
    if isinstance(kind, FileCopy)
    for file in kind.files
]


@pytest.mark.promise("A5")
@pytest.mark.parametrize(("name", "file"), WITH_COPIES)
def test_every_copy_is_the_same_in_pyodide(pyodide: Pyodide, catalogue: Catalogue, name: str, file: str) -> None:
    texts = ["\ufeff" + "\n".join(TEXTS), *(path.read_bytes().decode("utf-8", "replace") for path in FILES[::4])]
    for number, text in enumerate(text for text in texts if text.strip()):
        target = ("gemini", "openai", "kto", "sharegpt", "")[number % 5]
        given = {"training_text": text, "target": target, "test_share": "30%"}
        for form in ("file", "json"):
            question = asked_in_json(name, given, form, {"kind": "copy", "file": file})
            assert pyodide.answer(question) == catalogue.answer_json(question), given
