"""Reads counts of tokens whose prompt includes what came from the cache, as OpenAI and all who follow it write them."""

from __future__ import annotations

from calculators.readers.usage.cells import Value, usage_amount_in, usage_count_in, usage_object_in
from calculators.readers.usage.request import Request, uncached_usage_of_prompt, usage_token_total_remark
from calculators.readers.usage.usage_format import Row

AUDIO_REMARK = "some of its tokens are audio, which has a price of its own"


FLAT_READ = frozenset(
    ("cache_read_input_tokens", "num_cached_tokens", "prompt_cache_hit_tokens", "cached_tokens"),
)
"""What Anthropic through a gateway, Mistral and DeepSeek call what was read from the cache."""


def put_usage_prompt_counts(request: Request, usage: Row) -> None:
    """Put the counts of a chat answer into a request: prompt, completion, and their parts under every vendor's name.

    What was read from the cache is in the details, or flat under the name that Mistral, DeepSeek or Anthropic through a
    gateway give it; where several say it, the largest counts, as one of them may be an unused zero.

    Raises:
        SkippedRow: a count is none, or the cached tokens are more than the prompt.
    """
    prompt, completion = usage_count_in(usage.get("prompt_tokens")), usage_count_in(usage.get("completion_tokens"))
    total = usage_count_in(usage.get("total_tokens"))
    details = usage_object_in(usage.get("prompt_tokens_details"))
    read = usage_count_in(details.get("cached_tokens") or 0) or 0
    write = usage_count_in(details.get("cache_write_tokens") or 0) or 0
    if not FLAT_READ.isdisjoint(usage):
        read = _usage_largest(read, *(usage.get(name) for name in FLAT_READ))
    if "cache_creation_tokens" in details or "cache_creation_input_tokens" in usage:
        write = _usage_largest(write, details.get("cache_creation_tokens"), usage.get("cache_creation_input_tokens"))
    if completion is None and prompt is not None and total == prompt:
        completion = 0  # an embedding writes nothing
    request.uncached = uncached_usage_of_prompt(prompt, read, write)
    request.read, request.write = read, write
    _put_usage_output(request, usage.get("completion_tokens_details"), prompt, completion, total)
    if not request.remark and details.get("audio_tokens"):
        request.remark = AUDIO_REMARK


def put_usage_input_counts(request: Request, usage: Row) -> None:
    """Put the counts of an answer of the Responses interface into a request; without details the cache is unknown.

    Raises:
        SkippedRow: a count is none, or the cached tokens are more than the prompt.
    """
    prompt, output = usage_count_in(usage.get("input_tokens")), usage_count_in(usage.get("output_tokens"))
    details = usage.get("input_tokens_details")
    if isinstance(details, dict):
        request.read = usage_count_in(details.get("cached_tokens") or 0) or 0
        request.write = usage_count_in(details.get("cache_write_tokens") or 0) or 0
    request.uncached = uncached_usage_of_prompt(prompt, request.read, request.write)
    _put_usage_output(
        request, usage.get("output_tokens_details"), prompt, output, usage_count_in(usage.get("total_tokens"))
    )


def put_usage_cost(request: Request, usage: Row) -> None:
    """Put the cost that OpenRouter and some providers write beside the tokens into a request.

    Where a request was made with the reader's key at the provider, OpenRouter's `cost` is its fee alone, and what the
    provider charges stands beside it. Source: OpenRouter's page on usage accounting.

    Raises:
        SkippedRow: a cost is no number.
    """
    if "cost" not in usage:
        return
    cost = usage["cost"]
    request.cost = usage_amount_in(cost.get("total_cost") if isinstance(cost, dict) else cost)
    if request.cost is not None and usage.get("is_byok") is True:
        request.cost += usage_amount_in(usage_object_in(usage.get("cost_details")).get("upstream_inference_cost")) or 0


def _put_usage_output(
    request: Request, details: Value, prompt: int | None, output: int | None, total: int | None
) -> None:
    """Put output and reasoning into a request, and say what does not add up.

    xAI counts reasoning beside the completion: there the total is the sum of three. Where a total of Gemini's is more
    than its parts, the rest is thinking that stands nowhere else. Sources: genai-prices, which reads xAI's answers so;
    Google's page on its OpenAI-shaped interface.
    """
    if isinstance(details, dict):
        request.reasoning = usage_count_in(details.get("reasoning_tokens")) or 0
        if details.get("audio_tokens"):
            request.remark = AUDIO_REMARK
    request.output = output
    if total is None or output is None:
        return
    reasoning, stated = request.reasoning or 0, (prompt or 0) + output
    if total == stated:
        return
    if reasoning and total == stated + reasoning:
        request.output = output + reasoning
        return
    request.remark = usage_token_total_remark(total, prompt, output)
    if total > stated and not reasoning and "gemini" in request.model.lower():
        request.output, request.reasoning = output + total - stated, total - stated


def _usage_largest(*values: Value) -> int:
    """The largest of some counts of the same thing; 0 where there is none, as who counts it states it."""
    largest = 0
    for value in values:
        if value and (count := usage_count_in(value)) and count > largest:
            largest = count
    return largest
