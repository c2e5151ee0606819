"""Changes that could be made, other models, shortened windows and plans of an agent, where each has something to do."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.agents.cost import Inputs
from calculators.agents.cost.monthly_plan import agent_plan
from calculators.catalogue import Catalogue
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import output_value
from calculators.engine.inputs.understanding import understand_inputs
from tests.calculators.agents.asked import COST, answer, near, typed
from tests.calculators.agents.ledger import Task, costs, ledger, lengths
from tests.calculators.agents.test_cost_clearing import CLEARED
from tests.calculators.agents.test_cost_edges import COMPACTED, HELPER, HELPERS
from tests.calculators.agents.test_cost_examples import USUAL
from tests.calculators.agents.test_cost_notes import ninety_where
from tests.calculators.agents.test_cost_tables import rows
from tests.calculators.answers import computed
from tests.calculators.settings import SOL

THINKING = replace(USUAL, reasoning=100)


def test_a_lever_saves_the_difference_of_two_months(catalogue: Catalogue) -> None:
    answered = answer(catalogue, COMPACTED, 10, calls=2, result=800, text=200, call_tokens=100)
    table = output_value(answered.levers)
    assert table.own == 0 and table.rows[0][0] == "as it is"
    for _, _, month, saving in table.rows[1:]:
        assert saving == 0 or near(saving, Fraction(answered.per_month) - Fraction(month))
    assert "one tool call at a time, in more steps" not in rows(answer(catalogue, COMPACTED, 10), "levers")


def test_a_small_saving_is_one(catalogue: Catalogue) -> None:
    """One definition of ten tokens less is no rounding of sums."""
    two: dict[str, Any] = {"tools": 2, "tool_tokens": 10}
    saving = rows(answer(catalogue, USUAL, 10, **two), "levers")["half of the tools"][3]
    longer, shorter = (ledger(replace(USUAL, prefix=prefix), 10).cost for prefix in (8020, 8010))
    assert saving > 0 and near(saving, 1000 * (longer - shorter), 1e-6)


@pytest.mark.parametrize(
    ("given", "levers"),
    [
        ({}, {"without caching", "the longer cache lifetime"}),
        ({"lifetime": "extended"}, {"without caching", "the usual cache lifetime"}),
        ({"caching": "no"}, {"with caching"}),
    ],
)
def test_levers_of_the_cache(catalogue: Catalogue, given: dict[str, Any], levers: set[str]) -> None:
    labels = rows(answer(catalogue, USUAL, 10, **given), "levers")
    assert {label for label in labels if "cach" in label} == levers
    switched = answer(catalogue, USUAL, 10, **{**given, "caching": "yes" if "caching" in given else "no"})
    assert labels["with caching" if "caching" in given else "without caching"][2] == switched.per_month


@pytest.mark.parametrize(
    ("history", "above", "holds"),
    [
        ("compaction", 19_000, False),
        ("compaction", 19_001, True),
        ("compaction", 28_000, True),
        ("whole", 28_000, False),
    ],
)
def test_half_the_length_still_has_to_hold_a_summary(
    catalogue: Catalogue, history: str, above: int, holds: bool
) -> None:
    """After a compaction the prompt has 9,500 tokens."""
    task = replace(COMPACTED, compact_above=above)
    levers = rows(answer(catalogue, task, 10, history=history), "levers")
    assert ("compacted at half the length" in levers) is holds


def test_the_next_lower_effort_is_a_lever(catalogue: Catalogue) -> None:
    """Only where the model reasons at the effort that was asked for, and its tokens are not typed."""
    plain = {"model": SOL, "steps": "10", "steps_of_nine_in_ten": "10"}

    def levers(**given: str) -> dict[str, Any]:
        """The levers of reasoning."""
        table = rows(computed(catalogue, COST, plain | given), "levers")
        return {label: row for label, row in table.items() if label.startswith("reasoning at")}

    lower = levers(effort="high")
    assert list(lower) == ["reasoning at medium effort"]
    assert lower["reasoning at medium effort"][2] == computed(catalogue, COST, plain | {"effort": "medium"}).per_month
    assert levers(effort="high", reasoning="100") == {}
    assert levers(effort="none") == {}
    assert len(levers()) == 1
    assert levers(model="cohere/command-a") == {}


def mine(catalogue: Catalogue, task: Task, steps: int, **more: Any) -> Any:
    """The row of the reader's own model in the ranking. Any: cells hold numbers and words."""
    return rows(answer(catalogue, task, steps, **more), "models")["Claude Haiku 5.5"]


