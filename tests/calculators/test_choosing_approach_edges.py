"""Which lever to pull, at its edges: no rung left, ended offers, rungs ruled out, numbers in words."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from calculators.choosing.approach import Advice, Inputs, open_offers, said
from calculators.engine.inputs import understand
from calculators.engine.records import TuningOffer
from calculators.engine.runs import exact
from calculators.views.answer import made
from tests.calculators.every import computed, told
from tests.calculators.test_choosing_approach import APPROACH, CHEAP, GATES, READY, numbers, rows, typed
from tests.engine import rules_by_hand as by_hand

TODAY = "2026-11-21"


def ladder(catalogue: Any, given: dict[str, Any]) -> dict[str, str]:
    """What is said of each rung."""
    return dict(rows(told(catalogue, APPROACH, typed({**READY, **given})), "ladder"))


@pytest.mark.parametrize(("rule", "given", "rung", "covers"), GATES, ids=[gate[0] for gate in GATES])
def test_readiness_is_the_verdict_of_the_rules_for_tuning(catalogue, rule: str, given, rung: str, covers: str) -> None:
    tuning = by_hand.verdict("tuning", numbers({**READY, **given}))
    answer = told(catalogue, APPROACH, typed({**READY, **given}))
    assert answer["outputs"]["readiness"]["value"] == by_hand.file("tuning")["ladder"][tuning]["name"]


def test_without_any_rule_no_rung_is_left(catalogue) -> None:
    inputs = exact(understand(Inputs, {}, catalogue.facts).need())
    ratios = {"volume_ratio": Decimal(1), "stable_intervals": Decimal(1)}
    advice = Advice(dataclasses.replace(inputs, rules=()), ratios)
    assert advice.verdict.answer == "No rung is left"
    assert advice.what_to_do.answer == ""
    assert advice.next_rung.answer == "No further rung: see what would change this advice"
    assert advice.ladder.own is None


def test_a_result_that_nobody_has_measured_is_measured_again(catalogue) -> None:
    """A test set alone does not answer what the result is, so the same rung stays the advice."""
    outputs = told(catalogue, APPROACH, typed({**READY, "result": "unmeasured", "test_set": "no"}))["outputs"]
    assert outputs["next_rung"]["value"] == "Measure again, then answer anew"


def test_the_own_rung_is_marked_and_one_ruled_out_is_told(catalogue) -> None:
    steps = [step["name"] for step in reversed(by_hand.file("approach")["ladder"].values())]
    for given in ({}, CHEAP, {"test_set": "no"}):
        outputs = computed(catalogue, APPROACH, typed({**READY, **given}))
        assert made(outputs.ladder).own == steps.index(made(outputs.verdict).answer)
    states = ladder(catalogue, CHEAP)
    assert states["Keep what works"] == "ruled out"
    assert states["A better prompt"] == "no rule asks for it"


def test_a_number_is_told_by_the_ends_of_its_interval(catalogue) -> None:
    """Ten examples are too few; from fifty on, and below five hundred, they are enough for a pilot."""
    answer = told(catalogue, APPROACH, typed({**READY, "good_examples": 10}))
    by_label = {row[0]: row[1:] for row in rows(answer, "changes")}
    assert by_label["Good examples at hand"] == ["10", "50 to below 500", "Fine-tuning"]
    assert said("volume_ratio", Decimal("1234.5678")) == "1,234.57"


@pytest.fixture
def offer(catalogue) -> TuningOffer:
    """An offer that is open today."""
    offers = catalogue.facts.records("tuning", TuningOffer, catalogue.facts.as_of).values()
    return dataclasses.replace(next(iter(offers)), group="Open", since=TODAY, closed_to_new="", closes="")


def test_offers_are_open_closing_or_ended_on_the_day_of_the_facts(offer: TuningOffer) -> None:
    """A day counts from itself on; a provider has ended training when the last of its models has."""
    yesterday, tomorrow = "2026-11-20", "2026-11-22"

    def of(group: str, **dates: str) -> TuningOffer:
        return dataclasses.replace(offer, group=group, **dates)

    told_of = open_offers(
        (
            offer,
            of("Later", closed_to_new=tomorrow),
            of("Today", closed_to_new=TODAY),
            of("Closing", closed_to_new=TODAY, closes=tomorrow),
            of("Ended", closes=TODAY),
            of("Half", closes=yesterday),
            of("Half", closed_to_new=yesterday, closes=tomorrow),
        )
    )
    assert told_of.sentence == (
        "Of the providers in our data these train for new customers: Later, Open; "
        f"Closing takes no new customers and ends it on {tomorrow}; Ended has ended it; "
        f"Half takes no new customers and ends it on {tomorrow}; Today takes no new customers."
    )
    assert told_of.holds
    assert not open_offers((of("Ended", closes=TODAY),)).holds
