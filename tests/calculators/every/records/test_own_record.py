"""A record of the reader's own: of it, an answer knows what was typed, and borrows nothing from a listed one."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import Every, Figure, Kind, Pick, declared_record_types, kinds
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.engine.questions.question import Ask, Question, Sensitivity, Working
from tests.calculators.answers import NAMES, answer_json

PICKS = [
    (name, owner)
    for name in NAMES
    for owner, kind in kinds(find_calculator(name).inputs).items()
    if isinstance(kind, Pick)
]
WITH_PICKS = pytest.mark.parametrize(("name", "owner"), PICKS, ids=[f"{name}: {owner}" for name, owner in PICKS])

COST = "prompting/cost"
WORK = {
    "requests": "1000",
    "instructions": "800",
    "examples": "0",
    "user_text": "200",
    "answer": "300",
    "repeated": "0",
}
HOUSE = {"model": "own", "model.name": "House model", "model.input": "0.5", "model.output": "1.5"}


def least(name: str, owner: str) -> dict[str, str]:
    """A record of one's own with nothing but what it needs: of each group the first figure, at 8 or its bound."""
    record = declared_record_types(find_calculator(name).inputs)[owner]
    figures = kinds(record)
    needed: list[tuple[str, Figure]] = [(group[0], figures[group[0]]) for group in record.needs]
    typed = {f"{owner}.{field}": min(max(Decimal(8), figure.low), figure.high) for field, figure in needed}
    return {owner: "own", **{path: unrounded_digits(number) for path, number in typed.items()}}


ABOVE = {"> 0": "1", "> 1": "2"}
"""An answer with which a question applies that hangs on a number."""


def applying(kind: Kind) -> dict[str, str]:
    """Answers with which a question applies."""
    return {name: ABOVE.get(words[0], words[0]) for name, *words in kind.conditions if "." not in name}


@pytest.mark.one_in(8)
@WITH_PICKS
def test_every_record_may_be_the_readers_own(catalogue: Catalogue, name: str, owner: str) -> None:
    """It is answered in every form, with its working, and stands in the markets of its kind under its name."""
    inputs = kinds(find_calculator(name).inputs)
    given = {**applying(inputs[owner]), **least(name, owner), f"{owner}.name": "Mine & yours {x}"}
    answer = answer_json(catalogue, name, given)
    assert answer["inputs"][f"{owner}.name"] == {"value": "Mine & yours (x)", "unit": "text"}
    markets = [
        path
        for path, kind in inputs.items()
        if isinstance(kind, Every) and kind.collection == inputs[owner].collection and "." not in path
    ]
    if markets and "." not in owner:
        assert any("Mine & yours (x)" in map(str, row) for table in answer["tables"] for row in table["rows"])
    for form in ("text", "html", "page", "markdown", "csv", "scenario", "command", "python"):
        answered = catalogue.answer(Question(name, given, form=form))
        assert answered
        assert form == "python" or not re.search(r"\bNone\b(?! (?:fits|keeps data))", answered), (
            f"{form} writes what is not known as None"
        )
    asks: list[Ask] = [Working(), Sensitivity()]
    for ask in asks:
        assert catalogue.answer(Question(name, given, ask=ask, form="text"))


@WITH_PICKS
def test_what_is_missing_is_named(catalogue: Catalogue, name: str, owner: str) -> None:
    reading = understand_inputs(find_calculator(name).inputs, {owner: "own"}, catalogue.facts)
    record = declared_record_types(find_calculator(name).inputs)[owner]
    assert record.needs
    assert set(reading.problems) == {f"{owner}.{group[0]}" for group in record.needs}
    for group in record.needs:
        message = reading.problems[f"{owner}.{group[0]}"]
        assert message.startswith(f"{record.own_name} needs ")
        assert all(f"{kinds(record)[field].label} ({owner}.{field})" in message for field in group)


