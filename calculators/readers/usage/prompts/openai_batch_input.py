"""Requests for a batch at OpenAI and at providers that take the same: a custom id, a path and a body on each line.

Source: OpenAI's guide to the Batch API and its Python package, `BatchRequestInput`.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_object_in
from calculators.readers.usage.prompts.unanswered import unanswered_usage_request
from calculators.readers.usage.request import BATCH, Request
from calculators.readers.usage.usage_format import Row, UsageFormat


def recognizes_openai_batch_input(row: Row) -> bool:
    """A line of a batch that has not been sent."""
    return "custom_id" in row and "body" in row and "url" in row and "response" not in row


def read_openai_batch_input(row: Row) -> Iterator[Request]:
    """The one request of a line."""
    yield unanswered_usage_request(usage_object_in(row["body"]), tier=BATCH)


FORMAT = UsageFormat(
    label="OpenAI batch input",
    recognizes=recognizes_openai_batch_input,
    marks=("custom_id",),
    open_file=lambda: read_openai_batch_input,
    has_use=False,
)
