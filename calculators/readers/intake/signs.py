"""Counts how often a sign occurs in a text, and says how a pattern repeats a group of signs."""

from __future__ import annotations

import sys

REPEATED = "*+" if sys.version_info >= (3, 11, 5) else "*"
"""How a pattern takes a group as often as it can, and gives none back.

Python before 3.11.5 goes on from a wrong place after the group that fails. There a pattern may give groups back, so it
has to remember each, and must not be one in which that makes a difference.
"""


def count_of_signs(text: str, *signs: bytes) -> int:
    """How often some signs of ASCII occur: to take them out of bytes is twice as fast as to count them in a text.

    >>> count_of_signs('{"a": [{}]}', b"{", b"["), count_of_signs("{é[", b"{", b"[")
    (3, 2)
    """
    whole = 0
    if not text.isascii():
        for sign in signs:
            whole += text.count(sign.decode())
        return whole
    data = text.encode()
    for sign in signs:
        whole += len(data) - len(data.replace(sign, b""))
    return whole
