"""What a reader of one format of logs declares, under the name `FORMAT`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from calculators.readers.formats import Format
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import RowColumns
from calculators.readers.usage.request import Request, SkippedRow

Row: TypeAlias = Mapping[str, Any]
"""An object of JSON, or a line of a table by its headings in lower case."""

RowReader: TypeAlias = Callable[[Row], Iterable[Request | SkippedRow]]
"""Gives the requests that a row holds, often one or none; raises SkippedRow for one that cannot be counted.

Where a row holds further rows, as a page holds buckets, a SkippedRow among the requests is one of those.
"""


ColumnReader: TypeAlias = Callable[[RowReader, RowColumns], RequestColumns]
"""Gives the requests of rows with the same keys, each of which holds one; raises SkippedRow where one is odd.

It gets the reader of rows beside them, for what that one remembers, and leaves it as it is where it raises.
"""


@dataclass(frozen=True, kw_only=True, eq=False)
class UsageFormat(Format):
    """A format of logs.

    `recognizes` says whether a row looks like this format; it is asked only of rows with one of the keys in `marks`.
    `open_file` is called once for each file and gives what reads its rows in order. `is_table` is true of CSV. Where a
    format is a special case of another, its `order` is lower. `has_use` is false of a format whose rows hold a prompt
    and no counts; it is asked only where nothing in a row is of another format. `read_columns` reads many rows at once,
    to the same requests as the reader of rows would. `is_told_by_keys` says that all rows with the same keys are of the
    format, or none; with `looks_into`, those whose objects under these keys have the same keys as well.
    """

    recognizes: Callable[[Row], bool]
    marks: tuple[str, ...]
    open_file: Callable[[], RowReader]
    is_table: bool = False
    has_use: bool = True
    read_columns: ColumnReader | None = None
    is_told_by_keys: bool = False
    looks_into: tuple[str, ...] = ()
