"""Test results as columns: what every file is read into, whatever tool wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from math import isfinite
from typing import TypeAlias

from calculators.engine.inputs.suggestions import UNSHOWN
from calculators.readers.verdict_words import VERDICT_WORDS

CASE, INPUT, VERSION, RUN, ERROR, SCORE, TAG = "case", "input", "version", "run", "error", "score", "tag"
OTHER, MEASURE, UNKNOWN = "other", "measure", ""
"""What a column holds. `OTHER` is of no use here. A `MEASURE` is a score if it can be read as one. What is `UNKNOWN`
shows only when all rows are read."""

WITHOUT_TEXTS = (CASE, INPUT, OTHER)

Cells: TypeAlias = Mapping[tuple[str, str], str]
"""A row: what its columns hold and their names, with the text of the cell."""

ABSENT, EMPTY = -2, -1
"""Codes of a cell that the row does not have, and of one that is blank."""

LONGEST_NAME, MOST_NAMES = 60, 60
"""Texts of at most so many characters, in a column with at most so many of them, are names, and are kept."""

MOST_VERSIONS, FEWEST_OF_NAME = 12, 3
"""A column of at most so many names, each in so many rows on average, may be one of versions."""

BLANKS = frozenset(("", "nan", "null", "none", "n/a", "na", "-"))
_FAILED = "error errored timeout timed_out cancelled canceled exception crashed aborted skipped"
FAILURES = frozenset(_FAILED.split(" "))
"""What a score says where there is none, because the run failed."""

DIGEST_BYTES = 8

NEARLY_ALL = 10
"""A column is one of scores although one in so many of its cells is none."""


_DECIMAL_COMMA = re.compile(r"[-+]?(?:0|\d+(?!,\d{3}%?$)),\d+%?", re.ASCII)
"""A number as many spreadsheets write it; 1,250 may be more than a thousand, so nobody can say what it is."""


def read_result_score(text: str) -> float | None:
    """A score: a finite number, a share in percent, or a word for right or wrong; None for anything else.

    >>> [read_result_score(text) for text in ("0.7", "0,7", "pass", "80%", "1,250")]
    [0.7, 0.7, 1.0, 0.8, None]
    """
    word = text.strip().casefold()
    if word in FAILURES or word in BLANKS:
        return None
    if word in VERDICT_WORDS:
        return float(VERDICT_WORDS[word])
    if _DECIMAL_COMMA.fullmatch(word):
        word = word.replace(",", ".")
    try:
        number = float(word.removesuffix("%")) / (100 if word.endswith("%") else 1)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in word else None


def is_result_score_or_failure(text: str) -> bool:
    """Whether a text is a score or says that there is none, because the run failed."""
    return text.strip().casefold() in FAILURES or read_result_score(text) is not None


def result_cell_text(cell: object) -> str:
    """A cell of JSON as text; lists and objects as JSON, so that equal ones are equal."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    return json.dumps(cell, sort_keys=True, ensure_ascii=False)


def is_result_name(text: str) -> bool:
    """Whether a text is short enough to be a name, such as that of a model or of a tag."""
    return len(text) <= LONGEST_NAME and not UNSHOWN.search(text)


class ResultTextCodes:
    """A number for each text of all files; the texts themselves are not kept, only digests of 64 bits."""

    def __init__(self) -> None:
        self._codes: dict[bytes, int] = {}

    def code(self, text: str) -> int:
        """The number of a text: equal texts have the same."""
        if text.strip().casefold() in BLANKS:
            return EMPTY
        digest = blake2b(text.encode("utf-8", "replace"), digest_size=DIGEST_BYTES).digest()
        return self._codes.setdefault(digest, len(self._codes))


