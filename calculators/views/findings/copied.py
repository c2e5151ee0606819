"""Files made of the reader's own: what is changed in them, and, where a file itself is asked for, its bytes."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.engine.answering.answer import Answer
from calculators.engine.declare import CopiedFiles, FileCopy, Rows
from calculators.engine.inputs.suggestions import quoted, suggest_labeled_or_list
from calculators.engine.questions.question import LONGEST_NAME, Copy, Unanswerable
from calculators.views.findings.report import Report
from calculators.views.json import json_cell


def copied_finding(answer: Answer, ask: Copy) -> Report:
    """What is changed in the file of a name.

    Raises:
        Unanswerable: the calculator makes no file of that name.
    """
    kind, copied = _copied_files(answer, ask)
    sentence, changes = copied.changes()
    rows = [
        {column.name: json_cell(cell) for column, cell in zip(kind.columns, row, strict=True)} for row in changes.rows
    ]
    plain = {"file": ask.file, "changes": rows}
    return Report(sentence, Rows(label=kind.label, columns=kind.columns), changes, plain)


def copied_file_pieces(answer: Answer, ask: Copy) -> Iterator[bytes]:
    """The bytes of the file of a name, one part after another.

    Raises:
        Unanswerable: the calculator makes no file of that name.
    """
    _, copied = _copied_files(answer, ask)
    return copied.pieces(ask.file)


def _copied_files(answer: Answer, ask: Copy) -> tuple[FileCopy, CopiedFiles]:
    """The output of which a file is one, and what writes it."""
    files = {file: name for name, kind in answer.kinds.items() if isinstance(kind, FileCopy) for file in kind.files}
    if ask.file not in files:
        labels = {file: answer.kinds[name].label for file, name in files.items()}
        nearest = suggest_labeled_or_list(ask.file[:LONGEST_NAME], labels)
        raise Unanswerable(f"{answer.name} makes no file {quoted(ask.file[:LONGEST_NAME])}{nearest}")
    return answer.kinds[files[ask.file]], answer.values[files[ask.file]]
