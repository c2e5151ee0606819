"""Case files as a page asks for them: what is kept becomes a file, and the file what is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Keep, Open, Question
from calculators.views.case_files import LONGEST_TEXT, NUMERIC

CASE = "choosing/case"
LINK = Path(__file__).parents[2] / "docs/assets/javascripts/link.js"
KEPT = {
    "requests": "31,000",
    "model": "openai/gpt-6.1-sol",
    "model.input": "9",
    "prompting/models context_window": "1k..3k",
    "choosing/candidates tasks.1.runs": "400",
    "choosing/case state": "untested",
}
MEASURED = {"requests": "your logs, n = 40"}


def kept(catalogue: Catalogue, name: str = "") -> str:
    """The file of a case."""
    return catalogue.answer(Question(CASE, KEPT, measured=MEASURED, ask=Keep(name)))


def opened(catalogue: Catalogue, text: str) -> dict[str, object]:
    """What a page hears of a file."""
    told: dict[str, object] = json.loads(catalogue.answer(Question(CASE, ask=Open(text))))
    return told


def test_what_is_kept_comes_back_from_the_file(catalogue: Catalogue) -> None:
    """Numbers, choices, figures, cells of tables, and where a number was measured."""
    told = opened(catalogue, kept(catalogue, "Help desk"))
    assert told["name"] == "Help desk"
    assert told["said"] == f"The case “Help desk” is open: {len(KEPT)} answers."
    measured = {name: {"from": words} for name, words in MEASURED.items()}
    assert told["entries"] == {name: {"text": text, **measured.get(name, {})} for name, text in KEPT.items()}


def test_numbers_of_an_example_stay_those_of_an_example(catalogue: Catalogue) -> None:
    """A case that is opened again does not call them the reader's own."""
    words = "an example's logs, n = 24"
    text = catalogue.answer(Question(CASE, KEPT, measured={"requests": words}, ask=Keep("")))
    entries = opened(catalogue, text)["entries"]
    assert isinstance(entries, dict)
    assert entries["requests"]["from"] == words


def test_a_file_has_each_calculator_that_was_asked_something_of_its_own(catalogue: Catalogue) -> None:
    """With all that it asks, under the names that it has there; the case itself comes first."""
    calculators = json.loads(kept(catalogue))["calculators"]
    assert list(calculators) == [CASE, "choosing/candidates", "prompting/models"]
    assert calculators["prompting/models"] == {
        "given": {"context_window": "1k..3k", "model": "openai/gpt-6.1-sol", "model.input": "9", "requests": "31,000"},
        "measured": {"requests": "measured from your logs, n = 40"},
    }
    assert calculators[CASE]["given"]["model.input"] == "9"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"calculators": {"choos', "This file cannot be read: it is no JSON, or was cut off. Nothing was changed."),
        ("[" * 100, "This file holds no case"),
        ("[]", "This file holds no case"),
        ('{"calculators": {"choosing/cas": {"given": {}}}}', "did you mean 'choosing/case'? Nothing was changed."),
        ('{"calculators": {"choosing/case": {"given": {"requests": 5}}}}', "holds no inputs of choosing/case"),
        ('{"calculators": {"choosing/case": {"given": {"requests": "x"}}}}', "Nothing in this file was understood."),
        ('{"calculator": "prompting/builder", "given": {"task": "x"}}', "Nothing in this file was understood."),
    ],
)
def test_a_damaged_or_foreign_file_is_named(catalogue: Catalogue, text: str, error: str) -> None:
    """Each with what is wrong, and that nothing was changed."""
    told = opened(catalogue, text)
    assert set(told) == {"error"} and error in str(told["error"])


def test_no_word_of_a_stranger_is_kept(catalogue: Catalogue) -> None:
    """Whatever stands in a file, only numbers and the words of choices come out of it."""
    given = {
        "requests": "5",
        "zebra": "zebra",
        "model.name": "zebra",
        "instructions": "zebra 4",
        "answer": "1" + "0" * LONGEST_TEXT,
        "work": "zebra",
    }
    inputs = {
        CASE: {"given": given, "measured": {"requests": "measured from zebra, n = 7"}},
        "prompting/builder": {"given": {"task": "zebra"}},
    }
    told = opened(catalogue, json.dumps({"calculators": inputs}))
    assert told["entries"] == {"requests": {"text": "5", "from": "files, n = 7"}}
    assert "zebra" not in json.dumps(told["entries"])
    again = {name: {"given": {"requests": text}} for name, text in [("rag/cost", "6"), (CASE, "5")]}
    told = opened(catalogue, json.dumps({"calculators": again}))
    assert told["entries"] == {"requests": {"text": "5"}}


def test_page_and_python_mean_the_same_by_a_number() -> None:
    """Both keep what is written with the same signs."""
    (pattern,) = re.findall(r"const NUMERIC = /\^(.*)\$/i;", LINK.read_text("utf-8"))
    assert pattern == NUMERIC.pattern.replace("–", "–")
