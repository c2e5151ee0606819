"""Every calculator answers its defaults and its examples in every form; its JSON has the shape that was promised."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import UnknownCalculator, find_calculator
from calculators.engine.declare import Every, FileCopy, Findings, Kind, Pick, Rows, Series, kinds
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Fold, Headline, Question, Result, Unanswerable, Working
from calculators.views.html.form.folds import TOPIC
from calculators.views.html.form.updates import ASSUMPTIONS, OTHERS
from tests.calculators.answers import (
    BY_CASE,
    BY_NAME,
    Given,
    amounts,
    answer_json,
    askable,
    cells,
    computed,
    is_decimal,
    left_out,
    values,
)
from tests.strategies import fields

WORDS = ("text", "yes/no", "date")
"""What stands in the place of a unit where the value is no number."""


LETTER = re.compile(r"\b[AB]\b")


def is_named(kind: Kind) -> bool:
    """Whether a label calls a plan by its place, so that an answer shows the plan's own name there."""
    return re.search(r"\b(first|other) plan\b", kind.label) is not None


def is_labeled(text: str, kind: Kind) -> bool:
    """Whether a text has the label of an output, or what it is called below zero.

    In place of the letters of two versions it may have their names.
    """
    labels = [label for label in (kind.label, getattr(kind, "loss", "")) if label]
    return any(re.search(LETTER.sub(".+", re.escape(label)), text) for label in labels)


@BY_CASE
def test_the_json_has_the_promised_shape(catalogue: Catalogue, name: str, given: Given) -> None:
    answer = answer_json(catalogue, name, given)
    assert list(answer) == ["calculator", "inputs", "outputs", "tables", "notes"]
    assert answer["calculator"] == name
    questions = kinds(find_calculator(name).inputs)
    for input, entry in answer["inputs"].items():
        assert set(entry) - {"source"} == {"value", "unit"}, input
        left_open = entry["value"] is None and getattr(questions.get(input), "default", "") is None
        assert entry["unit"] in WORDS or left_open or is_decimal(entry["value"]), input
    declared = kinds(find_calculator(name).outputs)
    tables = [output for output, kind in declared.items() if isinstance(kind, Rows | Series)]
    assert [table["name"] for table in answer["tables"]] == tables
    others = [output for output, kind in declared.items() if isinstance(kind, Findings | FileCopy)]
    scalars = [output for output in declared if output not in (*tables, *others)]
    assert list(answer["outputs"]) == scalars
    for output, kind in amounts(name).items():
        assert set(answer["outputs"][output]) == {"value", "unit"}
        assert answer["outputs"][output]["unit"] == kind.unit.text
    for table in answer["tables"]:
        assert set(table) == {"name", "columns", "rows"}
        assert all(set(column) == {"name", "unit"} for column in table["columns"])
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert all(isinstance(note, str) and note.endswith((".", "?")) for note in answer["notes"])


@BY_CASE
def test_every_number_is_written_in_full(catalogue: Catalogue, name: str, given: Given) -> None:
    answer = answer_json(catalogue, name, given)
    for output, amount in values(answer["outputs"]):
        assert is_decimal(amount), (output, amount)
    for table in answer["tables"]:
        assert all(is_decimal(cell) for cell in cells(table)), table["name"]


@BY_CASE
def test_the_json_lists_every_input_and_where_a_default_comes_from(
    catalogue: Catalogue, name: str, given: Given
) -> None:
    inputs = answer_json(catalogue, name, given)["inputs"]
    calculator = find_calculator(name)
    left_open = {field.path for field in fields(calculator.inputs) if field.optional and field.path not in given}
    listed = {input for input in askable(name) if "." not in input}
    assert {input for input in inputs if "." not in input} == listed - left_open
    for input, setting in understand_inputs(calculator.inputs, given, catalogue.facts).settings.items():
        fact = setting.origin.fact
        assert bool(fact) == ("source" in inputs.get(input, {})), input
        if fact:
            source = inputs[input]["source"]
            assert source["fact"] == fact and source["since"] <= source["checked"]
            assert source.get("url", "").startswith("https://") or source["because"], input


@BY_CASE
def test_the_text_tells_every_result(catalogue: Catalogue, name: str, given: Given) -> None:
    text = catalogue.answer(Question(name, given, form="text"))
    calculator = find_calculator(name)
    assert text.startswith(calculator.title) and text.endswith("\n")
    for output, kind in kinds(calculator.outputs).items():
        is_absent = isinstance(kind, Findings) or output in left_out(catalogue, name, given)
        assert is_labeled(text, kind) or is_absent or is_named(kind), output
    assert all(note in text for note in answer_json(catalogue, name, given)["notes"])


@pytest.mark.one_in(4)
@BY_CASE
def test_the_page_shows_the_result_and_every_field(catalogue: Catalogue, name: str, given: Given) -> None:
    typed = json.dumps(dict(given))
    page = json.loads(catalogue.answer(Question(name, json.loads(typed), form="page")))
    shown = catalogue.answer(Question(name, json.loads(typed), form="html"))
    calculator = find_calculator(name)
    assert page["ok"] and page["result"].startswith('<div class="result-short"><div class="result-headline">')
    for output, kind in kinds(calculator.outputs).items():
        if output in left_out(catalogue, name, given):
            continue
        assert is_labeled(html.unescape(shown), kind) or isinstance(kind, Findings) or is_named(kind)
    headline = kinds(calculator.outputs)[calculator.headline]
    assert is_labeled(page["spoken"], headline) or is_named(headline)
    names = {f"{path}.name" for path, kind in kinds(calculator.inputs).items() if isinstance(kind, Pick)}
    shown_fields = {field for field in page["fields"] if not field.startswith(TOPIC)}
    assert shown_fields - {ASSUMPTIONS, OTHERS} == set(askable(name)) | names
    assert all(field["error"] == "" for field in page["fields"].values())


