"""The payload that LiteLLM hands to what logs for it, a line for each request.

Source: LiteLLM's page on the standard logging payload. Unlike in the table of spend, the metadata is an object, times
may be seconds, and the cost is `response_cost`.
"""

from __future__ import annotations

from calculators.readers.usage.cells import usage_amount_in, usage_name_in, usage_object_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import NOTHING, RowColumns, first_usage_count
from calculators.readers.usage.gateways.litellm_rows import litellm_columns, litellm_request
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_litellm_payload(row: Row) -> bool:
    """Whether a row has the keys that only this payload has."""
    return "response_cost" in row and "trace_id" in row and "hidden_params" in row


def litellm_payload_requests(row: Row) -> list[Request]:
    """The request of a payload."""
    usage = usage_object_in(row.get("metadata")).get("usage_object")
    if not isinstance(usage, dict):
        usage = usage_object_in(row.get("response")).get("usage")
    request = litellm_request(row, usage if isinstance(usage, dict) else None, usage_amount_in(row["response_cost"]))
    request.id = usage_name_in(row.get("id"))
    if request.seconds is None:
        request.seconds = usage_amount_in(row.get("response_time"))
    return [request]


def litellm_payload_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many payloads.

    Raises:
        SkippedRow: some of them have to be read one by one, as those without counts in their metadata.
    """
    requests = litellm_columns(rows, rows.inner("metadata").inner("usage_object"), rows.amounts("response_cost"))
    requests.id = rows.names("id")
    if NOTHING in set(map(type, requests.seconds)):
        requests.seconds = list(map(first_usage_count, requests.seconds, rows.amounts("response_time")))
    return requests


def open_litellm_payload_file() -> RowReader:
    """Rows are read one by one."""
    return litellm_payload_requests


FORMAT = UsageFormat(
    label="LiteLLM logging payload",
    order=12,
    recognizes=is_litellm_payload,
    marks=("response_cost",),
    open_file=open_litellm_payload_file,
    read_columns=litellm_payload_columns,
    is_told_by_keys=True,
)
