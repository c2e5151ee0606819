"""Runs of LangSmith.

Source: the types and wrappers of LangSmith's own package. Input tokens include all kinds, as do output tokens. Only
runs of models count, since chains repeat the sums of their children. `session_id` is the project; the conversation is
in the metadata.
"""

from __future__ import annotations

from collections.abc import Iterable

from calculators.readers.usage.cells import amount_in, count_in, name_in, object_in, seconds_in
from calculators.readers.usage.json_cells import object_of_text
from calculators.readers.usage.nested import nested_requests
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.traces.inclusion import first_count, uncached_of_input, write_of
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

CONVERSATIONS = ("thread_id", "session_id", "conversation_id")
FIVE_MINUTES, HOUR = "ephemeral_5m", "ephemeral_1h"


def is_langsmith_run(row: Row) -> bool:
    """Whether a row is a run, or a page of them."""
    if "run_type" in row:
        return "trace_id" in row or "session_id" in row or "prompt_tokens" in row
    runs = row.get("runs")
    return isinstance(runs, list) and bool(runs) and isinstance(runs[0], dict) and "run_type" in runs[0]


def page_requests(row: Row) -> Iterable[Request | SkippedRow]:
    """The requests of a page, or of one run."""
    return _requests(row) if "run_type" in row else nested_requests(_requests, row["runs"])


def _requests(row: Row) -> list[Request]:
    if row.get("run_type") != "llm":
        return []
    extra = object_of_text(row.get("extra"))
    metadata, parameters = object_in(extra.get("metadata")), object_in(extra.get("invocation_params"))
    counts = _counts(row, metadata)
    prompt = first_count(counts, ("prompt_tokens", "input_tokens"))
    output = first_count(counts, ("completion_tokens", "output_tokens"))
    of_input = object_of_text(counts.get("prompt_token_details") or counts.get("input_token_details"))
    of_output = object_of_text(counts.get("completion_token_details") or counts.get("output_token_details"))
    read = _sum_of(of_input, "cache_read")
    long = _sum_of(of_input, HOUR)
    write = write_of(_sum_of(of_input, "cache_creation"), _sum_of(of_input, FIVE_MINUTES), long)
    start, end = seconds_in(row.get("start_time")), seconds_in(row.get("end_time"))
    first = seconds_in(row["first_token_time"]) if "first_token_time" in row else None
    return [
        Request(
            time=start,
            id=name_in(row.get("id")),
            conversation=_conversation(metadata),
            model=name_in(metadata.get("ls_model_name"))
            or name_in(parameters.get("model"))
            or name_in(parameters.get("model_name")),
            provider=name_in(metadata.get("ls_provider")),
            uncached=uncached_of_input(prompt, read, write, output, count_in(counts.get("total_tokens"))),
            read=read,
            write=write,
            write_long=long,
            output=output,
            reasoning=_sum_of(of_output, "reasoning"),
            cost=amount_in(row.get("total_cost")),
            failed=bool(row.get("error")) or name_in(row.get("status")) == "error",
            seconds=_between(start, end),
            first_token_seconds=_between(start, first),
        )
    ]


def _counts(row: Row, metadata: Row) -> Row:
    """Where a run has its counts: in itself, in its outputs, or in its metadata."""
    if row.get("prompt_tokens") is not None or row.get("completion_tokens") is not None:
        return row
    outputs = object_of_text(row.get("outputs"))
    return (
        object_in(outputs.get("usage_metadata"))
        or object_in(metadata.get("usage_metadata"))
        or object_in(object_in(outputs.get("llm_output")).get("token_usage"))
    )


def _sum_of(details: Row, beginning: str) -> int | None:
    """The sum of the details whose names begin alike, as those of long contexts have names that are longer."""
    whole: int | None = None
    for name, value in details.items():
        if name.startswith(beginning) and (count := count_in(value)) is not None:
            whole = (whole or 0) + count
    return whole


def _conversation(metadata: Row) -> str:
    for key in CONVERSATIONS:
        if name := name_in(metadata.get(key)):
            return name
    return ""


def _between(start: float | None, end: float | None) -> float | None:
    return end - start if start is not None and end is not None and end >= start else None


def open_file() -> RowReader:
    """Runs are read one by one."""
    return page_requests


FORMAT = UsageFormat(
    label="LangSmith runs", order=10, recognizes=is_langsmith_run, marks=("run_type", "runs"), open_file=open_file
)