def test_a_first_prompt_that_just_fits(catalogue: Catalogue) -> None:
    """9,000 tokens of prompt, 400 written and 100 thought."""
    fitting, short = (mine(catalogue, THINKING, 1, **{"model.context_window": window}) for window in (9500, 9499))
    assert near(fitting[2], 1000 * ledger(THINKING, 1).cost) and near(fitting[3], ledger(THINKING, 1).cost)
    assert fitting[4] == 0 and "does not fit" not in fitting[5]
    assert short[2] is short[3] is short[4] is None and "the first prompt does not fit" in short[5]


@pytest.mark.parametrize(
    ("task", "most", "holds"), [(USUAL, 100, True), (USUAL, 21, False), (replace(COMPACTED, summary=0), 100, False)]
)
def test_a_window_that_ends_longer_tasks(catalogue: Catalogue, task: Task, most: int, holds: bool) -> None:
    """The prompts of 21 steps fit into 50,000 tokens."""
    row = mine(catalogue, task, 10, most=most, **{"model.context_window": 50_000})
    assert ("the window ends longer tasks" in row[5]) is holds


def test_what_other_models_lack(catalogue: Catalogue) -> None:
    def remark(name: str, **given: str) -> str:
        """What is said of a model."""
        words: str = rows(computed(catalogue, COST, {"model": SOL, "steps": "3"} | given), "models")[name][5]
        return words

    assert "no cached price" in remark("Command A") and "no cached price" not in remark("Claude Haiku 5.5")
    assert "no cached price" not in remark("Command A", caching="no")
    assert "no batch price" in remark("Command A", tier="batch")
    assert "no batch price" not in remark("Command A") + remark("Claude Haiku 5.5", tier="batch")
    assert "shuts down on 2027-01-14" in remark("GPT-4.1")
    assert "shuts down" not in remark("Claude Haiku 5.5")
    assert "window not known" not in remark("Claude Haiku 5.5")
    unlisted = {"model": "own", "model.name": "Mine", "model.input": "1", "model.output": "2"}
    assert "context window not known" in remark("Mine", **unlisted)
    untyped = remark("Command A", effort="high", reasoning="")
    assert remark("Command A", effort="high", reasoning="100") == remark("Command A", reasoning="100") != untyped


def test_the_window_holds_what_is_written_and_thought(catalogue: Catalogue) -> None:
    """9,000 tokens and 20 times 2,000, with 500 more: into 49,500 tokens the prompts of 21 steps fit."""
    for window, full in ((49_500, 22), (49_499, 21)):
        ours = answer(catalogue, THINKING, 60, most=100, **{"model.context_window": window})
        assert ours.full_step == full
        assert near(ours.per_task, ledger(THINKING, full - 1).cost)
    assert answer(catalogue, THINKING, 9, most=22, **{"model.context_window": 49_500}).full_step == 22
    assert answer(catalogue, THINKING, 9, most=21, **{"model.context_window": 49_500}).full_step is None
    assert near(answer(catalogue, USUAL, 9, **{"model.context_window": 5000}).per_task, ledger(USUAL, 1).cost)


