"""No question is shown where the answer to another one has made it idle, but for those listed with a reason."""

from __future__ import annotations

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import kinds
from tests.calculators.every.asked import idle
from tests.calculators.every.asked.exceptions import EXCEPTIONS
from tests.calculators.every.asked.idle import idle_questions

CANDIDATES = "choosing/candidates"
CASE = "choosing/case"
"""Its questions are those of the calculators that it asks, where they are looked at; it takes seconds for an answer."""


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in calculator_names() if name != CASE])
def test_a_question_that_is_shown_can_change_the_answer(name: str, catalogue: Catalogue) -> None:
    """Else its declaration needs an `only_if`; sampled, so that a condition of two answers at once may be missed."""
    flagged = {(path, answer) for path, answers in idle_questions(catalogue, name).items() for answer in answers}
    assert {pair for pair in flagged if not any(each.covers(name, *pair) for each in EXCEPTIONS)} == set()


def test_every_exception_is_about_questions_that_there_are() -> None:
    for each in EXCEPTIONS:
        assert {*each.questions, *filter(None, [each.owner])} <= set(kinds(find_calculator(each.calculator).inputs)), (
            each
        )
        assert each.reason.endswith(".")


def test_a_missing_condition_is_found(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours with traffic change nothing without a cache, so that they would be flagged if they were shown."""
    assert idle_questions(catalogue, CANDIDATES) == {}
    monkeypatch.setattr(idle, "is_input_asked", lambda reading, path, kind: True)
    flagged = idle_questions(catalogue, CANDIDATES)
    assert flagged["active_hours"] == flagged["found_cached"] == ["caching=no"]
