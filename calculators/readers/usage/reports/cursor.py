"""The table of usage that Cursor offers for download, in the three shapes that it has had.

Source: the headings as public programs read them; Cursor lists no columns. The four kinds of tokens never overlap and
add up to the total; input with a cache write is what was written.
"""

from __future__ import annotations

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.reports.buckets import UsageBucketIds
from calculators.readers.usage.request import Request, usage_token_total_remark
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

WRITE = "input (w/ cache write)"
FAILURES = ("errored", "aborted")
"""How the kind of a request begins that got no answer."""


def is_cursor_table(row: Row) -> bool:
    """Whether the headings are Cursor's."""
    return WRITE in row


def open_cursor_file() -> RowReader:
    """Equal rows of one file are different requests, equal rows of two files the same."""
    ids = UsageBucketIds("cursor")

    def requests(row: Row) -> list[Request]:
        date, kind = row.get("date"), usage_name_in(row.get("kind"))
        write, uncached = usage_count_in(row[WRITE]), usage_count_in(row.get("input (w/o cache write)"))
        read, output = usage_count_in(row.get("cache read")), usage_count_in(row.get("output tokens"))
        return [
            Request(
                time=usage_seconds_in(date),
                id=ids.id(date, row.get("kind"), row.get("model"), row.get("automation id")),
                model=usage_name_in(row.get("model")),
                uncached=uncached,
                read=read,
                write=write,
                output=output,
                cost=usage_amount_in(row.get("cost")),
                failed=kind.lower().startswith(FAILURES),
                remark=usage_token_total_remark(usage_count_in(row.get("total tokens")), uncached, read, write, output),
            )
        ]

    return requests


FORMAT = UsageFormat(
    label="Cursor usage", recognizes=is_cursor_table, marks=(WRITE,), open_file=open_cursor_file, is_table=True
)
