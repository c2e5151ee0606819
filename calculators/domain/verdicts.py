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


def verdict_points_in_words(difference: Range, p_value: Number, *, is_shown: bool) -> str:
    """A difference of two shares in percentage points, with its interval or the p-value that decides.

    >>> from decimal import Decimal
    >>> verdict_points_in_words(Range(Decimal("0.02"), Decimal("0.06"), Decimal("0.1")), Decimal("0.01"), is_shown=True)
    '+6 points (2 to 10)'
    """
    size = _verdict_signed(difference).removesuffix("%")
    doubt = verdict_doubt_in_words(difference, p_value, is_shown=is_shown).replace("%", "")
    return f"{size} point{'' if size in SINGULAR else 's'} ({doubt})"


def verdict_scale_in_words(difference: Range, p_value: Number, *, is_shown: bool) -> str:
    """A difference of two mean grades as a share of their scale, with its interval or the p-value that decides.

    >>> from decimal import Decimal
    >>> grades = Range(Decimal("-0.1"), Decimal("0.25"), Decimal("0.6"))
    >>> verdict_scale_in_words(grades, Decimal("0.001"), is_shown=True)
    '+25% of the scale (p 0.001)'
    """
    return (
        f"{_verdict_signed(difference)} of the scale ({verdict_doubt_in_words(difference, p_value, is_shown=is_shown)})"
    )


def verdict_doubt_in_words(difference: Range, p_value: Number, *, is_shown: bool) -> str:
    """The interval of a difference; where that says something else than the test that decides, the p-value."""
    if is_verdict_interval_apart(difference, is_shown=is_shown):
        return f"p {rounded_amount(bare_value(p_value), ONE)}"
    return " to ".join(rounded_ends(bare_value(difference.low), bare_value(difference.high), SHARE))


def is_verdict_interval_apart(difference: Range, *, is_shown: bool) -> bool:
    """Whether an interval holds 0 although a test shows a difference, or does not although the test shows none.

    The two part near the edge, as an interval is an approximation where the test is exact; and where all differences
    are alike, as the interval then assumes nothing of how they vary.

    >>> from decimal import Decimal
    >>> is_verdict_interval_apart(Range(Decimal("0.003"), Decimal("0.144"), Decimal("0.284")), is_shown=False)
    True
    """
    holds_zero: bool = bare_value(difference.low) <= 0 <= bare_value(difference.high)
    return holds_zero == is_shown


def _verdict_signed(difference: Range) -> str:
    likely = _verdict_ends(difference)[1]
    return likely if likely.startswith("−") or likely == "0%" else f"+{likely}"


def _verdict_ends(interval: Range) -> tuple[str, str, str]:
    """Low, likely and high, with as many digits as the width of the interval needs."""
    low, likely, high = (bare_value(end) for end in (interval.low, interval.likely, interval.high))
    first, last = rounded_ends(low, high, SHARE)
    return first, rounded_amount(likely, SHARE, interval_places(low, high, SHARE)), last
