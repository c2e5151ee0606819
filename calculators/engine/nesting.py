"""Counts how deep a text of JSON is nested, before it is parsed: how deep Python can go depends on its version."""

from __future__ import annotations

import re

DEEPEST = 64
"""Nothing that is asked or read is nested deeper; very deep nesting would end the browser's Python for good."""

_STRING = re.compile(r'(?s)"(?:[^"\\]++|\\.?)*+(?:"|\Z)')
_BRACKET = re.compile(r"[\[{]|[\]}]")


def is_json_nested_too_deep(text: str) -> bool:
    """Whether more brackets than `DEEPEST` are open at once, those within strings left out.

    >>> is_json_nested_too_deep("[" * 65), is_json_nested_too_deep("[]" * 65)
    (True, False)
    """
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = deepest = 0
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST
