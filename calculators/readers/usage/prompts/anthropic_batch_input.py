"""Requests for a batch at Anthropic: a custom id and the parameters of a message; also the list that the API takes.

Source: Anthropic's reference of the Message Batches API.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_list_in, usage_object_in
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.prompts.unanswered import unanswered_usage_request
from calculators.readers.usage.request import BATCH, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, UsageFormat


def is_anthropic_batch_input_entry(row: object) -> bool:
    """Whether a row is one request of a batch."""
    return isinstance(row, dict) and "custom_id" in row and isinstance(row.get("params"), dict)


def recognizes_anthropic_batch_input(row: Row) -> bool:
    """One request, or the body that creates a batch of them."""
    return is_anthropic_batch_input_entry(row) or (
        "requests" in row and any(map(is_anthropic_batch_input_entry, usage_list_in(row["requests"])[:1]))
    )


def read_anthropic_batch_input(row: Row) -> Iterator[Request | SkippedRow]:
    """The request of a row, or those of a whole batch."""
    if is_anthropic_batch_input_entry(row):
        yield unanswered_usage_request(usage_object_in(row["params"]), provider="anthropic", tier=BATCH)
    else:
        yield from nested_usage_requests(read_anthropic_batch_input, usage_list_in(row["requests"]))


FORMAT = UsageFormat(
    label="Anthropic batch input",
    recognizes=recognizes_anthropic_batch_input,
    marks=("custom_id", "requests"),
    open_file=lambda: read_anthropic_batch_input,
    has_use=False,
)
