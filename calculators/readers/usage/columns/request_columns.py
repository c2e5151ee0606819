"""What rows say of one request each, column by column, as `Request` says it of one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import compress

from calculators.readers.usage.cells import Value
from calculators.readers.usage.columns.row_columns import Amounts, Counts
from calculators.readers.usage.request import STANDARD, Request


@dataclass(slots=True)
class RequestColumns:
    """Columns of the same length, each with the name of a field of `Request`.

    `row` says by its place which row each request is of. Rows of which other fields are needed are read one by one.
    """

    time: Amounts
    id: list[str]
    conversation: list[str]
    model: list[str]
    provider: list[str]
    tier: list[str]
    uncached: Counts
    read: Counts
    write: Counts
    write_long: Counts
    output: Counts
    reasoning: Counts
    cost: Amounts
    failed: list[bool]
    seconds: Amounts
    first_token_seconds: Amounts
    remark: list[str]
    row: list[int]

    def __len__(self) -> int:
        return len(self.time)

    def copy(self) -> RequestColumns:
        """The same in lists of their own: where nothing is known, columns may share one."""
        return RequestColumns(*(list(getattr(self, name)) for name in COLUMN_NAMES))

    def extend(self, requests: RequestColumns) -> None:
        """Puts other requests behind these."""
        for name in COLUMN_NAMES:
            getattr(self, name).extend(getattr(requests, name))

    def selected(self, are_selected: Sequence[bool]) -> RequestColumns:
        """Some of the requests."""
        return RequestColumns(*(list(compress(getattr(self, name), are_selected)) for name in COLUMN_NAMES))

    def in_order(self, places: Sequence[int]) -> RequestColumns:
        """The requests in another order."""
        return RequestColumns(*([*map(getattr(self, name).__getitem__, places)] for name in COLUMN_NAMES))

    def request(self, place: int) -> Request:
        """One of the requests."""
        return Request(**{name: getattr(self, name)[place] for name in REQUEST_NAMES})

    def requests(self) -> Iterator[Request]:
        """The requests one by one."""
        return map(self.request, range(len(self)))


ROW = "row"
COLUMN_NAMES = tuple(known.name for known in fields(RequestColumns))
REQUEST_NAMES = tuple(name for name in COLUMN_NAMES if name != ROW)


def usage_request_columns(count: int, **known: list[Value]) -> RequestColumns:
    """Columns of which only some are known; where a request has no default, the others say nothing."""
    columns = {name: known.get(name) or [DEFAULTS.get(name)] * count for name in REQUEST_NAMES}
    return RequestColumns(**columns, row=known.get(ROW) or list(range(count)))


DEFAULTS = {"id": "", "conversation": "", "model": "", "provider": "", "tier": STANDARD, "failed": False, "remark": ""}
"""What a request has where its row says nothing; None for all others."""
