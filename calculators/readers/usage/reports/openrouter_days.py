"""OpenRouter's activity by day, as its interface gives it.

Source: OpenRouter's reference of the activity endpoint. A row is a day, a model and a provider. Prompt tokens include
cached ones, which are not in it; completion tokens include reasoning. With a reader's own provider key, `usage` is
OpenRouter's fee and `byok_usage_inference` what the provider charges.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.reports.buckets import UsageBucketIds
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

PROVIDER_CHARGE = "byok_usage_inference"


def is_openrouter_days(row: Row) -> bool:
    """Whether a row is a page of days, or a day."""
    if "data" in row:
        data = row["data"]
        return isinstance(data, list) and bool(data) and isinstance(data[0], dict) and _is_openrouter_day(data[0])
    return _is_openrouter_day(row)


def _is_openrouter_day(row: Row) -> bool:
    return PROVIDER_CHARGE in row and "requests" in row and "date" in row


def openrouter_days_page_requests(row: Row) -> Iterator[Request | SkippedRow]:
    """The sums of a page, or of one day."""
    ids = UsageBucketIds("openrouter")
    return nested_usage_requests(lambda day: [_openrouter_days_request(day, ids)], row.get("data", [row]))


def _openrouter_days_request(day: Row, ids: UsageBucketIds) -> Request:
    fee, charge = usage_amount_in(day.get("usage")), usage_amount_in(day.get(PROVIDER_CHARGE))
    model = usage_name_in(day.get("model_permaslug")) or usage_name_in(day.get("model"))
    return Request(
        time=usage_seconds_in(day.get("date")),
        has_hour=False,
        requests=usage_count_in(day.get("requests")),
        id=ids.id(day.get("date"), model, day.get("model"), day.get("endpoint_id"), day.get("provider_name")),
        model=model,
        provider=usage_name_in(day.get("provider_name")),
        uncached=usage_count_in(day.get("prompt_tokens")),
        output=usage_count_in(day.get("completion_tokens")),
        reasoning=usage_count_in(day.get("reasoning_tokens")),
        cost=None if fee is None and charge is None else (fee or 0) + (charge or 0),
    )


def open_openrouter_days_file() -> RowReader:
    """Pages are read one by one."""
    return openrouter_days_page_requests


FORMAT = UsageFormat(
    label="OpenRouter activity by day",
    recognizes=is_openrouter_days,
    marks=("data", "byok_usage_inference"),
    open_file=open_openrouter_days_file,
)
