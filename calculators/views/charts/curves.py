"""A curve for each plan over time or amount, and where the curves cross."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from calculators.engine.declare import Chart, Column, Rows, Table
from calculators.engine.numbers.rounding import rounded_amount, rounded_without_noun
from calculators.views.charts.frame.axes import Place, svg_grid, svg_label_feet, svg_ticks
from calculators.views.charts.frame.reader import svg_chart_reader, svg_reading_line
from calculators.views.charts.frame.scales import PLOT, PLOT_BELOW, PLOT_TOP, svg_height, svg_hundredths
from calculators.views.html.tags import Safe, joined_html, tag

RADIUS = 10
"""Pixels that the words beside a crossing keep from its center."""

CLEAR = 40
"""Pixels between a crossing and the foot of the plot from which the words stand there, off the lines."""

BEGINS = Decimal(70)
"""Hundredths of the width at which a name begins on most screens; it ends where its curve ends."""

CROSS = "They cross at"
"""What stands before the place of a crossing, unless the chart has a name for it."""


def svg_curves(
    chart: Chart | None,
    kind: Rows,
    table: Table,
    title: str = "",
    met: list[tuple[Decimal, Decimal]] | None = None,
) -> Safe:
    """A curve for each column over the first one; rings mark where a curve crosses that of the first plan.

    A row may lack a number; its curve leaves the place out. `met` are places of crossings that lie between rows.
    """
    columns = table.columns(kind)
    rows = table.rows
    results = [cell for row in rows for cell in row[1:] if cell is not None]
    if len(rows) < 2 or len(columns) < 2 or not results:
        return Safe("")
    left, right = rows[0][0], rows[-1][0]
    top, bottom = max(results), min(Decimal(0), *results)

    def across(place: Decimal) -> str:
        return svg_hundredths(place - left, right - left)

    def down(result: Decimal) -> str:
        return svg_hundredths(top - result, top - bottom)

    over, unit = columns[0], columns[1].unit
    drawn = []
    for number in range(1, len(columns)):
        points = " ".join(f"{across(row[0])},{down(row[number])}" for row in rows if row[number] is not None)
        classes = _svg_curve_class(table, number - 1)
        drawn.append(tag("polyline", points=points, class_=classes, fill="none", vector_effect="non-scaling-stroke"))
    y = str(PLOT_TOP)
    plot = tag("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none", y=y, width="100%", height=str(PLOT))
    crossed = [(place, result) for place, result, _ in _svg_curve_crossings(table)] if met is None else met
    before = f"{chart.meeting}:" if chart and chart.meeting else CROSS
    rings = [
        _svg_curve_ring(across(place), down(result), f"{before} {_svg_curve_place(over, place)}")
        for place, result in crossed
    ]
    lines, amounts = svg_grid(bottom, top, down, unit)
    is_whole = all(row[0] == row[0].to_integral_value() for row in rows)
    whole = tag(
        "svg",
        tag("title", chart.title if chart else title),
        tag("desc", svg_curves_summary(kind, table) if chart else title),
        lines,
        svg_ticks((left, right), across, over.unit, over.label, whole=is_whole),
        plot,
        *rings,
        amounts,
        svg_reading_line(),
        _svg_curve_names(table, columns, across, down),
        class_="chart-line",
        width="100%",
        height=str(PLOT_TOP + PLOT + PLOT_BELOW),
        role="img",
        data_at=" ".join(across(row[0]) for row in rows),
    )
    return joined_html(whole, svg_chart_reader(over.label, len(rows)))


def _svg_curve_place(over: Column, place: Decimal) -> str:
    """A place of the axis in words: `402,089 requests per month`; where it has no unit, `month 7`."""
    if over.unit is None or over.unit.noun in ("", "1"):
        return f"{over.label.lower()} {rounded_without_noun(place, over.unit)}"
    return rounded_amount(place, over.unit)


def _svg_curve_class(table: Table, number: int) -> str:
    """The look of a curve: its own color where it has one, and always dashes of its own."""
    tone = table.tones[number] if number < len(table.tones) else ""
    return f"curve curve-{number}" + (f" tone-{tone}" if tone else "")


def _svg_curve_names(table: Table, columns: Sequence[Column], across: Place, down: Place) -> Safe:
    """The name of each curve with its last amount, above or below the curve's end in its color."""
    ends = [(number, table.rows[-1][number]) for number in range(1, len(columns))]
    ends = [(number, result) for number, result in ends if result is not None]
    heights = [svg_height(down(result)) for _, result in ends]
    rises = [
        svg_height(down(_svg_curve_result(table, number, across))) - height
        for (number, _), height in zip(ends, heights, strict=True)
    ]
    feet = svg_label_feet(heights, rises)
    names = []
    for (number, result), foot in zip(ends, feet, strict=True):
        words = f"{columns[number].label} {rounded_without_noun(result, columns[number].unit)}"
        classes = _svg_curve_class(table, number - 1).replace("curve", "name")
        names.append(tag("text", words, x="100%", y=str(foot), text_anchor="end", class_=classes, translate="no"))
    return joined_html(*names)


