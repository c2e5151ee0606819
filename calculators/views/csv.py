"""An answer for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import File, Lines, Text, Verdict, declared_figure_unit
from calculators.views.export import TABULAR, exported_tables
from calculators.views.json import json_cell


def csv_result(answer: Answer) -> str:
    """The answer for a spreadsheet, one value a line, unrounded: what it is, its name, its value and its unit."""
    lines = [
        ("what", "name", "value", "unit"),
        *_csv_input_lines(answer),
        *_csv_output_lines(answer),
        *_csv_table_lines(answer),
    ]
    return "".join(",".join(csv_cell(json_cell(cell)) for cell in line) + "\r\n" for line in lines)


Line = tuple[str, str, object, str]
"""A line of the file for a spreadsheet."""


def _csv_input_lines(answer: Answer) -> Iterator[Line]:
    for name, kind, entry in answer.inputs():
        if not isinstance(kind, Text | File | Lines) and entry.value is not None:
            unit = declared_figure_unit(kind)
            yield "input", name, entry.value, unit.text if unit else ""


def _csv_output_lines(answer: Answer) -> Iterator[Line]:
    for name, kind in answer.kinds.items():
        if isinstance(kind, TABULAR):
            continue
        output = answer.values[name]
        if isinstance(kind, Verdict):
            yield "output", name, output.answer, ""
            if output.amounts is not None and name == answer.headline:
                yield "output", f"{name}.sentence", answer.headline_words, ""
        elif hasattr(output, "likely"):
            for side in ("low", "likely", "high"):
                yield "output", f"{name}.{side}", getattr(output, side), kind.unit.text
        else:
            yield "output", name, output, kind.unit.text if hasattr(kind, "unit") else ""


def _csv_table_lines(answer: Answer) -> Iterator[Line]:
    for kind, table in exported_tables(answer):
        columns = table.columns(kind)
        for number, row in enumerate(table.carried_rows, 1):
            for cell, column in zip(row, columns, strict=True):
                yield kind.label, f"{number}: {column.label}", cell, column.unit.text if column.unit else ""


def csv_cell(entry: str | bool | None) -> str:
    """A cell as a spreadsheet reads it: quoted where it must be, and never taken for a formula."""
    words = "" if entry is None else ("yes" if entry else "no") if isinstance(entry, bool) else entry
    is_number = re.fullmatch(r"-*(\d+\.?\d*|\.\d+)", words, re.ASCII)
    if words[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number:
        words = f"'{words}"
    return '"' + words.replace('"', '""') + '"' if any(sign in words for sign in ',"\r\n') else words
