"""Which lever to pull: every gate of the ladder by the rule that decides it, and what is made of the rules."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.choosing.approach.advice import CHAIN
from calculators.choosing.approach.answers import (
    COMPUTED,
    approach_answer_in_words,
    approach_answer_words,
    approach_question_label,
)
from calculators.choosing.approach.inputs import Inputs
from calculators.discovery import find_calculator
from calculators.engine.declare import Choice, NumberInput, YesNo, kinds
from calculators.engine.numbers.units import REQUESTS_PER_MONTH
from calculators.engine.questions.question import Question
from calculators.engine.rules import Decision, Rule, Rung, decision_chain, parse_rule_decisions
from macros.facts import facts_text
from tests.calculators.answers import answer_json
from tests.engine.rules import by_hand
from tests.json_types import JsonObject

APPROACH = "choosing/approach"

READY = {
    "test_set": "yes",
    "result": "plateau",
    "cost_and_latency": "fine",
    "facts": "none",
    "behavior": "wrong",
    "format": "enforced",
    "structured_prompt": "yes",
    "few_shot_examples": "yes",
    "retrieval": "no",
    "effort_compared": "yes",
    "tool_use": "unneeded",
    "cascade_cost": "1.1",
    "cascade_quality": 1,
    "provider": "open",
    "urgent": "no",
    "task": "narrow",
    "latency": "no",
    "good_examples": 500,
    "volume_ratio": 1,
    "stable_intervals": 1,
}
"""A task for which fine-tuning is right: change one answer and it is not."""

CHEAP = {"result": "reached", "cost_and_latency": "still_too_high"}
GAP = {"result": "improving", "behavior": "right"}
SLIPS = {"behavior": "slips"}

# Rule, what differs from READY, the rung it leads to, and what of the research it stands for: the gates of the ladder
# (G) and the rows C of the content map.
GATES: list[tuple[str, dict[str, Any], str, str]] = [
    ("approach/no-test-set", {"test_set": "no"}, "test_set", "G-test-set C054"),
    ("approach/not-measured", {"result": "unmeasured"}, "test_set", "G-test-set G-plateau-measured"),
    ("approach/target-reached", {"result": "reached"}, "stop", "C055 C113"),
    ("approach/reached-at-a-price", {**CHEAP}, "distillation", "G-latency C046"),
    ("approach/less-effort-first", {**CHEAP, "effort_compared": "no"}, "less_effort", "G-effort"),
    ("approach/lighten-first", {**CHEAP, "cost_and_latency": "too_high"}, "lighter", "G-latency C051"),
    ("approach/cascade-pays", {**CHEAP, "cascade_cost": "0.99"}, "cascade", "G-cascade"),
    ("approach/still-too-heavy", {**CHEAP}, "distillation", "G-distillation G-latency C046 C051 C052 C114"),
    ("approach/large-model-writes-examples", {**CHEAP, "good_examples": 10}, "distillation", "G-distillation"),
    ("approach/heavy-but-not-ready", {**CHEAP, "task": "varied"}, "stay", "C059"),
    ("approach/facts-too-heavy", {**CHEAP, "facts": "many"}, "retrieval", "G-facts C057"),
    ("approach/schema-not-enforced", {"format": "unenforced"}, "structured_output", "G-schema C114"),
    ("approach/prompt-not-structured", {"structured_prompt": "no"}, "prompt", "G-rung-1 C041 C049 C055 C056 C058 C115"),
    ("approach/facts-fit-the-prompt", {**GAP, "structured_prompt": "no", "facts": "few"}, "prompt", "G-facts C055"),
    (
        "approach/wording-adds-no-facts",
        {**GAP, "structured_prompt": "no", "facts": "changing"},
        "retrieval",
        "G-facts C055",
    ),
    ("approach/examples-not-tried", {"few_shot_examples": "no"}, "examples", "G-rung-2 C049 C055 C056 C058 C112"),
    ("approach/reasoning-slips", {**SLIPS, "effort_compared": "no"}, "more_effort", "G-effort"),
    ("approach/tools-missing", {"tool_use": "missing"}, "tools", "G-tools"),
    ("approach/exact-steps-into-code", {**SLIPS}, "tools", "G-tools"),
    ("approach/slips-remain", {**SLIPS, "tool_use": "connected"}, "stay", "G-effort"),
    ("approach/facts-missing", {"facts": "many"}, "retrieval", "G-facts C055 C057 C115"),
    ("approach/facts-change", {"facts": "changing"}, "retrieval", "G-facts C055 C060 C115"),
    ("approach/facts-lost-in-the-prompt", {"behavior": "right", "facts": "few"}, "retrieval", "G-facts"),
    ("approach/retrieval-misses", {"behavior": "right", "facts": "many", "retrieval": "yes"}, "retrieval", "G-facts"),
    ("approach/still-improving", {"result": "improving"}, "stay", "G-plateau-measured C041 C046 C060 C111"),
    ("approach/plateau", {}, "fine_tuning", "G-plateau-measured C015 C050 C053 C055 C114 C115"),
    ("approach/retrieval-stays", {"retrieval": "yes", "facts": "many"}, "hybrid", "G-both"),
    ("approach/plateau-but-not-ready", {"good_examples": 49}, "stay", "C054"),
    ("approach/failure-not-named", {"behavior": "right"}, "stay", "C053"),
    ("tuning/training-closing", {"provider": "closing"}, "stay", "G-provider"),
    ("tuning/training-not-offered", {"provider": "closed"}, "stay", "G-provider"),
    ("tuning/needed-soon", {"urgent": "yes"}, "stay", "C041 C046"),
    ("tuning/work-varies", {"task": "varied"}, "stay", "C015 C041 C046 C052 C111"),
    ("tuning/task-will-change", {"stable_intervals": "0.99"}, "stay", "G-stable C015 C041 C054 C060"),
    ("tuning/examples-missing", {"good_examples": 49}, "stay", "G-examples C015 C059"),
    ("tuning/volume-too-small", {"volume_ratio": "0.99"}, "stay", "G-volume C041 C046 C050 C054 C111 C115"),
    ("tuning/nothing-to-judge-by", {"test_set": "no"}, "test_set", "G-test-set"),
    ("tuning/nothing-to-compare-with", {"result": "unmeasured"}, "test_set", "G-test-set"),
    ("tuning/speed-counts", {"volume_ratio": "0.99", "latency": "yes"}, "fine_tuning", "G-volume G-latency"),
    ("tuning/enough-for-a-pilot", {"good_examples": 50}, "fine_tuning", "G-examples C053"),
    ("tuning/enough-to-train", {}, "fine_tuning", "G-examples C015"),
]

GATE_NAMES = {
    "G-test-set",
    "G-schema",
    "G-provider",
    "G-latency",
    "G-effort",
    "G-tools",
    "G-cascade",
    "G-distillation",
    "G-facts",
    "G-rung-1",
    "G-rung-2",
    "G-plateau-measured",
    "G-stable",
    "G-volume",
    "G-examples",
    "G-both",
}
ROWS = {"C015", "C041", "C046", *(f"C{row:03}" for row in range(49, 61)), *(f"C{row}" for row in range(111, 116))}


def facts() -> JsonObject:
    """The facts as plain objects."""
    loaded: JsonObject = json.loads(facts_text())
    return loaded


@pytest.fixture(scope="module")
def ours(catalogue: Catalogue) -> tuple[Decision, ...]:
    """The decisions of the calculator, in their order."""
    every = catalogue.facts
    rules, rungs = every.records("rules", Rule, every.as_of), every.records("rungs", Rung, every.as_of)
    by_name = parse_rule_decisions(tuple(rules.values()), tuple(rungs.values()))
    return tuple(by_name[name] for name in CHAIN)


def numbers(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers with their numbers as decimals."""
    return {
        question: Decimal(answer) if question in (*COMPUTED, "good_examples") else answer
        for question, answer in answers.items()
    }


