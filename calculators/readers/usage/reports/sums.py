"""A small table of sums that a query writes where the logs are: one row for each day, model and tier.

Headings: day, model, provider, tier, requests, failed, uncached_tokens, cache_read_tokens, cache_write_tokens,
cache_write_1h_tokens, output_tokens, reasoning_tokens, cost_usd. Any of them but day may be missing, and an empty
cell is unknown. `requests` includes the failed ones; the tokens that are kept for an hour are a part of those
written, and reasoning is a part of the output. Requests and costs of the same day, model, provider and tier in two
files are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.reports.buckets import UsageBucketIds
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

COUNTS = ("requests", "uncached_tokens", "output_tokens", "cost_usd")
"""Headings of which a table has at least one."""


def is_usage_table_of_sums(row: Row) -> bool:
    """Whether the headings are those above."""
    return "day" in row and any(heading in row for heading in COUNTS)


def open_sums_file() -> RowReader:
    """Equal rows of one file are different sums, equal rows of two files the same."""
    ids = UsageBucketIds("sums")

    def requests(row: Row) -> Iterator[Request]:
        count, failed = usage_count_in(row.get("requests")), usage_count_in(row.get("failed")) or 0
        if count is not None and failed > count:
            raise SkippedRow("its failed requests are more than its requests")
        sums = _usage_sums_request(row, ids, requests=None if count is None else count - failed)
        sums.uncached = usage_count_in(row.get("uncached_tokens"))
        sums.read = usage_count_in(row.get("cache_read_tokens"))
        sums.write = usage_count_in(row.get("cache_write_tokens"))
        sums.write_long = usage_count_in(row.get("cache_write_1h_tokens"))
        sums.output = usage_count_in(row.get("output_tokens"))
        sums.reasoning = usage_count_in(row.get("reasoning_tokens"))
        sums.cost = usage_amount_in(row.get("cost_usd"))
        if sums.write is not None and (sums.write_long or 0) > sums.write:
            raise SkippedRow("its tokens kept for an hour are more than those written")
        if sums.output is not None and (sums.reasoning or 0) > sums.output:
            raise SkippedRow("its reasoning tokens are more than its output")
        yield sums
        if failed:
            yield _usage_sums_request(row, ids, requests=failed, failed=True)

    return requests


def _usage_sums_request(row: Row, ids: UsageBucketIds, requests: int | None, failed: bool = False) -> Request:
    day, model, provider, tier = (usage_name_in(row.get(heading)) for heading in ("day", "model", "provider", "tier"))
    return Request(
        time=usage_seconds_in(day),
        has_hour=False,
        requests=requests,
        failed=failed,
        id=ids.id(day, model, provider, tier, failed),
        model=model,
        provider=provider.lower(),
        tier=TIERS.get(tier.lower(), STANDARD),
    )


FORMAT = UsageFormat(
    label="Sums by day, as CSV",
    recognizes=is_usage_table_of_sums,
    marks=("day",),
    open_file=open_sums_file,
    is_table=True,
)
