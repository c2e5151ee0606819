"""What fine-tuning costs at its edges: figures that are missing or change alone, limits met exactly, nothing to do."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from calculators.engine.answering.runs import exact_run_inputs, traced_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import bare_value
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.training import retraining_labor
from calculators.fine_tuning.cost.year import tuning_hours_of_year
from macros.facts import facts_text
from tests.calculators.fine_tuning.cost.by_hand import bill
from tests.calculators.fine_tuning.cost.projects import (
    COST,
    FACTS,
    FIREWORKS,
    GPUS,
    H100,
    MINI,
    OFFERS,
    QWEN,
    RTX,
    SMALL,
    TODAY,
    agrees,
    ask,
    equal,
    notes_of,
    with_changes,
)


def altered(collection: str, id: str, name: str, *values: list[str], unit: str = "") -> tuple[Any, dict[str, Any]]:
    """The calculators over facts in which one figure has other dated values, or none; and those facts."""
    facts = json.loads(facts_text())
    entry = facts["collections"][collection][id]["facts"]
    like = entry.pop(name, None) or next(iter(entry.values()))
    if values:
        entry[name] = {**like, "unit": unit or like["unit"], "values": list(values)}
    return load(json.dumps(facts)), facts


@pytest.mark.parametrize("since", ["2026-12-01", "2027-01-01", "2027-03-01"])
def test_the_rent_of_a_gpu_may_change_alone(since: str) -> None:
    """After the first month, or after some."""
    catalogue, facts = altered("gpus", H100, "rent", ["2026-01-01", "3"], [since, "9.5"])
    agrees(ask(catalogue), bill(SMALL, facts, QWEN, H100, TODAY))


def test_a_gpu_without_a_published_rent_costs_what_is_typed() -> None:
    catalogue, facts = altered("gpus", RTX, "rent")
    agrees(ask(catalogue, gpu=RTX), bill(SMALL, facts, QWEN, RTX, TODAY))
    assert ask(catalogue, gpu=RTX).hosting_per_month == 0
    assert ask(catalogue, gpu=RTX, overrides={"gpu.rent": "2"}).hosting_per_month == 2 * 730


@pytest.mark.parametrize(("end", "counted"), [("2027-10-31", 1), ("2027-11-01", 0)])
def test_a_base_counts_if_it_stops_within_twelve_months(end: str, counted: int) -> None:
    """November 2026 is the first of them, so October 2027 is the last."""
    catalogue, facts = altered("tuning", QWEN, "retires", ["2026-09-01", end], unit="date")
    project = with_changes(SMALL, retrain_months=0)
    answer = ask(catalogue, project, day="2026-11-30")
    assert answer.retrainings == counted
    agrees(answer, bill(project, facts, QWEN, H100, "2026-11-30"))


def test_a_project_that_never_tests_does_not_test_a_retraining_either(catalogue: Catalogue) -> None:
    untested, tested = (ask(catalogue, with_changes(SMALL, evaluations=count)) for count in (0, 1))
    assert equal(tested.retraining_cost - untested.retraining_cost, tested.evaluation_cost)
    assert tested.evaluation_cost > 0
    assert ask(catalogue, with_changes(SMALL, evaluations=9)).retraining_cost == tested.retraining_cost


@pytest.mark.parametrize("instructions", [99, 100, 101])
def test_instructions_are_cached_from_the_smallest_length_on(catalogue: Catalogue, instructions: int) -> None:
    overrides = {"offer.smallest_prefix": "100", "offer.input": "1", "offer.cached_read": "0.1", "offer.output": "3"}
    project = with_changes(SMALL, hosting="serverless", instructions=instructions)
    agrees(
        ask(catalogue, project, overrides=overrides),
        bill(project, json.loads(facts_text()), QWEN, H100, TODAY, overrides),
    )


def test_a_missing_price_of_training_is_told_where_it_would_be_paid() -> None:
    catalogue, _ = altered("tuning", QWEN, "training")
    for place, expected in (("provider", True), ("gpus", False)):
        words = notes_of(ask(catalogue, with_changes(SMALL, training_on=place)))
        assert ("No training price is published for this offer" in words) is expected
        assert "Whether validation tokens are billed" not in words


@pytest.mark.parametrize(("hosting", "upkeep"), [("dedicated", 12 * 4), ("owned", 12 * (4 + 3))])
def test_the_hours_of_a_year(catalogue: Catalogue, hosting: str, upkeep: int) -> None:
    """500 examples of 4 minutes, 4 times 200 answers of a minute; one retraining with three tenths of the work."""
    project = with_changes(SMALL, hosting=hosting, hardware_hours=3)
    understood = understand_inputs(Inputs, project.typed(QWEN, H100, TODAY, {}), catalogue.facts)
    hours = tuning_hours_of_year(exact_run_inputs(understood.need()))
    making, grading = Fraction(500 * 4, 60), Fraction(200, 60)
    assert (hours.prompt, hours.setup, hours.upkeep) == (24, 40, upkeep)
    assert equal(hours.examples, making + 4 * grading)
    assert equal(hours.retraining, (making + 40) * Fraction(3, 10) + grading)


def test_people_and_runs_are_told_with_what_they_cost(catalogue: Catalogue) -> None:
    answer = ask(catalogue)
    (people,) = [note for note in output_value(answer.notes) if note.words.startswith("People's time before the start")]
    assert people.holds and people.numbers["labor"][0] == answer.labor
    assert equal(people.numbers["runs"][0], Fraction(answer.training_cost) + Fraction(answer.failed_cost))
    assert answer.failed_cost > 0


def test_a_single_run_that_fails_may_be_free(catalogue: Catalogue) -> None:
    for failed_runs, expected in ((1, True), (0, False)):
        project = with_changes(SMALL, failed_runs=failed_runs)
        words = notes_of(ask(catalogue, project, overrides={"offer.bills_failed": "0"}))
        assert ("This provider bills no run that fails" in words) is expected


def test_the_working_rents_where_the_weights_are_not_in_ones_own_hands(catalogue: Catalogue) -> None:
    """The provider keeps them and trains, so that bought hardware serves nothing."""
    typed = with_changes(SMALL, hosting="owned", hardware_price=7200).typed(FIREWORKS, H100, TODAY, {})
    understood = understand_inputs(Inputs, typed, catalogue.facts).need()
    exact, traced = (find_calculator(COST).formula(run(understood)) for run in (exact_run_inputs, traced_run_inputs))
    for name in ("hosting_per_month", "first_year", "upkeep_per_month"):
        both = (bare_value(output_value(getattr(run, name))) for run in (exact, traced))
        assert next(both) == next(both), name


def test_without_a_known_speed_only_people_cost_something_in_a_test(catalogue: Catalogue) -> None:
    """800 answers are graded in a minute each, at $100 an hour; how long a GPU takes for them is not known."""
    unmeasured = next(gpu for gpu in GPUS if "throughput_low" not in FACTS["collections"]["gpus"][gpu]["facts"])
    answer = ask(catalogue, gpu=unmeasured, overrides={"gpu.rent": "1000"})
    assert equal(answer.evaluation_cost, Fraction(800 * 100, 60))


@pytest.mark.parametrize("place", ["provider", "gpus"])
@pytest.mark.parametrize("hosting", ["serverless", "dedicated", "owned"])
@pytest.mark.parametrize("offer", [QWEN, MINI, FIREWORKS])
def test_where_it_is_trained_and_where_it_runs(catalogue: Catalogue, offer: str, hosting: str, place: str) -> None:
    """One offer gives the weights away and sells tokens, one keeps them, and one rents machines out."""
    project = with_changes(SMALL, hosting=hosting, training_on=place, hardware_price=7200, training_gpus=4)
    answer = ask(catalogue, project, offer)
    agrees(answer, bill(project, FACTS, offer, H100, TODAY))


def test_tokens_of_a_grader_come_on_top_of_each_run(catalogue: Catalogue) -> None:
    """A million tokens at $3 and two million at $5 are $13, in each of three runs."""
    grader = {"grader_input_tokens": 10**6, "grader_input_price": 3}
    grader |= {"grader_output_tokens": 2 * 10**6, "grader_output_price": 5}
    graded = ask(catalogue, with_changes(SMALL, **grader)).training_cost
    assert equal(Fraction(graded) - Fraction(ask(catalogue).training_cost), 3 * 13)


@pytest.mark.parametrize(("evaluations", "graded"), [(0, 0), (1, 200), (4, 200)])
def test_a_retraining_is_graded_once_if_anything_is(catalogue: Catalogue, evaluations: int, graded: int) -> None:
    """Three tenths of 40 hours and of 500 examples of four minutes, and a minute for each of 200 answers."""
    project = with_changes(SMALL, evaluations=evaluations)
    inputs = exact_run_inputs(understand_inputs(Inputs, project.typed(QWEN, H100, TODAY, {}), catalogue.facts).need())
    again = (Fraction(500 * 4, 60) + 40) * Fraction(3, 10)
    assert equal(tuning_hours_of_year(inputs).retraining, again + Fraction(graded, 60))
    work = retraining_labor(inputs, Decimal(7000), Decimal(300))
    assert work == 2100 + (300 if graded else 0)
    often = replace(inputs, retrain_months=Decimal(3))
    assert equal(tuning_hours_of_year(often).retraining, 3 * (again + Fraction(graded, 60)))


def test_a_single_token_of_validation_is_told(catalogue: Catalogue) -> None:
    published = FACTS["collections"]["tuning"]
    offer = next(id for id in OFFERS if {"training", "bills_validation"} & set(published[id]["facts"]) == {"training"})
    for tokens, expected in ((1, True), (0, False)):
        project = with_changes(SMALL, validation_examples=1, validations=1, tokens_per_example=tokens)
        words = notes_of(ask(catalogue, project, offer))
        assert ("Whether validation tokens are billed is not known" in words) is expected
