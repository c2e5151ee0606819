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
)
from calculators.readers.usage.gateways.openrouter_activity import usage_seconds_of_milliseconds
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
            failed=status is not None and (status >= FIRST_FAILURE or status < 0),
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


def open_helicone_file() -> RowReader:
    """Rows are read one by one."""
    return helicone_requests


FORMAT = UsageFormat(
    label="Helicone", order=12, recognizes=is_helicone, marks=("request_created_at",), open_file=open_helicone_file
)
