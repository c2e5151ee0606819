"""Which lever to pull, at its edges: no rung left, ended offers, rungs ruled out, numbers in words."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.approach.advice import ApproachAdvice
from calculators.choosing.approach.answers import COMPUTED, approach_answer_in_words, approach_interval_in_words
from calculators.choosing.approach.inputs import Inputs
from calculators.choosing.approach.notes import approach_open_offers_note
from calculators.domain.records import TuningOffer
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.questions.question import Question
from calculators.engine.rules import RuleBetween
from tests.calculators.answers import answer_json, computed
from tests.calculators.choosing.test_approach import APPROACH, CHEAP, GATES, READY, numbers, rows, typed
from tests.engine.rules import by_hand

TODAY = "2026-11-21"


def ladder(catalogue: Catalogue, given: dict[str, Any]) -> dict[str, str]:
    """What is said of each rung."""
    return dict(rows(answer_json(catalogue, APPROACH, typed({**READY, **given})), "ladder"))


@pytest.mark.parametrize(("rule", "given", "rung", "covers"), GATES, ids=[gate[0] for gate in GATES])
def test_readiness_is_the_verdict_of_the_rules_for_tuning(
    catalogue: Catalogue, rule: str, given: dict[str, Any], rung: str, covers: str
) -> None:
    tuning = by_hand.verdict("tuning", numbers({**READY, **given}))
    answer = answer_json(catalogue, APPROACH, typed({**READY, **given}))
    assert answer["outputs"]["readiness"]["value"] == by_hand.file("tuning")["ladder"][tuning]["name"]


def test_without_any_rule_no_rung_is_left(catalogue: Catalogue) -> None:
    inputs = exact_run_inputs(understand_inputs(Inputs, {}, catalogue.facts).need())
    advice = ApproachAdvice(dataclasses.replace(inputs, rules=()), dict.fromkeys(COMPUTED, Decimal(1)))
    assert advice.verdict.answer == "No rung is left"
    assert advice.what_to_do.answer == ""
    assert advice.next_rung.answer == "No further rung: see what would change this advice"
    assert advice.ladder.own is None


def test_a_result_that_nobody_has_measured_is_measured_again(catalogue: Catalogue) -> None:
    """A test set alone does not answer what the result is, so the same rung stays the advice."""
    outputs = answer_json(catalogue, APPROACH, typed({**READY, "result": "unmeasured", "test_set": "no"}))["outputs"]
    assert outputs["next_rung"]["value"] == "Measure again, then answer anew"


def test_the_same_rung_again_has_a_reason_of_its_own(catalogue: Catalogue) -> None:
    """Few facts get lost in the prompt; with retrieval in place, the rule about what it misses speaks."""
    outputs = answer_json(catalogue, APPROACH, typed({**READY, "behavior": "right", "facts": "few"}))["outputs"]
    because = by_hand.file("approach")["rules"]["retrieval-misses"]["because"].strip()
    assert outputs["next_rung"]["value"] == f"Retrieval again. {because}"


@pytest.mark.parametrize(
    ("given", "contradiction"),
    [
        ({"test_set": "no"}, ["There is no test set"]),
        ({"test_set": "no", "result": "unmeasured"}, []),
        ({"test_set": "yes", "result": "unmeasured"}, []),
        ({"retrieval": "yes", "facts": "none"}, ["Retrieval is in place, and you answered"]),
        ({"retrieval": "yes", "facts": "many"}, []),
        ({"retrieval": "no", "facts": "none"}, []),
    ],
)
def test_answers_that_cannot_both_hold_are_pointed_out(
    catalogue: Catalogue, given: dict[str, Any], contradiction: list[str]
) -> None:
    listed = answer_json(catalogue, APPROACH, typed({**READY, **given}))["notes"]
    contradictions = ("There is no test set", "Retrieval is in place, and you answered")
    assert [words for words in contradictions if any(note.startswith(words) for note in listed)] == contradiction


def test_the_own_rung_is_marked_and_one_ruled_out_is_told(catalogue: Catalogue) -> None:
    for given in ({}, CHEAP, {"test_set": "no"}):
        outputs = computed(catalogue, APPROACH, typed({**READY, **given}))
        table = output_value(outputs.ladder)
        assert table.own is not None
        assert table.rows[table.own][0] == output_value(outputs.verdict).answer
    states = ladder(catalogue, CHEAP)
    assert states["Keep what works"] == "ruled out"
    assert not [name for name in states if "A better prompt" in name]


@pytest.mark.parametrize(
    ("given", "states"),
    [
        (CHEAP, ["ruled out", *["not asked for"] * 5, "you are here: Distillation"]),
        (
            {"few_shot_examples": "no", "facts": "many"},
            [*["not asked for"] * 3, "you are here: Few-shot examples", "not asked for", "later", "not asked for"],
        ),
    ],
)
def test_a_step_says_what_the_rules_say_of_its_rungs(
    catalogue: Catalogue, given: dict[str, Any], states: list[str]
) -> None:
    """The target that is reached at a price is no reason to stop; retrieval waits while there are no examples."""
    assert [row[1] for row in rows(answer_json(catalogue, APPROACH, typed({**READY, **given})), "steps")] == states


def test_a_step_waits_while_one_of_its_rungs_is_not_ruled_out(catalogue: Catalogue) -> None:
    """Training alone is ruled out where retrieval stays, training besides retrieval is not."""
    given = typed({**READY, "format": "unenforced", "retrieval": "yes", "facts": "many"})
    assert rows(answer_json(catalogue, APPROACH, given), "steps")[6] == ["7. Fine-tuning", "later"]


def test_a_number_is_told_by_the_ends_of_its_interval(catalogue: Catalogue) -> None:
    """Ten examples are too few; from fifty on, and below five hundred, they are enough for a pilot."""
    answer = answer_json(catalogue, APPROACH, typed({**READY, "good_examples": 10}))
    by_label = {row[0]: row[1:] for row in rows(answer, "changes")}
    assert by_label["Good examples at hand"] == ["10", "50 to below 500", "Fine-tuning"]
    assert approach_answer_in_words("stable_intervals", Decimal("1234.5678")) == "1,234.57"
    assert approach_answer_in_words("volume_ratio", Decimal("0.0333333")) == "3.3%"


def test_an_interval_without_ends_says_nothing() -> None:
    assert approach_interval_in_words("good_examples", RuleBetween(None, None)) == ""


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Fine-tuning: your requests are 100% of break-even"),
        ({"volume_ratio": "2.5"}, "Fine-tuning: your requests are 250% of break-even"),
        ({**CHEAP, "cascade_cost": "0.99"}, "A router or a cascade: 99% of the cost of the large model alone"),
        ({"test_set": "no"}, None),
        ({"facts": "many"}, None),
    ],
)
def test_the_verdict_says_the_figure_that_speaks_of_its_cost(
    catalogue: Catalogue, given: dict[str, Any], sentence: str | None
) -> None:
    amounts = output_value(computed(catalogue, APPROACH, typed({**READY, **given})).verdict).amounts
    assert (amounts.sentence if amounts and amounts.holds else None) == sentence


@pytest.fixture
def offer(catalogue: Catalogue) -> TuningOffer:
    """An offer that is open today."""
    offers = catalogue.facts.records("tuning", TuningOffer, catalogue.facts.as_of).values()
    return dataclasses.replace(next(iter(offers)), group="Open", since=TODAY, closed_to_new="", closes="")


def test_offers_are_open_closing_or_ended_on_the_day_of_the_facts(offer: TuningOffer) -> None:
    """A day counts from itself on; a provider has ended training when the last of its models has."""
    yesterday, tomorrow = "2026-11-20", "2026-11-22"

    def offer_of(group: str, **dates: Any) -> TuningOffer:
        return dataclasses.replace(offer, group=group, **dates)

    told_of = approach_open_offers_note(
        (
            offer,
            offer_of("Later", closed_to_new=tomorrow),
            offer_of("Today", closed_to_new=TODAY),
            offer_of("Closing", closed_to_new=TODAY, closes=tomorrow),
            offer_of("Ended", closes=TODAY),
            offer_of("Half", closes=yesterday),
            offer_of("Half", closed_to_new=yesterday, closes=tomorrow),
        )
    )
    assert told_of.sentence == (
        "Of the providers in our data these train for new customers: Later, Open; "
        f"Closing takes no new customers and ends it on {tomorrow}; Ended has ended it; "
        f"Half takes no new customers and ends it on {tomorrow}; Today takes no new customers."
    )
    assert told_of.holds
    assert not approach_open_offers_note((offer_of("Ended", closes=TODAY),)).holds


SMALL = {"requests": "50k", "break_even_requests": "1.5M", "good_examples": "200"}
"""A thirtieth of the break-even volume, with enough examples for a pilot."""


def test_too_little_volume_is_waived_in_words_where_latency_matters(catalogue: Catalogue) -> None:
    given = {**typed(READY), **SMALL, "facts": "changing"}
    waived, held = (answer_json(catalogue, APPROACH, {**given, "latency": word}) for word in ("yes", "no"))
    assert waived["outputs"]["readiness"]["value"] == "Yes: as a pilot"
    assert held["outputs"]["readiness"]["value"] == "No: too little volume"
    waiver = "That is waived because you answered that latency matters"
    assert [waiver in note for note in waived["notes"]] == [True, False]
    assert not [note for note in held["notes"] if waiver in note]
    text = catalogue.answer(Question(APPROACH, {**given, "latency": "yes"}, form="text"))
    assert " 3.3%\n" in text and "as a share of break-even" in text


def test_a_reason_of_the_verdict_is_not_repeated_below_it(catalogue: Catalogue) -> None:
    answer = answer_json(catalogue, APPROACH, {**typed(READY), **SMALL, "latency": "yes"})
    waiver = "That is waived because you answered that latency matters"
    assert answer["outputs"]["verdict"]["value"] == "Fine-tuning"
    assert [reason for reason in answer["outputs"]["verdict"]["reasons"] if waiver in reason]
    assert not [note for note in answer["notes"] if waiver in note]


@pytest.mark.parametrize(
    ("given", "readiness"),
    [
        ({"test_set": "no"}, "No: nothing is measured yet"),
        ({"result": "unmeasured"}, "No: nothing is measured yet"),
        ({"provider": "closed"}, "No: the provider does not train"),
        ({"provider": "closing"}, "No: the provider does not train"),
    ],
)
def test_a_share_of_break_even_is_shown_only_where_training_is_possible(
    catalogue: Catalogue, given: dict[str, str], readiness: str
) -> None:
    typed_answers = {**typed(READY), **SMALL, **given}
    outputs = answer_json(catalogue, APPROACH, typed_answers)["outputs"]
    assert outputs["readiness"]["value"] == readiness
    assert outputs["volume_ratio"]["value"] is outputs["stable_intervals"]["value"] is None
    for form in ("text", "html", "markdown"):
        written = catalogue.answer(Question(APPROACH, typed_answers, form=form))
        assert "a share of break-even" not in written.partition("What would change")[0], form
    known = answer_json(catalogue, APPROACH, {**typed(READY), **SMALL})["outputs"]
    assert (known["volume_ratio"]["value"] or "").startswith("0.0333")
