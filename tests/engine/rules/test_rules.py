"""Decisions by rules: the grammar on small ladders, then every combination of answers to the project's own rules."""

from __future__ import annotations

import dataclasses
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from calculators.engine.facts import Facts
from calculators.engine.rules import (
    MOST_CASES,
    Decision,
    Rule,
    RuleBetween,
    RuleVerdict,
    RuleWords,
    Ruling,
    Rung,
    Step,
    decision_chain,
    decision_chain_reasons,
    parse_rule_condition,
    parse_rule_decisions,
    representative_alternatives,
    rule_alternatives,
    rule_cases,
    thresholds_between_alternatives,
)
from macros.facts import facts_text
from tests.engine.rules import by_hand
from tests.runs import float_run

NAMES = ("approach", "tuning")
BY_NAME = pytest.mark.parametrize("name", NAMES)


def ladder(*rungs: str) -> tuple[Step, ...]:
    """Rungs without words."""
    return tuple(Step(rung, rung.title(), "", {}) for rung in rungs)


def between(*ends: int | None) -> RuleBetween:
    """Bounds of a number."""
    return RuleBetween(*(None if end is None else Decimal(end) for end in ends))


def rule(id: str, *favors: str, out: str = "", **when: Any) -> Ruling:
    """A rule; a condition is a word, or bounds as a pair."""
    conditions = {
        question: RuleWords((expected,))
        if isinstance(expected, str)
        else RuleBetween(*(None if end is None else Decimal(end) for end in expected))
        for question, expected in when.items()
    }
    return Ruling(id, conditions, favors, (out,) if out else (), f"Because of {id}.")


SMALL = Decision(
    "small",
    ladder("low", "middle", "high"),
    (
        rule("dry", "low", wet="no"),
        rule("always-high", "high", size=(1, None)),
        rule("tiny-high", "high", size=(None, 1)),
        rule("large", "middle", size=(10, None)),
        rule("not-low", out="low", size=(5, 20)),
    ),
)


@pytest.mark.parametrize(
    ("wet", "size", "rung", "because"),
    [
        ("no", "0", "low", ["dry"]),
        ("no", "4.9", "low", ["dry"]),
        ("no", "5", "high", ["always-high", "not-low"]),
        ("yes", "5", "high", ["always-high"]),
        ("yes", "0.5", "high", ["tiny-high"]),
        ("yes", "10", "middle", ["large"]),
        ("no", "19.99", "middle", ["large", "not-low"]),
        ("no", "20", "low", ["dry"]),
    ],
)
def test_the_lowest_favored_rung_that_is_not_ruled_out(wet: str, size: str, rung: str, because: list[str]) -> None:
    for number in (Decimal(size), *float_run(Decimal(size))):
        verdict = SMALL.decide({"wet": wet, "size": number})
        assert verdict.rung == rung
        assert [reason.id for reason in verdict.reasons] == because


def test_where_nothing_is_left_there_is_no_rung() -> None:
    verdict = Decision("d", ladder("low"), (rule("out", "low", wet="yes"), rule("in", out="low", wet="yes"))).decide(
        {"wet": "yes"}
    )
    assert verdict.step is None and verdict.rung == ""


def test_a_verdict_is_an_answer_for_the_next_decision_and_brings_its_reasons() -> None:
    after = Decision(
        "after", ladder("stay", "go"), (rule("far", "go", small="high"), rule("near", "stay", small="low"))
    )
    verdicts = decision_chain((SMALL, after), {"wet": "yes", "size": Decimal(0)})
    assert [verdict.rung for verdict in verdicts] == ["high", "go"]
    assert [reason.id for reason in decision_chain_reasons(verdicts)] == ["far", "tiny-high"]


def test_other_answers_come_nearest_first() -> None:
    assert [
        alternative.answer for alternative in rule_alternatives((SMALL,), "wet", "no", ("no", "yes", "soaked"))
    ] == [
        "yes",
        "soaked",
    ]
    assert [
        alternative.answer for alternative in rule_alternatives((SMALL,), "wet", "yes", ("no", "yes", "soaked"))
    ] == [
        "no",
        "soaked",
    ]
    assert thresholds_between_alternatives(SMALL.rules, "size") == [1, 5, 10, 20]
    intervals = rule_alternatives((SMALL,), "size", Decimal(7), ())
    assert [alternative.bounds for alternative in intervals] == [
        between(1, 5),
        between(10, 20),
        between(None, 1),
        between(20, None),
    ]
    assert all(alternative.bounds and alternative.bounds.holds(alternative.answer) for alternative in intervals)


# The project's own rules.


@cache
def ours() -> dict[str, Decision]:
    """The decisions as a calculator gets them."""
    facts = Facts(facts_text())
    rules, rungs = facts.records("rules", Rule, facts.as_of), facts.records("rungs", Rung, facts.as_of)
    return parse_rule_decisions(tuple(rules.values()), tuple(rungs.values()))


def words(name: str) -> dict[str, list[str]]:
    """The possible answers of each question that is answered by a word."""
    return {question: options for question, options in by_hand.file(name)["questions"].items() if options != "number"}


@cache
def every(name: str) -> list[tuple[dict[str, Any], RuleVerdict]]:
    """Every combination of answers, with its verdict."""
    return [(answers, ours()[name].decide(answers)) for answers in rule_cases(ours()[name], words(name))]


@BY_NAME
def test_every_combination_has_one_verdict_and_a_reason(name: str) -> None:
    for answers, verdict in every(name):
        assert verdict.step is not None, answers
        assert verdict.reasons, answers
        assert all(reason.fires(answers) and reason.because for reason in verdict.reasons)
        assert any(verdict.rung in reason.favors for reason in verdict.reasons)


