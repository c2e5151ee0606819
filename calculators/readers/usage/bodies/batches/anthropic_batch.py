"""The results that a message batch of Anthropic gives back.

Source: Anthropic's reference of message batches. The order is free. Only what succeeded is billed, at the batch price;
what erred, was canceled or expired is a request that failed.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.anthropic_messages import anthropic_message_columns, anthropic_message_requests
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns
from calculators.readers.usage.request import BATCH, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

SUCCEEDED = "succeeded"


def is_anthropic_batch(row: Row) -> bool:
    """Whether a row has the caller's own id and a result that says how it ended."""
    result = row.get("result")
    return "custom_id" in row and isinstance(result, dict) and "type" in result


def anthropic_batch_requests(row: Row) -> list[Request]:
    """The request of a result, and the calls hidden in it."""
    result = row["result"]
    if result["type"] != SUCCEEDED:
        return [Request(provider="anthropic", tier=BATCH, failed=True)]
    message = result.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("usage"), dict):
        raise SkippedRow("its answer has no token counts")
    requests = anthropic_message_requests(message)
    for request in requests:
        request.tier = BATCH
    return requests


def anthropic_batch_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many results.

    Raises:
        SkippedRow: some of them have to be read one by one, as those that did not succeed.
    """
    results = rows.inner("result")
    if set(results.texts("type")) != {SUCCEEDED}:
        raise OddRows
    requests = anthropic_message_columns(reader, results.inner("message"))
    requests.tier = [BATCH] * len(rows)
    return requests


def open_anthropic_batch_file() -> RowReader:
    """Rows are read one by one."""
    return anthropic_batch_requests


FORMAT = UsageFormat(
    label="Anthropic batch results",
    order=10,
    recognizes=is_anthropic_batch,
    marks=("custom_id",),
    open_file=open_anthropic_batch_file,
    read_columns=anthropic_batch_columns,
)
