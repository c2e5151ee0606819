"""The table of usage that Cursor offers for download, in the three shapes that it has had.

Source: the headings as public programs read them; Cursor lists no columns. The four kinds of tokens never overlap and
add up to the total; input with a cache write is what was written.
"""

from __future__ import annotations

from typing import cast

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import RowColumns, usage_column_of, usage_total_remarks
from calculators.readers.usage.reports.buckets import UsageBucketIds
from calculators.readers.usage.request import Request, usage_token_total_remark
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

WRITE = "input (w/ cache write)"
FAILURES = ("errored", "aborted")
"""How the kind of a request begins that got no answer."""


def is_cursor_table(row: Row) -> bool:
    """Whether the headings are Cursor's."""
    return WRITE in row


class CursorRows:
    """Equal rows of one file are different requests, equal rows of two files the same."""

    def __init__(self) -> None:
        self.ids = UsageBucketIds("cursor")

    def __call__(self, row: Row) -> list[Request]:
        """The request of a row."""
        date, kind = row.get("date"), usage_name_in(row.get("kind"))
        write, uncached = usage_count_in(row[WRITE]), usage_count_in(row.get("input (w/o cache write)"))
        read, output = usage_count_in(row.get("cache read")), usage_count_in(row.get("output tokens"))
        return [
            Request(
                time=usage_seconds_in(date),
                id=self.ids.id(date, row.get("kind"), row.get("model"), row.get("automation id")),
                model=usage_name_in(row.get("model")),
                uncached=uncached,
                read=read,
                write=write,
                output=output,
                cost=usage_amount_in(row.get("cost")),
                failed=_is_cursor_failure(kind),
                remark=usage_token_total_remark(usage_count_in(row.get("total tokens")), uncached, read, write, output),
            )
        ]


def _is_cursor_failure(kind: str) -> bool:
    return kind.lower().startswith(FAILURES)


def cursor_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many rows."""
    write, uncached = rows.counts(WRITE), rows.counts("input (w/o cache write)")
    read, output, total = rows.counts("cache read"), rows.counts("output tokens"), rows.counts("total tokens")
    columns = usage_request_columns(
        len(rows),
        time=rows.times("date"),
        model=rows.names("model"),
        uncached=uncached,
        read=read,
        write=write,
        output=output,
        cost=rows.amounts("cost"),
        failed=usage_column_of(_is_cursor_failure, rows.names("kind")),
        remark=usage_total_remarks(total, uncached, read, write, output),
    )
    keys = (rows.values(key) for key in ("date", "kind", "model", "automation id"))
    columns.id = cast(CursorRows, reader).ids.columns(*keys)
    return columns


FORMAT = UsageFormat(
    label="Cursor usage",
    recognizes=is_cursor_table,
    marks=(WRITE,),
    open_file=CursorRows,
    is_table=True,
    read_columns=cursor_columns,
)
