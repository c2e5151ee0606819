"""What a copy of a training file changes, with the lines: nothing is left out or written anew without a word."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby, pairwise
from typing import TypeAlias

from calculators.engine.long_text import PIECE

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class TrainingCopyChanges:
    """The numbers of the lines that each change is made in; changes are listed in the order in which they came."""

    lines: dict[str, array[int]] = field(default_factory=dict)

    def note(self, change: str, line: int) -> None:
        """Notes a change in a line, once."""
        numbers = self.lines.setdefault(change, array("I"))
        if not numbers or numbers[-1] != line:
            numbers.append(line)

    @property
    def count(self) -> int:
        """The lines with a change, each counted once."""
        return len([line for line, _ in groupby(merge(*self.lines.values()))])


CopiedLines: TypeAlias = Generator[tuple[str, str], None, str]
"""Lines of copies, each with the name of its file, and lines that are only read; at the end a sentence that sums up."""


class TrainingCopy:
    """Copies of a file, written line by line each time they are asked for: as texts they would take its memory again.

    `write` gives the lines and notes the changes on the way.
    """

    def __init__(self, write: Callable[[TrainingCopyChanges], CopiedLines]) -> None:
        self._write = write
        self._summary: tuple[TrainingCopyChanges, str] | None = None

    def pieces(self, file: str) -> Iterator[bytes]:
        """The bytes of a file by its name, as many as a megabyte gone through gives: there may be none in it."""
        lines: list[str] = []
        length = 0
        for name, line in self._lines():
            length += len(line)
            if name == file:
                lines.append(line)
            if length >= PIECE:
                yield _copied_bytes(lines)
                lines, length = [], 0
        if lines:
            yield _copied_bytes(lines)

    @property
    def changes(self) -> TrainingCopyChanges:
        """What is changed."""
        return self._summed_up()[0]

    @property
    def sentence(self) -> str:
        """What sums the copies up."""
        return self._summed_up()[1]

    def _summed_up(self) -> tuple[TrainingCopyChanges, str]:
        """The changes and the sentence, which a first writing leaves behind."""
        if self._summary is None:
            for _ in self._lines():
                pass
        return self._summary  # type: ignore[return-value]  # the lines came to their end

    def _lines(self) -> Iterator[tuple[str, str]]:
        changes = TrainingCopyChanges()
        sentence = yield from self._write(changes)
        self._summary = changes, sentence


def without_copies(sentence: str) -> TrainingCopy:
    """No file at all, and why there is none."""

    def write(changes: TrainingCopyChanges) -> CopiedLines:
        yield from ()
        return sentence

    return TrainingCopy(write)


def training_line_numbers_in_words(numbers: Sequence[int]) -> str:
    """All line numbers, a run of neighbors by its ends.

    >>> training_line_numbers_in_words([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    return ", ".join(
        f"{first}–{last}" if first < last else str(first) for first, last in _runs_of_training_lines(numbers)
    )


def _runs_of_training_lines(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    breaks = [place for place, (number, following) in enumerate(pairwise(numbers), 1) if following > number + 1]
    for begin, end in pairwise([0, *breaks, len(numbers)]):
        if begin < end:
            yield numbers[begin], numbers[end - 1]


def _copied_bytes(lines: Iterable[str]) -> bytes:
    """Lines as a file has them; half a character, which no file can hold, becomes the sign for an unreadable one."""
    return _HALF.sub("\ufffd", "".join(f"{line}\n" for line in lines)).encode("utf-8")
