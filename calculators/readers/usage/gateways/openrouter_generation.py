"""What OpenRouter's interface says of one generation.

Source: OpenRouter's reference of the generation endpoint. `native_tokens_…` are counted with the model's own tokenizer,
and are what is billed; `tokens_…` with one for all models. Reasoning and cached tokens are inside the native counts.
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
    OddRows,
    RowColumns,
    uncached_usage_columns,
    usage_seconds_of_millisecond_columns,
)
from calculators.readers.usage.request import STANDARD, TIERS, Request, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_openrouter_generation(row: Row) -> bool:
    """Whether a row has counts by the model's own tokenizer."""
    return "native_tokens_prompt" in row and "total_cost" in row


def openrouter_generation_requests(row: Row) -> list[Request]:
    """The request of a generation."""
    read = usage_count_in(row.get("native_tokens_cached"))
    cost = usage_amount_in(row.get("total_cost"))
    if cost is not None and row.get("is_byok") is True:
        cost += usage_amount_in(row.get("upstream_inference_cost")) or 0
    return [
        Request(
            time=usage_seconds_in(row.get("created_at")),
            id=usage_name_in(row.get("id")),
            conversation=usage_name_in(row.get("session_id")),
            model=usage_name_in(row.get("model")),
            provider="openrouter",
            tier=TIERS.get(usage_name_in(row.get("service_tier")), STANDARD),
            uncached=uncached_usage_of_prompt(usage_count_in(row.get("native_tokens_prompt")), read, None),
            read=read,
            output=usage_count_in(row.get("native_tokens_completion")),
            reasoning=usage_count_in(row.get("native_tokens_reasoning")),
            cost=cost,
            failed=usage_name_in(row.get("finish_reason")) == "error",
            seconds=usage_seconds_of_milliseconds(usage_amount_in(row.get("latency"))),
        )
    ]


def openrouter_generation_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many generations."""
    read, costs = rows.counts("native_tokens_cached"), rows.amounts("total_cost")
    if True in rows.values("is_byok"):
        raise OddRows
    return usage_request_columns(
        len(rows),
        time=rows.times("created_at"),
        id=rows.names("id"),
        conversation=rows.names("session_id"),
        model=rows.names("model"),
        provider=["openrouter"] * len(rows),
        tier=rows.tiers("service_tier"),
        uncached=uncached_usage_columns(rows.counts("native_tokens_prompt"), read),
        read=read,
        output=rows.counts("native_tokens_completion"),
        reasoning=rows.counts("native_tokens_reasoning"),
        cost=costs,
        failed=[reason == "error" for reason in rows.names("finish_reason")],
        seconds=usage_seconds_of_millisecond_columns(rows.amounts("latency")),
    )


def open_openrouter_generation_file() -> RowReader:
    """Rows are read one by one."""
    return openrouter_generation_requests


FORMAT = UsageFormat(
    label="OpenRouter generations",
    order=12,
    recognizes=is_openrouter_generation,
    marks=("native_tokens_prompt",),
    open_file=open_openrouter_generation_file,
    read_columns=openrouter_generation_columns,
    is_told_by_keys=True,
)
