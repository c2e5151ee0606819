"""A formula recorded once and played at many points gives each of them what its own run gives, to the last bit."""

from __future__ import annotations

import math
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import Answer
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import apply_to_bare_numbers, choose
from calculators.engine.numbers.tape import Tape, TapedNumber, TapePlayback
from calculators.engine.questions.points import PointEvaluator
from calculators.engine.questions.variables import Asked
from tests.calculators.answers import CASES, Given, amounts
from tests.calculators.every.test_instrument import NO_SCALARS

SCALAR = [case for case in CASES if case[0] not in NO_SCALARS]
BY_CASE = pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, _, given in SCALAR], ids=[f"{name}: {case}" for name, case, _ in SCALAR]
)
POINTS = pytest.mark.parametrize("count", [8, pytest.param(24, marks=pytest.mark.long)])
"""How many points are tried in every run, and in the long one."""


def answer_of(catalogue: Catalogue, name: str, given: Given) -> Answer:
    calculator = find_calculator(name)
    answer: Answer = catalogue.compute(calculator, given)
    assert answer.reading == understand_inputs(calculator.inputs, given, catalogue.facts)
    return answer


def spread(variable: Asked, index: int) -> float:
    """A number near the reader's own, or anywhere between the bounds: at every other point the one, then the other."""
    part = math.modf(index * math.sqrt(2 + len(variable.path)))[0]
    given, low, high = float(variable.given.value), float(variable.low), float(variable.high)
    number = given * (0.5 + part) if index % 3 else low + (high - low) * part**6
    number = min(max(number, low), high)
    return float(round(number)) if variable.whole else number


@pytest.mark.one_in(8)
@POINTS
@BY_CASE
def test_every_point_gets_what_its_own_run_gives(catalogue: Catalogue, name: str, given: Given, count: int) -> None:
    answer = answer_of(catalogue, name, given)
    asked = list(answer.variables.values())
    for first in range(0, len(asked), max(1, len(asked) // 4)):
        varied = asked[first : first + 5]
        paths = [variable.path for variable in varied]
        evaluator = PointEvaluator(answer.formula, list(amounts(name)), paths, answer.reading)
        points = [[spread(variable, index + place) for place, variable in enumerate(varied)] for index in range(count)]
        for point, results in zip(points, evaluator.evaluate(points), strict=True):
            assert repr(results) == repr(evaluator.evaluate_alone(point)), paths


@pytest.mark.one_in(4)
@BY_CASE
def test_one_recording_serves_many_points(catalogue: Catalogue, name: str, given: Given) -> None:
    """A fifth around the reader's numbers: were each point a way of its own, nothing would be saved."""
    answer = answer_of(catalogue, name, given)
    (first,) = list(answer.variables.values())[:1]
    evaluator = PointEvaluator(answer.formula, list(amounts(name)), [first.path], answer.reading)
    number = float(first.given.value) or 1.0
    evaluator.evaluate(
        [[min(max(number * (0.8 + step / 500), float(first.low)), float(first.high))] for step in range(200)]
    )
    assert evaluator.recordings <= 20


def test_what_leaves_the_formula_holds_for_its_value_only() -> None:
    """A formula that takes a number out of the run, as text or as a count, is recorded once for each value."""
    for take in (int, float, str, hash, lambda number: f"{number:.1f}", lambda number: {number: 1}):
        tape = Tape(1)
        take(TapedNumber(2.5, tape, 0))
        assert TapePlayback(tape, [1.0]).play([[2.5], [3.5]])[0] == [True, False], take


def test_no_answer_at_some_points_is_a_way_of_its_own() -> None:
    tape = Tape(1)
    number = TapedNumber(4.0, tape, 0)
    root = apply_to_bare_numbers("√", lambda bare: None if bare < 0 else math.sqrt(bare), number)
    assert isinstance(root, TapedNumber) and root.at_point == 2
    playback = TapePlayback(tape, [choose(number > 3, number * 2, 0.0)])
    assert playback.play([[4.0], [-1.0], [2.0]]) == ([True, False, True], [(8.0,), (0.0,)])


def test_a_point_that_divides_by_nothing_has_no_answer(catalogue: Catalogue) -> None:
    reading = answer_of(catalogue, "prompting/cost", {}).reading

    class Outputs:
        def __init__(self, quotient: Any) -> None:
            self.quotient = quotient

    evaluator = PointEvaluator(lambda i: Outputs(1 / (i.requests - 5)), ["quotient"], ["requests"], reading)
    assert evaluator.evaluate([[4.0], [5.0], [7.0]]) == [(-1.0,), None, (0.5,)]
    assert evaluator.evaluate([[5.0]]) == [None]


def test_few_points_on_another_way_are_run_and_not_recorded(catalogue: Catalogue) -> None:
    """A recorded run takes as long as several that are not: it is made for many points alone."""
    reading = answer_of(catalogue, "prompting/cost", {}).reading

    class Outputs:
        def __init__(self, amount: Any) -> None:
            self.amount = amount

    def formula(i: Any) -> Outputs:
        return Outputs(i.requests * 2 if i.requests > 100 else i.requests + 1)

    evaluator = PointEvaluator(formula, ["amount"], ["requests"], reading)
    points = [[200.0], [1.0], [300.0], [400.0], [2.0], [500.0], [600.0]]
    assert evaluator.evaluate(points) == [(400.0,), (2.0,), (600.0,), (800.0,), (3.0,), (1000.0,), (1200.0,)]
    assert evaluator.recordings == 1
