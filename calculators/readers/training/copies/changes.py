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
    """The numbers of the lines that each change is made in; changes are listed in the order in which they came.

    In a file that `is_packed`, these are the places of the examples in its array. Changes of the whole file have the
    number of its first line.
    """

    is_packed: bool = False
    lines: dict[str, array[int]] = field(default_factory=dict)
    of_file: list[str] = field(default_factory=list)

    def note_file(self, change: str) -> None:
        """Notes a change of the whole file."""
        self.of_file.append(change)
        self.note(change, 1)

    def note(self, change: str, line: int) -> None:
        """Notes a change in a line, once."""
        numbers = self.lines.setdefault(change, array("I"))
        if not numbers or numbers[-1] != line:
            numbers.append(line)

    @property
    def count(self) -> int:
        """The lines with a change, each counted once; in an array on one line, the examples."""
        numbers = [lines for change, lines in self.lines.items() if not (self.is_packed and change in self.of_file)]
        return len([line for line, _ in groupby(merge(*numbers))])

    def where(self, change: str) -> str:
        """The lines or the examples that a change is made in, in words."""
        numbers = self.lines[change]
        words = training_line_numbers_in_words(numbers)
        return training_places_in_words(words, len(numbers)) if self.is_packed and change not in self.of_file else words


CopiedLines: TypeAlias = Generator[tuple[str, str], None, str]
"""Lines of copies, each with the name of its file, and lines that are only read; at the end a sentence that sums up."""


class TrainingCopy:
    """Copies of a file, written line by line each time they are asked for: as texts they would take its memory again.

    `write` gives the lines and notes the changes on the way; `is_packed` tells of a file that is an array on one line.
    """

    def __init__(self, write: Callable[[TrainingCopyChanges], CopiedLines], *, is_packed: bool = False) -> None:
        self._write, self._is_packed = write, is_packed
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
        changes = TrainingCopyChanges(self._is_packed)
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


def training_places_in_words(places: str, count: int) -> str:
    """Where something is in an array that is written on one line.

    >>> training_places_in_words("2", 1), training_places_in_words("1–3, 7", 4)
    ('example 2', 'examples 1–3, 7')
    """
    return f"example{'s' * (count > 1)} {places}"


def _runs_of_training_lines(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    breaks = [place for place, (number, following) in enumerate(pairwise(numbers), 1) if following > number + 1]
    for begin, end in pairwise([0, *breaks, len(numbers)]):
        if begin < end:
            yield numbers[begin], numbers[end - 1]


def _copied_bytes(lines: Iterable[str]) -> bytes:
    """Lines as a file has them; half a character, which no file can hold, becomes the sign for an unreadable one."""
    return _HALF.sub("\ufffd", "".join(f"{line}\n" for line in lines)).encode("utf-8")
