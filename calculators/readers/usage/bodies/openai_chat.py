"""Answers of OpenAI's chat interface, and of all who follow its shape: Groq, Mistral, DeepSeek, OpenRouter, xAI, vLLM.

Source: OpenAI's reference of chat completions and embeddings. Prompt tokens include what was read from the cache and
written to it, completion tokens include the reasoning. Of a stream, only the last piece has counts, and only where they
were asked for; `x_groq` is where Groq puts them. Pieces have the id of their answer, so they count once.
"""

from __future__ import annotations

from typing import cast

from calculators.readers.usage.bodies.prompt_columns import put_usage_prompt_columns
from calculators.readers.usage.bodies.prompt_counts import put_usage_cost, put_usage_prompt_counts
from calculators.readers.usage.cells import (
    usage_amount_in,
    usage_list_in,
    usage_name_in,
    usage_object_in,
    usage_seconds_in,
)
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

ANSWERS = ("chat.completion", "text_completion")
PIECE = "chat.completion.chunk"

UNCOUNTED = "its stream has no token counts; a request asks for them with include_usage"

PROVIDERS = {
    "prompt_cache_hit_tokens": "deepseek",
    "queue_time": "groq",
    "cost_in_usd_ticks": "xai",
    "is_byok": "openrouter",
}
"""Who answers, by what only their counts have."""

ODD_KEYS = {*PROVIDERS, "cost", "total_time"}
"""Counts that are read row by row where an answer has them."""


def is_openai_chat(row: Row) -> bool:
    """Whether a row has counts of a prompt, or is an answer or a piece of one that says what it is."""
    usage = row.get("usage")
    if isinstance(usage, dict):
        return "prompt_tokens" in usage
    return row.get("object") in (*ANSWERS, PIECE)


class OpenaiChatRows:
    """Remembers whether any stream had counts: where none has, each that ends without them is refused by name."""

    def __init__(self) -> None:
        self.counted, self._ended = False, ""

    def __call__(self, row: Row) -> list[Request]:
        """The request of an answer, or of the piece of one that has the counts."""
        if row.get("object") == PIECE and not openai_chat_counts(row):
            if not self.counted and _openai_chat_ends(row):
                before, self._ended = self._ended, usage_name_in(row.get("id"))
                if before and before != self._ended:
                    raise SkippedRow(UNCOUNTED)
            return []
        self.counted = True
        return [openai_chat_request(row)]


def openai_chat_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many answers.

    Raises:
        SkippedRow: some of them have to be read one by one, as pieces of a stream and those with a cost.
    """
    usage = rows.inner("usage")
    if PIECE in rows.values("object") or not all(usage.rows) or not ODD_KEYS.isdisjoint(usage.all_keys()):
        raise OddRows
    ids = rows.names("id")
    requests = usage_request_columns(
        len(rows),
        time=rows.times("created"),
        id=ids,
        model=rows.names("model"),
        tier=rows.tiers("service_tier"),
        provider=[_openai_chat_provider(rows.rows[0], {}, id) for id in ids],
    )
    put_usage_prompt_columns(requests, usage)
    cast(OpenaiChatRows, reader).counted = True
    return requests


def openai_chat_counts(row: Row) -> Row:
    """The counts of an answer or of a piece of one; none where it has none."""
    return usage_object_in(row.get("usage") or usage_object_in(row.get("x_groq")).get("usage"))


def openai_chat_request(row: Row) -> Request:
    """The request that an answer, or the piece of a streamed one with the counts, belongs to.

    Raises:
        SkippedRow: its counts are none.
    """
    usage = row.get("usage")
    if type(usage) is not dict or not usage:
        usage = openai_chat_counts(row)
    request = Request(
        time=usage_seconds_in(row.get("created")),
        id=usage_name_in(row.get("id")),
        model=usage_name_in(row.get("model")),
        tier=TIERS.get(usage_name_in(row.get("service_tier")), STANDARD),
    )
    request.provider = _openai_chat_provider(row, usage, request.id)
    if usage:
        put_usage_prompt_counts(request, usage)
        put_usage_cost(request, usage)
        if "total_time" in usage:
            request.seconds = usage_amount_in(usage["total_time"])
    return request


def _openai_chat_ends(row: Row) -> bool:
    """Whether a piece is the last of an answer."""
    return any(usage_object_in(choice).get("finish_reason") for choice in usage_list_in(row.get("choices")))


def _openai_chat_provider(row: Row, usage: Row, id: str) -> str:
    if not PROVIDERS.keys().isdisjoint(usage):
        return next(provider for key, provider in PROVIDERS.items() if key in usage)
    if id.startswith("gen-"):
        return "openrouter"
    if "prompt_filter_results" in row:
        return "azure"
    return "groq" if "x_groq" in row else ""


FORMAT = UsageFormat(
    label="OpenAI chat completions",
    order=40,
    recognizes=is_openai_chat,
    marks=("usage", "object"),
    open_file=OpenaiChatRows,
    read_columns=openai_chat_columns,
)