def without(chain_decisions: tuple[Decision, ...], rule: str) -> tuple[Decision, ...]:
    """The decisions without one rule."""
    return tuple(
        dataclasses.replace(decision, rules=tuple(ruling for ruling in decision.rules if ruling.id != rule))
        for decision in chain_decisions
    )


@pytest.mark.parametrize(("rule", "given", "rung", "covers"), GATES, ids=[gate[0] for gate in GATES])
def test_a_gate_is_decided_by_its_rule(
    ours: tuple[Decision, ...], rule: str, given: dict[str, Any], rung: str, covers: str
) -> None:
    """The rule fires and leads to the rung; without it the advice, or its reasons and readiness, would be another."""
    answers = numbers({**READY, **given})
    verdicts = decision_chain(ours, answers)
    assert verdicts[-1].rung == rung
    assert rule in [ruling.id for verdict in verdicts for ruling in verdict.fired]
    lesser = decision_chain(without(ours, rule), answers)
    assert [verdict.rung for verdict in lesser] != [verdict.rung for verdict in verdicts]
    # By hand, from the YAML file itself.
    tuning = by_hand.verdict("tuning", answers)
    assert by_hand.verdict("approach", {**answers, "tuning": tuning}) == rung


def test_every_gate_and_row_has_a_rule_and_every_rule_a_gate(ours: tuple[Decision, ...]) -> None:
    covered = {word for *_, covers in GATES for word in covers.split()}
    assert covered == GATE_NAMES | ROWS
    rules = [rule for rule, *_ in GATES]
    assert sorted(rules) == sorted(ruling.id for decision in ours for ruling in decision.rules)


