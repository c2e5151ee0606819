"""A finding of the instruments as each view writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import Rows, Table
from calculators.engine.numbers.rounding import unrounded_digits
from calculators.views.html.tables import LONG_TABLE, html_table
from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.json import indented_json
from calculators.views.text import text_table


@dataclass(frozen=True, slots=True)
class Report:
    """One finding: a sentence, a table, perhaps a drawing, and the same as plain data for JSON."""

    sentence: str
    kind: Rows
    table: Table
    plain: Mapping[str, object]
    drawn: Safe = Safe("")


def finding_json(answer: Answer, report: Report) -> str:
    """A report for a program."""
    return indented_json({"calculator": answer.name, "sentence": report.sentence, **report.plain})


def finding_text(answer: Answer, report: Report) -> str:
    """A report in words."""
    table = ["", *text_table(report.kind, report.table)] if report.table.rows else []
    return "\n".join([answer.title, "", report.sentence, *table]) + "\n"


def finding_html(answer: Answer, report: Report) -> Safe:
    """A report on a page."""
    if not report.table.rows:
        return tag("p", report.sentence, class_="chart-summary")
    shown = html_table(report.kind, report.table)
    if len(report.table.rows) > LONG_TABLE:
        shown = tag("details", tag("summary", "As a table"), shown)
    return joined_html(tag("p", report.sentence, class_="chart-summary"), report.drawn, shown)


def finding_report_decimal(number: float) -> Decimal:
    """A number of the float run in the digits that it is written with."""
    return Decimal(repr(number))


def finding_digits(number: float | Decimal | None) -> str | None:
    """A number as JSON holds it."""
    if number is None:
        return None
    return unrounded_digits(number if isinstance(number, Decimal) else finding_report_decimal(number))