@dataclass(slots=True)
class ResultColumn:
    """A column: what it holds, its name, a code for each row, and the texts of those codes that are scores or names.

    `end_lines` are the lines of its lowest and its highest score, once all is read; of neither, where there is none.
    """

    role: str
    name: str
    codes: list[int] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    end_lines: list[int] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)

    def add(self, rows: int, code: int, text: str) -> None:
        """Takes the cell of a row; the rows before that had none are filled up."""
        self.codes += [ABSENT] * (rows - len(self.codes))
        self.codes.append(code)
        if code < 0 or code in self.texts or code in self.hidden:
            return
        if is_result_score_or_failure(text) or (is_result_name(text) and len(self.texts) <= MOST_NAMES):
            self.texts[code] = text
        else:
            self.hidden.add(code)

    @property
    def distinct(self) -> int:
        """How many different texts it has."""
        return len(self.texts) + len(self.hidden)

    def has_few_names(self) -> bool:
        """Whether it holds few names that recur, as those of versions do, and ids and inputs of cases do not."""
        recurring = FEWEST_OF_NAME * self.distinct <= len([code for code in self.codes if code >= 0])
        return 1 < self.distinct <= MOST_VERSIONS and not self.hidden and recurring

    def is_readable(self) -> bool:
        """Whether all its cells that hold something are scores, or say that the run failed."""
        read = [read_result_score(text) is not None for text in self.texts.values() if text.casefold() not in FAILURES]
        return bool(read) and all(read) and not self.hidden

    def ends(self) -> tuple[float, float] | None:
        """The lowest and the highest score; None where it has none."""
        scores = [score for text in self.texts.values() if (score := read_result_score(text)) is not None]
        return (min(scores), max(scores)) if scores else None

    def find_end_lines(self, lines: list[int]) -> None:
        """Notes the lines of the lowest and the highest score, by the lines of the rows."""
        read = {code: read_result_score(text) for code, text in self.texts.items()}
        for end in self.ends() or ():
            row = next(row for row, code in enumerate(self.codes) if read.get(code) == end)
            self.end_lines.append(lines[row])

    def odd_rows(self) -> list[int]:
        """The rows whose cell holds something that is no score and does not say that the run failed."""
        read = {code for code, text in self.texts.items() if is_result_score_or_failure(text)}
        return [row for row, code in enumerate(self.codes) if code >= 0 and code not in read]

    def is_nearly_readable(self) -> bool:
        """Whether nearly all its cells that hold something are scores; without a heading of scores, those from 0 to 1.

        Numbers beyond them may be ids.
        """
        scores = [score for text in self.texts.values() if (score := read_result_score(text)) is not None]
        if not scores or (self.role == UNKNOWN and not all(0 <= score <= 1 for score in scores)):
            return False
        return len(self.odd_rows()) * NEARLY_ALL <= len([code for code in self.codes if code >= 0])


@dataclass(slots=True, kw_only=True)
class ResultTable:
    """The results in one file: its format, its name, the columns, and why it is only a part of a test, if it is."""

    label: str
    name: str
    rows: int = 0
    partial: str = ""
    columns: list[ResultColumn] = field(default_factory=list)

    def add(self, cells: Cells, codes: ResultTextCodes) -> None:
        """Takes a row."""
        known = {(column.role, column.name): column for column in self.columns}
        for (role, name), text in cells.items():
            column = known.get((role, name))
            if column is None:
                column = ResultColumn(role, name)
                self.columns.append(column)
            column.add(self.rows, codes.code(text), text)
        self.rows += 1

    def finish(self) -> None:
        """Fills up columns that the last rows did not have. Columns of no use go, and texts of very many kinds."""
        self.columns = [column for column in self.columns if column.role != OTHER]
        for column in self.columns:
            column.codes += [ABSENT] * (self.rows - len(column.codes))
            if column.role in WITHOUT_TEXTS and not column.has_few_names():
                column.texts = {}
            elif column.distinct > MOST_NAMES and not column.is_readable():
                column.texts = {code: text for code, text in column.texts.items() if is_result_score_or_failure(text)}

    def with_role(self, role: str) -> list[ResultColumn]:
        """The columns that hold something."""
        return [column for column in self.columns if column.role == role]


def named_result_cells(role: str, cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Cells of the same kind by their names."""
    return {(role, name): text for name, text in cells}
