"""Reads files of test results in pieces, whatever tool wrote them, and gives one summary of columns of all of them."""

from __future__ import annotations

import re

from calculators.readers.formats import reader_formats
from calculators.readers.intake.decoding import IntakeDecoding
from calculators.readers.intake.files import FileIntake
from calculators.readers.intake.refused_file import RefusedFile
from calculators.readers.intake.rows import IntakeRows, Row
from calculators.readers.intake.unpacking import UnpackedMember
from calculators.readers.results import formats as rooms
from calculators.readers.results.columns import SCORE, UNKNOWN, ResultTable, ResultTextCodes
from calculators.readers.results.headings import settle_result_roles
from calculators.readers.results.result_format import ResultFormat, ResultReader
from calculators.readers.results.summary import ResultSummary
from calculators.readers.strangers import (
    LABELS,
    RETRIEVAL,
    STRANGERS,
    TRAINING,
    USAGE,
    is_usage_heading,
    stranger_kind_of_row,
)

RESULT_FORMATS = reader_formats(rooms, ResultFormat)

ANY_TABLE = "table"
"""The format of rows that no tool is known to write."""

INSPECT_ARCHIVE = ".eval"
INSPECT_PARTS = ("header.json", "summaries.json")
PACKED_WITH_ZSTD = (
    "it is an Inspect log packed with zstd, which browsers cannot unpack: write it as JSON with “inspect log convert "
    "--to json --output-dir DIR FILE”"
)
UNFINISHED_ARCHIVE = "the log has no header, so the run had not ended when it was written"

_NO_NUMBER = re.compile(r"(?<![\w\"'.-])-?(?:NaN|Infinity)(?![\w\"'])", re.ASCII)
"""What Python writes into JSON for no number, and JSON does not know."""

_BETWEEN = ",:[]{} \n"
"""A piece is cut before one of these, so that no such word is cut; what follows waits for the next piece."""


class ResultIntake(FileIntake):
    """Takes files one after another: `open`, then `feed` with its bytes, then `close`; `finish` ends it all."""

    def __init__(self) -> None:
        self.summary = ResultSummary()
        self._codes = ResultTextCodes()
        self._name, self._number = "", 0
        self._archive: ResultFile | None = None

    def open(self, name: str) -> None:
        """Begins a file."""
        self._name, self._archive = name, None
        super().open(name)

    def close(self) -> None:
        """Ends the file."""
        super().close()
        if self._archive is not None:
            self._archive.end(UNFINISHED_ARCHIVE)
        self._archive = None

    def finish(self) -> str:
        """The summary of all files, as JSON text."""
        return self.summary.to_json()

    def begin(self, name: str) -> UnpackedMember:
        """Begins a file that came as it is, or out of an archive."""
        if not self._name.endswith(INSPECT_ARCHIVE):
            return ResultFile(self.summary, self._codes, self._next_name(), ends_itself=True)
        if name not in INSPECT_PARTS:
            return _NoResults()
        if self._archive is None:
            self._archive = ResultFile(self.summary, self._codes, self._next_name(), ends_itself=False)
        self._archive.begin_part()
        return self._archive

    def _next_name(self) -> str:
        """What the next file is called: names of files are not kept. Pasted text has none."""
        self._number += 1
        return f"file {self._number}" if self._name else ""

    def refuse(self, refused: RefusedFile) -> None:
        """Notes a file that cannot be read, with the way out for a log that is packed with zstd."""
        is_packed = self._name.endswith(INSPECT_ARCHIVE) and "zstd" in str(refused)
        self.summary.leave_out(self._next_name(), PACKED_WITH_ZSTD if is_packed else str(refused), 0)


class ResultFile:
    """The rows of one file, read by the first format that recognizes the first of them."""

    def __init__(self, summary: ResultSummary, codes: ResultTextCodes, name: str, *, ends_itself: bool) -> None:
        self._summary, self._codes, self._ends_itself = summary, codes, ends_itself
        self._table = ResultTable(label="", name=name)
        self._reader: ResultReader | None = None
        self._kind = ""
        self._lines: list[int] = []
        self._decoding, self._rows, self._held = (
            IntakeDecoding(self._take_text),
            IntakeRows(self._take_row, self._take_fault),
            "",
        )

    def begin_part(self) -> None:
        """Begins another part of the same log."""
        self._decoding, self._rows, self._held = (
            IntakeDecoding(self._take_text),
            IntakeRows(self._take_row, self._take_fault),
            "",
        )

    def feed(self, data: bytes) -> None:
        """Takes the next bytes."""
        self._decoding.feed(data)

    def finish(self) -> None:
        """Ends the file, or a part of it."""
        self._decoding.finish()
        self._rows.feed(_NO_NUMBER.sub("null", self._held))
        self._held = ""
        self._rows.finish()
        if self._ends_itself:
            self.end("")

    def end(self, unfinished: str) -> None:
        """Puts what was read into the summary; `unfinished` says why a log without any row is none."""
        if self._reader is not None:
            self._table.partial = self._reader.partial
        if not self._table.rows:
            reason = self._table.partial or unfinished or "it holds no result"
            self._summary.leave_out(self._table.name, reason, 0)
            return
        self._table.finish()
        settle_result_roles(self._table)
        scores = [column.name for column in self._table.with_role(SCORE)]
        is_use = self._kind == USAGE and all(is_usage_heading(name) for name in scores)
        if is_use or self._kind in (LABELS, RETRIEVAL) or (self._kind == TRAINING and not scores):
            self._summary.leave_out(self._table.name, STRANGERS[self._kind].sentence, 0, self._kind)
            return
        for column in (*self._table.with_role(SCORE), *self._table.with_role(UNKNOWN)):
            column.find_end_lines(self._lines)
            for row in column.odd_rows():
                reason = f"the cell of “{column.name}” is not a score"
                self._summary.leave_out(self._table.name, reason, self._lines[row])
        self._summary.tables.append(self._table)

    def _take_text(self, text: str) -> None:
        text = self._held + text
        cut = max(0, *(text.rfind(sign) for sign in _BETWEEN))
        self._held = text[cut:]
        self._rows.feed(_NO_NUMBER.sub("null", text[:cut]))

    def _take_row(self, line: int, row: Row, is_table: bool) -> None:
        if self._reader is None:
            format = next(format for format in RESULT_FORMATS.values() if format.recognizes(row, is_table))
            self._kind = stranger_kind_of_row(row, is_table) if format is RESULT_FORMATS[ANY_TABLE] else ""
            self._table.label, self._reader = format.label, format.open_file()
        for cells in self._reader.read(row):
            self._table.add(cells, self._codes)
            self._lines.append(line)

    def _take_fault(self, line: int, reason: str) -> None:
        self._summary.leave_out(self._table.name, reason, line)


class _NoResults:
    """Takes the parts of an archive that hold no results."""

    def feed(self, data: bytes) -> None:
        pass

    def finish(self) -> None:
        pass


def read_results_text(text: str) -> ResultSummary:
    """The summary of pasted text."""
    intake = ResultIntake()
    intake.open("")
    intake.feed(text.encode("utf-8", "replace"))
    intake.close()
    return intake.summary
