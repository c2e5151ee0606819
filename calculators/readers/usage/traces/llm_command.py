"""The log of the command `llm`, as `llm logs --json` prints it.

Source: the command's own code. `token_details` is what the provider counted beside input and output, under the
provider's names, so whether input includes the cache is the provider's way. Rows from before tokens were logged have
none.
"""

from __future__ import annotations

from calculators.readers.usage.cells import amount_in, count_in, name_in, object_in, seconds_in
from calculators.readers.usage.json_cells import object_of_text
from calculators.readers.usage.request import Request, uncached_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

MILLISECONDS = 1000


def is_llm_row(row: Row) -> bool:
    """Whether a row is a response that the command has logged."""
    return "datetime_utc" in row and "input_tokens" in row


def llm_requests(row: Row) -> list[Request]:
    """The request of a response."""
    details = object_of_text(row.get("token_details"))
    prompt, output = count_in(row["input_tokens"]), count_in(row.get("output_tokens"))
    of_prompt = object_in(details.get("prompt_tokens_details")) or object_in(details.get("input_tokens_details"))
    of_output = object_in(details.get("completion_tokens_details")) or object_in(details.get("output_tokens_details"))
    duration = amount_in(row.get("duration_ms"))
    request = Request(
        time=seconds_in(row["datetime_utc"]),
        id=name_in(row.get("id")),
        conversation=name_in(row.get("conversation_id")),
        model=name_in(row.get("resolved_model")) or name_in(row.get("model")),
        read=count_in(of_prompt.get("cached_tokens")),
        write=count_in(of_prompt.get("cache_write_tokens")),
        output=output,
        reasoning=count_in(of_output.get("reasoning_tokens")),
        seconds=None if duration is None else duration / MILLISECONDS,
    )
    if "cache_read_input_tokens" in details or "cache_creation_input_tokens" in details:
        request.read = count_in(details.get("cache_read_input_tokens"))
        request.write = count_in(details.get("cache_creation_input_tokens"))
        request.uncached = prompt
    elif "thoughtsTokenCount" in details or "cachedContentTokenCount" in details:
        request.read = count_in(details.get("cachedContentTokenCount"))
        request.reasoning = count_in(details.get("thoughtsTokenCount"))
        request.uncached = uncached_of_prompt(prompt, request.read, None)
        request.output = None if output is None else output + (request.reasoning or 0)
    else:
        request.uncached = uncached_of_prompt(prompt, request.read, request.write)
    return [request]


def open_file() -> RowReader:
    """Responses are read one by one."""
    return llm_requests


FORMAT = UsageFormat(
    label="Log of the command llm", order=10, recognizes=is_llm_row, marks=("datetime_utc",), open_file=open_file
)