LETS_PASS = [
    ("latency makes up for volume", {"volume_ratio": "0.5", "latency": "yes"}, "fine_tuning"),
    ("a schema that is enforced is no reason to train", {"behavior": "right"}, "stay"),
    ("a few facts stay in the prompt", {"facts": "few"}, "fine_tuning"),
    ("quality comes before price", {"cost_and_latency": "too_high"}, "fine_tuning"),
    ("both facts and behavior", {"facts": "changing", "retrieval": "yes"}, "hybrid"),
    ("facts come first where both are missing", {"facts": "changing"}, "retrieval"),
    ("an unmeasured plateau is none", {"result": "unmeasured"}, "test_set"),
    ("too dear with retrieval", {**CHEAP, "facts": "many", "retrieval": "yes"}, "distillation"),
    ("a cascade that misses the target", {**CHEAP, "cascade_cost": "0.5", "cascade_quality": "0.99"}, "distillation"),
    ("a cascade that saves nothing", {**CHEAP, "cascade_cost": 1}, "distillation"),
    (
        "a cascade that was tried",
        {**CHEAP, "cost_and_latency": "cascade_too_high", "cascade_cost": "0.5"},
        "distillation",
    ),
    (
        "a cascade before training, ready or not",
        {**CHEAP, "cascade_cost": "0.5", "good_examples": 10, "task": "varied"},
        "cascade",
    ),
    ("settings before a second model", {**CHEAP, "cascade_cost": "0.5", "effort_compared": "no"}, "less_effort"),
    ("too few examples and too few requests", {**CHEAP, "good_examples": 10, "volume_ratio": "0.5"}, "stay"),
    ("reasoning is a matter of effort before examples", {**SLIPS, "effort_compared": "no"}, "more_effort"),
    ("tone is no matter of effort", {"effort_compared": "no"}, "fine_tuning"),
    ("a tool before an index", {"tool_use": "missing", "facts": "changing"}, "tools"),
    ("tools do not lower the bill", {**CHEAP, "tool_use": "missing"}, "distillation"),
]


