"""Requests for a batch at Gemini or Vertex: a request with contents on each line. They do not name their model.

Source: Google's guides to batch requests of the Gemini API and of Vertex AI.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import name_in, object_in
from calculators.readers.usage.prompts.unanswered import unanswered_request
from calculators.readers.usage.request import BATCH, Request
from calculators.readers.usage.usage_format import Row, UsageFormat


def recognizes(row: Row) -> bool:
    """A request with contents, not answered yet."""
    request = row.get("request")
    return isinstance(request, dict) and "contents" in request and "response" not in row


def read(row: Row) -> Iterator[Request]:
    """The one request of a line."""
    body = object_in(row["request"])
    yield unanswered_request(body, model=name_in(row.get("model")) or name_in(body.get("model")), tier=BATCH)


FORMAT = UsageFormat(
    label="Gemini batch input", recognizes=recognizes, marks=("request",), open_file=lambda: read, has_use=False
)
