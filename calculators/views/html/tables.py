"""The tables, charts and texts of a result, each a block under its own heading."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Column, Document, FileCopy, Rows, Series, Table, kinds
from calculators.engine.numbers import sum_of_numbers
from calculators.engine.numbers.rounding import rounded_amount, rounded_without_noun
from calculators.engine.numbers.units import SHARE
from calculators.views.charts.bars import svg_bars, svg_bars_summary
from calculators.views.charts.curves import svg_curves, svg_curves_summary
from calculators.views.charts.frame.reader import svg_chart_reader
from calculators.views.charts.line import Point, svg_line, svg_line_summary
from calculators.views.charts.shares import svg_shares, svg_swatch
from calculators.views.charts.stacks import svg_stacks, svg_stacks_summary
from calculators.views.charts.steps import svg_steps, svg_steps_summary
from calculators.views.html.folds import Filled, html_fold
from calculators.views.html.tags import Safe, joined_html, tag, verbatim_html
from calculators.views.wording import wording_of_row

HAIR = Decimal("1e-9")
"""How far a sum of shares may be from a whole for its rounding."""

MOST_BESIDE, MOST_WORDS_BESIDE = 4, 2
"""How many columns a table may have that shares a page's width with another, and how many of them may hold words."""

NO_TURN = "No single number of yours turns it."
"""What a table of turning points says where there are none."""

LONG_TABLE = 12
"""A table with more rows is folded away under its chart."""

MODEL = "model"
"""The column of names by which a chart ranks models."""

NARROW_CHARTS = ("bars", "steps")
"""The charts that half of a page is wide enough for."""


def html_chart(answer: Answer) -> tuple[str, Safe]:
    """The one chart of an answer that says most, with its finding in a sentence; both empty where it has none.

    It is the chart that the calculator asked for, else the first table that is drawn.
    """
    drawn = answer.chart
    if drawn and drawn.kind == "line":
        return _html_table_line_chart(answer)
    names = [name for name, kind in answer.kinds.items() if isinstance(kind, Rows | Series)]
    for name in sorted(names, key=lambda name: not (drawn and drawn.output == name)):
        rows, content = _html_table_as_rows(answer.kinds[name], answer.values[name])
        if content.rows and not rows.handed_on:
            sentence, chart = _html_table_chart(answer, name, rows, content)
            if chart:
                return sentence, chart
    return "", Safe("")


def _html_table_chart(answer: Answer, name: str, rows: Rows, content: Table) -> tuple[str, Safe]:
    """How a table is drawn, with its finding; shares of a whole are told by the table itself."""
    drawn = answer.chart if answer.chart and answer.chart.output == name else None
    if drawn and drawn.kind == "curves":
        return svg_curves_summary(rows, content), svg_curves(drawn, rows, content)
    if drawn and drawn.kind == "steps":
        return svg_steps_summary(content), svg_steps(content, drawn.title)
    if drawn:
        return svg_bars_summary(drawn, rows, content), svg_bars(drawn, rows, content)
    if rows.stacked and content.rows:
        return svg_stacks_summary(rows, content), svg_stacks(rows, content)
    if _html_table_adds_up(rows, content):
        return "", _html_table_shares(rows, content)
    return "", Safe("")


def html_block(answer: Answer, name: str, filled: Filled) -> Safe:
    """A text to copy, files to download, or a table with its chart; nothing for other outputs."""
    kind = answer.kinds[name]
    if isinstance(kind, FileCopy):
        is_off = bool(kind.needs) and not answer.reading.settings[kind.needs].value
        return _html_table_file_copies(kind, is_off=is_off)  # without its value: a copy is made when it is asked for
    if isinstance(kind, Rows) and kind.turning:
        return tag("section", html_table_fold(answer, name, filled), class_="result-block")
    output = answer.values[name]
    if isinstance(kind, Document):
        copy = tag("button", "Copy", type="button", data_copy=True, aria_label=f"Copy: {kind.label}")
        text = tag("pre", verbatim_html(output), class_="document", tabindex="0", data_keep=name, translate="no")
        return tag("section", tag("h3", kind.label), copy, text, class_="result-block")
    if not isinstance(kind, Rows | Series):
        return Safe("")
    rows, content = _html_table_as_rows(kind, output)
    if rows.optional and not content.rows:
        return Safe("")
    if not content.rows:
        words = f"{content.nothing[:1].upper()}{content.nothing[1:]}."
        return tag("section", tag("h3", kind.label), tag("p", words), class_="result-block is-empty")
    if rows.handed_on:
        return _html_table_handed_on(rows, content)
    is_long = _is_html_table_long(answer, name, content)
    table = html_table_fold(answer, name, filled) if is_long else _html_table_whole(answer, name, rows, content)
    if _is_html_table_beside(answer, name, content):
        return tag("section", table, class_="result-block is-wide")
    drawn = _html_table_drawn(answer, name, rows, content)
    is_wide = "chart-line" in drawn or (not is_long and _html_table_needs_width(rows, content))
    head = tag("h3", kind.label)
    classes = ["result-block", *(["is-wide"] if is_wide else []), *(["is-leading"] if rows.leading else [])]
    return tag("section", head, drawn, table, class_=" ".join(classes))


