"""A question that does not apply takes its default in every run, and what was typed for it stays in links and forms."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.answering.runs import exact_run_inputs, float_run_inputs
from calculators.engine.declare import Choice, InputKind, Lines, NumberInput, Pick, YesNo, kinds
from calculators.engine.inputs.questions import ABOVE
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Headline, Question, Ranges
from tests.calculators.every.asked.idle import different_answers, owner_answers

COST = "prompting/cost"
EXTENDED = {"caching": "no", "lifetime": "extended", "model": "anthropic/claude-sonnet-5-5"}
"""A lifetime is typed and nothing is cached; the model sells this lifetime at a price of its own."""


def conditional(name: str) -> Iterator[tuple[str, InputKind]]:
    """The questions of a calculator that hang on another one, those of its plans included."""
    questions = kinds(find_calculator(name).inputs)
    for path, kind in questions.items():
        if isinstance(kind, NumberInput | Choice | YesNo | Pick) and kind.only_if and kind.only_if[0] in questions:
            yield path, kind


def unmet(name: str, condition: tuple[str, ...], catalogue: Catalogue) -> list[str]:
    """The answers to the question of a condition that do not meet it; a number that cannot be so small is left open."""
    path, *words = condition
    owner = kinds(find_calculator(name).inputs)[path]
    if words[0] in ABOVE:
        return [str(ABOVE[words[0]]) if owner.low <= ABOVE[words[0]] else ""]
    return [word for word in owner_answers(owner, catalogue.facts) if word not in words]


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", [name for name in calculator_names() if any(conditional(name))])
def test_a_question_that_does_not_apply_takes_its_default(name: str, catalogue: Catalogue) -> None:
    """Whatever is typed for it, each run has the inputs that it has without it."""
    inputs = find_calculator(name).inputs
    for path, kind in conditional(name):
        assert not isinstance(kinds(inputs)[kind.only_if[0]], Lines)
        for word in unmet(name, kind.only_if, catalogue):
            without = understand_inputs(inputs, {kind.only_if[0]: word}, catalogue.facts)
            for text in different_answers(kind, catalogue.facts):
                given = {kind.only_if[0]: word, path: text}
                reading = understand_inputs(inputs, given, catalogue.facts)
                assert reading.need().settings[path].typed == text, given
                assert exact_run_inputs(reading) == exact_run_inputs(without), given


def test_a_lifetime_counts_only_where_something_is_cached(catalogue: Catalogue) -> None:
    """Reads to pay for a write are those of the usual lifetime, (2.5 − 2) ÷ (2 − 0.2), not (4 − 2) ÷ (2 − 0.2)."""
    usual = {name: text for name, text in EXTENDED.items() if name != "lifetime"}
    answers = [json.loads(catalogue.answer(Question(COST, given))) for given in (EXTENDED, usual)]
    assert answers[0]["outputs"] == answers[1]["outputs"]
    assert answers[0]["tables"] == answers[1]["tables"]
    bought = json.loads(catalogue.answer(Question(COST, {**EXTENDED, "caching": "yes"})))
    assert bought["outputs"]["reuses_to_pay"] != answers[0]["outputs"]["reuses_to_pay"]


def test_what_was_typed_for_it_stays_where_the_question_may_apply_again(catalogue: Catalogue) -> None:
    """In the inputs that are echoed as JSON, in a link and in a file; the line of its fold does not name it."""
    echoed = json.loads(catalogue.answer(Question(COST, EXTENDED)))["inputs"]
    assert echoed["lifetime"]["value"] == "extended"
    assert "lifetime=extended" in catalogue.answer(Question(COST, EXTENDED, form="command"))
    scenario = json.loads(catalogue.answer(Question(COST, EXTENDED, form="scenario")))
    assert scenario["given"]["lifetime"] == "extended"
    fields = json.loads(catalogue.answer(Question(COST, EXTENDED, form="page")))["fields"]
    assert fields["lifetime"]["gone"] == "yes"
    assert fields[":fold Caching"]["published"].startswith("<strong>1 changed</strong> · Prompt caching: no · Hours")


def test_where_a_number_moves_what_hangs_on_it_counts_as_typed(catalogue: Catalogue) -> None:
    """A sweep over failed runs begins at none, where nobody is asked how much of them is paid."""
    inputs = find_calculator("fine_tuning/cost").inputs
    path = next(
        path for path, kind in kinds(inputs).items() if kind.conditions and kind.only_if[:1] == ("failed_runs",)
    )
    reading = understand_inputs(inputs, {"failed_runs": "0", path: "0.9"}, catalogue.facts).need()
    assert getattr(float_run_inputs(reading), path) == 0.9
    assert getattr(exact_run_inputs(reading), path) != reading.settings[path].value


def test_a_range_for_it_is_none(catalogue: Catalogue) -> None:
    """The headline is an amount again, and ranges are those that come ready."""
    given = {"people": "no", "prompt_hours": "10..30"}
    spoken = [
        json.loads(catalogue.answer(Question(COST, asked, ask=Headline(), form="page")))["spoken"]
        for asked in (given, {"people": "no"})
    ]
    assert spoken[0] == spoken[1]
    ready = json.loads(catalogue.answer(Question(COST, given, ask=Ranges())))["ready"]
    assert ready and "prompt_hours" not in ready
