"""What both kinds of LiteLLM's rows have: the counts, the cost, the times, and the proxy's own cache.

Source: LiteLLM's schema and its page on the logging payload. `prompt_tokens` includes what was read from the cache and
written to it, also for Anthropic; older versions left what was written out. What the proxy answers from its own cache
costs nothing at the provider.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.prompt_counts import put_usage_prompt_counts
from calculators.readers.usage.cells import Value, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.usage_format import Row

FETCHES = ("aget_", "aretrieve_", "get_", "retrieve_")
"""How the calls begin that only fetch an earlier answer, with its cost once more."""

COUNTS = ("prompt_tokens", "completion_tokens", "total_tokens")
CACHE_HITS = (True, "True", "true")


def litellm_request(row: Row, usage: dict[str, Value] | None, cost: float | None) -> Request:
    """The request of a row, with the counts as the provider gave them where the row has them.

    Raises:
        SkippedRow: it only fetches an earlier answer, or its counts are none.
    """
    if usage_name_in(row.get("call_type")).startswith(FETCHES):
        raise SkippedRow("it only fetches an earlier answer")
    start, end = usage_seconds_in(row.get("startTime")), usage_seconds_in(row.get("endTime"))
    first = usage_seconds_in(row["completionStartTime"]) if "completionStartTime" in row else None
    request = Request(
        time=start,
        conversation=usage_name_in(row.get("session_id")) or usage_name_in(row.get("trace_id")),
        model=usage_name_in(row.get("model")) or usage_name_in(row.get("model_group")),
        provider=usage_name_in(row.get("custom_llm_provider")),
        failed=row.get("status") == "failure",
        from_proxy=row.get("cache_hit") in CACHE_HITS,
        seconds=None if start is None or end is None or end < start else end - start,
    )
    if start is not None and first is not None and start < first and (end is None or first < end):
        request.first_token_seconds = first - start
    stated = {key: row[key] for key in COUNTS if row.get(key) is not None}
    if usage is None:
        request.uncached = usage_count_in(row.get("prompt_tokens"))
        request.output = usage_count_in(row.get("completion_tokens"))
    else:
        _put_litellm_counts(request, usage | stated)
        request.tier = TIERS.get(usage_name_in(usage.get("service_tier")), STANDARD)
    if cost or request.from_proxy or not (request.uncached or request.read or request.output):
        request.cost = cost  # no cost for tokens means that the proxy has no price, not that they are free
    return request


def _put_litellm_counts(request: Request, usage: dict[str, Value]) -> None:
    """Put the counts into a request; where what was written to the cache does not fit into the prompt, it was left out.

    Raises:
        SkippedRow: a count is none, or the cached tokens are more than the prompt.
    """
    try:
        put_usage_prompt_counts(request, usage)
    except SkippedRow:
        prompt, write = (
            usage_count_in(usage.get("prompt_tokens")),
            usage_count_in(usage.get("cache_creation_input_tokens")),
        )
        if prompt is None or not write:
            raise
        put_usage_prompt_counts(request, usage | {"prompt_tokens": prompt + write, "total_tokens": None})
