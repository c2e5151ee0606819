"""How far inputs move an output, against formulas whose ends are computed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Sensitivity
from calculators.engine.questions.swing import Swing, swings
from tests.calculators.prompting.cost import CHANGING, COST
from tests.engine.questions.varied import asked_of, formula, reading_of


def swings_of(catalogue: Catalogue, y: Callable[[Any], Any], **typed: object) -> dict[str, Swing]:
    """The swings of a formula, in their order."""
    reading = reading_of(catalogue, **typed)
    moving = swings(formula(y), "y", reading, list(asked_of(reading).values()))
    return {swing.asked.path: swing for swing in moving}


def test_a_fifth_to_either_side_and_a_whole_number_by_one(catalogue: Catalogue) -> None:
    by_input = swings_of(catalogue, lambda i: i.size * 3 + i.n - i.below * 2)
    assert list(by_input) == ["size", "below", "n"], "the widest first"
    rows = {name: (swing.low, swing.high, swing.at_low, swing.at_high, swing.typed) for name, swing in by_input.items()}
    assert rows["size"] == (8, 12, 24 + 25, 36 + 25, False)
    assert rows["below"] == (-12, -8, 30 + 5 + 24, 30 + 5 + 16, False)
    assert rows["n"] == (4, 6, 30 + 4 + 20, 30 + 6 + 20, False)
    assert [swing.width for swing in by_input.values()] == [12, 8, 2]


@pytest.mark.parametrize(
    ("n", "low", "high"), [(0, 0, 1), (1, 0, 2), (5, 4, 6), (7, 5, 9), (20, 16, 24), (99, 79, 100), (100, 80, 100)]
)
def test_a_whole_number_moves_to_whole_numbers_within_its_bounds(
    catalogue: Catalogue, n: int, low: int, high: int
) -> None:
    swing = swings_of(catalogue, lambda i: i.n * 2, n=n)["n"]
    assert (swing.low, swing.high, swing.at_low, swing.at_high) == (low, high, 2 * low, 2 * high)


@pytest.mark.parametrize(
    ("signed", "low", "high"), [(0, 0, 1), (-1, -2, 0), (-3, -4, -2), (-7, -9, -5), (-20, -20, -16)]
)
def test_below_zero_a_whole_number_moves_alike(catalogue: Catalogue, signed: int, low: int, high: int) -> None:
    swing = swings_of(catalogue, lambda i: i.signed * 2, signed=signed)["signed"]
    assert (swing.low, swing.high, swing.at_low, swing.at_high) == (low, high, 2 * low, 2 * high)


@pytest.mark.parametrize(("size", "low", "high"), [(900, 720, 1000), (1000, 800, 1000), ("0.5", 0.4, 0.6)])
def test_an_end_stays_within_the_bounds(catalogue: Catalogue, size: object, low: float, high: float) -> None:
    swing = swings_of(catalogue, lambda i: i.size + 1, size=size)["size"]
    assert (swing.low, swing.high) == (low, high)


def test_a_range_of_ones_own_is_taken_as_it_is(catalogue: Catalogue) -> None:
    size, n = swings_of(catalogue, lambda i: i.size + i.n, size="2..50", n="3..4").values()
    assert [(swing.low, swing.high, swing.typed) for swing in (size, n)] == [(2, 50, True), (3, 4, True)]
    assert (size.at_low, size.at_high) == (2 + 4, 50 + 4), "n stands at its middle, which is whole"


def test_an_input_that_moves_nothing_is_left_out(catalogue: Catalogue) -> None:
    assert list(swings_of(catalogue, lambda i: i.size * 2)) == ["size"]
    assert swings_of(catalogue, lambda i: i.size * 0 + 3) == {}
    assert list(swings_of(catalogue, lambda i: i.size + i.n, size=0)) == ["n"], "a fifth of nothing is nothing"


def test_an_end_without_an_answer_is_left_out(catalogue: Catalogue) -> None:
    assert list(swings_of(catalogue, lambda i: (i.size if i.size < 11 else None) and i.size + i.n)) == ["n"]
    assert list(swings_of(catalogue, lambda i: (i.size if i.size > 9 else None) and i.size + i.n)) == ["n"]
    assert list(swings_of(catalogue, lambda i: 1 / (i.size - 8) + i.n)) == ["n"]


def test_a_price_that_will_change_moves_the_answer_beside_the_others(catalogue: Catalogue) -> None:
    """Each such price is varied in a run of its own."""
    model = CHANGING[0]
    answer = json.loads(catalogue.answer(Question(COST, {"model": model}, ask=Sensitivity())))
    moved = {row["input"] for row in answer["inputs"]}
    assert {"requests", "model.input", "model.output"} <= moved
