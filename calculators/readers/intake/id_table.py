"""Remembers millions of ids in little memory, each with one or more numbers beside it."""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, compress, repeat
from operator import and_, mod, mul
from typing import TypeAlias

FIRST_PLACES = 1 << 13
ZEROS = bytes(FIRST_PLACES)
DIGEST_BYTES = 8
LARGEST_NUMBER = (1 << 32) - 1
LARGEST_DIGEST = (1 << 8 * DIGEST_BYTES) - 1

SPREAD = 0x9E3779B97F4A7C15
"""An odd number without a pattern, 2^64 divided by the golden ratio: Knuth, The Art of Computer Programming, 6.4."""

ENCODED = ("utf-8", "surrogatepass")
"""How the bytes of an id are got, also of half a character, as JSON may hold."""

IS_HASH_WHOLE = sys.hash_info.width >= 8 * DIGEST_BYTES
"""Whether Python's own hash has as many bits as a digest; in WebAssembly it has half of them."""


LARGEST_PRIME = (1 << 64) - 59
"""The largest prime number of 64 bits."""


def id_digest(id: str) -> int:
    """The digest of an id, which is not 0.

    Python's own hash differs from run to run, and takes an eighth of the time of one that does not. That of WebAssembly
    has half of the bits, and ids that differ in few places often share most of them. There, the bytes of the id are a
    number, of which a prime leaves the rest.
    """
    if IS_HASH_WHOLE:
        return hash(id) & LARGEST_DIGEST or 1
    return int.from_bytes(id.encode(*ENCODED)) * SPREAD % LARGEST_PRIME or 1


def id_digests(ids: Sequence[str]) -> list[int]:
    """The digest of each id."""
    if IS_HASH_WHOLE:
        digests = list(map(and_, map(hash, ids), repeat(LARGEST_DIGEST)))
    else:
        numbers = map(int.from_bytes, map(str.encode, ids, *map(repeat, ENCODED)))
        digests = list(map(mod, map(mul, numbers, repeat(SPREAD)), repeat(LARGEST_PRIME)))
    return [digest or 1 for digest in digests] if 0 in digests else digests


Texts: TypeAlias = tuple[str | tuple[str, ...], ...]
"""Texts, some of them in groups."""


def id_digest_of_texts(texts: Texts) -> int:
    """The digest of texts, which is not 0."""
    if IS_HASH_WHOLE:
        return hash(texts) & LARGEST_DIGEST or 1
    groups = [(text,) if isinstance(text, str) else text for text in texts]
    lengths = ";".join([",".join(map(str, map(len, group))) for group in groups])
    return id_digest(lengths + "".join(map("".join, groups)))


def id_digests_of_texts(several: Sequence[Texts]) -> list[int]:
    """The digest of texts, for each of several."""
    if IS_HASH_WHOLE:
        return [hash(texts) & LARGEST_DIGEST or 1 for texts in several]
    return list(map(id_digest_of_texts, several))


def id_digest_of_pair(first: int, second: int) -> int:
    """The digest of two digests in their order, which is not 0."""
    return (first * SPREAD + second) & LARGEST_DIGEST or 1


