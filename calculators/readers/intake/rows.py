"""Cuts the text of a file into rows as it arrives: JSON Lines, a list or several objects of JSON, or a table.

A row of JSON is an object, a row of a table what its cells hold by heading. What cannot be read is handed on with its
line and the reason; nothing is lost without a word.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol, TypeAlias

from calculators.engine.nesting import DEEPEST, is_json_nested_too_deep
from calculators.readers.intake.objects import FEW_BRACKETS, IntakeObjectScanner, TooLarge, scan_intake_json
from calculators.readers.intake.quoted_cells import cells_of_lines, quoted_cells
from calculators.readers.intake.signs import count_of_signs

Row: TypeAlias = dict[str, Any]
TakeRow: TypeAlias = Callable[[int, Row, bool], None]
"""Takes the number of a row's first line, the row, and whether it is of a table."""
Cells: TypeAlias = Any
"""An object, or the cells of a line of a table."""
Headings: TypeAlias = Mapping[str, int]
"""The headings of a table, each with the place of its cells."""
TakeRows: TypeAlias = Callable[[Sequence[int], list[Cells], Headings | None], bool]
"""Takes rows that came together, with the lines on which they begin: objects, or lists of cells where headings are
given. Says whether further ones are to come together too, or one by one, which is faster where that does not help.
"""
TakeFault: TypeAlias = Callable[[int, str], None]
"""Takes the number of a line and why it cannot be read."""

LONGEST_ROW = 32_000_000
"""Characters of a row; a longer one is passed over."""

PROBED_CHARACTERS, PROBED_LINES = 65_536, 20
"""How much of a file is looked at to see what it is."""

BLOCK = 16_384
"""Characters of lines of which the brackets are counted at once; where they are many, half of it from then on."""

LEAST_BLOCK = 4096
"""Fewer characters are no longer halved."""

LINE_ENDS = ("\r", ",", ",\r")
"""What stands between an object and the end of its line, beside nothing."""

LINE_END = "\n"

SEPARATORS = (",", "\t", ";")

BAD_JSON = "it is not valid JSON"
TOO_DEEP = "its JSON is nested too deep: keep only the part that holds the counts or results"
TOO_LONG = "it is longer than 32 million characters"
NO_OBJECT = "it is not an object"
CUT_OFF = "the file ends in the middle of it"


class IntakeRowCutter(Protocol):
    """What cuts one kind of text."""

    def feed(self, text: str) -> None: ...

    def finish(self) -> None: ...


class IntakeRows:
    """The rows of one file, whose kind shows in its beginning.

    They go to `take` one by one, or where it is given to `take_rows`, as many as there are in a piece of the text.
    """

    def __init__(self, take: TakeRow, fault: TakeFault, take_rows: TakeRows | None = None) -> None:
        self._batch = _IntakeBatch(take, take_rows, fault)
        self._head = ""
        self._cutter: IntakeRowCutter | None = None

    def feed(self, text: str) -> None:
        """Takes the next characters."""
        if self._cutter is not None:
            self._cutter.feed(text)
            self._batch.hand_on()
            return
        self._head += text
        if len(self._head) >= PROBED_CHARACTERS:
            self._begin()

    def finish(self) -> None:
        """Ends the file."""
        if self._cutter is None:
            self._begin()
        if self._cutter is not None:
            self._cutter.finish()
            self._batch.hand_on()

    def _begin(self) -> None:
        head, self._head = self._head, ""
        beginning = head.lstrip("\ufeff \t\r\n")[:1]
        if beginning == "[" or (beginning == "{" and not _is_json_line_text_for_intake(head)):
            self._cutter = _IntakeJsonObjects(self._batch)
        elif beginning == "{" or _has_intake_object_line(head):
            self._cutter = _IntakeJsonLines(self._batch)
        else:
            self._cutter = _IntakeTable(self._batch)
        self._cutter.feed(head)
        self._batch.hand_on()


def _is_json_line_text_for_intake(head: str) -> bool:
    """Whether a text that begins with an object has one on each line: the first line is whole, or broken by itself."""
    lines = [line for line in head.split("\n") if line.strip()]
    if not lines or _is_intake_object(lines[0]):
        return True
    begins = [line for line in lines[1 : PROBED_LINES + 1] if line.startswith("{")]
    return any(map(_is_intake_object, begins))


def _has_intake_object_line(head: str) -> bool:
    """Whether one of the first lines is an object: a log may begin with lines that are none."""
    return any(map(_is_intake_object, [line for line in head.split("\n") if line.strip()][:PROBED_LINES]))


def _is_intake_object(line: str) -> bool:
    line = line.strip().rstrip(",")
    return line.startswith("{") and isinstance(parsed_intake_row(line), dict)


