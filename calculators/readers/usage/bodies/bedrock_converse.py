"""Answers of Amazon Bedrock's Converse interface, also the last event of a stream.

Source: Amazon's reference of the Converse interface. Input tokens exclude what was read from and written to the cache,
and the total includes them. An answer names no model; what it was called by is in the request or in somebody's own log.
"""

from __future__ import annotations

from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_count_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    OddRows,
    RowColumns,
    known_usage_column,
    usage_total_remarks,
)
from calculators.readers.usage.request import STANDARD, TIERS, Request, usage_token_total_remark
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

OTHERS = ("inputTokenDetails", "reasoningTokens", "cachedInputTokens")
"""What only the counts of other formats with these names have."""

HOUR = "1h"


def is_bedrock_converse(row: Row) -> bool:
    """Whether a row has input, output and total by their names here, and none of another format's."""
    usage = _bedrock_converse_usage(row)
    return (
        "inputTokens" in usage
        and "totalTokens" in usage
        and not any(key in usage for key in OTHERS)
        and "finishReason" not in row
        and "steps" not in row
    )


def bedrock_converse_requests(row: Row) -> list[Request]:
    """The request that an answer belongs to."""
    usage = _bedrock_converse_usage(row)
    metadata = usage_object_in(row.get("ResponseMetadata"))
    event = row if "usage" in row else usage_object_in(row.get("metadata"))
    milliseconds = usage_amount_in(usage_object_in(event.get("metrics")).get("latencyMs"))
    uncached, output = usage_count_in(usage.get("inputTokens")), usage_count_in(usage.get("outputTokens"))
    read, write = bedrock_cache_counts(usage)
    return [
        Request(
            id=usage_name_in(metadata.get("RequestId")),
            model=usage_name_in(row.get("modelId")),
            provider="bedrock",
            tier=TIERS.get(usage_name_in(usage_object_in(event.get("serviceTier")).get("type")), STANDARD),
            uncached=uncached,
            read=read,
            write=write,
            write_long=bedrock_long_write(usage),
            output=output,
            seconds=None if milliseconds is None else milliseconds / 1000,
            remark=usage_token_total_remark(usage_count_in(usage.get("totalTokens")), uncached, read, write, output),
        )
    ]


def bedrock_converse_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many answers.

    Raises:
        SkippedRow: some of them have to be read one by one, as events of a stream and those of another tier.
    """
    usage = rows.inner("usage")
    if any(rows.values("serviceTier")):
        raise OddRows
    uncached, output = usage.counts("inputTokens"), usage.counts("outputTokens")
    read, write = (
        known_usage_column(usage.first_counts(f"{name}InputTokens", f"{name}InputTokenCount"))
        for name in ("cacheRead", "cacheWrite")
    )
    metadata, metrics = (
        RowColumns(list(map(usage_object_in, rows.values(key))), are_alike=False)
        for key in ("ResponseMetadata", "metrics")
    )
    return usage_request_columns(
        len(rows),
        id=metadata.names("RequestId"),
        model=rows.names("modelId"),
        provider=["bedrock"] * len(rows),
        uncached=uncached,
        read=read,
        write=write,
        write_long=list(map(bedrock_long_write, usage.rows)),
        output=output,
        seconds=[None if time is None else time / 1000 for time in metrics.amounts("latencyMs")],
        remark=usage_total_remarks(usage.counts("totalTokens"), uncached, read, write, output),
    )


def bedrock_cache_counts(usage: Row) -> tuple[int, int]:
    """The tokens read from and written to the cache; each may be there under two names, and counts once.

    Raises:
        SkippedRow: a count is none.
    """
    read, write = usage_count_in(usage.get("cacheReadInputTokens")), usage_count_in(usage.get("cacheWriteInputTokens"))
    if read is None:
        read = usage_count_in(usage.get("cacheReadInputTokenCount"))
    if write is None:
        write = usage_count_in(usage.get("cacheWriteInputTokenCount"))
    return read or 0, write or 0


def bedrock_long_write(usage: Row) -> int | None:
    """The tokens written to be kept for an hour; None where the answer does not split them.

    Raises:
        SkippedRow: a count is none.
    """
    if not isinstance(usage.get("cacheDetails"), list):
        return None
    long = 0
    for part in map(usage_object_in, usage_list_in(usage.get("cacheDetails"))):
        if part.get("ttl") == HOUR:
            long += usage_count_in(part.get("inputTokens")) or 0
    return long


def _bedrock_converse_usage(row: Row) -> Row:
    """The counts of an answer, or of the event that ends a stream."""
    usage = row.get("usage")
    if usage is None:
        usage = usage_object_in(row.get("metadata")).get("usage")
    return usage_object_in(usage)


def open_bedrock_converse_file() -> RowReader:
    """Rows are read one by one."""
    return bedrock_converse_requests


FORMAT = UsageFormat(
    label="Bedrock Converse",
    order=50,
    recognizes=is_bedrock_converse,
    marks=("usage", "metadata"),
    open_file=open_bedrock_converse_file,
    read_columns=bedrock_converse_columns,
)
