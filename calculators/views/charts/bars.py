"""Bars below each other, each under its label and its value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculators.engine.declare import OWN_ROW, Chart, Column, Rows, Table
from calculators.engine.numbers.rounding import rounded_without_noun
from calculators.views.charts.frame.scales import svg_percent
from calculators.views.html.tags import Safe, joined_html, tag

SHOWN = 10
"""How many bars a chart shows besides the reader's own."""

NARROWEST = 46
"""Characters that fit side by side on the narrowest screen; a value is set bold and counts for a quarter more."""

BASE = 4
"""Pixels from the top of a chart to the line that all bars begin at."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words, and how wide it is as a part of the whole width."""

    label: str
    amount: str
    width: str
    is_own: bool = False


def svg_bars(chart: Chart, kind: Rows, table: Table) -> Safe:
    """A bar for each of the first rows and for the reader's is_own; rows without a number are left out."""
    label_column, value_column = _svg_bars_columns(chart, kind)
    unit = kind.columns[value_column].unit
    rows = [(number, row) for number, row in enumerate(table.rows) if row[value_column] is not None]
    shown = [(number, row) for place, (number, row) in enumerate(rows) if place < SHOWN or number == table.own]
    if not shown:
        return Safe("")
    longest = max(row[value_column] for _, row in shown)
    drawn = []
    for number, row in shown:
        is_own = number == table.own
        label = f"{row[label_column]} ({kind.own})" if is_own else str(row[label_column])
        drawn.append(
            Bar(
                label,
                rounded_without_noun(row[value_column], unit),
                svg_percent(row[value_column], longest),
                is_own,
            )
        )
    described = joined_html(tag("title", chart.title), tag("desc", svg_bars_summary(chart, kind, table)))
    return svg_bar_chart(described, drawn)


def svg_bar_chart(described: Safe, drawn: list[Bar]) -> Safe:
    """A chart of bars.

    Where a label and its value do not fit side by side, each has a line to itself, in all bars alike.
    """
    is_wide = any(len(bar.label) + len(bar.amount) * 5 // 4 > NARROWEST for bar in drawn)
    lines = 2 if is_wide else 1
    row = 20 + 20 * lines
    height = str(len(drawn) * row)
    shapes = [_svg_bars_shapes(bar, place * row, row) for place, bar in enumerate(drawn)]
    base = tag("line", x1="0", x2="0", y1=str(BASE), y2=height, class_="axis")
    return tag("svg", described, *shapes, base, class_="chart-bars", width="100%", height=height, role="img")


def _svg_bars_shapes(bar: Bar, top: int, row: int) -> Safe:
    below = str(top + row - 16)
    return tag(
        "g",
        tag("text", bar.label, x="6", y=str(top + 16), class_="bar-label"),
        tag("text", bar.amount, x="100%", y=str(top + row - 24), text_anchor="end", class_="bar-value"),
        tag("rect", x="0", y=below, width=bar.width, height="9", class_="bar-fill"),
        class_="bar is-own" if bar.is_own else "bar",
    )


def svg_bars_summary(chart: Chart, kind: Rows, table: Table) -> str:
    """The finding of a bar chart in one sentence."""
    label_column, value_column = _svg_bars_columns(chart, kind)
    column = kind.columns[value_column]
    rows = [row for row in table.rows if row[value_column] is not None]
    if not rows:
        return "No row has a number."
    costs = [row[value_column] for row in rows]
    if not _svg_bars_ascend_in_dollars(column, costs):
        top = max(rows, key=lambda row: row[value_column])
        value = rounded_without_noun(top[value_column], column.unit)
        return f"Highest “{column.label}”: {top[label_column]}, with {value}."
    first = f"Cheapest of {len(rows)}: {rows[0][label_column]} at {rounded_without_noun(costs[0], column.unit)}"
    if table.own is None or table.rows[table.own][value_column] is None:
        return f"{first}."
    choice_row = table.rows[table.own]
    choice, cost = (
        f"{choice_row[label_column]}, {'your choice' if kind.own == OWN_ROW else kind.own},",
        rounded_without_noun(choice_row[value_column], column.unit),
    )
    place = rows.index(choice_row) + 1
    if place == 1:
        return f"{choice} is the cheapest of {len(rows)} at {cost}."
    return f"{first}. {choice} comes {place}{_svg_bars_ordinal(place)} at {cost}."


def _svg_bars_columns(chart: Chart, kind: Rows) -> tuple[int, int]:
    """The columns of the labels and of the values."""
    names = [column.name for column in kind.columns]
    return names.index(chart.by), names.index(chart.column)


def _svg_bars_ascend_in_dollars(column: Column, amounts: list[Decimal]) -> bool:
    """Whether the rows go from the cheapest to the costliest."""
    in_dollars = column.unit is not None and ("USD", 1) in column.unit.powers
    return in_dollars and all(before <= after for before, after in pairwise(amounts))


def _svg_bars_ordinal(place: int) -> str:
    if place % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
