"""The tables and the notes of an agent's task, against the answers to the same questions asked one by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.agents.cost import Inputs
from calculators.catalogue import Catalogue
from calculators.engine.declare import Every, kinds, output_value
from tests.calculators.agents.asked import COST, MODEL, answer, near, typed
from tests.calculators.agents.ledger import Task, ledger
from tests.calculators.answers import answer_json, computed

PRICES = {"plain": Fraction(2), "read": Fraction(1, 5), "written": Fraction(5, 2), "output": Fraction(10)}
SMALL = {"plain": Fraction(1, 2), "read": Fraction(1, 20), "written": Fraction(5, 8), "output": Fraction(5, 2)}
USUAL = Task(prices=PRICES)


def small_model(name: str) -> dict[str, Any]:
    """The figures of a small model under a name of the question, all prompts at one price."""
    kinds = {"input": "0.5", "cached_read": "0.05", "cache_write": "0.625", "output": "2.5"}
    long = {f"long_{kind}": price for kind, price in kinds.items()}
    figures = {**kinds, **long, "smallest_prefix": 0, "context_window": 10**9}
    return {name: MODEL, **{f"{name}.{figure}": figure_typed for figure, figure_typed in figures.items()}}


def rows(answered: Any, name: str) -> dict[str, Any]:
    """The rows of a table by their first cell. Any: cells hold numbers and words."""
    return {row[0]: row for row in output_value(getattr(answered, name)).rows}


@pytest.mark.parametrize("share", ["0.25", "0.5", "0.9"])
def test_two_models_share_the_steps_and_keep_two_caches(catalogue: Catalogue, share: str) -> None:
    part = Fraction(share)
    strong = ledger(replace(USUAL, part=1 - part), 25).cost
    cheap = ledger(replace(USUAL, part=part, prices=SMALL), 25).cost
    ours = answer(catalogue, replace(USUAL, part=1 - part), 25, **small_model("cheap_model"))
    assert near(ours.per_task, strong + cheap)
    assert near(ours.mean_steps, 25)


def test_the_kinds_of_tokens_are_those_of_the_ledger(catalogue: Catalogue) -> None:
    task = replace(USUAL, minimum=12_000, reasoning=100)
    book, kinds = ledger(task, 30), rows(answer(catalogue, task, 30), "kinds")
    assert near(kinds["Read anew"][1], book.tokens["plain"])
    assert near(kinds["Read from the cache"][1], book.tokens["read"])
    assert near(kinds["Written into the cache"][1], book.tokens["written"])
    assert near(kinds["Answers and tool calls"][1] + kinds["Hidden reasoning"][1], book.tokens["output"])
    assert near(sum(row[2] for row in kinds.values()), 1000 * book.cost)
    assert near(sum(row[3] for row in kinds.values()), 1)


def test_each_change_costs_what_the_changed_question_does(catalogue: Catalogue) -> None:
    given = typed(replace(USUAL, compact_above=40_000, summary=2000), 12, 40, most=300, failed="0.2")
    given |= {"tools": "8", "tool_tokens": "500", "calls": "2"}
    levers = rows(computed(catalogue, COST, given), "levers")
    changes: dict[str, dict[str, str]] = {
        "as it is": {},
        "without caching": {"caching": "no"},
        "the longer cache lifetime": {"lifetime": "extended"},
        "results of tools half as long": {"result": "800"},
        "half of the tools": {"tools": "4"},
        "one tool call at a time, in more steps": {"calls": "1", "steps": "23", "steps_of_nine_in_ten": "79"},
        "with the whole history": {"history": "whole"},
        "with old results of tools cleared": {"history": "clearing"},
        "compacted at half the length": {"compact_above": "20000"},
        "half of the failures": {"failed": "0.1"},
    }
    assert set(levers) == set(changes)
    for label, change in changes.items():
        changed = computed(catalogue, COST, given | change)
        assert levers[label][1:3] == (changed.per_solved, changed.per_month), label


def test_the_ranking_asks_the_same_of_every_model(catalogue: Catalogue) -> None:
    given = {"tasks": "1000", "steps": "10", "steps_of_nine_in_ten": "30", "found_cached": "0", "reasoning": "0"}
    models = rows(computed(catalogue, COST, given), "models")
    assert len(models) > 60
    for id, name in (("anthropic/claude-sonnet-5-5", "Claude Sonnet 5.5"), ("openai/gpt-4.1", "GPT-4.1")):
        assert models[name][2] == computed(catalogue, COST, {**given, "model": id}).per_month
    months = [row[2] for row in models.values() if row[2] is not None]
    assert months == sorted(months)
    assert "no cached price" in models["Command A"][5]


def test_what_decides_stands_before_the_folds(catalogue: Catalogue) -> None:
    """Eight questions are in sight; each other group is folded as a whole."""
    questions = [kind for kind in kinds(Inputs).values() if not isinstance(kind, Every)]
    assert len([kind for kind in questions if not kind.folded]) == 8
    assert {kind.group for kind in questions if kind.folded}.isdisjoint({"The task"})
    panel = catalogue.panel(COST, {}, "agents", "full")
    for group in ("What a step adds", "Caching", "Limits and compaction", "Failures and retries", "Sub-agents"):
        assert f"<span>{group}</span>" in panel


NOTED = [
    ({"steps": "20", "steps_of_nine_in_ten": "10"}, "cannot take fewer steps than the median"),
    ({"steps": "20", "steps_of_nine_in_ten": "80", "most_steps": "50"}, "reach the limit of 50"),
    ({"history": "whole", "result": "60k", "steps_of_nine_in_ten": "40"}, "Without compaction the window is full"),
    ({"task_tokens": "2M"}, "more than this model's context window of"),
    ({"model": "cohere/command-a"}, "No cached price is published for this model"),
    ({"instructions": "100", "tools": "0", "task_tokens": "100"}, "shorter than this model's smallest cacheable"),
    ({"broken": "1"}, "Caching costs more than it saves here"),
    ({"model": "anthropic/claude-sonnet-5-5", "step_pause": "5"}, "The longer cache lifetime would save"),
    ({"model": "openai/gpt-4.1", "lifetime": "stored"}, "has no such lifetime"),
    ({"compact_above": "15k", "steps_of_nine_in_ten": "15"}, "Compaction costs more than it saves here"),
    ({"compact_above": "13k"}, "even after a compaction"),
    (
        {"history": "clearing", "clear_above": "20k", "steps_of_nine_in_ten": "15"},
        "Clearing costs more than it saves here",
    ),
    ({"attempts": "3"}, "Attempts are taken to fail independently"),
    ({"cheap_share": "0.3"}, "Two models keep two caches"),
    ({"failed": "1"}, "No attempt succeeds, so there is no cost of a solved task."),
    ({"reasoning": "0"}, "Reasoning cannot be switched off on GPT-6.2 Sol."),
    ({"effort": "none"}, "GPT-6.2 Sol does not take that effort. It answers with reasoning at low effort."),
    ({"compact_above": "13k"}, "so every further step pays for one"),
    (
        {"model": "openai/gpt-4o", "steps": "30", "steps_of_nine_in_ten": "300", "asking": "1M"},
        "The whole history would cost less, because it ends long tasks at step 73, where the window is full.",
    ),
    (
        {"history": "clearing", "result": "200", "call_tokens": "20k", "steps_of_nine_in_ten": "90"},
        "Even with old results cleared, the window is full at step 37, because calls",
    ),
    ({"subagents": "1", "subagent_result": "1M"}, "The last step of a sub-agent needs"),
    ({"model": "google/gemini-4-argon", "as_of": "2026-11-30"}, "are announced to change on"),
]


UNTRUE = [
    ({"caching": "no", "cheap_share": "0.3"}, "Two models keep two caches"),
    ({"model": "cohere/command-a", "cheap_share": "0.3"}, "Two models keep two caches"),
    (
        {"history": "clearing", "clear_above": "20k", "steps_of_nine_in_ten": "15", "caching": "no"},
        "Clearing costs more than it saves here",
    ),
    (
        {"model": "openai/gpt-4o", "steps": "30", "steps_of_nine_in_ten": "300", "asking": "1M"},
        "Compaction costs more than it saves here",
    ),
    ({"compact_above": "13k", "steps": "1", "steps_of_nine_in_ten": "1"}, "pays for one"),
]
"""What a note would say for the wrong reason: without a cache, or beside attempts that the window cuts off."""


@pytest.mark.parametrize(("given", "words"), UNTRUE)
def test_no_note_gives_a_reason_that_is_not_there(catalogue: Catalogue, given: dict[str, str], words: str) -> None:
    plain = {"steps": "5", "steps_of_nine_in_ten": "8", "most_steps": "250"}
    assert not any(words in sentence for sentence in answer_json(catalogue, COST, {**plain, **given})["notes"])


def test_a_model_without_a_known_window_has_room_for_a_task(catalogue: Catalogue) -> None:
    prices = {"model": "own", "model.name": "Mine", "model.input": "1", "model.output": "2"}
    answered = computed(catalogue, COST, prices)
    assert answered.per_month > 0
    assert rows(answered, "models")["Mine"][2] == answered.per_month
    assert "does not fit" not in rows(answered, "models")["Mine"][5]


@pytest.mark.parametrize(
    "given",
    [
        {"result": "0", "most_steps": "2"},
        {"calls": "0", "text": "44.3"},
        {"summary": "0", "placeholder": "0.025", "result": "47.5", "late": "0.3", "found_cached": "0"},
        {"result": "0", "most_steps": "20", "history": "clearing"},
        {"calls": "0", "text": "44.3", "tasks": "0.1"},
    ],
)
def test_what_changes_nothing_saves_nothing(catalogue: Catalogue, given: dict[str, str]) -> None:
    """Sums over steps are rounded to 12 digits; two ways to the same sum must not differ in what is shown."""
    answered = computed(catalogue, COST, given)
    amounts = [row[3] for row in rows(answered, "levers").values() if row[3] is not None]
    for saving in [*amounts, answered.compaction_saves]:
        assert saving == 0 or abs(saving) > answered.per_month / 10**8


@pytest.mark.parametrize(("given", "words"), NOTED, ids=[words for _, words in NOTED])
def test_a_note_stands_where_it_holds_and_not_elsewhere(
    catalogue: Catalogue, given: dict[str, str], words: str
) -> None:
    plain = {"steps": "5", "steps_of_nine_in_ten": "8", "most_steps": "250"}
    assert any(words in sentence for sentence in answer_json(catalogue, COST, {**plain, **given})["notes"])
    assert not any(words in sentence for sentence in answer_json(catalogue, COST, plain)["notes"])
