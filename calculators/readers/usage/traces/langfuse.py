"""Observations of Langfuse, from its interface and exports: names in camel case, in snake case, or in lower case.

Source: Langfuse's own export code and table of models. Each key of `usageDetails` is a bucket, and they are meant to
add up to `total`; what an application sends by itself may have buckets within `input` or `output`, which the total
shows. Only observations of model calls count, because those above them repeat sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from typing import TypeAlias

from calculators.readers.usage.cells import (
    MILLISECONDS,
    Value,
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_seconds_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    Counts,
    OddRows,
    RowColumns,
    added_usage_counts,
    usage_column_of,
    usage_columns_sum,
    usage_durations,
)
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


def langfuse_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many observations.

    Raises:
        SkippedRow: some of them have to be read one by one.
    """
    if "data" in rows:
        raise OddRows
    are_calls = usage_column_of(_is_langfuse_call, rows.names("type"))
    places = list(compress(range(len(rows)), are_calls))
    if len(places) < len(rows):
        rows = rows.selected(are_calls)
        if not places:
            return usage_request_columns(0)
    usage, costs, total_cost, begin, finish, first_token, completion, session, provided = keys_of(rows.keys)
    details, start, end = rows.objects_of(usage), rows.times(begin), rows.times(finish)
    if not all(details.rows):
        raise OddRows
    wait, cost = rows.amounts(first_token), rows.amounts(total_cost)
    if "time_to_first_token" in rows:
        wait = [None if time is None else time / MILLISECONDS for time in wait]
    if completion and None in wait:
        until = map(_langfuse_until, start, rows.times(completion), end)
        wait = [other if time is None else time for time, other in zip(wait, until, strict=True)]
    if costs and None in cost:
        others = rows.objects_of(costs).amounts("total")
        cost = [other if amount is None else amount for amount, other in zip(cost, others, strict=True)]
    requests = usage_request_columns(
        len(rows),
        time=start,
        id=rows.names("id"),
        conversation=rows.names(session),
        model=rows.names("model", provided),
        cost=cost,
        failed=[level == "ERROR" for level in map(str.upper, rows.names("level"))],
        seconds=usage_durations(start, end),
        first_token_seconds=wait,
    )
    _fill_langfuse_columns(requests, _langfuse_bucket_columns(details))
    requests.row = places
    return requests


def _is_langfuse_call(kind: str) -> bool:
    return kind.upper() in CALLS


def _langfuse_bucket_columns(details: RowColumns) -> dict[str, Counts]:
    """The counts of many observations by their kinds."""
    buckets: dict[str, Counts] = {}
    for key in details.all_keys():
        if kind := langfuse_kind(key):
            counts = details.counts(key)
            buckets[kind] = added_usage_counts(buckets[kind], counts) if kind in buckets else counts
    return buckets


def _fill_langfuse_columns(requests: RequestColumns, buckets: dict[str, Counts]) -> None:
    """What `fill_langfuse_request` writes into a request, for many."""
    nothing: Counts = [None] * len(requests)
    input, output, total = (buckets.get(kind, nothing) for kind in ("input", "output", "total"))
    read, long, reasoning = (buckets.get(kind, nothing) for kind in ("read", "write_long", "reasoning"))
    write = added_usage_counts(buckets.get("write_short", nothing), long)
    other_input = buckets.get("other_input", nothing)
    cached = usage_columns_sum(read, write)
    uncached = usage_columns_sum(input, other_input)
    written = usage_columns_sum(output, reasoning, buckets.get("other_output", nothing))
    if (
        "write" not in buckets
        and {*map(type, input), *map(type, output)} == {int}
        and total == usage_columns_sum(uncached, cached, written)
    ):
        requests.read, requests.write, requests.write_long, requests.reasoning = read, write, long, reasoning
        requests.uncached, requests.output = uncached, written  # type: ignore[assignment]  # all of them are known
        return
    filled = []
    for row in zip(*buckets.values(), strict=True):
        request = Request()
        fill_langfuse_request(
            request, {kind: count for kind, count in zip(buckets, row, strict=True) if count is not None}
        )
        filled.append(request)
    for name in ("read", "write", "write_long", "reasoning", "uncached", "output", "remark"):
        setattr(requests, name, [getattr(request, name) for request in filled])


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
    read_columns=langfuse_columns,
    is_told_by_keys=True,
    looks_into=("data",),
)
