"""The log of model invocations that Amazon Bedrock writes to CloudWatch or S3.

Source: Amazon's page on logging model invocations. Counts are of the kind of the Converse interface: input excludes the
cache. How long a written prefix is kept is only in the logged answer. A row with an error code was not answered. The
texts of requests and answers are never looked at.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.bedrock_converse import bedrock_cache_counts, bedrock_long_write
from calculators.readers.usage.cells import (
    Value,
    usage_count_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.request import STANDARD, TIERS, Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

SCHEMA = "ModelInvocationLog"


def is_bedrock_invocation_log(row: Row) -> bool:
    """Whether a row says that it is of this log."""
    return row.get("schemaType") == SCHEMA


def bedrock_invocation_requests(row: Row) -> list[Request]:
    """The request of a row."""
    input, output = usage_object_in(row.get("input")), usage_object_in(row.get("output"))
    answer = output.get("outputBodyJson")
    failed = bool(row.get("errorCode"))
    read, write = bedrock_cache_counts(input)
    usage = (
        _bedrock_invocation_usage(answer) if not failed and (write or "cacheReadInputTokenCount" not in input) else {}
    )
    if not read and not write:
        read = (
            usage_count_in(usage.get("cache_read_input_tokens"))
            or usage_count_in(usage.get("cacheReadInputTokens"))
            or 0
        )
        write = (
            usage_count_in(usage.get("cache_creation_input_tokens"))
            or usage_count_in(usage.get("cacheWriteInputTokens"))
            or 0
        )
    return [
        Request(
            time=usage_seconds_in(row.get("timestamp")),
            id=usage_name_in(row.get("requestId")),
            model=usage_name_in(row.get("modelId")),
            provider="bedrock",
            tier=TIERS.get(
                usage_name_in(usage_object_in(usage_object_in(answer).get("serviceTier")).get("type")), STANDARD
            ),
            uncached=usage_count_in(input.get("inputTokenCount")),
            read=None if failed else read,
            write=None if failed else write,
            write_long=_bedrock_invocation_long_write(usage),
            output=usage_count_in(output.get("outputTokenCount")),
            failed=failed,
        )
    ]


def _bedrock_invocation_usage(answer: Value) -> Row:
    """The counts within a logged answer, of Converse or of Anthropic's own shape; of a streamed one in its events."""
    for event in map(usage_object_in, answer if isinstance(answer, list) else [answer]):
        for place in (event, usage_object_in(event.get("message")), usage_object_in(event.get("metadata"))):
            usage = usage_object_in(place.get("usage"))
            if "input_tokens" in usage or "inputTokens" in usage:
                return usage
    return {}


def _bedrock_invocation_long_write(usage: Row) -> int | None:
    if usage_list_in(usage.get("cacheDetails")):
        return bedrock_long_write(usage)
    return usage_count_in(usage_object_in(usage.get("cache_creation")).get("ephemeral_1h_input_tokens"))


def open_bedrock_invocation_log_file() -> RowReader:
    """Rows are read one by one."""
    return bedrock_invocation_requests


FORMAT = UsageFormat(
    label="Bedrock invocation log",
    order=10,
    recognizes=is_bedrock_invocation_log,
    marks=("schemaType",),
    open_file=open_bedrock_invocation_log_file,
)
