"""Writes an unknown name, and the known one nearest to it, for messages that help."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

MOST = 8
"""How many names are suggested at most."""

Words = tuple[str, ...]

UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that control and halves of characters, listed by number: which are printable depends on Python's age."""


def quoted(name: str) -> str:
    """A name in quotes, written alike by every version of Python; `repr` shows what its version knows as printable.

    >>> quoted("outptu")
    "'outptu'"
    """
    escaped = UNSHOWN.sub(lambda sign: ascii(sign[0])[1:-1], name.replace("\\", r"\\"))
    if "'" in name and '"' not in name:
        return f'"{escaped}"'
    escaped = escaped.replace("'", r"\'")
    return f"'{escaped}'"


def suggest_nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known names, or nothing where none is near.

    >>> suggest_nearest("outptu", ["input", "output"])
    "; did you mean 'output'?"
    """
    return suggest_labeled(name, dict.fromkeys(known, ""))


def suggest_labeled(name: str, labels: Mapping[str, str]) -> str:
    """The same where each name has a label, by which people may know it better.

    >>> suggest_labeled("one 5.5", {"maker/one-5-5": "One 5.5", "maker/two": "Two"})
    "; did you mean 'maker/one-5-5'?"
    """
    nearest = _suggestion_nearest_names(name, labels)
    *first, last = [quoted(each) for each in nearest[:MOST]] or [""]
    if len(nearest) > MOST:
        first, last = [*first, last], f"one of {len(nearest) - MOST} more"
    choices = f"{', '.join(first)} or {last}" if first else last
    return f"; did you mean {choices}?" if nearest else ""


def suggest_labeled_or_list(name: str, labels: Mapping[str, str]) -> str:
    """The nearest names, or all of them where none is near."""
    return suggest_labeled(name, labels) or f"; choose one of {', '.join(labels)}"


def _suggestion_nearest_names(name: str, labels: Mapping[str, str]) -> list[str]:
    """The names that match best: word for word at their end, by few letters, or with a part of their words.

    Where names have labels, words go before letters: one letter makes another model.
    """
    typed = _suggestion_words(name)

    def matching(fits: Callable[[Words, str], bool]) -> list[str]:
        if len("".join(typed)) < 3:
            return []
        return [known for known, label in labels.items() if fits(_suggestion_words(known), label)]

    def with_part() -> list[str]:
        return matching(
            lambda words, label: (
                _has_suggestion_part(words, typed) or _has_suggestion_part(_suggestion_words(label), typed)
            )
        )

    def closest() -> list[str]:
        return _suggestion_closest(name, {known: known for known in labels})

    return (
        matching(lambda words, label: words[-len(typed) :] == typed or _suggestion_words(label) == typed)
        or (any(labels.values()) and with_part())
        or closest()
        or with_part()
        or _suggestion_closest(name, {known: known.rpartition("/")[2] for known in labels})
        or ("/" in name and _suggestion_nearest_names(name.rpartition("/")[2], labels))
        or []
    )


def _suggestion_words(text: str) -> Words:
    """The words and numbers of a text, whatever separates them."""
    return tuple(re.findall(r"[^\W_]+", text.lower(), re.ASCII))


def _has_suggestion_part(words: Words, part: Words) -> bool:
    """Whether words follow one another as in a part, whose last word may be cut short."""
    *whole, last = part
    return any(
        words[start : start + len(whole)] == tuple(whole) and words[start + len(whole)].startswith(last)
        for start in range(len(words) - len(whole))
    )


def _suggestion_closest(name: str, spellings: Mapping[str, str]) -> list[str]:
    """The one name whose spelling differs by the fewest letters, if these are few."""
    best, best_distance = "", max(2, len(name) // 3) + 1
    for candidate, spelling in spellings.items():
        distance = _suggestion_distance(name.lower(), spelling.lower(), best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return [best] if best else []


def _suggestion_distance(left: str, right: str, limit: int) -> int:
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