@pytest.mark.parametrize(("title", "given", "rung"), LETS_PASS, ids=[title for title, *_ in LETS_PASS])
def test_what_a_second_reader_would_expect(
    ours: tuple[Decision, ...], title: str, given: dict[str, Any], rung: str
) -> None:
    assert decision_chain(ours, numbers({**READY, **given}))[-1].rung == rung


def test_the_questions_of_the_rules_are_those_of_the_form() -> None:
    described = kinds(Inputs)
    asked = {**by_hand.file("tuning")["questions"], **by_hand.file("approach")["questions"]}
    del asked["tuning"]
    for question, answers in asked.items():
        if question in COMPUTED:
            assert answers == "number" and question not in described
        elif isinstance(described[question], NumberInput):
            assert answers == "number"
        else:
            assert list(approach_answer_words(question)) == answers, question
    on_form = [name for name, kind in described.items() if isinstance(kind, Choice | YesNo) and name != "cascade_kind"]
    assert set(on_form) <= set(asked), "a question that no rule asks"


def typed(given: dict[str, Any]) -> dict[str, str]:
    """Answers to the rules as a reader would type them: ratios by their two numbers."""
    texts: dict[str, str] = {}
    for question, answer in given.items():
        if question == "volume_ratio":
            texts |= {"requests": f"{1000 * float(answer):.0f}", "break_even_requests": "1000"}
        elif question == "stable_intervals":
            texts |= {"stable_months": f"{100 * float(answer):.0f}", "retraining_months": "100"}
        elif question == "cascade_cost":
            texts |= {"cascade_kept": "1", "cascade_check_cost": "0", "cascade_small_cost": str(answer)}
        elif question == "cascade_quality":
            texts |= {"cascade_kept_good": str(Decimal(answer) / 2), "cascade_target": "0.5"}
        else:
            texts[question] = str(answer)
    return texts


@pytest.mark.parametrize(("rule", "given", "rung", "covers"), GATES, ids=[gate[0] for gate in GATES])
def test_typed_answers_lead_to_the_rung_with_sources(
    catalogue: Catalogue, rule: str, given: dict[str, Any], rung: str, covers: str
) -> None:
    answer = answer_json(catalogue, APPROACH, typed({**READY, **given}))
    verdict = answer["outputs"]["verdict"]
    assert verdict["value"] == by_hand.file("approach")["ladder"][rung]["name"]
    assert answer["outputs"]["what_to_do"]["value"] == by_hand.file("approach")["ladder"][rung]["does"].strip()
    assert len(verdict["reasons"]) == len(verdict["sources"]) > 0
    for reason, source in zip(verdict["reasons"], verdict["sources"], strict=True):
        decision, _, id = source["fact"].removeprefix("rules:").removesuffix("#because").partition("/")
        written = by_hand.file(decision)["rules"][id]
        assert reason == written["because"].strip()
        assert source["url"] == facts()["sources"][written["source"]]["url"]
    both = verdict["sources"] + answer["outputs"]["readiness"].get("sources", [])
    assert f"rules:{rule}#because" in [source["fact"] for source in both]


def test_the_reasons_stand_in_every_form(catalogue: Catalogue) -> None:
    verdict = answer_json(catalogue, APPROACH, {})["outputs"]["verdict"]
    text, html = (catalogue.answer(Question(APPROACH, form=form)) for form in ("text", "html"))
    for reason, source in zip(verdict["reasons"], verdict["sources"], strict=True):
        assert reason in text and source["url"] in text
        assert f'href="{source["url"]}"' in html
    assert verdict["value"] in text and verdict["value"] in html


def rows(answer: JsonObject, name: str) -> list[list[str]]:
    """The rows of a table of an answer."""
    rows: list[list[str]]
    (rows,) = [table["rows"] for table in answer["tables"] if table["name"] == name]
    return rows


CASES = [{}, *(example.given for example in find_calculator(APPROACH).examples)]


