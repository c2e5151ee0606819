"""Judges calls of tools and their results: each by itself, and as a sequence."""

from __future__ import annotations

import re

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.training.lines import JsonObject, TrainingLine, training_json, training_line_excerpt

FUNCTION_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


_CALLING, _ANSWERING = {"tool_calls", "function_call"}, ("tool", "function")


def training_calls_of_message(message: JsonObject) -> list[JsonObject]:
    """The functions that a message calls, with their names and arguments; what is no call is left out."""
    if "tool_calls" not in message and "function_call" not in message:
        return []
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    functions.append(message.get("function_call"))
    return [function for function in functions if isinstance(function, dict)]


def judge_training_calls(line: TrainingLine, position: int, message: JsonObject, call_id: str) -> None:
    """Notes what is wrong with the calls of a message, or with the result that it is."""
    if message.get("role") == "tool" and not isinstance(message.get("tool_call_id"), str):
        line.note("tool_call", "“tool_call_id”", position)
    if "tool_calls" not in message and "function_call" not in message:
        return
    calls = message.get("tool_calls")
    if calls is not None and not _are_training_calls_whole(calls):
        line.note("tool_call", message=position)
    function = message.get("function_call")
    if function is not None and not _is_training_function_call(function):
        line.note("tool_call", "“function_call”", position)
    ids = _training_calls_ids(message)
    if len(set(ids)) < len(ids):
        line.note("call_id_twice", message=position)
    if call_id and not all(re.fullmatch(call_id, id, re.ASCII) for id in ids):
        line.note("call_id_form", message=position)
    for called in training_calls_of_message(message):
        name, arguments = called.get("name"), called.get("arguments")
        if isinstance(name, str) and not FUNCTION_NAME.fullmatch(name):
            line.note("name_characters", message=position)
        if isinstance(arguments, str):
            _judge_training_calls_arguments(line, position, arguments)


def _are_training_calls_whole(calls: object) -> bool:
    """Whether each call has an id and names its function with arguments."""
    return (
        isinstance(calls, list)
        and bool(calls)
        and all(isinstance(call, dict) and isinstance(call.get("id"), str) for call in calls)
        and all(
            _is_training_function_call(call.get("function")) and call.get("type", "function") == "function"
            for call in calls
        )
    )


def _is_training_function_call(function: object) -> bool:
    return (
        isinstance(function, dict)
        and isinstance(function.get("name"), str)
        and isinstance(function.get("arguments"), str)
    )


def _judge_training_calls_arguments(line: TrainingLine, position: int, text: str) -> None:
    value = parsed_training_arguments(text)
    if isinstance(value, str) and isinstance(parsed_training_arguments(value), dict):
        line.note("arguments_twice", message=position)
    elif not isinstance(value, dict):
        line.note("arguments_json", message=position)


def parsed_training_arguments(text: str) -> object:
    """What a text holds as JSON; None where it is no JSON, or nested too deep to be parsed."""
    if is_json_nested_too_deep(text):
        return None
    try:
        return training_json(text)
    except (ValueError, StopIteration):
        return None


def _training_calls_ids(message: JsonObject) -> list[str]:
    if "tool_calls" not in message:
        return []
    calls = message.get("tool_calls")
    ids = [call.get("id") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    return [id for id in ids if isinstance(id, str)]


def judge_training_call_sequence(line: TrainingLine) -> None:
    """Each call is answered by tool messages directly after it, and each result follows its call.

    A call in the last message needs no result: there the model learns to make the call.
    """
    if not any(_CALLING & message.keys() or message.get("role") in _ANSWERING for message in line.messages):
        return
    waiting: list[str] = []
    caller = 0
    function = ""
    for position, message in enumerate(line.messages, 1):
        role = message.get("role")
        if role == "tool":
            id = message.get("tool_call_id")
            if id in waiting:
                waiting.remove(str(id))
            elif isinstance(id, str):
                line.note("result_without_call", message=position)
            elif waiting:
                waiting.pop(0)  # a result that names no call is incomplete itself
            continue
        if role == "function":
            if not function or message.get("name") != function:
                line.note("result_without_call", training_line_excerpt("function"), position)
            function = ""
            continue
        if waiting or function:
            line.note("call_unanswered", message=caller)
        waiting = list(dict.fromkeys(_training_calls_ids(message))) if role == "assistant" else []
        called = message.get("function_call")
        name = called.get("name") if isinstance(called, dict) else ""
        function = name if role == "assistant" and isinstance(name, str) else ""
        caller = position
    if (waiting or function) and caller < len(line.messages):
        line.note("call_unanswered", message=caller)