class _IntakeBatch:
    """Rows that wait until a piece of the text has been cut, and headings where they are of a table."""

    def __init__(self, take: TakeRow, take_rows: TakeRows | None, fault: TakeFault) -> None:
        self._take, self._take_rows, self._fault = take, take_rows, fault
        self.lines: list[int] = []
        self.rows: list[Cells] = []
        self.headings: Headings | None = None

    def add(self, line: int, row: Cells) -> None:
        """Takes a row."""
        if self._take_rows is not None:
            self.lines.append(line)
            self.rows.append(row)
        elif self.headings is None:
            self._take(line, row, False)
        else:
            self._take(line, dict(zip(self.headings, row, strict=False)), True)

    @property
    def is_together(self) -> bool:
        """Whether rows wait for those that come with them."""
        return self._take_rows is not None

    def fault(self, line: int, reason: str) -> None:
        """Hands on why a line cannot be read, behind the rows before it."""
        self.hand_on()
        self._fault(line, reason)

    def hand_on(self) -> None:
        """Hands on the rows that have been cut."""
        lines, rows = self.lines, self.rows
        if not rows:
            return
        self.lines, self.rows = [], []
        if self._take_rows is None:
            for line, row in zip(lines, rows, strict=True):
                self.add(line, row)
        elif not self._take_rows(lines, rows, self.headings):
            self._take_rows = None


