"""The lines that a batch of OpenAI, or of a provider with its shape, gives back: answers and errors.

Source: OpenAI's guide to batches. The order is free. A line whose answer is missing, or has another status than 200,
is a request that failed. All are billed at the batch price.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.openai_chat import is_openai_chat, openai_chat_request
from calculators.readers.usage.bodies.openai_responses import is_openai_response, openai_response_request
from calculators.readers.usage.cells import usage_name_in
from calculators.readers.usage.request import BATCH, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

ANSWERED = 200
"""The status of an answer."""


def is_openai_batch(row: Row) -> bool:
    """Whether a row has the caller's own id and an answer, be it none."""
    return "custom_id" in row and "response" in row


def openai_batch_requests(row: Row) -> list[Request]:
    """The request of a line."""
    response = row["response"]
    body = response.get("body") if isinstance(response, dict) else None
    answered = isinstance(response, dict) and response.get("status_code", ANSWERED) == ANSWERED and not row.get("error")
    if not answered:
        request = Request(failed=True)
    elif not isinstance(body, dict):
        raise SkippedRow("its answer has no token counts")
    elif is_openai_chat(body):
        request = openai_chat_request(body)
    elif is_openai_response(body):
        request = openai_response_request(body)
    else:
        raise SkippedRow("its answer has no token counts")
    request.id = usage_name_in(row.get("id")) or request.id
    request.tier = BATCH
    return [request]


def open_openai_batch_file() -> RowReader:
    """Rows are read one by one."""
    return openai_batch_requests


FORMAT = UsageFormat(
    label="OpenAI batch output",
    order=10,
    recognizes=is_openai_batch,
    marks=("custom_id",),
    open_file=open_openai_batch_file,
)
