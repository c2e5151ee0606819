"""Numbers as they are written: rounded once."""

from decimal import Decimal

import pytest

from calculators.engine.numbers.rounding import (
    grouped_number,
    rounded_amount,
    rounded_without_noun,
    unrounded_digits,
    unrounded_quantity,
)
from calculators.engine.numbers.units import (
    MONTH,
    ONE,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    USD,
    USD_PER_MTOK,
    Unit,
    counted_unit,
)


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("1234.5", USD, "$1,234"),
        ("1235.5", USD, "$1,236"),
        ("999.994", USD, "$999.99"),
        ("12", USD, "$12.00"),
        ("0.0123456", USD, "$0.0123"),
        ("0.000000123456", USD, "$0.000000123"),
        ("0", USD, "$0"),
        ("-1234.4", USD, "−$1,234"),
        ("-0.5", USD, "−$0.50"),
        ("0.314159", SHARE, "31.4%"),
        ("1", SHARE, "100%"),
        ("1", TOKENS, "1 token"),
        ("1700", TOKENS, "1,700 tokens"),
        ("1.3", ONE, "1.3"),
        ("195.18", USD / MONTH, "$195.18 per month"),
        ("2.5", counted_unit("example"), "2.5 examples"),
    ],
)
def test_results(number: str, unit: Unit, written: str) -> None:
    assert rounded_amount(Decimal(number), unit) == written


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("2", USD_PER_MTOK, "$2 per million tokens"),
        ("2.5", USD_PER_MTOK, "$2.50 per million tokens"),
        ("0.0375", USD_PER_MTOK, "$0.0375 per million tokens"),
        ("0.025", SHARE, "2.5%"),
        ("50000", REQUESTS_PER_MONTH, "50,000 requests"),
        ("1.0E+4", TOKENS, "10,000 tokens"),
    ],
)
def test_figures_in_full(number: str, unit: Unit, written: str) -> None:
    assert unrounded_quantity(Decimal(number), unit) == written


def test_no_answer_is_a_dash() -> None:
    assert rounded_amount(None, USD) == unrounded_quantity(None, USD) == rounded_without_noun(None, USD) == "–"


def test_plain_digits() -> None:
    assert unrounded_digits(Decimal("1.50E+3")) == "1500"
    assert unrounded_digits(Decimal("1E-7")) == "0.0000001"
    assert grouped_number(Decimal("-1234567.50")) == "−1,234,567.5"
