"""The log of the command `llm`, as `llm logs --json` prints it.

Source: the command's own code. `token_details` is what the provider counted beside input and output, under the
provider's names, so whether input includes the cache is the provider's way. Rows from before tokens were logged have
none.
"""

from __future__ import annotations

from calculators.readers.usage.cells import (
    MILLISECONDS,
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns, uncached_usage_columns
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.request import Request, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

OPENAI_DETAILS = (
    "prompt_tokens_details",
    "input_tokens_details",
    "completion_tokens_details",
    "output_tokens_details",
)
"""Where OpenAI, and all who follow it, say what the tokens of a prompt and of an answer consist of."""


def is_llm_command_row(row: Row) -> bool:
    """Whether a row is a response that the command has logged."""
    return "datetime_utc" in row and "input_tokens" in row


def llm_command_requests(row: Row) -> list[Request]:
    """The request of a response."""
    details = usage_object_of_text(row.get("token_details"))
    prompt, output = usage_count_in(row["input_tokens"]), usage_count_in(row.get("output_tokens"))
    of_prompt = usage_object_in(details.get("prompt_tokens_details")) or usage_object_in(
        details.get("input_tokens_details")
    )
    of_output = usage_object_in(details.get("completion_tokens_details")) or usage_object_in(
        details.get("output_tokens_details")
    )
    duration = usage_amount_in(row.get("duration_ms"))
    request = Request(
        time=usage_seconds_in(row["datetime_utc"]),
        id=usage_name_in(row.get("id")),
        conversation=usage_name_in(row.get("conversation_id")),
        model=usage_name_in(row.get("resolved_model")) or usage_name_in(row.get("model")),
        read=usage_count_in(of_prompt.get("cached_tokens")),
        write=usage_count_in(of_prompt.get("cache_write_tokens")),
        output=output,
        reasoning=usage_count_in(of_output.get("reasoning_tokens")),
        seconds=None if duration is None else duration / MILLISECONDS,
    )
    if "cache_read_input_tokens" in details or "cache_creation_input_tokens" in details:
        request.read = usage_count_in(details.get("cache_read_input_tokens"))
        request.write = usage_count_in(details.get("cache_creation_input_tokens"))
        request.uncached = prompt
    elif "thoughtsTokenCount" in details or "cachedContentTokenCount" in details:
        request.read = usage_count_in(details.get("cachedContentTokenCount"))
        request.reasoning = usage_count_in(details.get("thoughtsTokenCount"))
        request.uncached = uncached_usage_of_prompt(prompt, request.read, None)
        request.output = None if output is None else output + (request.reasoning or 0)
    else:
        request.uncached = uncached_usage_of_prompt(prompt, request.read, request.write)
    return [request]


def llm_command_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many responses.

    Raises:
        SkippedRow: some of them have to be read one by one, as those whose details are under the names of few.
    """
    details = rows.objects_of("token_details")
    if not set(details.all_keys()) <= set(OPENAI_DETAILS):
        raise OddRows
    of_prompt, of_output = (
        RowColumns([row.get(name) or row.get(other) or {} for row in details.rows], are_alike=False)
        for name, other in (OPENAI_DETAILS[:2], OPENAI_DETAILS[2:])
    )
    if {*map(type, of_prompt.rows), *map(type, of_output.rows)} != {dict}:
        raise OddRows
    read, write = of_prompt.counts("cached_tokens"), of_prompt.counts("cache_write_tokens")
    durations = rows.amounts("duration_ms")
    return usage_request_columns(
        len(rows),
        time=rows.times("datetime_utc"),
        id=rows.names("id"),
        conversation=rows.names("conversation_id"),
        model=rows.names("resolved_model", "model"),
        uncached=uncached_usage_columns(rows.counts("input_tokens"), read, write),
        read=read,
        write=write,
        output=rows.counts("output_tokens"),
        reasoning=of_output.counts("reasoning_tokens"),
        seconds=[None if time is None else time / MILLISECONDS for time in durations],
    )


def open_llm_command_file() -> RowReader:
    """Responses are read one by one."""
    return llm_command_requests


FORMAT = UsageFormat(
    label="Log of the command llm",
    order=10,
    recognizes=is_llm_command_row,
    marks=("datetime_utc",),
    open_file=open_llm_command_file,
    read_columns=llm_command_columns,
    is_told_by_keys=True,
)
