"""Requests for a batch at Anthropic: a custom id and the parameters of a message; also the list that the API takes.

Source: Anthropic's reference of the Message Batches API.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import list_in, object_in
from calculators.readers.usage.nested import nested_requests
from calculators.readers.usage.prompts.unanswered import unanswered_request
from calculators.readers.usage.request import BATCH, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, UsageFormat


def is_entry(row: object) -> bool:
    """Whether a row is one request of a batch."""
    return isinstance(row, dict) and "custom_id" in row and isinstance(row.get("params"), dict)


def recognizes(row: Row) -> bool:
    """One request, or the body that creates a batch of them."""
    return is_entry(row) or ("requests" in row and any(map(is_entry, list_in(row["requests"])[:1])))


def read(row: Row) -> Iterator[Request | SkippedRow]:
    """The request of a row, or those of a whole batch."""
    if is_entry(row):
        yield unanswered_request(object_in(row["params"]), provider="anthropic", tier=BATCH)
    else:
        yield from nested_requests(read, list_in(row["requests"]))


FORMAT = UsageFormat(
    label="Anthropic batch input",
    recognizes=recognizes,
    marks=("custom_id", "requests"),
    open_file=lambda: read,
    has_use=False,
)
