"""Ranges, lines and sweeps over small formulas, against points and quantiles computed in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import make_dataclass
from decimal import Decimal
from typing import Any

import pytest

from calculators.engine.declare import number
from calculators.engine.explore import Spreading, along, ranges, twelve
from calculators.engine.inputs import understand
from calculators.engine.read import Refused, Spread
from calculators.engine.sweep import sweep
from calculators.engine.units import ONE
from tests.engine.varied import Outputs, asked_of, formula, reading_of

RUNS = 1000


def fractions(prime: int) -> list[float]:
    """The fractions of the multiples of a prime's square root, by a root of whole numbers with twenty digits."""
    scale = 10**20
    return [math.isqrt(at * at * prime * scale * scale) % scale / scale for at in range(1, RUNS + 1)]


def spread(catalogue: Any, y: Callable[[Any], Any], **typed: object) -> Spreading:
    """How the number of a formula spreads."""
    return ranges(formula(y), Outputs, reading_of(catalogue, **typed), {})["y"]


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def check(its: Spreading, values: list[float]) -> None:
    """Nine runs of ten lie from low to high, and the bars count all of them."""
    ordered = sorted(values)
    assert close(its.least, ordered[0]) and close(its.most, ordered[-1])
    assert close(its.low, ordered[50]) and close(its.high, ordered[949]), "5% of 999 steps from either end"
    assert close(its.middle, ordered[499])
    width = (ordered[-1] - ordered[0]) / 20
    bars = [sum(ordered[0] + width * at <= it < ordered[0] + width * (at + 1) for it in ordered) for at in range(19)]
    assert list(its.bins) == [*bars, RUNS - sum(bars)]


def test_one_range_is_run_through_evenly(catalogue) -> None:
    check(spread(catalogue, lambda i: i.x * 3 + 1, x="100..200"), [(100 + 100 * it) * 3 + 1 for it in fractions(2)])


def test_each_range_has_a_prime_of_its_own(catalogue) -> None:
    expected = [(20 + 30 * a) * (-40 + 10 * b) for a, b in zip(fractions(2), fractions(3), strict=True)]
    check(spread(catalogue, lambda i: i.x * i.below, x="20..50", below="-40..-30"), expected)


def test_a_range_that_comes_ready_counts_where_none_is_typed(catalogue) -> None:
    ready = {"x": Spread(Decimal(100), Decimal(150), Decimal(200))}
    for typed, low, wide in (({}, 100, 100), ({"x": "20..50"}, 20, 30)):
        its = ranges(formula(lambda i: i.x * 1), Outputs, reading_of(catalogue, **typed), ready)["y"]
        check(its, [low + wide * it for it in fractions(2)])


def test_whole_numbers_are_equally_likely(catalogue) -> None:
    """From 3 to 6 there are four."""
    expected = [3 + math.floor(4 * it) for it in fractions(2)]
    its = spread(catalogue, lambda i: i.n * 1, n="3..6")
    check(its, expected)
    assert (its.least, its.most) == (3, 6) and [it for it in its.bins if it] == [expected.count(n) for n in range(3, 7)]


def test_what_does_not_move_is_one_bar(catalogue) -> None:
    assert spread(catalogue, lambda i: i.n * 2, x="1..2") == Spreading(10, 10, 10, 10, 10, (RUNS, *[0] * 19))


def test_runs_without_an_answer_are_left_out(catalogue) -> None:
    its = spread(catalogue, lambda i: i.x * 1 if i.x >= 150 else None, x="100..200")
    assert sum(its.bins) == sum(it >= 0.5 for it in fractions(2)) and its.least >= 150
    none = ranges(formula(lambda i: None, lambda i: i.x * 1), Outputs, reading_of(catalogue, x="100..200"), {})
    assert set(none) == {"z"}


def test_without_a_range_there_is_nothing_to_run(catalogue) -> None:
    with pytest.raises(Refused, match="Type at least one input as a range"):
        spread(catalogue, lambda i: i.x * 1, x=100)


PRIMES = [it for it in range(2, 72) if all(it % part for part in range(2, it))]


@pytest.mark.parametrize("typed", [20, 21])
def test_there_is_a_prime_for_twenty_ranges(catalogue, typed: int) -> None:
    """Each range weighs twice as much as the one before, so that none can stand for another."""
    names = [f"x{at}" for at in range(21)]
    asked = [(it, Decimal, number(it, ONE, low=0, high=10, default=0, because="a test")) for it in names]
    many = make_dataclass("Many", asked, frozen=True, kw_only=True)
    reading = understand(many, dict.fromkeys(names[:typed], "0..1"), catalogue.facts).need()
    run = formula(lambda i: sum(getattr(i, it) * 2**at for at, it in enumerate(names)), lambda i: None)
    if typed > len(PRIMES):
        with pytest.raises(Refused, match="At most 20 inputs"):
            ranges(run, Outputs, reading, {})
    else:
        drawn = zip(*(fractions(prime) for prime in PRIMES), strict=True)
        check(ranges(run, Outputs, reading, {})["y"], [sum(it * 2**at for at, it in enumerate(row)) for row in drawn])


