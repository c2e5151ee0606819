"""What few tasks have: steps sent again, a prefix kept by the hour, sub-agents tried twice, a compaction that saves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.agents.asked import MODEL, answer, near
from tests.calculators.agents.ledger import ledger
from tests.calculators.agents.test_cost_examples import PRICES, USUAL
from tests.calculators.agents.test_cost_tables import rows, small_model
from tests.calculators.settings import own_tokens

FLASH = "google/gemini-3.8-flash"
"""A model whose prefix may be kept all the time, at a price by the hour."""

HELPERS: dict[str, Any] = {
    **small_model("subagent_model"),
    "subagents": 3,
    "subagent_steps": 5,
    "subagent_prompt": 2000,
    "subagent_answer": 300,
    "subagent_result": 700,
    "late": 0,
}
SMALL = {"plain": Fraction(1, 2), "read": Fraction(1, 20), "written": Fraction(5, 8), "output": Fraction(5, 2)}
HELPER = replace(USUAL, prices=SMALL, prefix=2000, task=0, output=300, result=700)
"""The same sub-agent in the ledger."""

COMPACTED = replace(USUAL, compact_above=20_000, summary=500)
STORED: dict[str, Any] = {"lifetime": "stored", "active_hours": 700}


def kept_by_the_hour(name: str) -> dict[str, Any]:
    """A model that keeps a prefix for half a dollar a million tokens and hour, under a name of the question."""
    return {name: FLASH, f"{name}.cache_storage": "0.5", **own_tokens(FLASH)}


def test_sub_agents_are_a_part_of_each_attempt(catalogue: Catalogue) -> None:
    """All attempts take six steps and fail, so there are two, and every length costs the same."""
    helpers = 3 * ledger(HELPER, 5).cost
    ours = answer(catalogue, USUAL, 6, failed=1, attempts=2, **HELPERS)
    assert near(ours.subagents_per_task, 2 * helpers)
    assert near(ours.per_task, 2 * (ledger(USUAL, 6).cost + helpers))
    assert near(ours.median_cost, ours.per_task / 2) and near(ours.ninety_cost, ours.per_task / 2)


def test_steps_sent_again_are_paid_for_again(catalogue: Catalogue) -> None:
    again: dict[str, Any] = {"repeated": "0.25", **HELPERS}
    ours = answer(catalogue, COMPACTED, 12, **again)
    steps, helpers = ledger(COMPACTED, 12).cost, 3 * ledger(HELPER, 5).cost
    assert near(ours.per_task, Fraction(5, 4) * (steps + helpers))
    assert near(ours.subagents_per_task, Fraction(5, 4) * helpers)
    assert near(ours.median_cost, Fraction(5, 4) * (steps + helpers))
    once = {**again, "repeated": 0}
    spread = (answer(catalogue, COMPACTED, 12, 40, most=100, **given) for given in (again, once))
    tail, tail_once = (float(each.tail_share) for each in spread)
    assert near(tail, tail_once)
    summaries = (answer(catalogue, COMPACTED, 12, **given).compaction_cost for given in (again, once))
    assert near(next(summaries), Fraction(5, 4) * Fraction(next(summaries)))


@pytest.mark.parametrize(("steps", "is_cheaper"), [(7, False), (60, True)])
def test_what_compaction_saves_and_costs(catalogue: Catalogue, steps: int, is_cheaper: bool) -> None:
    """Of a task that fails twice; seven steps are compacted once, too late to save anything."""
    ours = answer(catalogue, COMPACTED, steps, failed=1, attempts=2)
    whole, compacted = ledger(USUAL, steps).cost, ledger(COMPACTED, steps)
    assert near(ours.compaction_saves, 2000 * (whole - compacted.cost))
    assert (ours.compaction_saves > 0) is is_cheaper
    assert near(ours.compactions, compacted.compactions)
    quiet = replace(COMPACTED, prices={**PRICES, "output": Fraction(0)}, caching=False, summary=0)
    ours = answer(catalogue, quiet, 7, failed=1, attempts=2)
    # Before the seventh step the prompt has 21,000 tokens, which the request for a summary reads anew.
    assert near(ours.compaction_cost, 2000 * Fraction(21_000 * 2, 10**6))


def test_a_prefix_kept_by_the_hour_is_a_part_of_the_cost(catalogue: Catalogue) -> None:
    """8,000 tokens for 700 hours at $0.50 a million are $2.80 a month, over 1,000 tasks of two attempts."""
    reader = replace(USUAL, found=Fraction(1))
    given: dict[str, Any] = {**kept_by_the_hour("model"), **STORED, "failed": 1, "attempts": 2}
    ours = answer(catalogue, reader, 10, **given)
    assert near(ours.per_month, 2000 * ledger(reader, 10).cost + Fraction("2.8"))
    label, tokens, cost, share = rows(ours, "kinds")["Keeping the instructions, by the hour"]
    assert tokens is None and near(cost, 2.8) and near(share, 2.8 / float(ours.per_month))
    assert "Keeping the instructions, by the hour" not in rows(answer(catalogue, reader, 10), "kinds"), label


@pytest.mark.parametrize(
    ("models", "dollars"),
    [
        ({**small_model("cheap_model"), **kept_by_the_hour("model")}, "2.8"),
        (kept_by_the_hour("cheap_model"), "2.8"),
        ({**kept_by_the_hour("cheap_model"), **kept_by_the_hour("model")}, "5.6"),
    ],
    ids=["the first", "the cheaper", "both"],
)
def test_each_of_two_models_keeps_its_own_prefix(catalogue: Catalogue, models: dict[str, Any], dollars: str) -> None:
    task = replace(USUAL, found=Fraction(1), part=Fraction(1, 2))
    factors = {f"{name}.tokenizer_factor": 1 for name in ("model", "cheap_model")}
    given = {**models, **factors, "cheap_model.smallest_prefix": 0, "counted_with": "o200k"}
    stored_month = answer(catalogue, task, 10, **given, **STORED).per_month
    assert near(
        stored_month - answer(catalogue, task, 10, **given, active_hours=700).per_month, Fraction(dollars), 1e-8
    )


def test_a_model_without_such_a_price_keeps_nothing_by_the_hour(catalogue: Catalogue) -> None:
    given: dict[str, Any] = {"cheap_model": MODEL, "cheap_share": "0.5", **STORED}
    assert "Keeping the instructions, by the hour" not in rows(answer(catalogue, USUAL, 10, **given), "kinds")


def test_what_caching_saves_and_what_is_written(catalogue: Catalogue) -> None:
    """Ten steps write 400 tokens each and think 100."""
    task = replace(USUAL, reasoning=100)
    ours = answer(catalogue, task, 10)
    saved = ledger(replace(task, caching=False), 10).cost - ledger(task, 10).cost
    assert near(ours.caching_saves, 1000 * saved)
    assert near(ours.output_tokens, 10 * 500)


def test_how_often_a_history_is_shortened(catalogue: Catalogue) -> None:
    """Two models that share the steps share the compactions; a history that stays whole is never cleared."""
    shared = answer(catalogue, replace(COMPACTED, part=Fraction(1, 4)), 30, **small_model("cheap_model"))
    assert near(shared.compactions, ledger(COMPACTED, 30).compactions)
    assert answer(catalogue, USUAL, 10).clearings == 0
