"""The names that a reader gave the versions: in reasons, notes, labels, tables and workings, in place of letters."""

from __future__ import annotations

import json
import re
from decimal import localcontext

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import Answer
from calculators.engine.numbers import EXACT
from calculators.engine.questions.question import Question
from tests.calculators.evaluating.compare.results import NAME

COUNTED = [
    *("case,topic,before,short,after {new}", *(f"c{n},even,1,0,1" for n in range(20))),
    *(f"c{n},odd,0,1,1" for n in range(20, 40)),
]
GRADED = ["case,topic,before,short,after {new}", *(f"c{n},even,0.{n % 7 + 1},0.{n % 5 + 1},0.9" for n in range(40))]
PAIRED = ["case,before,after {new}", *(f"c{n},{int(n > 3)},1" for n in range(9))]

LETTER = re.compile(r"\b[AB]\b", re.ASCII)
"""A letter in place of a name. “A” that begins a sentence as an article is followed by a small letter."""


def computed_answer(catalogue: Catalogue, given: dict[str, str]) -> Answer:
    """The whole answer, with its labels."""
    with localcontext(EXACT):
        answer = catalogue.compute(find_calculator(NAME), given)
        for name in answer.kinds:
            assert answer.values[name] is answer.values[name]  # it is made while numbers are exact
        return answer


@pytest.mark.parametrize("lines", [COUNTED, GRADED, PAIRED], ids=["counted", "graded", "paired"])
@pytest.mark.parametrize("more", [{}, {"comparisons": "4"}, {"pass_mark": "0.5"}, {"compared_version": "short"}])
def test_reasons_notes_and_labels_have_the_names_of_versions(
    catalogue: Catalogue, lines: list[str], more: dict[str, str]
) -> None:
    if "compared_version" in more and "short" not in lines[0]:
        more = {}
    given = {"results": "\n".join(lines), "slice_column": "topic" if "topic" in lines[0] else "", **more}
    answer = computed_answer(catalogue, given)
    compared = "“short”" if "compared_version" in more else "“after (new)”"
    sentences = [*(reason.sentence for reason in answer.values["verdict"].reasons), *answer.notes]
    sentences += [kind.label for kind in answer.kinds.values()]
    sentences += [column.label for kind in answer.kinds.values() for column in getattr(kind, "columns", ())]
    assert any("“before”" in words for words in sentences) and any(compared in words for words in sentences)
    for words in sentences:
        plain = re.sub(r"\bA (?=[a-z])", "", words)
        assert not LETTER.search(plain), words
        assert not re.search(r"version \d|the other\b|the first\b|the second\b", words), words
    page = json.loads(catalogue.answer(Question(NAME, given, form="page")))["result"]
    assert "version 2" not in page and f"The true score of {compared}" in page


def test_typed_counts_keep_the_letters(catalogue: Catalogue) -> None:
    """There is no name to say instead."""
    answer = computed_answer(catalogue, {"both_right": "40"})
    assert answer.kinds["score_a"].label == "The true score of A"
    assert any("B minus A lies between" in reason.sentence for reason in answer.values["verdict"].reasons)


@pytest.mark.parametrize("names", [("A", "B"), ("version A", "B minus A"), ("minus A", "score of A")])
def test_names_that_look_like_labels_are_put_in_once(catalogue: Catalogue, names: tuple[str, str]) -> None:
    """A name is not looked through for letters again."""
    lines = ["case," + ",".join(names), *(f"c{n},{int(n > 3)},1" for n in range(9))]
    answer = computed_answer(catalogue, {"results": "\n".join(lines)})
    quoted = [name if name in "AB" else f"“{name.lower()}”" for name in names]
    assert answer.kinds["measured_difference"].label == f"{quoted[1]} minus {quoted[0]}, as measured"
