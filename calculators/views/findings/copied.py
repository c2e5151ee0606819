"""Files made of the reader's own: what is changed in them, and, where the file itself is asked for, its text."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import CopiedFiles, FileCopy, Rows
from calculators.engine.inputs.suggestions import quoted, suggest_labeled_or_list
from calculators.engine.questions.question import LONGEST_NAME, Copy, Unanswerable
from calculators.views.findings.report import Report
from calculators.views.json import json_cell


@dataclass(frozen=True, slots=True)
class CopyReport(Report):
    """What is changed in a copy, and the text of the file, which only the form `file` gives away."""

    file_text: str = ""


def copied_finding(answer: Answer, ask: Copy) -> CopyReport:
    """The file of a name.

    Raises:
        Unanswerable: the calculator makes no file of that name.
    """
    files = {file: name for name, kind in answer.kinds.items() if isinstance(kind, FileCopy) for file in kind.files}
    if ask.file not in files:
        labels = {file: answer.kinds[name].label for file, name in files.items()}
        nearest = suggest_labeled_or_list(ask.file[:LONGEST_NAME], labels)
        raise Unanswerable(f"{answer.name} makes no file {quoted(ask.file[:LONGEST_NAME])}{nearest}")
    kind: FileCopy = answer.kinds[files[ask.file]]
    copied: CopiedFiles = answer.values[files[ask.file]]
    rows = [
        {column.name: json_cell(cell) for column, cell in zip(kind.columns, row, strict=True)}
        for row in copied.changes.rows
    ]
    plain = {"file": ask.file, "changes": rows}
    shown = Rows(label=kind.label, columns=kind.columns)
    return CopyReport(copied.sentence, shown, copied.changes, plain, file_text=copied.texts[ask.file])


def copied_file_text(answer: Answer, report: CopyReport) -> str:
    """The text of the file."""
    return report.file_text
