"""Measures of rankings that reference packages and papers printed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.evaluating.retrieval.searches import ask

CASES = json.loads((Path(__file__).parent / "worked_examples.json").read_text("utf-8"))
ASKED = [(case, question) for case in CASES for question in case["asked"]]
IDS = [f"{case['id']}: {question['output']} {question['given']}" for case, question in ASKED]


@pytest.mark.parametrize(("case", "question"), ASKED, ids=IDS)
def test_a_published_measure_is_ours(catalogue: Catalogue, case: dict[str, Any], question: dict[str, Any]) -> None:
    answer = ask(catalogue, case["qrels"], case["run"], **question["given"])
    ours = getattr(answer, question["output"])
    assert abs(ours - Decimal(question["value"])) <= Decimal(case["tolerance"]), (ours, case["source"])


def test_every_case_says_where_it_is_from() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case["source"] and case["note"] and case["asked"] for case in CASES)
