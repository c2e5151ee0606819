"""Anthropic's usage and cost reports, as pages of its administration interface.

Source: Anthropic's reference of the usage report and the cost report. The four kinds of input never overlap. The usage
report counts no requests, so how many there were is unknown; an amount of the cost report is in cents, as text.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import (
    Value,
    usage_amount_in,
    usage_count_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.reports.buckets import DOLLARS, UsageBucketIds, empty_usage_bucket, has_usage_bucket_hour
from calculators.readers.usage.request import FAST, STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

KEYS = ("workspace_id", "api_key_id", "account_id", "model", "service_tier", "context_window", "inference_geo", "speed")
"""What a report can be grouped by."""

COST_KEYS = ("cost_type", "token_type", "description")
CENTS = 100


def is_anthropic_report(row: Row) -> bool:
    """Whether a row is a page of buckets, or a bucket."""
    if "starting_at" in row:
        return "results" in row
    data = row.get("data")
    return isinstance(data, list) and bool(data) and isinstance(data[0], dict) and "starting_at" in data[0]


def anthropic_report_page_requests(row: Row) -> Iterator[Request | SkippedRow]:
    """The sums of a page, or of one bucket."""
    ids = UsageBucketIds("anthropic")
    buckets = [row] if "starting_at" in row else row["data"]
    return nested_usage_requests(lambda bucket: _anthropic_report_bucket_requests(bucket, ids), buckets)


def _anthropic_report_bucket_requests(bucket: Row, ids: UsageBucketIds) -> Iterator[Request | SkippedRow]:
    results = usage_list_in(bucket.get("results"))
    if not results:
        yield empty_usage_bucket(bucket.get("starting_at"), bucket.get("ending_at"))
    yield from nested_usage_requests(lambda result: [_anthropic_report_result_request(bucket, result, ids)], results)


def _anthropic_report_result_request(bucket: Row, result: Row, ids: UsageBucketIds) -> Request:
    start, end = bucket.get("starting_at"), bucket.get("ending_at")
    keys = [result.get(key) for key in KEYS]
    request = Request(
        time=usage_seconds_in(start),
        has_hour=has_usage_bucket_hour(start, end),
        model=usage_name_in(result.get("model")),
        provider="anthropic",
        tier=anthropic_report_tier_of(result.get("service_tier"), result.get("speed")),
    )
    if "amount" in result:
        if usage_name_in(result.get("currency")).lower() not in DOLLARS:
            raise SkippedRow("its cost is not in US dollars")
        cents = usage_amount_in(result["amount"])
        request.requests = 0
        request.id = ids.id("cost", start, end, *keys, *(result.get(key) for key in COST_KEYS))
        request.cost = None if cents is None else cents / CENTS
        return request
    by_lifetime = usage_object_in(result.get("cache_creation"))
    request.requests = None
    request.id = ids.id(start, end, *keys)
    request.uncached = usage_count_in(result.get("uncached_input_tokens"))
    request.read = usage_count_in(result.get("cache_read_input_tokens"))
    request.write_long = usage_count_in(by_lifetime.get("ephemeral_1h_input_tokens"))
    request.write = anthropic_report_sum_of_writes(
        usage_count_in(by_lifetime.get("ephemeral_5m_input_tokens")), request.write_long
    )
    request.output = usage_count_in(result.get("output_tokens"))
    return request


def anthropic_report_tier_of(tier: Value, speed: Value = None) -> str:
    """The tier that a report's words for tier and speed are billed at."""
    if usage_name_in(speed).lower() == FAST:
        return FAST
    return TIERS.get(usage_name_in(tier).lower(), STANDARD)


def anthropic_report_sum_of_writes(short: int | None, long: int | None) -> int | None:
    """What was written to the cache for five minutes and for an hour; unknown where both are."""
    return None if short is None and long is None else (short or 0) + (long or 0)


def open_anthropic_report_file() -> RowReader:
    """Pages are read one by one."""
    return anthropic_report_page_requests


FORMAT = UsageFormat(
    label="Anthropic usage and cost reports",
    recognizes=is_anthropic_report,
    marks=("starting_at", "data"),
    open_file=open_anthropic_report_file,
)
