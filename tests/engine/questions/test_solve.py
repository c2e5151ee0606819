"""Solving for an input, against formulas whose solution is known by algebra."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.questions import solve as solving
from calculators.engine.questions.points import Point, PointEvaluator, Results
from calculators.engine.questions.solve import Solution, solve, solve_grid
from tests.engine.questions.varied import asked_of, formula, reading_of


def solved(catalogue: Catalogue, y: Callable[[Any], Any], target: float, by: str = "size", **typed: object) -> Solution:
    """The solution of a formula."""
    reading = reading_of(catalogue, **typed)
    return solve(formula(y), "y", target, asked_of(reading)[by], reading)


@pytest.mark.parametrize(
    ("y", "target", "size"),
    [
        (lambda i: i.size * 3 + 2, 50.0, 16.0),
        (lambda i: 100 / (i.size + 1), 4.0, 24.0),
        (lambda i: i.size * i.size, 2.0, 1.41421356237),
        (lambda i: 0 - i.size * i.size, -3.0, 1.73205080757),
        (lambda i: i.size * 7, 0.0, 0.0),
        (lambda i: i.size * 7, 7000.0, 1000.0),
        (lambda i: i.size * 1000000, 3.0, 0.000003),
        (lambda i: i.size - i.n, 128.0, 133.0),
    ],
)
def test_the_value_that_gives_the_target(
    catalogue: Catalogue, y: Callable[[Any], Any], target: float, size: float
) -> None:
    solution = solved(catalogue, y, target)
    assert solution.value == size and not solution.jumps
    assert solution.result == target, "what halving leaves is not shown"


@pytest.mark.parametrize(("given", "nearest"), [(90, 100), (190, 100), (230, 400), (600, 400), (0, 100)])
def test_of_several_values_the_nearest_by_ratio(catalogue: Catalogue, given: int, nearest: int) -> None:
    """230 is as 1 to 1.7 below 400 and 2.3 to 1 above 100, though the way to 100 is shorter."""
    assert solved(catalogue, lambda i: (i.size - 100) * (i.size - 400), 0.0, size=given).value == nearest


@pytest.mark.parametrize(("given", "near", "far"), [(900, 930, 860), (10, "0.15", 810), ("0.5", "0.9", "0.2")])
def test_the_nearest_by_ratio_wherever_the_steps_are_wide(
    catalogue: Catalogue, given: object, near: object, far: object
) -> None:
    expected, farther = float(str(near)), float(str(far))
    y = lambda i: (i.size - expected) * (i.size - farther)  # noqa: E731
    assert solved(catalogue, y, 0.0, size=given).value == expected


def test_below_zero_the_nearest_by_distance(catalogue: Catalogue) -> None:
    for given, nearest in ((-20, -15), (-28, -30), (-3, -15)):
        y = lambda i: (i.below + 15) * (i.below + 30)  # noqa: E731
        assert solved(catalogue, y, 0.0, "below", below=given).value == nearest


@pytest.mark.parametrize(
    ("y", "target"),
    [
        (lambda i: i.size * i.size * i.size, 2.0),
        (lambda i: i.size * 2 if i.size >= 200 else None, 900.0),
        (lambda i: 1 / (i.size - 300), 0.01),
        (lambda i: i.size * (3 if i.size > 128 else 1), 300.0),
    ],
)
def test_looking_ahead_finds_the_same(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch, y: Callable[[Any], Any], target: float
) -> None:
    """Also where the formula has no answer on one side, or leaps; in a third of the rounds or fewer."""
    rounds: list[int] = []
    evaluate = PointEvaluator.evaluate

    def counted(evaluator: PointEvaluator, points: Sequence[Point]) -> list[Results]:
        rounds.append(len(points))
        return evaluate(evaluator, points)

    monkeypatch.setattr(PointEvaluator, "evaluate", counted)
    solution = solved(catalogue, y, target)
    few = len(rounds)
    monkeypatch.setattr(solving, "AHEAD", 1)
    assert solved(catalogue, y, target) == solution
    assert solution.value is not None
    assert len(rounds) - few >= 3 * few


def test_an_unreached_target_has_what_was_met(catalogue: Catalogue) -> None:
    assert solved(catalogue, lambda i: i.size + 5, 1.0) == Solution(None, None, 5.0, 1005.0)
    assert solved(catalogue, lambda i: i.size * 0 + 5, 5.0) == Solution(None, None, 5.0, 5.0), "any value gives it"
    assert solved(catalogue, lambda i: None, 5.0) == Solution(None, None, None, None)
    assert solved(catalogue, lambda i: 1 / (i.n - 5), 5.0) == Solution(None, None, None, None)


def test_where_there_is_no_answer_is_passed_over(catalogue: Catalogue) -> None:
    """Nothing below 200; from there on it rises to the target, or stays away from it."""
    high = lambda i: i.size * 2 if i.size >= 200 else None  # noqa: E731
    assert solved(catalogue, high, 900.0).value == 450
    solution = solved(catalogue, high, 300.0)
    assert (solution.value, solution.most) == (None, 2000)
    assert solution.least is not None and 400 <= solution.least < 450


def test_what_halving_leaves_is_measured_by_the_step(catalogue: Catalogue) -> None:
    """The value lies in the middle of a step, so twelve digits of it leave a little, here 16 billionths of 1,000."""
    solution = solved(catalogue, lambda i: i.size * 48 - 20500, 0.0)
    assert (solution.value, solution.result, solution.jumps) == (427.083333333, 0.0, False)
    assert solved(catalogue, lambda i: i.n - 1, -1e-9, "n").result == -1e-9, "a billionth of the step from 0 to 1"


@pytest.mark.parametrize(
    ("target", "size", "result"),
    [(41.5, 40.0, 40.0), (42.5, 43.7841423001, 43.7841423001), (45.0, 45.0, 45.0)],
)
def test_the_search_stops_where_the_answers_do(catalogue: Catalogue, target: float, size: float, result: float) -> None:
    """No answer between 40 and 43: half of the way to 47.57 is 43.78, half of the way to that has none."""
    solution = solved(catalogue, lambda i: None if 40 < i.size < 43 else i.size * 1, target)
    assert (solution.value, solution.result, solution.jumps) == (size, result, target < 43)


def test_of_two_ends_as_near_the_higher(catalogue: Catalogue) -> None:
    solution = solved(catalogue, lambda i: None if 33 < i.size < 60 else i.size * 1, 47.25, size=8)
    assert (solution.value, solution.jumps) == (62.5, True)


def test_of_a_stretch_at_the_target_its_beginning(catalogue: Catalogue) -> None:
    level = lambda i: i.size * 1 if i.size < 42 else i.size * 0 + 42 if i.size <= 46 else i.size - 4  # noqa: E731
    assert solved(catalogue, level, 42.0).value == 42


def test_a_leap_of_a_millionth_of_the_step_is_none(catalogue: Catalogue) -> None:
    for leap, jumps in ((1e-6, False), (2e-6, True)):
        steps = lambda i, leap=leap: i.size * 0 + (0.0 if i.size <= 40 else leap if i.size < 41 else 1.0)  # noqa: E731
        assert solved(catalogue, steps, leap / 2).jumps is jumps


def test_a_leap_over_the_target_is_reported(catalogue: Catalogue) -> None:
    solution = solved(catalogue, lambda i: i.size * 0 + 1 if i.size <= 40 else i.size * 0 + 2, 1.7)
    assert solution.jumps and solution.value == 40 and solution.result in (1.0, 2.0)
    steep = solved(catalogue, lambda i: i.size if i.size <= 40 else i.size + 100000, 41.0)
    assert steep.jumps and steep.value == 40 and steep.result == 40, "the side that is nearer"
    for target in (39.5, 100040.5):
        assert not solved(catalogue, lambda i: i.size if i.size <= 40 else i.size + 100000, target).jumps


@pytest.mark.parametrize(
    ("y", "target", "n", "result"),
    [
        (lambda i: i.n * 3, 50.0, 17, 51.0),
        (lambda i: i.n * 3, 51.0, 17, 51.0),
        (lambda i: i.n * 3, 52.0, 18, 54.0),
        (lambda i: 100 - i.n * 3, 50.0, 17, 49.0),
        (lambda i: i.n * 3, 0.0, 0, 0.0),
        (lambda i: i.n * 3, 300.0, 100, 300.0),
    ],
)
def test_of_whole_values_the_first_that_reaches_it(
    catalogue: Catalogue, y: Callable[[Any], Any], target: float, n: int, result: float
) -> None:
    """Where one value falls short, the next is taken; that is a step, not a leap."""
    least, most = sorted((float(y0(y, 0)), float(y0(y, 100))))
    assert solved(catalogue, y, target, "n") == Solution(n, result, least, most)


@pytest.mark.parametrize(("target", "n"), [(1.0000000005, 1), (1.0000000015, 2), (17.00000001, 17), (17.00000002, 18)])
def test_a_billionth_more_is_the_same_whole_number(catalogue: Catalogue, target: float, n: int) -> None:
    assert solved(catalogue, lambda i: i.n * 1, target, "n").value == n


def test_a_whole_number_without_an_answer_has_no_result(catalogue: Catalogue) -> None:
    solution = solved(catalogue, lambda i: None if i.n == 17 else i.n * 3, 50.0, "n")
    assert (solution.value, solution.result) == (17, None)


def y0(y: Callable[[Any], Any], n: int) -> Any:
    """The formula at one number."""

    class I:  # noqa: E742
        pass

    i: Any = I()
    i.n = n
    return y(i)


@pytest.mark.parametrize(("name", "low", "high", "given"), [("size", 0, 1000, 10.0), ("below", -50, -2, -10.0)])
def test_values_are_tried_from_bound_to_bound_and_densely_near_the_lower_and_the_readers_own(
    catalogue: Catalogue, name: str, low: int, high: int, given: float
) -> None:
    """Every 48th of the way; four values a decade, down to its trillionth; four an octave, six octaves either way."""
    tried = solve_grid(asked_of(reading_of(catalogue))[name], given)
    span = high - low
    even = [low + span * step / 48 for step in range(49)]
    near_low = [low + span / 10 ** (step / 4) for step in range(48)]
    near_given = [min(max(given * 2 ** (step / 4), low), high) for step in range(-24, 25)]
    expected = [*even, *near_low, *near_given]
    assert tried == sorted(set(tried)) and (tried[0], tried[-1]) == (low, high)

    def is_among(number: float, numbers: list[float]) -> bool:
        return any(math.isclose(number, candidate, rel_tol=1e-14) for candidate in numbers)

    assert all(is_among(number, tried) for number in expected)
    assert all(is_among(number, expected) for number in tried)


def test_whole_numbers_are_tried_where_only_they_count(catalogue: Catalogue) -> None:
    n = asked_of(reading_of(catalogue))["n"]
    tried = solve_grid(n, 5.0)
    assert tried == sorted(set(tried)) and all(number.is_integer() for number in tried)
    assert set(map(float, range(9))) <= set(tried) and tried[-1] == 100
