"""Pages in place of tokens: typed in any field of tokens, and one conversion wherever a page is spoken of."""

from __future__ import annotations

import json
import re

import pytest

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from calculators.engine.inputs.numerals import Refused
from calculators.engine.numbers.units import TOKENS
from calculators.engine.questions.question import Question
from macros.facts import facts_text
from tests.calculators.answers import NAMES, answer_json
from tests.strategies import fields

COST = "prompting/cost"


def with_page_of(tokens: str) -> Catalogue:
    """The calculators where a page has so many tokens."""
    facts = json.loads(facts_text())
    facts["collections"]["assumptions"]["page-tokens"]["facts"]["value"]["values"] = [["2026-01-01", tokens]]
    return load(json.dumps(facts))


@pytest.mark.parametrize("tokens", ["600", "400"])
def test_two_pages_cost_what_their_tokens_cost(tokens: str) -> None:
    catalogue = with_page_of(tokens)
    typed = answer_json(catalogue, COST, {"instructions": "2 pages"})
    assert typed["outputs"] == answer_json(catalogue, COST, {"instructions": str(2 * int(tokens))})["outputs"]
    assert typed["inputs"]["instructions"]["value"] == str(2 * int(tokens))


def test_pages_are_echoed_in_tokens_and_told_of_in_the_help() -> None:
    catalogue = with_page_of("700")
    page = json.loads(catalogue.answer(Question(COST, {"instructions": "2 pages"}, form="page")))
    assert page["fields"]["instructions"]["echo"] == "= 1,400 tokens"
    assert "Pages may be typed too: 2 pages are about 1,400 tokens." in catalogue.panel(COST, {}, "cost", "full")


def test_only_tokens_are_typed_in_pages(catalogue: Catalogue) -> None:
    for name in NAMES:
        for field in fields(find_calculator(name).inputs):
            if "." not in field.path and field.unit != TOKENS:
                with pytest.raises(Refused) as refused:
                    catalogue.answer(Question(name, {field.path: "2 pages"}))
                assert "must be a number" in refused.value.problems[field.path], (name, field.path)


def test_examples_that_speak_of_pages_count_them_alike(catalogue: Catalogue) -> None:
    """The contracts of 200 pages are as many tokens as 200 pages are."""
    (contracts,) = [example for example in find_calculator("prompting/models").examples if "pages" in example.name]
    pages = re.search(r"\d+ pages", contracts.name)
    assert pages
    told, typed = (
        answer_json(catalogue, "prompting/models", {**contracts.given, **changed})["inputs"]["context"]["value"]
        for changed in ({}, {"context": pages[0]})
    )
    assert told == typed
