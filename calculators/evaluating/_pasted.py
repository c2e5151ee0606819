"""Reads pasted results of two versions: a line for each example, first A's result, then B's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_RIGHT = "1 1.0 right pass passed true yes y t correct ok good ✓ ✔ ✅"
_WRONG = "0 0.0 wrong fail failed false no n f incorrect error bad ✗ ✘ ❌"
_MEANING = {word: True for word in _RIGHT.split()} | {word: False for word in _WRONG.split()}
_SEPARATORS = ("\t", ",", ";", "|")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters and halves of characters, told by number: which signs are printable depends on Python's age."""

ECHOED = 60
"""How much of a line is repeated in a message."""

ONE_BY_ONE = 20
"""How many malformed lines get a sentence of their own; the numbers of the others are listed."""

LISTED = 100
"""How many stretches of further malformed lines are listed."""

TWO = 2


@dataclass(frozen=True, slots=True)
class Results:
    """How often each pair of results came up, the line taken as a heading (0: none), and what could not be read."""

    both_right: int
    only_a: int
    only_b: int
    both_wrong: int
    heading: int
    problems: tuple[tuple[int, str], ...]


@lru_cache(2)
def read_results(text: str) -> Results:
    """Counts the pairs of a pasted text.

    A line holds two results with a tab, comma, semicolon, bar or blank between. Blank lines are passed over. A first
    line of two unknown words is a heading.

    >>> read_results("A,B\\n1,0\\n1,1\\n0;1\\npass fail").only_a
    2
    """
    counts = {(a, b): 0 for a in (True, False) for b in (True, False)}
    problems: list[tuple[int, str]] = []
    heading, begun = 0, False
    known: dict[str, tuple[bool, bool] | str] = {}
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n"), 1):
        if line not in known:
            known[line] = _pair(line)
        pair = known[line]
        if pair == "":
            continue
        if isinstance(pair, tuple):
            counts[pair] += 1
        elif not begun and pair == _NEITHER:
            heading = number
        else:
            problems.append((number, f"Line {number}, “{_echo(line)}”, {pair}."))
        begun = True
    return Results(
        counts[True, True],
        counts[True, False],
        counts[False, True],
        counts[False, False],
        heading,
        tuple(problems),
    )


_NEITHER = "has two values that are neither right nor wrong"


def _pair(line: str) -> tuple[bool, bool] | str:
    """A line's two results; else what is wrong with it, or nothing for a blank line."""
    line = line.strip(" \u00a0")
    if not line.strip():
        return ""
    separator = next((sign for sign in _SEPARATORS if sign in line), None)
    values = [value.strip().strip("\"'").casefold() for value in line.split(separator)]
    if len(values) != TWO:
        return f"has {len(values)} {'value' if len(values) == 1 else 'values'} instead of two"
    first, second = (_MEANING.get(value) for value in values)
    if first is None and second is None:
        return _NEITHER
    if first is None or second is None:
        return f"has a {'first' if first is None else 'second'} value that is neither right nor wrong"
    return first, second


def _echo(line: str) -> str:
    shown = _UNSHOWN.sub("·", line.strip()[:ECHOED])
    return shown if len(line.strip()) <= ECHOED else f"{shown[:-1]}…"


def complaints(results: Results) -> list[str]:
    """A sentence for each malformed line, or for many of them together, and what to write instead."""
    if not results.problems:
        return []
    told = [sentence for _, sentence in results.problems[:ONE_BY_ONE]]
    stretches = _stretches([number for number, _ in results.problems[ONE_BY_ONE:]])
    if stretches:
        listed = ", ".join(stretches[:LISTED])
        more = f" and {len(stretches) - LISTED:,} more stretches" if len(stretches) > LISTED else ""
        told.append(f"As little can be read from the lines {listed}{more}.")
    left_out = len(results.problems)
    told.append(
        f"{left_out:,} {'line is' if left_out == 1 else 'lines are'} left out of the count. Write a line for each "
        "example, first A, then B, as 1 and 0, pass and fail or right and wrong, with a comma, tab or blank between."
    )
    return told


def _stretches(numbers: list[int]) -> list[str]:
    """Numbers as text, neighbors together: 4, 7–9."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1] = [stretches[-1][0], number]
        else:
            stretches.append([number])
    return ["–".join(str(end) for end in stretch) for stretch in stretches]
