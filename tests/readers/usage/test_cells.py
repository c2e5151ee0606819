"""Values of logs that are easily taken for something else."""

from __future__ import annotations

import json

import pytest

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_seconds_in
from calculators.readers.usage.columns.row_columns import usage_times_in
from calculators.readers.usage.intake import UsageIntake
from calculators.readers.usage.request import SkippedRow


@pytest.mark.parametrize(
    "value",
    [1790123112, 1790123112345, 1790123112345678, 1790123112345678900, "1790123112", "1790123112345", "1790123112.3"],
)
def test_a_number_of_seconds_or_of_parts_of_one(value: object) -> None:
    """1,790,123,112 seconds after 1970 are September 23, 2026; Python's reader of days takes some for the year 1790."""
    assert usage_seconds_in(value) == pytest.approx(1790123112, abs=1)


def test_a_day_without_dashes() -> None:
    assert usage_seconds_in("20261005") == usage_seconds_in("2026-10-05")


@pytest.mark.parametrize("value", [10**400, float("inf"), float("nan"), 0, -5, True, "soon", "9" * 400, [], {}])
def test_what_is_no_time_is_unknown(value: object) -> None:
    assert usage_seconds_in(value) is None


@pytest.mark.parametrize("value", ["1970-01-01T00:00:01Z", "9999-12-31T23:59:59-14:00"])
def test_the_first_and_the_last_time(value: str) -> None:
    assert isinstance(usage_seconds_in(value), float)


BEFORE = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "1969-12-31 23:59:59",
    "1970-01-01T00:00:00Z",
    "1969-12-31",
]
"""The first is what programs in Go write where they know no time, and the fourth what many others do."""


@pytest.mark.parametrize("value", BEFORE)
def test_a_time_before_1970_is_unknown(value: str) -> None:
    assert usage_seconds_in(value) is None
    assert usage_times_in([value]) == [None]
    assert usage_times_in([value, "2026-11-10T00:00:00Z"]) == [None, usage_seconds_in("2026-11-10T00:00:00Z")]


@pytest.mark.parametrize(
    "times", [BEFORE[:2], ["2026-11-10T00:00:00Z", BEFORE[0]], [BEFORE[3], "2026-11-10T00:00:00Z"]]
)
@pytest.mark.parametrize("rows", [1, 20])
def test_a_conversation_with_times_before_1970(times: list[str], rows: int) -> None:
    """Cached tokens of a conversation are compared by their times, row by row and column by column."""
    usage = {"input_tokens": 5, "cache_creation_input_tokens": 9, "cache_read_input_tokens": 4, "output_tokens": 1}
    intake = UsageIntake()
    intake.open("log")
    for time in times * rows:
        answer = {"type": "message", "model": "claude-sonnet-5-5", "usage": usage}
        intake.feed(f"{json.dumps({'time': time, 'session_id': 'a', 'response': answer})}\n".encode())
    intake.close()
    summary = intake.summary()
    assert not summary.skipped
    assert sum(sums.requests for sums in summary.cells.values()) == len(times) * rows
    days = {cell[0] for cell in summary.cells}
    assert days == ({None, 20767} if "2026-11-10T00:00:00Z" in times else {None})


@pytest.mark.parametrize("value", [10**16, "1e16", -1, 0.5, "x", True])
def test_what_is_no_count_is_refused(value: object) -> None:
    with pytest.raises(SkippedRow):
        usage_count_in(value)


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(SkippedRow):
        usage_amount_in(10**400)
