"""Runs of LangSmith.

Source: the types and wrappers of LangSmith's own package. Input tokens include all kinds, as do output tokens. Only
runs of models count, since chains repeat the sums of their children. `session_id` is the project; the conversation is
in the metadata.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    NOTHING,
    Counts,
    OddRows,
    RowColumns,
    added_usage_counts,
    first_usage_name,
    usage_durations,
    usage_object_columns,
)
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.nested import nested_usage_requests
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.traces.inclusion import first_trace_count, trace_cache_write_of, trace_uncached_of_input
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

CONVERSATIONS = ("thread_id", "session_id", "conversation_id")
FIVE_MINUTES, HOUR = "ephemeral_5m", "ephemeral_1h"


def is_langsmith_run(row: Row) -> bool:
    """Whether a row is a run, or a page of them."""
    if "run_type" in row:
        return "trace_id" in row or "session_id" in row or "prompt_tokens" in row
    runs = row.get("runs")
    return isinstance(runs, list) and bool(runs) and isinstance(runs[0], dict) and "run_type" in runs[0]


def langsmith_page_requests(row: Row) -> Iterable[Request | SkippedRow]:
    """The requests of a page, or of one run."""
    return (
        _langsmith_run_requests(row)
        if "run_type" in row
        else nested_usage_requests(_langsmith_run_requests, row["runs"])
    )


def _langsmith_run_requests(row: Row) -> list[Request]:
    if row.get("run_type") != "llm":
        return []
    extra = usage_object_of_text(row.get("extra"))
    metadata, parameters = usage_object_in(extra.get("metadata")), usage_object_in(extra.get("invocation_params"))
    counts = _langsmith_counts(row, metadata)
    prompt = first_trace_count(counts, ("prompt_tokens", "input_tokens"))
    output = first_trace_count(counts, ("completion_tokens", "output_tokens"))
    of_input = usage_object_of_text(counts.get("prompt_token_details") or counts.get("input_token_details"))
    of_output = usage_object_of_text(counts.get("completion_token_details") or counts.get("output_token_details"))
    read = _langsmith_sum_of(of_input, "cache_read")
    long = _langsmith_sum_of(of_input, HOUR)
    write = trace_cache_write_of(
        _langsmith_sum_of(of_input, "cache_creation"), _langsmith_sum_of(of_input, FIVE_MINUTES), long
    )
    start, end = usage_seconds_in(row.get("start_time")), usage_seconds_in(row.get("end_time"))
    first = usage_seconds_in(row["first_token_time"]) if "first_token_time" in row else None
    return [
        Request(
            time=start,
            id=usage_name_in(row.get("id")),
            conversation=_conversation(metadata),
            model=usage_name_in(metadata.get("ls_model_name"))
            or usage_name_in(parameters.get("model"))
            or usage_name_in(parameters.get("model_name")),
            provider=usage_name_in(metadata.get("ls_provider")),
            uncached=trace_uncached_of_input(prompt, read, write, output, usage_count_in(counts.get("total_tokens"))),
            read=read,
            write=write,
            write_long=long,
            output=output,
            reasoning=_langsmith_sum_of(of_output, "reasoning"),
            cost=usage_amount_in(row.get("total_cost")),
            failed=bool(row.get("error")) or usage_name_in(row.get("status")) == "error",
            seconds=_langsmith_between(start, end),
            first_token_seconds=_langsmith_between(start, first),
        )
    ]


def _langsmith_counts(row: Row, metadata: Row) -> Row:
    """Where a run has its counts: in itself, in its outputs, or in its metadata."""
    if row.get("prompt_tokens") is not None or row.get("completion_tokens") is not None:
        return row
    outputs = usage_object_of_text(row.get("outputs"))
    return (
        usage_object_in(outputs.get("usage_metadata"))
        or usage_object_in(metadata.get("usage_metadata"))
        or usage_object_in(usage_object_in(outputs.get("llm_output")).get("token_usage"))
    )


def _langsmith_sum_of(details: Row, beginning: str) -> int | None:
    """The sum of the details whose names begin alike, as those of long contexts have names that are longer."""
    whole: int | None = None
    for name, value in details.items():
        if name.startswith(beginning) and (count := usage_count_in(value)) is not None:
            whole = (whole or 0) + count
    return whole


def _conversation(metadata: Row) -> str:
    for key in CONVERSATIONS:
        if name := usage_name_in(metadata.get(key)):
            return name
    return ""


def _langsmith_between(start: float | None, end: float | None) -> float | None:
    return end - start if start is not None and end is not None and end >= start else None


def langsmith_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many runs.

    Raises:
        SkippedRow: some of them have to be read one by one, as those that have their counts in their outputs.
    """
    are_calls = [kind == "llm" for kind in rows.values("run_type")]
    places = list(compress(range(len(rows)), are_calls))
    if not places:
        return usage_request_columns(0)
    rows = rows.selected(are_calls)
    prompt, output = rows.counts("prompt_tokens"), rows.counts("completion_tokens")
    if NOTHING in {*map(type, prompt), *map(type, output)}:
        raise OddRows
    extra = rows.objects_of("extra")
    metadata, parameters = (
        RowColumns([usage_object_in(row.get(key)) for row in extra.rows], are_alike=False)
        for key in ("metadata", "invocation_params")
    )
    of_input, of_output = (
        usage_object_columns([row.get(name) or row.get(other) for row in rows.objects()])
        for name, other in (
            ("prompt_token_details", "input_token_details"),
            ("completion_token_details", "output_token_details"),
        )
    )
    read, long = _langsmith_column_of(of_input, "cache_read"), _langsmith_column_of(of_input, HOUR)
    whole, short = _langsmith_column_of(of_input, "cache_creation"), _langsmith_column_of(of_input, FIVE_MINUTES)
    write = whole
    if any(short) or any(long) or 0 in short or 0 in long:
        write = list(map(trace_cache_write_of, whole, short, long))
    start, total = rows.times("start_time"), rows.counts("total_tokens")
    return usage_request_columns(
        len(rows),
        row=places,
        time=start,
        id=rows.names("id"),
        conversation=metadata.names(*CONVERSATIONS),
        model=list(map(first_usage_name, metadata.names("ls_model_name"), parameters.names("model", "model_name"))),
        provider=metadata.names("ls_provider"),
        uncached=list(map(trace_uncached_of_input, prompt, read, write, output, total))
        if any(read) or any(write)
        else prompt,
        read=read,
        write=write,
        write_long=long,
        output=output,
        reasoning=_langsmith_column_of(of_output, "reasoning"),
        cost=rows.amounts("total_cost"),
        failed=[
            bool(error) or status == "error"
            for error, status in zip(rows.values("error"), rows.names("status"), strict=True)
        ],
        seconds=usage_durations(start, rows.times("end_time")),
        first_token_seconds=usage_durations(start, rows.times("first_token_time")),
    )


def _langsmith_column_of(details: RowColumns, beginning: str) -> Counts:
    """What `_langsmith_sum_of` makes of each row."""
    whole: Counts = [None] * len(details)
    for name in details.all_keys():
        if name.startswith(beginning):
            whole = added_usage_counts(whole, details.counts(name))
    return whole


def open_langsmith_file() -> RowReader:
    """Runs are read one by one."""
    return langsmith_page_requests


FORMAT = UsageFormat(
    label="LangSmith runs",
    order=10,
    recognizes=is_langsmith_run,
    marks=("run_type", "runs"),
    open_file=open_langsmith_file,
    read_columns=langsmith_columns,
    is_told_by_keys=True,
    looks_into=("runs",),
)
