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
    either_of,
    floor,
    known,
    known_or,
    largest,
    named,
    opposite,
    plain,
    quotient,
    smallest,
)
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
    assert known_or(None, Decimal(2)) == 2
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


def test_brackets_stand_where_they_matter() -> None:
    a, b, c = (Traced(Decimal(it), ONE, label="n", origin=Origin("typed")) for it in (7, 3, 2))
    assert written((a + b) * c, by_value) == "(7 + 3) × 2"
    assert written(a + b * c, by_value) == "7 + 3 × 2"
    assert written(a - (b - c), by_value) == "7 − (3 − 2)"
    assert written(a - b - c, by_value) == "7 − 3 − 2"
    assert written(a / (b * c), by_value) == "7 ÷ (3 × 2)"
