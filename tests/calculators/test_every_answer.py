"""Every calculator answers its defaults and its examples in every form; its JSON has the shape that was promised."""

from __future__ import annotations

import html
import json
import re

import pytest

from calculators.answer import Catalogue, Unanswerable
from calculators.engine.declare import Every, Findings, Pick, Rows, Series, kinds
from calculators.engine.inputs import understand
from calculators.find import UnknownCalculator, find
from tests.calculators.every import BY_CASE, BY_NAME, Given, amounts, askable, cells, computed, is_decimal, told, values

WORDS = ("text", "yes/no", "date")
"""What stands in the place of a unit where the value is no number."""


@BY_CASE
def test_the_json_has_the_promised_shape(catalogue, name: str, given: Given) -> None:
    answer = told(catalogue, name, given)
    assert list(answer) == ["calculator", "inputs", "outputs", "tables", "notes"]
    assert answer["calculator"] == name
    for input, its in answer["inputs"].items():
        assert set(its) - {"source"} == {"value", "unit"}, input
        assert its["unit"] in WORDS or is_decimal(its["value"]), input
    declared = kinds(find(name).outputs)
    tables = [output for output, kind in declared.items() if isinstance(kind, Rows | Series)]
    assert [table["name"] for table in answer["tables"]] == tables
    others = [output for output, kind in declared.items() if output not in tables and not isinstance(kind, Findings)]
    assert list(answer["outputs"]) == others
    for output, kind in amounts(name).items():
        assert set(answer["outputs"][output]) == {"value", "unit"}
        assert answer["outputs"][output]["unit"] == kind.unit.text
    for table in answer["tables"]:
        assert set(table) == {"name", "columns", "rows"}
        assert all(set(column) == {"name", "unit"} for column in table["columns"])
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert all(isinstance(note, str) and note.endswith((".", "?")) for note in answer["notes"])


@BY_CASE
def test_every_number_is_written_in_full(catalogue, name: str, given: Given) -> None:
    answer = told(catalogue, name, given)
    for output, value in values(answer["outputs"]):
        assert is_decimal(value), (output, value)
    for table in answer["tables"]:
        assert all(is_decimal(cell) for cell in cells(table)), table["name"]


@BY_CASE
def test_the_json_lists_every_input_and_where_a_default_comes_from(catalogue, name: str, given: Given) -> None:
    inputs = told(catalogue, name, given)["inputs"]
    calculator = find(name)
    assert {input for input in inputs if "." not in input} == {input for input in askable(name) if "." not in input}
    for input, its in understand(calculator.inputs, given, catalogue.facts).given.items():
        fact = its.origin.fact
        assert bool(fact) == ("source" in inputs.get(input, {})), input
        if fact:
            source = inputs[input]["source"]
            assert source["fact"] == fact and source["since"] <= source["checked"]
            assert source.get("url", "").startswith("https://") or source["because"], input


@BY_CASE
def test_the_text_tells_every_result(catalogue, name: str, given: Given) -> None:
    text = catalogue.answer(name, json.dumps(dict(given)), "text")
    calculator = find(name)
    assert text.startswith(calculator.title) and text.endswith("\n")
    for output, kind in kinds(calculator.outputs).items():
        assert kind.label in text or isinstance(kind, Findings), output
    assert all(note in text for note in told(catalogue, name, given)["notes"])


@BY_CASE
def test_the_page_shows_the_result_and_every_field(catalogue, name: str, given: Given) -> None:
    typed = json.dumps(dict(given))
    page = json.loads(catalogue.answer(name, typed, "page"))
    shown = catalogue.answer(name, typed, "html")
    calculator = find(name)
    assert page["ok"] and page["result"] == shown
    for kind in kinds(calculator.outputs).values():
        assert html.escape(kind.label) in shown or kind.label in shown or isinstance(kind, Findings)
    assert kinds(calculator.outputs)[calculator.headline].label in page["spoken"]
    assert set(page["fields"]) == set(askable(name))
    assert all(field["error"] == "" for field in page["fields"].values())


