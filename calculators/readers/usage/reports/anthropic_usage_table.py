"""The table of usage that Anthropic's Console offers for download.

Source: the headings as several public programs read them; Anthropic lists no columns. A row is a day, a key, a model, a
tier and a context window. Requests are not counted. Older tables have one column of cache writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import count_in, name_in, seconds_in
from calculators.readers.usage.reports.anthropic_report import sum_of_writes, tier_of
from calculators.readers.usage.reports.buckets import BucketIds, empty_bucket
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


def open_file() -> RowReader:
    """Equal rows of one file are different sums, equal rows of two files the same."""
    ids = BucketIds("anthropic console")

    def requests(row: Row) -> Iterator[Request]:
        yield _request(row, ids) if row.get("model_version") else empty_bucket(row["usage_date_utc"])

    return requests


def _request(row: Row, ids: BucketIds) -> Request:
    long = count_in(row.get("usage_input_tokens_cache_write_1h"))
    write = count_in(row.get("usage_input_tokens_cache_write"))
    if write is None:
        write = sum_of_writes(count_in(row.get("usage_input_tokens_cache_write_5m")), long)
    return Request(
        time=seconds_in(row["usage_date_utc"]),
        has_hour=False,
        requests=None,
        id=ids.id(*(row.get(key) for key in KEYS)),
        model=name_in(row["model_version"]),
        provider="anthropic",
        tier=tier_of(row.get("usage_type"), row.get("speed")),
        uncached=count_in(row.get("usage_input_tokens_no_cache")),
        read=count_in(row.get("usage_input_tokens_cache_read")),
        write=write,
        write_long=long,
        output=count_in(row["usage_output_tokens"]),
    )


FORMAT = UsageFormat(
    label="Anthropic usage, downloaded as CSV",
    recognizes=is_anthropic_usage_table,
    marks=("usage_date_utc",),
    open_file=open_file,
    is_table=True,
)
