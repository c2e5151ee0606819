"""What a format of test results declares under the name `FORMAT`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from calculators.readers.formats import Format
from calculators.readers.results.columns import Cells

Row: TypeAlias = Mapping[str, object]
"""An object of JSON, or a line of a table by its headings in lower case."""


class ResultReader(Protocol):
    """Reads the rows of one file in order. When all are read, `partial` says why they are only a part of a test."""

    def read(self, row: Row) -> Iterable[Cells]: ...

    @property
    def partial(self) -> str: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class ResultFormat(Format):
    """A format of test results.

    `recognizes` looks at the first row of a file, and is told whether it is that of a table. The first format in the
    order that recognizes it reads the file with what `open_file` gives.
    """

    recognizes: Callable[[Row, bool], bool]
    open_file: Callable[[], ResultReader]


class WholeRows:
    """A reader for which each row stands by itself, and a file is never a part."""

    partial = ""

    def __init__(self, read: Callable[[Row], Iterable[Cells]]) -> None:
        self.read = read


def result_entries(content: object) -> list[Row]:
    """The objects in a list of JSON; none where it is no list."""
    return [entry for entry in content if isinstance(entry, dict)] if isinstance(content, list) else []


def inner_result(row: Row, *names: str) -> Row:
    """An object within objects; an empty one where a name is missing."""
    for name in names:
        within = row.get(name)
        row = within if isinstance(within, dict) else {}
    return row
