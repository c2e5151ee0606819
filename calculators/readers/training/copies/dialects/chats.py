"""Chats of OpenAI, and of the services that read them with rules of their own."""

from __future__ import annotations

import re

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.messages import REASONING_KEYS
from calculators.readers.training.copies.dialects.dialect import (
    ANSWERS,
    Chat,
    Dialect,
    Note,
    dialect_call_message,
    dialect_calls_in,
    dialect_objects_in,
    dialect_text_of_message,
    dialect_tools_of_functions,
    note_keys_lost_between_dialects,
    note_lost_dialect_switch,
    note_other_dialect_keys,
)
from calculators.readers.training.lines import JsonObject

_OLD_KEYS = "Changed: old keys of calls become those of tools, with ids made up"
_ID = "call{:05d}"
"""Nine letters and digits, as Mistral wants them."""


def read_chat_dialect(example: JsonObject, note: Note) -> Chat:
    """A chat as it is, but for calls under keys that are out of use."""
    note_other_dialect_keys(example, ("messages", "tools", "functions", "parallel_tool_calls"), note)
    tools = example.get("tools")
    listed = list(tools) if isinstance(tools, list) else []
    if example.get("functions"):
        note(_OLD_KEYS)
        listed += dialect_tools_of_functions(example["functions"])
    messages = dialect_with_calls_as_tools(dialect_objects_in(example.get("messages")), note)
    return Chat(messages=messages, tools=listed, parallel=example.get("parallel_tool_calls"))


def dialect_with_calls_as_tools(messages: list[JsonObject], note: Note) -> list[JsonObject]:
    """The messages with `function_call` and its results as calls and results of tools."""
    changed: list[JsonObject] = []
    id = ""
    for position, message in enumerate(messages, 1):
        function = message.get("function_call")
        if isinstance(function, dict):
            note(_OLD_KEYS)
            id = _ID.format(position)
            more = {key: part for key, part in message.items() if key not in ("role", "function_call", "tool_calls")}
            message = dialect_call_message([(id, str(function.get("name")), str(function.get("arguments")))], **more)
        elif message.get("role") == "function":
            message = {"role": "tool", "tool_call_id": id, "content": message.get("content")}
        changed.append(message)
    return changed


def chat_dialect(format: TrainingChatFormat) -> Dialect:
    """A chat by the keys, roles and parts of a format."""

    def write(chat: Chat, note: Note) -> list[JsonObject]:
        example: JsonObject = {"messages": written_dialect_messages(chat.messages, format, note)}
        if chat.tools:
            example["tools"] = chat.tools
        if "parallel_tool_calls" not in format.example_keys:
            note_lost_dialect_switch(chat, note)
        elif chat.parallel is not None:
            example["parallel_tool_calls"] = chat.parallel
        return [example]

    return Dialect(purpose=ANSWERS, read=read_chat_dialect, write=write)


def written_dialect_messages(messages: list[JsonObject], format: TrainingChatFormat, note: Note) -> list[JsonObject]:
    """Messages with the roles, keys and ids that a format has."""
    ids = _chat_dialect_ids(messages, format, note)
    return [_chat_dialect_message(message, ids, format, note) for message in messages]


def _chat_dialect_message(
    message: JsonObject, ids: dict[str, str], format: TrainingChatFormat, note: Note
) -> JsonObject:
    kept = format.message_keys | format.reasoning_keys
    written: JsonObject = {}
    for key, part in message.items():
        if key in REASONING_KEYS and key not in kept and format.reasoning_keys:
            note("Changed: reasoning has another key")
            written[min(format.reasoning_keys)] = part
        elif key in kept and part is not None:
            written[key] = part
    note_keys_lost_between_dialects(message, kept | (REASONING_KEYS if format.reasoning_keys else frozenset()), note)
    if written.get("role") == "developer" and "developer" not in format.roles:
        note("Changed: the role developer becomes system")
        written["role"] = "system"
    if isinstance(written.get("content"), list) and not format.parts.get(str(written.get("role"))):
        written["content"] = dialect_text_of_message(message, note)
    if ids and isinstance(written.get("tool_call_id"), str):
        written["tool_call_id"] = ids.get(str(written["tool_call_id"]), written["tool_call_id"])
    if ids and "tool_calls" in written:
        calls = [(ids[id], name, arguments) for id, name, arguments in dialect_calls_in(message)]
        written["tool_calls"] = dialect_call_message(calls)["tool_calls"]
    return written


def _chat_dialect_ids(messages: list[JsonObject], format: TrainingChatFormat, note: Note) -> dict[str, str]:
    """New ids of calls by the old ones, where the format has a form for them that one of them lacks."""
    ids = list(dict.fromkeys(id for message in messages for id, _, _ in dialect_calls_in(message)))
    if not format.call_id or all(re.fullmatch(format.call_id, id, re.ASCII) for id in ids):
        return {}
    note("Changed: ids of calls are new")
    return {id: _ID.format(number) for number, id in enumerate(ids, 1)}
