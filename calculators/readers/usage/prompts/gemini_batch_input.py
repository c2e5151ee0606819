"""Requests for a batch at Gemini or Vertex: a request with contents on each line. They do not name their model.

Source: Google's guides to batch requests of the Gemini API and of Vertex AI.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_name_in, usage_object_in
from calculators.readers.usage.prompts.unanswered import unanswered_usage_request
from calculators.readers.usage.request import BATCH, Request
from calculators.readers.usage.usage_format import Row, UsageFormat


def recognizes_gemini_batch_input(row: Row) -> bool:
    """A request with contents, not answered yet."""
    request = row.get("request")
    return isinstance(request, dict) and "contents" in request and "response" not in row


def read_gemini_batch_input(row: Row) -> Iterator[Request]:
    """The one request of a line."""
    body = usage_object_in(row["request"])
    yield unanswered_usage_request(
        body, model=usage_name_in(row.get("model")) or usage_name_in(body.get("model")), tier=BATCH
    )


FORMAT = UsageFormat(
    label="Gemini batch input",
    recognizes=recognizes_gemini_batch_input,
    marks=("request",),
    open_file=lambda: read_gemini_batch_input,
    has_use=False,
)
