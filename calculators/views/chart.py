"""Charts as SVG: the same bytes at build and in the browser, themed by classes, readable at any width.

Lengths are percentages and text has a fixed size, so a chart needs no scaling: it fits a phone as it fits a desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from calculators.engine.declare import Amount, Chart, Number, Rows, Table
from calculators.engine.words import amount, bare
from calculators.views.html import Safe, joined, tag

SHOWN = 10
"""How many bars a chart shows besides the reader's own."""

_ROOM = 46
"""Characters that fit side by side on the narrowest screen; a value is set bold and counts for a quarter more."""


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
    for at, row in shown:
        own = at == value.own
        name = f"{row[label_at]} (yours)" if own else str(row[label_at])
        drawn.append(_Bar(name, bare(row[value_at], unit), "0", percent(row[value_at], longest), own))
    described = joined(tag("title", chart.title), tag("desc", summary(chart, kind, value)))
    return _chart_of_bars(described, drawn)


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar with its words: where it begins and how wide it is, both as parts of the whole width."""

    label: str
    value: str
    begins: str
    width: str
    own: bool = False


def _chart_of_bars(described: Safe, bars: list[_Bar], mark: str = "") -> Safe:
    """Bars below each other, each under its label and its value, and a line across them at `mark`.

    Where a label and its value do not fit side by side, each has a line to itself, in all bars alike.
    """
    lines = 2 if any(len(it.label) + len(it.value) * 5 // 4 > _ROOM for it in bars) else 1
    row = 20 + 20 * lines
    drawn = []
    for place, it in enumerate(bars):
        top = place * row
        below = str(top + row - 16)
        drawn.append(
            tag(
                "g",
                tag("text", it.label, x="0", y=str(top + 16), class_="bar-label"),
                tag("text", it.value, x="100%", y=str(top + row - 24), text_anchor="end", class_="bar-value"),
                tag("rect", x="0", y=below, width="100%", height="6", rx="3", class_="bar-track"),
                tag("rect", x=it.begins, y=below, width=it.width, height="6", rx="3", class_="bar-fill"),
                class_="bar is-own" if it.own else "bar",
            )
        )
    if mark:
        drawn.append(tag("line", x1=mark, x2=mark, y1="20", y2=str(len(bars) * row - 6), class_="own-line"))
    size = {"width": "100%", "height": str(len(bars) * row)}
    return tag("svg", described, *drawn, class_="chart-bars", **size, role="img")


def summary(chart: Chart, kind: Rows, value: Table) -> str:
    """The finding of a bar chart in one sentence."""
    names = [column.name for column in kind.columns]
    label_at, value_at = names.index(chart.by), names.index(chart.value)
    unit = kind.columns[value_at].unit
    rows = [row for row in value.rows if row[value_at] is not None]
    if not rows:
        return "No row has a number."
    ascending = all(before[value_at] <= after[value_at] for before, after in pairwise(rows))
    if unit is None or ("USD", 1) not in unit.powers or not ascending:
        top = max(rows, key=lambda row: row[value_at])
        return f"Most of {len(rows)}: {top[label_at]} at {bare(top[value_at], unit)}."
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

    def across(value: float) -> str:
        return _part(value - left, right - left)

    def down(value: float) -> str:
        return _part(top - value, top - bottom)

    path = " ".join(f"{across(at)},{down(value)}" for at, value in points)
    drawn = tag(
        "svg",
        tag("polyline", points=path, class_="line", fill="none", vector_effect="non-scaling-stroke"),
        viewBox="0 0 100 100", preserveAspectRatio="none", y="24", width="100%", height=str(_PLOT),
    )  # fmt: skip
    base, height = str(_PLOT + 44), str(24 + Decimal(down(own[1])) * _PLOT / 100)
    return tag(
        "svg",
        tag("title", chart.title),
        tag("desc", line_summary(chart, points, x, y)),
        tag("line", x1="0", x2="100%", y1=str(_PLOT + 24), y2=str(_PLOT + 24), class_="axis"),
        drawn,
        tag("circle", cx=f"{across(own[0])}%", cy=height, r="5", class_="line-own"),
        _reading_line(),
        tag("text", amount(top, y.unit), x="0", y="16", class_="bar-value"),
        tag("text", amount(left, x.unit), x="0", y=base, class_="bar-label"),
        tag("text", amount(right, x.unit), x="100%", y=base, text_anchor="end", class_="bar-label"),
        class_="chart-line", width="100%", height=str(_PLOT + 52), role="img",
        data_at=" ".join(across(at) for at, _ in points),
    )  # fmt: skip


def line_summary(chart: Chart, points: list[tuple[float, float]], x: Amount | Number, y: Amount) -> str:
    """The finding of a line in one sentence."""
    (left, first), (right, last) = points[0], points[-1]
    ends = (
        f"from {amount(first, y.unit)} at {amount(left, x.unit)} to {amount(last, y.unit)} at {amount(right, x.unit)}"
    )
    return f"{y.label} goes {ends}."


def _part(value: float, whole: float) -> str:
    """A share of a length in hundredths, to a thousandth: `37.5`."""
    part = Decimal(repr(value * 100 / whole)).quantize(Decimal("0.001")) if whole else Decimal(0)
    return f"{part.normalize():f}"


def curves(
    chart: Chart | None, kind: Rows, value: Table, title: str = "", met: list[tuple[Decimal, Decimal]] | None = None
) -> Safe:
    """A curve for each column over the first one; rings mark where a curve crosses that of the first plan.

    A row may lack a number; its curve leaves the place out. `met` are places of crossings that lie between rows.
    """
    columns = value.columns(kind)
    rows = value.rows
    heights = [cell for row in rows for cell in row[1:] if cell is not None]
    if len(rows) < 2 or len(columns) < 2 or not heights:
        return Safe("")
    left, right = rows[0][0], rows[-1][0]
    top, bottom = max(heights), min(Decimal(0), *heights)

    def across(at: Decimal) -> str:
        return _hundredths(at - left, right - left)

    def down(height: Decimal) -> str:
        return _hundredths(top - height, top - bottom)

    drawn = []
    for number in range(1, len(columns)):
        points = " ".join(f"{across(row[0])},{down(row[number])}" for row in rows if row[number] is not None)
        drawn.append(
            tag("polyline", points=points, class_=f"curve curve-{number - 1}", fill="none",
                vector_effect="non-scaling-stroke")
        )  # fmt: skip
    plot = tag(
        "svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none", y="24", width="100%", height=str(_PLOT)
    )
    unit = columns[1].unit
    crossed = [(at, height) for at, height, _ in crossings(value)] if met is None else met
    rings = [_ring(across(at), down(height), bare(at, columns[0].unit)) for at, height in crossed]
    zero = str(24 + Decimal(down(Decimal(0))) * _PLOT / 100)
    base = str(_PLOT + 44)
    whole = tag(
        "svg",
        tag("title", chart.title if chart else title),
        tag("desc", curves_summary(kind, value) if chart else title),
        tag("line", x1="0", x2="100%", y1=zero, y2=zero, class_="axis"),
        plot,
        *rings,
        _reading_line(),
        tag("text", bare(top, unit), x="0", y="16", class_="bar-value"),
        tag("text", f"{columns[0].label} {bare(left, columns[0].unit)}", x="0", y=base, class_="bar-label"),
        tag("text", bare(right, columns[0].unit), x="100%", y=base, text_anchor="end", class_="bar-label"),
        class_="chart-line", width="100%", height=str(_PLOT + 52), role="img",
        data_at=" ".join(across(row[0]) for row in rows),
    )  # fmt: skip
    keys = [
        tag("li", _stroke(number), column.label, " ", tag("strong", bare(rows[-1][number + 1], unit), translate="no"))
        for number, column in enumerate(columns[1:])
    ]
    return joined(whole, reader(columns[0].label, len(rows)), tag("ul", *keys, class_="chart-key"))


def _ring(across: str, down: str, words: str) -> Safe:
    """The mark of a crossing with its place in words beside it, on the side that has room."""
    height = 24 + Decimal(down) * _PLOT / 100
    right = Decimal(across) > 50
    label = tag(
        "text", words, x=f"{across}%", y=str(max(height - 10, Decimal(12))), dx="-8" if right else "8",
        text_anchor="end" if right else "start", class_="crossing-label",
    )  # fmt: skip
    return joined(tag("circle", cx=f"{across}%", cy=str(height), r="5", class_="crossing"), label)


def _reading_line() -> Safe:
    """The upright line that stands where a chart is being read."""
    return tag("line", x1="0", x2="0", y1="24", y2=str(_PLOT + 24), class_="reading-line", visibility="hidden")


def reader(label: str, count: int) -> Safe:
    """A slider that reads the values of a chart from the table below it; scripts bring it to life."""
    control = tag(
        "input", type="range", min="0", max=str(count - 1), value="0", data_read=True, aria_label=f"Read at: {label}",
    )  # fmt: skip
    told = tag("p", "Point at the chart or move the slider to read its values.", class_="reading", aria_hidden="true")
    return tag("div", control, told, class_="chart-reader")


def crossings(value: Table) -> list[tuple[Decimal, Decimal, int]]:
    """Where a curve first lies on the other side of the first one: place, height and column, in the order of places."""
    found = []
    for number in range(2, len(value.rows[0])):
        rows = [row for row in value.rows if row[number] is not None and row[1] is not None]
        gaps = [row[number] - row[1] for row in rows]
        for (before, after), row in zip(pairwise(gaps), rows[1:], strict=False):
            if (before > 0) != (after > 0):
                found.append((row[0], row[number], number))
    return sorted(found)


def curves_summary(kind: Rows, value: Table) -> str:
    """The finding of curves in one sentence: where they cross and where they end."""
    columns = value.columns(kind)
    end = value.rows[-1]
    ends = ", ".join(
        f"{column.label} {bare(cell, column.unit)}" for column, cell in zip(columns[1:], end[1:], strict=True)
    )
    crossed = "; ".join(
        f"{columns[number].label} crosses {columns[1].label} in {columns[0].label.lower()} {bare(at, columns[0].unit)}"
        for at, _, number in crossings(value)
    )
    last = f"By {columns[0].label.lower()} {bare(end[0], columns[0].unit)}: {ends}."
    return f"{crossed}. {last}" if crossed else last


def _stroke(number: int) -> Safe:
    """A short piece of a curve, beside its name."""
    piece = tag("line", x1="0", x2="24", y1="6", y2="6", class_=f"curve curve-{number}")
    return tag("svg", piece, class_="swatch", width="24", height="12", aria_hidden="true")


def _hundredths(value: Decimal, whole: Decimal) -> str:
    """A share of a length in hundredths, to a thousandth, as text."""
    return percent(value, whole)[:-1]


def history(series: list[tuple[str, list[tuple[int, Decimal]]]], today: int, ends: tuple[int, int], told: str) -> Safe:
    """Prices over days as steps, small enough for a cell of a table; what is only announced is drawn apart.

    Days are numbers, as `date.toordinal` gives them. `ends` are the first and the last day drawn, so that the charts of
    a table can be compared along their width; each has its own height.
    """
    first, last = ends
    highest = max(value for _, values in series for _, value in values)
    drawn = []
    for number, (_, values) in enumerate(series):
        for part, begins, stops in (("", first, min(today, last)), (" is-announced", today, last)):
            points = _steps(values, begins, stops)
            places = [
                f"{percent(Decimal(day - first), Decimal(last - first))[:-1]},{percent(highest - value, highest)[:-1]}"
                for day, value in points
            ]
            if len(places) > 1:
                line = f"curve curve-{number}{part}"
                drawn.append(tag("polyline", points=" ".join(places), class_=line, fill="none"))
    plot = tag("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none", y="2", width="100%", height="24")
    return tag("svg", tag("title", told), plot, class_="chart-history", width="100%", height="28", role="img")


def _steps(values: list[tuple[int, Decimal]], begins: int, stops: int) -> list[tuple[int, Decimal]]:
    """The corners of a line of steps between two days; none before the first value."""
    corners: list[tuple[int, Decimal]] = []
    for (day, value), (end, _) in pairwise([*values, (stops, Decimal(0))]):
        left, right = max(day, begins), min(max(end, begins), stops)
        if left < right or (left == right == stops and not corners):
            corners += [(left, value), (right, value)]
    return corners


def tornado(bars: list[tuple[str, float, float]], own: float | None, kind: Amount, described: str) -> Safe:
    """A bar for each input, from the output at its one end to that at its other, around the reader's own result."""
    if not bars:
        return Safe("")
    least = min(min(low, high) for _, low, high in bars)
    most = max(max(low, high) for _, low, high in bars)
    span = most - least
    drawn = []
    for label, low, high in bars:
        left, right = sorted((low, high))
        ends = f"{bare(left, kind.unit)} to {bare(right, kind.unit)}"
        drawn.append(_Bar(label, ends, f"{_part(left - least, span)}%", f"{_part(right - left, span)}%"))
    mark = f"{_part(own - least, span)}%" if own is not None and span else ""
    return _chart_of_bars(joined(tag("title", "What matters most"), tag("desc", described)), drawn, mark)
