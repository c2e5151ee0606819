"""What is said of an agent's task at the edges: each limit where it is just met, and where it just is not."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import exp, log
from statistics import NormalDist
from typing import Any

import pytest

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import USD_PER_MONTH
from macros.facts import facts_text
from tests.calculators.agents.asked import COST, MODEL, answer, typed
from tests.calculators.agents.ledger import Task
from tests.calculators.agents.test_cost_examples import PRICES, USUAL
from tests.calculators.answers import computed
from tests.calculators.settings import SOL

NORMAL = NormalDist()
WINDOW: dict[str, Any] = {"model.context_window": 50_000}
"""With the whole history the prompts of 21 steps fit, and no more."""

COMPACTED = replace(USUAL, compact_above=22_000, summary=500)
CLEARED = replace(USUAL, clear_above=22_000, kept=3, placeholder=20)
"""Both shorten the prompt of the eighth step, which is the first of more than 22,000 tokens."""

FREE = dict.fromkeys(PRICES, Fraction(0))

DEARER = "Compaction costs more than it saves here."
CLEARING_DEARER = "Clearing costs more than it saves here"
WHOLE_ENDS = "The whole history would cost less, because it ends long tasks at step 22"
EVEN_CLEARED = "Even with old results cleared, the window is full"
FULL = "Without compaction the window is full at step 22. 100% of the attempts end there, unsolved."
TOO_SHORT = "The first prompts are shorter than this model's smallest cacheable prefix"
TWO_CACHES = "Two models keep two caches"


def holding_notes(answered: Any) -> str:
    """The notes that hold. Any: the calculator's own class of outputs."""
    return "\n".join(note.sentence for note in output_value(answered.notes) if note.holds)


def ninety_where(share: float, steps: int, median: float) -> float:
    """The steps that nine tasks in ten stay below, where a share of the tasks takes at least so many steps."""
    deviation = log((steps - 0.5) / median) / NORMAL.inv_cdf(1 - share)
    return median * exp(deviation * NORMAL.inv_cdf(0.9))


def task_on_own_model(task: Task, **more: object) -> dict[str, str]:
    """The task on a model of the reader's own, of which no more is known than what is typed."""
    given = {name: text for name, text in typed(task, 3).items() if not name.startswith("model")}
    return given | {"model": "own", "model.name": "Mine", "model.input": "2", "model.output": "10"} | typed_texts(more)


def typed_texts(more: dict[str, object]) -> dict[str, str]:
    """What is given, as a reader types it."""
    return {name: str(each) for name, each in more.items()}


EDGES: list[tuple[Task, float, float | None, dict[str, Any], str, bool]] = [
    (USUAL, 10, 10, {}, "cannot take fewer steps than the median", False),
    (USUAL, 10, 9, {}, "cannot take fewer steps than the median", True),
    (replace(USUAL, reasoning=100), 1, None, {"model.context_window": 9500}, "The first step needs", False),
    (replace(USUAL, reasoning=100), 1, None, {"model.context_window": 9499}, "The first step needs 9,500 tokens", True),
    (USUAL, 10, ninety_where(0.0000995, 101, 10), {"most": 100}, "reach the limit", False),
    (USUAL, 10, ninety_where(0.0001005, 101, 10), {"most": 100}, "reach the limit of 100", True),
    (USUAL, 60, None, WINDOW | {"most": 100}, FULL, True),
    (USUAL, 60, None, WINDOW | {"most": 100}, "reach the limit", False),
    (USUAL, 60, None, WINDOW | {"most": 100}, EVEN_CLEARED, False),
    (USUAL, 60, None, WINDOW | {"most": 15}, "reach the limit of 15", True),
    (USUAL, 60, None, WINDOW | {"most": 15}, "Without compaction", False),
    (USUAL, 5, None, WINDOW, "Without compaction", False),
    (COMPACTED, 60, None, WINDOW | {"most": 50}, "Without compaction", False),
    (COMPACTED, 60, None, WINDOW | {"most": 50}, "reach the limit of 50", True),
    (replace(USUAL, minimum=9000), 3, None, {}, TOO_SHORT, False),
    (replace(USUAL, minimum=9001), 3, None, {}, TOO_SHORT, True),
    (replace(USUAL, minimum=9001, caching=False), 3, None, {}, TOO_SHORT, False),
    (replace(USUAL, minimum=10**6), 3, None, {}, "Caching costs more than it saves here", False),
    (COMPACTED, 3, ninety_where(0.00995, 8, 3), {"most": 8}, DEARER, False),
    (COMPACTED, 3, ninety_where(0.01005, 8, 3), {"most": 8}, DEARER, True),
    (COMPACTED, 3, ninety_where(0.015, 8, 3), {"most": 8}, DEARER, True),
    (COMPACTED, 8, None, {}, CLEARING_DEARER, False),
    (COMPACTED, 8, None, {}, "The whole history would cost less", False),
    (CLEARED, 3, ninety_where(0.00995, 8, 3), {"most": 8}, CLEARING_DEARER, False),
    (CLEARED, 3, ninety_where(0.01005, 8, 3), {"most": 8}, CLEARING_DEARER, True),
    (CLEARED, 3, ninety_where(0.015, 8, 3), {"most": 8}, CLEARING_DEARER, True),
    (CLEARED, 8, None, {}, DEARER, False),
    (CLEARED, 8, None, {}, EVEN_CLEARED, False),
    (replace(CLEARED, clear_above=40_000), 40, None, {}, CLEARING_DEARER, False),
    (replace(COMPACTED, prices=FREE), 8, None, {}, DEARER, False),
    (replace(CLEARED, prices=FREE), 8, None, {}, CLEARING_DEARER, False),
    (COMPACTED, 60, None, WINDOW, WHOLE_ENDS, True),
    (CLEARED, 60, None, WINDOW, WHOLE_ENDS, True),
    (replace(COMPACTED, compact_above=40_000), 5, ninety_where(0.005, 17, 5), WINDOW, WHOLE_ENDS, False),
    (replace(COMPACTED, caching=False), 22, None, WINDOW, WHOLE_ENDS, False),
    (replace(COMPACTED, compact_above=11_500), 10, None, {}, "even after a compaction", False),
    (replace(COMPACTED, compact_above=11_499), 10, None, {}, "even after a compaction", True),
    (USUAL, 3, None, {"attempts": 1}, "Attempts are taken to fail independently", False),
    (USUAL, 3, None, {"attempts": 2}, "Attempts are taken to fail independently", True),
    (USUAL, 3, None, {"cheap_share": "0.5", "cheap_model": SOL}, TWO_CACHES, True),
    (USUAL, 3, None, {"cheap_share": "0.5", "cheap_model": "cohere/command-a"}, TWO_CACHES, False),
    (USUAL, 3, None, {}, "The context window of this model is not known", False),
]


