"""Copies as texts, for tests: the calculators write them in pieces."""

from __future__ import annotations

from calculators.readers.training.copies.changes import TrainingCopy


def text_of_copy(copied: TrainingCopy, file: str) -> str:
    """The whole text of a file."""
    return b"".join(copied.pieces(file)).decode("utf-8")
