"""Observations of Langfuse, from its interface and exports: names in camel case, in snake case, or in lower case.

Source: Langfuse's own export code and table of models. Each key of `usageDetails` is a bucket, and they are meant to
add up to `total`; what an application sends by itself may have buckets within `input` or `output`, which the total
shows. Only observations of model calls count, because those above them repeat sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from calculators.readers.usage.cells import Value, usage_amount_in, usage_count_in, usage_name_in, usage_seconds_in
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.request import Request, SkippedRow, usage_token_total_remark
from calculators.readers.usage.traces.inclusion import trace_cache_write_of
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

CALLS = ("GENERATION", "EMBEDDING")
WHOLES = {
    "input": ("input", "input_tokens", "prompt_tokens", "promptTokens"),
    "output": ("output", "output_tokens", "completion_tokens", "completionTokens"),
    "total": ("total", "total_tokens", "totalTokens"),
}
"""What the counts of all input, all output and everything are called."""

MILLISECONDS = 1000

MANY_KEYS = 1000
"""So many names of counts are remembered; a log has few."""


Buckets: TypeAlias = dict[str, int]
"""The counts of an observation by their kinds; a kind that is not counted is missing."""


def is_langfuse_observation(row: Row) -> bool:
    """Whether a row is an observation, or a page of them."""
    if "data" in row:
        data = row["data"]
        return isinstance(data, list) and bool(data) and isinstance(data[0], dict) and _is_langfuse_one(data[0])
    return _is_langfuse_one(row)


def _is_langfuse_one(row: Row) -> bool:
    return "type" in row and (
        ("traceId" in row and ("usageDetails" in row or "startTime" in row))
        or ("trace_id" in row and "usage_details" in row)
        or ("traceid" in row and "usagedetails" in row)
    )


def langfuse_page_requests(row: Row) -> Iterable[Request | SkippedRow]:
    """The requests of a page, or of one observation."""
    return (
        nested_usage_requests(_langfuse_observation_requests, row["data"])
        if "data" in row
        else _langfuse_observation_requests(row)
    )


NAMES = (
    "usageDetails",
    "costDetails",
    "totalCost",
    "startTime",
    "endTime",
    "timeToFirstToken",
    "completionStartTime",
    "sessionId",
    "providedModelName",
)
"""The names in camel case of what is looked at; each may be written otherwise."""


@lru_cache(MANY_KEYS)
def keys_of(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Under which keys a row has each of the names; nothing for one that it has not.

    >>> keys_of(("id", "usage_details", "starttime"))[:4]
    ('usage_details', '', '', 'starttime')
    """
    return tuple(next((spelling for spelling in langfuse_spellings(name) if spelling in keys), "") for name in NAMES)


def _langfuse_observation_requests(row: Row) -> list[Request]:
    kind = row.get("type")
    if kind not in CALLS and usage_name_in(kind).upper() not in CALLS:
        return []
    usage, costs, total_cost, begin, finish, first_token, completion, session, provided = keys_of(tuple(row))
    details = usage_object_of_text(row[usage]) if usage else {}
    cost = usage_amount_in(row[total_cost]) if total_cost else None
    start = usage_seconds_in(row[begin]) if begin else None
    end = usage_seconds_in(row[finish]) if finish else None
    wait = usage_amount_in(row[first_token]) if first_token else None
    if wait is not None and "time_to_first_token" in row:
        wait /= MILLISECONDS
    if wait is None and completion:
        wait = _langfuse_until(start, usage_seconds_in(row[completion]), end)
    if cost is None and costs:
        cost = usage_amount_in(usage_object_of_text(row[costs]).get("total"))
    details = details or usage_object_of_text(row.get("usage"))
    level = row.get("level")
    request = Request(
        time=start,
        id=usage_name_in(row.get("id")),
        conversation=usage_name_in(row[session]) if session else "",
        model=usage_name_in(row.get("model")) or (usage_name_in(row[provided]) if provided else ""),
        cost=cost,
        failed=level != "DEFAULT" and usage_name_in(level).upper() == "ERROR",
        seconds=end - start if start is not None and end is not None and end >= start else None,
        first_token_seconds=wait,
    )
    if details:
        fill_langfuse_request(request, langfuse_buckets_of(details))
    return [request]


