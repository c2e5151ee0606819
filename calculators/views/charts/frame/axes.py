"""The axes of a line or of curves: a light grid with its amounts, ticks below, and names at the ends of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from calculators.engine.numbers.rounding import rounded_without_noun
from calculators.engine.numbers.units import Unit
from calculators.views.charts.frame.scales import PLOT, PLOT_TOP, svg_axis_ticks, svg_height
from calculators.views.html.tags import Safe, joined_html, tag

NAME_GAP = Decimal(16)
"""Pixels from one name at the end of a line to the next."""

ABOVE = Decimal(6)
"""Pixels from the end of a line up to the foot of its name."""

NEAR_END = 8
"""Hundredths of the width within which a tick's number begins or ends at the edge."""

Place = Callable[[Decimal], str]
"""Where a number lies in a plot, in hundredths of its width or height."""


def svg_grid(low: Decimal, high: Decimal, down: Place, unit: Unit | None) -> tuple[Safe, Safe]:
    """A light line across the plot at each round amount; and the amounts above their left ends, for the top layer."""
    lines, words = [], []
    for tick in svg_axis_ticks(low, high):
        y = svg_height(down(tick))
        lines.append(tag("line", x1="0", x2="100%", y1=str(y), y2=str(y), class_="grid" if tick else "axis"))
        words.append(tag("text", rounded_without_noun(tick, unit), x="0", y=str(y - 4), class_="tick"))
    return joined_html(*lines), joined_html(*words)


def svg_ticks(ends: tuple[Decimal, Decimal], across: Place, unit: Unit | None, label: str, *, whole: bool) -> Safe:
    """Round numbers below the plot, and what they count."""
    foot = PLOT + PLOT_TOP
    drawn = []
    for tick in svg_axis_ticks(*ends, whole=whole):
        place = across(tick)
        anchor = "start" if Decimal(place) < NEAR_END else "end" if Decimal(place) > 100 - NEAR_END else "middle"
        drawn.append(tag("line", x1=f"{place}%", x2=f"{place}%", y1=str(foot), y2=str(foot + 5), class_="axis"))
        words = rounded_without_noun(tick, unit)
        drawn.append(tag("text", words, x=f"{place}%", y=str(foot + 20), text_anchor=anchor, class_="tick"))
    drawn.append(tag("text", label, x="100%", y=str(foot + 38), text_anchor="end", class_="bar-label"))
    return joined_html(*drawn)


def svg_spread_names(heights: Sequence[Decimal]) -> list[Decimal]:
    """The feet of names that stand above ends of lines at these heights, none of them over another.

    >>> [str(foot) for foot in svg_spread_names([Decimal(100), Decimal(98)])]
    ['94', '78']
    """
    feet = [Decimal(0)] * len(heights)
    limit = Decimal(PLOT + PLOT_TOP) - ABOVE + NAME_GAP
    for number in sorted(range(len(heights)), key=lambda number: (-heights[number], number)):
        feet[number] = limit = min(heights[number] - ABOVE, limit - NAME_GAP)
    highest = min(feet, default=Decimal(0))
    lift = max(Decimal(0), Decimal(14) - highest)
    if not lift:
        return feet
    floor = Decimal(14) - NAME_GAP
    for number in sorted(range(len(heights)), key=lambda number: feet[number]):
        feet[number] = floor = max(feet[number], floor + NAME_GAP)
    return feet
