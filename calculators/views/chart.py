"""Charts as SVG: the same bytes at build and in the browser, themed by classes, readable at any width.

Lengths are percentages and text has a fixed size, so a chart needs no scaling: it fits a phone as it fits a desk.
"""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Chart, Rows, Table
from calculators.engine.words import bare
from calculators.views.html import Safe, joined, tag

SHOWN = 10
"""How many bars a chart shows besides the reader's own."""

_ROW = 40


def percent(value: Decimal, whole: Decimal) -> str:
    """A length as a percentage of the whole, to a thousandth: `37.5%`."""
    part = (value * 100 / whole).quantize(Decimal("0.001")) if whole else Decimal(0)
    return f"{part.normalize():f}%"


def shares(values: list[Decimal], described: str) -> Safe:
    """One bar divided into parts, for a table whose rows add up to a whole."""
    whole = sum(values, Decimal(0))
    at = Decimal(0)
    parts = []
    for number, value in enumerate(values):
        parts.append(
            tag(
                "rect",
                x=percent(at, whole),
                y="0",
                width=percent(value, whole),
                height="16",
                class_=f"part-{number % 7}",
            )
        )
        at += value
    return tag("svg", tag("title", described), *parts, class_="chart-shares", width="100%", height="16", role="img")


def swatch(number: int) -> Safe:
    """The color of one part, beside its row."""
    square = tag("rect", width="12", height="12", rx="3", class_=f"part-{number % 7}")
    return tag("svg", square, class_="swatch", width="12", height="12", aria_hidden="true")


def bars(chart: Chart, kind: Rows, value: Table) -> Safe:
    """A bar for each of the first rows and for the reader's own; rows without a number are left out."""
    names = [column.name for column in kind.columns]
    label_at, value_at = names.index(chart.by), names.index(chart.value)
    unit = kind.columns[value_at].unit
    rows = [(at, row) for at, row in enumerate(value.rows) if row[value_at] is not None]
    shown = [(at, row) for place, (at, row) in enumerate(rows) if place < SHOWN or at == value.own]
    if not shown:
        return Safe("")
    longest = max(row[value_at] for _, row in shown)
    drawn = []
    for place, (at, row) in enumerate(shown):
        top = place * _ROW
        own = at == value.own
        name = f"{row[label_at]} (yours)" if own else str(row[label_at])
        drawn.append(
            tag(
                "g",
                tag("text", name, x="0", y=str(top + 16), class_="bar-label"),
                tag(
                    "text", bare(row[value_at], unit), x="100%", y=str(top + 16), text_anchor="end", class_="bar-value"
                ),
                tag("rect", x="0", y=str(top + 24), width="100%", height="6", rx="3", class_="bar-track"),
                tag(
                    "rect",
                    x="0",
                    y=str(top + 24),
                    width=percent(row[value_at], longest),
                    height="6",
                    rx="3",
                    class_="bar-fill",
                ),
                class_="bar is-own" if own else "bar",
            )
        )
    described = joined(tag("title", chart.title), tag("desc", summary(chart, kind, value)))
    return tag("svg", described, *drawn, class_="chart-bars", width="100%", height=str(len(shown) * _ROW), role="img")


def summary(chart: Chart, kind: Rows, value: Table) -> str:
    """The finding of a bar chart in one sentence."""
    names = [column.name for column in kind.columns]
    label_at, value_at = names.index(chart.by), names.index(chart.value)
    unit = kind.columns[value_at].unit
    rows = [row for row in value.rows if row[value_at] is not None]
    if not rows:
        return "No row has a number."
    first = f"Cheapest of {len(rows)}: {rows[0][label_at]} at {bare(rows[0][value_at], unit)}"
    if value.own is None or value.rows[value.own][value_at] is None:
        return f"{first}."
    own = value.rows[value.own]
    place = rows.index(own) + 1
    if place == 1:
        return f"{own[label_at]}, your choice, is the cheapest of {len(rows)} at {bare(own[value_at], unit)}."
    return f"{first}. {own[label_at]}, your choice, comes {place}{_ordinal(place)} at {bare(own[value_at], unit)}."


def _ordinal(place: int) -> str:
    if place % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
