"""Reads any number of log files in pieces, and gives one summary of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from calculators.readers.intake.decoding import IntakeDecoding
from calculators.readers.intake.files import FileIntake
from calculators.readers.intake.refused_file import RefusedFile
from calculators.readers.intake.rows import Cells, IntakeRows, Row
from calculators.readers.strangers import COUNTS, STRANGERS, TRAINING, USAGE, stranger_kind_of_row
from calculators.readers.usage.columns.row_columns import RowColumns
from calculators.readers.usage.prompts.counting import UsagePromptCounting
from calculators.readers.usage.recognition import NOT_RECOGNIZED, UsageRowSorter
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.sums.columns import UsageColumnTally
from calculators.readers.usage.sums.summary import UsageSummary
from calculators.readers.usage.sums.tally import UsageTally, note_usage_reason

MANY_PENDING = 64
"""So many requests are counted at once: to read rows and to count requests in turn is slower than one after the other,
as a processor keeps the code that it has just run.
"""

FEWEST_IN_COLUMNS = 8
"""Fewer rows with the same keys are read one by one, which takes less time then."""

MANY_MISSES = 4
"""So many pieces in a row without such rows show that a file has none."""

PROMPTS_ALONE = "prompt_log"
"""The format of prompts without counts, which has examples to train on as well."""

NOT_COUNTED = "its prompt cannot be counted here"


class UsageIntake(FileIntake):
    """Takes files one after another: `open`, then `feed` with its bytes, then `close`; `finish` ends it all.

    `only` is the name of the one format to use; without it each row is read by the format that recognizes it. Lines are
    named by their number, with more than one file after the number of the file: names of files are not kept. `prompts`
    counts what no log has counted; without it such rows are left out.
    """

    def __init__(
        self,
        breaks: tuple[int, ...] = (),
        cached_breaks: tuple[int, ...] = (),
        pause_breaks: tuple[float, ...] = (),
        only: str = "",
        prompts: UsagePromptCounting | None = None,
    ) -> None:
        self._tally = UsageTally(breaks, cached_breaks, pause_breaks)
        self._tally.summary.picked = only
        self._prompts = prompts
        self._only = only

    def finish(self) -> str:
        """The summary of all files, as JSON text."""
        return self.summary().to_json()

    def summary(self) -> UsageSummary:
        """The summary of all files."""
        return self._tally.finish()

    def begin(self, name: str) -> UsageLogFile:
        """Begins a file that came as it is, or out of an archive."""
        self._tally.summary.files += 1
        return UsageLogFile(self._tally, self._only, self._prompts)

    def refuse(self, refused: RefusedFile) -> None:
        """Notes a file that cannot be read, by its number."""
        note_usage_reason(self._tally.summary.skipped, str(refused), f"file {self._tally.summary.files + 1}")


class UsageLogFile:
    """The rows of one file."""

    def __init__(self, tally: UsageTally, only: str, prompts: UsagePromptCounting | None = None) -> None:
        self._tally, self._only, self._prompts = tally, only, prompts
        self._number = tally.summary.files
        self._sorters: dict[bool, UsageRowSorter] = {}
        self._pending: list[tuple[Request, int | str]] = []
        self._columns = UsageColumnTally(tally)
        self._misses = 0
        self._kind: str | None = None
        self._decoding = IntakeDecoding(self._take_text)
        self._rows = IntakeRows(self._take_row, self._take_fault, self._take_rows)

    def feed(self, data: bytes) -> None:
        """Takes the next bytes."""
        self._decoding.feed(data)
        self._count_pending()

    def finish(self) -> None:
        """Ends the file."""
        self._decoding.finish()
        self._rows.finish()
        self._count_pending()
        self._columns.count()
        summary = self._tally.summary
        for sorter in self._sorters.values():
            if self._kind == TRAINING and list(sorter.counts) == [PROMPTS_ALONE]:
                note_usage_reason(summary.remarks, STRANGERS[TRAINING].sentence, f"file {self._number}", TRAINING)
            for name, count in sorter.counts.items():
                summary.formats[name] = summary.formats.get(name, 0) + count
                summary.format_files[name] = summary.format_files.get(name, 0) + 1

    def _take_text(self, text: str) -> None:
        self._rows.feed(text)

    def _sorter(self, is_table: bool) -> UsageRowSorter:
        sorter = self._sorters.get(is_table)
        if sorter is None:
            sorter = self._sorters[is_table] = UsageRowSorter(is_table, self._only)
        return sorter

    def _take_rows(self, lines: Sequence[int], rows: list[Cells], places: Mapping[str, int] | None) -> bool:
        """Takes rows that came together: those with the same keys column by column, as long as none is odd."""
        self._misses += 1
        if places is not None:
            self._take_alike(lines, RowColumns(rows, places))
            return self._misses < MANY_MISSES
        begin = 0
        for _, alike in groupby(map(tuple, rows)):
            end = begin + len(list(alike))
            if end - begin < FEWEST_IN_COLUMNS:
                for place in range(begin, end):
                    self._take_row(lines[place], rows[place], False)
            else:
                self._take_alike(lines[begin:end], RowColumns(rows[begin:end]))
            begin = end
        return self._misses < MANY_MISSES

    def _take_alike(self, lines: Sequence[int], rows: RowColumns) -> None:
        """Takes rows with the same keys."""
        if len(rows) >= FEWEST_IN_COLUMNS:
            try:
                columns = self._sorter(rows.are_of_table).columns(rows)
            except SkippedRow:
                middle = len(rows) // 2
                self._take_alike(lines[:middle], rows.part(0, middle))
                self._take_alike(lines[middle:], rows.part(middle, len(rows)))
                return
            if columns is not None:
                self._misses = 0
                self._count_pending()
                self._tally.summary.rows += len(rows)
                self._columns.add(columns, self._places_of(lines) if any(columns.remark) else ())
                return
        for line, row in zip(lines, rows.objects(), strict=True):
            self._take_row(line, row, rows.are_of_table)

    def _places_of(self, lines: Sequence[int]) -> Sequence[int | str]:
        """How lines are named."""
        return lines if self._number <= 1 else [f"{self._number}:{line}" for line in lines]

    def _take_row(self, line: int, row: Row, is_table: bool) -> None:
        sorter = self._sorters.get(is_table) or self._sorter(is_table)
        tally = self._tally
        tally.summary.rows += 1
        place = line if self._number <= 1 else f"{self._number}:{line}"
        if self._kind is None:
            self._kind = stranger_kind_of_row(row, is_table)
        try:
            for request in sorter.requests(row):
                if request.texts:
                    self._complete(request)
                self._pending.append((request, place))
        except SkippedRow as reason:
            why, kind = str(reason), ""
            if why == NOT_RECOGNIZED and self._kind:
                kind = COUNTS if self._kind == USAGE else self._kind
            if kind == COUNTS and (sorter.counts or stranger_kind_of_row(row, is_table) != USAGE):
                kind = ""
            if kind:
                why = STRANGERS[kind].sentence
            note_usage_reason(tally.summary.skipped, why, place, kind)
        if sorter.skipped_within:
            for why in sorter.skipped_within:
                note_usage_reason(tally.summary.skipped, why, place)
            sorter.skipped_within.clear()
        if len(self._pending) >= MANY_PENDING:
            self._count_pending()

    def _count_pending(self) -> None:
        if not self._pending:
            return
        self._columns.count()
        for request, place in self._pending:
            self._tally.add(request, place)
        self._pending.clear()

    def _complete(self, request: Request) -> None:
        """Counts the prompt of a request that no log has counted.

        Raises:
            SkippedRow: it cannot be counted here.
        """
        if self._prompts is None:
            raise SkippedRow(NOT_COUNTED)
        self._prompts.complete(request)

    def _take_fault(self, line: int, reason: str) -> None:
        self._tally.summary.rows += 1
        note_usage_reason(self._tally.summary.skipped, reason, line if self._number <= 1 else f"{self._number}:{line}")