@pytest.mark.parametrize("task", [replace(CLEARED, clear_above=10**6), replace(COMPACTED, compact_above=10**6)])
def test_a_history_is_shortened_before_the_window_is_full(catalogue: Catalogue, task: Task) -> None:
    """Above 49,500 tokens, where 500 more would not fit into 50,000."""
    thinking = replace(task, reasoning=100)
    within: dict[str, Any] = {"clear_above" if task.clear_above else "compact_above": 49_500}
    ours = answer(catalogue, thinking, 25, **{"model.context_window": 50_000})
    assert near(ours.per_task, ledger(replace(thinking, **within), 25).cost)


@pytest.mark.parametrize("carried", [True, False])
def test_reasoning_of_sub_agents(catalogue: Catalogue, carried: bool) -> None:
    ours = answer(catalogue, replace(THINKING, carried=carried), 3, **HELPERS)
    assert near(ours.subagents_per_task, 3 * ledger(replace(HELPER, reasoning=100, carried=carried), 5).cost)
    assert near(ours.per_task - ours.subagents_per_task, ledger(replace(THINKING, carried=carried), 3).cost)
    nothing = {**HELPERS, "subagent_prompt": 0}
    bare = replace(HELPER, prefix=0, reasoning=100, carried=carried)
    ours = answer(catalogue, replace(THINKING, carried=carried), 3, **nothing)
    assert near(ours.subagents_per_task, 3 * ledger(bare, 5).cost)
    assert answer(catalogue, USUAL, 3, **nothing | {"subagents": 0}).subagents_per_task == 0


def test_the_longest_tenth_has_a_tenth_of_the_sub_agents(catalogue: Catalogue) -> None:
    shares, by_steps, helpers = lengths(12, 40, 100), costs(USUAL, 100), 3 * float(ledger(HELPER, 5).cost)
    left, tail = 0.1, 0.1 * helpers
    for steps in sorted(shares, reverse=True):
        share = min(left, shares[steps])
        tail, left = tail + share * by_steps[steps - 1], left - share
    whole = helpers + sum(share * by_steps[steps - 1] for steps, share in shares.items())
    assert near(answer(catalogue, USUAL, 12, 40, most=100, **HELPERS).tail_share, tail / whole, 1e-8)


@pytest.mark.parametrize(("failed_steps", "mean"), [(20, 13), (50, 16)])
def test_the_mean_counts_failures_up_to_the_limit(catalogue: Catalogue, failed_steps: int, mean: int) -> None:
    """Seven in ten take 10 steps, three in ten 20, or 30 where 50 are not allowed."""
    assert near(answer(catalogue, USUAL, 10, most=30, failed="0.3", failed_steps=failed_steps).mean_steps, mean)


def test_attempts_fail_at_the_limit_or_for_another_reason(catalogue: Catalogue) -> None:
    """A quarter would take more than 30 steps, and a fifth of the others fails: six in ten are solved."""
    ninety = ninety_where(0.25, 31, 10)
    assert near(answer(catalogue, USUAL, 10, ninety, most=30, failed="0.2").solved, 0.6)


def test_the_kinds_of_tokens_are_those_of_all_attempts(catalogue: Catalogue) -> None:
    book, kinds = ledger(USUAL, 10), rows(answer(catalogue, USUAL, 10, failed=1, attempts=2), "kinds")
    assert near(kinds["Read from the cache"][1], 2 * book.tokens["read"])
    assert near(kinds["Answers and tool calls"][2], 2000 * book.tokens["output"] * 10 / 10**6)


def test_an_agent_as_a_plan(catalogue: Catalogue) -> None:
    """Nothing at the start and nothing fixed; a month or twelve of them, each task at its price."""
    given = typed(USUAL, 10, failed="0.5")
    inputs: Inputs = exact_run_inputs(understand_inputs(Inputs, given, catalogue.facts).need())
    for plan, months in ((agent_plan(inputs), 12), (agent_plan(inputs, 1), 1)):
        assert plan.start == 0 and plan.fixed == (0,) * months and len(plan.per_request) == months
        assert all(near(task, ledger(USUAL, 10).cost) for task in plan.per_request)
        assert plan.quality is not None and near(plan.quality, 0.5)
