"""Worked examples of agents, computed by a toy provider request by request and written down before this calculator was.

The prices are made up: dollars a million tokens for input, cached input, writing into the cache, and output.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.agents.asked import MODEL, answer, near, typed
from tests.calculators.agents.ledger import Task
from tests.calculators.answers import computed
from tests.calculators.settings import own_tokens

PRICES = {"plain": Fraction(2), "read": Fraction(1, 5), "written": Fraction(5, 2), "output": Fraction(10)}
FREE_WRITES = {"plain": Fraction(2), "read": Fraction(1, 2), "written": Fraction(2), "output": Fraction(8)}
LONG = {"plain": Fraction(4), "read": Fraction(2, 5), "written": Fraction(5), "output": Fraction(15)}
USUAL = Task(prices=PRICES, prefix=8000, task=1000, output=400, result=1600)
SHORT = Task(prices=PRICES, prefix=2000, task=500, output=200, result=500, minimum=4096)
HUGE = Task(prices=PRICES, long_prices=LONG, long_above=272_000, prefix=10_000, task=200_000, output=500, result=4500)

EXAMPLES: list[tuple[str, Task, int, str]] = [
    ("one step: nothing to read again, the premium for writing is lost", USUAL, 1, "0.0265"),
    ("ten steps: each reads the prompt before it", USUAL, 10, "0.1381"),
    ("writing costs what reading does", replace(USUAL, prices=FREE_WRITES), 20, "0.4145"),
    ("three prompts are too short to be cached", SHORT, 6, "0.04818"),
    ("prompts grow beyond the tier of long prompts", HUGE, 30, "3.9705"),
    (
        "one token above the tier re-prices the request",
        replace(HUGE, prefix=7000, task=265_001, output=1000, result=0),
        1,
        "1.375005",
    ),
    ("sixty steps without compaction", replace(USUAL, result=3600), 60, "2.3275"),
    ("hidden reasoning, not carried on", replace(USUAL, reasoning=900), 20, "0.4801"),
    ("one tool at a time", USUAL, 25, "0.3961"),
    ("three tools at once", replace(USUAL, output=1000, result=4800), 9, "0.27538"),
    ("thirty steps, five minutes", USUAL, 30, "0.5021"),
    ("thirty steps, an hour", replace(USUAL, prices=PRICES | {"written": Fraction(4)}), 30, "0.6026"),
]


@pytest.mark.parametrize(
    ("task", "steps", "dollars"), [case[1:] for case in EXAMPLES], ids=[case[0] for case in EXAMPLES]
)
def test_an_example_costs_what_the_toy_provider_billed(
    catalogue: Catalogue, task: Task, steps: int, dollars: str
) -> None:
    assert near(answer(catalogue, task, steps).per_task, Fraction(dollars))


def test_what_ten_steps_read_and_write(catalogue: Catalogue) -> None:
    """153,000 tokens read, 27,000 written, 4,000 answered: 85% of the input comes from the cache."""
    ours = answer(catalogue, USUAL, 10)
    assert near(ours.cached_share, 0.85)
    assert near(ours.input_tokens, 153_000 + 27_000)
    assert ours.output_tokens == 4000


def test_three_tools_at_once_are_three_calls_in_a_step(catalogue: Catalogue) -> None:
    """The same as above, asked for by the number of calls: 100 tokens of text and 300 for each call."""
    split: dict[str, Any] = {"text": 100, "call_tokens": 300, "calls": 3, "result": 1600}
    assert near(answer(catalogue, USUAL, 9, **split).per_task, Fraction("0.27538"))


def test_an_hour_pays_above_one_late_step_in_twenty_five(catalogue: Catalogue) -> None:
    """Where so many gaps are longer than five minutes, both lifetimes cost the same."""
    share = "0.040722882"
    five_minutes = answer(catalogue, USUAL, 30, late=share).per_task
    assert near(five_minutes, Fraction("0.6026"), 1e-6)


def test_twenty_five_workers_on_a_small_model(catalogue: Catalogue) -> None:
    """The lead takes six steps and sends five workers in each but the last; they share no cache."""
    small = {"input": "0.5", "cached_read": "0.05", "cache_write": "0.625", "output": "2.5"}
    workers: dict[str, Any] = {
        "subagents": 25,
        "subagent_steps": 15,
        "subagent_prompt": 2000 + 4000 + 600,
        "subagent_answer": 300,
        "subagent_result": 2500,
        "subagent_model": MODEL,
        "subagent_model.smallest_prefix": 0,
        "subagent_model.long_above": 10**8,
        **{f"subagent_model.{name}": price for name, price in small.items()},
        "late": 0,
    }
    ours = answer(catalogue, replace(USUAL, output=900, result=4000), 6, **workers)
    assert near(ours.subagents_per_task, 25 * Fraction("0.057235"))
    assert near(ours.per_task, Fraction("1.587425"))


def test_batch_halves_every_token(catalogue: Catalogue) -> None:
    halves: dict[str, Any] = {f"model.batch_{name}": price for name, price in HALF.items()}
    longer: dict[str, Any] = {f"model.long_batch_{name}": price for name, price in HALF.items()}
    ours = answer(catalogue, USUAL, 10, batch="yes", **halves, **longer)
    assert near(ours.per_task, Fraction("0.06905"))


HALF = {"input": "1", "cached_read": "0.1", "cache_write": "1.25", "output": "5"}


def test_a_spread_of_four_lengths(catalogue: Catalogue) -> None:
    """Half take 5 steps, 30% take 12, 15% take 40, 5% take 120: $0.40386 on average, not the $0.2645 of 18 steps."""
    costs = {steps: answer(catalogue, USUAL, steps).per_task for steps in (5, 12, 18, 40, 120)}
    shares = {5: Fraction(1, 2), 12: Fraction(3, 10), 40: Fraction(3, 20), 120: Fraction(1, 20)}
    assert near(sum(float(share) * float(costs[steps]) for steps, share in shares.items()), 0.40386)
    assert all(
        near(costs[steps], dollars) for steps, dollars in ((5, 0.0721), (18, 0.2645), (40, 0.7441), (120, 4.1201))
    )
    assert near(costs[120] / 20, 0.5100901302431535 * 0.40386)


@pytest.mark.parametrize(("attempts", "solved", "task"), [(1, "0.7", "0.87"), (3, "0.973", "1.2093")])
def test_a_solved_task_pays_for_the_failures(catalogue: Catalogue, attempts: int, solved: str, task: str) -> None:
    """A success costs $0.60, a failure $1.50, seven in ten succeed: $1.2429 a solved task, however many attempts.

    Two steps of 30 cents each succeed, five fail: 30,000 tokens are written in each, and nothing is read.
    """
    nothing = Task(prices=PRICES, prefix=0, task=0, output=0, result=0, reasoning=30_000)
    given = typed(nothing, 2, failed_steps=5, failed="0.3", attempts=attempts)
    ours = computed(catalogue, "agents/cost", given)
    assert near(ours.per_solved, 1.2428571428571429)
    assert near(ours.solved, Fraction(solved))
    assert near(ours.per_task, Fraction(task))


def test_nothing_is_solved_where_every_attempt_fails(catalogue: Catalogue) -> None:
    ours = answer(catalogue, USUAL, 10, failed=1, attempts=4)
    assert ours.per_solved is None
    assert near(ours.per_task, 4 * Fraction("0.1381"))


def test_a_compaction_reads_its_context_from_the_cache(catalogue: Catalogue) -> None:
    """81,000 tokens read and 2,400 written cost $0.0402, and $0.2265 where the cache breaks first.

    All but the tokens of the last step are read, which are made very few here.
    """
    task = Task(prices=PRICES, prefix=80_998, task=0, output=1, result=1, compact_above=80_999, summary=2400)
    for broken, dollars in ((Fraction(0), 0.0402), (Fraction(1), 0.2265)):
        ours = answer(catalogue, replace(task, broken=broken), 2)
        assert near(ours.compactions, 1)
        assert near(ours.compaction_cost / 1000, dollars, 2e-4)


def test_tokens_are_converted_to_those_of_the_model(catalogue: Catalogue) -> None:
    """A model that makes 1.3 tokens of one pays 1.3 times as much, as every prompt is that much longer."""
    given = typed(USUAL, 10)
    longer = {**given, "counted_with": "o200k", "model.tokenizer_factor": "1.3", "reasoning": "0"}
    assert own_tokens(MODEL) != {"counted_with": "o200k"}
    ours, theirs = (computed(catalogue, "agents/cost", question) for question in (given, longer))
    assert near(theirs.per_task, float(ours.per_task) * 1.3)
