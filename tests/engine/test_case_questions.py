"""One name for a question in a reader's case, whichever calculators ask it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import CASE_QUESTIONS, Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import kinds, number, plan_input_field, text, yes_no
from calculators.engine.inputs.shared_questions import case_follower_names, case_question_names, shared_answers

REQUESTS = number("Requests", low=0, high=100, default=5, because="so")
ANSWER = number("Answer", low=0, high=100, default=5, because="so")
OTHER_ANSWER = number("Answers kept", low=0, high=100, default=5, because="so")


@dataclass(frozen=True, kw_only=True)
class Prompting:
    requests: Decimal = REQUESTS
    answer: Decimal = ANSWER
    prompt: str = text("Prompt", default="")


@dataclass(frozen=True, kw_only=True)
class Searching:
    queries: Decimal = number("Queries", low=0, high=100, default=5, because="so")
    answer: Decimal = ANSWER
    prompt: str = text("Prompt", default="")


@dataclass(frozen=True, kw_only=True)
class Kept:
    answer: Decimal = OTHER_ANSWER


@dataclass(frozen=True, kw_only=True)
class KeptToo:
    answer: Decimal = OTHER_ANSWER
    alone: bool = yes_no("Alone", default=True, because="so")


def prompting(inputs: Prompting) -> Any:
    return inputs


def searching(inputs: Searching) -> Any:
    return inputs


@dataclass(frozen=True, kw_only=True)
class Both:
    requests: Decimal = REQUESTS
    prompting: Any = plan_input_field("Prompting", prompting, shared={"requests": "requests"})
    searching: Any = plan_input_field("Searching", searching, shared={"queries": "requests"})


def test_what_one_calculator_shares_with_two_others_is_one_question() -> None:
    """The queries are the requests, as the third calculator says; the answer of its second plan differs on purpose."""
    names = case_question_names((("a", Prompting), ("b", Searching), ("c", Both)))
    assert names == {
        "a": {"requests": "requests", "answer": "answer"},
        "b": {"queries": "requests", "answer": "answer"},
        "c": {"requests": "requests", "prompting.answer": "answer"},
    }


def test_other_questions_of_one_name_get_names_of_their_own() -> None:
    names = case_question_names((("a", Prompting), ("b", Searching), ("d", Kept), ("e", KeptToo)))
    assert names == {
        "a": {"answer": "answer"},
        "b": {"answer": "answer"},
        "d": {"answer": "d.answer"},
        "e": {"answer": "d.answer"},
    }


def test_what_can_be_measured_fills_the_calculators_that_ask_for_requests(catalogue: Catalogue) -> None:
    """The requests of retrieval are its queries; an agent's instructions are no chat's, though they read the same."""
    for name in catalogue.names:
        names = catalogue.case_names(name)
        assert set(names) <= set(kinds(find_calculator(name).inputs)), name
        assert len(set(names.values())) == len(names), name
        assert "requests" in names.values() or not set(names.values()) & set(CASE_QUESTIONS), name
    assert set(CASE_QUESTIONS) <= set(catalogue.case_names("prompting/cost").values())
    assert catalogue.case_names("rag/cost")["queries"] == "requests"
    assert "instructions" not in catalogue.case_names("agents/cost")
    assert catalogue.case_names("agents/cost")["caching"] == "caching"
    assert catalogue.case_names("choosing/break_even")["prompting.model"] == "model"
    assert "retrieval.model" not in catalogue.case_names("choosing/break_even")


@dataclass(frozen=True, kw_only=True)
class SearchingToo:
    answer: Decimal = number("Answer", low=0, high=100, default=6, because="so")
    prompt: str = text("Prompt", default="")


def searching_too(inputs: SearchingToo) -> Any:
    return inputs


@dataclass(frozen=True, kw_only=True)
class Three:
    prompting: Any = plan_input_field("Prompting", prompting, shared={})
    searching: Any = plan_input_field("Searching", searching, shared={})
    searching_too: Any = plan_input_field("Searching too", searching_too, shared={})


def test_further_plans_follow_where_they_start_with_the_same_answer() -> None:
    """The third plan starts with an answer of its own, so that it differs on purpose."""
    calculators = (("a", Prompting), ("b", Searching), ("c", SearchingToo), ("d", Three))
    assert case_question_names(calculators)["d"]["prompting.answer"] == "answer"
    assert case_follower_names(calculators) == {"a": {}, "b": {}, "c": {}, "d": {"searching.answer": "answer"}}


def test_the_models_of_all_plans_are_that_of_the_case(catalogue: Catalogue) -> None:
    """Unless a plan was asked something of its own."""
    name = "choosing/break_even"
    names, followers = catalogue.case_names(name), catalogue.case_followers(name)
    assert followers["retrieval.model"] == names["prompting.model"] == "model"
    assert "retrieval.examples" not in followers and "tuned.instructions" not in followers
    given = {"prompting.model": "m", "prompting.model.input": "2", "prompting.caching": "no"}
    followed = {"retrieval.model": "m", "retrieval.model.input": "2", "retrieval.caching": "no"}
    assert shared_answers(given, names, followers) == {**given, **followed}
    given["retrieval.model"] = "n"
    assert shared_answers(given, names, followers) == {**given, "retrieval.caching": "no"}


@pytest.mark.parametrize("name", calculator_names())
def test_a_calculator_that_asks_for_the_effort_takes_measured_reasoning(name: str) -> None:
    """Else what a log says of hidden reasoning stops there, and the model's usual amount is billed in its place."""
    asked = kinds(find_calculator(name).inputs)
    assert "effort" not in asked or "reasoning" in asked