@pytest.mark.parametrize(
    ("over", "typed", "low", "high"),
    [
        ("x", 10, 0, 20),  # from nothing to twice
        ("x", "0.5", 0, 1),
        ("x", 600, 0, 1000),  # at most to the upper bound
        ("x", 0, 0, 1000),  # twice nothing is nothing
        ("below", -10, -10, -2),  # from the value up to the upper bound
        ("below", -50, -50, -2),
    ],
)
def test_a_line_runs_over_an_input(catalogue, over: str, typed: object, low: float, high: float) -> None:
    reading = reading_of(catalogue, **{over: typed})
    points = along(formula(lambda i: getattr(i, over) * 2 + 5), reading, over, "y")
    assert len(points) == 41
    for at, (x, y) in enumerate(points):
        assert close(x, low + (high - low) * at / 40) and close(y, 2 * x + 5)


def test_a_line_has_no_points_without_an_answer(catalogue) -> None:
    points = along(formula(lambda i: i.x * 1 if i.x > 10 else None), reading_of(catalogue), "x", "y")
    assert [x for x, _ in points] == [twelve(at / 2) for at in range(21, 41)]


def test_twelve_digits() -> None:
    assert [twelve(it) for it in (1 / 3, 200 / 3, 1.2345678901249, 0.0)] == [
        0.333333333333, 66.6666666667, 1.23456789012, 0.0,
    ]  # fmt: skip


def test_a_sweep_has_sixty_steps_and_both_outputs(catalogue) -> None:
    reading = reading_of(catalogue)
    both = formula(lambda i: i.x * 3, lambda i: 200 - i.x)
    found = sweep(both, ["y", "z"], asked_of(reading)["x"], (20.0, 80.0), reading)
    assert found.points == tuple((float(x), (3.0 * x, 200.0 - x)) for x in range(20, 81))
    assert found.crossings == ((50.0, 150.0),)
    alone = sweep(both, ["z"], asked_of(reading)["x"], (20.0, 80.0), reading)
    assert alone.points == tuple((float(x), (200.0 - x,)) for x in range(20, 81)) and alone.crossings == ()


def test_a_sweep_passes_over_what_has_no_answer(catalogue) -> None:
    """Neither number where the question has none, and none of the one that has none."""
    reading = reading_of(catalogue)
    both = formula(lambda i: 1 / (i.x - 30), lambda i: i.x * 1 if i.x > 31 else None)
    points = dict(sweep(both, ["y", "z"], asked_of(reading)["x"], (0.0, 60.0), reading).points)
    assert (points[30.0], points[31.0], points[32.0]) == ((None, None), (1.0, None), (0.5, 32.0))


def test_a_sweep_over_whole_numbers_takes_each_once(catalogue) -> None:
    reading = reading_of(catalogue)
    found = sweep(formula(lambda i: i.n * 2), ["y"], asked_of(reading)["n"], (3.0, 9.0), reading)
    assert found.points == tuple((float(n), (2.0 * n,)) for n in range(3, 10))


def test_outputs_cross_where_straight_lines_do(catalogue) -> None:
    """Between two points, on one, twice; not where they only touch, nor where one has no answer."""

    def crossings(y: Callable[[Any], Any], z: Callable[[Any], Any]) -> tuple[tuple[float, float], ...]:
        reading = reading_of(catalogue)
        return sweep(formula(y, z), ["y", "z"], asked_of(reading)["x"], (0.0, 60.0), reading).crossings

    assert crossings(lambda i: i.x * 2, lambda i: 85 - i.x * 2) == ((21.25, 42.5),)
    assert crossings(lambda i: 85 - i.x * 2, lambda i: i.x * 2) == ((21.25, 42.5),)
    assert crossings(lambda i: i.x * 0, lambda i: (i.x - 10) * (i.x - 30)) == ((10, 0), (30, 0))
    assert crossings(lambda i: i.x * 0, lambda i: 0 - (i.x - 10) * (i.x - 10)) == ()
    assert crossings(lambda i: i.x * 0, lambda i: (i.x - 10) * (i.x - 10)) == ()
    assert crossings(lambda i: i.x * 1, lambda i: i.x + 1) == ()
    assert crossings(lambda i: i.x * 2 if i.x > 5 else None, lambda i: 85 - i.x * 2) == ((21.25, 42.5),)
    for side in range(2):
        lines = [lambda i: i.x * 2, lambda i: 85 - i.x * 2]
        whole = lines[side]
        lines[side] = lambda i, its=whole: its(i) if i.x != 21 else None
        assert crossings(*lines) == ()
        lines[side] = lambda i, its=whole: its(i) if i.x != 22 else None
        assert crossings(*lines) == ()
