"""What is carried away says what the answer says: Markdown, CSV, scenario, command and Python, for every calculator."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import shlex
from typing import Any

import pytest

from calculators.answer import Unanswerable
from calculators.engine.declare import File, Lines, Text, kinds
from calculators.find import find
from calculators.views.answer import cells
from calculators.views.carry import _cell
from tests.calculators.every import BY_CASE, Given, told, values


def carried(catalogue: Any, name: str, given: Given, form: str) -> str:
    text: str = catalogue.answer(name, json.dumps(dict(given)), form)
    return text


def without_texts(name: str, given: Given) -> dict[str, str]:
    """A question without what does not travel: pasted texts, files, and the words in lines; empty ones do."""
    inputs = kinds(find(name).inputs)
    described = dict(inputs)
    for path, kind in inputs.items():
        if isinstance(kind, Lines):
            described |= dict(cells(path, kind))
    return {path: text for path, text in given.items() if not isinstance(described.get(path), Text | File) or not text}


@BY_CASE
def test_a_scenario_asks_the_same_again(catalogue, name: str, given: Given) -> None:
    asked = without_texts(name, given)
    scenario = json.loads(carried(catalogue, name, asked, "scenario"))
    assert (scenario["calculator"], scenario["facts"]) == (name, catalogue.facts.as_of)
    assert told(catalogue, name, scenario["given"]) == told(catalogue, name, asked)


@BY_CASE
def test_a_command_asks_the_same_again(catalogue, name: str, given: Given) -> None:
    asked = without_texts(name, given)
    program, calculator, *words = shlex.split(carried(catalogue, name, asked, "command"))
    again = dict(word.split("=", 1) for word in words)
    assert (program, calculator) == ("calculators", name)
    assert told(catalogue, name, again) == told(catalogue, name, asked)


@BY_CASE
def test_pasted_texts_do_not_travel(catalogue, name: str, given: Given) -> None:
    described = kinds(find(name).inputs)
    secret = {path: "a secret" for path, kind in described.items() if isinstance(kind, Text)}
    for form in ("scenario", "command", "python"):
        assert "a secret" not in carried(catalogue, name, {**given, **secret}, form)


@BY_CASE
def test_a_table_for_a_spreadsheet_holds_every_output(catalogue, name: str, given: Given) -> None:
    text = carried(catalogue, name, given, "csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["what", "name", "value", "unit"] and {len(row) for row in rows} == {4}
    answer = told(catalogue, name, given)
    found = {row[1]: row[2] for row in rows if row[0] == "output"}
    for output, value in values(answer["outputs"]):
        assert found[output.replace(" ", ".")] == value
    count = sum(len(row) for table in answer["tables"] for row in table["rows"])
    assert sum(row[0] not in ("input", "output", "what") for row in rows) == count


@BY_CASE
def test_markdown_shows_the_result_the_inputs_and_the_sources(catalogue, name: str, given: Given) -> None:
    text = carried(catalogue, name, given, "markdown")
    page = json.loads(catalogue.answer(name, json.dumps(dict(given)), "page"))
    label, value = page["spoken"].split(": ", 1)
    assert f"**{label}: {value}**" in text
    assert ("## Inputs" in text and catalogue.facts.as_of in text) or "Prices as of" in text
    for line in text.splitlines():
        if line.startswith("| ---"):
            assert set(line) <= set("|- ")


@BY_CASE
def test_the_python_lines_run(catalogue, name: str, given: Given, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = without_texts(name, given)
    monkeypatch.setattr("macros.facts.facts_text", lambda: "the facts")
    monkeypatch.setattr("calculators.answer.load", lambda text: catalogue if text == "the facts" else None)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(carried(catalogue, name, asked, "python"), {})
    for output, its in told(catalogue, name, asked)["outputs"].items():
        assert f"{output} {its['value']} {its['unit']}" in said.getvalue()


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-5.5", "-5.5"), ("-A1", "'-A1"), ('a "b", c', '"a ""b"", c"')],
)
def test_no_cell_is_taken_for_a_formula(value: str, cell: str) -> None:
    assert _cell(value) == cell


def test_only_a_result_is_carried_away(catalogue) -> None:
    with pytest.raises(Unanswerable, match="only a result"):
        catalogue.answer("prompting/cost", "{}", "csv", "working")
