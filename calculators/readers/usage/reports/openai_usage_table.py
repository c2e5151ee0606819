"""The table of usage that OpenAI's dashboard offers for download.

Source: a header as quoted in a public document of 2025; OpenAI lists no columns. Numbers have a decimal point, and days
without use are rows that are empty but for their times.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.reports.buckets import UsageBucketIds, empty_usage_bucket
from calculators.readers.usage.reports.openai_report import openai_report_usage_request
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_openai_usage_table(row: Row) -> bool:
    """Whether the headings are those of the download."""
    return "num_model_requests" in row and "input_tokens" in row


def open_openai_usage_table_file() -> RowReader:
    """Equal rows of one file are different sums, equal rows of two files the same."""
    ids = UsageBucketIds("openai")

    def requests(row: Row) -> Iterator[Request]:
        if row["num_model_requests"] or row["input_tokens"] or row.get("output_tokens"):
            yield openai_report_usage_request(row, row, ids)
        else:
            yield empty_usage_bucket(row.get("start_time"), row.get("end_time"))

    return requests


FORMAT = UsageFormat(
    label="OpenAI usage, downloaded as CSV",
    recognizes=is_openai_usage_table,
    marks=("num_model_requests",),
    open_file=open_openai_usage_table_file,
    is_table=True,
)
