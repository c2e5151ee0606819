"""Reads rows that stand within one row, as the buckets of a page or the spans of a trace do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from calculators.readers.usage.cells import Value
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader

NO_OBJECT = "a part of the row is not an object"


def nested_usage_requests(read: RowReader, rows: Iterable[Value]) -> Iterator[Request | SkippedRow]:
    """The requests of rows within a row; one that cannot be counted leaves the others as they are."""
    for row in rows:
        if isinstance(row, dict):
            yield from usage_requests_or_reason(read, row)
        else:
            yield SkippedRow(NO_OBJECT)


def usage_requests_or_reason(read: RowReader, row: Row) -> list[Request | SkippedRow]:
    """The requests of one row, all of them or none: then why the row was skipped."""
    try:
        return list(read(row))
    except SkippedRow as reason:
        return [reason]
