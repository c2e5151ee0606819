"""The curve over k: recall at each k, the smallest k that is enough, and its way to the cost of retrieval."""

from __future__ import annotations

import html
import json
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.inputs.shared_questions import measured_question_paths, shared_question_paths
from calculators.engine.questions.question import Question
from calculators.evaluating.retrieval import Outputs
from calculators.evaluating.retrieval.tables import search_curve_places
from calculators.rag.cost import Inputs as CostInputs
from tests.calculators.evaluating.retrieval.searches import NAME, ask, made_up, near, rows, sentences
from tests.json_types import JsonObject

RANKS = (1, 1, 1, 1, 2, 2, 3, 4, 8, 0)
"""Where ten queries got their one right passage: nine of ten within eight, eight within four."""


def ten(depth: int = 10) -> tuple[dict[str, dict[str, int]], dict[str, list[str]]]:
    grades = {f"q{number}": {"a": 1} for number in range(len(RANKS))}
    run = {}
    for query, rank in zip(grades, RANKS, strict=True):
        run[query] = [f"x{place}" for place in range(1, depth + 1)]
        if 0 < rank <= depth:
            run[query][rank - 1] = "a"
    return grades, run


def test_the_curve_is_recall_at_each_k(catalogue: Catalogue) -> None:
    grades, run = ten()
    shown = {int(k): recall for k, recall in rows(ask(catalogue, grades, run), "curve")}
    assert shown == {k: Decimal(tenths) / 10 for k, tenths in enumerate((4, 6, 7, 8, 8, 8, 8, 9, 9, 9), 1)}


@pytest.mark.parametrize("seed", range(8))
def test_each_point_is_the_recall_that_the_calculator_gives_at_that_k(catalogue: Catalogue, seed: int) -> None:
    search, turned = made_up(seed), made_up(seed + 100)
    answer = ask(catalogue, search.grades, search.run, turned.run)
    for k, *recalls in rows(answer, "curve"):
        at_k = ask(catalogue, search.grades, search.run, turned.run, k=int(k))
        assert near(at_k.recall, recalls[0]) and near(at_k.recall_b, recalls[1])


@pytest.mark.parametrize(
    ("share", "k"), [("0.95", 8), ("100%", 8), ("0.9", 8), ("0.88", 4), ("0.5", 2), ("0.4", 1), ("0", 1)]
)
def test_the_smallest_k_with_enough_of_the_recall(catalogue: Catalogue, share: str, k: int) -> None:
    """The lists reach 0.9: 0.88 of that is 0.792, which four passages have."""
    grades, run = ten()
    answer = ask(catalogue, grades, run, enough=share)
    assert answer.enough_a == k
    assert not any("still grows" in words for words in sentences(answer.notes))


def test_a_share_that_is_just_reached_is_reached(catalogue: Catalogue) -> None:
    """0.6 of 0.9 is two thirds, whatever the digits of a float."""
    grades, run = ten()
    assert ask(catalogue, grades, run, enough="0.66666666666").enough_a == 2
    assert ask(catalogue, grades, run, enough="0.6666666667").enough_a == 3


def test_a_recall_that_still_grows_at_the_end_is_told(catalogue: Catalogue) -> None:
    grades, run = ten(depth=4)
    answer = ask(catalogue, grades, run, run)
    assert (answer.enough_a, answer.enough_b) == (4, 4)
    assert len([words for words in sentences(answer.notes) if "still grows at the end of the lists" in words]) == 2


def test_without_any_recall_no_k_is_enough(catalogue: Catalogue) -> None:
    assert ask(catalogue, {"q": {"a": 1}}, {"q": ["x", "y"]}).enough_a is None


def test_lists_that_are_shorter_than_k_are_told(catalogue: Catalogue) -> None:
    grades, run = ten(depth=4)
    told = "The longest list of A has 4 passages, fewer than k. The missing ones count as wrong."
    assert told in sentences(ask(catalogue, grades, run, k=5).notes)
    assert told not in sentences(ask(catalogue, grades, run, k=4).notes)


@pytest.mark.parametrize("depth", [0, 1, 19, 20, 21, 22, 60, 61, 97, 100, 1000, 9999])
def test_the_places_of_the_curve_run_to_its_end(depth: int) -> None:
    places = search_curve_places(depth)
    assert places == sorted(set(places)) and len(places) <= 61
    assert places[: min(depth, 20)] == list(range(1, min(depth, 20) + 1))
    assert not depth or (places[0], places[-1]) == (1, depth)


def test_enough_passages_go_to_the_cost_of_retrieval() -> None:
    """The later output with a number, which is that of B, wins on the way."""
    assert measured_question_paths(Outputs, CostInputs) == {"enough_a": ["top_k"], "enough_b": ["top_k"]}
    assert "k" not in shared_question_paths(find_calculator(NAME).inputs, CostInputs)


def measured_on(page: str) -> JsonObject:
    """What a result offers to other calculators."""
    (texts,) = re.findall(r'data-measured="([^"]+)"', page)
    measured: JsonObject = json.loads(html.unescape(texts))
    return measured


def test_a_page_says_which_number_goes_along(catalogue: Catalogue) -> None:
    example = {name: given for each in find_calculator(NAME).examples for name, given in each.given.items()}
    assert measured_on(catalogue.answer(Question(NAME, {"k": "3"}, form="html"))) == {"enough_a": "9"}
    compared = {"results_b": example["results_b"]}
    assert measured_on(catalogue.answer(Question(NAME, compared, form="html")))["enough_b"] == "5"


def test_the_offer_to_go_there_names_the_question(catalogue: Catalogue) -> None:
    panel = catalogue.panel(NAME, {}, "calc", "full", places={"rag/cost": "../../cost/retrieval/"})
    offers = [json.loads(html.unescape(text)) for text in re.findall(r'<option[^>]*data-measured="([^"]+)"', panel)]
    assert offers == [{"enough_a": ["top_k"], "enough_b": ["top_k"]}]
