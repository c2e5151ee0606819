"""The table of usage that Cursor offers for download, in the three shapes that it has had.

Source: the headings as public programs read them; Cursor lists no columns. The four kinds of tokens never overlap and
add up to the total; input with a cache write is what was written.
"""

from __future__ import annotations

from calculators.readers.usage.cells import amount_in, count_in, name_in, seconds_in
from calculators.readers.usage.reports.buckets import BucketIds
from calculators.readers.usage.request import Request, token_total_remark
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

WRITE = "input (w/ cache write)"
FAILURES = ("errored", "aborted")
"""How the kind of a request begins that got no answer."""


def is_cursor_table(row: Row) -> bool:
    """Whether the headings are Cursor's."""
    return WRITE in row


def open_file() -> RowReader:
    """Equal rows of one file are different requests, equal rows of two files the same."""
    ids = BucketIds("cursor")

    def requests(row: Row) -> list[Request]:
        date, kind = row.get("date"), name_in(row.get("kind"))
        write, uncached = count_in(row[WRITE]), count_in(row.get("input (w/o cache write)"))
        read, output = count_in(row.get("cache read")), count_in(row.get("output tokens"))
        return [
            Request(
                time=seconds_in(date),
                id=ids.id(date, row.get("kind"), row.get("model"), row.get("automation id")),
                model=name_in(row.get("model")),
                uncached=uncached,
                read=read,
                write=write,
                output=output,
                cost=amount_in(row.get("cost")),
                failed=kind.lower().startswith(FAILURES),
                remark=token_total_remark(count_in(row.get("total tokens")), uncached, read, write, output),
            )
        ]

    return requests


FORMAT = UsageFormat(
    label="Cursor usage", recognizes=is_cursor_table, marks=(WRITE,), open_file=open_file, is_table=True
)