@pytest.mark.parametrize(("task", "steps", "ninety", "more", "words", "holds"), EDGES)
def test_a_note_begins_where_its_limit_is_met(
    catalogue: Catalogue, task: Task, steps: float, ninety: float | None, more: dict[str, Any], words: str, holds: bool
) -> None:
    assert (words in holding_notes(answer(catalogue, task, steps, ninety, **more))) is holds


HELPERS: dict[str, Any] = {
    "subagent_model": MODEL,
    "subagent_steps": 5,
    "subagent_prompt": 2000,
    "subagent_answer": 300,
    "subagent_result": 700,
}


@pytest.mark.parametrize(("window", "subagents", "holds"), [(6400, 1, False), (6399, 1, True), (6399, 0, False)])
def test_the_last_prompt_of_a_sub_agent(catalogue: Catalogue, window: int, subagents: int, holds: bool) -> None:
    """2,000 tokens and four times 1,000, then an answer of 300 after 100 of reasoning."""
    given = {**HELPERS, "subagents": subagents, "subagent_model.context_window": window}
    text = holding_notes(answer(catalogue, replace(USUAL, reasoning=100), 3, **given))
    assert ("The last step of a sub-agent needs 6,400 tokens" in text) is holds


def test_a_model_of_which_little_is_known(catalogue: Catalogue) -> None:
    """No window, no batch, no minimum; without a cached price a prompt is not too short for the cache either."""
    little = holding_notes(computed(catalogue, COST, task_on_own_model(USUAL)))
    assert "The context window of this model is not known" in little
    assert "no batch price" not in little
    assert "no batch price" in holding_notes(computed(catalogue, COST, task_on_own_model(USUAL, tier="batch")))
    short = {"model.smallest_prefix": 10**5}
    assert TOO_SHORT not in holding_notes(computed(catalogue, COST, task_on_own_model(USUAL, **short)))
    nothing = replace(USUAL, prefix=0, task=0)
    for more, holds in (({}, False), ({"model.smallest_prefix": 1}, True)):
        given = task_on_own_model(nothing, **{"model.cached_read": 1}, **more)
        assert (TOO_SHORT in holding_notes(computed(catalogue, COST, given))) is holds


@pytest.mark.parametrize(
    ("lifetime", "pauses", "words"),
    [("standard", {"late": "", "step_pause": 20}, "longer"), ("extended", {"late": 0}, "usual")],
)
def test_a_cheaper_lifetime_is_told_with_what_it_saves(
    catalogue: Catalogue, lifetime: str, pauses: dict[str, Any], words: str
) -> None:
    cheaper = "extended" if lifetime == "standard" else "standard"
    for tasks in (1, 1000):
        chosen, instead = (
            answer(catalogue, USUAL, 10, **pauses, lifetime=asked, tasks=tasks) for asked in (lifetime, cheaper)
        )
        saved = chosen.per_month - instead.per_month
        assert saved > 0 and (tasks > 1 or saved < 1)
        assert f"The {words} cache lifetime would save {rounded_amount(saved, USD_PER_MONTH)}." in holding_notes(chosen)
        assert "cache lifetime would save" not in holding_notes(instead)
    none = answer(catalogue, USUAL, 10, **pauses, lifetime=lifetime, tasks=0)
    assert "cache lifetime would save" not in holding_notes(none)


@pytest.mark.parametrize(("since", "announced"), [("2027-10-01", True), ("2027-11-01", False)])
def test_a_change_of_price_is_announced_within_twelve_months(since: str, announced: bool) -> None:
    """November 2026 is the first of them, so October 2027 is the last."""
    changed = json.loads(facts_text())
    changed["collections"]["prices"][SOL]["facts"]["input"]["values"].append([since, "99"])
    answered = computed(load(json.dumps(changed)), COST, {"model": SOL, "as_of": "2026-11-30"})
    assert (f"announced to change on {since}." in holding_notes(answered)) is announced
