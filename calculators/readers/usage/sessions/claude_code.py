"""Sessions of Claude Code, as the files of its projects hold them.

Source: public readers of these files and their reports of errors. An answer stands on several lines, one for each
block of content, with the same input and an output that grows from a placeholder: the id of the message makes them
one request, and the largest output counts. Resumed and forked sessions copy lines into other files, also with another
request id, so the message's id alone is the id. Subagents write lines of the same kind, and progress lines repeat
what they write.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.anthropic_messages import anthropic_message_requests
from calculators.readers.usage.cells import Value, usage_amount_in, usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.request import FAST, Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

KINDS = (
    "user",
    "assistant",
    "system",
    "progress",
    "summary",
    "attachment",
    "queue-operation",
    "file-history-snapshot",
    "custom-title",
    "agent-name",
    "last-prompt",
    "pr-link",
)
LOCAL_MODEL = "<synthetic>"
"""The model of messages that Claude Code writes itself."""


def is_claude_code_line(row: Row) -> bool:
    """Whether a row is a line of a session; early ones have no type."""
    if "sessionId" in row:
        return (
            row.get("type") in KINDS
            or "parentUuid" in row
            or "input_tokens" in usage_object_in(usage_object_in(row.get("message")).get("usage"))
        )
    return "leafUuid" in row or "isSnapshotUpdate" in row


def claude_code_session_requests(row: Row) -> list[Request]:
    """The request that a line is of, and the calls hidden in it; nothing for a line without usage."""
    line: Row = row
    message = usage_object_in(row.get("message"))
    if not message and row.get("type") == "progress":
        line = usage_object_in(usage_object_in(row.get("data")).get("message"))
        message = usage_object_in(line.get("message")) or line
    if not usage_object_in(message.get("usage")) or message.get("model") == LOCAL_MODEL:
        return []
    requests = claude_code_message_requests(message, line.get("requestId") or row.get("uuid"))
    for request in requests:
        request.time = usage_seconds_in(row.get("timestamp"))
        request.conversation = usage_name_in(row.get("sessionId"))
        if request.requests:
            request.cost = usage_amount_in(row.get("costUSD"))
    return requests


def claude_code_message_requests(message: Row, other_id: Value) -> list[Request]:
    """The requests of a message, of which copies may follow; `other_id` is for one without an id.

    A call hidden in the message gets an id too, since each copy of the message repeats the call.
    """
    id = usage_name_in(message.get("id")) or usage_name_in(other_id)
    is_fast = message["usage"].get("speed") == FAST
    requests = anthropic_message_requests(message)
    for place, request in enumerate(requests):
        request.id = id if not place or not id else f"{id}/{place}"
        if is_fast:
            request.tier = FAST
    return requests


def open_claude_code_file() -> RowReader:
    """Lines are read one by one."""
    return claude_code_session_requests


FORMAT = UsageFormat(
    label="Claude Code sessions",
    order=10,
    recognizes=is_claude_code_line,
    marks=("sessionId", "leafUuid", "isSnapshotUpdate"),
    open_file=open_claude_code_file,
)
