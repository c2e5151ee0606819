"""Keeps what was made of texts that come again and again, within a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Source = TypeVar("Source", str, bytes)
Made = TypeVar("Made")


class BoundedStore(Generic[Source, Made]):
    """What was made of each text, until they are longer than `most` together; then all go."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._length = 0
        self._made: dict[Source, Made] = {}
        self.get: Callable[[Source], Made | None] = self._made.get
        """What was made of a text; None where it is not kept."""

    def keep(self, source: Source, made: Made) -> Made:
        """Keeps what was made of a text, and returns it."""
        length = len(source)
        if self._length + length > self._most:
            self._made.clear()
            self._length = 0
        if length <= self._most:
            self._made[source] = made
            self._length += length
        return made