@BY_NAME
def test_no_combination_favors_only_what_it_rules_out(name: str) -> None:
    for answers, verdict in every(name):
        assert verdict.favored - verdict.ruled_out, answers


@BY_NAME
def test_the_combinations_are_all_there_are_and_few_enough(name: str) -> None:
    """They answer every question and let every set of rules fire together that any answers at all let fire."""
    assert len(every(name)) <= MOST_CASES
    assert len({tuple(sorted(answers.items())) for answers, _ in every(name)}) == len(every(name))
    assert all(set(answers) == set(by_hand.file(name)["questions"]) for answers, _ in every(name))
    together = {by_hand.fired(name, answers) for answers, _ in every(name)}
    assert together == {by_hand.fired(name, answers) for answers in by_hand.cases(name)}
    assert {by_hand.fired(name, answers) for answers in by_hand.some_cases(name, 4000)} <= together


def test_a_question_is_varied_only_while_a_rule_that_asks_it_can_hold() -> None:
    """Of a wet day no rule asks the wind, of a dry one none the roof: 2 + 3 combinations instead of 12."""
    rules = (
        rule("storm", "in", wet="no", wind="storm"),
        rule("breeze", "out", wet="no", wind="breeze"),
        rule("roofed", "out", wet="yes", roof="yes"),
    )
    words = {"wet": ["no", "yes"], "wind": ["calm", "breeze", "storm"], "roof": ["no", "yes"]}
    cases = list(rule_cases(Decision("d", ladder("in", "out"), rules), words))
    assert [tuple(case[question] for question in ("wet", "wind", "roof")) for case in cases] == [
        ("no", "calm", "no"),
        ("no", "breeze", "no"),
        ("no", "storm", "no"),
        ("yes", "calm", "no"),
        ("yes", "calm", "yes"),
    ]


@BY_NAME
def test_every_answer_is_tried_or_is_one_to_the_rules_with_one_that_is(name: str) -> None:
    tried = {
        question: representative_alternatives(ours()[name].rules, question, words(name))
        for question in by_hand.file(name)["questions"]
    }
    for question, options in words(name).items():
        for word in options:
            alike = by_hand.telling(name, question, word)
            assert alike in [by_hand.telling(name, question, str(answer)) for answer in tried[question]], (
                question,
                word,
            )
    for question in set(by_hand.file(name)["questions"]) - set(words(name)):
        ends = by_hand.ends(name, question)
        assert len(tried[question]) == len(ends) + 1
        numbers = [Decimal(answer) for answer in tried[question]]
        for number, low, high in zip(numbers, [None, *ends], [*ends, None], strict=True):
            assert (low is None or number >= low) and (high is None or number < high)


@BY_NAME
def test_the_verdicts_are_those_of_the_yaml_read_by_hand(name: str) -> None:
    for answers, verdict in every(name):
        assert verdict.rung == by_hand.verdict(name, answers), answers
    for answers in (*by_hand.cases(name), *by_hand.some_cases(name, 2000)):
        assert ours()[name].decide(answers).rung == by_hand.verdict(name, answers), answers


@BY_NAME
def test_every_rung_is_reached(name: str) -> None:
    reached = Counter(verdict.rung for _, verdict in every(name))
    assert set(reached) == {step.id for step in ours()[name].ladder}


@BY_NAME
def test_no_rule_is_dead(name: str) -> None:
    """Without any one rule some combination has another verdict."""
    decision, alive = ours()[name], set()
    for _, verdict in every(name):
        for left_out in verdict.fired:
            if left_out.id not in alive:
                without = RuleVerdict(
                    decision, tuple(kept_rule for kept_rule in verdict.fired if kept_rule is not left_out)
                )
                if without.rung != verdict.rung:
                    alive.add(left_out.id)
    assert alive == {left_out.id for left_out in decision.rules}


def test_whoever_climbs_the_ladder_never_comes_back_to_a_rung() -> None:
    """Each rung tried in vain leads to another one, or tells to measure again, until there is none to try."""
    decision = ours()["approach"]
    for answers, first in every("approach"):
        verdict, known, climbed = first, dict(answers), [first.rung]
        while verdict.step and verdict.step.answers_after:
            known |= verdict.step.answers_after
            verdict = decision.decide(known)
            if verdict.rung == climbed[-1]:
                break
            assert verdict.rung not in climbed, (answers, climbed)
            climbed.append(verdict.rung)


def test_the_answers_of_the_first_decision_are_answers_of_the_second() -> None:
    rungs = [step.id for step in ours()["tuning"].ladder]
    assert by_hand.file("approach")["questions"]["tuning"] == rungs


@BY_NAME
def test_a_planted_fault_is_found(name: str) -> None:
    """The tests above can fail: a rung that nothing favors leaves a combination without a verdict."""
    decision = ours()[name]
    last = decision.ladder[-1].id
    without = dataclasses.replace(decision, rules=tuple(rule for rule in decision.rules if last not in rule.favors))
    assert any(without.decide(answers).step is None for answers, _ in every(name))


@pytest.mark.parametrize(
    ("loaded", "meant"),
    [
        (["yes", "no"], RuleWords(("yes", "no"))),
        ({"at_least": "0.5"}, RuleBetween(Decimal("0.5"), None)),
        ({"below": "20"}, between(None, 20)),
        ({"at_least": "0", "below": "20"}, between(0, 20)),
    ],
)
def test_a_condition_is_read_with_both_its_bounds(loaded: Any, meant: RuleWords | RuleBetween) -> None:
    assert parse_rule_condition(loaded) == meant
