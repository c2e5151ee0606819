"""Charts as SVG: the same bytes at build and in the browser, themed by classes, readable at any width.

Lengths are percentages and text has a fixed size, so a chart needs no scaling: it fits a phone as it fits a desk.
"""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Amount, Chart, Number, Rows, Table
from calculators.engine.words import amount, bare
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


_PLOT = 160


def line(
    chart: Chart, points: list[tuple[float, float]], x: Amount | Number, y: Amount, own: tuple[float, float]
) -> Safe:
    """A line over an input, with the reader's own point; the ends of both axes are written out."""
    if len(points) < 2:
        return Safe("")
    (left, _), (right, _) = points[0], points[-1]
    top = max(value for _, value in points)
    bottom = min(0.0, *(value for _, value in points))

    def across(value: float) -> Decimal:
        return _part(value - left, right - left)

    def down(value: float) -> Decimal:
        return _part(top - value, top - bottom)

    path = " ".join(f"{across(at)},{down(value)}" for at, value in points)
    drawn = tag(
        "svg",
        tag("polyline", points=path, class_="line", fill="none", vector_effect="non-scaling-stroke"),
        viewBox="0 0 100 100", preserveAspectRatio="none", y="24", width="100%", height=str(_PLOT),
    )  # fmt: skip
    base = str(_PLOT + 44)
    return tag(
        "svg",
        tag("title", chart.title),
        tag("desc", line_summary(chart, points, x, y)),
        tag("line", x1="0", x2="100%", y1=str(_PLOT + 24), y2=str(_PLOT + 24), class_="axis"),
        drawn,
        tag("circle", cx=f"{across(own[0])}%", cy=str(24 + down(own[1]) * _PLOT / 100), r="5", class_="line-own"),
        tag("text", amount(top, y.unit), x="0", y="16", class_="bar-value"),
        tag("text", amount(left, x.unit), x="0", y=base, class_="bar-label"),
        tag("text", amount(right, x.unit), x="100%", y=base, text_anchor="end", class_="bar-label"),
        class_="chart-line", width="100%", height=str(_PLOT + 52), role="img",
    )  # fmt: skip


def line_summary(chart: Chart, points: list[tuple[float, float]], x: Amount | Number, y: Amount) -> str:
    """The finding of a line in one sentence."""
    (left, first), (right, last) = points[0], points[-1]
    ends = (
        f"from {amount(first, y.unit)} at {amount(left, x.unit)} to {amount(last, y.unit)} at {amount(right, x.unit)}"
    )
    return f"{y.label} goes {ends}."


def _part(value: float, whole: float) -> Decimal:
    """A share of a length in hundredths, to a thousandth."""
    return Decimal(repr(value * 100 / whole)).quantize(Decimal("0.001")).normalize() if whole else Decimal(0)
