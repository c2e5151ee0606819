"""What both kinds of LiteLLM's rows have: the counts, the cost, the times, and the proxy's own cache.

Source: LiteLLM's schema and its page on the logging payload. `prompt_tokens` includes what was read from the cache and
written to it, also for Anthropic; older versions left what was written out. What the proxy answers from its own cache
costs nothing at the provider.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.prompt_columns import put_usage_prompt_columns
from calculators.readers.usage.bodies.prompt_counts import put_usage_prompt_counts
from calculators.readers.usage.cells import Value, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    NOTHING,
    Amounts,
    OddRows,
    RowColumns,
    usage_columns_sum,
    usage_durations,
)
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
    request.first_token_seconds = _litellm_wait(start, first, end)
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


def litellm_columns(rows: RowColumns, usage: RowColumns, costs: Amounts) -> RequestColumns:
    """What `litellm_request` makes of each of many rows.

    Raises:
        SkippedRow: some have to be read one by one, as those that the proxy's own cache has answered.
    """
    if any(name.startswith(FETCHES) for name in set(rows.names("call_type"))):
        raise OddRows
    if any(hit in CACHE_HITS for hit in rows.values("cache_hit")):
        raise OddRows
    stated = {key: rows.values(key) for key in COUNTS}
    if any({*map(type, values)} != {int} or values != usage.values(key) for key, values in stated.items()):
        raise OddRows
    start, end = rows.times("startTime"), rows.times("endTime")
    first = rows.times("completionStartTime")
    requests = usage_request_columns(
        len(rows),
        time=start,
        conversation=rows.names("session_id", "trace_id"),
        model=rows.names("model", "model_group"),
        provider=rows.names("custom_llm_provider"),
        failed=[status == "failure" for status in rows.values("status")],
        seconds=usage_durations(start, end),
        tier=usage.tiers("service_tier"),
    )
    if set(map(type, first)) != {NOTHING}:
        requests.first_token_seconds = list(map(_litellm_wait, start, first, end))
    put_usage_prompt_columns(requests, usage)
    tokens = usage_columns_sum(requests.uncached, requests.read, requests.output)
    requests.cost = [cost if cost or not used else None for cost, used in zip(costs, tokens, strict=True)]
    return requests


def _litellm_wait(start: float | None, first: float | None, end: float | None) -> float | None:
    """The seconds to the first token; none where it came with the last one."""
    if start is None or first is None or start >= first or (end is not None and first >= end):
        return None
    return first - start
