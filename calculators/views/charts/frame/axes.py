"""The axes of a line or of curves: a light grid with its amounts in the left margin, and ticks below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from calculators.engine.numbers.rounding import grouped_number, rounded_in_readable_unit, rounded_without_noun
from calculators.engine.numbers.units import SHARE, Unit
from calculators.views.charts.frame.scales import PLOT, PLOT_TOP, svg_axis_ticks, svg_height
from calculators.views.html.tags import Safe, joined_html, tag

BESIDE = "-8"
"""Pixels from the left edge of a plot at which the numbers of its height end, in the margin."""

NEAR_END = 8
"""Hundredths of the width within which a tick's number begins or ends at the edge."""

SHORT_FROM, SHORT_BELOW_FROM = 100_000, 10_000
"""The highest tick from which all of an axis are short; below a plot five words of five digits touch on a phone."""

SCALES = ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(1000), "k"))
"""What a short number counts, and the letter behind it, as the fields of a form take it."""

Place = Callable[[Decimal], str]
"""Where a number lies in a plot, in hundredths of its width or height."""


def svg_grid(low: Decimal, high: Decimal, down: Place, unit: Unit | None) -> Safe:
    """A light line across the plot at each round amount, and the amount in the margin left of it."""
    drawn = []
    for tick, text in svg_tick_words(svg_axis_ticks(low, high), unit):
        y = svg_height(down(tick))
        drawn.append(tag("line", x1="0", x2="100%", y1=str(y), y2=str(y), class_="grid" if tick else "axis"))
        drawn.append(tag("text", text, x="0", dx=BESIDE, y=str(y + 4), text_anchor="end", class_="tick"))
    return joined_html(*drawn)


def svg_tick_words(
    ticks: Sequence[Decimal], unit: Unit | None, short_from: int = SHORT_FROM
) -> list[tuple[Decimal, str]]:
    """Each tick of an axis with its number, all with the same decimals; many digits are short.

    >>> from calculators.engine.numbers.units import USD
    >>> [words for _, words in svg_tick_words(list(map(Decimal, (0, 500, 1000))), USD)]
    ['$0', '$500', '$1,000']
    >>> [words for _, words in svg_tick_words(list(map(Decimal, (0, 750_000, 1_500_000))), USD)]
    ['$0', '$750k', '$1.5M']
    """
    is_money = unit is not None and ("USD", 1) in unit.powers
    if unit is not None and (unit.noun == SHARE.noun or any(_svg_is_read_otherwise(tick, unit) for tick in ticks)):
        return [(tick, rounded_without_noun(tick, unit)) for tick in ticks]
    is_short = max(map(abs, ticks), default=Decimal(0)) >= short_from
    places = max((_svg_decimals(tick) for tick in ticks), default=0)
    places = max(places, 2) if is_money and places else places
    return [(tick, _svg_tick_word(tick, "$" * is_money, 0 if is_short else places, is_short)) for tick in ticks]


def _svg_is_read_otherwise(tick: Decimal, unit: Unit) -> bool:
    """Whether a number is written in another unit, as a short time is."""
    return rounded_in_readable_unit(tick, unit)[1] is not unit


def _svg_tick_word(tick: Decimal, sign: str, places: int, is_short: bool) -> str:
    minus, size = "−" * (tick < 0), abs(tick)
    for scale, letter in SCALES:
        if is_short and size >= scale:
            return f"{minus}{sign}{grouped_number(size / scale)}{letter}"
    return f"{minus}{sign}{size:,.{places if tick else 0}f}"


def _svg_decimals(number: Decimal) -> int:
    """How many decimals a number needs."""
    _, digits, exponent = number.normalize().as_tuple()
    return max(0, -int(exponent)) if digits != (0,) else 0


def svg_ticks(ends: tuple[Decimal, Decimal], across: Place, unit: Unit | None, label: str, *, whole: bool) -> Safe:
    """Round numbers below the plot, and what they count."""
    foot = PLOT + PLOT_TOP
    drawn = []
    for tick, words in svg_tick_words(svg_axis_ticks(*ends, whole=whole), unit, SHORT_BELOW_FROM):
        place = across(tick)
        anchor = "start" if Decimal(place) < NEAR_END else "end" if Decimal(place) > 100 - NEAR_END else "middle"
        drawn.append(tag("line", x1=f"{place}%", x2=f"{place}%", y1=str(foot), y2=str(foot + 5), class_="axis"))
        drawn.append(tag("text", words, x=f"{place}%", y=str(foot + 20), text_anchor=anchor, class_="tick"))
    drawn.append(tag("text", label, x="100%", y=str(foot + 38), text_anchor="end", class_="bar-label"))
    return joined_html(*drawn)
