"""Finds the known name nearest to an unknown one, for messages that help."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the closest known name, or nothing where none is close.

    >>> nearest("outptu", ["input", "output"])
    "; did you mean 'output'?"
    """
    best, best_distance = "", max(2, len(name) // 3) + 1
    for candidate in known:
        distance = _distance(name.lower(), candidate.lower(), best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return f"; did you mean {best!r}?" if best else ""


def _distance(left: str, right: str, limit: int) -> int:
    """How many letters must be added, dropped, changed or swapped with a neighbor; at most `limit` is of interest."""
    if abs(len(left) - len(right)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        above, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) >= limit:
            return limit
    return row[-1]
