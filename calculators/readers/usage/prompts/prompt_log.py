"""Logs of prompts without counts, as programs write them: messages, contents, or one text."""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_list_in, usage_object_in
from calculators.readers.usage.prompts.unanswered import unanswered_usage_request
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, UsageFormat

ANSWERS = ("completion", "chosen", "preferred_output", "output", "response", "choices", "error", "usage")
"""Keys of rows that hold an answer, a pair of answers or counts: those are no prompts alone."""


def recognizes_prompt_log(row: Row) -> bool:
    """Messages or contents of any kind; a text only where it is called a prompt."""
    if any(key in row for key in ANSWERS):
        return False
    has_messages = isinstance(row.get("messages"), list) or isinstance(row.get("contents"), list)
    return has_messages or isinstance(row.get("prompt"), str | list)


def read_prompt_log(row: Row) -> Iterator[Request]:
    """The one request of a row, as far as its last question: an answer at its end was not sent."""
    body = dict(row)
    for key in ("messages", "contents"):
        messages = usage_list_in(body.get(key))
        if messages and usage_object_in(messages[-1]).get("role") in ("assistant", "model"):
            body[key] = messages[:-1]
    yield unanswered_usage_request(body)


FORMAT = UsageFormat(
    label="Prompts without counts",
    recognizes=recognizes_prompt_log,
    marks=("messages", "contents", "prompt"),
    open_file=lambda: read_prompt_log,
    has_use=False,
    order=200,
)
