"""Counts how often a sign occurs in a text."""

from __future__ import annotations


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
