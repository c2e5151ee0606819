"""Worked examples of single events: a pause, a broken cache, an unknown length, tasks that differ.

They were computed by a toy provider request by request, before this calculator was written. The calculator has a share
of steps instead of single ones, and one chance of failure instead of kinds of tasks, so several of its answers are put
together here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.agents.asked import answer, near, typed
from tests.calculators.agents.ledger import Task
from tests.calculators.agents.test_cost_examples import PRICES, USUAL
from tests.calculators.answers import computed


def event_cost(catalogue: Catalogue, event: str, step: int) -> Fraction:
    """What it costs more that a step finds no cache: by tasks that end there and one step earlier.

    Where every step is such a one, a task of so many steps pays for all of them.
    """
    sums = []
    for steps in (step, step - 1):
        always, never = (Fraction(answer(catalogue, USUAL, steps, **{event: share}).per_task) for share in (1, 0))
        sums.append(always - never)
    return sums[0] - sums[1]


@pytest.mark.parametrize(
    ("event", "steps", "places", "dollars"),
    [
        ("late", 12, (4, 9), "0.2501"),  # pauses before these steps outlive five minutes
        ("broken", 15, (8,), "0.2624"),  # the tools change before that step
    ],
)
def test_single_steps_that_find_no_cache(
    catalogue: Catalogue, event: str, steps: int, places: tuple[int, ...], dollars: str
) -> None:
    cost = Fraction(answer(catalogue, USUAL, steps).per_task)
    for place in places:
        cost += event_cost(catalogue, event, place)
    assert near(cost, Fraction(dollars))


@pytest.mark.parametrize(
    ("caching", "at_twelve", "expected"), [("yes", "0.1673", 0.1936999999999682), ("no", "0.528", 0.7919999999997104)]
)
def test_each_step_may_be_the_last(catalogue: Catalogue, caching: str, at_twelve: str, expected: float) -> None:
    """With a chance of one in twelve: 12 steps on average, and 276 for their square.

    A task costs a constant, a part for each step and one for each pair of steps, so its mean follows from three tasks.
    """
    costs = {n: Fraction(answer(catalogue, USUAL, n, caching=caching).per_task) for n in (1, 2, 3, 12, 120)}
    square = (costs[3] - 2 * costs[2] + costs[1]) / 2
    linear = costs[2] - costs[1] - 3 * square
    constant = costs[1] - linear - square
    assert near(constant + linear * 120 + square * 120**2, costs[120])
    assert near(costs[12], Fraction(at_twelve))
    assert near(constant + linear * 12 + square * 276, expected, 1e-7)


def test_retries_help_less_where_the_same_tasks_fail_again(catalogue: Catalogue) -> None:
    """Six tasks in ten succeed at 95%, four at 20%; an attempt costs a dollar, and there are three at most."""
    dollar = Task(prices=PRICES, prefix=0, task=0, output=0, result=0, reasoning=100_000)

    def asked(failed: str) -> Any:
        return computed(catalogue, "agents/cost", typed(dollar, 1, failed=failed, attempts=3))

    easy, hard, alike = asked("0.05"), asked("0.8"), asked("0.35")
    solved, cost = (
        (6 * Fraction(getattr(easy, name)) + 4 * Fraction(getattr(hard, name))) / 10 for name in ("solved", "per_task")
    )
    assert near(solved, 0.795125) and near(cost, 1.6075)
    assert near(cost / solved, 2.0216947020908664)
    assert near(alike.solved, 0.957125)
