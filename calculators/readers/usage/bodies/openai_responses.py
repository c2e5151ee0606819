"""Answers of OpenAI's Responses interface, also as the events of a stream.

Source: OpenAI's reference of the Responses interface. Input tokens include what was read from the cache and written to
it, output tokens include the reasoning. An answer that is polled or streamed comes several times, first without
counts. An answer that follows another belongs to the conversation of the first one known; that one itself does not say
whether others followed.
"""

from __future__ import annotations

from calculators.readers.intake.id_table import IdTable, id_digest
from calculators.readers.usage.bodies.prompt_columns import put_usage_input_columns
from calculators.readers.usage.bodies.prompt_counts import put_usage_cost, put_usage_input_counts
from calculators.readers.usage.cells import usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns
from calculators.readers.usage.request import STANDARD, TIERS, Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

FAILED = ("failed", "cancelled")  # codespell:ignore cancelled
EVENTS = "response."
"""How the type of a stream's event begins."""

ODD_KEYS = {"cost", "is_byok"}
"""Counts that are read row by row where an answer has them."""


class OpenaiResponseConversations:
    """To which conversation the answers belong that followed others; of each, a digest of its id is kept."""

    def __init__(self) -> None:
        self._ids, self._names = IdTable(), [""]

    def of_next(self, previous: str, id: str) -> str:
        """The conversation of an answer that followed the previous one."""
        place = self._ids.known_place(id_digest(previous))
        number = self._ids.number(place) if place >= 0 else len(self._names)
        if place < 0:
            self._names.append(previous)
        if id:
            place = self._ids.place_of(id)
            self._ids.set_number(place if place >= 0 else ~place, number)
        return self._names[number]


def is_openai_response(row: Row) -> bool:
    """Whether a row is an answer, an event of its stream, or holds counts of input and output in one sum."""
    usage = row.get("usage")
    if isinstance(usage, dict):
        return "input_tokens" in usage and (
            "input_tokens_details" in usage or "total_tokens" in usage or row.get("object") == "response"
        )
    kind = row.get("type")
    return row.get("object") == "response" or (isinstance(kind, str) and kind.startswith(EVENTS))


def openai_response_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many answers.

    Raises:
        SkippedRow: some of them have to be read one by one, as events of a stream and those of a conversation.
    """
    usage = rows.inner("usage")
    if any(kind.startswith(EVENTS) for kind in set(rows.texts("type"))) or not all(usage.rows):
        raise OddRows
    if any(rows.values("conversation")) or any(rows.values("previous_response_id")):
        raise OddRows
    if not ODD_KEYS.isdisjoint(usage.all_keys()):
        raise OddRows
    requests = usage_request_columns(
        len(rows),
        time=rows.times("created_at"),
        id=rows.names("id"),
        model=rows.names("model"),
        tier=rows.tiers("service_tier"),
        failed=[status in FAILED for status in rows.values("status")],
    )
    put_usage_input_columns(requests, usage)
    return requests


def open_openai_responses_file() -> RowReader:
    """Remembers to which conversation an answer belongs that followed another."""
    conversations = OpenaiResponseConversations()

    def requests(row: Row) -> list[Request]:
        kind = row.get("type")
        is_event = isinstance(kind, str) and kind.startswith(EVENTS)
        if is_event:
            row = usage_object_in(row.get("response"))
        if row.get("usage") or row.get("status") in FAILED:
            return [openai_response_request(row, conversations)]
        if is_event:
            return []
        raise SkippedRow("it is not answered yet, or has no token counts")

    return requests


def openai_response_request(row: Row, conversations: OpenaiResponseConversations | None = None) -> Request:
    """The request that an answer belongs to; `conversations` knows those of the answers before, if they are in order.

    Raises:
        SkippedRow: its counts are none.
    """
    request = Request(
        time=usage_seconds_in(row.get("created_at")),
        id=usage_name_in(row.get("id")),
        model=usage_name_in(row.get("model")),
        tier=TIERS.get(usage_name_in(row.get("service_tier")), STANDARD),
        failed=row.get("status") in FAILED,
    )
    request.conversation = _openai_response_conversation(row, request.id, conversations)
    usage = usage_object_in(row.get("usage"))
    if usage:
        put_usage_input_counts(request, usage)
        put_usage_cost(request, usage)
        request.provider = "openrouter" if "is_byok" in usage else ""
    return request


def _openai_response_conversation(row: Row, id: str, conversations: OpenaiResponseConversations | None) -> str:
    stated = row.get("conversation")
    if conversation := usage_name_in(stated) or usage_name_in(usage_object_in(stated).get("id")):
        return conversation
    previous = usage_name_in(row.get("previous_response_id"))
    if not previous:
        return ""
    return conversations.of_next(previous, id) if conversations else previous


FORMAT = UsageFormat(
    label="OpenAI responses",
    order=30,
    recognizes=is_openai_response,
    marks=("usage", "object", "type"),
    open_file=open_openai_responses_file,
    read_columns=openai_response_columns,
)
