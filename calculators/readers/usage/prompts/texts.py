"""The texts of a prompt in the order in which they are sent, whatever the provider calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from calculators.readers.usage.cells import Value

TEXT_KEYS = ("text", "content", "parts", "input", "output", "arguments", "thinking", "reasoning")
"""Where a part of a message holds text, or further parts."""

PICTURE_KEYS = (
    "image_url",
    "image",
    "inlineData",
    "inline_data",
    "fileData",
    "file_data",
    "input_audio",
    "source",
    "file",
)
"""Where a part holds a picture, a sound or a file, whose tokens a text does not show."""

DEEPEST = 8
"""How deep the parts of a message can stand within each other."""


def usage_prompt_texts_of(value: Value, depth: int = 0) -> Iterator[str]:
    """The texts in a message, a list of them, or a text itself."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        for part in value if depth <= DEEPEST else ():
            yield from usage_prompt_texts_of(part, depth + 1)
    elif isinstance(value, dict) and depth <= DEEPEST:
        for key in TEXT_KEYS:
            if key in value:
                yield from usage_prompt_texts_of(value[key], depth + 1)
        for call in ("tool_calls", "function_call", "functionCall", "functionResponse", "toolUse", "toolResult"):
            if value.get(call):
                yield compact_usage_json(value[call])


def usage_prompt_definitions_of(value: Value) -> Iterator[str]:
    """The definitions of tools, or the schema of an answer, as the model reads them."""
    if isinstance(value, list | dict) and value:
        yield compact_usage_json(value)


def is_usage_prompt_multimodal(value: Value, depth: int = 0) -> bool:
    """Whether a message holds a picture, a sound or a file."""
    if isinstance(value, list):
        return depth <= DEEPEST and any(is_usage_prompt_multimodal(part, depth + 1) for part in value)
    if isinstance(value, dict):
        if any(isinstance(value.get(key), dict | str) for key in PICTURE_KEYS):
            return True
        return any(is_usage_prompt_multimodal(value.get(key), depth + 1) for key in ("content", "parts"))
    return False


def compact_usage_json(value: Value) -> str:
    """A value as JSON without blanks; what cannot be written is left out."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError):
        return ""
