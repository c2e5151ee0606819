"""What is remembered of the last spans of a file, and which spans were let go of."""

from __future__ import annotations

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


class RecentSpans:
    """The digests of the last spans of a file, each with that of the span above it and what became of it.

    So many are remembered at least, and up to twice as many: when a table is full, the one before it is let go of.
    """

    def __init__(self) -> None:
        self._newer, self._older = IdTable("QI"), IdTable("QI")
        self._tables = [self._newer]
        self.forgotten = ForgottenSpans()

    def note(self, digest: int, digest_above: int) -> None:
        """Notes the span above one."""
        if len(self._tables) > 1 and (place := self._older.known_place(digest)) >= 0:
            self._older.columns[ABOVE][place] = digest_above
            return
        newer = self._newer
        place = newer.place_of_digest(digest)
        newer.columns[ABOVE][place if place >= 0 else ~place] = digest_above
        if len(newer) >= MANY_SPANS:
            for forgotten, above, outcome in self._older.rows():
                if above or outcome >= REPEATS:  # a call, or what is above it
                    self.forgotten.add(forgotten)
            self._newer, self._older = IdTable("QI"), newer
            self._tables = [self._newer, self._older]

    def above(self, digest: int) -> int:
        """The digest of the span above one; 0 where none is known."""
        for table in self._tables:
            place = table.known_place(digest)
            if place >= 0:
                return table.columns[ABOVE][place]
        return 0

    def outcome(self, digest: int) -> int:
        """What became of a span."""
        for table in self._tables:
            place = table.known_place(digest)
            if place >= 0:
                return table.columns[OUTCOME][place]
        return NOT_READ

    def is_known(self, digest: int) -> bool:
        """Whether a span is among those that are remembered."""
        return any(table.holds(digest) for table in self._tables)

    def set_outcome(self, digest: int, outcome: int) -> None:
        """Sets what became of a span that was noted."""
        for table in self._tables:
            place = table.known_place(digest)
            if place >= 0:
                table.columns[OUTCOME][place] = outcome
                return


class ForgottenSpans:
    """Which spans were let go of: two bits for each in 4 MB, so that of 2 million others 1.4% are taken for one.

    Source: Bloom, Space/time trade-offs in hash coding with allowable errors, 1970.
    """

    def __init__(self) -> None:
        self._bits = bytearray()

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
