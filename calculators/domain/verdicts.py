"""The numbers that a verdict on shares rests on, in the words of a headline."""

from __future__ import annotations

from calculators.engine.declare import Range
from calculators.engine.numbers import Number, bare_value
from calculators.engine.numbers.intervals import interval_places, rounded_ends
from calculators.engine.numbers.rounding import rounded_amount
from calculators.engine.numbers.units import ONE, SHARE

SINGULAR = ("+1", "−1")
"""The differences that are one point."""


def verdict_share_in_words(share: Range) -> str:
    """A share with its interval; each of its three numbers is known.

    >>> from decimal import Decimal
    >>> verdict_share_in_words(Range(Decimal("0.64"), Decimal("0.71"), Decimal("0.77")))
    '71% (64% to 77%)'
    """
    low, likely, high = _verdict_ends(share)
    return f"{likely} ({low} to {high})"


def verdict_points_in_words(difference: Range, shown_by: Number | None = None) -> str:
    """A difference of two shares in percentage points, with its interval or the p-value that shows it.

    >>> from decimal import Decimal
    >>> verdict_points_in_words(Range(Decimal("0.02"), Decimal("0.06"), Decimal("0.1")))
    '+6 points (2 to 10)'
    """
    size = _verdict_signed(difference).removesuffix("%")
    doubt = verdict_doubt_in_words(difference, shown_by).replace("%", "")
    return f"{size} point{'' if size in SINGULAR else 's'} ({doubt})"


def verdict_scale_in_words(difference: Range, shown_by: Number | None = None) -> str:
    """A difference of two mean grades as a share of their scale, with its interval or the p-value that shows it.

    >>> from decimal import Decimal
    >>> verdict_scale_in_words(Range(Decimal("-0.1"), Decimal("0.25"), Decimal("0.6")), Decimal("0.001"))
    '+25% of the scale (p 0.001)'
    """
    return f"{_verdict_signed(difference)} of the scale ({verdict_doubt_in_words(difference, shown_by)})"


def verdict_doubt_in_words(difference: Range, shown_by: Number | None) -> str:
    """The interval of a difference; if that holds 0 although a test shows the difference, the p-value of the test.

    The two may part where all differences are alike: the interval then assumes nothing of how they stray.
    """
    low, high = bare_value(difference.low), bare_value(difference.high)
    if shown_by is not None and low <= 0 <= high:
        return f"p {rounded_amount(bare_value(shown_by), ONE)}"
    return " to ".join(rounded_ends(low, high, SHARE))


def _verdict_signed(difference: Range) -> str:
    likely = _verdict_ends(difference)[1]
    return likely if likely.startswith("−") or likely == "0%" else f"+{likely}"


def _verdict_ends(interval: Range) -> tuple[str, str, str]:
    """Low, likely and high, with as many digits as the width of the interval needs."""
    low, likely, high = (bare_value(end) for end in (interval.low, interval.likely, interval.high))
    first, last = rounded_ends(low, high, SHARE)
    return first, rounded_amount(likely, SHARE, interval_places(low, high, SHARE)), last
