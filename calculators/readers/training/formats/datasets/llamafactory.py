"""Chats of LLaMA-Factory, version 1: contents of parts with a type and a value, and a loss weight beside them."""

from __future__ import annotations

import json

from calculators.readers.training.chat_format import TEXT_PARTS, USER_PARTS, TrainingChatFormat
from calculators.readers.training.conversation.calls import parsed_training_arguments
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt
from calculators.readers.training.rules import Basis

LLAMAFACTORY_ROLES = ("system", "user", "assistant", "tool")
LLAMAFACTORY_MESSAGE_KEYS = frozenset({"role", "content", "tool_calls", "tool_call_id", "reasoning_content", "weight"})
LLAMAFACTORY_PARTS = {
    "system": TEXT_PARTS | {"tools"},
    "user": USER_PARTS | {"video_url", "audio_url"},
    "assistant": TEXT_PARTS,
    "tool": TEXT_PARTS,
}
LLAMAFACTORY_BASIS = {
    "wrong_type": Basis("LLaMA-Factory: contents are lists of parts with `type` and `value`", "llamafactory-v1-data"),
    "unrecognized_role": Basis("LLaMA-Factory: system, user, assistant and tool", "llamafactory-v1-data"),
    "tool_call": Basis("LLaMA-Factory: a call is a JSON object with a name and arguments", "llamafactory-v1-data"),
}

_MARKED, _OTHER = 4, 1
"""How well an example fits whose contents are parts with values, and how well another chat."""


def llamafactory_fit(example: JsonObject) -> int:
    """Messages whose contents are parts with values; other messages fit no better than a chat does."""
    messages = example.get("messages")
    if not isinstance(messages, list) or not messages:
        return 0
    contents = [message.get("content") for message in messages if isinstance(message, dict)]
    parts = [part for content in contents if isinstance(content, list) for part in content]
    return _MARKED if any(isinstance(part, dict) and "value" in part for part in parts) else _OTHER


def llamafactory_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The example as a chat."""
    messages = example.get("messages")
    if not isinstance(messages, list):
        return {}
    converted = [llamafactory_message(line, position, message) for position, message in enumerate(messages, 1)]
    return {"messages": converted, **llamafactory_tools(example)}


def llamafactory_tools(example: JsonObject) -> JsonObject:
    """The definitions of an example, which are a text of JSON: functions, or tools that hold one each."""
    tools = example.get("tools")
    read = parsed_training_arguments(tools) if isinstance(tools, str) and tools else tools
    is_wrapped = isinstance(read, list) and any(isinstance(tool, dict) and "function" in tool for tool in read)
    return {("tools" if is_wrapped else "functions"): read or None}


def llamafactory_message(line: TrainingLine, position: int, message: object) -> object:
    """A message as that of a chat: texts are parts, a weight is 0 or 1, and calls have their places as ids."""
    if not isinstance(message, dict):
        return message
    unknown = message.keys() - {"role", "content", "loss_weight"}
    if unknown:
        line.note("message_other_key", training_line_excerpt(min(unknown)), position)
    role, content = message.get("role"), message.get("content")
    if not isinstance(content, list):
        line.note("wrong_type", "“content”", position)
        return {"role": role, "content": content if isinstance(content, str) and content else "\n"}
    read: JsonObject = {"role": role}
    parts: list[object] = []
    calls: list[object] = []
    for part in content:
        kind, value = (part.get("type"), part.get("value")) if isinstance(part, dict) else (None, None)
        if not isinstance(kind, str) or not isinstance(value, str):
            line.note("wrong_type", "“content”", position)
        elif kind == "reasoning":
            read["reasoning_content"] = value
        elif kind == "tool_call":
            calls.append(
                {"id": f"{position}.{len(calls)}", "type": "function", "function": _llamafactory_function(value)}
            )
        else:
            parts.append({"type": "text", "text": value} if kind == "text" else {"type": kind})
    if parts or not calls:
        read["content"] = parts or "\n"
    if calls:
        read["tool_calls"] = calls
    if role == "tool":
        read["tool_call_id"] = ""
    _read_llamafactory_weight(line, position, message, read)
    return read


def _llamafactory_function(text: str) -> JsonObject:
    call = parsed_training_arguments(text)
    call = call if isinstance(call, dict) else {}
    arguments = call.get("arguments", {})
    written = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    return {"name": call.get("name"), "arguments": written}


def _read_llamafactory_weight(line: TrainingLine, position: int, message: JsonObject, read: JsonObject) -> None:
    weight = message.get("loss_weight", 0)
    if isinstance(weight, bool) or not isinstance(weight, int | float):
        line.note("wrong_type", "“loss_weight”", position)
    elif message.get("role") != "assistant":
        if weight:
            line.note("weight_role", message=position)
    elif "loss_weight" in message:
        read["weight"] = int(weight > 0)


FORMAT = TrainingChatFormat(
    label="LLaMA-Factory, version 1",
    order=16,
    fit=llamafactory_fit,
    conversation=llamafactory_conversation,
    roles=LLAMAFACTORY_ROLES,
    message_keys=LLAMAFACTORY_MESSAGE_KEYS,
    example_keys=frozenset({"messages", "tools", "extra_info", "_dataset_name"}),
    unknown_key="other_key",
    takes_array=True,
    paired=False,
    parts=LLAMAFACTORY_PARTS,
    basis=LLAMAFACTORY_BASIS,
)
