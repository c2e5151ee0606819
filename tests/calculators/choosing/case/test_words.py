"""What a case says: whose speeds a wait has, what a test set costs, what matters most, and what was assumed."""

from __future__ import annotations

import re

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Report
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_case import CASE, judged, table

WAIT = r"Answers usually in [\d.]+ seconds, 95 of 100 within [\d.]+ seconds\. "


@pytest.mark.parametrize(
    ("given", "speeds"),
    [
        ({}, "GPT-5.6 Sol, in place of GPT-6.2 Sol, of which no measurement is known here"),
        ({"model": "anthropic/claude-opus-5-5"}, "Claude Opus 5.5"),
        ({"speed.first_token": "9"}, "GPT-5.6 Sol, with figures that you typed"),
        (
            {"model": "anthropic/claude-opus-5-5", "speed": "xai/grok-4.7"},
            "Grok 4.7, as you chose, in place of Claude Opus 5.5",
        ),
    ],
)
def test_a_wait_names_the_model_whose_speeds_it_has(catalogue: Catalogue, given: dict[str, str], speeds: str) -> None:
    case = answer_json(catalogue, CASE, given)
    assert case["outputs"]["speeds_of"]["value"] == speeds
    assert {row[1] for row in table(case, "waits")} == {speeds.partition(",")[0]}


def test_a_measured_model_waits_as_its_own_calculator_says(catalogue: Catalogue) -> None:
    """Another model with another measurement waits otherwise, and speeds that a reader types count before both."""
    measured = {"model": "anthropic/claude-opus-5-5", "documents": "0"}
    prompt = answer_json(catalogue, "prompting/cost", {"model": measured["model"]})["outputs"]
    given = {
        **{"prompt": prompt["prompt_tokens"]["value"], "reasoning": prompt["reasoning_tokens"]["value"]},
        **{"around.retrieval": "0", "around.rerank": "0", "speed": "anthropic/claude-opus-5.5"},
    }
    wait = answer_json(catalogue, "serving/latency", given)["outputs"]["first_p95"]["value"]
    assert answer_json(catalogue, CASE, measured)["outputs"]["first_token"]["value"] == wait
    typed = answer_json(catalogue, CASE, {**measured, "speed.first_token": "9"})["outputs"]["first_token"]["value"]
    assert float(typed) > float(wait)


@pytest.mark.parametrize(("documents", "place"), [("0", 0), ("10", 0), ("100k", 1)])
def test_the_wait_has_a_search_only_where_documents_are_searched(
    catalogue: Catalogue, documents: str, place: int
) -> None:
    case = answer_json(catalogue, CASE, {"documents": documents})
    row = table(case, "waits")[place]
    assert [row[3], row[5]] == [case["outputs"][name]["value"] for name in ("first_token", "whole_answer")]


def test_the_table_of_waits_names_its_unit(catalogue: Catalogue) -> None:
    assert "How long people wait, in seconds" in catalogue.answer(Question(CASE, {}, form="text"))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, r"Build a test set first: 147 examples, about 12 hours, \$1,200\. Retrieval, likely next: .*"),
        ({"documents": "10"}, r"Build a test set first: 147 examples, .*\. Prompting, likely next: .*"),
        ({"people": "no"}, r"Build a test set first: 147 examples, about 12 hours\. Retrieval, likely next: .*"),
        ({"ladder.retrieval": "yes"}, r"Build a test set first: .*\. Retrieval, the lever in place: .*"),
    ],
)
def test_a_case_without_a_test_set_prices_it_and_what_is_likely_next(
    catalogue: Catalogue, given: dict[str, str], words: str
) -> None:
    """147 examples of four minutes and one of grading are 12.25 hours, at $100."""
    assert re.fullmatch(words, judged(catalogue, CASE, {"state": "untested", **given}, "step"))


def test_waiting_comes_first_where_time_matters_most(catalogue: Catalogue) -> None:
    assert re.match(WAIT, judged(catalogue, CASE, {"matters": "time"}, "step"))
    assert "Answers usually" not in judged(catalogue, CASE, {"matters": "cost"}, "step")


@pytest.mark.parametrize(
    ("requests", "words"),
    [("0", "With 0 requests a month nothing is bought"), ("1.5", "At 18 requests a year"), ("99", "At 1,188 requests")],
)
def test_few_requests_are_remarked_on(catalogue: Catalogue, requests: str, words: str) -> None:
    notes = answer_json(catalogue, CASE, {"requests": requests})["notes"]
    assert sum(words in note for note in notes) == 1
    assert not any("requests a year" in note for note in answer_json(catalogue, CASE, {"requests": "100"})["notes"])


def test_a_report_says_what_the_reader_left_open(catalogue: Catalogue) -> None:
    """The questions in sight that nobody answered, each with the reason of its default."""
    for state, given in (("assumed", {"requests": "60k"}), ("entered", {"requests": "60k", "state": "behavior"})):
        text = catalogue.answer(Question(CASE, given, ask=Report(""), form="markdown"))
        assumed = text.partition("## Assumed, as you did not say")[2].partition("\n## ")[0]
        entered = text.partition("## What you entered")[2].partition("\n## ")[0]
        assert "| Documents | 10,000 documents | " in assumed and "| Requests a month |" not in assumed
        assert ("| Test set, and what goes wrong |" in assumed) is (state == "assumed")
        assert ("| Test set, and what goes wrong |" in entered) is (state == "entered")


def test_the_places_to_look_are_links_on_the_page(catalogue: Catalogue) -> None:
    html = catalogue.answer(Question(CASE, {}, form="html"))
    assert '<a href="../cost/hidden-costs/">Hidden costs</a>' in html
    assert "cost/hidden-costs" not in catalogue.answer(Question(CASE, {}, form="text"))


def test_a_range_of_dollars_is_as_coarse_as_it_is_wide(catalogue: Catalogue) -> None:
    words = judged(catalogue, CASE, {"documents": "0", "state": "behavior"}, "step")
    ends = re.findall(r"\$(\S+)", words)
    assert len(ends) == 2 and all(end.endswith("00") for end in ends), words
