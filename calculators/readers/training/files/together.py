"""Parses lines of a training file that are read together, their tools apart: equal ones are parsed and judged once."""

from __future__ import annotations

from collections.abc import Sequence

from calculators.engine.nesting import is_json_nested_too_deep
from calculators.readers.training.conversation.definitions.written_tools import written_training_tools
from calculators.readers.training.lines import LONGEST_LINE, NOT_JSON, scanned_training_texts

_TOOLS, _MESSAGES = '"tools":', '"messages":'
_FIRST = 4
"""Characters before the first key of a line."""


def scanned_training_lines(texts: Sequence[str]) -> list[object] | None:
    """What each of several lines holds as JSON; None where one has something to note.

    In place of a list of tools that was read apart there is what was made of it.
    """
    if max(map(len, texts)) > LONGEST_LINE:
        return None
    if any(["\ufffd" in text for text in texts if not text.isascii()]):
        return None
    if _TOOLS in texts[0]:
        return _scanned_apart(texts)
    if any(map(is_json_nested_too_deep, texts)):
        return None
    constants: list[str] = []
    examples = scanned_training_texts(texts, constants)
    return None if constants else examples


def _scanned_apart(texts: Sequence[str]) -> list[object] | None:
    """The same, where a line and its tools are read by themselves.

    In the place of the tools there is NaN, which is no JSON. Where it is parsed once for each line that was cut, as its
    tools, and the tools are JSON by themselves, then the line is JSON and has these tools.
    """
    cut = list(map(_cut_tools, texts))
    if any([is_json_nested_too_deep(rest) or is_json_nested_too_deep(f"[{tools}") for rest, tools in cut]):
        return None
    constants: list[str] = []
    examples = scanned_training_texts([rest for rest, _ in cut], constants)
    if examples is None or constants != ["NaN"] * len([tools for _, tools in cut if tools]):
        return None
    for example, (_, tools) in zip(examples, cut, strict=True):
        if not tools:
            continue
        defined = written_training_tools(tools)
        if defined is None or type(example) is not dict or example.get("tools") is not NOT_JSON:
            return None
        example["tools"] = defined
    return examples


def _cut_tools(text: str) -> tuple[str, str]:
    """A line without its tools, and these; where they are not found, nothing is cut."""
    place = text.rfind(_TOOLS)
    begin = place + len(_TOOLS)
    end = text.rfind("]", begin, text.rfind(_MESSAGES) if place < _FIRST else len(text)) + 1
    return (f"{text[:begin]}NaN{text[end:]}", text[begin:end].strip(" ")) if 0 <= place < end else (text, "")
