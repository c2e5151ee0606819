"""What files of test results come to: columns of codes, names, and what could not be read; no other text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from calculators.readers.results.columns import ResultColumn, ResultTable

VERSION = 1
LISTED = 20
"""Lines that are named for each reason; the others are counted."""


@dataclass(slots=True)
class LeftOut:
    """A file, or lines of it, that cannot be read, and why; and the kind of file, where another calculator reads it."""

    file: str
    reason: str
    count: int = 0
    lines: list[int] = field(default_factory=list)
    kind: str = ""


@dataclass(slots=True)
class ResultSummary:
    """The tables of all files, in their order, and what was left out."""

    tables: list[ResultTable] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, file: str, reason: str, line: int, kind: str = "") -> None:
        """Notes a line that cannot be read, or a whole file, which is line 0 and may be of a kind read elsewhere."""
        noted = next((entry for entry in self.left_out if (entry.file, entry.reason) == (file, reason)), None)
        if noted is None:
            noted = LeftOut(file, reason, kind=kind)
            self.left_out.append(noted)
        noted.count += 1
        if line and len(noted.lines) < LISTED:
            noted.lines.append(line)

    def to_json(self) -> str:
        """The summary as text, the same for the same files."""
        tables = [
            {
                "label": table.label,
                "name": table.name,
                "rows": table.rows,
                "partial": table.partial,
                "columns": [
                    [column.role, column.name, column.codes, sorted(column.texts.items()), column.end_lines]
                    for column in table.columns
                ],
            }
            for table in self.tables
        ]
        left_out = [[entry.file, entry.reason, entry.count, entry.lines, entry.kind] for entry in self.left_out]
        content = {"version": VERSION, "tables": tables, "left_out": left_out}
        return json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def result_summary_from_json(text: str) -> ResultSummary:
    """The summary in a text that `to_json` wrote.

    Raises:
        ValueError: it is none, or of another version.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != VERSION:
        raise ValueError("no summary of this version")
    tables = [
        ResultTable(
            label=table["label"],
            name=table["name"],
            rows=table["rows"],
            partial=table["partial"],
            columns=[
                ResultColumn(
                    role,
                    name,
                    [int(code) for code in codes],
                    {int(code): str(cell) for code, cell in texts},
                    [int(line) for line in end_lines],
                )
                for role, name, codes, texts, end_lines in table["columns"]
            ],
        )
        for table in content["tables"]
    ]
    left_out = [
        LeftOut(file, reason, count, lines, str(kind)) for file, reason, count, lines, kind in content["left_out"]
    ]
    return ResultSummary(tables, left_out)


def result_summary_refusal(text: str) -> str:
    """What is wrong with the text of a summary; nothing where it is one of this version."""
    try:
        result_summary_from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return "Your results must be files: a summary of them cannot be typed"
    return ""


def result_summary_in_words(text: str) -> str:
    """What the files of a summary came to, in a few words: how many rows of which formats, and that some are left out.

    >>> result_summary_in_words('{"version": 1, "tables": [], "left_out": [["file 1", "no result", 1, [], ""]]}')
    'no results'
    """
    rows: dict[str, int] = {}
    for table in result_summary_from_json(text).tables:
        rows[table.label] = rows.get(table.label, 0) + table.rows
    return ", ".join(f"{count:,} results ({label})" for label, count in rows.items()) or "no results"
