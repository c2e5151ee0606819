"""What an agent's task costs, against a ledger that pays every step by itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from tests.calculators.agents.asked import answer, near
from tests.calculators.agents.ledger import Task, costs, ledger, lengths, mean_cost
from tests.daily import examples

PRICES = {"plain": Fraction(2), "read": Fraction(1, 5), "written": Fraction(5, 2), "output": Fraction(10)}
LONG = {"plain": Fraction(4), "read": Fraction(2, 5), "written": Fraction(5), "output": Fraction(15)}
PLAIN = Task(prices=PRICES)


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Any task of everyday size: short and long prompts, with and without a cache, a tier, compaction and clearing."""
    shares = st.integers(0, 20).map(lambda twentieths: Fraction(twentieths, 20))
    prefix, growth = draw(st.integers(0, 9000)), draw(st.integers(0, 3000))
    output = draw(st.integers(0, growth))
    history = draw(st.sampled_from(("whole", "compaction", "clearing")))
    return Task(
        prices=PRICES,
        long_prices=LONG,
        prefix=prefix,
        task=draw(st.integers(0, 4000)),
        output=output,
        result=growth - output,
        reasoning=draw(st.sampled_from((0, 300))),
        carried=draw(st.booleans()),
        minimum=draw(st.sampled_from((0, 1024, 4096))),
        long_above=draw(st.one_of(st.none(), st.integers(2000, 60_000))),
        compact_above=draw(st.integers(1000, 40_000)) if history == "compaction" else None,
        clear_above=draw(st.integers(1000, 40_000)) if history == "clearing" else None,
        kept=draw(st.integers(0, 6)),
        placeholder=draw(st.sampled_from((0, 20, 300))),
        clear_least=draw(st.sampled_from((0, 5000))),
        again=draw(st.booleans()),
        summary=draw(st.integers(0, 3000)),
        asking=draw(st.sampled_from((0, 250))),
        caching=draw(st.booleans()),
        found=draw(shares),
        late=draw(shares),
        broken=draw(shares),
        part=Fraction(1)
        if history == "compaction"
        else draw(st.sampled_from((Fraction(1), Fraction(3, 4), Fraction(1, 10)))),
    )


def alone(task: Task) -> dict[str, Any]:
    """What the steps of the other model would cost is nothing: only the share of the first is compared."""
    free = ("input", "cached_read", "cache_write", "output", "long_input", "long_cached_read", "long_cache_write")
    return {f"cheap_model.{name}": 0 for name in (*free, "long_output")} if task.part < 1 else {}


@examples(40, at_night=120)
@given(task=tasks(), steps=st.integers(1, 60))
def test_any_task_costs_the_sum_of_its_steps(catalogue: Catalogue, task: Task, steps: int) -> None:
    book, ours = ledger(task, steps), answer(catalogue, task, steps, **alone(task))
    assert near(ours.per_task, book.cost), (ours.per_task, float(book.cost))
    assert near(ours.per_month, 1000 * book.cost)
    if task.part == 1:
        assert near(ours.input_tokens, sum(book.tokens[kind] for kind in ("plain", "read", "written")))
        assert near(ours.output_tokens, book.tokens["output"])
        assert near(ours.compactions, book.compactions)
        assert near(ours.clearings, book.clearings)
        assert near(ours.cached_share * ours.input_tokens, book.tokens["read"])


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(task=tasks(), median=st.integers(1, 30), tail=st.sampled_from((1.0, 1.5, 3.0, 9.0)), most=st.integers(1, 120))
def test_a_spread_of_lengths_costs_the_mean_over_all_lengths(
    catalogue: Catalogue, task: Task, median: int, tail: float, most: int
) -> None:
    ours = answer(catalogue, task, median, median * tail, most=most, **alone(task))
    assert near(ours.per_task, mean_cost(task, median, median * tail, most), 1e-8)


def test_the_lengths_are_those_of_the_measured_sessions(catalogue: Catalogue) -> None:
    """TraceLab: median 15, nine in ten below 135, mean 73.6, one in a hundred 1,107; the shape says 65 and 810."""
    ours = answer(catalogue, PLAIN, 15, 135, most=5000)
    assert 60 < ours.mean_steps < 74
    assert near(answer(catalogue, PLAIN, 15, 135, most=810).solved, 0.99, 2e-3)


def test_a_break_at_every_step_is_dearer_than_no_cache(catalogue: Catalogue) -> None:
    """A clock in front of everything writes the whole prompt at each step, at a quarter more than plain reading."""
    every = answer(catalogue, replace(PLAIN, broken=Fraction(1)), 20)
    assert near(every.per_task, ledger(replace(PLAIN, broken=Fraction(1)), 20).cost)
    assert every.per_task > every.uncached_per_task
    assert every.caching_saves < 0


def test_the_longest_tenth(catalogue: Catalogue) -> None:
    """Ten lengths of equal weight do not exist here, so the tail is summed over all lengths by hand."""
    shares, by_steps = lengths(12, 40, 300), costs(PLAIN, 300)
    left, tail = 0.1, 0.0
    for steps in sorted(shares, reverse=True):
        taken = min(left, shares[steps])
        tail, left = tail + taken * by_steps[steps - 1], left - taken
    whole = sum(share * by_steps[steps - 1] for steps, share in shares.items())
    ours = answer(catalogue, PLAIN, 12, 40, most=300)
    assert near(ours.tail_share, tail / whole, 1e-8)
    assert near(ours.median_cost, ledger(PLAIN, 12).cost)
    assert near(ours.ninety_cost, ledger(PLAIN, 40).cost)


def test_the_step_at_which_the_window_is_full(catalogue: Catalogue) -> None:
    """9,000 tokens first, 2,000 more each, 400 written: into 50,000 tokens the prompts of 21 steps fit, and no more."""
    window: dict[str, Any] = {"model.context_window": 50_000, "most": 100}
    assert 9000 + 20 * 2000 + 400 < 50_000 < 9000 + 21 * 2000 + 400
    ours = answer(catalogue, PLAIN, 60, **window)
    assert ours.full_step == 22
    assert ours.solved == 0
    assert ours.per_solved is None
    assert near(ours.per_task, ledger(PLAIN, 21).cost)
    assert answer(catalogue, PLAIN, 5, **window).full_step == ours.full_step
    assert answer(catalogue, PLAIN, 5, **{**window, "most": 15}).full_step is None
    compacted = answer(catalogue, replace(PLAIN, compact_above=10**8, summary=1000), 60, **window)
    assert compacted.solved == 1
    within = replace(PLAIN, compact_above=50_000 - 400, summary=1000)
    assert near(compacted.per_task, ledger(within, 60).cost)
