"""A table of what sources say about somebody: a row for each, each cell with its source and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calculators.engine.facts import Facts, Source
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.views.html.sources import html_checked_day
from calculators.views.html.tags import Safe, joined_html, tag
from macros.facts.schema import Statement, StatementFileRow, SureStatement

UNKNOWN = "unknown"


def refuse_unknown_statement_columns(columns: Iterable[str], known: Mapping[str, str], noun: str) -> None:
    """Stops at the first column that a row does not have."""
    for column in columns:
        if column not in known:
            raise ValueError(f"{noun} has no column {column!r}{suggest_nearest(column, known)}")


def statement_table(
    facts: Facts, rows: Iterable[StatementFileRow], heads: Mapping[str, str], checked: str, label: str
) -> Safe:
    """The rows with the columns in `heads`, by key; below them the day on which the oldest row was checked."""
    shown = list(rows)
    names = ["Provider", *heads.values()]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in names)))
    body = tag("tbody", *(_statement_row(facts, row, heads) for row in shown))
    about = f"{label}: {', '.join(heads.values())}"
    words = {"class_": "table-frame of-words", "tabindex": "0", "role": "region", "aria_label": about}
    day = html_checked_day(min(row.checked or checked for row in shown))
    return joined_html(tag("div", tag("table", head, body), **words), tag("p", "Checked ", day, class_="checked"))


def _statement_row(facts: Facts, row: StatementFileRow, heads: Iterable[str]) -> Safe:
    statements = row.statements()
    cells = (
        _statement_cell(facts, statements[column]) if column in statements else tag("td", UNKNOWN) for column in heads
    )
    return tag("tr", tag("th", row.name, scope="row"), *cells)


def _statement_cell(facts: Facts, statement: Statement) -> Safe:
    """What a source says, with its publisher as a link and its day; whoever only quotes somebody is said to."""
    source = facts.sources[statement.source]
    link = tag("a", source.publisher, href=source.url, rel="noopener noreferrer", title=source.title)
    quoted = "quoted by " if isinstance(statement, SureStatement) and statement.confidence == "B" else None
    return tag("td", statement.text, " ", tag("cite", quoted, link, statement_source_days(source), class_="cite"))


def statement_source_days(source: Source) -> Safe:
    """When a source was published, where that is known, and when it was read; no line breaks within a day."""
    published = joined_html("published ", tag("time", source.published), ", ") if source.published else None
    return joined_html(", ", published, "read\u00a0", tag("time", source.accessed))
