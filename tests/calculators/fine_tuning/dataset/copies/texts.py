"""Copies as texts, for tests: the calculators write them in pieces."""

from __future__ import annotations

from calculators.readers.training.copies.changes import TrainingCopy


def text_of_copy(copied: TrainingCopy, file: str) -> str:
    """The whole text of a file."""
    return b"".join(copied.pieces(file)).decode("utf-8")


def changed_lines_of_copy(copied: TrainingCopy) -> dict[str, list[int]]:
    """The numbers of the lines that each change is made in."""
    return {change: list(numbers) for change, numbers in copied.changes.lines.items()}
