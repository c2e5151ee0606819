"""A traced number has the value that plain arithmetic has, the unit that algebra gives, and remembers its parts."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.numbers import (
    EXACT,
    TOKENS_PER_MTOK,
    by_function,
    ceil,
    choose,
    found,
    is_traced,
    known_or,
    largest,
    plain,
    quotient,
    root,
    smallest,
    untraced,
)
from calculators.engine.traced import Constant, Origin, Traced, Truth, Word, lift
from calculators.engine.units import MTOK, ONE, TOKENS, USD, Unit, UnitError

NUMBERS = st.integers(-50, 50).map(lambda part: Decimal(part) / 4)
OPERATORS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}
COMPARISONS = {
    "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge, "=": operator.eq, "≠": operator.ne,
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Something with a number in it."""

    size: Any
    name: str


def number(value: Decimal | int | None, unit: Unit = TOKENS, label: str = "") -> Traced:
    return Traced(None if value is None else Decimal(value), unit, label=label, origin=Origin("typed"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(NUMBERS, NUMBERS)
def test_values_are_those_of_plain_arithmetic(a: Decimal, b: Decimal) -> None:
    units = {"+": TOKENS, "−": TOKENS, "×": TOKENS * TOKENS, "÷": ONE}
    with localcontext(EXACT):
        for symbol, function in OPERATORS.items():
            if symbol == "÷" and b == 0:
                continue
            one, other = number(a), number(b)
            made = function(one, other)
            assert (made.value, made.unit, made.symbol) == (function(a, b), units[symbol], symbol)
            assert [id(part) for part in made.parts] == [id(one), id(other)]
        for symbol, function in COMPARISONS.items():
            truth = function(number(a), number(b))
            assert isinstance(truth, Truth) and (truth.value, truth.symbol) == (function(a, b), symbol)
        assert (-number(a)).value == -a and (-number(a)).unit == TOKENS


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(NUMBERS, st.integers(-3, 3))
def test_a_literal_on_either_side(a: Decimal, literal: int) -> None:
    with localcontext(EXACT):
        for symbol, function in OPERATORS.items():
            if symbol != "÷" or literal:
                assert function(number(a, ONE), literal).value == function(a, literal)
            if symbol != "÷" or a:
                assert function(literal, number(a, ONE)).value == function(literal, a)
        assert (literal * number(a)).unit == (number(a) * literal).unit == TOKENS
        for function in COMPARISONS.values():
            assert function(number(a, ONE), literal).value == function(a, literal)


def test_nothing_added_is_not_written() -> None:
    its = number(5)
    for zero in (0, Decimal(0)):
        assert its + zero is its and zero + its is its and its - zero is its
    left = 0 - its
    assert (left.value, left.unit, left.symbol) == (-5, TOKENS, "−")
    assert (its > 0).value and (its != 0).value, "0 goes with every unit"
    for wrong in (lambda: its + 1, lambda: 1 + its, lambda: its - 1, lambda: 1 - its, lambda: its > 1):
        with pytest.raises(UnitError, match="a quantity in"):
            wrong()


def test_what_is_no_number_is_refused() -> None:
    for wrong in (True, False, "5", 0.5, [1]):
        with pytest.raises(TypeError, match="may use whole numbers"):
            number(5) * wrong
    for one, other in ((number(None, label="A"), number(5)), (number(5), number(None, label="A"))):
        for function in OPERATORS.values():
            with pytest.raises(TypeError, match="'A' is not published"):
                function(one, other)
        for function in COMPARISONS.values():
            with pytest.raises(TypeError, match="'A'.* is not published"):
                function(one, other)


def test_literals_named_numbers_and_missing_ones_become_traced() -> None:
    year = lift(Constant(12, "months in a year", TOKENS))
    assert (year.value, year.unit, year.label, year.origin) == (12, TOKENS, "months in a year", Origin("constant"))
    assert isinstance(year.value, Decimal)
    assert [(lift(it, TOKENS).value, lift(it, TOKENS).unit) for it in (0, 1, Decimal(7), None)] == [
        (0, TOKENS), (1, ONE), (7, ONE), (None, TOKENS),
    ]  # fmt: skip
    cost = number(2 * 10**6) / TOKENS_PER_MTOK
    assert (cost.value, cost.unit) == (2, MTOK)


def test_a_word_is_compared() -> None:
    word = Word("fast", "Way", Origin("typed"))
    assert (word == "fast").value and not (word == "slow").value
    assert (word != "slow").value and not (word != "fast").value


def test_a_choice_takes_its_side_and_keeps_its_question() -> None:
    yes, no = number(3) > 2 * number(1), number(3) < number(1)
    for condition, value in ((yes, 5), (no, 7)):
        picked = choose(condition, number(5), number(7))
        assert (picked.value, picked.unit, picked.symbol, picked.parts[0]) == (value, TOKENS, "choose", condition)
    for plainly, value in ((True, 5), (False, 7)):
        assert choose(plainly, number(5), number(7)).value == value
    assert choose(yes, None, number(7)).value is None and choose(yes, None, number(7)).unit == TOKENS
    assert choose(no, number(7), None).value is None and choose(no, number(7), None).unit == TOKENS
    assert choose(yes, 0, number(7)).unit == choose(yes, number(7), 0).unit == TOKENS
    with pytest.raises(UnitError):
        choose(yes, number(5), number(7, USD))


def test_a_quotient_by_nothing_keeps_unit_and_question() -> None:
    made = quotient(number(3, USD), number(0), None)
    assert (made.value, made.unit) == (None, USD / TOKENS)
    assert made.parts[0].value is True and made.parts[0].symbol == "="
    assert [part.unit for part in made.parts[1:]] == [USD / TOKENS] * 2
    assert quotient(number(3, USD), number(0)).value == 0
    made = quotient(number(3, USD), number(2))
    assert (made.value, made.unit) == (Decimal("1.5"), USD / TOKENS)
    assert quotient(number(3, USD), number(1)).value == 3


def test_an_unpublished_price_is_replaced_in_its_unit() -> None:
    assert known_or(number(None, USD), number(2, USD)).value == 2
    assert known_or(number(3, USD), number(2, USD)).value == 3
    with pytest.raises(UnitError):
        known_or(number(None, USD), number(2))


def test_extremes_and_roots_ask_for_units_that_fit() -> None:
    assert (largest(number(3), number(5), 0).value, smallest(number(3), number(5)).value) == (5, 3)
    assert largest(number(3)).value == 3
    for values in ((number(1), number(2, USD)), (number(1), number(2), number(3, USD)), (number(3, USD), number(2))):
        with pytest.raises(UnitError):
            largest(*values)
    assert root(number(9, ONE)).value == 3 and root(number(9, ONE)).symbol == "√"
    with pytest.raises(UnitError, match="square root of a quantity in token"):
        root(number(9))


def test_functions_of_plain_numbers() -> None:
    made = by_function("sum", lambda a, b: a + b, number(3), 4)
    assert (made.value, made.unit, made.symbol) == (7, ONE, "sum")
    assert by_function("sum", lambda a, b: a + b, 3, 4) == 7
    assert ceil(number(Decimal("1.5"))).value == 2 and ceil(number(Decimal("1.5"))).unit == TOKENS


def test_a_number_that_a_search_found() -> None:
    made = found(7, "The first month", TOKENS, number(3))
    assert (made.value, made.unit, made.label) == (7, TOKENS, "The first month")
    for like in (Decimal(3), 3.0):
        assert found(7, "The first month", TOKENS, like) == 7
        assert type(found(7, "The first month", TOKENS, like)) is type(like)


def test_bare_values() -> None:
    truth, word = number(1) > 0, Word("fast", "Way", Origin("typed"))
    assert [plain(it) for it in (number(2), truth, word, 5, None)] == [2, True, "fast", 5, None]
    assert untraced(Pair(number(2), "x")) == Pair(Decimal(2), "x")
    assert untraced((number(2), truth, word, "x", int)) == (2, True, "fast", "x", int)
    assert [is_traced(*it) for it in ((number(1), 2), (2, truth), (1, 2), ())] == [True, True, False, False]
