"""Intervals in words: their digits follow their width, and ends that are the same are one number."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from calculators.engine.declare import Column
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.notes import note
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import GB, HOUR, MONTH, ONE, SHARE, USD, Unit, base_unit, counted_unit
from calculators.engine.questions.question import Question
from calculators.views.wording import wording_of_row


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0", "0%"),
        ("0.000501", "0.1%"),
        ("0.0005", "0.05%"),
        ("-0.0005", "−0.05%"),
        ("0.00034", "0.03%"),
        ("0.0000961", "0.01%"),
        ("0.0000123", "0.001%"),
        ("0.0000000123", "0.000001%"),
        ("0.000000001", "0%"),
        ("0.9996", "100%"),
        ("0.4", "40%"),
    ],
)
def test_no_share_that_counts_is_written_as_zero(share: str, words: str) -> None:
    """What floats leave, below a hundred-millionth, is."""
    assert rounded_amount(Decimal(share), SHARE) == words
    assert wording_of_row([Column("name", "Name"), Column("share", "Share", SHARE)], ("a", Decimal(share)))[1] == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        ("-0.00187341", "-0.00026802", SHARE, "−0.187% to −0.027%"),
        ("0.99561", "0.99802", SHARE, "99.56% to 99.80%"),
        ("0.123", "0.327", SHARE, "12.3% to 32.7%"),
        ("0.02", "0.025", SHARE, "2% to 2.5%"),
        ("0", "0.00421", SHARE, "0% to 0.42%"),
        ("138.021", "138.434", GB, "138.02 to 138.43 GB"),
        ("138", "138", GB, "138 GB"),
        ("138", "138.00000000001", GB, "138 GB"),
        ("1234.1", "1234.6", USD, "$1,234.10 to $1,234.60"),
        ("1375.47", "1386.32", USD, "$1,375 to $1,386"),
        ("995.2", "1006.3", USD, "$995.20 to $1,006"),
        ("1234.4", "2033.9", USD, "$1,234 to $2,034"),
        ("1234.4", "5678.9", USD, "$1,200 to $5,700"),
        ("7181.9", "21481.2", USD, "$7,200 to $21,500"),
        ("-13096", "41807", USD, "−$13,000 to $42,000"),
        ("0.0123", "45.1", USD, "$0.0123 to $45.10"),
        ("-2.111", "2.222", ONE, "−2.11 to 2.22"),
        ("0.0721", "0.288", HOUR, "4.3 to 17.3 minutes"),
        ("0.00721", "0.0288", HOUR, "26 to 104 seconds"),
        ("0.0721", "2.88", HOUR, "4 minutes to 2.88 hours"),
        ("34.361", "41.749", USD / base_unit("Mtok"), "$34.36 to $41.75 per million tokens"),
        ("0.95", "1.03", HOUR, "0.95 to 1.03 hours"),
    ],
)
def test_digits_follow_the_width(low: str, high: str, unit: Unit, words: str) -> None:
    assert rounded_interval(Decimal(low), Decimal(high), unit) == words
    assert rounded_interval(float(low), float(high), unit) == words


def test_no_answer_is_a_dash() -> None:
    assert rounded_interval(None, None, USD) == "–"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("0.0643", "4 minutes"),
        ("0.5", "30 minutes"),
        ("0.0233", "84 seconds"),
        ("0.0001", "0.36 seconds"),
        ("-0.25", "−15 minutes"),
        ("0", "0 hours"),
        ("1", "1 hour"),
        ("1.5", "1.5 hours"),
    ],
)
def test_a_short_time_is_written_in_minutes_or_seconds(hours: str, words: str) -> None:
    assert rounded_amount(Decimal(hours), HOUR) == words


def test_other_units_stay() -> None:
    assert rounded_amount(Decimal("0.0643"), USD / HOUR) == "$0.0643 per hour"
    assert rounded_amount(Decimal("0.5"), base_unit("minute")) == "30 seconds"
    assert rounded_amount(Decimal(10), counted_unit("billion")) == "10 billion"


@given(
    st.decimals(-(10**6), 10**6, places=6),
    st.decimals("0.00001", 1000, places=6),
    st.sampled_from([SHARE, GB, ONE]),
)
def test_the_ends_show_how_wide_it_is(low: Decimal, width: Decimal, unit: Unit) -> None:
    words = rounded_interval(low, low + width, unit)
    if width <= abs(low) * Decimal("1e-9"):
        return
    ends = [Decimal(re.sub("[^0-9.-]", "", end.replace("−", "-"))) for end in words.split(" to ")]
    shown = (ends[1] - ends[0]) / (100 if unit is SHARE else 1)
    assert abs(shown - width) <= width / 10, words


def test_a_sentence_and_a_row_have_the_same_digits() -> None:
    low, high = Decimal("-0.00187341"), Decimal("-0.00026802")
    sentence = note(True, "From {low} to {high}.", low=(low, SHARE), high=(high, SHARE)).sentence
    assert sentence == "From −0.187% to −0.027%."
    columns = [Column("name", "Name"), Column("share_low", "Low", SHARE), Column("share_high", "High", SHARE)]
    assert wording_of_row(columns, ["a", low, high]) == ["a", "−0.187%", "−0.027%"]
    assert wording_of_row(columns, ["a", low, None]) == ["a", "−0.2%", "–"]


def test_an_interval_reads_the_same_wherever_it_is_printed(catalogue: Catalogue) -> None:
    given = {"both_right": "9959", "only_a": "11", "only_b": "1", "both_wrong": "29"}
    for form in ("text", "html", "page", "markdown"):
        written = catalogue.answer(Question("evaluating/compare", given, form=form))
        assert "−0.187% to −0.027%" in written and "between −0.187% and −0.027%" in written, form
        assert "−0.2% to 0%" not in written


@pytest.mark.parametrize(
    ("months", "words"),
    [("0.0643", "1.96 days"), ("0.5", "15 days"), ("0.02", "15 hours"), ("1", "1 month"), ("0", "0 months")],
)
def test_a_part_of_a_month_is_written_in_days(months: str, words: str) -> None:
    """Of 365 ÷ 12 days: half of them are 15.2, a fiftieth is 14.6 hours."""
    assert rounded_amount(Decimal(months), MONTH) == words


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("0.0643", "4 minutes"),
        ("0.0001", "0.36 seconds"),
        ("0", "0"),
        ("1", "1"),
        ("2.5", "2.5"),
        ("-0.25", "−15 minutes"),
    ],
)
def test_a_short_time_in_a_table_brings_the_unit_that_its_heading_has_not(hours: str, words: str) -> None:
    columns = (Column("gpu", "GPU"), Column("hours", "Hours", HOUR))
    assert wording_of_row(columns, ("L40S", Decimal(hours))) == ["L40S", words]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("0.0721", "0.288", ["4.3 minutes", "17.3 minutes"]),
        ("0.0721", "2.88", ["4 minutes", "2.88"]),
        ("1.234", "2.345", ["1.23", "2.34"]),
        ("0", "0.5", ["0 hours", "30 minutes"]),
    ],
)
def test_both_ends_of_a_time_in_a_table_are_readable(low: str, high: str, words: list[str]) -> None:
    columns = (Column("hours_low", "From", HOUR), Column("hours_high", "to", HOUR))
    assert wording_of_row(columns, (Decimal(low), Decimal(high))) == words
