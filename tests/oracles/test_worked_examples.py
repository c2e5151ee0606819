"""Worked examples from publishers, papers and reference packages, written without this project's code."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.json_types import JsonObject
from tests.oracles.asked import Asked
from tests.oracles.mapping import AREAS, MAPPED, NOT_ASKED

CASES: list[JsonObject] = json.loads(
    (Path(__file__).parent / "worked_examples.json").read_text("utf-8"), parse_float=Decimal
)
BY_ID = {case["id"]: case for case in CASES}
KEYS = {"id", "calculator", "inputs", "expected", "tolerance", "source", "note", "kind"}
QUESTIONS = [(id, question) for id, questions in MAPPED.items() for question in questions]


def results(case: dict[str, Any]) -> dict[str, Any]:
    """The expected results by name; each item of a list on its own. `paper` only tells how a paper rounds one."""
    flat: dict[str, Any] = {}
    for name, published in case["expected"].items():
        if name == "paper":
            continue
        flat |= (
            {f"{name}[{position}]": item for position, item in enumerate(published)}
            if isinstance(published, list)
            else {name: published}
        )
    return flat


@pytest.mark.promise("A6")
@pytest.mark.parametrize(("id", "question"), QUESTIONS, ids=[id for id, _ in QUESTIONS])
def test_the_calculator_gives_the_published_result(catalogue: Catalogue, id: str, question: Asked) -> None:
    given, expected = json.dumps(dict(question.given)), results(BY_ID[id])
    tolerance = Decimal(BY_ID[id]["tolerance"])
    if question.solve:
        solved = json.loads(catalogue.answer(Question(question.calculator, json.loads(given), ask=question.solve)))
        for name in question.outputs:
            assert abs(Decimal(solved["value"]) - expected[name]) <= tolerance, f"{id}: {name}, {solved}"
        return
    outputs = json.loads(catalogue.answer(Question(question.calculator, json.loads(given))))["outputs"]
    for name, output in question.outputs.items():
        output, _, word = output.partition("=")
        output, _, side = output.partition(".")
        result = outputs[output]["value"]
        result = result[side] if side else result
        if word or expected[name] is None:
            assert result == (word or None), f"{id}: {name} is {expected[name]}, the calculator says {result}"
            continue
        ours = Decimal(result)
        assert abs(ours - expected[name]) <= tolerance, f"{id}: {name} is {expected[name]}, the calculator says {ours}"


@pytest.mark.parametrize("id", MAPPED)
def test_every_result_of_a_mapped_case_is_compared(id: str) -> None:
    compared = [name for question in MAPPED[id] for name in question.outputs]
    assert sorted(compared) == sorted(results(BY_ID[id]))


def test_no_case_is_forgotten() -> None:
    asked_about = {case["id"] for case in CASES}
    assert len(BY_ID) == len(CASES), "two cases have one id"
    assert len(AREAS) == len(set(AREAS)), "two calculators answer for one area"
    assert set(MAPPED).isdisjoint(NOT_ASKED)
    assert asked_about == set(MAPPED) | set(NOT_ASKED)


def test_the_lists_name_only_what_exists_and_say_why() -> None:
    assert set(AREAS) <= {case["calculator"] for case in CASES}
    assert all(len(reason.split()) > 5 for reason in NOT_ASKED.values())


def test_every_case_says_where_it_comes_from() -> None:
    for case in CASES:
        assert set(case) == KEYS, case["id"]
        assert case["source"] and case["expected"]
        assert re.fullmatch(r"published|published-wrong|package|derived", case["kind"]), case["id"]
