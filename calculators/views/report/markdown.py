"""A report as Markdown, for a document or a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.views.export import exported_markdown_table
from calculators.views.report.content import Given, ReportContent, Rowed


def report_as_markdown(content: ReportContent) -> str:
    """The report; what the chart shows is said in a sentence."""
    parts = [f"# {content.title}", "", f"**{content.sentence}**", ""]
    parts += _report_markdown_bullets(content.reasons)
    parts += [line for table in content.leading for line in _report_markdown_table(table)]
    parts += ["## In figures", ""] if content.leading else []
    parts += [content.charted, ""] if content.charted else []
    parts += exported_markdown_table(("Figure", "Value"), content.figures) if content.figures else []
    parts += _report_markdown_table(content.table) if content.table else []
    parts += [line for table in content.reported for line in _report_markdown_table(table)]
    parts += _report_markdown_given("What you entered", ("Input", "Value"), content.typed)
    if content.exemplary:
        parts += _report_markdown_given(f"From {content.exemplary[0].remark}", ("Input", "Value"), content.exemplary)
    parts += _report_markdown_given("What was measured", ("Input", "Value", "Where it comes from"), content.measured)
    parts += _report_markdown_given("Assumed, as you did not say", ("Input", "Value", "Because"), content.unasked)
    parts += _report_markdown_given("Counted with", ("For", "Name"), content.records)
    if content.texts:
        parts += [f"The answer also rests on texts, which are not shown: {', '.join(content.texts)}.", ""]
    parts += _report_markdown_given(
        "Assumptions that matter most", ("Assumption", "Value", "What it does"), content.assumptions
    )
    parts += ["## Not counted", "", *_report_markdown_bullets(content.not_counted)] if content.not_counted else []
    read = [f"[{source.title}](<{source.address}>), checked {source.checked}" for source in content.sources]
    parts += ["## Sources", "", *_report_markdown_bullets(read)] if read else []
    link = f"<{content.link}>" if "://" in content.link else f"`{content.link}`"
    return "\n".join([*parts, f"{content.dated} Ask again: {link}" if content.link else content.dated, ""])


def _report_markdown_bullets(sentences: Sequence[str]) -> list[str]:
    return [*(f"- {sentence}" for sentence in sentences), ""] if sentences else []


def _report_markdown_given(title: str, heads: Sequence[str], rows: Sequence[Given]) -> list[str]:
    """A table of inputs with as many columns as it has heads; nothing without a row."""
    if not rows:
        return []
    cells = [(row.label, row.value, row.remark)[: len(heads)] for row in rows]
    return [f"## {title}", "", *exported_markdown_table(heads, cells)]


def _report_markdown_table(table: Rowed) -> list[str]:
    left = [f"{table.left_out} more rows are not shown.", ""] if table.left_out else []
    return [f"## {table.title}", "", *exported_markdown_table(table.heads, table.rows), *left]
