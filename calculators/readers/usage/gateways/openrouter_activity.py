"""The table of generations that OpenRouter's page of activity exports.

Sources: OpenRouter's page on usage accounting; the columns as several public readers of the file have them, as
OpenRouter publishes no list. Cached tokens are inside the prompt, reasoning inside the completion. Tokens written to a
cache have no column, so they count as uncached. With the reader's key at a provider, the total is only OpenRouter's
fee. A canceled generation is billed for what was written. Times are UTC.
"""

from __future__ import annotations

from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_seconds_in,
    usage_seconds_of_milliseconds,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    RowColumns,
    added_usage_costs,
    uncached_usage_columns,
    usage_column_of,
    usage_seconds_of_millisecond_columns,
)
from calculators.readers.usage.request import Request, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_openrouter_activity(row: Row) -> bool:
    """Whether a table has the columns that only this one has."""
    return "generation_id" in row and "tokens_prompt" in row and "model_permaslug" in row


def openrouter_activity_requests(row: Row) -> list[Request]:
    """The request of a line."""
    read = usage_count_in(row.get("tokens_cached"))
    cost, at_provider = usage_amount_in(row.get("cost_total")), usage_amount_in(row.get("byok_usage_inference"))
    return [
        Request(
            time=usage_seconds_in(row.get("created_at")),
            id=usage_name_in(row.get("generation_id")),
            model=openrouter_usage_model(usage_name_in(row.get("model_permaslug")), usage_name_in(row.get("variant"))),
            provider="openrouter",
            uncached=uncached_usage_of_prompt(usage_count_in(row.get("tokens_prompt")), read, None),
            read=read,
            output=usage_count_in(row.get("tokens_completion")),
            reasoning=usage_count_in(row.get("tokens_reasoning")),
            cost=None if cost is None else cost + (at_provider or 0),
            failed=usage_name_in(row.get("finish_reason_normalized")) == "error",
            seconds=usage_seconds_of_milliseconds(usage_amount_in(row.get("generation_time_ms"))),
            first_token_seconds=usage_seconds_of_milliseconds(usage_amount_in(row.get("time_to_first_token_ms"))),
        )
    ]


def openrouter_usage_model(name: str, variant: str) -> str:
    """The name of a model with its variant, which may change its price, as requests write it.

    >>> openrouter_usage_model("openai/gpt-5-mini", "free"), openrouter_usage_model("openai/gpt-5-mini", "standard")
    ('openai/gpt-5-mini:free', 'openai/gpt-5-mini')
    """
    return name if variant in ("", "standard") or ":" in name else f"{name}:{variant}"


def openrouter_activity_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many lines."""
    read, costs = rows.counts("tokens_cached"), rows.amounts("cost_total")
    return usage_request_columns(
        len(rows),
        time=rows.times("created_at"),
        id=rows.names("generation_id"),
        model=usage_column_of(openrouter_usage_model, rows.names("model_permaslug"), rows.names("variant")),
        provider=["openrouter"] * len(rows),
        uncached=uncached_usage_columns(rows.counts("tokens_prompt"), read),
        read=read,
        output=rows.counts("tokens_completion"),
        reasoning=rows.counts("tokens_reasoning"),
        cost=added_usage_costs(costs, rows.amounts("byok_usage_inference")),
        failed=[reason == "error" for reason in rows.names("finish_reason_normalized")],
        seconds=usage_seconds_of_millisecond_columns(rows.amounts("generation_time_ms")),
        first_token_seconds=usage_seconds_of_millisecond_columns(rows.amounts("time_to_first_token_ms")),
    )


def open_openrouter_activity_file() -> RowReader:
    """Rows are read one by one."""
    return openrouter_activity_requests


FORMAT = UsageFormat(
    label="OpenRouter activity",
    order=10,
    recognizes=is_openrouter_activity,
    marks=("generation_id",),
    open_file=open_openrouter_activity_file,
    is_table=True,
    read_columns=openrouter_activity_columns,
)
