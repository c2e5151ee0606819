"""What a format of labels declares, and the rows that it gives: cells by the name of their column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from calculators.readers.formats import Format


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A row of a file: the line it begins on, and its cells by column; an unreadable row has None instead."""

    line: int
    cells: Mapping[str, str] | None


@dataclass(frozen=True, kw_only=True, eq=False)
class LabelFormat(Format):
    """A format of labels: whether a text has it, and what rows it holds."""

    recognizes: Callable[[str], bool]
    rows: Callable[[str], Iterator[LabelRow]]