def html_chart_beside(answer: Answer) -> Safe:
    """The chart that stands beside the questions, where there is one: its table follows below over the whole width."""
    if not answer.chart or answer.chart.kind not in NARROW_CHARTS:
        return Safe("")
    name = answer.chart.output
    kind, content = _html_table_as_rows(answer.kinds[name], answer.values[name])
    if not _is_html_table_beside(answer, name, content):
        return Safe("")
    return tag("section", tag("h3", kind.label), _html_table_drawn(answer, name, kind, content), class_="result-block")


def _is_html_table_beside(answer: Answer, name: str, content: Table) -> bool:
    """Whether the chart of an output needs no more than half of a page, and its table is folded away."""
    chart = answer.chart
    is_narrow = chart is not None and chart.output == name and chart.kind in NARROW_CHARTS
    return is_narrow and bool(content.rows) and _is_html_table_long(answer, name, content)


def _html_table_drawn(answer: Answer, name: str, rows: Rows, content: Table) -> Safe:
    """The chart of a table below its finding; nothing where it has none."""
    sentence, chart = _html_table_chart(answer, name, rows, content)
    return joined_html(tag("p", sentence, class_="chart-summary") if sentence else None, chart)


def _is_html_table_long(answer: Answer, name: str, content: Table) -> bool:
    """Whether a table is folded away under its chart: one of many rows, or the steps of a ladder, which say it all.

    A ranking of models is, however few a reader's conditions leave: its chart keeps its place.
    """
    chart = answer.chart
    if len(content.rows) > LONG_TABLE:
        return True
    return chart is not None and chart.output == name and (chart.kind == "steps" or chart.by == MODEL)


def _html_table_needs_width(kind: Rows, content: Table) -> bool:
    """Whether a table is too wide for half of a page: of many columns, of several that hold words, or with remarks.

    A style sheet gives a remark that ends a row of many cells the width of a sentence.
    """
    columns = content.columns(kind)
    words = [column for column in columns if column.unit is None]
    has_remarks = len(columns) >= MOST_BESIDE and columns[-1].unit is None
    return len(columns) > MOST_BESIDE or len(words) > MOST_WORDS_BESIDE or has_remarks


def has_html_table_cards(kind: Rows, content: Table) -> bool:
    """Whether a phone shows each row of a table as a card: it is wide, and words beside the names of its rows would be
    out of sight there.
    """
    has_words = any(column.unit is None for column in content.columns(kind)[1:])
    return has_words and _html_table_needs_width(kind, content)


def _html_table_file_copies(kind: FileCopy, *, is_off: bool) -> Safe:
    """The buttons that ask for files made of the reader's own; what is changed in them is listed when they are."""
    buttons = [
        tag("button", words, type="button", data_file=file, class_="calc-use", disabled=is_off)
        for file, words in kind.files.items()
    ]
    help = tag("p", kind.help, class_="chart-summary")
    changes = tag("div", data_copied=True, role="status")
    return tag("section", tag("h3", kind.label), help, tag("p", *buttons), changes, class_="result-block")


def _html_table_handed_on(kind: Rows, content: Table) -> Safe:
    """Numbers for other calculators, with the button that offers them to all that ask the same."""
    answers = {row[0]: {"text": row[2], "from": row[3]} for row in content.rows}
    button = tag(
        "button", "Use these numbers everywhere", type="button", data_case=json.dumps(answers), class_="calc-use"
    )
    shown = dataclasses.replace(kind, columns=kind.columns[1:])
    return tag(
        "section",
        tag("h3", kind.label),
        tag("p", button, tag("span", kind.help)),
        html_table(shown, Table(tuple(row[1:] for row in content.rows))),
        class_="result-block",
    )


def html_table_fold(answer: Answer, name: str, filled: Filled) -> Safe:
    """A long table, folded away under its chart; or one that takes its time, under its name."""
    turning = answer.kinds[name]
    if isinstance(turning, Rows) and turning.turning:

        def turns() -> Safe:
            found = answer.values[name]
            return html_table(turning, found) if found.rows else tag("p", NO_TURN)

        return html_fold(name, tag("summary", turning.label), turns, filled)
    kind, content = _html_table_as_rows(answer.kinds[name], answer.values[name])
    summary = tag("summary", f"All {len(content.rows)} rows as a table")
    return html_fold(name, summary, lambda: _html_table_whole(answer, name, kind, content), filled)


def _html_table_as_rows(
    kind: Rows | Series, output: Any
) -> tuple[Rows, Table]:  # A table or points: the kind says which.
    """A table as it is, or a series as a table with a row for each point."""
    if isinstance(kind, Series):
        return Rows(label=kind.label, columns=(kind.x_axis, kind.y_axis)), Table(
            tuple(tuple(point) for point in output)
        )
    return kind, output


