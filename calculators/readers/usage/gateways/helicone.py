"""The requests that Helicone's tool exports as JSON.

Source: the type of a request in Helicone's repository. Whether the prompt includes cached tokens is not published: it
is read as the provider counts, so for Anthropic and Bedrock they come on top. `cache_reference_id` names the request
whose answer Helicone's own cache gave again.
"""

from __future__ import annotations

from calculators.readers.usage.bodies.prompt_counts import AUDIO_REMARK
from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
    usage_seconds_of_milliseconds,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    OddRows,
    RowColumns,
    known_usage_column,
    usage_amounts_in,
    usage_column_of,
    usage_columns_sum,
    usage_seconds_of_millisecond_columns,
)
from calculators.readers.usage.request import Request, uncached_usage_of_prompt
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

BESIDE = ("anthropic", "bedrock", "aws")
"""Providers that count cached tokens beside the prompt."""

NO_REFERENCE = ("", "00000000-0000-0000-0000-000000000000")
"""What stands for a request that came from no cache."""

CACHE_REMARK = "its log does not say whether the prompt includes cached tokens"
SESSION = "Helicone-Session-Id"
FIRST_FAILURE = 400
"""The lowest status of a failure."""


def is_helicone(row: Row) -> bool:
    """Whether a row has the keys that only this export has."""
    return "request_created_at" in row and "prompt_tokens" in row


def helicone_requests(row: Row) -> list[Request]:
    """The request of a row."""
    prompt, output = usage_count_in(row.get("prompt_tokens")), usage_count_in(row.get("completion_tokens"))
    read, write = (
        usage_count_in(row.get("prompt_cache_read_tokens")),
        usage_count_in(row.get("prompt_cache_write_tokens")),
    )
    cached = (read or 0) + (write or 0)
    provider = usage_name_in(row.get("provider")).lower()
    is_beside = provider.startswith(BESIDE) or (prompt is not None and prompt < cached)
    cost = row.get("costUSD")
    status = usage_amount_in(row.get("response_status"))
    remark = CACHE_REMARK if cached else ""
    if row.get("prompt_audio_tokens") or row.get("completion_audio_tokens"):
        remark = remark or AUDIO_REMARK
    return [
        Request(
            time=usage_seconds_in(row["request_created_at"]),
            id=usage_name_in(row.get("request_id")),
            conversation=_helicone_session(row),
            model=usage_name_in(row.get("response_model"))
            or usage_name_in(row.get("model"))
            or usage_name_in(row.get("request_model")),
            provider=provider,
            uncached=prompt if is_beside else uncached_usage_of_prompt(prompt, read, write),
            read=read,
            write=write,
            output=output,
            reasoning=usage_count_in(row.get("reasoning_tokens")),
            cost=usage_amount_in(row.get("cost") if cost is None else cost),
            failed=_is_helicone_failure(status),
            from_proxy=usage_name_in(row.get("cache_reference_id")) not in NO_REFERENCE,
            seconds=usage_seconds_of_milliseconds(usage_amount_in(row.get("delay_ms"))),
            first_token_seconds=usage_seconds_of_milliseconds(usage_amount_in(row.get("time_to_first_token"))),
            remark=remark,
        )
    ]


def _helicone_session(row: Row) -> str:
    """The session that the caller named in a property."""
    for key in ("properties", "request_properties"):
        if session := usage_name_in(usage_object_in(row.get(key)).get(SESSION)):
            return session
    return ""


def helicone_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many rows.

    Raises:
        SkippedRow: some of them have to be read one by one, as those that came from Helicone's own cache.
    """
    prompt, providers = rows.counts("prompt_tokens"), [name.lower() for name in rows.names("provider")]
    read, write = rows.counts("prompt_cache_read_tokens"), rows.counts("prompt_cache_write_tokens")
    cached, statuses = usage_columns_sum(read, write), rows.amounts("response_status")
    if (
        not set(rows.names("cache_reference_id")) <= set(NO_REFERENCE)
        or any(rows.values("prompt_audio_tokens"))
        or any(rows.values("completion_audio_tokens"))
        or None in set(prompt)
    ):
        raise OddRows
    uncached = [
        tokens if part > tokens or provider.startswith(BESIDE) else tokens - part
        for tokens, part, provider in zip(known_usage_column(prompt), cached, providers, strict=True)
    ]
    properties = rows.objects_of("properties") if "properties" in rows else None
    if properties is None or "request_properties" in rows:
        raise OddRows
    return usage_request_columns(
        len(rows),
        time=rows.times("request_created_at"),
        id=rows.names("request_id"),
        conversation=properties.names(SESSION),
        model=rows.names("response_model", "model", "request_model"),
        provider=providers,
        uncached=uncached,
        read=read,
        write=write,
        output=rows.counts("completion_tokens"),
        reasoning=rows.counts("reasoning_tokens"),
        cost=usage_amounts_in(
            [
                other if cost is None else cost
                for cost, other in zip(rows.values("costUSD"), rows.values("cost"), strict=True)
            ]
        ),
        failed=usage_column_of(_is_helicone_failure, statuses),
        seconds=usage_seconds_of_millisecond_columns(rows.amounts("delay_ms")),
        first_token_seconds=usage_seconds_of_millisecond_columns(rows.amounts("time_to_first_token")),
        remark=[CACHE_REMARK if part else "" for part in cached],
    )


def _is_helicone_failure(status: float | None) -> bool:
    return status is not None and (status >= FIRST_FAILURE or status < 0)


def open_helicone_file() -> RowReader:
    """Rows are read one by one."""
    return helicone_requests


FORMAT = UsageFormat(
    label="Helicone",
    order=12,
    recognizes=is_helicone,
    marks=("request_created_at",),
    open_file=open_helicone_file,
    read_columns=helicone_columns,
    is_told_by_keys=True,
)
