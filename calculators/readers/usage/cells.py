"""Reads the values that logs hold: counts, amounts, times and names, also where they are text."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any, TypeAlias

from calculators.readers.usage.request import SkippedRow

Value: TypeAlias = Any
"""What JSON or a cell of a table holds."""

LONGEST_NAME = 200
"""How much of a name or an id counts."""

LATEST_SECOND, LATEST_MILLISECOND, LATEST_MICROSECOND, LATEST_NANOSECOND = 1e11, 1e14, 1e17, 1e20
"""A number of seconds since 1970 is below the first of these, of milliseconds below the second, and so on."""

SCALES = ((LATEST_MILLISECOND, 1e3), (LATEST_MICROSECOND, 1e6), (LATEST_NANOSECOND, 1e9))

MILLISECONDS = 1000
"""Milliseconds in a second."""

NO_NUMBERS = ("nan", "inf", "infinity")
"""Words that a float takes."""

MANY_DIGITS = 9
SECONDS = re.compile(rf"\d{{{MANY_DIGITS},}}(?:\.\d*)?", re.ASCII)
"""A number of seconds, or of parts of one: it has more digits than a day such as 20261005."""

LARGEST_COUNT = 10**15
"""More than any log can hold; what is larger is a mistake, and would be too large for a float."""

FEW_DIGITS = 15
"""So many digits, as most tables have, are below the largest count."""


def usage_count_in(value: Value) -> int | None:
    """A count of tokens or requests; None where there is none.

    >>> usage_count_in(12), usage_count_in("59200.0"), usage_count_in(""), usage_count_in(None)
    (12, 59200, None, None)

    Raises:
        SkippedRow: the value is no count.
    """
    if type(value) is int:
        if 0 <= value <= LARGEST_COUNT:
            return value
        raise SkippedRow("a count is below zero" if value < 0 else "a count is too large")
    if value is None or value == "":
        return None
    if type(value) is str and len(value) <= FEW_DIGITS and value.isdecimal() and value.isascii():
        return int(value)
    number = usage_amount_in(value)
    if number is None or number < 0 or number != math.floor(number):
        raise SkippedRow("a count is not a whole number")
    if number > LARGEST_COUNT:
        raise SkippedRow("a count is too large")
    return int(number)


def usage_amount_in(value: Value) -> float | None:
    """An amount such as a cost, also with a dollar sign; None where there is none.

    >>> usage_amount_in("$1,234.50"), usage_amount_in("Included"), usage_amount_in(3)
    (1234.5, None, 3.0)

    Raises:
        SkippedRow: the value is infinite, or no number at all in JSON.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise SkippedRow("an amount is yes or no")
    if type(value) is str and value.isalpha() and value.lower() not in NO_NUMBERS:
        return None  # a word such as Included: to have a float refused takes ten times as long
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        if not isinstance(value, str):
            raise SkippedRow("an amount is not a number") from None
        try:
            number = float(value.replace("$", "").replace(",", ""))
        except ValueError:
            return None
    if not -math.inf < number < math.inf:
        raise SkippedRow("an amount is not a number")
    return number


def usage_seconds_of_milliseconds(milliseconds: float | None) -> float | None:
    """A duration in seconds; None where there is none, or where it is below zero."""
    return None if milliseconds is None or milliseconds < 0 else milliseconds / MILLISECONDS


def usage_seconds_in(value: Value) -> float | None:
    """A time in seconds since 1970, UTC, from ISO text or a number of seconds, milliseconds, micro- or nanoseconds.

    >>> usage_seconds_in("2026-10-05T08:00:00Z"), usage_seconds_in(1790000000), usage_seconds_in("1790000000000000000")
    (1791187200.0, 1790000000.0, 1790000000.0)
    >>> usage_seconds_in("1790123112345")
    1790123112.345

    A time without a zone is UTC. What is no time is None: a request without a time still counts. So is a time up to the
    beginning of 1970, which programs write where they know none, as Go's year 1.
    """
    kind = type(value)
    if kind is str:
        if value[10:11] == "T" and value[4:5] == "-":  # as nearly all logs have it
            try:
                return _usage_seconds_since_1970(datetime.fromisoformat(value))
            except ValueError:
                pass
        return _usage_seconds_of_text(value)
    return _usage_scaled(value) if kind is int or kind is float else None


def _usage_seconds_of_text(text: str) -> float | None:
    if not text or not text.isascii():
        return None
    if len(text) >= MANY_DIGITS and text.isdecimal():
        return _usage_scaled(float(text))
    text = text.strip()
    if text[4:5] == "-" or not SECONDS.fullmatch(text):  # Python takes 1790123112345 for a day with a time
        try:
            return _usage_seconds_since_1970(datetime.fromisoformat(text.replace(" UTC", "Z")))
        except ValueError:
            pass
    try:
        return _usage_scaled(float(text))
    except ValueError:
        return None


def _usage_seconds_since_1970(moment: datetime) -> float | None:
    seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return seconds if seconds > 0 else None


def _usage_scaled(time: float) -> float | None:
    """A time in seconds, of one in seconds or a part of a second."""
    if 0 < time < LATEST_SECOND:
        return float(time)
    for latest, divisor in SCALES:
        if 0 < time < latest:
            return time / divisor
    return None


def usage_name_in(value: Value) -> str:
    """A name or an id; nothing where there is none."""
    if not isinstance(value, str):
        return ""
    name = value.strip()
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME]


def usage_object_in(value: Value) -> dict[str, Value]:
    """An object of JSON; an empty one where there is none."""
    return value if isinstance(value, dict) else {}


def usage_list_in(value: Value) -> list[Value]:
    """A list of JSON; an empty one where there is none."""
    return value if isinstance(value, list) else []
