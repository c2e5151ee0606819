"""No interval that is shown has the same words at both ends: "138 to 138" is no range."""

from __future__ import annotations

import re

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.inputs.numerals import Refused
from calculators.engine.questions.question import Question, Ranges, Sensitivity
from tests.calculators.answers import BY_CASE, BY_NAME, Given
from tests.calculators.every.test_instrument import NO_SCALARS

SAME = re.compile(r"(?<![\w.,$−-])([−$]*\d[\d.,]*%?(?: (?!to )[a-zA-Z]+)*) (?:to|and) \1(?![\w%]|[.,]\d)")
"""A number with its noun, `to`, and the same once more."""


@pytest.mark.parametrize("words", ["138 to 138 GB", "138 GB to 138 GB", "2.5% to 2.5%.", "between $3 and $3"])
def test_the_same_ends_are_seen(words: str) -> None:
    assert SAME.search(words)


@pytest.mark.parametrize("words", ["138 to 138.5 GB", "13 to 3 GB", "1.5% to 11.5%", "2 to 20", "1 to 32"])
def test_other_ends_are_not(words: str) -> None:
    assert not SAME.search(words)


@BY_CASE
def test_no_interval_of_an_answer_has_equal_ends(catalogue: Catalogue, name: str, given: Given) -> None:
    text = catalogue.answer(Question(name, given, form="text"))
    assert not SAME.search(text), SAME.search(text)


@pytest.mark.one_in(4)
@BY_NAME
def test_no_interval_of_a_finding_has_equal_ends(catalogue: Catalogue, name: str) -> None:
    if name in NO_SCALARS:
        return
    for ask in (Sensitivity(), Ranges()):
        try:
            text = catalogue.answer(Question(name, ask=ask, form="text"))
        except Refused:
            continue  # no range comes ready
        assert not SAME.search(text), SAME.search(text)
