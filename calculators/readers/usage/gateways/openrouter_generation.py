"""What OpenRouter's interface says of one generation.

Source: OpenRouter's reference of the generation endpoint. `native_tokens_…` are counted with the model's own tokenizer,
and are what is billed; `tokens_…` with one for all models. Reasoning and cached tokens are inside the native counts.
"""

from __future__ import annotations

from calculators.readers.usage.cells import amount_in, count_in, name_in, seconds_in
from calculators.readers.usage.gateways.openrouter_activity import seconds_of_milliseconds
from calculators.readers.usage.request import STANDARD, TIERS, Request, uncached_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat


def is_openrouter_generation(row: Row) -> bool:
    """Whether a row has counts by the model's own tokenizer."""
    return "native_tokens_prompt" in row and "total_cost" in row


def openrouter_generation_requests(row: Row) -> list[Request]:
    """The request of a generation."""
    read = count_in(row.get("native_tokens_cached"))
    cost = amount_in(row.get("total_cost"))
    if cost is not None and row.get("is_byok") is True:
        cost += amount_in(row.get("upstream_inference_cost")) or 0
    return [
        Request(
            time=seconds_in(row.get("created_at")),
            id=name_in(row.get("id")),
            conversation=name_in(row.get("session_id")),
            model=name_in(row.get("model")),
            provider="openrouter",
            tier=TIERS.get(name_in(row.get("service_tier")), STANDARD),
            uncached=uncached_of_prompt(count_in(row.get("native_tokens_prompt")), read, None),
            read=read,
            output=count_in(row.get("native_tokens_completion")),
            reasoning=count_in(row.get("native_tokens_reasoning")),
            cost=cost,
            failed=name_in(row.get("finish_reason")) == "error",
            seconds=seconds_of_milliseconds(amount_in(row.get("latency"))),
        )
    ]


def open_file() -> RowReader:
    """Rows are read one by one."""
    return openrouter_generation_requests


FORMAT = UsageFormat(
    label="OpenRouter generations",
    order=12,
    recognizes=is_openrouter_generation,
    marks=("native_tokens_prompt",),
    open_file=open_file,
)
