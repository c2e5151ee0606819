"""The lines that a batch of the Gemini interface or of Vertex AI gives back.

Sources: Google's pages on the batch interface, where a line has a key and an answer or an error, and on Vertex AI's
batch predictions, where the answer is beside its request, a status and the time. Batches are billed at their own price.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.gemini import gemini_answer_request, gemini_columns, is_gemini_usage
from calculators.readers.usage.cells import usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns
from calculators.readers.usage.request import BATCH, Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_gemini_batch(row: Row) -> bool:
    """Whether a row has a key and an answer or an error alone, or a request with the time of its answer."""
    if "processed_time" in row:
        return "request" in row
    if "key" not in row or len(row) > 2:
        return False
    response = row.get("response")
    return isinstance(row.get("error"), dict) or (isinstance(response, dict) and is_gemini_usage(response))


def gemini_batch_requests(row: Row) -> list[Request]:
    """The request of a line; one without an answer failed."""
    response = row.get("response")
    if isinstance(response, dict) and response and not row.get("error"):
        request = gemini_answer_request(response)
    else:
        request = Request(provider="google", failed=True)
    request.tier = BATCH
    if request.time is None:
        request.time = usage_seconds_in(row.get("processed_time"))
    return [request]


def gemini_batch_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many lines.

    Raises:
        SkippedRow: some of them have to be read one by one, as those without an answer.
    """
    if "processed_time" in rows or any(rows.values("error")):
        raise OddRows
    requests = gemini_columns(reader, rows.inner("response"))
    requests.tier = [BATCH] * len(rows)
    return requests


def open_gemini_batch_file() -> RowReader:
    """Rows are read one by one."""
    return gemini_batch_requests


FORMAT = UsageFormat(
    label="Gemini batch results",
    order=10,
    recognizes=is_gemini_batch,
    marks=("processed_time", "key"),
    open_file=open_gemini_batch_file,
    read_columns=gemini_batch_columns,
)
