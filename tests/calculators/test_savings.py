"""Whatever a reader may type, nothing is said to save a negative amount: it costs more, and by how much."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.declare import Amount, kinds
from calculators.engine.questions.question import Question, Report
from tests.calculators.answers import BY_NAME
from tests.daily import examples
from tests.strategies import texts

GAIN = re.compile(r"\b(?:saves?|saved|saving)\b", re.IGNORECASE)
NEGATIVE = re.compile(r"−\s?[$\d]")

COSTING = {
    "prompting/cost": {"requests": "1", "caching": "yes"},
    "prompting/models": {"provider": "Anthropic", "model": "mistral/ministral-3b-2512"},
}
"""Inputs with which caching, or a switch, costs more."""


def gains_below_zero(catalogue: Catalogue, name: str, typed: dict[str, str]) -> list[str]:
    """The amounts and notes that call something below zero a gain, wherever a reader sees them."""
    written: list[str] = []
    for form, ask in (("text", None), ("markdown", Report(""))):
        question = Question(name, typed, form=form) if ask is None else Question(name, typed, ask=ask, form=form)
        lines = catalogue.answer(question).splitlines()
        written += [line for line in lines if line.count("|") <= 3 and line[:4].strip(" -|") != "" and "=" not in line]
    return [line for line in written if GAIN.search(line.partition("−")[0]) and NEGATIVE.search(line)]


def test_each_amount_that_may_be_a_loss_says_so_below_zero() -> None:
    """By its label; those that never are below zero need no other one."""
    never = {"double_quantization_saving"}
    for name in calculator_names():
        for output, kind in kinds(find_calculator(name).outputs).items():
            if isinstance(kind, Amount) and GAIN.search(kind.label) and output not in never:
                assert kind.loss, (name, output)


@BY_NAME
@examples(3, at_night=20)
@given(draws=st.data())
def test_nothing_saves_a_negative_amount(catalogue: Catalogue, name: str, draws: st.DataObject) -> None:
    typed = draws.draw(texts(find_calculator(name).inputs, catalogue.facts), "typed")
    assert gains_below_zero(catalogue, name, typed) == []


@pytest.mark.parametrize("name", COSTING)
def test_a_loss_is_shown_with_its_sign_turned(catalogue: Catalogue, name: str) -> None:
    """On the page, in the terminal and in a report; programs get the number with its sign."""
    typed = COSTING[name]
    answer = json.loads(catalogue.answer(Question(name, typed)))["outputs"]
    declared = kinds(find_calculator(name).outputs)
    losses = {
        output: kind
        for output, kind in declared.items()
        if isinstance(kind, Amount) and kind.loss and (answer[output]["value"] or "0").startswith("-")
    }
    assert losses
    for form in ("text", "html", "markdown"):
        shown = catalogue.answer(Question(name, typed, form=form))
        for kind in losses.values():
            assert kind.loss in shown and kind.label not in shown, (form, kind.label)
    assert gains_below_zero(catalogue, name, typed) == []


def test_the_model_in_use_that_is_cheapest_is_called_so(catalogue: Catalogue) -> None:
    """What the next one costs more stands in place of a switch that would cost its own work alone."""
    listed = json.loads(catalogue.answer(Question("prompting/models", {})))
    rows = next(table["rows"] for table in listed["tables"] if table["name"] == "models")
    models = {entry["name"]: id for id, entry in catalogue.facts.entries("prices").items()}
    text = catalogue.answer(Question("prompting/models", {"model": models[rows[0][0]]}, form="text"))
    words = re.search(r"in use, \$\S+ a month: the cheapest of (\d+); the next, (.+), costs (\$\S+) more\n", text)
    assert words and int(words[1]) == len([row for row in rows if row[2] is not None]) and words[2] == rows[1][0]
    assert "A switch" not in text
