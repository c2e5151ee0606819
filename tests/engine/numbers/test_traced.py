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
    apply_to_bare_numbers,
    bare_value,
    ceil,
    choose,
    is_traced,
    known_or,
    largest,
    quotient,
    root,
    smallest,
    untraced,
    whole_number,
)
from calculators.engine.numbers.traced import Constant, Origin, Traced, Truth, Word, traced_number
from calculators.engine.numbers.units import MTOK, ONE, TOKENS, USD, Unit, UnitError
from tests.runs import as_traced

NUMBERS = st.integers(-50, 50).map(lambda part: Decimal(part) / 4)
OPERATORS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}
COMPARISONS = {
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
    "=": operator.eq,
    "≠": operator.ne,
}


@dataclass(frozen=True)
class Pair:
    """Something with a number in it."""

    size: Any
    name: str


def number(amount: Decimal | int | None, unit: Unit = TOKENS, label: str = "") -> Traced:
    return Traced(None if amount is None else Decimal(amount), unit, label=label, origin=Origin("typed"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(NUMBERS, NUMBERS)
def test_values_are_those_of_plain_arithmetic(a: Decimal, b: Decimal) -> None:
    units = {"+": TOKENS, "−": TOKENS, "×": TOKENS * TOKENS, "÷": ONE}
    with localcontext(EXACT):
        for symbol, function in OPERATORS.items():
            if symbol == "÷" and b == 0:
                continue
            left, right = number(a), number(b)
            result = function(left, right)
            assert (result.value, result.unit, result.symbol) == (function(a, b), units[symbol], symbol)
            assert [id(part) for part in result.parts] == [id(left), id(right)]
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
    five = number(5)
    for zero in (0, Decimal(0)):
        assert five + zero is five and zero + five is five and five - zero is five
    negative = 0 - five
    assert (negative.value, negative.unit, negative.symbol) == (-5, TOKENS, "−")
    assert (five > 0).value and (five != 0).value, "0 goes with every unit"
    for wrong in (lambda: five + 1, lambda: 1 + five, lambda: five - 1, lambda: 1 - five, lambda: five > 1):
        with pytest.raises(UnitError, match="a quantity in"):
            wrong()


def test_what_is_no_number_is_refused() -> None:
    for wrong in (True, False, "5", 0.5, [1]):
        with pytest.raises(TypeError, match="may use whole numbers"):
            number(5) * wrong
    for left, right in ((number(None, label="A"), number(5)), (number(5), number(None, label="A"))):
        for function in OPERATORS.values():
            with pytest.raises(TypeError, match="'A' is not published"):
                function(left, right)
        for function in COMPARISONS.values():
            with pytest.raises(TypeError, match="'A'.* is not published"):
                function(left, right)


def test_literals_named_numbers_and_missing_ones_become_traced() -> None:
    year = traced_number(Constant(12, "months in a year", TOKENS))
    assert (year.value, year.unit, year.label, year.origin) == (12, TOKENS, "months in a year", Origin("constant"))
    assert isinstance(year.value, Decimal)
    for literal, unit in ((0, TOKENS), (1, ONE), (Decimal(7), ONE), (None, TOKENS)):
        lifted = traced_number(literal, TOKENS)
        assert (lifted.value, lifted.unit) == (literal, unit)
    cost = number(2 * 10**6) / TOKENS_PER_MTOK
    assert (cost.value, cost.unit) == (2, MTOK)


def test_a_word_is_compared() -> None:
    word = Word("fast", "Way", Origin("typed"))
    assert (word == "fast").value and not (word == "slow").value
    assert (word != "slow").value and not (word != "fast").value


def test_a_choice_takes_its_side_and_keeps_its_question() -> None:
    yes, no = number(3) > 2 * number(1), number(3) < number(1)
    for condition, amount in ((yes, 5), (no, 7)):
        picked = as_traced(choose(condition, number(5), number(7)))
        assert (picked.value, picked.unit, picked.symbol, picked.parts[0]) == (amount, TOKENS, "choose", condition)
    for plainly, amount in ((True, 5), (False, 7)):
        assert as_traced(choose(plainly, number(5), number(7))).value == amount
    for missing in (as_traced(choose(yes, None, number(7))), as_traced(choose(no, number(7), None))):
        assert missing.value is None and missing.unit == TOKENS
    assert as_traced(choose(yes, 0, number(7))).unit == as_traced(choose(yes, number(7), 0)).unit == TOKENS
    with pytest.raises(UnitError):
        choose(yes, number(5), number(7, USD))


def test_a_quotient_by_nothing_keeps_unit_and_question() -> None:
    missing = as_traced(quotient(number(3, USD), number(0), None))
    assert (missing.value, missing.unit) == (None, USD / TOKENS)
    assert missing.parts[0].value is True and missing.parts[0].symbol == "="
    assert [part.unit for part in missing.parts[1:]] == [USD / TOKENS] * 2
    assert as_traced(quotient(number(3, USD), number(0))).value == 0
    price = as_traced(quotient(number(3, USD), number(2)))
    assert (price.value, price.unit) == (Decimal("1.5"), USD / TOKENS)
    assert as_traced(quotient(number(3, USD), number(1))).value == 3


def test_an_unpublished_price_is_replaced_in_its_unit() -> None:
    assert as_traced(known_or(number(None, USD), number(2, USD))).value == 2
    assert as_traced(known_or(number(3, USD), number(2, USD))).value == 3
    with pytest.raises(UnitError):
        known_or(number(None, USD), number(2))


def test_extremes_and_roots_ask_for_units_that_fit() -> None:
    assert as_traced(largest(number(3), number(5), 0)).value == 5
    assert as_traced(smallest(number(3), number(5))).value == 3
    assert as_traced(largest(number(3))).value == 3
    for values in ((number(1), number(2, USD)), (number(1), number(2), number(3, USD)), (number(3, USD), number(2))):
        with pytest.raises(UnitError):
            largest(*values)
    side = as_traced(root(number(9, ONE)))
    assert side.value == 3 and side.symbol == "√"
    with pytest.raises(UnitError, match="square root of a quantity in token"):
        root(number(9))


def test_functions_of_plain_numbers() -> None:
    total = apply_to_bare_numbers("sum", lambda a, b: a + b, number(3), 4)
    assert (total.value, total.unit, total.symbol) == (7, ONE, "sum")
    assert apply_to_bare_numbers("sum", lambda a, b: a + b, 3, 4) == 7
    rounded = as_traced(ceil(number(Decimal("1.5"))))
    assert rounded.value == 2 and rounded.unit == TOKENS


def test_a_whole_number_of_a_search() -> None:
    month = as_traced(whole_number(7, "The first month", TOKENS, number(3)))
    assert (month.value, month.unit, month.label) == (7, TOKENS, "The first month")
    for like in (Decimal(3), 3.0):
        assert whole_number(7, "The first month", TOKENS, like) == 7
        assert type(whole_number(7, "The first month", TOKENS, like)) is type(like)


def test_bare_values() -> None:
    truth, word = number(1) > 0, Word("fast", "Way", Origin("typed"))
    assert [bare_value(operand) for operand in (number(2), truth, word, 5, None)] == [2, True, "fast", 5, None]
    assert untraced(Pair(number(2), "x")) == Pair(Decimal(2), "x")
    assert untraced((number(2), truth, word, "x", int)) == (2, True, "fast", "x", int)
    assert [is_traced(*operands) for operands in ((number(1), 2), (2, truth), (1, 2), ())] == [True, True, False, False]
