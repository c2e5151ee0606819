"""A formula recorded once and played at many points gives each of them what its own run gives, to the last bit."""

from __future__ import annotations

import math
from typing import Any

import pytest

from calculators.engine.asked import Asked
from calculators.engine.inputs import understand
from calculators.engine.many import Many
from calculators.engine.recorded import Recorded, Tape, called, one_of
from calculators.find import find
from calculators.views.answer import Answer
from tests.calculators.every import CASES, Given, amounts
from tests.calculators.test_every_instrument import NO_SCALARS

SCALAR = [case for case in CASES if case[0] not in NO_SCALARS]
BY_CASE = pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, _, given in SCALAR], ids=[f"{name}: {case}" for name, case, _ in SCALAR]
)
POINTS = 24


def answer_of(catalogue: Any, name: str, given: Given) -> Answer:
    calculator = find(name)
    answer: Answer = catalogue.reply(calculator, given)
    assert answer.reading == understand(calculator.inputs, given, catalogue.facts)
    return answer


def spread(it: Asked, at: int) -> float:
    """A value near the reader's own, or anywhere between the bounds: at every other point the one, then the other."""
    part = math.modf(at * math.sqrt(2 + len(it.path)))[0]
    own, low, high = float(it.given.value), float(it.low), float(it.high)
    value = own * (0.5 + part) if at % 3 else low + (high - low) * part**6
    value = min(max(value, low), high)
    return float(round(value)) if it.whole else value


@BY_CASE
def test_every_point_gets_what_its_own_run_gives(catalogue, name: str, given: Given) -> None:
    answer = answer_of(catalogue, name, given)
    asked = list(answer.asked.values())
    for first in range(0, len(asked), max(1, len(asked) // 4)):
        varied = asked[first : first + 5]
        many = Many(answer.formula, list(amounts(name)), [it.path for it in varied], answer.reading)
        points = [[spread(it, at + place) for place, it in enumerate(varied)] for at in range(POINTS)]
        for point, found in zip(points, many.at(points), strict=True):
            assert repr(found) == repr(many.plain(point)), [it.path for it in varied]


@BY_CASE
def test_one_recording_serves_many_points(catalogue, name: str, given: Given) -> None:
    """A fifth around the reader's numbers: were each point a way of its own, nothing would be saved."""
    answer = answer_of(catalogue, name, given)
    (first,) = list(answer.asked.values())[:1]
    many = Many(answer.formula, list(amounts(name)), [first.path], answer.reading)
    own = float(first.given.value) or 1.0
    points = [[min(max(own * (0.8 + at / 500), float(first.low)), float(first.high))] for at in range(200)]
    many.at(points)
    assert len(many._tapes) <= 20


def test_what_leaves_the_formula_holds_for_its_value_only() -> None:
    """A formula that takes a number out of the run, as text or as a count, is recorded once for each value."""
    for take in (int, float, str, hash, lambda it: f"{it:.1f}", lambda it: {it: 1}):
        tape = Tape(1)
        take(Recorded(2.5, tape, 0))
        tape.close([1.0])
        assert tape.play([[2.5], [3.5]])[0] == [True, False], take


def test_no_answer_at_some_points_is_a_way_of_its_own() -> None:
    tape = Tape(1)
    x = Recorded(4.0, tape, 0)
    assert called(lambda value: None if value < 0 else math.sqrt(value), x).value == 2
    tape.close([one_of(x > 3, x * 2, 0.0)])
    assert tape.play([[4.0], [-1.0], [2.0]]) == ([True, False, True], [(8.0,), (0.0,)])


def test_a_point_that_divides_by_nothing_has_no_answer(catalogue) -> None:
    reading = answer_of(catalogue, "prompting/cost", {}).reading

    class Out:
        def __init__(self, value: Any) -> None:
            self.value = value

    many = Many(lambda i: Out(1 / (i.requests - 5)), ["value"], ["requests"], reading)
    assert many.at([[4.0], [5.0], [7.0]]) == [(-1.0,), None, (0.5,)]
    assert many.at([[5.0]]) == [None]
