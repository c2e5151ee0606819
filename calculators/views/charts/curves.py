"""A curve for each plan over time or amount, and where the curves cross."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from calculators.engine.declare import Chart, Column, Rows, Table
from calculators.engine.numbers.rounding import rounded_amount, rounded_without_noun
from calculators.views.charts.frame.axes import Place, svg_grid, svg_ticks
from calculators.views.charts.frame.marks import PlaceMark, svg_lowered, svg_marks
from calculators.views.charts.frame.names import EndName, svg_curve_key, svg_end_names
from calculators.views.charts.frame.reader import svg_chart_reader, svg_reading_line
from calculators.views.charts.frame.scales import PLOT, PLOT_BELOW, PLOT_TOP, svg_height, svg_hundredths
from calculators.views.html.tags import Safe, joined_html, tag

CROSS = "They meet at"
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
    top, bottom = max(Decimal(0), *results), min(Decimal(0), *results)

    def across(place: Decimal) -> str:
        return svg_hundredths(place - left, right - left)

    def down(result: Decimal) -> str:
        return svg_hundredths(top - result, top - bottom)

    over, unit = columns[0], columns[1].unit
    drawn = []
    for number in range(1, len(columns)):
        points = " ".join(f"{across(row[0])},{down(row[number])}" for row in rows if row[number] is not None)
        look = f"curve {_svg_curve_look(table, number, 'curve')}"
        drawn.append(tag("polyline", points=points, class_=look, fill="none", vector_effect="non-scaling-stroke"))
    y = str(PLOT_TOP)
    plot = tag("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none", y=y, width="100%", height=str(PLOT))
    crossed = [(place, result) for place, result, _ in _svg_curve_crossings(table)] if met is None else met
    before = f"{chart.meeting}:" if chart and chart.meeting else CROSS
    marks, lower = svg_marks(
        [
            PlaceMark(across(place), svg_height(down(result)), f"{before} {_svg_curve_place(over, place)}")
            for place, result in crossed
        ],
        dot="crossing",
        words="crossing-label",
    )
    is_whole = all(row[0] == row[0].to_integral_value() for row in rows)
    drawing = (
        svg_grid(bottom, top, down, unit),
        svg_ticks((left, right), across, over.unit, over.label, whole=is_whole),
        plot,
        marks,
        svg_reading_line(),
        svg_end_names(_svg_curve_ends(table, columns, down)),
    )
    whole = tag(
        "svg",
        tag("title", chart.title if chart else title),
        tag("desc", svg_curves_summary(kind, table) if chart else title),
        svg_lowered(joined_html(*drawing), lower),
        class_="chart-line is-named",
        width="100%",
        height=str(PLOT_TOP + PLOT + PLOT_BELOW + lower),
        role="img",
        data_at=" ".join(across(row[0]) for row in rows),
    )
    return joined_html(_svg_curves_key(table, columns), whole, svg_chart_reader(over.label, len(rows)))


def _svg_curve_place(over: Column, place: Decimal) -> str:
    """A place of the axis in words: `402,089 requests per month`; where it has no unit, `month 7`."""
    if over.unit is None or over.unit.noun in ("", "1"):
        return f"{over.label.lower()} {rounded_without_noun(place, over.unit)}"
    return rounded_amount(place, over.unit)


def _svg_curve_look(table: Table, number: int, part: str) -> str:
    """The classes of a curve, or of its name: its own color where it has one, and always dashes of its own."""
    tone = table.tones[number - 1] if number <= len(table.tones) else ""
    return f"{part}-{number - 1}" + (f" tone-{tone}" if tone else "")


def _svg_curve_name(table: Table, columns: Sequence[Column], number: int) -> str:
    """The name of a curve with its last amount, where it has one."""
    result = table.rows[-1][number]
    label = columns[number].label
    return label if result is None else f"{label} {rounded_without_noun(result, columns[number].unit)}"


def _svg_curve_ends(table: Table, columns: Sequence[Column], down: Place) -> list[EndName]:
    """The name of each curve that reaches the right edge."""
    return [
        EndName(
            _svg_curve_name(table, columns, number), svg_height(down(result)), _svg_curve_look(table, number, "name")
        )
        for number, result in enumerate(table.rows[-1])
        if number and result is not None
    ]


def _svg_curves_key(table: Table, columns: Sequence[Column]) -> Safe:
    """The names of all curves, for a screen without room beside their ends."""
    return svg_curve_key(
        [
            (_svg_curve_name(table, columns, number), f"curve {_svg_curve_look(table, number, 'curve')}")
            for number in range(1, len(columns))
        ]
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
    firsts = {(row[0], row[1]) for row in table.rows}
    crossed = "; ".join(
        f"{columns[number].label} {'meets' if (place, height) in firsts else 'crosses'} {columns[1].label} at "
        f"{_svg_curve_place(over, place)}"
        for place, height, number in _svg_curve_crossings(table)
    )
    end = f"At {_svg_curve_place(over, last[0])}: {ends}."
    return f"{crossed}. {end}" if crossed else end
