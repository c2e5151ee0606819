"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.read import Misread, Spread, read
from calculators.engine.units import SHARE, TOKENS, USD

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
    assert read(typed, "Calls per day", TOKENS) == UNDERSTOOD[typed]


def test_signs_belong_to_their_unit() -> None:
    assert read("$3", "Price", USD) == 3
    assert read("-$3", "Price", USD) == -3
    assert read("$1.5k", "Price", USD) == 1500
    assert read("30%", "Share", SHARE) == Decimal("0.3")
    assert read("0.3", "Share", SHARE) == Decimal("0.3")
    with pytest.raises(Misread, match="Calls must be a number"):
        read("$3", "Calls", TOKENS)
    with pytest.raises(Misread, match="Calls must be a number"):
        read("3%", "Calls", TOKENS)


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
    "12 34": GROUPS,
    "1,00,000": GROUPS,
}


@pytest.mark.parametrize("typed", MISREAD, ids=lambda typed: typed[:12] or "empty")
def test_misread(typed: str) -> None:
    with pytest.raises(Misread) as caught:
        read(typed, "Calls per day", TOKENS)
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
    assert read(typed, "Calls", TOKENS) == Spread(Decimal(low), Decimal(likely), Decimal(high))


def test_a_range_runs_upwards() -> None:
    with pytest.raises(Misread, match="smaller number first"):
        read("5..3", "Calls", TOKENS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_a_finite_number_or_a_sentence(typed: str) -> None:
    try:
        value = read(typed, "Calls", TOKENS)
    except Misread as error:
        assert str(error).startswith(("Calls", "Enter calls"))
    else:
        numbers = (value.low, value.high) if isinstance(value, Spread) else (value,)
        assert all(number.is_finite() for number in numbers)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_written_number_is_read_back(number: Decimal) -> None:
    for typed in (f"{number:f}", f"{number:,f}", f"{number:,f}".replace(",", " ")):
        assert read(typed, "Calls", TOKENS) == number


def test_a_number_too_small_to_count_is_refused() -> None:
    with pytest.raises(Misread, match="too small"):
        read("1e-999", "Calls", TOKENS)
    assert read("1e-9", "Calls", TOKENS) == Decimal("1e-9")
