"""Pages in place of tokens: typed in any field of tokens, and one conversion wherever a page is spoken of."""

from __future__ import annotations

import json
import math
import re

import pytest

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from calculators.engine.declare import Day, Month, NumberInput, kinds
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


def test_only_tokens_and_what_holds_text_are_typed_in_pages(catalogue: Catalogue) -> None:
    for name in NAMES:
        asked = kinds(find_calculator(name).inputs)
        for field in fields(find_calculator(name).inputs):
            if "." not in field.path and field.unit != TOKENS and not asked[field.path].each_holds:
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


HOLDING = {
    (name, path): kind.each_holds
    for name in NAMES
    for path, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, NumberInput) and kind.label == "Documents"
}
"""The questions for documents, by calculator and path, each with that for the text in one."""


def documents(catalogue: Catalogue, where: tuple[str, str], typed: str, each: str = "") -> str:
    """How many documents were understood; `each` is how many tokens one has, if that is typed too."""
    name, path = where
    given = {path: typed} | ({HOLDING[where]: each} if each else {})
    understood: str = answer_json(catalogue, name, given)["inputs"][path]["value"]
    return understood


@pytest.mark.parametrize("where", HOLDING, ids=" ".join)
@pytest.mark.parametrize(
    ("typed", "each", "count"),
    [
        ("5,000 pages", "", 5000 * 600 / 2000),
        ("5,000 pages", "600", 5000),
        ("5,000 pages", "3 pages", 5000 / 3),
        ("3M tokens", "1500", 2000),
        ("1 page", "100k", 1),
        ("5000", "600", 5000),
    ],
)
def test_documents_are_typed_as_all_their_text(
    catalogue: Catalogue, where: tuple[str, str], typed: str, each: str, count: float
) -> None:
    """The last document may be a part of one; 600 tokens are a page, and a document starts with 2,000."""
    assert documents(catalogue, where, typed, each) == str(math.ceil(count))


def test_every_calculator_of_documents_takes_their_text() -> None:
    assert {name for name, _ in HOLDING} >= {"choosing/case", "choosing/break_even", "rag/cost"}
    assert all(HOLDING.values())


@pytest.mark.parametrize(("typed", "ends"), [("10..20 pages", (3, 5, 6)), ("100 pages ± 50%", (15, 30, 45))])
def test_a_range_of_pages_is_one_of_documents(catalogue: Catalogue, typed: str, ends: tuple[int, int, int]) -> None:
    given = {"documents": typed}
    page = json.loads(catalogue.answer(Question("choosing/case", given, form="page")))
    low, likely, high = ends
    assert page["fields"]["documents"]["echo"] == f"= {low} documents to {high} documents, here {likely} documents"


def test_documents_typed_as_text_are_echoed_and_told_of_in_the_help(catalogue: Catalogue) -> None:
    given = {"documents": "5,000 pages"}
    page = json.loads(catalogue.answer(Question("choosing/case", given, form="page")))
    assert page["fields"]["documents"]["echo"] == "= 1,500 documents"
    panel = catalogue.panel("choosing/case", {}, "case", "full")
    assert "in pages or tokens, such as 5,000 pages." in panel


KEYS = re.compile(r'<input type="text" inputmode="(\w+)" id="[^"]*" name="([^"]+)"')
"""The keys that a phone offers for a field, and its name."""


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_has_letters_where_pages_may_be_typed_and_a_hyphen_for_days(catalogue: Catalogue, name: str) -> None:
    """Keys for decimals have neither: the HTML standard asks for the digits and the separator alone."""
    days = {path for path, kind in kinds(find_calculator(name).inputs).items() if isinstance(kind, Day | Month)}
    offered = {path: keys for keys, path in KEYS.findall(catalogue.panel(name, {}, "form", "full"))}
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question(name, {path: "2 pages" for path in offered} | {"unknown": ""}))
    in_letters = {path for path in offered if path in days or path not in refused.value.problems}
    assert {path for path, keys in offered.items() if keys == "text"} == in_letters
    assert {keys for path, keys in offered.items() if path not in in_letters} <= {"decimal"}


@pytest.mark.parametrize("typed", ["pages", "5 sheets", "2 pages 3", "99T pages", "1.5"])
def test_what_is_no_number_of_documents_is_refused(catalogue: Catalogue, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        catalogue.answer(Question("choosing/case", {"documents": typed}))
    assert refused.value.problems["documents"].startswith("Documents must be ")


def test_tokens_may_be_typed_with_their_name(catalogue: Catalogue) -> None:
    typed = answer_json(catalogue, COST, {"instructions": "1,200 tokens", "answer": "1 token"})["inputs"]
    assert (typed["instructions"]["value"], typed["answer"]["value"]) == ("1200", "1")
