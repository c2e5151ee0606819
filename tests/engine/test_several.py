"""Any number of records of a collection: how they are typed, what a formula gets, and how they are carried away."""

from __future__ import annotations

import json

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Keep, Open, Question

NAME = "prompting/models"
LUNA, SMALLEST = "openai/gpt-6-luna", "mistral/ministral-3b-2512"


def off_peak(catalogue: Catalogue) -> tuple[str, str]:
    """A record whose name has a comma: its id and its name."""
    entries = catalogue.facts.entries("prices")
    return next((id, entry["name"]) for id, entry in entries.items() if "," in entry["name"])


def understood(catalogue: Catalogue, typed: str) -> str:
    """The ids that a text means, with commas between."""
    ids: str = (
        understand_inputs(find_calculator(NAME).inputs, {"shortlist": typed}, catalogue.facts)
        .settings["shortlist"]
        .value
    )
    return ids


@pytest.mark.parametrize(
    "typed",
    [
        f"{LUNA},{SMALLEST}",
        f" {LUNA} ;\n{SMALLEST}, ",
        "GPT-6 Luna, ministral 3 3b",
        f"gpt-6 luna,{SMALLEST.upper()},GPT-6 Luna",
    ],
)
def test_ids_and_names_are_understood_each_once(catalogue: Catalogue, typed: str) -> None:
    assert understood(catalogue, typed) == f"{LUNA},{SMALLEST}"


def test_a_name_with_a_comma_is_one_name(catalogue: Catalogue) -> None:
    id, name = off_peak(catalogue)
    assert understood(catalogue, f"{name}, GPT-6 Luna, {name}") == f"{id},{LUNA}"


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_nothing_typed_is_none_of_them(catalogue: Catalogue, typed: str) -> None:
    assert understood(catalogue, typed) == ""
    assert catalogue.answer(Question(NAME, {"shortlist": typed})) == catalogue.answer(Question(NAME))


def test_an_unknown_record_is_refused_with_the_nearest(catalogue: Catalogue) -> None:
    reading = understand_inputs(find_calculator(NAME).inputs, {"shortlist": f"{LUNA}, gpt-6 lunar"}, catalogue.facts)
    assert reading.problems == {"shortlist": f"Shortlist: there is no 'gpt-6 lunar'; did you mean {LUNA!r}?"}


def test_only_ids_are_carried_away(catalogue: Catalogue) -> None:
    """A page offers ids alone, and so a file, a command and a case hold them whatever was typed."""
    given = {"shortlist": "GPT-6 Luna, Ministral 3 3B"}
    ids = f"{LUNA},{SMALLEST}"
    assert json.loads(catalogue.answer(Question(NAME, given, form="scenario")))["given"] == {"shortlist": ids}
    command = catalogue.answer(Question(NAME, given, form="command"))
    assert command == f"calculators {NAME} shortlist={ids}"
    every = ",".join(catalogue.facts.entries("prices"))
    for kept in (ids, every):
        case = catalogue.answer(Question("choosing/case", {f"{NAME} shortlist": kept}, ask=Keep("Models")))
        entries = json.loads(catalogue.answer(Question("choosing/case", ask=Open(case))))["entries"]
        assert entries == {f"{NAME} shortlist": {"text": kept}}


def test_the_page_holds_each_record_as_an_option(catalogue: Catalogue) -> None:
    html = catalogue.panel(NAME, {"shortlist": f"{SMALLEST},{LUNA}"}, "it", "full")
    start = html.index('name="shortlist"')
    control = html[start : html.index("</select>", start)]
    assert " multiple" in control
    assert control.count("<option") == len(catalogue.facts.entries("prices"))
    chosen = [option.split('"')[1] for option in control.split("<option ")[1:] if " selected" in option.split(">")[0]]
    assert sorted(chosen) == [SMALLEST, LUNA]
    update = json.loads(catalogue.answer(Question(NAME, {"shortlist": LUNA}, form="page")))
    assert update["fields"]["shortlist"]["echo"] == "1 chosen: GPT-6 Luna"


def test_a_page_says_how_the_other_choices_stay(catalogue: Catalogue) -> None:
    """A click alone drops them in every browser."""
    html = catalogue.panel(NAME, {}, "it", "full")
    field = html[html.index('data-field="shortlist"') :]
    assert "hold Ctrl or ⌘ to keep them" in field[: field.index("data-field", 1)]


def test_the_list_of_a_page_marks_what_is_no_longer_sold(catalogue: Catalogue) -> None:
    entries, day = catalogue.facts.entries("prices"), catalogue.facts.as_of
    ends = {
        id: entry["facts"]["retires"]["values"][-1][1] for id, entry in entries.items() if "retires" in entry["facts"]
    }
    html = catalogue.panel(NAME, {}, "it", "full")
    start = html.index('name="shortlist"')
    options = html[start : html.index("</select>", start)].split("<option ")[1:]
    marked = {option.split('value="')[1].split('"')[0] for option in options if "shut down on" in option.split(">")[0]}
    assert marked == {id for id, end in ends.items() if end <= day} and len(marked) < len(ends)
