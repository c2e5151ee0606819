"""The functions of a formula agree over exact, traced and float numbers."""

from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.numbers import (
    EXACT,
    ascending,
    both,
    ceil,
    choose,
    choose_made,
    either_of,
    floor,
    known,
    known_or,
    largest,
    named,
    note,
    opposite,
    plain,
    quotient,
    root,
    smallest,
    when,
)
from calculators.engine.recorded import Recorded, Tape
from calculators.engine.traced import Origin, Traced, Truth
from calculators.engine.units import ONE
from calculators.engine.working import by_value, written

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


def formula(a: Any, b: Any, c: Any, missing: Any) -> Any:
    """Every function and operator at once."""
    size = named("Size", largest(a, b, 0) + smallest(b, c) * 2)
    part = quotient(size, c, 1)
    return choose(both(a > b, opposite(c >= 2)), ceil(part) - 1, floor(part) / 2) + known_or(missing, b) - (-a)


def traced(value: Decimal | None) -> Traced:
    return Traced(value, ONE, label="x", origin=Origin("typed"))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(NUMBERS, NUMBERS, NUMBERS)
def test_three_runs_agree(a: Decimal, b: Decimal, c: Decimal) -> None:
    with localcontext(EXACT):
        exact = formula(a, b, c, None)
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
    assert plain(known(traced(None))) is False
    assert known_or(None, Decimal(2)) == 2 and known_or(Decimal(3), Decimal(2)) == 3
    assert isinstance(either_of(known(traced(None)), False), Truth)


def test_a_quotient_by_zero_takes_the_other_value() -> None:
    assert quotient(Decimal(1), Decimal(0)) == 0
    assert quotient(Decimal(1), Decimal(0), None) is None
    assert plain(quotient(traced(Decimal(1)), traced(Decimal(0)), 5)) == 5
    assert quotient(1, 3) * 3 < 1, "two literals divide exactly, not as floats"
    assert isinstance(quotient(1, 3), Decimal)


def test_ascending_puts_rows_without_a_number_last() -> None:
    rows = [("a", None), ("b", Decimal(2)), ("c", Decimal(1)), ("d", Decimal(2))]
    assert [row[0] for row in ascending(rows, key=lambda row: row[1])] == ["c", "b", "d", "a"]
    assert [row[0] for row in ascending([*rows, ("e", None)], key=lambda row: row[1])] == ["c", "b", "d", "a", "e"]


def test_brackets_stand_where_they_matter() -> None:
    a, b, c = (Traced(Decimal(it), ONE, label="n", origin=Origin("typed")) for it in (7, 3, 2))
    assert written((a + b) * c, by_value) == "(7 + 3) × 2"
    assert written(a + b * c, by_value) == "7 + 3 × 2"
    assert written(a - (b - c), by_value) == "7 − (3 − 2)"
    assert written(a - b - c, by_value) == "7 − 3 − 2"
    assert written(a / (b * c), by_value) == "7 ÷ (3 × 2)"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(*[st.lists(st.integers(-40, 40).map(lambda part: part / 4), min_size=3, max_size=3) for _ in range(3)])
def test_a_recorded_run_gives_other_points_what_their_own_run_gives(
    first: list[float], second: list[float], third: list[float]
) -> None:
    points = [first, second, third, [2.0, 2.0, 2.0], [1.0, 0.0, 0.0]]
    for at in points:
        tape = Tape(3)
        made = formula(*(Recorded(value, tape, column) for column, value in enumerate(at)), None)
        tape.close([made, largest(Recorded(at[0], tape, 0)), either_of(Recorded(at[0], tape, 0) > 1, False)])
        holds, results = tape.play(points)
        assert holds[points.index(at)]
        expected = [
            (formula(*point, None), point[0], float(point[0] > 1))
            for point, true in zip(points, holds, strict=True)
            if true
        ]
        assert results == expected


def test_a_number_keeps_its_kind() -> None:
    """Literals beside decimals become decimals, beside floats floats; so dividing them later loses nothing."""
    for kind in (Decimal, float):
        seven = kind(7)
        kept = (
            choose(True, 2, seven), choose(False, seven, 2), choose(True, seven, 2), largest(9, seven),
            smallest(2, seven), quotient(2, seven), quotient(seven, 2), quotient(seven, kind(0), 2), root(seven),
            ceil(seven), floor(seven),
        )  # fmt: skip
        assert [type(it) for it in kept] == [kind] * len(kept)
        assert kept[:5] == (2, 2, 7, 9, 2) and (kept[6], kept[7], kept[9], kept[10]) == (Decimal("3.5"), 2, 7, 7)
    assert [type(it) for it in (largest(2, 3), smallest(2, 3), ceil(3), floor(3))] == [int] * 4
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
    for joined, value in (
        (both(yes, True), True), (both(yes, no), False), (both(True, no), False), (both(yes, False), False),
        (either_of(no, yes), True), (either_of(no, False), False), (either_of(True, no), True),
        (opposite(no), True), (opposite(yes), False),
    ):  # fmt: skip
        assert isinstance(joined, Truth) and joined.value is value
    assert (both(True, 1 > 2), both(True), either_of(False, 2 > 1), either_of(False), opposite(True)) == (
        False, True, True, False, False,
    )  # fmt: skip


def test_words_depend_on_a_condition_of_either_run() -> None:
    for yes, no in ((True, False), (traced(Decimal(1)) > 0, traced(Decimal(1)) < 0)):
        assert (when(yes, "is", "is not"), when(no, "is", "is not"), when(no, "is")) == ("is", "is not", "")
        assert (note(yes, "So.").holds, note(no, "So.").holds) == (True, False)
    assert note(True, "{many} of them.", many=(Decimal(1200), ONE)).sentence == "1,200 of them."


def test_of_two_values_that_take_long_only_one_is_made() -> None:
    """Where a run keeps its conditions, it keeps both values beside them, as `choose` does."""

    def never() -> Any:
        raise AssertionError("nobody asked for it")

    one, two = Decimal(1), Decimal(2)
    assert choose_made(two > one, lambda: one, never) == one and choose_made(one > two, never, lambda: two) == two
    tape = Tape(1)
    for bigger in (traced(two), Recorded(2.0, tape, 0)):
        for condition in (bigger > 1, bigger < 1):
            made = choose_made(condition, lambda: bigger, lambda: -bigger)  # noqa: B023 - it is called at once
            same = choose(condition, bigger, -bigger)
            assert plain(made) == plain(same) if isinstance(made, Traced) else made.value == same.value
            assert not isinstance(made, Traced) or len(made.parts) == len(same.parts) == 3
