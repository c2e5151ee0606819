"""Days as text, such as 2026-11-21, which sort as they follow one another."""

from __future__ import annotations


def months_between_days(first: str, second: str) -> int:
    """How many calendar months the second day's month lies after the first's.

    >>> months_between_days("2026-11-21", "2026-12-01")
    1
    """
    year, month = int(first[:4]), int(first[5:7])
    return (int(second[:4]) - year) * 12 + int(second[5:7]) - month