@pytest.mark.parametrize(
    "given", CASES, ids=["defaults", *(example.name for example in find_calculator(APPROACH).examples)]
)
def test_what_would_change_the_advice_does_change_it(catalogue: Catalogue, given: dict[str, str]) -> None:
    """Each row, typed, leads where it says; and every single answer that is not listed changes nothing."""
    answer = answer_json(catalogue, APPROACH, given)
    now = answer["outputs"]["verdict"]["value"]
    by_label = {row[0]: row for row in rows(answer, "changes")}
    for question, kind in kinds(Inputs).items():
        if isinstance(kind, Choice | YesNo):
            given_word = answer["inputs"][question]["value"]
            given_word = {True: "yes", False: "no"}.get(given_word, given_word)
            advice_by_word = {
                word: answer_json(catalogue, APPROACH, {**given, question: word})["outputs"]["verdict"]["value"]
                for word in approach_answer_words(question)
                if word != given_word
            }
            changing = {word: advice for word, advice in advice_by_word.items() if advice != now}
            assert (approach_question_label(question) in by_label) == bool(changing), question
            if changing:
                _, before, instead, advice = by_label.pop(approach_question_label(question))
                assert before.removeprefix("assumed: ") == approach_answer_in_words(question, given_word)
                (word,) = [word for word in changing if approach_answer_in_words(question, word) == instead]
                assert changing[word] == advice
                place = list(approach_answer_words(question)).index
                assert min(abs(place(option) - place(given_word)) for option in changing) == abs(
                    place(word) - place(given_word)
                )
    for question, row in by_label.items():
        assert question in [*COMPUTED.values(), "Good examples at hand"], row


def test_a_number_changes_the_advice_at_its_threshold(catalogue: Catalogue) -> None:
    given = {**typed(READY), "good_examples": "60"}
    answer = answer_json(catalogue, APPROACH, given)
    by_label = {row[0]: row for row in rows(answer, "changes")}
    assert by_label["Good examples at hand"] == ["Good examples at hand", "60", "below 50", "Stay with the prompt"]
    assert by_label[COMPUTED["volume_ratio"]][1:] == ["100%", "below 100%", "Stay with the prompt"]
    verdicts = {
        count: answer_json(catalogue, APPROACH, {**given, "good_examples": count})["outputs"]["verdict"]["value"]
        for count in ("49", "50", "499", "500")
    }
    assert verdicts == {"49": "Stay with the prompt"} | dict.fromkeys(("50", "499", "500"), "Fine-tuning")
    below = answer_json(catalogue, APPROACH, {**given, "requests": "999"})
    assert below["outputs"]["verdict"]["value"] == "Stay with the prompt"
    told_now = {row[0]: row[2:] for row in rows(below, "changes")}
    assert told_now[COMPUTED["volume_ratio"]] == ["100% or more", "Fine-tuning"]


def test_the_ladder_marks_the_verdict_and_what_waits_above(catalogue: Catalogue) -> None:
    given = typed({**READY, "few_shot_examples": "no", "facts": "many"})
    answer = answer_json(catalogue, APPROACH, given)
    assert rows(answer, "ladder") == [
        ["Retrieval", "later: a lower rung comes first"],
        ["Few-shot examples", "the next step"],
    ]
    names = [step["name"] for step in by_hand.file("approach")["ladder"].values()]
    assert names.index("Retrieval") > names.index("Few-shot examples"), "the highest comes first"


