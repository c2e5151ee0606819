"""Requests for a batch at OpenAI and at providers that take the same: a custom id, a path and a body on each line.

Source: OpenAI's guide to the Batch API and its Python package, `BatchRequestInput`.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import object_in
from calculators.readers.usage.prompts.unanswered import unanswered_request
from calculators.readers.usage.request import BATCH, Request
from calculators.readers.usage.usage_format import Row, UsageFormat


def recognizes(row: Row) -> bool:
    """A line of a batch that has not been sent."""
    return "custom_id" in row and "body" in row and "url" in row and "response" not in row


def read(row: Row) -> Iterator[Request]:
    """The one request of a line."""
    yield unanswered_request(object_in(row["body"]), tier=BATCH)


FORMAT = UsageFormat(
    label="OpenAI batch input", recognizes=recognizes, marks=("custom_id",), open_file=lambda: read, has_use=False
)