def html_line_block(answer: Answer, filled: Filled) -> Safe:
    """The line chart that a calculator asked for, with its points as a table."""
    drawn = answer.chart
    if drawn is None or drawn.kind != "line":
        return Safe("")
    over, points = kinds(answer.reading.inputs_type)[drawn.by], answer.line()
    sentence, chart = _html_table_line_chart(answer)
    return tag(
        "section",
        tag("h3", drawn.title),
        tag("p", sentence, class_="chart-summary"),
        chart,
        svg_chart_reader(over.label, len(points)) if len(points) > 1 else None,
        _html_table_of_line(answer, points, filled),
        class_="result-block is-wide",
    )


def _html_table_line_chart(answer: Answer) -> tuple[str, Safe]:
    """The finding of the line that the calculator asked for, and the line."""
    drawn = answer.chart
    assert drawn is not None
    over, output = kinds(answer.reading.inputs_type)[drawn.by], answer.kinds[drawn.output]
    points = answer.line()
    point = (float(answer.reading.settings[drawn.by].value), float(answer.values[drawn.output] or 0))
    return svg_line_summary(points, over, output), svg_line(drawn, points, over, output, point)


def html_line_fold(answer: Answer, filled: Filled) -> Safe:
    """The points of the line chart as a table, folded away."""
    return _html_table_of_line(answer, answer.line(), filled)


def _html_table_of_line(answer: Answer, points: list[Point], filled: Filled) -> Safe:
    drawn = answer.chart
    assert drawn is not None
    over, output = kinds(answer.reading.inputs_type)[drawn.by], answer.kinds[drawn.output]
    columns = (Column("x", over.label, over.unit), Column("y", output.label, output.unit))

    def content() -> Safe:
        rows = tuple((rounded_amount(place, over.unit), result) for place, result in points)
        return html_table(Rows(label=drawn.title, columns=columns), Table(rows))

    return html_fold("line", tag("summary", "As a table"), content, filled)


def _html_table_adds_up(kind: Rows, content: Table) -> bool:
    """Whether the last column holds shares of a whole."""
    if kind.columns[-1].unit is not SHARE or not content.rows:
        return False
    parts = [row[-1] for row in content.rows]
    return None not in parts and abs(sum_of_numbers(parts) - 1) < HAIR


def _html_table_shares(kind: Rows, content: Table) -> Safe:
    parts = ", ".join(f"{row[0]} {rounded_without_noun(row[-1], SHARE)}" for row in content.rows)
    return svg_shares([row[-1] for row in content.rows], f"{kind.label}: {parts}")


def _html_table_whole(answer: Answer, name: str, kind: Rows, content: Table) -> Safe:
    """A table with all its rows; each has its color where the chart above shows them as shares of a whole."""
    is_drawn = kind.stacked or (answer.chart is not None and answer.chart.output == name)
    return html_table(kind, content, swatches=not is_drawn and _html_table_adds_up(kind, content))


BRIEF = 24
"""Characters of remarks that need no column as wide as a sentence."""


def html_table(kind: Rows, content: Table, *, swatches: bool = False) -> Safe:
    """A table that scrolls inside its own frame where the screen is narrow; the reader's own row is marked.

    A phone shows the rows of one with remarks as cards, so that no remark is out of sight.
    """
    columns = content.columns(kind)
    is_cards = has_html_table_cards(kind, content)
    heads = [
        tag(
            "th", column.label, scope="col", class_=_html_table_class(column) if place else None
        )  # over the names of the rows
        for place, column in enumerate(columns)
    ]
    rows = []
    for number, row in enumerate(content.rows):
        is_own = number == content.own
        words = wording_of_row(columns, row)
        first = joined_html(
            svg_swatch(number) if swatches else None,
            words[0],
            tag("span", kind.own, class_="own-mark") if is_own else None,
        )
        cells = [
            tag(
                "td",
                cell,
                class_=_html_table_class(column),
                translate="no" if column.unit else None,
                data_label=column.label if is_cards else None,
            )
            for cell, column in zip(_html_table_cells(content, number, words), columns[1:], strict=True)
        ]
        rows.append(tag("tr", tag("th", first, scope="row"), *cells, class_="is-own" if is_own else None))
    head = tag("thead", tag("tr", *heads))
    inner = tag("table", head, tag("tbody", *rows))  # the theme draws no lines in a table that has a class
    is_brief = is_cards and all(len(str(row[-1])) <= BRIEF for row in content.rows)
    look = "table-frame as-cards" if is_cards else "table-frame"
    label = kind.label
    return tag("div", inner, class_=look, tabindex="0", role="region", aria_label=label, data_brief=is_brief)


def _html_table_cells(content: Table, number: int, words: list[str]) -> list[Safe | str]:
    """What the cells of a row hold beside its name; the last one leads to its page where it has one."""
    cells: list[Safe | str] = [*words[1:]]
    if content.links:
        cells[-1] = tag("a", words[-1], href=content.links[number])
    return cells


def _html_table_class(column: Column) -> str | None:
    return "number" if column.unit else None
