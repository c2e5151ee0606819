"""Answers of Anthropic's Messages interface, as a program receives them.

Source: Anthropic's reference of the Messages interface. Input tokens are only those after the last cache breakpoint;
what was read from and written to the cache comes on top. Thinking is inside the output. `iterations` are calls within
the answer: those of the kind `message` are in the counts above them, a compaction or an advisor's call is not. `speed`
says whether the answer was made, and billed, in fast mode.
"""

from __future__ import annotations

from calculators.readers.usage.cells import usage_count_in, usage_list_in, usage_name_in, usage_object_in
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    NOTHING,
    OddRows,
    RowColumns,
    known_usage_column,
    usage_column_of,
)
from calculators.readers.usage.request import FAST, STANDARD, TIERS, Request
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

COUNTED_ABOVE = ("message", "fallback_message")
"""The kinds of iterations whose tokens are in the counts of the whole answer."""

CLAUDE = "claude"
"""What is in the names of its models; others answer in the same shape."""

MINUTES, HOUR = "ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"
"""What is written to the cache for five minutes and for an hour."""


def is_anthropic_message(row: Row) -> bool:
    """Whether a row is an answer, or holds counts by their Anthropic names."""
    usage = row.get("usage")
    if not isinstance(usage, dict) or "input_tokens" not in usage:
        return False
    return (
        "cache_creation_input_tokens" in usage
        or "cache_read_input_tokens" in usage
        or "cache_creation" in usage
        or row.get("type") == "message"
        or ("total_tokens" not in usage and is_claude_usage(row))
    )


def is_claude_usage(row: Row) -> bool:
    """Whether a row names one of Anthropic's models by its own name."""
    model = row.get("model")
    return isinstance(model, str) and model.startswith(CLAUDE)


def anthropic_message_requests(row: Row) -> list[Request]:
    """The request that a message answers, and the calls hidden in it, which have the id of the message and a number."""
    usage = row["usage"]
    answer = _anthropic_message_request(row, usage)
    answer.tier = (
        FAST if usage.get("speed") == "fast" else TIERS.get(usage_name_in(usage.get("service_tier")), STANDARD)
    )
    if not usage.get("iterations"):
        return [answer]
    requests = [answer]
    for number, iteration in enumerate(usage_list_in(usage.get("iterations"))):
        call = usage_object_in(iteration)
        if call and call.get("type") not in COUNTED_ABOVE:
            hidden = _anthropic_message_request(row, call)
            hidden.requests, hidden.tier = 0, answer.tier
            hidden.id = f"{answer.id}#{number}" if answer.id else ""
            requests.append(hidden)
    return requests


def _anthropic_message_request(row: Row, usage: Row) -> Request:
    """The tokens of an answer or of a call within."""
    model = usage_name_in(usage.get("model")) or usage_name_in(row.get("model"))
    by_lifetime, details = usage_object_in(usage.get("cache_creation")), usage.get("output_tokens_details")
    write, long = usage_count_in(usage.get("cache_creation_input_tokens")), usage_count_in(by_lifetime.get(HOUR))
    if write is None:
        write = (usage_count_in(by_lifetime.get(MINUTES)) or 0) + (long or 0)
    return Request(
        id=usage_name_in(row.get("id")),
        model=model,
        provider=_anthropic_message_provider(model),
        uncached=usage_count_in(usage.get("input_tokens")),
        read=usage_count_in(usage.get("cache_read_input_tokens")) or 0,  # stated wherever there is one
        write=write,
        write_long=long,
        output=usage_count_in(usage.get("output_tokens")),
        reasoning=usage_count_in(details.get("thinking_tokens")) if isinstance(details, dict) else None,
    )


def anthropic_message_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many messages.

    Raises:
        SkippedRow: some of them have to be read one by one, as those with hidden calls.
    """
    usage = rows.inner("usage")
    write, details = usage.counts("cache_creation_input_tokens"), usage.values("output_tokens_details")
    if any(usage.values("iterations")) or any(usage.values("model")) or NOTHING in set(map(type, write)):
        raise OddRows
    if not {*map(type, details)} <= {dict, NOTHING} or "fast" in usage.values("speed"):
        raise OddRows
    models = rows.names("model")
    lifetimes = RowColumns(list(map(usage_object_in, usage.values("cache_creation"))), are_alike=False)
    thoughts = RowColumns(list(map(usage_object_in, details)), are_alike=False)
    return usage_request_columns(
        len(rows),
        id=rows.names("id"),
        model=models,
        provider=usage_column_of(_anthropic_message_provider, models),
        tier=usage.tiers("service_tier"),
        uncached=usage.counts("input_tokens"),
        read=known_usage_column(usage.counts("cache_read_input_tokens")),
        write=write,
        write_long=lifetimes.counts(HOUR),
        output=usage.counts("output_tokens"),
        reasoning=thoughts.counts("thinking_tokens"),
    )


def _anthropic_message_provider(model: str) -> str:
    return "anthropic" if not model or CLAUDE in model else ""


def open_anthropic_messages_file() -> RowReader:
    """Rows are read one by one."""
    return anthropic_message_requests


FORMAT = UsageFormat(
    label="Anthropic messages",
    order=20,
    recognizes=is_anthropic_message,
    marks=("usage",),
    open_file=open_anthropic_messages_file,
    read_columns=anthropic_message_columns,
)
