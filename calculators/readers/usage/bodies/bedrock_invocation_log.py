"""The log of model invocations that Amazon Bedrock writes to CloudWatch or S3.

Source: Amazon's page on logging model invocations. Counts are of the kind of the Converse interface: input excludes the
cache. How long a written prefix is kept is only in the logged answer. A row with an error code was not answered. The
texts of requests and answers are never looked at.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.bedrock_converse import bedrock_cache_counts, bedrock_long_write
from calculators.readers.usage.cells import Value, count_in, list_in, name_in, object_in, seconds_in
from calculators.readers.usage.request import STANDARD, TIERS, Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

SCHEMA = "ModelInvocationLog"


def is_bedrock_invocation_log(row: Row) -> bool:
    """Whether a row says that it is of this log."""
    return row.get("schemaType") == SCHEMA


def bedrock_invocation_requests(row: Row) -> list[Request]:
    """The request of a row."""
    input, output = object_in(row.get("input")), object_in(row.get("output"))
    answer = output.get("outputBodyJson")
    failed = bool(row.get("errorCode"))
    read, write = bedrock_cache_counts(input)
    usage = _usage(answer) if not failed and (write or "cacheReadInputTokenCount" not in input) else {}
    if not read and not write:
        read = count_in(usage.get("cache_read_input_tokens")) or count_in(usage.get("cacheReadInputTokens")) or 0
        write = count_in(usage.get("cache_creation_input_tokens")) or count_in(usage.get("cacheWriteInputTokens")) or 0
    return [
        Request(
            time=seconds_in(row.get("timestamp")),
            id=name_in(row.get("requestId")),
            model=name_in(row.get("modelId")),
            provider="bedrock",
            tier=TIERS.get(name_in(object_in(object_in(answer).get("serviceTier")).get("type")), STANDARD),
            uncached=count_in(input.get("inputTokenCount")),
            read=None if failed else read,
            write=None if failed else write,
            write_long=_long_write(usage),
            output=count_in(output.get("outputTokenCount")),
            failed=failed,
        )
    ]


def _usage(answer: Value) -> Row:
    """The counts within a logged answer, of Converse or of Anthropic's own shape; of a streamed one in its events."""
    for event in map(object_in, answer if isinstance(answer, list) else [answer]):
        for place in (event, object_in(event.get("message")), object_in(event.get("metadata"))):
            usage = object_in(place.get("usage"))
            if "input_tokens" in usage or "inputTokens" in usage:
                return usage
    return {}


def _long_write(usage: Row) -> int | None:
    if list_in(usage.get("cacheDetails")):
        return bedrock_long_write(usage)
    return count_in(object_in(usage.get("cache_creation")).get("ephemeral_1h_input_tokens"))


def open_file() -> RowReader:
    """Rows are read one by one."""
    return bedrock_invocation_requests


FORMAT = UsageFormat(
    label="Bedrock invocation log",
    order=10,
    recognizes=is_bedrock_invocation_log,
    marks=("schemaType",),
    open_file=open_file,
)
