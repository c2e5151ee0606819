"""The log of the command `llm`, as `llm logs --json` prints it.

Source: the command's own code. `token_details` is what the provider counted beside input and output, under the
provider's names, so whether input includes the cache is the provider's way. Rows from before tokens were logged have
none.
"""

from __future__ import annotations

from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.request import Request, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

MILLISECONDS = 1000


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


def open_llm_command_file() -> RowReader:
    """Responses are read one by one."""
    return llm_command_requests


FORMAT = UsageFormat(
    label="Log of the command llm",
    order=10,
    recognizes=is_llm_command_row,
    marks=("datetime_utc",),
    open_file=open_llm_command_file,
)
