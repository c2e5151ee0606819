"""Values of logs that are easily taken for something else."""

from __future__ import annotations

import pytest

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_seconds_in
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


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_the_first_and_the_last_day(value: str) -> None:
    assert isinstance(usage_seconds_in(value), float)


@pytest.mark.parametrize("value", [10**16, "1e16", -1, 0.5, "x", True])
def test_what_is_no_count_is_refused(value: object) -> None:
    with pytest.raises(SkippedRow):
        usage_count_in(value)


def test_what_is_no_amount_is_refused() -> None:
    with pytest.raises(SkippedRow):
        usage_amount_in(10**400)
