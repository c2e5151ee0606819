"""Reads values that are JSON written as text, as cells of a table and some exports have them."""

from __future__ import annotations

import json
from collections.abc import Callable

from calculators.readers.usage.cells import Value, usage_list_in, usage_object_in

scan_usage_json: Callable[[str, int], tuple[Value, int]] = vars(json.JSONDecoder())["scan_once"]
"""Reads a value at a place of a text; `json.loads` around it takes as long as a short text does."""


def usage_value_of_text(value: Value) -> Value:
    """What a text of JSON says; a value that is no such text, as it is.

    >>> usage_value_of_text('{"input": 3}'), usage_value_of_text("[1"), usage_value_of_text({"input": 3})
    ({'input': 3}, '[1', {'input': 3})
    """
    if not isinstance(value, str):
        return value
    text = value.strip(" \t\r\n")
    if text[:1] not in ("{", "["):
        return value
    try:
        held, end = scan_usage_json(text, 0)
    except (ValueError, RecursionError, StopIteration):
        return value
    return held if end == len(text) else value


def usage_object_of_text(value: Value) -> dict[str, Value]:
    """An object, also one written as text; an empty one where there is none."""
    return usage_object_in(usage_value_of_text(value))


def usage_list_of_text(value: Value) -> list[Value]:
    """A list, also one written as text; an empty one where there is none."""
    return usage_list_in(usage_value_of_text(value))
