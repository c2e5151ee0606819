"""A report as Markdown, for a document or a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.views.export import markdown_table
from calculators.views.report.content import Given, ReportContent, Rowed


def markdown_report(content: ReportContent) -> str:
    """The report; what the chart shows is said in a sentence."""
    parts = [f"# {content.title}", "", f"**{content.sentence}**", ""]
    parts += _bullets(content.reasons)
    parts += markdown_table(("Figure", "Value"), content.figures) if content.figures else []
    parts += _table(content.table) if content.table else []
    parts += _given("What you entered", ("Input", "Value"), content.typed)
    parts += _given("What was measured", ("Input", "Value", "Where it comes from"), content.measured)
    parts += _given("Counted with", ("For", "Name"), content.records)
    if content.texts:
        parts += [f"The answer also rests on texts, which are not shown: {', '.join(content.texts)}.", ""]
    parts += _given("Assumptions that matter most", ("Assumption", "Value", "What it does"), content.assumptions)
    parts += ["## Not counted", "", *_bullets(content.not_counted)] if content.not_counted else []
    read = [f"[{source.title}](<{source.address}>), checked {source.checked}" for source in content.sources]
    parts += ["## Sources", "", *_bullets(read)] if read else []
    link = f"<{content.link}>" if "://" in content.link else f"`{content.link}`"
    return "\n".join([*parts, f"{content.dated} Ask again: {link}" if content.link else content.dated, ""])


def _bullets(sentences: Sequence[str]) -> list[str]:
    return [*(f"- {sentence}" for sentence in sentences), ""] if sentences else []


def _given(title: str, heads: Sequence[str], rows: Sequence[Given]) -> list[str]:
    """A table of inputs with as many columns as it has heads; nothing without a row."""
    if not rows:
        return []
    cells = [(row.label, row.value, row.remark)[: len(heads)] for row in rows]
    return [f"## {title}", "", *markdown_table(heads, cells)]


def _table(table: Rowed) -> list[str]:
    rows = [list(row) for row in table.rows]
    if table.own is not None:
        rows[table.own][0] += " (yours)"
    left = [f"{table.left_out} more rows are not shown.", ""] if table.left_out else []
    return [f"## {table.title}", "", *markdown_table(table.heads, rows), *left]
