"""Bars divided into parts, one a row of a table whose second column is a whole and whose later ones its parts.

Where the table ends with the least and the most of the whole, a whisker on each bar runs from one to the other. A row
with a color of its own has its parts in shades of that, from the first, the darkest, to the last.
"""

from __future__ import annotations

from calculators.engine.declare import Cell, Rows, Table
from calculators.engine.numbers.intervals import rounded_interval
from calculators.engine.numbers.rounding import rounded_without_noun
from calculators.views.charts.frame.scales import svg_percent
from calculators.views.charts.shares import svg_swatch
from calculators.views.html.tags import Safe, joined_html, tag

WHOLE, FIRST_PART = 1, 2
"""The columns of the whole and of its first part."""

LOW, HIGH = -2, -1
"""The columns of the least and the most of the whole, where a table has them."""

NAMED_ROWS = 10
"""With more rows than these, only the largest is named."""

ROW = 44
"""Pixels from one bar to the next: a line of words, and the bar below it."""


def svg_stacks(kind: Rows, table: Table) -> Safe:
    """A bar for each row, as long as its whole, divided into its parts; and the colors of the parts in words."""
    columns, rows = table.columns(kind), table.rows
    if not rows:
        return Safe("")
    longest = max(row[HIGH if kind.ranged else WHOLE] for row in rows)
    parts = _svg_stack_parts(kind, table)
    bars = []
    for place, row in enumerate(rows):
        top = place * ROW
        drawn = [
            tag("text", row[0], x="0", y=str(top + 16), class_="bar-label"),
            tag(
                "text",
                _svg_stack_amount(kind, table, row),
                x="100%",
                y=str(top + 16),
                text_anchor="end",
                class_="bar-value",
            ),
        ]
        begin = 0 * longest
        for number, part in enumerate(row[parts]):
            x, width = svg_percent(begin, longest), svg_percent(part, longest)
            drawn.append(tag("rect", x=x, y=str(top + 24), width=width, height="12", class_=f"part-{number}"))
            begin += part
        if kind.ranged:
            ends = {"x1": svg_percent(row[LOW], longest), "x2": svg_percent(row[HIGH], longest)}
            drawn.append(tag("line", **ends, y1=str(top + 30), y2=str(top + 30), class_="whisker"))
        tone = table.tones[place] if place < len(table.tones) else ""
        shades = f"toned tone-{tone}" if tone else "toned" if any(table.tones) else None  # as the key has them
        bars.append(tag("g", *drawn, class_=shades))
    described = joined_html(tag("title", kind.label), tag("desc", svg_stacks_summary(kind, table)))
    size = {"width": "100%", "height": str(len(rows) * ROW)}
    chart = tag("svg", described, *bars, class_="chart-stacks", **size, role="img")
    keys = [tag("li", svg_swatch(number), column.label) for number, column in enumerate(columns[parts])]
    return joined_html(chart, tag("ul", *keys, class_="chart-key toned" if any(table.tones) else "chart-key"))


def _svg_stack_parts(kind: Rows, table: Table) -> slice:
    """The columns of the parts."""
    return slice(FIRST_PART, len(table.columns(kind)) + LOW if kind.ranged else None)


def _svg_stack_amount(kind: Rows, table: Table, row: tuple[Cell, ...]) -> str:
    """The whole of a row in words, or its range."""
    unit = table.columns(kind)[WHOLE].unit
    if kind.ranged and unit is not None:
        return rounded_interval(row[LOW], row[HIGH], unit)
    return rounded_without_noun(row[WHOLE], unit)


def svg_stacks_summary(kind: Rows, table: Table) -> str:
    """The finding of the bars in one sentence: the largest part of each row."""
    columns = table.columns(kind)
    if len(table.rows) > NAMED_ROWS:
        highest = max(table.rows, key=lambda row: row[1])
        amount = rounded_without_noun(highest[1], columns[1].unit)
        return f"{len(table.rows)} rows, from {table.rows[0][0]} to {table.rows[-1][0]}. Most: {highest[0]}, {amount}."
    sentences = []
    for row in table.rows:
        number = max(range(FIRST_PART, _svg_stack_parts(kind, table).stop or len(row)), key=lambda place: row[place])
        amount = rounded_without_noun(row[number], columns[number].unit)
        sentences.append(f"{row[0]}: most for {columns[number].label.lower()}, {amount}")
    return "; ".join(sentences) + "."