@pytest.mark.parametrize(("rule", "given", "rung", "covers"), GATES, ids=[gate[0] for gate in GATES])
def test_the_ladder_lists_the_rungs_that_rules_favor(
    catalogue: Catalogue, rule: str, given: dict[str, Any], rung: str, covers: str
) -> None:
    answers = numbers({**READY, **given})
    answers["tuning"] = by_hand.verdict("tuning", answers)
    written = by_hand.file("approach")
    effects = [written["rules"][id] for id in by_hand.fired("approach", answers)]
    favored = {step for effect in effects for step in by_hand.listed(effect.get("favors", []))}
    out = {step for effect in effects for step in by_hand.listed(effect.get("rules_out", []))}
    expected = [
        [
            step["name"],
            "the next step" if id == rung else "ruled out" if id in out else "later: a lower rung comes first",
        ]
        for id, step in written["ladder"].items()
        if id in favored
    ]
    assert rows(answer_json(catalogue, APPROACH, typed({**READY, **given})), "ladder") == expected[::-1]


def test_the_next_rung_is_the_advice_after_this_one_was_tried(catalogue: Catalogue) -> None:
    given = typed({**READY, "structured_prompt": "no", "few_shot_examples": "no"})
    outputs = answer_json(catalogue, APPROACH, given)["outputs"]
    assert (outputs["verdict"]["value"], outputs["next_rung"]["value"]) == ("A better prompt", "Few-shot examples")
    again = answer_json(catalogue, APPROACH, {**given, "structured_prompt": "yes"})["outputs"]
    assert again["verdict"]["value"] == outputs["next_rung"]["value"]
    last = answer_json(catalogue, APPROACH, typed(READY))["outputs"]["next_rung"]["value"]
    assert last == "No further rung: see what would change this advice"


def test_ratios_are_the_quotients_of_what_was_typed(catalogue: Catalogue) -> None:
    outputs = answer_json(
        catalogue,
        APPROACH,
        {"requests": "600k", "break_even_requests": "1.5M", "stable_months": "9", "retraining_months": "4"},
    )["outputs"]
    assert (outputs["volume_ratio"]["value"], outputs["stable_intervals"]["value"]) == ("0.4", "2.25")


def test_the_rule_about_closing_providers_agrees_with_the_offers(catalogue: Catalogue) -> None:
    """The month that the rule names is the month in which the data say that training ends."""
    offers = facts()["collections"]["tuning"]
    ends = {
        entry["facts"]["closes"]["values"][-1][1]
        for entry in offers.values()
        if entry["group"] == "OpenAI" and "closes" in entry["facts"]
    }
    because = by_hand.file("tuning")["rules"]["training-closing"]["because"]
    assert ends and {date.fromisoformat(end).strftime("%B %Y") for end in ends} == {"January 2027"}
    assert "January 2027" in because
    (note,) = answer_json(catalogue, APPROACH, {"latency": "no"})["notes"]
    for id, entry in offers.items():
        ended = [entry["facts"][key]["values"][-1][1] for key in ("closed_to_new", "closes") if key in entry["facts"]]
        is_open = not ended or min(ended) > facts()["as_of"]
        assert (entry["group"] in note.partition(";")[0]) >= is_open, id
    assert "OpenAI takes no new customers and ends it on 2027-01-06" in note


def test_requests_are_asked_for_in_the_unit_of_every_calculator() -> None:
    assert kinds(Inputs)["requests"].unit.text == REQUESTS_PER_MONTH.text


def test_answers_that_nobody_gave_are_marked_as_assumed(catalogue: Catalogue) -> None:
    """In the table of what would change the advice: a default is no answer of the reader's."""
    given = {"facts": "changing", "result": "improving"}
    told = {row[0]: row[1] for row in rows(answer_json(catalogue, APPROACH, given), "changes")}
    assert told["Facts the model must be given"] == "assumed: facts that change or must be cited"  # as the default says
    given = {"facts": "many", "result": "plateau"}
    told = {row[0]: row[1] for row in rows(answer_json(catalogue, APPROACH, given), "changes")}
    assert told["Facts the model must be given"] == "more than fits into the prompt"
    assert told["Result"] == "below the target, stuck"
    others = [
        answer for question, answer in told.items() if question not in ("Facts the model must be given", "Result")
    ]
    assert others and all(answer.startswith("assumed: ") for answer in others)
