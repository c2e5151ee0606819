"""Old results of tools taken out of the history, against a list of messages in which each is looked at by itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.agents.asked import answer, near
from tests.calculators.agents.ledger import ledger, mean_cost
from tests.calculators.agents.test_cost_examples import LONG, USUAL
from tests.calculators.agents.test_cost_tables import rows, small_model
from tests.calculators.answers import answer_json

CLEARED = replace(USUAL, clear_above=40_000, kept=3, placeholder=20)


def test_forty_steps_with_old_results_cleared(catalogue: Catalogue) -> None:
    """A toy provider billed $0.678422: 1,002,860 tokens read, 127,140 written, three clearings.

    Before step 17 thirteen results leave 20 tokens each, before steps 27 and 35 ten and eight more. A clearing reads
    the 9,000 tokens before the first result and writes the rest.
    """
    ours = answer(catalogue, CLEARED, 40)
    assert near(ours.per_task, Fraction("0.678422"))
    assert near(ours.clearings, 3)
    kinds = rows(ours, "kinds")
    assert near(kinds["Read from the cache"][1], 1_002_860)
    assert near(kinds["Written into the cache"][1], 127_140)
    assert ledger(CLEARED, 40).last_prompt == 38_020


def test_a_clearing_that_waits_for_more_happens_less_often(catalogue: Catalogue) -> None:
    waiting = replace(CLEARED, clear_least=20_000)
    book = ledger(waiting, 40)
    assert 0 < book.clearings < ledger(CLEARED, 40).clearings
    assert near(answer(catalogue, waiting, 40).per_task, book.cost)


def test_clearing_anew_in_each_step_is_dearer_than_no_clearing(catalogue: Catalogue) -> None:
    anew = replace(CLEARED, again=True)
    ours = answer(catalogue, anew, 40)
    assert near(ours.clearings, ledger(anew, 40).clearings) and ours.clearings == 24
    assert near(ours.per_task, ledger(anew, 40).cost)
    assert ours.per_task > answer(catalogue, USUAL, 40).per_task > answer(catalogue, CLEARED, 40).per_task


def test_several_calls_in_a_step_leave_a_placeholder_each(catalogue: Catalogue) -> None:
    """Two results of 800 tokens a step, six of which stay, and 10 for each that goes: as one of 1,600, three and 20."""
    two: dict[str, Any] = {"calls": 2, "result": 800, "clear_kept": 6, "placeholder": 10}
    assert near(answer(catalogue, CLEARED, 40, **two).per_task, Fraction("0.678422"))


def test_tokens_of_the_rule_are_those_of_the_model(catalogue: Catalogue) -> None:
    """A model that makes 1.3 tokens of one clears at the same text, and pays 1.3 times as much."""
    own: dict[str, Any] = {"counted_with": "o200k", "model.tokenizer_factor": "1.3"}
    longer = answer(catalogue, CLEARED, 40, **own)
    assert near(longer.per_task, 0.678422 * 1.3)


@pytest.mark.parametrize("above", [30_000, 60_000])
def test_long_prompts_and_lengths_of_any_kind(catalogue: Catalogue, above: int) -> None:
    task = replace(CLEARED, long_prices=LONG, long_above=35_000, clear_above=above, minimum=12_000)
    assert near(answer(catalogue, task, 80).per_task, ledger(task, 80).cost)
    assert near(answer(catalogue, task, 20, 90, most=200).per_task, mean_cost(task, 20, 90, 200), 1e-8)


def test_two_models_clear_the_same_history(catalogue: Catalogue) -> None:
    part = Fraction(1, 4)
    small = {"plain": Fraction(1, 2), "read": Fraction(1, 20), "written": Fraction(5, 8), "output": Fraction(5, 2)}
    cost = ledger(replace(CLEARED, part=1 - part), 40).cost + ledger(replace(CLEARED, part=part, prices=small), 40).cost
    ours = answer(catalogue, replace(CLEARED, part=1 - part), 40, **small_model("cheap_model"))
    assert near(ours.per_task, cost)


def test_the_window_fills_with_calls_and_placeholders(catalogue: Catalogue) -> None:
    """Nothing is left to clear at last, so a task of a thousand steps ends where the prompt no longer fits."""
    window: dict[str, Any] = {"model.context_window": 60_000, "most": 1000}
    last = next(steps for steps in range(1, 1000) if ledger(CLEARED, steps + 1).last_prompt + CLEARED.output > 60_000)
    ours = answer(catalogue, CLEARED, 1000, **window)
    assert near(ours.mean_steps, last) and ours.solved == 0
    assert near(ours.per_task, ledger(CLEARED, last).cost)
    asked = {"history": "clearing", "steps": "900", "steps_of_nine_in_ten": "900", "most_steps": "1000"}
    full = answer_json(catalogue, "agents/cost", asked | {"model.context_window": "60000", "clear_above": "40000"})
    assert any("Even with old results cleared, the window is full at step" in note for note in full["notes"])


def test_what_clears_nothing_costs_what_the_whole_history_does(catalogue: Catalogue) -> None:
    whole = answer(catalogue, USUAL, 40).per_task
    for idle in (replace(CLEARED, kept=100), replace(CLEARED, placeholder=1600), replace(CLEARED, clear_above=10**7)):
        ours = answer(catalogue, idle, 40)
        assert ours.per_task == whole and ours.clearings == 0


def test_a_link_from_before_the_choice_is_understood(catalogue: Catalogue) -> None:
    answers = [
        answer_json(catalogue, "agents/cost", asked)["outputs"]
        for asked in ({"compaction": "no"}, {"history": "whole"}, {"compaction": "yes"}, {})
    ]
    assert answers[0] == answers[1] != answers[2] == answers[3]
