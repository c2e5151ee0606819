"""The rows of LiteLLM's table of spend logs, exported from its database or pushed to a bucket.

Source: LiteLLM's schema. The columns hold no cached tokens; they are in the metadata, an object or JSON in a text. Each
attempt of the router is a row of its own. No cost beside tokens means that the proxy has no price for the model.
"""

from __future__ import annotations

from calculators.readers.usage.cells import usage_amount_in, usage_name_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import RowColumns
from calculators.readers.usage.gateways.litellm_rows import litellm_columns, litellm_request
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_litellm_spend(row: Row) -> bool:
    """Whether a row has the columns that only this table has."""
    return "spend" in row and "request_id" in row and "call_type" in row


def litellm_spend_requests(row: Row) -> list[Request]:
    """The request of a row."""
    metadata = usage_object_of_text(row.get("metadata"))
    usage = metadata.get("usage_object")
    if not isinstance(usage, dict):
        usage = metadata.get("additional_usage_values")
    request = litellm_request(row, usage if isinstance(usage, dict) else None, usage_amount_in(row.get("spend")))
    request.id = usage_name_in(row.get("request_id"))
    return [request]


def litellm_spend_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many rows.

    Raises:
        SkippedRow: some of them have to be read one by one, as those without counts in their metadata.
    """
    usage = rows.objects_of("metadata").inner("usage_object")
    requests = litellm_columns(rows, usage, rows.amounts("spend"))
    requests.id = rows.names("request_id")
    return requests


def open_litellm_spend_file() -> RowReader:
    """Rows are read one by one."""
    return litellm_spend_requests


FORMAT = UsageFormat(
    label="LiteLLM spend logs",
    order=12,
    recognizes=is_litellm_spend,
    marks=("spend",),
    open_file=open_litellm_spend_file,
    read_columns=litellm_spend_columns,
    is_told_by_keys=True,
)
