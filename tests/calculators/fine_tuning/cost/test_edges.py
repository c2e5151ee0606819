"""What fine-tuning costs at its edges: figures that are missing or change alone, limits met exactly, nothing to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from macros.facts import facts_text
from tests.calculators.fine_tuning.cost.by_hand import bill
from tests.calculators.fine_tuning.cost.projects import (
    H100,
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


def test_the_rent_of_a_gpu_may_change_alone() -> None:
    catalogue, facts = altered("gpus", H100, "rent", ["2026-01-01", "3"], ["2027-03-01", "9.5"])
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