FOLD = re.compile('<details (?:class="[^"]+" |data-working="[^"]+" )?data-keep="([^"]+)">')
ALONE = re.compile("(?:<summary[^>]*>[^<]*</summary>)?</details>")
"""What is left of an empty fold after its opening tag."""


def filled(shown: str, content: Callable[[str], str]) -> str:
    """A result with each empty fold replaced by what a page gets for it, but for the workings of single amounts."""
    pieces, end = [], 0
    for fold in FOLD.finditer(shown):
        rest = ALONE.match(shown, fold.end())
        assert rest, f"{fold[1]} is not empty"
        if not fold[1].startswith("working-"):
            pieces += [shown[end : fold.start()], content(fold[1])]
            end = rest.end()
    return "".join([*pieces, shown[end:]])


@pytest.mark.one_in(8)
@BY_CASE
@pytest.mark.parametrize("ask", [Result, Headline])
def test_each_fold_of_an_edited_page_holds_what_the_whole_result_holds(
    catalogue: Catalogue, name: str, given: Given, ask: type[Result | Headline]
) -> None:
    """Whether the folds come with the answer or one by one, and whether the answer was kept or is computed again."""
    page = json.loads(catalogue.answer(Question(name, given, ask=ask(), form="page")))
    whole = catalogue.answer(Question(name, given, ask=ask(), form="html"))
    asked: list[str] = []

    def content(fold: str) -> str:
        asked.append(fold)
        return str(Catalogue(catalogue.facts).answer(Question(name, given, ask=Fold(fold), form="html")))

    assert filled(page["result"], content) == whole
    assert asked, "each result has something folded away"
    together = json.loads(catalogue.answer(Question(name, given, ask=ask(tuple(asked)), form="page")))
    assert together == page | {"result": whole}


@pytest.mark.one_in(4)
@BY_CASE
def test_each_amount_unfolds_into_its_working(catalogue: Catalogue, name: str, given: Given) -> None:
    shown = catalogue.answer(Question(name, given, form="html"))
    for output in re.findall(r'data-keep="working-(\w+)"', shown):
        fold = catalogue.answer(Question(name, given, ask=Fold(f"working-{output}"), form="html"))
        working = catalogue.answer(Question(name, given, ask=Working((output,)), form="html"))
        empty = fold.replace(working or "<p>There is no number here to explain.</p>", "")
        assert empty in shown and empty != fold


@pytest.mark.one_in(8)
@BY_CASE
def test_every_amount_has_a_working(catalogue: Catalogue, name: str, given: Given) -> None:
    explained = answer_json(catalogue, name, given, Working())
    assert explained["calculator"] == name
    answer = answer_json(catalogue, name, given)
    for output in amounts(name):
        # What has no answer has no working either.
        assert explained["working"][output] or answer["outputs"][output]["value"] is None, output
    words = catalogue.answer(Question(name, given, ask=Working(), form="text"))
    for output, kind in amounts(name).items():
        assert is_labeled(words, kind) or not explained["working"][output] or is_named(kind)


@BY_NAME
def test_every_example_differs_from_the_defaults(catalogue: Catalogue, name: str) -> None:
    calculator = find_calculator(name)
    assert calculator.examples, "an example or two help the reader, and are tests"
    titles = [example.name for example in calculator.examples]
    assert len(set(titles)) == len(titles)
    answers = [answer_json(catalogue, name, example.given)["outputs"] for example in calculator.examples]
    for index, answer in enumerate(answers):
        assert answer not in answers[:index], "two examples have one answer"


@pytest.mark.one_in(4)
@BY_NAME
def test_every_record_can_be_picked(catalogue: Catalogue, name: str) -> None:
    inputs = kinds(find_calculator(name).inputs)
    for input, kind in inputs.items():
        if isinstance(kind, Pick):
            for id in catalogue.facts.entries(kind.collection):
                assert computed(catalogue, name, {input: id})
        elif isinstance(kind, Every):
            assert catalogue.facts.entries(kind.collection)


@BY_NAME
def test_a_malformed_question_is_refused_in_words(catalogue: Catalogue, name: str) -> None:
    with pytest.raises(UnknownCalculator, match=f"did you mean '{name}'"):
        catalogue.answer(Question(f"{name}s"))
    with pytest.raises(Unanswerable, match="no form 'xml'"):
        catalogue.answer(Question(name, form="xml"))
    with pytest.raises(Unanswerable, match="no question 'wroking'; did you mean 'working'"):
        catalogue.answer_json(json.dumps({"calculator": name, "ask": "wroking"}))
    output = next(iter(amounts(name)))
    with pytest.raises(Unanswerable, match=f"no output '{output}x'; did you mean '{output}'"):
        catalogue.answer(Question(name, ask=Working((f"{output}x",))))
    with pytest.raises(Unanswerable, match="folds nothing away as 'workin'; did you mean 'working'"):
        catalogue.answer(Question(name, ask=Fold("workin"), form="html"))
    with pytest.raises(Unanswerable, match="only a page has folds"):
        catalogue.answer(Question(name, ask=Fold("working"), form="text"))


@BY_NAME
@pytest.mark.parametrize("ask", ["", " "])
def test_no_question_at_all_is_refused_in_words(catalogue: Catalogue, name: str, ask: str) -> None:
    with pytest.raises(Unanswerable, match="there is no question"):
        catalogue.answer_json(json.dumps({"calculator": name, "ask": ask}))
