"""Numbers as people type them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.declare import NumberInput
from calculators.engine.inputs.controls import read_bounded_control
from calculators.engine.inputs.numerals import Misread, Spread, read_numeral_or_range
from calculators.engine.numbers.units import (
    BYTES,
    GB,
    HOUR,
    ONE,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    USD,
    USD_PER_MTOK,
    Unit,
    base_unit,
    counted_unit,
)

UNDERSTOOD = {
    "1,000": 1000,
    "1 000": 1000,
    "1\u00a0000": 1000,
    "1\u2009000": 1000,
    "1\u202f000": 1000,
    " 1000 ": 1000,
    "10k": 10_000,
    "10 k": 10_000,
    "2M": 2_000_000,
    "1.5m": 1_500_000,
    "3bn": 3_000_000_000,
    "1 trillion": 10**12,
    "0.5T": 5 * 10**11,
    "2 thousands": 2000,
    "2 million": 2_000_000,
    "1e6": 1_000_000,
    "1E6": 1_000_000,
    "1e-3": Decimal("0.001"),
    ".5": Decimal("0.5"),
    "5.": 5,
    "-0": 0,
    "\u22125": -5,
    "12,345,678.9": Decimal("12345678.9"),
    "+7": 7,
}


@pytest.mark.parametrize("typed", UNDERSTOOD)
def test_understood(typed: str) -> None:
    assert read_numeral_or_range(typed, "Calls per day", TOKENS) == UNDERSTOOD[typed]


def test_signs_belong_to_their_unit() -> None:
    assert read_numeral_or_range("$3", "Price", USD) == 3
    assert read_numeral_or_range("-$3", "Price", USD) == -3
    assert read_numeral_or_range("$1.5k", "Price", USD) == 1500
    assert read_numeral_or_range("30%", "Share", SHARE) == Decimal("0.3")
    assert read_numeral_or_range("0.3", "Share", SHARE) == Decimal("0.3")
    with pytest.raises(Misread, match="Calls must be a number"):
        read_numeral_or_range("$3", "Calls", TOKENS)
    with pytest.raises(Misread, match="Calls must be a number"):
        read_numeral_or_range("3%", "Calls", TOKENS)


POINT = "Calls per day: use a point for decimals, like 1000.50"
DIGITS = "Calls per day: use the digits 0 to 9"
NUMBER = "Calls per day must be a number, like 1000 or 2.5"
GROUPS = "Calls per day: group digits in threes, like 12,000, and use one point for decimals"
LARGE = "Calls per day must be 1 trillion or less"
MISREAD = {
    "": "Enter calls per day",
    "   ": "Enter calls per day",
    "1.000,50": POINT,
    "1,5": POINT,
    "1,00": POINT,
    "1,0000": POINT,
    "nan": NUMBER,
    "inf": NUMBER,
    "0x10": NUMBER,
    "1_000": NUMBER,
    "<script>": NUMBER,
    "--5": NUMBER,
    "5 apples": NUMBER,
    "$": NUMBER,
    ".": NUMBER,
    "1e309": LARGE,
    "9" * 400: LARGE,
    "१२": DIGITS,
    "\uff11\uff12": DIGITS,  # full-width digits
    "½": DIGITS,
    "\U00011f52": NUMBER,  # a digit from Unicode 15 on, which is that of Python 3.12
    "\u07c1": NUMBER,  # a digit from Unicode 5 on
    "12 34": GROUPS,
    "1,00,000": GROUPS,
}


@pytest.mark.parametrize("typed", MISREAD, ids=lambda typed: typed[:12] or "empty")
def test_misread(typed: str) -> None:
    with pytest.raises(Misread) as caught:
        read_numeral_or_range(typed, "Calls per day", TOKENS)
    assert str(caught.value) == MISREAD[typed]


@pytest.mark.parametrize(
    ("typed", "low", "likely", "high"),
    [
        ("80k..120k", 80_000, 100_000, 120_000),
        ("80k .. 120k", 80_000, 100_000, 120_000),
        ("100k ±20%", 80_000, 100_000, 120_000),
        ("100k +/- 5k", 95_000, 100_000, 105_000),
        ("100+-10", 90, 100, 110),
    ],
)
def test_ranges(typed: str, low: int, likely: int, high: int) -> None:
    assert read_numeral_or_range(typed, "Calls", TOKENS) == Spread(Decimal(low), Decimal(likely), Decimal(high))


def test_a_range_runs_upwards() -> None:
    with pytest.raises(Misread, match="smaller number first"):
        read_numeral_or_range("5..3", "Calls", TOKENS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_a_sentence(typed: str) -> None:
    try:
        number = read_numeral_or_range(typed, "Calls", TOKENS)
    except Misread as error:
        assert str(error).startswith(("Calls", "Enter calls"))
    else:
        numbers = (number.low, number.high) if isinstance(number, Spread) else (number,)
        assert all(number.is_finite() for number in numbers)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_written_number_is_read_back(number: Decimal) -> None:
    for typed in (f"{number:f}", f"{number:,f}", f"{number:,f}".replace(",", " ")):
        assert read_numeral_or_range(typed, "Price", USD) == number
        assert read_numeral_or_range(f"{typed}0", "Calls", TOKENS) == number


ASKED_ABOUT = {
    "30.000": "Calls: is this 30 or 30,000? Type 30 or 30000",
    "1.500": "Calls: is this 1.5 or 1,500? Type 1.5 or 1500",
    "+12.345": "Calls: is this +12.345 or +12,345? Type +12.3450 or +12345",
    "20.000..40.000": "Calls: is this 20 or 20,000? Type 20 or 20000",
    "30.000 ±20%": "Calls: is this 30 or 30,000? Type 30 or 30000",
}
REQUEST, EXAMPLE = REQUESTS_PER_MONTH, counted_unit("example")


@pytest.mark.parametrize("typed", ASKED_ABOUT)
@pytest.mark.parametrize("unit", [TOKENS, BYTES, REQUEST, EXAMPLE], ids=lambda unit: unit.text)
def test_a_count_with_a_point_before_three_digits_is_asked_about(typed: str, unit: Unit) -> None:
    """Thirty thousand, as it is written where a point groups digits; and what is asked to be typed is read."""
    with pytest.raises(Misread) as caught:
        read_numeral_or_range(typed, "Calls", unit)
    assert str(caught.value) == ASKED_ABOUT[typed]
    small, large = str(caught.value).partition("Type ")[2].split(" or ")
    read = [read_numeral_or_range(answer, "Calls", unit) for answer in (small, large)]
    assert isinstance(read[0], Decimal) and read[0] * 1000 == read[1]


@pytest.mark.parametrize(
    "unit", [USD, USD_PER_MTOK, GB, SHARE, HOUR, ONE, counted_unit("billion")], ids=lambda unit: unit.text
)
def test_a_measure_may_have_three_decimals(unit: Unit) -> None:
    assert read_numeral_or_range("1.125", "Price", unit) == Decimal("1.125")


@pytest.mark.parametrize("typed", ["0.125", "1.1250", "1000.125", "1.125k", "1.125e3", "1,125", "1,125.125", "1.12"])
def test_a_count_that_can_mean_one_number_is_read(typed: str) -> None:
    assert isinstance(read_numeral_or_range(typed, "Calls", TOKENS), Decimal)


def test_a_number_too_small_to_count_is_refused() -> None:
    with pytest.raises(Misread, match="too small"):
        read_numeral_or_range("1e-999", "Calls", TOKENS)
    assert read_numeral_or_range("1e-9", "Calls", TOKENS) == Decimal("1e-9")


LIMIT = "Share must be 100% or less"
SHARES = {
    "200%": f"{LIMIT}: a share is at most 100%",
    "20%..200%": f"{LIMIT}: a share is at most 100%",
    "150": f"{LIMIT}: a share is at most 100%",
    "30": f"{LIMIT}: write 30% or 0.3",
    "3e1": f"{LIMIT}: write 30% or 0.3",
    "30..40": f"{LIMIT}: write 30%..40% or 0.3..0.4",
    "50 ±20%": f"{LIMIT}: write 40%..60% or 0.4..0.6",
    "5..10%": "Share: write the percent sign at both ends, like 5%..10%",
    "-5": "Share must be 0% or more",
}


@pytest.mark.parametrize("typed", SHARES)
def test_another_reading_of_a_share_is_suggested_only_where_it_would_do(typed: str) -> None:
    kind = NumberInput(label="Share", unit=SHARE, low=Decimal(0), high=Decimal(1), default=Decimal(0))
    with pytest.raises(Misread) as caught:
        read_bounded_control(typed, "Share", kind)
    assert str(caught.value) == SHARES[typed]


def test_no_share_below_the_lower_bound_is_suggested() -> None:
    kind = NumberInput(label="Power", unit=SHARE, low=Decimal("0.5"), high=Decimal("0.99"), default=Decimal("0.8"))
    for typed, hint in (("80", ": write 80% or 0.8"), ("3", ""), ("100", ""), ("120%", "")):
        with pytest.raises(Misread) as caught:
            read_bounded_control(typed, "Power", kind)
        assert str(caught.value) == f"Power must be 99% or less{hint}"


BILLIONS = counted_unit("billion")


@pytest.mark.parametrize(
    "typed", ["7", "7B", "7b", "7bn", "7 billion", "7 billions", "7e9", "7E9", "7,000,000,000", "7000M", "0.007T"]
)
def test_a_quantity_is_the_same_in_a_field_that_counts_in_billions(typed: str) -> None:
    assert read_numeral_or_range(typed, "Parameters", BILLIONS) == 7
    low = read_numeral_or_range(f"{typed}..13B", "Parameters", BILLIONS)
    assert low == Spread(Decimal(7), Decimal(10), Decimal(13))
    around = read_numeral_or_range(f"{typed} ±1B", "Parameters", BILLIONS)
    assert around == Spread(Decimal(6), Decimal(7), Decimal(8))


def test_small_models_and_huge_ones_in_billions() -> None:
    for typed, number in {"500M": "0.5", "350e6": "0.35", "20k": "0.00002", "1.6T": "1600", "999999": "999999"}.items():
        assert read_numeral_or_range(typed, "Parameters", BILLIONS) == Decimal(number)


@pytest.mark.parametrize(
    ("unit", "example"),
    [
        (GB, "like 2.5 for 2.5 GB"),
        (USD_PER_MTOK, "like 2.5 for $2.50 per million tokens"),
        (base_unit("TFLOPS"), "like 2.5 for 2.5 TFLOPS"),
        (BILLIONS, "like 2.5 or 2.5B for 2.5 billion"),
        (TOKENS, "like 1000 or 2.5"),
    ],
)
def test_a_message_says_what_a_number_means_where_the_unit_is_large(unit: Unit, example: str) -> None:
    for typed in ("24 XB", "2/M", "many"):
        with pytest.raises(Misread, match=f"Field must be a number, {re.escape(example)}$"):
            read_numeral_or_range(typed, "Field", unit)


PAGES = {"page": Decimal(600)}

COUNTED_IN_PAGES = {
    "1 page": 600,
    "2 pages": 1200,
    "2pages": 1200,
    "4,000 Pages": 2_400_000,
    "1.5k pages": 900_000,
    "0.5 page": 300,
    " 2\u00a0pages ": 1200,
    "1200": 1200,
    "0 pages": 0,
}


@pytest.mark.parametrize("typed", COUNTED_IN_PAGES)
def test_pages_are_typed_where_tokens_are_asked(typed: str) -> None:
    assert read_numeral_or_range(typed, "Tokens", TOKENS, PAGES) == COUNTED_IN_PAGES[typed]


@pytest.mark.parametrize(
    ("typed", "low", "likely", "high"),
    [
        ("2..3 pages", 1200, 1500, 1800),
        ("2 pages..3 pages", 1200, 1500, 1800),
        ("10 pages ± 20%", 4800, 6000, 7200),
        ("3 pages ± 1 page", 1200, 1800, 2400),
    ],
)
def test_a_range_in_pages_is_one_in_tokens(typed: str, low: int, likely: int, high: int) -> None:
    spread = Spread(Decimal(low), Decimal(likely), Decimal(high))
    assert read_numeral_or_range(typed, "Tokens", TOKENS, PAGES) == spread


def test_pages_named_once_at_the_end_count_for_both_ends() -> None:
    with pytest.raises(Misread, match="write the smaller number first"):
        read_numeral_or_range("300..1 page", "Tokens", TOKENS, PAGES)


@pytest.mark.parametrize("typed", ["2 sheets", "pages", "2 pagess", "2 pages 3", "pages 2", "2% pages", "two pages"])
def test_what_is_no_number_of_pages_is_refused(typed: str) -> None:
    with pytest.raises(Misread, match="Tokens must be a number, like 1000 or 2.5, or in words, like 2 pages"):
        read_numeral_or_range(typed, "Tokens", TOKENS, PAGES)


def test_without_a_conversion_pages_are_no_number() -> None:
    with pytest.raises(Misread, match="Calls must be a number"):
        read_numeral_or_range("2 pages", "Calls", TOKENS)
