"""Parses many texts of JSON at once, with a number between them that is in none, so that each of them is whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

ROW_MARK = 7_340_187_340_182
"""A number that no log is likely to hold; one that does is read text by text."""

ROW_MARK_BETWEEN = f",\n{ROW_MARK},"
"""What stands between two texts: a string of JSON cannot go on over the end of a line."""

Held: TypeAlias = Any
"""What JSON holds."""

ScanJson: TypeAlias = Callable[[str, int], tuple[Held, int]]


def objects_of_marked_text(text: str, rows: int, scan: ScanJson) -> list[dict[str, Held]]:
    """The objects of so many texts, one of each, with equal keys only once in memory; nothing where one has none.

    The number comes out between all objects, and nowhere else: so no text ends within an object of its own.

    >>> import json
    >>> scan = json.JSONDecoder().scan_once
    >>> objects_of_marked_text(ROW_MARK_BETWEEN.join(['{"a": 1}', "{}"]), 2, scan)
    [{'a': 1}, {}]
    >>> objects_of_marked_text(ROW_MARK_BETWEEN.join(['{"a": 1}, {"b": [2', "3]}"]), 2, scan)
    []
    """
    if text.count(str(ROW_MARK)) != rows - 1:
        return []
    try:
        held, end = scan(f"[{text}]", 0)
    except (ValueError, StopIteration, RecursionError):
        return []
    objects, marks = held[::2], held[1::2]
    if end != len(text) + 2 or len(objects) != rows or len(marks) != rows - 1 or set(map(type, objects)) != {dict}:
        return []
    return objects if marks.count(ROW_MARK) == rows - 1 and set(map(type, marks)) <= {int} else []
