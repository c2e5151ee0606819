"""What is remembered of the last spans of a file, and which spans were let go of."""

from __future__ import annotations

from array import array
from typing import TypeAlias

from calculators.readers.intake.id_table import IdTable

ABOVE, OUTCOME = 0, 1
"""The numbers that are kept of a span."""

NOT_READ, LEFT_OUT, REPEATS, OUTCOMES = 0, 1, 2, 3
"""What became of a span; from the last of these on, it is the digest of the tokens that it was counted with."""

MANY_SPANS = 3 << 17
"""Of so many spans at least, and of twice as many at most, it is remembered what became of them, which takes 20 MB."""

FORGOTTEN_BYTES = 1 << 22
FORGOTTEN_BITS = 8 * FORGOTTEN_BYTES
HALF = 32
"""Bits of a digest beyond which the second of two places is taken."""


SpanPlace: TypeAlias = "tuple[array[int], int]"
"""Where it is kept what became of a span: among numbers, and at which place."""

NO_PLACE: SpanPlace = array("I", [NOT_READ]), 0
"""That of a span without an id, of which nothing is kept."""


class RecentSpans:
    """The digests of the last spans of a file, each with that of the span above it and what became of it.

    So many are remembered at least, and up to twice as many: when a table is full, the one before it is let go of.
    """

    def __init__(self) -> None:
        self._newer, self._older = IdTable("QI"), IdTable("QI")
        self._tables = [self._newer]
        self.forgotten = ForgottenSpans()

    def note(self, digest: int, digest_above: int) -> SpanPlace:
        """Notes the span above one; where it is kept what became of it, as long as there is the same room."""
        if not digest:
            return NO_PLACE
        if len(self._tables) > 1 and (place := self._older.known_place(digest)) >= 0:
            columns = self._older.columns
            columns[ABOVE][place] = digest_above
            return columns[OUTCOME], place
        newer = self._newer
        columns, place = newer.columns, newer.place_of_digest(digest)
        if place < 0:
            place = ~place
        columns[ABOVE][place] = digest_above
        if len(newer) >= MANY_SPANS:
            for forgotten, above, outcome in self._older.rows():
                if above or outcome >= REPEATS:  # a call, or what is above it
                    self.forgotten.add(forgotten)
            self._newer, self._older = IdTable("QI"), newer
            self._tables = [self._newer, self._older]
        return columns[OUTCOME], place

    def place_of(self, digest: int) -> SpanPlace:
        """Where it is kept what became of a span that was noted."""
        for table in self._tables:
            place = table.known_place(digest)
            if place >= 0:
                return table.columns[OUTCOME], place
        return NO_PLACE

    def known(self, digest: int) -> tuple[int, int]:
        """The digest of the span above one, 0 where none is known, and what became of it."""
        for table in self._tables:
            place = table.known_place(digest)
            if place >= 0:
                above, outcome = table.columns
                return above[place], outcome[place]
        return 0, NOT_READ

    def outcome(self, digest: int) -> int:
        """What became of a span."""
        return self.known(digest)[1]

    @property
    def room(self) -> tuple[IdTable, int]:
        """What changes when spans that were noted get other places."""
        return self._newer, self._newer.room

    def is_known(self, digest: int) -> bool:
        """Whether a span is among those that are remembered."""
        return any(table.holds(digest) for table in self._tables)


class ForgottenSpans:
    """Which spans were let go of: two bits for each in 4 MB, so that of 2 million others 1.4% are taken for one.

    Source: Bloom, Space/time trade-offs in hash coding with allowable errors, 1970.
    """

    def __init__(self) -> None:
        self._bits = bytearray()

    @property
    def is_empty(self) -> bool:
        """Whether no span was let go of."""
        return not self._bits

    def add(self, digest: int) -> None:
        """Adds a span by its digest."""
        if not self._bits:
            self._bits = bytearray(FORGOTTEN_BYTES)
        for place in (digest % FORGOTTEN_BITS, (digest >> HALF) % FORGOTTEN_BITS):
            self._bits[place >> 3] |= 1 << (place & 7)

    def holds(self, digest: int) -> bool:
        """Whether a span was let go of."""
        if not self._bits:
            return False
        places = (digest % FORGOTTEN_BITS, (digest >> HALF) % FORGOTTEN_BITS)
        return all(self._bits[place >> 3] >> (place & 7) & 1 for place in places)