class _IntakeJsonLines:
    """An object on each line."""

    def __init__(self, batch: _IntakeBatch) -> None:
        self._batch = batch
        self._rest: list[str] = []
        self._length = 0
        self._line = 0
        self._block = BLOCK

    def feed(self, text: str) -> None:
        begin = text.find("\n")
        if begin < 0:
            self._keep(text)
            return
        self._keep(text[:begin])
        self._end_line()
        begin, end = begin + 1, text.rfind("\n") + 1
        while begin < end:
            block_end = text.rfind("\n", begin, begin + self._block) + 1 or text.find("\n", begin) + 1
            self._read_block(text[begin:block_end])
            begin = block_end
        self._keep(text[end:])

    def finish(self) -> None:
        if self._length:
            self._end_line()

    def _keep(self, text: str) -> None:
        self._length += len(text)
        if text and self._length <= LONGEST_ROW:
            self._rest.append(text)

    def _end_line(self) -> None:
        self._line += 1
        if self._length > LONGEST_ROW:
            self._batch.fault(self._line, TOO_LONG)
        else:
            self._read("".join(self._rest))
        self._rest, self._length = [], 0

    def _read_block(self, block: str) -> None:
        """Reads some lines where they are, as long as none of them can be too deep: to cut them out takes time."""
        can_scan = len(block) <= LONGEST_ROW and count_of_signs(block, b"{", b"[") <= FEW_BRACKETS
        middle = 0 if can_scan or len(block) <= LEAST_BLOCK else block.rfind(LINE_END, 0, len(block) // 2) + 1
        if middle:
            self._block = max(LEAST_BLOCK, self._block // 2)
            self._read_block(block[:middle])
            self._read_block(block[middle:])
            return
        begin = self._read_plain_lines(block) if can_scan and self._batch.is_together else 0
        while begin < len(block):
            self._line += 1
            line_end = block.find("\n", begin)
            if can_scan and block[begin] == "{":
                try:
                    row, end = scan_intake_json(block, begin)
                except (ValueError, StopIteration):
                    end = -1
                if end == line_end or block[end:line_end] in LINE_ENDS:
                    self._batch.add(self._line, row)
                    begin = line_end + 1
                    continue
            self._read(block[begin:line_end])
            begin = line_end + 1

    def _read_plain_lines(self, block: str) -> int:
        """Reads the first lines together, as far as they are an object each and no more; where the others begin."""
        rows: list[Row] = []
        take, begin, length = rows.append, 0, len(block)
        try:
            while begin < length and block[begin] == "{":
                row, end = scan_intake_json(block, begin)
                if block[end] != LINE_END:
                    break
                take(row)
                begin = end + 1
        except (ValueError, StopIteration):
            pass
        if block.count(LINE_END, 0, begin) != len(rows):  # an object goes on over the end of its line
            return 0
        self._batch.lines += range(self._line + 1, self._line + 1 + len(rows))
        self._batch.rows += rows
        self._line += len(rows)
        return begin

    def _read(self, text: str) -> None:
        if not text or text.isspace():
            return
        row = parsed_intake_row(text if text[0] == "{" and text[-1] == "}" else text.strip(" \t\r").rstrip(", \t"))
        if type(row) is dict:
            self._batch.add(self._line, row)
        elif isinstance(row, list):
            self._take_list(row)
        else:
            self._batch.fault(self._line, row if isinstance(row, str) else NO_OBJECT)

    def _take_list(self, rows: list[Any]) -> None:
        for row in rows:
            if isinstance(row, dict):
                self._batch.add(self._line, row)
            else:
                self._batch.fault(self._line, NO_OBJECT)


class _IntakeJsonObjects:
    """A list of objects, or objects one after another, written over as many lines as they like."""

    def __init__(self, batch: _IntakeBatch) -> None:
        self._batch = batch
        self._scanner = IntakeObjectScanner(LONGEST_ROW, DEEPEST, parsed_intake_row)

    def feed(self, text: str) -> None:
        for line, row in self._scanner.feed(text):
            self._read(line, row)

    def finish(self) -> None:
        if line := self._scanner.open_line:
            self._batch.fault(line, CUT_OFF)
        if line := self._scanner.text_line:
            self._batch.fault(line, NO_OBJECT)

    def _read(self, line: int, row: object) -> None:
        if isinstance(row, dict):
            self._batch.add(line, row)
        elif isinstance(row, TooLarge):
            self._batch.fault(line, TOO_DEEP if row.is_deep else TOO_LONG)
        else:
            self._batch.fault(line, row if isinstance(row, str) else NO_OBJECT)


class _IntakeTable:
    """Lines of cells below a line of headings; a cell in quotes may hold line breaks."""

    def __init__(self, batch: _IntakeBatch) -> None:
        self._batch = batch
        self._rest = ""
        self._line = 1
        self._separator = ""
        self._headings: list[str] = []
        self._quoted = _Lines()
        self._reader = csv.reader(self._quoted)

    def feed(self, text: str) -> None:
        text = self._rest + text
        end = text.rfind(LINE_END) + 1
        if self._headings and end and self._read_block(text[:end]):
            self._rest = text[end:]
        else:
            self._read_lines(text)
        if len(self._rest) > LONGEST_ROW:
            self._batch.fault(self._line, TOO_LONG)
            self._line += self._rest.count(LINE_END)
            self._rest = ""

    def _read_block(self, block: str) -> bool:
        """Reads lines at once; whether that was possible: each is a row whose first cell is not empty."""
        rows = cells_of_lines(block, self._separator)
        if not rows or not all(rows) or not all(map(str.strip, map(itemgetter(0), rows))):
            return False
        self._batch.lines.extend(range(self._line, self._line + len(rows)))
        self._batch.rows.extend(rows)
        self._line += len(rows)
        return True

    def _read_lines(self, text: str) -> None:
        lines = text.split(LINE_END)
        self._rest = lines.pop()
        record: list[str] = []
        is_quoted = False
        for line in lines:
            if not is_quoted and '"' not in line:
                self._read(line)
                self._line += 1
                continue
            record.append(line)
            is_quoted ^= line.count('"') % 2 == 1
            if not is_quoted:
                self._read(LINE_END.join(record))
                self._line += len(record)
                record = []
        if record:
            self._rest = LINE_END.join([*record, self._rest])

    def finish(self) -> None:
        if self._rest.strip():
            self._read(self._rest)

    def _read(self, text: str) -> None:
        if not text or text.isspace():
            return
        if not self._headings:
            self._separator = max(SEPARATORS, key=lambda sign: (text.count(sign), sign == ","))
            self._reader = csv.reader(self._quoted, delimiter=self._separator)
        try:
            line = text.rstrip("\r")
            if '"' in line or "\r" in line:
                cells = quoted_cells(line, self._separator)
                if not cells:
                    self._quoted.next_line = line
                    cells = next(self._reader)  # one reader for all lines: a new one takes longer than to read a line
            else:
                cells = line.split(self._separator)  # the same in a third of the time
        except (csv.Error, StopIteration):
            self._batch.fault(self._line, "it is not a line of a table")
            return
        if not self._headings:
            self._headings = _intake_rows_numbered([cell.strip().strip("\ufeff\"'").strip().lower() for cell in cells])
            self._batch.headings = {heading: place for place, heading in enumerate(self._headings)}
        elif (cells[0] and not cells[0].isspace()) or any(cell and not cell.isspace() for cell in cells):
            self._batch.add(self._line, cells)


class _Lines:
    """Hands a reader of CSV one line at a time."""

    next_line: str | None = None

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line, self.next_line = self.next_line, None
        if line is None:
            raise StopIteration
        return line


def _intake_rows_numbered(headings: list[str]) -> list[str]:
    """Headings that differ: a repeated one has its number behind it, so that no cell hides another.

    >>> _intake_rows_numbered(["score", "cost", "score"])
    ['score', 'cost', 'score (2)']
    """
    return [
        f"{heading} ({headings[: place + 1].count(heading)})" if heading in headings[:place] else heading
        for place, heading in enumerate(headings)
    ]


def parsed_intake_row(text: str) -> Any:
    """What a text of JSON holds; in place of text, which no row is, the reason why it cannot be read."""
    if len(text) > LONGEST_ROW:
        return TOO_LONG
    if len(text) > FEW_BRACKETS and count_of_signs(text, b"{", b"[") > FEW_BRACKETS and is_json_nested_too_deep(text):
        return TOO_DEEP
    try:
        value, end = scan_intake_json(text, 0)
    except (ValueError, StopIteration):
        return BAD_JSON
    except RecursionError:
        return TOO_DEEP
    if end != len(text):
        return BAD_JSON
    return NO_OBJECT if isinstance(value, str) else value
