"""What matters most: a bar for each input, from the output at its one end to that at its other."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Amount
from calculators.engine.numbers.rounding import rounded_without_noun, unrounded_decimal
from calculators.views.charts.bars import NARROWEST
from calculators.views.charts.frame.axes import svg_tick_words
from calculators.views.charts.frame.scales import svg_axis_ticks, svg_hundredths
from calculators.views.html.tags import Safe, joined_html, tag

ROW = 38
"""Pixels from one bar to the next: a line of words, and the bar below it."""

AXIS = 40
"""Pixels below the last bar: the ticks, and the present result."""

Swing = tuple[str, float, float]
"""An input's name, and the output at its two ends."""


def svg_tornado(swings: list[Swing], result: float | None, kind: Amount, described: str) -> Safe:
    """A bar for each input around the present result, on one axis; name and both amounts stand on one line above it.

    What lies below the present result is drawn apart from what lies above it.
    """
    if not swings:
        return Safe("")
    ends = [unrounded_decimal(end) for _, *both in swings for end in both]
    center = None if result is None else unrounded_decimal(result)
    least, most = min(ends), max(ends)

    def across(amount: Decimal) -> str:
        return svg_hundredths(amount - least, most - least)

    foot = len(swings) * ROW
    bars = [_svg_tornado_bar(swing, place * ROW, center, kind, least, most) for place, swing in enumerate(swings)]
    axis = [tag("line", x1="0", x2="100%", y1=str(foot), y2=str(foot), class_="axis")]
    for tick, number in svg_tick_words(svg_axis_ticks(least, most), kind.unit):
        share = across(tick)
        anchor = "start" if Decimal(share) < 8 else "end" if Decimal(share) > 92 else "middle"
        axis.append(tag("line", x1=f"{share}%", x2=f"{share}%", y1=str(foot), y2=str(foot + 4), class_="axis"))
        axis.append(
            tag(
                "text",
                number,
                x=f"{share}%",
                y=str(foot + 18),
                text_anchor=anchor,
                class_="tick",
            )
        )
    if center is not None and most > least:
        axis.append(_svg_tornado_center(across(center), foot, f"Now {rounded_without_noun(center, kind.unit)}"))
    words = joined_html(tag("title", "What matters most"), tag("desc", described))
    size = {"width": "100%", "height": str(foot + AXIS)}
    return tag("svg", words, *axis, *bars, class_="chart-bars chart-tornado", **size, role="img")


def _svg_tornado_center(place: str, foot: int, words: str) -> Safe:
    """The line at the present result, with its amount below the axis."""
    share = Decimal(place)
    anchor = "start" if share < 15 else "end" if share > 85 else "middle"
    line = tag("line", x1=f"{place}%", x2=f"{place}%", y1="20", y2=str(foot + 22), class_="own-line")
    return joined_html(
        line, tag("text", words, x=f"{place}%", y=str(foot + 36), text_anchor=anchor, class_="bar-value")
    )


def _svg_tornado_bar(
    swing: Swing, top: int, center: Decimal | None, kind: Amount, least: Decimal, most: Decimal
) -> Safe:
    """One input: its words on a line, and its bar, divided where the present result lies."""
    label, *both = swing
    low, high = sorted(map(unrounded_decimal, both))
    amounts = " to ".join(dict.fromkeys(rounded_without_noun(end, kind.unit) for end in (low, high)))
    middle = low if center is None else min(max(center, low), high)
    span = most - least
    parts = [
        tag(
            "rect",
            x=f"{svg_hundredths(begin - least, span)}%",
            width=f"{svg_hundredths(end - begin, span)}%",
            y=str(top + 23),
            height="9",
            class_=f"swing-{side}",
        )
        for side, begin, end in (("less", low, middle), ("more", middle, high))
        if end > begin
    ]
    room = NARROWEST - len(amounts) * 5 // 4
    cut = f"{label[: room - 1].rstrip()}…" if len(label) > room else ""
    names = [tag("text", label, x="0", y=str(top + 16), class_="bar-label is-whole" if cut else "bar-label")] + (
        [tag("text", cut, x="0", y=str(top + 16), class_="bar-label is-cut", aria_hidden="true")] if cut else []
    )
    ends = tag("text", amounts, x="100%", y=str(top + 16), text_anchor="end", class_="bar-value")
    return tag("g", *parts, *names, ends)
