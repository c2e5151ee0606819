"""ShareGPT: conversations of turns with a speaker and a text."""

from __future__ import annotations

import json

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import parsed_training_arguments
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt
from calculators.readers.training.rules import Basis

ROLES = {
    "human": "user",
    "user": "user",
    "gpt": "assistant",
    "assistant": "assistant",
    "system": "system",
    "function_call": "assistant",
    "observation": "tool",
    "tool": "tool",
}


_INSTEAD = {"from": "role", "value": "content"}
"""Keys that stand in place of those of a turn where somebody took them from a chat: one error says so, not five."""

SHAREGPT_ROLES = ("system", "user", "assistant", "tool")
SHAREGPT_MESSAGE_KEYS = frozenset({"role", "content", "function_call", "tool_call_id"})
SHAREGPT_KEYS = frozenset({"conversations", "system", "tools", "id"})
SHAREGPT_BASIS = {
    "order": Basis("LLaMA-Factory: questions and answers take turns", "llamafactory-data"),
    "unrecognized_role": Basis("LLaMA-Factory: human, gpt, system, function_call, observation", "llamafactory-data"),
    "message_missing_key": Basis("LLaMA-Factory: a turn has `from` and `value`", "llamafactory-data"),
}


def sharegpt_conversation(line: TrainingLine, example: JsonObject) -> JsonObject:
    """The turns as messages; calls get ids, and definitions that are a text of JSON are read."""
    turns = example.get("conversations")
    if not isinstance(turns, list):
        return {}
    messages = [
        sharegpt_message(line, position, turn) if isinstance(turn, dict) else turn
        for position, turn in enumerate(turns, 1)
    ]
    speakers = [turn.get("from", turn.get(_INSTEAD["from"])) for turn in turns if isinstance(turn, dict)]
    asks = [speaker in ("human", "user", "observation", "tool") for speaker in speakers if speaker != "system"]
    if any(place % 2 == asked for place, asked in enumerate(asks)):
        line.note("order")
    tools = example.get("tools")
    read = parsed_training_arguments(tools) if isinstance(tools, str) and tools else tools
    return {"messages": messages, "system": example.get("system"), "functions": read or None}


def sharegpt_message(line: TrainingLine, position: int, turn: JsonObject) -> JsonObject:
    """A turn as a message, with what is wrong noted."""
    for key in ("from", "value"):
        if not isinstance(turn.get(key), str):
            line.note("message_missing_key", f"“{key}”", position)
    instead = {other for key, other in _INSTEAD.items() if key not in turn}
    unknown = turn.keys() - {"from", "value"} - instead
    if unknown:
        line.note("message_other_key", training_line_excerpt(min(unknown)), position)
    speaker, value = (turn.get(key, turn.get(other)) for key, other in _INSTEAD.items())
    role = ROLES.get(speaker) if isinstance(speaker, str) else None
    text = value if isinstance(value, str) else ""
    if role is None:
        line.note("unrecognized_role", training_line_excerpt(speaker), position)
        return {"role": "user", "content": text or "\n"}
    if speaker == "function_call":
        call = parsed_training_arguments(text)
        call = call if isinstance(call, dict) else {}
        arguments = call.get("arguments", {})
        written = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        return {"role": "assistant", "function_call": {"name": call.get("name"), "arguments": written}}
    if role == "tool":
        return {"role": "tool", "content": text, "tool_call_id": ""}
    return {"role": role, "content": text}


FORMAT = TrainingChatFormat(
    label="ShareGPT",
    order=15,
    recognized_by=(frozenset({"conversations"}),),
    conversation=sharegpt_conversation,
    list_key="conversations",
    roles=SHAREGPT_ROLES,
    message_keys=SHAREGPT_MESSAGE_KEYS,
    example_keys=SHAREGPT_KEYS,
    unknown_key="other_key",
    takes_array=True,
    system_beside=True,
    paired=False,
    basis=SHAREGPT_BASIS,
)
