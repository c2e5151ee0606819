"""Judges a message by itself: its keys, its role, its content and its weight."""

from __future__ import annotations

import re

from calculators.readers.training.chat_format import TrainingChatFormat
from calculators.readers.training.conversation.calls import judge_training_calls
from calculators.readers.training.lines import JsonObject, TrainingLine, training_line_excerpt

_NAME = re.compile(r"[^\s<|\\/>]{1,64}")
REASONING_KEYS = frozenset({"reasoning", "reasoning_content"})
REFUSAL = "refusal"
"""The key of an answer that refuses, and the kind of its part."""

REFUSING = ("message_unrecognized_key",)
"""Rules about unknown keys by which a format refuses a message."""


_PLAIN = frozenset({"role", "content"})
_PLAIN_ROLES = frozenset({"system", "user", "assistant"})


def is_plain_training_message(message: JsonObject, format: TrainingChatFormat) -> bool:
    """Whether a message is a role and a text alone. Such a message breaks no rule, and need not be looked at."""
    role, content = message.get("role"), message.get("content")
    return (
        len(message) == len(_PLAIN)
        and isinstance(role, str)
        and isinstance(content, str)
        and bool(content)
        and not content.isspace()
        and role in _PLAIN_ROLES
        and role in format.roles
    )


def training_null_keys(message: JsonObject, format: TrainingChatFormat) -> set[str]:
    """The keys of a message that are null; a content may be, where there are calls instead."""
    if None not in message.values():
        return set()
    return {key for key, value in message.items() if value is None and key in format.message_keys and key != "content"}


def judge_training_message(line: TrainingLine, position: int, message: JsonObject, format: TrainingChatFormat) -> None:
    """Notes the rules that a message breaks; `position` is its number in the conversation, from 1."""
    role = message.get("role")
    calls = bool(message.get("tool_calls") or message.get("function_call"))
    _judge_training_keys(line, position, message, calls, format)
    if "role" in message and role not in format.roles:
        line.note("unrecognized_role", training_line_excerpt(role), position)
    _judge_training_content(line, position, message, calls, format)
    if "weight" in message and message["weight"] is not None:
        weight = message["weight"]
        if isinstance(weight, bool) or weight not in (0, 1):
            line.note("weight_value", message=position)
        if role != "assistant":
            line.note("weight_role", message=position)
    name = message.get("name")
    if isinstance(name, str) and not _NAME.fullmatch(name):
        line.note("name_characters", message=position)
    judge_training_calls(line, position, message, format.call_id)


def _judge_training_keys(
    line: TrainingLine, position: int, message: JsonObject, calls: bool, format: TrainingChatFormat
) -> None:
    role = message.get("role")
    if "role" not in message or ("content" not in message and not calls):
        missing = "role" if "role" not in message else "content"
        line.note("message_missing_key", training_line_excerpt(missing), position)
    if (calls and role != "assistant") or (message.get("tool_call_id") is not None and role != "tool"):
        line.note("call_role", training_line_excerpt(role), position)
    reasoning = message.keys() & format.reasoning_keys
    if reasoning:
        line.note("reasoning", training_line_excerpt(min(reasoning)), position)
    unknown = message.keys() - format.message_keys - reasoning
    if unknown & REASONING_KEYS and format.unknown_message_key in REFUSING:
        line.note("reasoning_refused", training_line_excerpt(min(unknown & REASONING_KEYS)), position)
        unknown -= REASONING_KEYS
    if role != "assistant":
        unknown |= message.keys() & {REFUSAL}
    if unknown:
        line.note(format.unknown_message_key, training_line_excerpt(min(unknown)), position)


def _judge_training_content(
    line: TrainingLine, position: int, message: JsonObject, calls: bool, format: TrainingChatFormat
) -> None:
    role, content = message.get("role"), message.get("content")
    if isinstance(content, list):
        allowed = format.parts.get(role, frozenset()) if isinstance(role, str) else frozenset()
        if allowed or not content or role not in format.roles:
            _judge_training_parts(line, position, content, calls, allowed)
            if not _are_training_images_addressed(content, format.image_addresses):
                line.note("image_form", message=position)
        else:
            line.note("content_type", training_line_excerpt(role), position)
    elif content is not None and not isinstance(content, str):
        line.note("content_type", training_line_excerpt(role), position)
    elif not content:
        if not calls and "content" in message:
            line.note("missing_content", message=position)
    elif content.isspace():
        line.note("blank_content", message=position)
    if not isinstance(message.get(REFUSAL), str | None):
        line.note("content_type", training_line_excerpt(role), position)


def _judge_training_parts(
    line: TrainingLine, position: int, content: list[object], calls: bool, allowed: frozenset[str]
) -> None:
    """Parts are objects with a type; which types there may be depends on the role."""
    parts = [part for part in content if isinstance(part, dict) and isinstance(part.get("type"), str)]
    texts = [part.get("text") for part in parts if part["type"] == "text"]
    if (
        len(parts) < len(content)
        or not parts
        or not all(isinstance(text, str) for text in texts)
        or (len(texts) == len(parts) and not any(texts) and not calls)
    ):
        line.note("missing_content", message=position)
    for part in parts:
        kind = part["type"]
        if kind in allowed:
            if kind not in ("text", REFUSAL):
                line.note("images", message=position)
        elif kind == "image_url":
            line.note("image_role", message=position)
        elif allowed:
            line.note("part_type", training_line_excerpt(kind), position)


def _are_training_images_addressed(content: list[object], addresses: tuple[str, ...]) -> bool:
    """Whether each image among some parts has an address that begins as it may."""
    if not addresses:
        return True
    for part in content:
        if isinstance(part, dict) and part.get("type") == "image_url":
            image = part.get("image_url")
            url = image.get("url") if isinstance(image, dict) else None
            if not isinstance(url, str) or not url.lower().startswith(addresses):
                return False
    return True
