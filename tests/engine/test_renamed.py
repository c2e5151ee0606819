"""A question that was renamed still understands what was typed for it under its earlier names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.domain.records import ModelPrice
from calculators.engine.declare import choice, kinds, lines, number, pick, plan_input_field, share
from calculators.engine.inputs.renames import input_paths_before_rename, inputs_typed_over, renamed_input_path
from calculators.engine.inputs.understanding import understand_inputs
from tests.calculators.answers import BY_NAME, askable

MANY = number("Runs", low=0, high=100, default=3, because="a few", formerly=("times", "tries"))


@dataclass(frozen=True, kw_only=True)
class Inner:
    epochs: Decimal = number("Epochs", low=0, high=100, default=3, because="usual", formerly=("passes",))


@dataclass(frozen=True, kw_only=True)
class Line:
    runs: Decimal = MANY


def plan(inputs: Inner) -> Any:
    return inputs


@dataclass(frozen=True, kw_only=True)
class Inputs:
    requests: Decimal = number("Requests", low=0, high=100, default=5, because="so", formerly=("volume", "calls"))
    repeated: Decimal = share("Repeated", default="0.1", because="so", formerly=("retries",))
    model: ModelPrice = pick("prices", label="Model", default="openai/gpt-6.1-sol", because="so", formerly=("price",))
    tasks: tuple[Line, ...] = lines("Tasks", Line, most=2, default=[], because="none", formerly=("jobs",))
    tuned: Any = plan_input_field("Tuned", plan, shared={}, formerly=("trained",))


OLD = {
    "volume": "requests",
    "calls": "requests",
    "retries": "repeated",
    "price": "model",
    "price.input": "model.input",
    "jobs.2.tries": "tasks.2.runs",
    "tasks.1.times": "tasks.1.runs",
    "trained.passes": "tuned.epochs",
    "tuned.passes": "tuned.epochs",
}


@pytest.mark.parametrize("old", OLD)
def test_an_earlier_name_leads_to_the_present_one(old: str) -> None:
    assert renamed_input_path(Inputs, old) == OLD[old]
    assert old in input_paths_before_rename(Inputs, OLD[old])
    assert OLD[old] not in input_paths_before_rename(Inputs, OLD[old])


@pytest.mark.parametrize("typed", ["requests", "volume", "calls"])
@pytest.mark.parametrize("example", ["requests", "volume", "calls"])
def test_what_is_typed_comes_before_an_example_under_any_name(example: str, typed: str) -> None:
    assert inputs_typed_over(Inputs, {example: "50", "retries": "1"}, {typed: "7"}) == {typed: "7", "retries": "1"}


def test_what_was_typed_under_an_earlier_name_counts(catalogue: Catalogue) -> None:
    typed = {"volume": "7", "price.input": "2", "jobs.2.tries": "9", "trained.passes": "4"}
    reading = understand_inputs(Inputs, typed, catalogue.facts).need()
    values = {
        name: reading.settings[name].value for name in ("requests", "model.input", "tasks.2.runs", "tuned.epochs")
    }
    assert values == {"requests": 7, "model.input": 2, "tasks.2.runs": 9, "tuned.epochs": 4}


def test_the_present_name_wins_over_an_earlier_one(catalogue: Catalogue) -> None:
    reading = understand_inputs(Inputs, {"volume": "7", "requests": "8"}, catalogue.facts).need()
    assert reading.settings["requests"].value == 8


def test_what_never_was_an_input_is_a_problem(catalogue: Catalogue) -> None:
    reading = understand_inputs(Inputs, {"volumes": "7", "__proto__": "1", "model.": "2"}, catalogue.facts)
    assert reading.unknown == ["volumes", "__proto__", "model."] and set(reading.problems) == set(reading.unknown)


@BY_NAME
def test_no_earlier_name_is_a_present_one(name: str) -> None:
    inputs = find_calculator(name).inputs
    paths = askable(name)
    for path in paths:
        assert renamed_input_path(inputs, path) == path
        assert not set(input_paths_before_rename(inputs, path)) & set(paths)
    assert all(isinstance(kind.formerly, tuple) for kind in kinds(inputs).values())


@dataclass(frozen=True, kw_only=True)
class Chosen:
    tier: str = choice(
        "Tier",
        {"usual": "usual", "batch": "in a batch"},
        default="usual",
        because="so",
        formerly=("in_batch",),
        former_words={"yes": "batch", "no": "usual"},
    )


@pytest.mark.parametrize(("name", "word", "meant"), [("in_batch", "yes", "batch"), ("tier", "no", "usual")])
def test_what_answered_the_former_question_is_understood(
    catalogue: Catalogue, name: str, word: str, meant: str
) -> None:
    assert understand_inputs(Chosen, {name: word}, catalogue.facts).need().settings["tier"].value == meant
