"""Counts how deep a text of JSON is nested, before it is parsed: how deep Python can go depends on its version."""

from __future__ import annotations

import sys

DEEPEST = 64
"""Nothing that is asked or read is nested deeper; very deep nesting would end the browser's Python for good."""

ARE_BYTES_FAST = sys.platform != "emscripten"
"""Whether a sign is taken out of bytes in half the time of counting it in a text; WebAssembly takes twice that time."""

_OPENING, _CLOSING, _PAIR = b"[", b"]", b"[]"
_AS_SQUARE = bytes.maketrans(b"{}", _PAIR)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def is_json_nested_too_deep(text: str) -> bool:
    """Whether more brackets than `DEEPEST` are open at once, those within strings left out.

    >>> is_json_nested_too_deep("[" * 65), is_json_nested_too_deep("[]" * 65)
    (True, False)
    """
    if len(text) <= DEEPEST or _opening_brackets(text) <= DEEPEST:
        return False
    brackets = _nesting_brackets(text)
    left, levels = brackets, 0
    while _PAIR in left and levels < DEEPEST:  # each time, the innermost level goes
        left, levels = left.replace(_PAIR, b""), levels + 1
    if levels + left.count(_OPENING) <= DEEPEST:
        return False
    depth = deepest = 0
    for bracket in brackets:
        depth += 1 if bracket == _OPENING[0] else -1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _opening_brackets(text: str) -> int:
    """The brackets that open."""
    if not ARE_BYTES_FAST or not text.isascii():
        return text.count("[") + text.count("{")
    data = text.encode()
    return 2 * len(data) - len(data.replace(b"[", b"")) - len(data.replace(b"{", b""))


def _nesting_brackets(text: str) -> bytes:
    """The brackets of a text but for those in strings, all written as square ones.

    Strings are every other part between quotes, once quotes that are escaped have gone. Lines with the definitions of a
    few tools all come here, and a pattern that finds strings takes twenty times as long.
    """
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    outside = "".join(text.split('"')[::2])
    return outside.encode("utf-8", "surrogatepass").translate(_AS_SQUARE, _NO_BRACKETS)
