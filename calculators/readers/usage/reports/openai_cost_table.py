"""The table of costs that OpenAI's dashboard offers for download.

Source: a header as quoted in a public document of 2025; OpenAI lists no columns. Each row is the cost of a line item.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.reports.buckets import UsageBucketIds, empty_usage_bucket
from calculators.readers.usage.reports.openai_report import openai_report_cost_request
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_openai_cost_table(row: Row) -> bool:
    """Whether the headings are those of the download."""
    return "amount_value" in row and "line_item" in row


def open_openai_cost_table_file() -> RowReader:
    """Equal rows of one file are different costs, equal rows of two files the same."""
    ids = UsageBucketIds("openai")

    def requests(row: Row) -> Iterator[Request]:
        if row["amount_value"]:
            yield openai_report_cost_request(row, row, row["amount_value"], row.get("amount_currency"), ids)
        else:
            yield empty_usage_bucket(row.get("start_time"), row.get("end_time"))

    return requests


FORMAT = UsageFormat(
    label="OpenAI costs, downloaded as CSV",
    recognizes=is_openai_cost_table,
    marks=("amount_value",),
    open_file=open_openai_cost_table_file,
    is_table=True,
)