class IdTable:
    """Numbers for each id, by a digest of 64 bits: 8 bytes a place and 4 a number; at most three quarters are taken.

    `kinds` has a letter for each number as `array` names them: I for 4 bytes, Q for 8.

    Two of two million ids share a digest with a chance of one in ten million.
    """

    def __init__(self, kinds: str = "I") -> None:
        self._digests = _id_table_zeros("Q", FIRST_PLACES)
        self.columns = [_id_table_zeros(kind, FIRST_PLACES) for kind in kinds]
        self._mask = FIRST_PLACES - 1
        self._taken = 0

    def __len__(self) -> int:
        return self._taken

    @property
    def room(self) -> int:
        """How many places there are; where there are more, ids have other places than before."""
        return self._mask + 1

    def place_of(self, id: str) -> int:
        """The place of an id, which is taken from now on; one that is new has its complement, a negative number."""
        return self.place_of_digest(id_digest(id))

    def place_or_new(self, id: str, number: int) -> int:
        """The place of an id that is known; -1 for one that is new, which is taken from now on and gets the number."""
        digest = hash(id) & LARGEST_DIGEST or 1 if IS_HASH_WHOLE else id_digest(id)
        place = self._probed_place(digest)
        if self._digests[place]:
            return place
        self.columns[0][self._take(place, digest)] = number if number < LARGEST_NUMBER else LARGEST_NUMBER
        return -1

    def places_of(self, new_digests: list[int]) -> list[int]:
        """The places of digests, which are taken from now on; one that is new has its complement, a negative number."""
        while (self._taken + len(new_digests)) * 4 > self._mask * 3:
            self._grow()
        digests, mask, places = self._digests, self._mask, []
        for digest in new_digests:
            place = digest & mask
            while (other := digests[place]) and other != digest:
                place = (place + 1) & mask
            if not other:
                digests[place] = digest
                self._taken += 1
                place = ~place
            places.append(place)
        return places

    def repeated(self, new_digests: list[int], numbers: list[int]) -> list[tuple[int, int]]:
        """Which of some digests are known, by their place in the list, each with its number; the others get theirs.

        The larger number of two with the same digest is kept.
        """
        while (self._taken + len(new_digests)) * 4 > self._mask * 3:
            self._grow()
        # As in `places_of`, but in one pass: a list of places would be a second one over all ids.
        digests, mask, column = self._digests, self._mask, self.columns[0]
        repeats: list[tuple[int, int]] = []
        for entry, digest, number in zip(range(len(numbers)), new_digests, numbers, strict=True):
            place = digest & mask
            while (other := digests[place]) and other != digest:
                place = (place + 1) & mask
            if other:
                before = column[place]
                repeats.append((entry, before))
                if number <= before:
                    continue
            else:
                digests[place] = digest
            column[place] = number if number < LARGEST_NUMBER else LARGEST_NUMBER
        self._taken += len(numbers) - len(repeats)
        return repeats

    def known_place(self, digest: int) -> int:
        """The place of a digest; -1 where it has none."""
        place = self._probed_place(digest)
        return place if self._digests[place] else -1

    def holds(self, digest: int) -> bool:
        """Whether a digest has a place."""
        return self.known_place(digest) >= 0

    def place_of_digest(self, digest: int) -> int:
        """The place of an id by its digest, which is not 0."""
        place = self._probed_place(digest)
        return place if self._digests[place] else ~self._take(place, digest)

    def _probed_place(self, digest: int) -> int:
        """The place that a digest has, or the empty one that it would take."""
        digests, mask = self._digests, self._mask
        place = digest & mask
        while (other := digests[place]) and other != digest:
            place = (place + 1) & mask
        return place

    def _take(self, place: int, digest: int) -> int:
        """Gives a new digest the empty place that was probed, or the one that it has once the table has grown."""
        if self._taken * 4 >= self._mask * 3:
            self._grow()
            place = self._probed_place(digest)
        self._digests[place] = digest
        self._taken += 1
        return place

    def number(self, place: int, column: int = 0) -> int:
        """The number at a place, 0 where none was set."""
        return self.columns[column][place]

    def set_number(self, place: int, number: int, column: int = 0) -> None:
        """Sets the number at a place."""
        self.columns[column][place] = number if number < LARGEST_NUMBER else LARGEST_NUMBER

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Each digest that has a place, with its numbers."""
        return (row for row in zip(self._digests, *self.columns, strict=True) if row[0])

    def numbers(self) -> list[tuple[int, int]]:
        """How often each number of the first column occurs, in order."""
        return sorted(Counter(compress(self.columns[0], self._digests)).items())

    def _grow(self) -> None:
        """Doubles the table where it is: a second one beside it would be the most memory that a reading takes.

        It begins at an empty place, so that what was pushed past the end comes after what pushed it.
        """
        digests, columns, before = self._digests, self.columns, self._mask + 1
        for column in (digests, *columns):
            for _ in range(before * column.itemsize // len(ZEROS)):
                column.frombytes(ZEROS)
        self._mask = mask = 2 * before - 1
        empty = digests.index(0)
        for number in chain(range(empty, before), range(empty)):
            digest = digests[number]
            if not digest:
                continue
            digests[number] = 0
            place = digest & mask
            while digests[place]:
                place = (place + 1) & mask
            digests[place] = digest
            if place != number:
                for column in columns:
                    column[place], column[number] = column[number], 0


def _id_table_zeros(kind: str, places: int) -> array[int]:
    return array(kind, bytes(places * array(kind).itemsize))
