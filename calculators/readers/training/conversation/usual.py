"""Recognizes conversations of which nothing is wrong, in one pass: most are so, and need not be judged rule by rule."""

from __future__ import annotations

import re

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import FUNCTION_NAME, parsed_training_arguments
from calculators.readers.training.lines import Speech

PLAIN = 2
"""A message that is a role and a text alone has two keys, and its speech two texts."""

SPEAKERS = frozenset({"system", "user", "assistant"})
"""Who may say a text and nothing else."""

_OF_A_CALL = 3
"""Texts that a speech has of each call: the id, the name and the arguments."""


def usual_training_speeches(messages: list[object], format: TrainingChatFormat) -> list[Speech] | None:
    """What the messages of a usual conversation say; None where it is not usual.

    Each message is a role and a text alone, or a whole call, or its result directly after it. Such messages break no
    rule about messages, calls and their sequence.
    """
    roles = format.roles
    speeches: list[Speech] = []
    waiting: list[str] = []
    for message in messages:
        if type(message) is not dict:
            return None
        role, content = message.get("role"), message.get("content")
        text = content if type(content) is str and not content.isspace() else ""
        if type(role) is not str or role not in roles:
            return None
        if role == "tool":
            id = message.get("tool_call_id")
            if not text or id not in waiting or len(message) != PLAIN + 1:
                return None
            waiting.remove(id)
            speeches.append((role, text))
        elif waiting:
            return None
        elif text and len(message) == PLAIN and role in SPEAKERS:
            speeches.append((role, text))
        elif role == "assistant" and (text or content is None or content == ""):
            calls = _usual_training_calls(message, format)
            if not calls or len(message) != PLAIN + ("content" in message):
                return None
            speeches.append((role, text, *calls))
            waiting = calls[::_OF_A_CALL]
        else:
            return None
    if waiting and role == "tool":  # only a call at the very end needs no result
        return None
    return speeches


def _usual_training_calls(message: dict[str, object], format: TrainingChatFormat) -> list[str] | None:
    """The id, the name and the arguments of each call of a message; None where one is not whole."""
    calls = message.get("tool_calls")
    if type(calls) is not list or "tool_calls" not in format.message_keys or not format.paired:
        return None
    texts: list[str] = []
    for call in calls:
        if not is_usual_training_call(call):
            return None
        function = call["function"]
        id, name, arguments = call["id"], function["name"], function["arguments"]
        if not FUNCTION_NAME.fullmatch(name) or type(parsed_training_arguments(arguments)) is not dict:
            return None
        if format.call_id and not re.fullmatch(format.call_id, id, re.ASCII):
            return None
        texts += id, name, arguments
    return texts if len(calls) == 1 or len(set(texts[::_OF_A_CALL])) == len(calls) else None


def training_calls_of_speech(speech: Speech) -> list[tuple[str, ...]]:
    """The id, the name and the arguments of each call in a speech.

    >>> training_calls_of_speech(("assistant", "", "call_1", "loan_of", "{}"))
    [('call_1', 'loan_of', '{}')]
    """
    return [speech[begin : begin + _OF_A_CALL] for begin in range(PLAIN, len(speech), _OF_A_CALL)]


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
