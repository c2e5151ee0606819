"""Items for reinforcement: a prompt, and a reference answer beside it that a grader reads."""

from __future__ import annotations

from calculators.readers.training.copies.dialects.chats import read_chat_dialect, written_dialect_messages
from calculators.readers.training.copies.dialects.dialect import ITEMS, Chat, Dialect, Note
from calculators.readers.training.formats.datasets.reinforcement import FORMAT
from calculators.readers.training.lines import JsonObject

REFERENCE = "reference_answer"
_CHAT = ("messages", "tools", "functions", "parallel_tool_calls")


def _read_reinforcement_dialect(example: JsonObject, note: Note) -> Chat:
    if any(part is not None for key, part in example.items() if key not in (*_CHAT, REFERENCE)):
        note("Lost: a further key that graders read")
    chat = read_chat_dialect({key: example[key] for key in _CHAT if key in example}, note)
    chat.reference = example.get(REFERENCE)
    return chat


def _write_reinforcement_dialect(chat: Chat, note: Note) -> list[JsonObject]:
    example: JsonObject = {"messages": written_dialect_messages(chat.messages, FORMAT, note), REFERENCE: chat.reference}
    if chat.tools:
        example["tools"] = chat.tools
    if chat.parallel is not None:
        example["parallel_tool_calls"] = chat.parallel
    return [example]


REINFORCEMENT = Dialect(purpose=ITEMS, read=_read_reinforcement_dialect, write=_write_reinforcement_dialect)
