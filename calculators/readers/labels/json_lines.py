"""Reads labels from JSON Lines: an object a line, whose keys are the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.labels.label_format import LabelFormat, LabelRow


def _recognizes_label_lines(text: str) -> bool:
    return text.lstrip().startswith("{")


def _label_lines_rows(text: str) -> Iterator[LabelRow]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield LabelRow(number, _label_lines_cells(line))


def _label_lines_cells(line: str) -> dict[str, str] | None:
    """The texts, numbers and truths of an object; other contents count as blank."""
    if is_json_nested_too_deep(line):
        return None
    try:
        parsed = json.loads(line, parse_float=str, parse_int=str)
    except ValueError:
        return None
    if not isinstance(parsed, dict):
        return None
    return {key.strip(): _label_lines_cell(content) for key, content in parsed.items()}


def _label_lines_cell(content: object) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    return content.strip() if isinstance(content, str) else ""


FORMAT = LabelFormat(
    label="JSON Lines: an object for each answer", recognizes=_recognizes_label_lines, rows=_label_lines_rows
)