@WITH_PICKS
def test_nothing_is_borrowed(catalogue: Catalogue, name: str, owner: str) -> None:
    """What was not typed is unknown, whatever model the question starts with."""
    given = least(name, owner)
    reading = understand_inputs(find_calculator(name).inputs, given, catalogue.facts)
    known = {
        path for path in reading.settings if path.startswith(f"{owner}.") and reading.settings[path].value is not None
    }
    assert known == {*given} - {owner} | {f"{owner}.name"}


def test_a_model_of_ones_own_is_billed_at_its_prices_alone(catalogue: Catalogue) -> None:
    """1,000 requests of 1,000 tokens in at $0.50 and 300 out at $1.50; no cache, no batch, no long-prompt tier."""
    answer = answer_json(catalogue, COST, {**WORK, **HOUSE, "batch": "yes"})
    assert Decimal(answer["outputs"]["per_month"]["value"]) == Decimal("0.95")
    assert "No cached price is published for this model. Every token counts at the full input price." in answer["notes"]
    cached = {**WORK, **HOUSE, "model.cached_read": "0.05", "model.batch_input": "0.25", "model.batch_output": "0.75"}
    answer = answer_json(catalogue, COST, {**cached, "batch": "yes", "caching": "no"})
    assert Decimal(answer["outputs"]["per_month"]["value"]) == Decimal("0.475")
    answer = answer_json(catalogue, COST, {**cached, "found_cached": "100%"})
    assert (
        Decimal(answer["outputs"]["per_month"]["value"]) == (800 * Decimal("0.05") + 200 * Decimal("0.5") + 450) / 1000
    )


def test_its_prices_are_never_scaled(catalogue: Catalogue) -> None:
    inputs = answer_json(catalogue, COST, {**WORK, **HOUSE, "model.cached_read": "0.05"})["inputs"]
    assert {inputs[path].get("origin") for path in inputs} == {None}


def test_a_figure_that_it_cannot_do_without_may_be_idle_too(catalogue: Catalogue) -> None:
    given = {"model": "own", "model.input": "1", "model.output": "2"}
    notes = answer_json(catalogue, "choosing/candidates", given)["notes"]
    assert [note for note in notes if "changes nothing" in note] == [
        "Model: Output price: the figure you typed changes nothing in this answer. "
        "It counts only for what the model writes."
    ]


def test_without_a_name_it_is_called_your_own(catalogue: Catalogue) -> None:
    answer = answer_json(catalogue, COST, {path: text for path, text in HOUSE.items() if path != "model.name"})
    assert any("Your own model" in row for table in answer["tables"] for row in table["rows"])


def test_a_name_is_short_and_shown_as_text(catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="Name must be 60 characters or fewer"):
        catalogue.answer(Question(COST, {**HOUSE, "model.name": "x" * 61}))
    named = {**HOUSE, "model.name": " <b>\n{total}\u202e "}
    html = catalogue.answer(Question(COST, named, form="html"))
    assert "&lt;b&gt; (total)" in html and "<b> (total)" not in html


def test_a_name_stays_behind_like_any_text(catalogue: Catalogue) -> None:
    scenario = json.loads(catalogue.answer(Question(COST, HOUSE, form="scenario")))
    assert scenario["given"] == {"model": "own", "model.input": "0.5", "model.output": "1.5"}
    assert scenario["left_out"] == ["model.name"]
    assert catalogue.answer(Question(COST, HOUSE, form="command")) == (
        "calculators prompting/cost model=own model.input=0.5 model.output=1.5"
    )


def test_only_ones_own_takes_a_name(catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="what is listed has its name; with model=own you describe one of your own"):
        catalogue.answer(Question(COST, {"model.name": "House model"}))


def test_the_form_offers_it_and_asks_for_what_is_missing(catalogue: Catalogue) -> None:
    panel = catalogue.panel(COST, {}, "cost", "full")
    assert '<option value="own">Your own model</option>' in panel
    assert panel.count('name="model.name"') == 1
    update = json.loads(catalogue.answer(Question(COST, {"model": "own"}, form="page")))
    assert not update["ok"]
    assert update["fields"]["model.input"]["error"] == "Your own model needs Input price (model.input)"
    assert update["fields"]["model.cached_read"]["published"] == "yours to type"
    assert "model.name" in update["fields"]
