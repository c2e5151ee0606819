"""Prices over days as steps, small enough for a cell of a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from calculators.views.charts.frame.scales import svg_hundredths
from calculators.views.html.tags import Safe, joined_html, tag

PLOT, BELOW = 30, 18
"""Pixels of the steps, and below them for their months."""

APART = 45
"""Hundredths of the width that a month takes."""


def svg_price_history(
    series: list[tuple[str, list[tuple[int, Decimal]]]], today: int, ends: tuple[int, int], described: str
) -> Safe:
    """Prices over days as steps; what is only announced is drawn apart.

    Days are numbers, as `date.toordinal` gives them. `ends` are the first and the last day drawn, so that the charts of
    a table can be compared along their width; each has its own height. The months of the steps stand below them.
    """
    first, last = ends
    highest = max(price for _, prices in series for _, price in prices)
    drawn = []
    for number, (_, prices) in enumerate(series):
        for style, begins, stops in (("", first, min(today, last)), (" is-announced", today, last)):
            places = [
                f"{svg_hundredths(Decimal(day - first), Decimal(last - first))},"
                f"{svg_hundredths(highest - price, highest)}"
                for day, price in _svg_price_history_steps(prices, begins, stops)
            ]
            if len(places) > 1:
                classes = f"curve curve-{number}{style}"
                drawn.append(tag("polyline", points=" ".join(places), class_=classes, fill="none"))
    plot = tag("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none", y="2", width="100%", height=str(PLOT))
    words = tag("title", described)
    dates = _svg_price_history_dates([prices for _, prices in series], first, last)
    height = str(PLOT + BELOW)
    return tag("svg", words, dates, plot, class_="chart-history", width="100%", height=height, role="img")


def _svg_price_history_dates(series: list[list[tuple[int, Decimal]]], first: int, last: int) -> Safe:
    """A light line and the month below each day on which a price begins; where two would touch, the later one."""
    drawn: list[Safe] = []
    nearest = Decimal(100) + APART
    for day in sorted({day for prices in series for day, _ in prices if first <= day <= last}, reverse=True):
        place = svg_hundredths(Decimal(day - first), Decimal(last - first))
        line = tag("line", x1=f"{place}%", x2=f"{place}%", y1="2", y2=str(PLOT + 5), class_="grid")
        drawn.append(line)
        if nearest - Decimal(place) >= APART:
            nearest = Decimal(place)
            anchor = "end" if nearest > APART else "start"
            month = date.fromordinal(day).isoformat()[:7]
            drawn.append(tag("text", month, x=f"{place}%", y=str(PLOT + BELOW - 2), text_anchor=anchor, class_="tick"))
    return joined_html(*drawn)


def _svg_price_history_steps(prices: list[tuple[int, Decimal]], begins: int, stops: int) -> list[tuple[int, Decimal]]:
    """The corners of a line of steps between two days; none before the first price."""
    corners: list[tuple[int, Decimal]] = []
    for (day, price), (end, _) in pairwise([*prices, (stops, Decimal(0))]):
        left, right = max(day, begins), min(max(end, begins), stops)
        if left < right or (left == right == stops and not corners):
            corners += [(left, price), (right, price)]
    return corners
