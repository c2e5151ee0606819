"""Compares the examples of a file by short digests, which need little memory."""

from __future__ import annotations

import json
from hashlib import blake2b

from calculators.readers.training.lines import JsonObject, Line
from calculators.readers.training.report import Report

_SEPARATOR = "\x1f"
_DIGEST_SIZE = 16
_ROLE_AND_CONTENT = 2


def note_repeat(line: Line, report: Report, answers: dict[bytes, set[bytes]]) -> bool:
    """Notes an example that was there before, and one that answers an earlier prompt in another way.

    Returns whether it was one of them.
    """
    prompt, answer = repeat_digests(line)
    is_repeated = prompt in answers
    if is_repeated:
        report.note("duplicate" if answer in answers[prompt] else "conflict", line.number)
    answers.setdefault(prompt, set()).add(answer)
    return is_repeated


def repeat_digests(line: Line) -> tuple[bytes, bytes]:
    """Short stand-ins for an example's prompt, all but a last answer, and for that answer."""
    texts = [_message_text(message) for message in line.messages]
    ends_with_answer = line.messages[-1].get("role") == "assistant"
    prompt, answer = (texts[:-1], texts[-1:]) if ends_with_answer else (texts, [])
    return _digest([line.system, *prompt]), _digest([*answer, *map(_message_text, line.rejected)])


def _message_text(message: JsonObject) -> str:
    content = message.get("content")
    if len(message) == _ROLE_AND_CONTENT and isinstance(content, str):
        return f"{message.get('role')}{_SEPARATOR}{content}"
    text = f"{message.get('role')}{_SEPARATOR}{_canonical(content)}"
    calls = [_canonical(message[key]) for key in ("tool_calls", "function_call") if message.get(key)]
    return _SEPARATOR.join((text, *calls))


def _canonical(content: object) -> str:
    """The text of a content, the same for objects whose keys come in another order."""
    return content if isinstance(content, str) else json.dumps(content, sort_keys=True)


def _digest(texts: list[str]) -> bytes:
    whole = f"{_SEPARATOR}{_SEPARATOR}".join(texts)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).digest()
