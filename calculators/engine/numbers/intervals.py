"""The two ends of an interval in words: with as many digits as the distance between them needs."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.numbers.rounding import (
    NOTHING,
    rounded_amount,
    rounded_in_readable_unit,
    rounded_in_unit,
    rounded_shown_size,
    rounded_without_noun,
    rounding_places,
    unrounded_decimal,
)
from calculators.engine.numbers.units import Unit

HAIR = Decimal("1e-9")
"""Ends that differ by less of their size are the same: what floats leave is no interval."""

FINEST = 12
"""No end has more decimals."""

End = Decimal | float

WHOLE_DOLLARS = 1000
"""From this width on an interval of dollars is as coarse as its width."""

WHOLE_FROM = Decimal("1e15")
"""From here on no decimals are shown, and a rounded end could have more digits than the context."""


def interval_places(low: End, high: End, unit: Unit) -> int:
    """How many decimals show the width to two digits, or to three where it begins with a 1; 0 where ends are enough.

    Ends that are exact in their usual digits need no more.
    """
    ends = [unrounded_decimal(end) for end in (low, high)]
    shown = [rounded_shown_size(end, unit) for end in ends]
    width = abs(shown[1] - shown[0])
    if width <= HAIR * max(map(abs, shown)) or max(map(abs, shown)) >= WHOLE_FROM:
        return 0
    if all(round(size, rounding_places(end, unit)) == size for end, size in zip(ends, shown, strict=True)):
        return 0
    digits = 3 if width.as_tuple().digits[0] == 1 else 2
    return min(FINEST, max(0, digits - 1 - width.adjusted()))


def ends_at_width(low: End, high: End, unit: Unit) -> tuple[Decimal, Decimal]:
    """Both ends; of dollars to two digits of the width, or to three where it begins with a 1, if those are not cents.

    >>> from calculators.engine.numbers.units import USD
    >>> ends_at_width(Decimal("13096.4"), Decimal("41807.9"), USD)
    (Decimal('13000'), Decimal('42000'))
    """
    first, last = unrounded_decimal(low), unrounded_decimal(high)
    width = abs(last - first)
    if ("USD", 1) not in unit.powers or width < WHOLE_DOLLARS:
        return first, last
    digits = 3 if width.as_tuple().digits[0] == 1 else 2
    step = Decimal(10) ** (width.adjusted() + 1 - digits)
    return round(first / step) * step, round(last / step) * step


def rounded_interval(low: End | None, high: End | None, unit: Unit) -> str:
    """An interval in words, `2.5% to 4.5%`; one number where its ends are the same.

    >>> from calculators.engine.numbers.units import SHARE
    >>> rounded_interval(Decimal("-0.00187"), Decimal("-0.00027"), SHARE)
    '−0.187% to −0.027%'
    """
    if low is None or high is None:
        return NOTHING
    first, last = rounded_ends(low, high, unit)
    return first if first == last else joined_ends(first, last)


def joined_ends(first: str, last: str) -> str:
    """Two ends in words; what both are counted in is said once."""
    return " to ".join(ends_with_one_unit(first, last))


def ends_with_one_unit(first: str, last: str) -> tuple[str, str]:
    """Two ends in words, of which only the last has the unit where both have the same.

    >>> ends_with_one_unit("$34.36 per million tokens", "$41.75 per million tokens"), ends_with_one_unit("2%", "3%")
    (('$34.36', '$41.75 per million tokens'), ('2%', '3%'))
    >>> ends_with_one_unit("1 token", "3 tokens"), ends_with_one_unit("4 minutes", "2 hours")
    (('1', '3 tokens'), ('4 minutes', '2 hours'))
    """
    number, _, unit = first.partition(" ")
    return (number if unit and last.endswith((f" {unit}", f" {unit}s")) else first), last


def rounded_ends(low: End, high: End, unit: Unit) -> tuple[str, str]:
    """Both ends, each with its unit; of a short time in the unit of the longer one, unless it is far longer."""
    ends = ends_at_width(low, high, unit)
    shorter, longer = sorted(ends, key=abs)
    readable, readable_unit = rounded_in_readable_unit(longer, unit)
    if rounded_in_readable_unit(shorter, unit)[1] is not readable_unit and abs(shorter) * 2 < abs(longer):
        return rounded_amount(ends[0], unit), rounded_amount(ends[1], unit)
    scaled = [end * readable / longer for end in ends] if readable_unit is not unit else list(ends)
    places = interval_places(scaled[0], scaled[1], readable_unit)
    first, last = (rounded_in_unit(end, readable_unit, places) for end in scaled)
    return first, last


def rounded_ends_without_noun(low: End, high: End, unit: Unit) -> tuple[str, str]:
    """Both ends without their noun, for a table whose heading carries the unit."""
    longer = max((unrounded_decimal(end) for end in (low, high)), key=abs)
    if rounded_in_readable_unit(longer, unit)[1] is not unit:
        return rounded_ends(low, high, unit)
    low, high = ends_at_width(low, high, unit)
    places = interval_places(low, high, unit)
    return rounded_without_noun(low, unit, places), rounded_without_noun(high, unit, places)