def _svg_curve_result(table: Table, number: int, across: Place) -> Decimal:
    """The result of a curve where the name at its end begins; between two rows on the line from one to the other."""
    known = [(Decimal(across(row[0])), row[number]) for row in table.rows if row[number] is not None]
    for (left, before), (right, after) in pairwise(known):
        if left <= BEGINS <= right and left < right:
            return Decimal(before + (after - before) * (BEGINS - left) / (right - left))
    return Decimal(known[0][1])


def _svg_curve_ring(across: str, down: str, words: str) -> Safe:
    """The mark of a crossing, a line down to its place, and the place in words on the side that has room."""
    center = svg_height(down)
    right = Decimal(across) > 50
    label = tag(
        "text",
        words,
        x=f"{across}%",
        y=str(PLOT + PLOT_TOP - 6 if PLOT + PLOT_TOP - center >= CLEAR else max(center - RADIUS, Decimal(12))),
        dx="-8" if right else "8",
        text_anchor="end" if right else "start",
        class_="crossing-label",
    )
    foot = {"x1": f"{across}%", "x2": f"{across}%", "y1": str(center), "y2": str(PLOT + PLOT_TOP)}
    return joined_html(
        tag("line", **foot, class_="crossing-foot"),
        tag("circle", cx=f"{across}%", cy=str(center), r="5", class_="crossing"),
        label,
    )


def _svg_curve_crossings(table: Table) -> list[tuple[Decimal, Decimal, int]]:
    """Where a curve first lies on the other side of the first one: place, height and column, in the order of places."""
    crossed = []
    for number in range(2, len(table.rows[0])):
        rows = [row for row in table.rows if row[number] is not None and row[1] is not None]
        gaps = [row[number] - row[1] for row in rows]
        for (before, after), row in zip(pairwise(gaps), rows[1:], strict=False):
            if (before > 0) != (after > 0):
                crossed.append((row[0], row[number], number))
    return sorted(crossed)


def svg_curves_summary(kind: Rows, table: Table) -> str:
    """The finding of curves in one sentence: where they cross and where they end."""
    columns = table.columns(kind)
    if not table.rows:
        return "There is nothing to draw yet."
    last = table.rows[-1]
    ends = ", ".join(
        f"{column.label} {rounded_without_noun(cell, column.unit)}"
        for column, cell in zip(columns[1:], last[1:], strict=True)
    )
    over = columns[0]
    crossed = "; ".join(
        f"{columns[number].label} crosses {columns[1].label} at {_svg_curve_place(over, place)}"
        for place, _, number in _svg_curve_crossings(table)
    )
    end = f"At {_svg_curve_place(over, last[0])}: {ends}."
    return f"{crossed}. {end}" if crossed else end