def _langfuse_until(start: float | None, first: float | None, end: float | None) -> float | None:
    """The seconds to the first token; none where it is said to come with the last one, as without streaming."""
    if start is None or first is None or first < start or (end is not None and first >= end):
        return None
    return first - start


@lru_cache(MANY_KEYS)
def langfuse_spellings(name: str) -> tuple[str, str, str]:
    """A name in camel case, as tables write it in lower case, and as exports write it in snake case.

    >>> langfuse_spellings("totalCost")
    ('totalCost', 'totalcost', 'total_cost')
    """
    return name, name.lower(), "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def langfuse_buckets_of(details: dict[str, Value]) -> Buckets:
    """The counts of `usageDetails` by their kinds.

    Raises:
        SkippedRow: one is no count.
    """
    buckets: Buckets = {}
    for key, value in details.items():
        if (kind := langfuse_kind(key)) and (count := usage_count_in(value)) is not None:
            buckets[kind] = buckets[kind] + count if kind in buckets else count
    return buckets


@lru_cache(MANY_KEYS)
def langfuse_kind(key: str) -> str:
    """Which kind of count a key is of; nothing for what is no count of tokens.

    >>> [langfuse_kind(key) for key in ("input", "input_cache_read", "input_cache_creation_1h", "output_audio", "unit")]
    ['input', 'read', 'write_long', 'other_output', '']
    """
    whole = next((kind for kind, names in WHOLES.items() if key in names), "")
    if whole:
        return whole
    if "cache" in key and ("creation" in key or "write" in key):
        return "write_long" if "1h" in key else "write_short" if "5m" in key else "write"
    if "cache" in key:
        return "read"
    if key.startswith("input"):
        return "other_input"
    if key.startswith("output"):
        return "reasoning" if "reasoning" in key else "other_output"
    return ""


def fill_langfuse_request(request: Request, buckets: Buckets) -> None:
    """Writes the counts into a request; where the total shows that some are parts of others, without them."""
    input, output, total = buckets.get("input"), buckets.get("output"), buckets.get("total")
    read, long, reasoning = buckets.get("read"), buckets.get("write_long"), buckets.get("reasoning")
    write = trace_cache_write_of(buckets.get("write"), buckets.get("write_short"), long)
    cached, other_input = (read or 0) + (write or 0), buckets.get("other_input")
    inner_input = cached + (other_input or 0)
    inner_output = (reasoning or 0) + buckets.get("other_output", 0)
    within_input = within_output = False
    if total != (input or 0) + (output or 0) + inner_input + inner_output:
        within_input, within_output = _langfuse_inclusion(input or 0, output or 0, inner_input, inner_output, total)
    request.read, request.write, request.write_long, request.reasoning = read, write, long, reasoning
    if input is not None or other_input is not None:
        request.uncached = (input or 0) + (0 if within_input else inner_input) - cached
    if output is not None or inner_output:
        request.output = (output or 0) + (0 if within_output else inner_output)
    request.remark = usage_token_total_remark(total, request.uncached, read, write, request.output)


def _langfuse_inclusion(
    input: int, output: int, inner_input: int, inner_output: int, total: int | None
) -> tuple[bool, bool]:
    """Whether the inner counts are parts of input and of output; without a total that shows it they come on top."""
    for within_input, within_output in ((False, False), (True, True), (False, True), (True, False)):
        if (within_input and inner_input > input) or (within_output and inner_output > output):
            continue
        if total == input + output + (0 if within_input else inner_input) + (0 if within_output else inner_output):
            return within_input, within_output
    return False, False


def open_langfuse_file() -> RowReader:
    """Observations are read one by one."""
    return langfuse_page_requests


FORMAT = UsageFormat(
    label="Langfuse observations",
    order=10,
    recognizes=is_langfuse_observation,
    marks=("type", "data"),
    open_file=open_langfuse_file,
)
