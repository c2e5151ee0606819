"""One bar divided into parts, and the colors of the parts beside their rows."""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.numbers import sum_of_numbers
from calculators.views.charts.frame.scales import svg_percent
from calculators.views.html.tags import Safe, tag

COLORS = 9
"""How many colors the parts of a bar have; further parts begin again with the first."""


def svg_shares(amounts: list[Decimal], described: str) -> Safe:
    """One bar divided into parts, for a table whose rows add up to a whole."""
    whole = sum_of_numbers(amounts, Decimal(0))
    left = Decimal(0)
    parts = []
    for number, amount in enumerate(amounts):
        place, width, color = svg_percent(left, whole), svg_percent(amount, whole), f"part-{number % COLORS}"
        parts.append(tag("rect", x=place, y="0", width=width, height="16", class_=color))
        left += amount
    return tag("svg", tag("title", described), *parts, class_="chart-shares", width="100%", height="16", role="img")


def svg_swatch(number: int) -> Safe:
    """The color of one part, beside its row."""
    square = tag("rect", width="12", height="12", rx="3", class_=f"part-{number % COLORS}")
    return tag("svg", square, class_="swatch", width="12", height="12", aria_hidden="true")
