"""Recognizes conversations of which nothing is wrong, in one pass: most are so, and need not be judged rule by rule."""

from __future__ import annotations

import re

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import FUNCTION_NAME, parsed_training_arguments

_PLAIN = 2
"""A message that is a role and a text alone has two keys."""

_SPEAKERS = frozenset({"system", "user", "assistant"})
_NONE_CALLED: frozenset[str] = frozenset()


def called_in_usual_training_messages(messages: list[object], format: TrainingChatFormat) -> frozenset[str] | None:
    """The names of the functions that a usual conversation calls; None where it is not usual.

    Each message is a role and a text alone, or a whole call, or its result directly after it. Such messages break no
    rule about messages, calls and their sequence.
    """
    roles = format.roles
    called: set[str] | None = None
    waiting: list[str] = []
    for message in messages:
        if type(message) is not dict:
            return None
        role, content = message.get("role"), message.get("content")
        is_text = type(content) is str and content and not content.isspace()
        if type(role) is not str or role not in roles:
            return None
        if role == "tool":
            id = message.get("tool_call_id")
            if not is_text or id not in waiting or len(message) != _PLAIN + 1:
                return None
            waiting.remove(id)
        elif waiting:
            return None
        elif len(message) == _PLAIN and is_text and role in _SPEAKERS:
            continue
        elif role == "assistant" and (is_text or content is None or content == ""):
            called = called or set()
            ids = _usual_training_calls(message, called, format)
            if not ids or len(message) != _PLAIN + ("content" in message):
                return None
            waiting = ids
        else:
            return None
    if waiting and role == "tool":  # only a call at the very end needs no result
        return None
    return frozenset(called) if called else _NONE_CALLED


def _usual_training_calls(message: dict[str, object], called: set[str], format: TrainingChatFormat) -> list[str] | None:
    """The ids of the calls of a message, whose names are put with those called; None where one is not whole."""
    calls = message.get("tool_calls")
    if type(calls) is not list or "tool_calls" not in format.message_keys or not format.paired:
        return None
    ids = []
    for call in calls:
        if not is_usual_training_call(call):
            return None
        function = call["function"]
        name, id = function["name"], call["id"]
        if not FUNCTION_NAME.fullmatch(name) or type(parsed_training_arguments(function["arguments"])) is not dict:
            return None
        if format.call_id and not re.fullmatch(format.call_id, id, re.ASCII):
            return None
        called.add(name)
        ids.append(id)
    return ids if len(set(ids)) == len(ids) else None


_CALL_KEYS, _FUNCTION_KEYS = 3, 2


def is_usual_training_call(call: object) -> bool:
    """Whether a call has an id, its type and a function with a name and arguments, and nothing else."""
    if type(call) is not dict or len(call) != _CALL_KEYS or call.get("type") != "function":
        return False
    function = call.get("function")
    return (
        type(function) is dict
        and len(function) == _FUNCTION_KEYS
        and type(call.get("id")) is str
        and type(function.get("name")) is str
        and type(function.get("arguments")) is str
    )
