"""OpenAI's usage and costs of an organization, as pages of its administration interface.

Source: OpenAI's reference of organization usage and costs. Input tokens include cached ones. Model, tier and the other
keys are null unless the report is grouped by them. Reasoning and failures are not in it.
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
from calculators.readers.usage.request import BATCH, STANDARD, TIERS, Request, SkippedRow, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

COSTS = "organization.costs.result"
KEYS = ("project_id", "user_id", "api_key_id", "model", "batch", "service_tier")
"""What usage can be grouped by."""

COST_KEYS = ("project_id", "line_item", "organization_id", "api_key_id")


def is_openai_report(row: Row) -> bool:
    """Whether a row is a page of buckets, or a bucket."""
    kind = row.get("object")
    return (kind == "page" and "data" in row) or (kind == "bucket" and "results" in row)


def openai_report_page_requests(row: Row) -> Iterator[Request | SkippedRow]:
    """The sums of a page, or of one bucket."""
    ids = UsageBucketIds("openai")
    buckets = usage_list_in(row["data"]) if "data" in row else [row]
    return nested_usage_requests(lambda bucket: _openai_report_bucket_requests(bucket, ids), buckets)


def _openai_report_bucket_requests(bucket: Row, ids: UsageBucketIds) -> Iterator[Request | SkippedRow]:
    results = usage_list_in(bucket.get("results"))
    if not results:
        yield empty_usage_bucket(bucket.get("start_time"), bucket.get("end_time"))
    yield from nested_usage_requests(lambda result: openai_report_result_requests(bucket, result, ids), results)


def openai_report_result_requests(bucket: Row, result: Row, ids: UsageBucketIds) -> Iterator[Request]:
    """The sum that a result is; nothing for one that counts no requests, such as stored bytes."""
    if result.get("object") == COSTS or "amount" in result:
        amount = usage_object_in(result.get("amount"))
        yield openai_report_cost_request(bucket, result, amount.get("value"), amount.get("currency"), ids)
    elif "num_model_requests" in result:
        yield openai_report_usage_request(bucket, result, ids)


def openai_report_usage_request(bucket: Row, result: Row, ids: UsageBucketIds) -> Request:
    """The requests that a bucket and a result of it sum up."""
    read = usage_count_in(result.get("input_cached_tokens"))
    write = usage_count_in(result.get("input_cache_write_tokens"))
    is_batch = result.get("batch") is True or usage_name_in(result.get("batch")).lower() == "true"
    start, end = bucket.get("start_time"), bucket.get("end_time")
    return Request(
        time=usage_seconds_in(start),
        has_hour=has_usage_bucket_hour(start, end),
        requests=usage_count_in(result.get("num_model_requests")),
        id=ids.id(start, end, *(result.get(key) for key in KEYS)),
        model=usage_name_in(result.get("model")),
        provider="openai",
        tier=BATCH if is_batch else TIERS.get(usage_name_in(result.get("service_tier")).lower(), STANDARD),
        uncached=uncached_usage_of_prompt(usage_count_in(result.get("input_tokens")), read, write),
        read=read,
        write=write,
        output=usage_count_in(result.get("output_tokens")),
    )


def openai_report_cost_request(bucket: Row, result: Row, value: Value, currency: Value, ids: UsageBucketIds) -> Request:
    """The cost of a bucket and a result of it.

    Raises:
        SkippedRow: the cost is in another currency.
    """
    if usage_name_in(currency).lower() not in DOLLARS:
        raise SkippedRow("its cost is not in US dollars")
    start, end = bucket.get("start_time"), bucket.get("end_time")
    return Request(
        time=usage_seconds_in(start),
        has_hour=has_usage_bucket_hour(start, end),
        requests=0,
        id=ids.id("cost", start, end, *(result.get(key) for key in COST_KEYS)),
        model=usage_name_in(usage_name_in(result.get("line_item")).partition(",")[0]),
        provider="openai",
        cost=usage_amount_in(value),
    )


def open_openai_report_file() -> RowReader:
    """Pages are read one by one."""
    return openai_report_page_requests


FORMAT = UsageFormat(
    label="OpenAI organization usage and costs",
    recognizes=is_openai_report,
    marks=("object",),
    open_file=open_openai_report_file,
)
