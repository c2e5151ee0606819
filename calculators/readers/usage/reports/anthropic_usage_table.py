"""The table of usage that Anthropic's Console offers for download.

Source: the headings as several public programs read them; Anthropic lists no columns. A row is a day, a key, a model, a
tier and a context window. Requests are not counted. Older tables have one column of cache writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.reports.anthropic_report import anthropic_report_sum_of_writes, anthropic_report_tier_of
from calculators.readers.usage.reports.buckets import UsageBucketIds, empty_usage_bucket
from calculators.readers.usage.request import Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

KEYS = (
    "usage_date_utc",
    "model_version",
    "api_key",
    "workspace",
    "usage_type",
    "context_window",
    "inference_geo",
    "speed",
)


def is_anthropic_usage_table(row: Row) -> bool:
    """Whether the headings are those of the download."""
    return "usage_date_utc" in row and "usage_output_tokens" in row


def open_anthropic_usage_table_file() -> RowReader:
    """Equal rows of one file are different sums, equal rows of two files the same."""
    ids = UsageBucketIds("anthropic console")

    def requests(row: Row) -> Iterator[Request]:
        yield (
            _anthropic_usage_table_request(row, ids)
            if row.get("model_version")
            else empty_usage_bucket(row["usage_date_utc"])
        )

    return requests


def _anthropic_usage_table_request(row: Row, ids: UsageBucketIds) -> Request:
    long = usage_count_in(row.get("usage_input_tokens_cache_write_1h"))
    write = usage_count_in(row.get("usage_input_tokens_cache_write"))
    if write is None:
        write = anthropic_report_sum_of_writes(usage_count_in(row.get("usage_input_tokens_cache_write_5m")), long)
    return Request(
        time=usage_seconds_in(row["usage_date_utc"]),
        has_hour=False,
        requests=None,
        id=ids.id(*(row.get(key) for key in KEYS)),
        model=usage_name_in(row["model_version"]),
        provider="anthropic",
        tier=anthropic_report_tier_of(row.get("usage_type"), row.get("speed")),
        uncached=usage_count_in(row.get("usage_input_tokens_no_cache")),
        read=usage_count_in(row.get("usage_input_tokens_cache_read")),
        write=write,
        write_long=long,
        output=usage_count_in(row["usage_output_tokens"]),
    )


FORMAT = UsageFormat(
    label="Anthropic usage, downloaded as CSV",
    recognizes=is_anthropic_usage_table,
    marks=("usage_date_utc",),
    open_file=open_anthropic_usage_table_file,
    is_table=True,
)
