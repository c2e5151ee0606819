"""What is carried away says what the answer says: Markdown, CSV, scenario, command and Python, for every calculator."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shlex
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import File, Files, Lines, Text, kinds
from calculators.engine.inputs.compound_controls import input_line_cells
from calculators.engine.questions.question import Question, Unanswerable, Working
from calculators.views.csv import csv_cell
from tests.calculators.answers import BY_CASE, Given, answer_json, values


def carried(catalogue: Catalogue, name: str, given: Given, form: str) -> str:
    text: str = catalogue.answer(Question(name, given, form=form))
    return text


def without_texts(name: str, given: Given) -> dict[str, str]:
    """A question without what does not travel: pasted texts, files, and the words in lines; empty ones do."""
    inputs = kinds(find_calculator(name).inputs)
    described = dict(inputs)
    for path, kind in inputs.items():
        if isinstance(kind, Lines):
            described |= dict(input_line_cells(path, kind))
    return {path: text for path, text in given.items() if not isinstance(described.get(path), Text | File) or not text}


def read_file(catalogue: Catalogue, name: str, path: str) -> Any:  # a text, a summary or a long text
    """What comes of a file that holds two words."""
    reader = catalogue.file_reader(name, path)
    reader.open("file.txt")
    reader.feed(b"two words")
    reader.close()
    return reader.finish()


@BY_CASE
def test_a_scenario_asks_the_same_again(catalogue: Catalogue, name: str, given: Given) -> None:
    asked = without_texts(name, given)
    scenario = json.loads(carried(catalogue, name, asked, "scenario"))
    assert (scenario["calculator"], scenario["facts"]) == (name, catalogue.facts.as_of)
    assert answer_json(catalogue, name, scenario["given"]) == answer_json(catalogue, name, asked)


@BY_CASE
def test_a_command_asks_the_same_again(catalogue: Catalogue, name: str, given: Given) -> None:
    asked = without_texts(name, given)
    program, calculator, *words = shlex.split(carried(catalogue, name, asked, "command"))
    again = dict(word.split("=", 1) for word in words)
    assert (program, calculator) == ("calculators", name)
    assert answer_json(catalogue, name, again) == answer_json(catalogue, name, asked)


@BY_CASE
def test_pasted_texts_do_not_travel(catalogue: Catalogue, name: str, given: Given) -> None:
    described = kinds(find_calculator(name).inputs)
    secret = {path: "a secret" for path, kind in described.items() if isinstance(kind, Text)}
    for form in ("scenario", "command", "python"):
        assert "a secret" not in carried(catalogue, name, {**given, **secret}, form)


@BY_CASE
def test_texts_that_stay_behind_are_named(catalogue: Catalogue, name: str, given: Given) -> None:
    described = kinds(find_calculator(name).inputs)
    cells = {
        path: kind
        for lines, question in described.items()
        if isinstance(question, Lines)
        for path, kind in input_line_cells(lines, question)
        if path.startswith(f"{lines}.1.")
    }
    asked = without_texts(name, given)
    for path, kind in {**described, **cells}.items():
        if isinstance(kind, Text | File):
            with_text = {
                **asked,
                path: read_file(catalogue, name, path) if isinstance(kind, Files) else "a secret",
            }
            scenario = json.loads(carried(catalogue, name, with_text, "scenario"))
            assert path in scenario["left_out"] and path not in scenario["given"]
            for form in ("python", "markdown"):
                assert path in carried(catalogue, name, with_text, form).lower().partition("left out, as texts")[2]
    assert "left_out" not in json.loads(carried(catalogue, name, asked, "scenario"))


@BY_CASE
def test_a_table_for_a_spreadsheet_holds_every_output(catalogue: Catalogue, name: str, given: Given) -> None:
    text = carried(catalogue, name, given, "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["what", "name", "value", "unit"] and {len(row) for row in rows} == {4}
    answer = answer_json(catalogue, name, given)
    by_output = {row[1]: row[2] for row in rows if row[0] == "output"}
    for output, amount in values(answer["outputs"]):
        assert by_output[output.replace(" ", ".")] == amount
    count = sum(len(row) for table in answer["tables"] for row in table["rows"])
    assert sum(row[0] not in ("input", "output", "what") for row in rows) == count


@pytest.mark.one_in(4)
@BY_CASE
def test_markdown_shows_the_result_the_inputs_and_the_sources(catalogue: Catalogue, name: str, given: Given) -> None:
    text = carried(catalogue, name, given, "markdown")
    page = json.loads(catalogue.answer(Question(name, given, form="page")))
    label, amount = page["spoken"].split(": ", 1)
    assert f"**{label}: {amount}**" in text
    assert ("## Inputs" in text and catalogue.facts.as_of in text) or "Prices as of" in text
    for line in text.splitlines():
        if line.startswith("| ---"):
            assert set(line) <= set("|- ")


@BY_CASE
def test_the_python_lines_run(catalogue: Catalogue, name: str, given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = without_texts(name, given)
    monkeypatch.setattr("macros.facts.facts_text", lambda: "the facts")
    monkeypatch.setattr("calculators.catalogue.load", lambda text: catalogue if text == "the facts" else None)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(carried(catalogue, name, asked, "python"), {})
    for output, entry in answer_json(catalogue, name, asked)["outputs"].items():
        assert f"{output} {entry['value']} {entry['unit']}" in printed.getvalue()


@pytest.mark.parametrize(
    ("content", "cell"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-5.5", "-5.5"), ("-A1", "'-A1"), ('a "b", c', '"a ""b"", c"')],
)
def test_no_cell_is_taken_for_a_formula(content: str, cell: str) -> None:
    assert csv_cell(content) == cell


def test_only_a_result_is_carried_away(catalogue: Catalogue) -> None:
    with pytest.raises(Unanswerable, match="only a result"):
        catalogue.answer(Question("prompting/cost", ask=Working(), form="csv"))
