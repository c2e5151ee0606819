"""Reads JSON Lines and judges each line by the rules of a training format; nothing hostile in them breaks this."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

LONGEST_LINE = 1_000_000
DEEPEST = 64
"""Deeper nesting would end the browser's Python for good, so brackets are counted before a line is parsed."""

SHOWN = 40
"""How much of an unknown key or role is shown; nothing else of the data is."""

ROLES = {
    "openai": ("system", "developer", "user", "assistant", "tool", "function"),
    "bedrock": ("user", "assistant"),
}
KEYS = {
    "openai": {"role", "content", "name", "weight", "tool_calls", "tool_call_id", "function_call"},
    "bedrock": {"role", "content"},
}
BESIDE = {
    "openai": {"messages", "tools", "parallel_tool_calls", "functions"},
    "bedrock": {"messages", "system"},
}
"""The keys that an example may have."""

_STRING = re.compile(r'(?s)"(?:[^"\\]++|\\.?)*+(?:"|\Z)')
_BRACKET = re.compile(r"[\[{]|[\]}]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Line:
    """One line of a file: the names of the rules it breaks, each with a few words of detail, and its messages."""

    number: int
    problems: dict[str, str] = field(default_factory=dict)
    system: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)


class _NoNumber(ValueError):
    """JSON knows no NaN and no Infinity; Python's reader does."""


def _refuse(constant: str) -> NoReturn:
    raise _NoNumber(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def split(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, from 1; the end of the text ends the last one."""
    number, begin = 1, 0
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        yield number, text[begin:end]
        number, begin = number + 1, end + 1


def read(number: int, text: str, format: str) -> Line:
    """One line, judged. A line that cannot be parsed has no messages."""
    line = Line(number)
    if "\0" in text:
        line.problems["nul"] = ""
        return line
    if len(text) > LONGEST_LINE:
        line.problems["long_line"] = ""
        return line
    if "\ufffd" in text:
        line.problems["unreadable"] = ""
    if _too_deep(text):
        line.problems["deep"] = ""
        return line
    try:
        told = _DECODER.decode(text)
    except _NoNumber as error:
        line.problems["not_a_number"] = shown(str(error))
        return line
    except ValueError:
        line.problems["not_json"] = ""
        return line
    if _HALF.search(text) or ("\\u" in text and _HALF.search(json.dumps(told, ensure_ascii=False))):
        line.problems["half_character"] = ""
    _judge(line, told, format)
    return line


def _too_deep(text: str) -> bool:
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = deepest = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _judge(line: Line, told: Any, format: str) -> None:
    """Holds an example to its format. The first rules and their order are those of OpenAI's own checking notebook."""
    if not isinstance(told, dict):
        line.problems["data_type"] = ""
        return
    unknown = told.keys() - BESIDE[format]
    if unknown:
        line.problems["extra_key" if format == "bedrock" else "other_key"] = shown(min(unknown))
    messages = told.get("messages")
    if not isinstance(messages, list) or not messages:
        line.problems["missing_messages_list"] = ""
        return
    system = told.get("system", "")
    line.system = system if isinstance(system, str) and format == "bedrock" else ""
    for message in messages:
        if isinstance(message, dict):
            line.messages.append(message)
            _judge_message(line, message, format)
        else:
            line.problems["message_not_object"] = ""
    _judge_roles(line, format)


def _judge_message(line: Line, message: dict[str, Any], format: str) -> None:
    problems = line.problems
    role, content = message.get("role"), message.get("content")
    calls = bool(message.get("tool_calls") or message.get("function_call"))
    if "role" not in message or ("content" not in message and not calls):
        problems["message_missing_key"] = shown("role" if "role" not in message else "content")
    unknown = message.keys() - KEYS[format]
    if unknown:
        problems["message_unrecognized_key"] = shown(min(unknown))
    if role not in ROLES[format] and "role" in message:
        problems["unrecognized_role"] = shown(role)
    if isinstance(content, list) and format == "openai":
        parts = [part for part in content if isinstance(part, dict) and isinstance(part.get("type"), str)]
        if len(parts) < len(content) or not parts:
            problems["missing_content"] = ""
        if any(part["type"] != "text" for part in parts):
            problems["images"] = ""
    elif not isinstance(content, str) or not content:
        if not calls and "content" in message:
            problems["missing_content"] = ""
    elif content.isspace():
        problems["blank_content"] = ""
    if "weight" in message:
        weight = message["weight"]
        if isinstance(weight, bool) or weight not in (0, 1):
            problems["weight_value"] = ""
        if role != "assistant":
            problems["weight_role"] = ""
    if "tool_calls" in message or role == "tool":
        _judge_call(problems, message)


def _judge_call(problems: dict[str, str], message: dict[str, Any]) -> None:
    calls = message.get("tool_calls")
    if message.get("role") == "tool":
        whole = isinstance(message.get("tool_call_id"), str)
    else:
        functions = (
            [call.get("function") if isinstance(call, dict) else None for call in calls or [None]]
            if (isinstance(calls, list))
            else [None]
        )
        whole = all(
            isinstance(function, dict)
            and isinstance(function.get("name"), str)
            and isinstance(function.get("arguments"), str)
            for function in functions
        )
    if not whole:
        problems["tool_call"] = ""


def _judge_roles(line: Line, format: str) -> None:
    """What only the whole conversation shows: who is missing, who comes last, and whether anything is learned."""
    roles = [message.get("role") for message in line.messages]
    if "system" not in roles and "developer" not in roles and not line.system:
        line.problems["missing_system"] = ""
    if "user" not in roles:
        line.problems["missing_user"] = ""
    if "assistant" not in roles:
        line.problems["example_missing_assistant_message"] = ""
        return
    if roles[-1] != "assistant":
        line.problems["last_not_assistant"] = ""
    answers = [message for message in line.messages if message.get("role") == "assistant"]
    if all(message.get("weight") == 0 for message in answers):
        line.problems["nothing_learned"] = ""
    if format == "bedrock" and any(role != ("user", "assistant")[at % 2] for at, role in enumerate(roles)):
        line.problems["order"] = ""


def shown(name: object) -> str:
    """The beginning of a key or a role, safe to write anywhere."""
    words = name if isinstance(name, str) else json.dumps(name, ensure_ascii=False)[:SHOWN]
    words = " ".join(_HALF.sub("\ufffd", words[:SHOWN]).split())
    return f"“{words}”" if len(words) < SHOWN else f"“{words}…”"
