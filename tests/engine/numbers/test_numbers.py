"""The functions of a formula agree over exact, traced and float numbers."""

import math
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.answering.formula_text import formula_text, value_in_formula
from calculators.engine.numbers import (
    EXACT,
    always_equal_numbers,
    bare_value,
    both,
    ceil,
    choose,
    choose_lazily,
    either_of,
    floor,
    is_known_number,
    known,
    known_or,
    largest,
    named,
    note,
    opposite,
    quotient,
    root,
    smallest,
    sorted_by_number,
    untraced_whole_number,
    when,
    whole_number,
)
from calculators.engine.numbers.tape import Tape, TapedNumber, TapePlayback
from calculators.engine.numbers.traced import Origin, Traced, Truth
from calculators.engine.numbers.units import ONE
from tests.runs import as_traced

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


def formula(a: Any, b: Any, c: Any, missing: Any = None) -> Any:
    """Every function and operator at once."""
    size = named("Size", largest(a, b, 0) + smallest(b, c) * 2)
    part = quotient(size, c, 1)
    return choose(both(a > b, opposite(c >= 2)), ceil(part) - 1, floor(part) / 2) + known_or(missing, b) - (-a)


def traced(number: Decimal | None) -> Traced:
    return Traced(number, ONE, label="x", origin=Origin("typed"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_three_runs_agree(a: Decimal, b: Decimal, c: Decimal) -> None:
    with localcontext(EXACT):
        exact = formula(a, b, c)
        assert formula(traced(a), traced(b), traced(c), traced(None)).value == exact
        part = quotient(largest(a, b, 0) + smallest(b, c) * 2, c, Decimal(1))
        if abs(part - part.to_integral_value()) > Decimal("1e-9"):
            assert formula(float(a), float(b), float(c), None) == pytest.approx(float(exact), rel=1e-9, abs=1e-9)


def test_if_and_and_are_refused() -> None:
    with pytest.raises(TypeError, match="choose"):
        if traced(Decimal(1)) > 0:
            pass
    with pytest.raises(TypeError, match="choose"):
        bool(traced(Decimal(1)))


def test_an_unpublished_figure_stops_a_formula_that_forgot_to_ask() -> None:
    with pytest.raises(TypeError, match="'x' is not published"):
        traced(None) * traced(Decimal(2))


def test_known() -> None:
    assert known(Decimal(1)) is True
    assert known(None) is False
    assert bare_value(known(traced(None))) is False
    assert (
        is_known_number(Decimal(0))
        and is_known_number(traced(Decimal(0)))
        and not is_known_number(None)
        and not is_known_number(traced(None))
    )
    assert known_or(None, Decimal(2)) == 2 and known_or(Decimal(3), Decimal(2)) == 3
    assert isinstance(either_of(known(traced(None)), False), Truth)


def test_a_quotient_by_zero_takes_the_other_value() -> None:
    assert quotient(Decimal(1), Decimal(0)) == 0
    assert quotient(Decimal(1), Decimal(0), None) is None
    assert bare_value(quotient(traced(Decimal(1)), traced(Decimal(0)), 5)) == 5
    assert quotient(1, 3) * 3 < 1, "two literals divide exactly, not as floats"
    assert isinstance(quotient(1, 3), Decimal)


def test_ascending_puts_rows_without_a_number_last() -> None:
    rows = [("a", None), ("b", Decimal(2)), ("c", Decimal(1)), ("d", Decimal(2))]
    assert [row[0] for row in sorted_by_number(rows, key=lambda row: row[1])] == ["c", "b", "d", "a"]
    assert [row[0] for row in sorted_by_number([*rows, ("e", None)], key=lambda row: row[1])] == [
        "c",
        "b",
        "d",
        "a",
        "e",
    ]


def test_brackets_stand_where_they_matter() -> None:
    a, b, c = (Traced(Decimal(number), ONE, label="n", origin=Origin("typed")) for number in (7, 3, 2))
    assert formula_text((a + b) * c, value_in_formula) == "(7 + 3) × 2"
    assert formula_text(a + b * c, value_in_formula) == "7 + 3 × 2"
    assert formula_text(a - (b - c), value_in_formula) == "7 − (3 − 2)"
    assert formula_text(a - b - c, value_in_formula) == "7 − 3 − 2"
    assert formula_text(a / (b * c), value_in_formula) == "7 ÷ (3 × 2)"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(*[st.lists(st.integers(-40, 40).map(lambda part: part / 4), min_size=3, max_size=3) for _ in range(3)])
def test_a_recorded_run_gives_other_points_what_their_own_run_gives(
    first: list[float], second: list[float], third: list[float]
) -> None:
    points = [first, second, third, [2.0, 2.0, 2.0], [1.0, 0.0, 0.0]]
    for recorded_point in points:
        tape = Tape(3)
        a, b, c = (TapedNumber(number, tape, column) for column, number in enumerate(recorded_point))
        playback = TapePlayback(tape, [formula(a, b, c), largest(a), either_of(a > 1, False)])
        holds, results = playback.play(points)
        assert holds[points.index(recorded_point)]
        expected = [
            (formula(point[0], point[1], point[2]), point[0], float(point[0] > 1))
            for point, holds_there in zip(points, holds, strict=True)
            if holds_there
        ]
        assert results == expected


def test_a_number_keeps_its_kind() -> None:
    """Literals beside decimals become decimals, beside floats floats; so dividing them later loses nothing."""
    for kind in (Decimal, float):
        seven = kind(7)
        expected = [
            (choose(True, 2, seven), 2),
            (choose(False, seven, 2), 2),
            (choose(True, seven, 2), 7),
            (largest(9, seven), 9),
            (smallest(2, seven), 2),
            (quotient(2, seven), kind(2) / 7),
            (quotient(seven, 2), Decimal("3.5")),
            (quotient(seven, kind(0), 2), 2),
            (root(seven), math.sqrt(7) if kind is float else Decimal(7).sqrt()),
            (ceil(seven), 7),
            (floor(seven), 7),
            (untraced_whole_number(7, seven), 7),
        ]
        for number, equal in expected:
            assert type(number) is kind and number == equal
    assert [
        type(number) for number in (largest(2, 3), smallest(2, 3), ceil(3), floor(3), untraced_whole_number(3, 2))
    ] == [int] * 5
    assert (largest(2, 3), smallest(2, 3), ceil(3), floor(3)) == (3, 2, 3, 3)
    assert choose(True, True, Decimal(1)) is True, "a yes is no number"
    assert root(Decimal(2)) == EXACT.sqrt(Decimal(2)) and root(9) == 3


def test_quotients_of_floats() -> None:
    assert (quotient(3.0, 2.0), quotient(3.0, 1.0), quotient(3.0, 0.0), quotient(3.0, 0.0, None)) == (1.5, 3, 0, None)
    assert (quotient(Decimal(3), Decimal(1)), quotient(3, 1)) == (3, 3)


def test_twenty_eight_digits() -> None:
    assert EXACT.divide(Decimal(1), Decimal(3)) == Decimal("0." + 28 * "3")


def test_conditions_stay_questions_where_they_are_traced() -> None:
    yes, no = traced(Decimal(1)) > 0, traced(Decimal(1)) < 0
    for joined, truth in (
        (both(yes, True), True),
        (both(yes, no), False),
        (both(True, no), False),
        (both(yes, False), False),
        (either_of(no, yes), True),
        (either_of(no, False), False),
        (either_of(True, no), True),
        (opposite(no), True),
        (opposite(yes), False),
    ):
        assert isinstance(joined, Truth) and joined.value is truth
    assert both(True) is True and both(True, 1 > 2) is False
    assert either_of(False, 2 > 1) is True and either_of(False) is False and opposite(True) is False


def test_words_depend_on_a_condition_of_either_run() -> None:
    for yes, no in ((True, False), (traced(Decimal(1)) > 0, traced(Decimal(1)) < 0)):
        assert (when(yes, "is", "is not"), when(no, "is", "is not"), when(no, "is")) == ("is", "is not", "")
        assert (note(yes, "So.").holds, note(no, "So.").holds) == (True, False)
    assert note(True, "{many} of them.", many=(Decimal(1200), ONE)).sentence == "1,200 of them."


def test_of_two_values_that_take_long_only_one_is_made() -> None:
    """Where a run keeps its conditions, it keeps both values beside them, as `choose` does."""

    def never() -> Any:
        raise AssertionError("nobody asked for it")

    small, large = Decimal(1), Decimal(2)
    assert choose_lazily(large > small, lambda: small, never) == small
    assert choose_lazily(small > large, never, lambda: large) == large
    tape = Tape(1)
    for number in (traced(large), TapedNumber(2.0, tape, 0)):
        for condition in (number > 1, number < 1):
            lazy = choose_lazily(condition, lambda: number, lambda: -number)  # noqa: B023 - it is called at once
            eager = choose(condition, number, -number)
            if isinstance(number, Traced):
                assert (
                    bare_value(lazy) == bare_value(eager)
                    and len(as_traced(lazy).parts) == len(as_traced(eager).parts) == 3
                )
            else:
                assert lazy is eager, "the same step twice is one"


def test_floats_are_never_always_equal() -> None:
    """Exact and traced runs compare; a float run stands for many points, of which others may differ."""
    small, large = Decimal(1), Decimal(2)
    for pair, equal in (
        ((small, small), True),
        ((small, large), False),
        ((0, 0), True),
        ((traced(small), small), True),
        ((traced(small), traced(large)), False),
    ):
        assert always_equal_numbers(*pair) is equal and always_equal_numbers(*reversed(pair)) is equal
    tape = Tape(1)
    for varied in (1.0, TapedNumber(1.0, tape, 0)):
        assert (
            always_equal_numbers(varied, varied)
            is always_equal_numbers(varied, 1)
            is always_equal_numbers(1, varied)
            is False
        )
    assert tape.needed == {}, "nothing asked which point it is"


def test_a_whole_number_that_varies_stays_on_its_tape() -> None:
    """A month that a search over varied inputs gives is another one at another point."""
    tape = Tape(1)
    month: Any = TapedNumber(3.0, tape, 0)
    assert whole_number(month, "Month", ONE, 12.0) is month
    assert tape.needed == {}, "it is not taken out of the run"
    assert type(whole_number(3, "Month", ONE, month)) is float
