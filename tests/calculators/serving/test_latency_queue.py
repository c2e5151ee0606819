"""A queue before a service: against published formulas, and against requests that queue up one by one."""

from __future__ import annotations

import heapq
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from calculators.catalogue import Catalogue
from calculators.serving.latency.distribution.grids import CELLS, ONE_MASS
from calculators.serving.latency.distribution.stages import exponential_stage_times
from tests.calculators.answers import answer_json
from tests.calculators.serving.test_latency import LATENCY, NOTHING, around, ask, first_token, near

QUEUE: dict[str, Any] = {"queue__places": 8, "queue__arrivals": "3.2", "queue__held": 2}
"""Eight places, 3.2 requests a second that take two seconds each: four places in five are taken."""


def test_eight_places_of_which_four_in_five_are_taken(catalogue: Catalogue) -> None:
    """Erlang's formula, computed apart from this code: 45.8% wait, 0.572 s on average, 2.77 s at the p95."""
    answer = ask(catalogue, **QUEUE)
    assert near(answer.queued, 0.45764492544201607, 1e-9)
    assert near(answer.used, 0.8, 1e-9)
    assert near(answer.mean, 0.5720561568025202, 1e-9)
    assert near(answer.sum_p95, 2.767588257558316, 1e-9) and answer.sum_p50 == 0
    assert near(answer.whole_p95, 2.767588257558316, 1e-4)
    assert near(answer.whole_p99, 4.779385648100942, 1e-4)
    assert float(answer.whole_p50) < 0.001


def test_one_place_is_the_queue_of_every_textbook(catalogue: Catalogue) -> None:
    """Of one place that is half taken, half wait, as long as a request takes on average: 1 ÷ (1 − 0.5) × 0.5."""
    answer = ask(catalogue, queue__places=1, queue__arrivals="0.5", queue__held=1)
    assert near(answer.queued, 0.5, 1e-9) and near(answer.mean, 1, 1e-9)


def simulated_waits(places: int, arrivals: float, services: Any, seed: int) -> Any:
    """How long each request waits for a place, in the order of their coming."""
    dice = np.random.default_rng(seed)
    now = np.cumsum(dice.exponential(1 / arrivals, len(services)))
    free = [0.0] * places
    waits = np.empty(len(services))
    for number, (comes, service) in enumerate(zip(now, services, strict=True)):
        begins = max(comes, heapq.heappop(free))
        waits[number] = begins - comes
        heapq.heappush(free, begins + service)
    return waits


def test_requests_that_queue_up_one_by_one(catalogue: Catalogue) -> None:
    """200,000 of them, each with the time of the model after its wait; the first ones find an empty service."""
    count, dice = 200_000, np.random.default_rng(5)
    waits = simulated_waits(8, 3.2, dice.exponential(2, count), 6)
    sigma = math.log(3) / 1.6448536269514722
    total = (waits + 0.6 * np.exp(sigma * dice.standard_normal(count)))[5000:]
    answer = ask(catalogue, **QUEUE, **first_token(0.6, 1.8))
    for ours, share in ((answer.whole_p50, 0.5), (answer.whole_p95, 0.95), (answer.whole_p99, 0.99)):
        assert near(ours, float(np.quantile(total, share)), 0.03)
    assert near(answer.mean, float(total.mean()), 0.03)


def test_how_far_the_formula_is_off_where_all_requests_take_the_same_time(catalogue: Catalogue) -> None:
    """They wait about half as long as the calculator says, as its note has it."""
    waits = simulated_waits(8, 3.2, np.full(200_000, 2.0), 7)[5000:]
    ours = float(ask(catalogue, **QUEUE).mean)
    assert 0.45 < float(waits.mean()) / ours < 0.65
    notes = answer_json(
        catalogue, LATENCY, NOTHING | {name.replace("__", "."): str(text) for name, text in QUEUE.items()}
    )
    assert any("about half as long" in note for note in notes["notes"])


def test_a_place_is_held_for_the_mean_time_of_the_model_and_its_tools(catalogue: Catalogue) -> None:
    """Two calls of one second each and a tool of half a second between them: network and search hold no place."""
    stages = first_token(1, 1) | around(network=("3", "3"), retrieval=("2", "2"))
    tools = {"steps": 2, "between__calls": 1, "between__tool": "0.5", "between__tool_p95": "0.5"}
    answer = ask(catalogue, **stages, **tools, queue__places=4, queue__arrivals=1)
    assert near(answer.used, 2.5 / 4, 1e-9)
    typed = ask(catalogue, **stages, **tools, queue__places=4, queue__arrivals=1, queue__held="2.5")
    assert typed.queued == answer.queued and typed.whole_p95 == answer.whole_p95


@pytest.mark.parametrize("arrivals", [4, 9])
def test_a_queue_without_end_has_no_wait(catalogue: Catalogue, arrivals: int) -> None:
    answer = ask(catalogue, **QUEUE | {"queue__arrivals": arrivals}, **first_token(1, 2))
    assert {answer.whole_p50, answer.first_p95, answer.whole_p99} == {None}
    assert (answer.queued, answer.within, answer.unanswered) == (1, 0, 1)
    assert near(answer.sum_p95, 2, 1e-9)
    given = NOTHING | {"queue.places": "8", "queue.arrivals": str(arrivals), "queue.held": "2"}
    assert any("grows without end" in note for note in answer_json(catalogue, LATENCY, given)["notes"])


def test_faster_models_and_more_places_shorten_the_queue(catalogue: Catalogue) -> None:
    """The table has a lever for places, and a model twice as fast holds them half as long."""
    given = {"queue.places": "4", "queue.arrivals": "0.4"}
    tables = {table["name"]: table["rows"] for table in answer_json(catalogue, LATENCY, given)["tables"]}
    levers = {row[0]: Decimal(row[2]) for row in tables["levers"] if row[2] is not None}
    (queue,) = [row for row in tables["stages"] if row[0] == "Queue before your service"]
    assert Decimal(queue[2]) > 0
    assert levers["Twice the places of your service"] < levers["As it is"] - Decimal(queue[2]) / 2
    assert levers["A model twice as fast"] < levers["As it is"] / 2
    without = answer_json(catalogue, LATENCY, {})
    assert without["outputs"]["queued"]["value"] is None
    assert not any("places" in row[0] for table in without["tables"] for row in table["rows"])


@pytest.mark.parametrize(("mean", "widest"), [(1.0, 0.25), (1.0, 0.03), (0.001, 10.0), (300.0, 4.0)])
def test_exponential_times_keep_their_mean_and_shares(mean: float, widest: float) -> None:
    times = exponential_stage_times(mean, widest)
    assert len(times.masses) <= CELLS
    held = sum(times.masses) / ONE_MASS
    if held > 0.999999:
        middle = sum(mass * (times.start + cell * times.step) for cell, mass in enumerate(times.masses)) / ONE_MASS
        assert math.isclose(middle, mean, rel_tol=1e-4)
    if times.step < mean / 4:
        for share in (0.3, 0.5, 0.9):
            seconds = -mean * math.log(1 - share)
            beyond = seconds > times.start + (CELLS - 1) * times.step
            assert beyond or abs(times.share_within(seconds) - share) < 0.003
