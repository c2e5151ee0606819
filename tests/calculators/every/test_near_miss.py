"""A record that nearly has the name that was typed is suggested, by its id, wherever one can be picked."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import Among, Pick, kinds
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.suggestions import MOST
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Question
from calculators.engine.records import OWN_RECORD

PICKS = [
    (name, path)
    for name in calculator_names()
    for path, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, Pick)
]
GROUPS = [
    (name, path)
    for name in calculator_names()
    for path, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, Among)
]


def problem(catalogue: Catalogue, name: str, path: str, typed: str) -> str:
    return understand_inputs(find_calculator(name).inputs, {path: typed}, catalogue.facts).problems[path]


def near_misses(id: str, name: str) -> Iterator[str]:
    """What people type for a record: without its provider, with points for dashes or the reverse, its printed name."""
    short = id.rpartition("/")[2]
    yield from (short, id.replace("-", "."), short.replace("-", "."), short.replace(".", "-"), id.upper(), name)


@pytest.mark.one_in(4)
@pytest.mark.parametrize(("name", "path"), PICKS)
def test_each_record_is_suggested_for_its_near_misses(catalogue: Catalogue, name: str, path: str) -> None:
    entries = catalogue.facts.entries(kinds(find_calculator(name).inputs)[path].collection)
    for id, entry in entries.items():
        for typed in near_misses(id, entry["name"]):
            if typed not in entries:
                message = problem(catalogue, name, path, typed)
                assert f"there is no {typed!r}; did you mean " in message and repr(id) in message, message


@pytest.mark.parametrize(("name", "path"), PICKS)
def test_the_beginning_of_ids_leads_to_all_of_them_and_nonsense_to_the_list(
    catalogue: Catalogue, name: str, path: str
) -> None:
    entries = catalogue.facts.entries(kinds(find_calculator(name).inputs)[path].collection)
    for beginning in {id.partition("/")[0] for id in entries if "/" in id} - {"meta", "openai"}:  # names of others, too
        ids = [id for id in entries if id.startswith(f"{beginning}/")]
        message = problem(catalogue, name, path, beginning)
        assert all(repr(id) in message for id in ids[:MOST]), message
    listed = problem(catalogue, name, path, "zzzzzzzz").partition("; choose one of ")[2]
    assert listed.split(", ") == [*entries, OWN_RECORD]


@pytest.mark.parametrize(("name", "path"), GROUPS)
def test_a_group_is_suggested_for_a_model_of_it(catalogue: Catalogue, name: str, path: str) -> None:
    assert problem(catalogue, name, path, "claude").endswith("did you mean 'Anthropic'?")
    assert problem(catalogue, name, path, "Open AI").endswith("did you mean 'OpenAI'?")


def test_a_choice_is_suggested_by_its_label(catalogue: Catalogue) -> None:
    message = problem(catalogue, "choosing/break_even", "plans.1.source", "Fine-tuning with retrieval")
    assert message.endswith("did you mean 'both'?")


def test_the_page_says_the_same_beside_the_field(catalogue: Catalogue) -> None:
    for name, path in {name: path for name, path in PICKS}.items():
        with pytest.raises(Refused) as refused:
            catalogue.answer(Question(name, {path: "zzzzzzzz"}))
        page = json.loads(catalogue.answer(Question(name, {path: "zzzzzzzz"}, form="page")))
        assert page["fields"][path]["error"] == refused.value.problems[path]
