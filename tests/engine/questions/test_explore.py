"""Ranges, lines and sweeps over small formulas, against points and quantiles computed in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import make_dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.declare import number
from calculators.engine.inputs.numerals import Refused, Spread
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.rounding import round_to_twelve
from calculators.engine.numbers.units import ONE
from calculators.engine.questions.chart_line import chart_line_points
from calculators.engine.questions.ranges import Spreading, ranges
from calculators.engine.questions.sweep import sweep_points
from tests.engine.questions.varied import Outputs, asked_of, formula, reading_of

RUNS = 1000


def fractions(prime: int) -> list[float]:
    """The fractions of the multiples of a prime's square root, by a root of whole numbers with twenty digits."""
    scale = 10**20
    return [math.isqrt(run * run * prime * scale * scale) % scale / scale for run in range(1, RUNS + 1)]


def spread(catalogue: Catalogue, y: Callable[[Any], Any], **typed: object) -> Spreading:
    """How the number of a formula spreads."""
    return ranges(formula(y), Outputs, reading_of(catalogue, **typed), {})["y"]


def close(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def check(spreading: Spreading, amounts: Sequence[float]) -> None:
    """Nine runs of ten lie from low to high, and the bars count all of them."""
    ordered = sorted(amounts)
    assert close(spreading.least, ordered[0]) and close(spreading.most, ordered[-1])
    assert close(spreading.low, ordered[50]), "5% of 999 steps from either end"
    assert close(spreading.high, ordered[949])
    assert close(spreading.middle, ordered[499])
    width = (ordered[-1] - ordered[0]) / 20
    edges = [ordered[0] + width * bar for bar in range(20)]
    bars = [sum(low <= amount < high for amount in ordered) for low, high in pairwise(edges)]
    assert list(spreading.bins) == [*bars, RUNS - sum(bars)]


def test_one_range_is_run_through_evenly(catalogue: Catalogue) -> None:
    expected = [(100 + 100 * part) * 3 + 1 for part in fractions(2)]
    check(spread(catalogue, lambda i: i.size * 3 + 1, size="100..200"), expected)


def test_each_range_has_a_prime_of_its_own(catalogue: Catalogue) -> None:
    expected = [(20 + 30 * a) * (-40 + 10 * b) for a, b in zip(fractions(2), fractions(3), strict=True)]
    check(spread(catalogue, lambda i: i.size * i.below, size="20..50", below="-40..-30"), expected)


def test_a_range_that_comes_ready_counts_where_none_is_typed(catalogue: Catalogue) -> None:
    ready = {"size": Spread(Decimal(100), Decimal(150), Decimal(200))}
    for typed, low, wide in (({}, 100, 100), ({"size": "20..50"}, 20, 30)):
        spreads = ranges(formula(lambda i: i.size * 1), Outputs, reading_of(catalogue, **typed), ready)
        check(spreads["y"], [low + wide * part for part in fractions(2)])


def test_whole_numbers_are_equally_likely(catalogue: Catalogue) -> None:
    """From 3 to 6 there are four."""
    expected = [3 + math.floor(4 * part) for part in fractions(2)]
    spreading = spread(catalogue, lambda i: i.n * 1, n="3..6")
    check(spreading, expected)
    assert (spreading.least, spreading.most) == (3, 6)
    assert [bar for bar in spreading.bins if bar] == [expected.count(n) for n in range(3, 7)]


def test_what_does_not_move_is_one_bar(catalogue: Catalogue) -> None:
    assert spread(catalogue, lambda i: i.n * 2, size="1..2") == Spreading(10, 10, 10, 10, 10, (RUNS, *[0] * 19))


def test_runs_without_an_answer_are_left_out(catalogue: Catalogue) -> None:
    spreading = spread(catalogue, lambda i: i.size * 1 if i.size >= 150 else None, size="100..200")
    assert sum(spreading.bins) == sum(part >= 0.5 for part in fractions(2)) and spreading.least >= 150
    none = ranges(formula(lambda i: None, lambda i: i.size * 1), Outputs, reading_of(catalogue, size="100..200"), {})
    assert set(none) == {"z"}


def test_without_a_range_there_is_nothing_to_run(catalogue: Catalogue) -> None:
    with pytest.raises(Refused, match="Type at least one input as a range"):
        spread(catalogue, lambda i: i.size * 1, size=100)


PRIMES = [prime for prime in range(2, 174) if all(prime % part for part in range(2, prime))]


@pytest.mark.parametrize("typed", [40, 41])
def test_there_is_a_prime_for_forty_ranges(catalogue: Catalogue, typed: int) -> None:
    """Each range weighs twice as much as the one before, so that none can stand for another."""
    names = [f"size{place}" for place in range(41)]
    asked = [(name, Decimal, number(name, ONE, low=0, high=10, default=0, because="a test")) for name in names]
    many = make_dataclass("Many", asked, frozen=True, kw_only=True)
    reading = understand_inputs(many, dict.fromkeys(names[:typed], "0..1"), catalogue.facts).need()
    run = formula(lambda i: sum(getattr(i, name) * 2**place for place, name in enumerate(names)), lambda i: None)
    if typed > len(PRIMES):
        with pytest.raises(Refused, match="At most 40 inputs"):
            ranges(run, Outputs, reading, {})
    else:
        drawn = zip(*(fractions(prime) for prime in PRIMES), strict=True)
        expected = [sum(part * 2**place for place, part in enumerate(parts)) for parts in drawn]
        check(ranges(run, Outputs, reading, {})["y"], expected)


@pytest.mark.parametrize(
    ("over", "typed", "low", "high"),
    [
        ("size", 10, 0, 20),  # from nothing to twice
        ("size", "0.5", 0, 1),
        ("size", 600, 0, 1000),  # at most to the upper bound
        ("size", 0, 0, 1000),  # twice nothing is nothing
        ("below", -10, -10, -2),  # from the value up to the upper bound
        ("below", -50, -50, -2),
    ],
)
def test_a_line_runs_over_an_input(catalogue: Catalogue, over: str, typed: object, low: float, high: float) -> None:
    reading = reading_of(catalogue, **{over: typed})
    points = chart_line_points(formula(lambda i: getattr(i, over) * 2 + 5), reading, over, "y")
    assert len(points) == 41
    for step, (size, y) in enumerate(points):
        assert close(size, low + (high - low) * step / 40) and close(y, 2 * size + 5)


def test_a_line_has_no_points_without_an_answer(catalogue: Catalogue) -> None:
    points = chart_line_points(
        formula(lambda i: i.size * 1 if i.size > 10 else None), reading_of(catalogue), "size", "y"
    )
    assert [size for size, _ in points] == [round_to_twelve(step / 2) for step in range(21, 41)]


def test_twelve_digits() -> None:
    assert (round_to_twelve(1 / 3), round_to_twelve(200 / 3)) == (0.333333333333, 66.6666666667)
    assert (round_to_twelve(1.2345678901249), round_to_twelve(0.0)) == (1.23456789012, 0.0)


def test_a_sweep_has_sixty_steps_and_both_outputs(catalogue: Catalogue) -> None:
    reading = reading_of(catalogue)
    both = formula(lambda i: i.size * 3, lambda i: 200 - i.size)
    swept = sweep_points(both, ["y", "z"], asked_of(reading)["size"], (20.0, 80.0), reading)
    assert swept.points == tuple((float(size), (3.0 * size, 200.0 - size)) for size in range(20, 81))
    assert swept.crossings == ((50.0, 150.0),)
    alone = sweep_points(both, ["z"], asked_of(reading)["size"], (20.0, 80.0), reading)
    assert alone.points == tuple((float(size), (200.0 - size,)) for size in range(20, 81)) and alone.crossings == ()


def test_a_sweep_passes_over_what_has_no_answer(catalogue: Catalogue) -> None:
    """Neither number where the question has none, and none of the one that has none."""
    reading = reading_of(catalogue)
    both = formula(lambda i: 1 / (i.size - 30), lambda i: i.size * 1 if i.size > 31 else None)
    points = dict(sweep_points(both, ["y", "z"], asked_of(reading)["size"], (0.0, 60.0), reading).points)
    assert (points[30.0], points[31.0], points[32.0]) == ((None, None), (1.0, None), (0.5, 32.0))


def test_a_sweep_over_whole_numbers_takes_each_once(catalogue: Catalogue) -> None:
    reading = reading_of(catalogue)
    swept = sweep_points(formula(lambda i: i.n * 2), ["y"], asked_of(reading)["n"], (3.0, 9.0), reading)
    assert swept.points == tuple((float(n), (2.0 * n,)) for n in range(3, 10))


def test_outputs_cross_where_straight_lines_do(catalogue: Catalogue) -> None:
    """Between two points, on one, twice; not where they only touch, nor where one has no answer."""

    def crossings(y: Callable[[Any], Any], z: Callable[[Any], Any]) -> tuple[tuple[float, float], ...]:
        reading = reading_of(catalogue)
        return sweep_points(formula(y, z), ["y", "z"], asked_of(reading)["size"], (0.0, 60.0), reading).crossings

    def without(missing: int, line: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda i: line(i) if i.size != missing else None

    assert crossings(lambda i: i.size * 2, lambda i: 85 - i.size * 2) == ((21.25, 42.5),)
    assert crossings(lambda i: 85 - i.size * 2, lambda i: i.size * 2) == ((21.25, 42.5),)
    assert crossings(lambda i: i.size * 0, lambda i: (i.size - 10) * (i.size - 30)) == ((10, 0), (30, 0))
    assert crossings(lambda i: i.size * 0, lambda i: 0 - (i.size - 10) * (i.size - 10)) == ()
    assert crossings(lambda i: i.size * 0, lambda i: (i.size - 10) * (i.size - 10)) == ()
    assert crossings(lambda i: i.size * 1, lambda i: i.size + 1) == ()
    assert crossings(lambda i: i.size * 2 if i.size > 5 else None, lambda i: 85 - i.size * 2) == ((21.25, 42.5),)
    for side in range(2):
        for missing in (21, 22):
            lines: list[Callable[[Any], Any]] = [lambda i: i.size * 2, lambda i: 85 - i.size * 2]
            lines[side] = without(missing, lines[side])
            assert crossings(*lines) == ()
