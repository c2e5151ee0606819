"""What a copy of a training file changes, with the lines: nothing is left out or written anew without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Changes:
    """The numbers of the lines that each change is made in; changes are listed in the order in which they came."""

    lines: dict[str, list[int]] = field(default_factory=dict)

    def note(self, change: str, line: int) -> None:
        """Notes a change in a line, once."""
        numbers = self.lines.setdefault(change, [])
        if not numbers or numbers[-1] != line:
            numbers.append(line)


@dataclass(frozen=True, slots=True)
class TrainingCopy:
    """The texts of files by their names, what is changed, and a sentence that sums it up."""

    texts: dict[str, str]
    changes: Changes
    sentence: str


def line_numbers_in_words(numbers: list[int]) -> str:
    """All line numbers, a run of neighbors by its ends.

    >>> line_numbers_in_words([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    return ", ".join(f"{first}–{last}" if first < last else str(first) for first, last in _runs(numbers))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    breaks = [place for place, (number, following) in enumerate(pairwise(numbers), 1) if following > number + 1]
    for begin, end in pairwise([0, *breaks, len(numbers)]):
        if begin < end:
            yield numbers[begin], numbers[end - 1]


def copied_text(lines: Iterable[str]) -> str:
    """Lines as the text of a file; half a character, which no file can hold, becomes the sign for an unreadable one."""
    return _HALF.sub("\ufffd", "".join(f"{line}\n" for line in lines))
