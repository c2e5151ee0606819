"""The events of a streamed answer of Anthropic's Messages interface.

Source: Anthropic's guide to streaming. The first event has the counts of the input and a beginning of the output; the
counts of the last one are those of the whole answer, not to be added to the first. Both get the id of the answer, so
the larger output counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.bodies.anthropic_messages import anthropic_message_requests
from calculators.readers.usage.cells import Value, usage_object_in
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

START, END = "message_start", "message_delta"
EVENTS = (START, END, "content_block_start", "content_block_delta", "content_block_stop", "message_stop", "ping")


def is_anthropic_stream(row: Row) -> bool:
    """Whether a row is an event of a stream."""
    return row.get("type") in EVENTS


def open_anthropic_stream_file() -> RowReader:
    """Remembers the answer whose events come."""
    message: dict[str, Value] = {}

    def requests(row: Row) -> Iterator[Request]:
        if row["type"] == START:
            message.clear()
            message.update(usage_object_in(row.get("message")))
            message["usage"] = usage_object_in(message.get("usage"))
        elif row["type"] == END and isinstance(row.get("usage"), dict):
            stated = {key: value for key, value in row["usage"].items() if value is not None}
            message["usage"] = usage_object_in(message.get("usage")) | stated
        else:
            return
        if message["usage"]:
            yield from anthropic_message_requests(message)

    return requests


FORMAT = UsageFormat(
    label="Anthropic stream",
    order=15,
    recognizes=is_anthropic_stream,
    marks=("type",),
    open_file=open_anthropic_stream_file,
)