PLACE = re.compile('<details data-keep="([^"]+)" data-later></details>')


def end_of_fold(shown: str, at: int, keep: str) -> int:
    """Where the fold of that name ends that begins here; here, where none does."""
    opening = shown[at:].partition(">")[0]
    if not opening.startswith("<details") or f'data-keep="{keep}"' not in opening:
        return at
    depth = 0
    for found in re.compile("<details|</details>").finditer(shown, at):
        depth += 1 if found[0] == "<details" else -1
        if depth == 0:
            return found.end()
    raise AssertionError(f"the fold {keep} has no end")


@BY_CASE
def test_what_is_in_sight_is_the_result_without_what_is_folded_away(catalogue, name: str, given: Given) -> None:
    """And a question asked in two steps gets the bytes of one asked at once."""
    asked = json.dumps(dict(given))
    sight = json.loads(catalogue.answer(name, asked, "page", "sight"))
    whole = json.loads(catalogue.answer(name, asked, "page", "result"))
    assert whole == json.loads(Catalogue(catalogue.facts).answer(name, asked, "page", "result"))
    first, *rest = PLACE.split(sight.pop("result"))
    shown = whole.pop("result")
    assert sight == whole
    assert rest, "each result has something folded away"
    assert shown.startswith(first)
    at = len(first)
    for keep, after in zip(rest[::2], rest[1::2], strict=True):
        at = end_of_fold(shown, at, keep)
        assert shown.startswith(after, at)
        at += len(after)
    assert at == len(shown)


@BY_CASE
def test_every_amount_has_a_working(catalogue, name: str, given: Given) -> None:
    explained = told(catalogue, name, given, "working")
    assert explained["calculator"] == name
    answer = told(catalogue, name, given)
    for output in amounts(name):
        # What has no answer has no working either.
        assert explained["working"][output] or answer["outputs"][output]["value"] is None, output
    words = catalogue.answer(name, json.dumps(dict(given)), "text", "working")
    for output, kind in amounts(name).items():
        assert kind.label in words or not explained["working"][output]


@BY_NAME
def test_every_example_differs_from_the_defaults(catalogue, name: str) -> None:
    calculator = find(name)
    assert calculator.examples, "an example or two help the reader, and are tests"
    titles = [example.name for example in calculator.examples]
    assert len(set(titles)) == len(titles)
    answers = [told(catalogue, name, example.given)["outputs"] for example in calculator.examples]
    for at, answer in enumerate(answers):
        assert answer not in answers[:at], "two examples have one answer"


@BY_NAME
def test_every_record_can_be_picked(catalogue, name: str) -> None:
    inputs = kinds(find(name).inputs)
    for input, kind in inputs.items():
        if isinstance(kind, Pick):
            for id in catalogue.facts.entries(kind.collection):
                assert computed(catalogue, name, {input: id})
        elif isinstance(kind, Every):
            assert catalogue.facts.entries(kind.collection)


@BY_NAME
def test_a_malformed_question_is_refused_in_words(catalogue, name: str) -> None:
    with pytest.raises(UnknownCalculator, match=f"did you mean '{name}'"):
        catalogue.answer(f"{name}s", "{}")
    with pytest.raises(Unanswerable, match="no form 'xml'"):
        catalogue.answer(name, "{}", "xml")
    with pytest.raises(Unanswerable, match="no question 'wroking'; did you mean 'working'"):
        catalogue.answer(name, "{}", "json", "wroking")
    output = next(iter(amounts(name)))
    with pytest.raises(Unanswerable, match=f"no output '{output}x'; did you mean '{output}'"):
        catalogue.answer(name, "{}", "json", f"working {output}x")


@BY_NAME
@pytest.mark.parametrize("ask", ["", " "])
def test_no_question_at_all_is_refused_in_words(catalogue, name: str, ask: str) -> None:
    with pytest.raises(Unanswerable, match="there is no question"):
        catalogue.answer(name, "{}", "json", ask)
