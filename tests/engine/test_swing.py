"""How far inputs move an output, against formulas whose ends are computed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from calculators.engine.swing import Swing, swings
from tests.calculators.prompting_cost import CHANGING, COST
from tests.engine.varied import asked_of, formula, reading_of


def found(catalogue: Any, y: Callable[[Any], Any], **typed: object) -> dict[str, Swing]:
    """The swings of a formula, in their order."""
    reading = reading_of(catalogue, **typed)
    return {it.asked.path: it for it in swings(formula(y), "y", reading, list(asked_of(reading).values()))}


def test_a_fifth_to_either_side_and_a_whole_number_by_one(catalogue) -> None:
    its = found(catalogue, lambda i: i.x * 3 + i.n - i.below * 2)
    assert list(its) == ["x", "below", "n"], "the widest first"
    rows = {name: (it.low, it.high, it.at_low, it.at_high, it.typed) for name, it in its.items()}
    assert rows["x"] == (8, 12, 24 + 25, 36 + 25, False)
    assert rows["below"] == (-12, -8, 30 + 5 + 24, 30 + 5 + 16, False)
    assert rows["n"] == (4, 6, 30 + 4 + 20, 30 + 6 + 20, False)
    assert [its[name].width for name in its] == [12, 8, 2]


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0, 1), (1, 0, 2), (5, 4, 6), (7, 5, 9), (20, 16, 24), (99, 79, 100), (100, 80, 100)]
)
def test_a_whole_number_moves_to_whole_numbers_within_its_bounds(catalogue, n: int, low: int, high: int) -> None:
    its = found(catalogue, lambda i: i.n * 2, n=n)["n"]
    assert (its.low, its.high, its.at_low, its.at_high) == (low, high, 2 * low, 2 * high)


@pytest.mark.parametrize(
    ("signed", "low", "high"), [(0, 0, 1), (-1, -2, 0), (-3, -4, -2), (-7, -9, -5), (-20, -20, -16)]
)
def test_below_zero_a_whole_number_moves_alike(catalogue, signed: int, low: int, high: int) -> None:
    its = found(catalogue, lambda i: i.signed * 2, signed=signed)["signed"]
    assert (its.low, its.high, its.at_low, its.at_high) == (low, high, 2 * low, 2 * high)


@pytest.mark.parametrize(("x", "low", "high"), [(900, 720, 1000), (1000, 800, 1000), ("0.5", 0.4, 0.6)])
def test_an_end_stays_within_the_bounds(catalogue, x: object, low: float, high: float) -> None:
    its = found(catalogue, lambda i: i.x + 1, x=x)["x"]
    assert (its.low, its.high) == (low, high)


def test_a_range_of_ones_own_is_taken_as_it_is(catalogue) -> None:
    its = found(catalogue, lambda i: i.x + i.n, x="2..50", n="3..4")
    assert [(it.low, it.high, it.typed) for it in its.values()] == [(2, 50, True), (3, 4, True)]
    assert (its["x"].at_low, its["x"].at_high) == (2 + 4, 50 + 4), "the other is held at its middle, which is whole"


def test_an_input_that_moves_nothing_is_left_out(catalogue) -> None:
    assert list(found(catalogue, lambda i: i.x * 2)) == ["x"]
    assert found(catalogue, lambda i: i.x * 0 + 3) == {}
    assert list(found(catalogue, lambda i: i.x + i.n, x=0)) == ["n"], "a fifth of nothing is nothing"


def test_an_end_without_an_answer_is_left_out(catalogue) -> None:
    assert list(found(catalogue, lambda i: (i.x if i.x < 11 else None) and i.x + i.n)) == ["n"]
    assert list(found(catalogue, lambda i: (i.x if i.x > 9 else None) and i.x + i.n)) == ["n"]
    assert list(found(catalogue, lambda i: 1 / (i.x - 8) + i.n)) == ["n"]


def test_a_price_that_will_change_moves_the_answer_beside_the_others(catalogue) -> None:
    """Each such price is varied in a run of its own."""
    model = CHANGING[0]
    told = json.loads(catalogue.answer(COST, json.dumps({"model": model}), "json", "sensitivity"))
    moved = {it["input"] for it in told["inputs"]}
    assert {"requests", "model.input", "model.output"} <= moved
