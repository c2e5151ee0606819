"""Results of Vercel's AI SDK, as applications log them.

Source: the package's own types and list of changes. A result may state the same tokens up to three times: in its
steps, in `totalUsage` and in `usage`. Steps are requests; without steps the total counts, and without a total the
use. From version 6 on input includes the cache and says so in details; before, Anthropic's left it out.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import (
    usage_count_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.request import Request, SkippedRow, usage_token_total_remark
from calculators.readers.usage.traces.inclusion import first_trace_count, trace_uncached_of_input
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

INPUT, OUTPUT = ("inputTokens", "promptTokens"), ("outputTokens", "completionTokens")
MARKS = ("inputTokenDetails", "outputTokenDetails", "cachedInputTokens", "reasoningTokens", "promptTokens")
"""Keys of a use that only this package writes."""

FOREIGN = ("cacheReadInputTokens", "cacheWriteInputTokens", "prompt_tokens", "input_tokens")
"""Keys of a use that this package never writes."""


def is_vercel_result(row: Row) -> bool:
    """Whether a row is a result, or holds the use of one."""
    total = row.get("totalUsage")
    if isinstance(total, dict):
        return _has_vercel_input(total)
    usage = row.get("usage")
    if not isinstance(usage, dict) or not _has_vercel_input(usage) or any(key in usage for key in FOREIGN):
        return False
    return any(key in usage for key in MARKS) or "finishReason" in row or "steps" in row


def _has_vercel_input(usage: Row) -> bool:
    return "inputTokens" in usage or "promptTokens" in usage


def vercel_result_requests(row: Row) -> Iterator[Request | SkippedRow]:
    """The requests of a result's steps, or else one that stands for all."""
    steps = [step for step in usage_list_in(row.get("steps")) if usage_object_in(usage_object_in(step).get("usage"))]
    if steps:
        yield from nested_usage_requests(lambda step: [_vercel_request(step, step["usage"])], steps)
        return
    usage, total = usage_object_in(row.get("usage")), usage_object_in(row.get("totalUsage"))
    request = _vercel_request(row, total or usage)
    if total and usage and total != usage:
        request.requests = None
    yield request


def _vercel_request(row: Row, usage: Row) -> Request:
    response, metadata = usage_object_in(row.get("response")), usage_object_in(row.get("providerMetadata"))
    of_input, of_output = (
        usage_object_in(usage.get("inputTokenDetails")),
        usage_object_in(usage.get("outputTokenDetails")),
    )
    prompt, output, total = (
        first_trace_count(usage, INPUT),
        first_trace_count(usage, OUTPUT),
        usage_count_in(usage.get("totalTokens")),
    )
    read = first_trace_count({**usage, **of_input}, ("cacheReadTokens", "cachedInputTokens"))
    write = usage_count_in(of_input.get("cacheWriteTokens"))
    uncached = usage_count_in(of_input.get("noCacheTokens"))
    if not of_input and "anthropic" in metadata:
        write = usage_count_in(usage_object_in(metadata["anthropic"]).get("cacheCreationInputTokens"))
        uncached = prompt
    if uncached is None:
        uncached = trace_uncached_of_input(prompt, read, write, output, total)
    return Request(
        time=usage_seconds_in(response.get("timestamp")),
        id=usage_name_in(response.get("id")),
        model=usage_name_in(response.get("modelId")) or usage_name_in(usage_object_in(row.get("model")).get("modelId")),
        provider=usage_name_in(next(iter(metadata), "")),
        uncached=uncached,
        read=read,
        write=write,
        output=output,
        reasoning=first_trace_count({**usage, **of_output}, ("reasoningTokens",)),
        remark=usage_token_total_remark(total, uncached, read, write, output) if of_input else "",
    )


def open_vercel_file() -> RowReader:
    """Results are read one by one."""
    return vercel_result_requests


FORMAT = UsageFormat(
    label="Vercel AI SDK results",
    order=10,
    recognizes=is_vercel_result,
    marks=("totalUsage", "usage"),
    open_file=open_vercel_file,
)
