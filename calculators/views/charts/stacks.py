"""Bars divided into parts, one a row of a table whose second column is a whole and whose later ones its parts.

Where the table ends with the least and the most of the whole, a whisker on each bar runs from one to the other. A row
with a color of its own has its parts in shades of that, from the first, the darkest, to the last.
"""

from __future__ import annotations

from decimal import Decimal

from calculators.engine.declare import Cell, Column, Rows, Table
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

WITHOUT_CENTS = 1000
"""The whole from which parts are written without cents, as the whole itself."""

FURTHER_LINE = 18
"""Pixels of a further line of words below the bar."""


def svg_stacks(kind: Rows, table: Table, *, with_parts: bool = False) -> Safe:
    """A bar for each row, as long as its whole, divided into its parts; and the colors of the parts in words.

    What a name has in brackets stands in a line of its own, so that it does not run into the amount beside the name.
    `with_parts` writes the amount of each part below the bar, where no table beside the chart has them.
    """
    columns, rows = table.columns(kind), table.rows
    if not rows:
        return Safe("")
    longest = max(row[HIGH if kind.ranged else WHOLE] for row in rows)
    parts = _svg_stack_parts(kind, table)
    bars = []
    names = [_svg_stack_name(row) for row in rows]
    has_details = any(details for _, details in names)
    height = ROW + FURTHER_LINE * (has_details + with_parts)
    for place, row in enumerate(rows):
        top = place * height
        name, details = names[place]
        drawn = [
            tag("text", name, x="0", y=str(top + 16), class_="bar-label"),
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
        if details:
            drawn.append(tag("text", details, x="0", y=str(top + 50), class_="tick"))
        if with_parts:
            words = [
                f"{column.label} {_svg_stack_part_amount(part, row[WHOLE], column)}"
                for column, part in zip(columns[parts], row[parts], strict=True)
                if part
            ]
            line = top + 50 + FURTHER_LINE * has_details
            drawn.append(tag("text", " · ".join(words), x="0", y=str(line), class_="tick"))
        tone = table.tones[place] if place < len(table.tones) else ""
        shades = f"toned tone-{tone}" if tone else "toned" if any(table.tones) else None  # as the key has them
        bars.append(tag("g", *drawn, class_=shades))
    described = joined_html(tag("title", kind.label), tag("desc", svg_stacks_summary(kind, table)))
    size = {"width": "100%", "height": str(len(rows) * height)}
    chart = tag("svg", described, *bars, class_="chart-stacks", **size, role="img")
    keys = [tag("li", svg_swatch(number), column.label) for number, column in enumerate(columns[parts])]
    if kind.ranged:
        keys.append(tag("li", _svg_stack_whisker(), "from least to most"))
    return joined_html(chart, tag("ul", *keys, class_="chart-key toned" if any(table.tones) else "chart-key"))


def _svg_stack_part_amount(part: Decimal, whole: Decimal, column: Column) -> str:
    """A part in words, without decimals where its whole has none."""
    if whole < WITHOUT_CENTS:
        return rounded_without_noun(part, column.unit)
    return rounded_without_noun(part.to_integral_value(), column.unit).removesuffix(".00")


def _svg_stack_whisker() -> Safe:
    """The mark of a range, beside its words."""
    line = tag("line", x1="0", x2="18", y1="6", y2="6", class_="whisker")
    return tag("svg", line, class_="swatch", width="18", height="12", aria_hidden="true")


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
    """The finding of the bars in a sentence or two: the largest part of each row, or of all; of levers, also the
    cheapest of those that fit.
    """
    columns = table.columns(kind)
    if len(table.rows) > NAMED_ROWS:
        highest = max(table.rows, key=lambda row: row[1])
        amount = rounded_without_noun(highest[1], columns[1].unit)
        return f"{len(table.rows)} rows, from {table.rows[0][0]} to {table.rows[-1][0]}. Most: {highest[0]}, {amount}."
    parts = range(len(columns))[_svg_stack_parts(kind, table)]
    largest = [max(parts, key=lambda place: row[place]) for row in table.rows]
    amounts = [
        rounded_without_noun(row[number], columns[number].unit) for row, number in zip(table.rows, largest, strict=True)
    ]
    shared, unit = columns[largest[0]], columns[largest[0]].unit
    if len(set(largest)) == 1 and unit is not None:
        sizes = sorted(row[largest[0]] for row in table.rows)
        most = f"Most of each is for {shared.label.lower()}, {rounded_interval(sizes[0], sizes[-1], unit)}."
        return f"{_svg_stacks_cheapest(kind, table)} {most}" if any(table.tones) else most
    sentences = [
        f"{row[0]}: most for {columns[number].label.lower()}, {amount}"
        for row, number, amount in zip(table.rows, largest, amounts, strict=True)
    ]
    return "; ".join(sentences) + "."


def _svg_stacks_cheapest(kind: Rows, table: Table) -> str:
    """The row that costs least, of those that fit, and which rows are left out and why."""
    unfit = table.unfit or ("",) * len(table.rows)
    fitting = [row for row, reason in zip(table.rows, unfit, strict=True) if not reason]
    left_out: dict[str, list[str]] = {}
    for row, reason in zip(table.rows, unfit, strict=True):
        if reason:
            left_out.setdefault(reason, []).append(_svg_stack_name(row)[0])
    reasons = "; ".join(f"{', '.join(names)}, {reason}" for reason, names in left_out.items())
    omitted = f" Left out: {reasons}." if left_out else ""
    if not fitting:
        return f"None fits.{omitted}"
    least = min(fitting, key=lambda row: row[WHOLE])
    among = " of those that fit" if left_out else ""
    return f"{least[0]} costs least{among}, {_svg_stack_amount(kind, table, least)}.{omitted}"


def _svg_stack_name(row: tuple[Cell, ...]) -> tuple[str, str]:
    """The name of a row without what it has in brackets, and that."""
    name, _, details = str(row[0]).removesuffix(")").partition(" (")
    return name, details
