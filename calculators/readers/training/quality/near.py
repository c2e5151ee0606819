"""Finds texts that are almost alike, by sketches of their word sequences.

A text is the set of its sequences of two words. How alike two texts are is the share of sequences that they have in
common (Jaccard). Of each set the smallest hashes are kept: they are a sample that is drawn alike from both sets, so the
share is exact for short texts and estimated for long ones. Source: Broder, On the resemblance and containment of
documents, 1997.

A text is looked up by the first hashes of its sketch: one more than may be missing from a sketch that is alike, so that
both have one of them. Source: Bayardo, Ma and Srikant, Scaling up all pairs similarity search, 2007.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias
from zlib import crc32

ALIKE = 0.8
"""The share of common sequences from which two texts are almost alike."""

_WORDS = 2
_KEPT = 48
"""Hashes kept of each text. With 48, a true share of 0.8 is estimated within 0.12 nineteen times in twenty."""

_LOOKED_UP = tuple(
    len([common for common in range(1, length + 1) if common / length >= ALIKE]) for length in range(_KEPT + 1)
)
"""By how many of its first hashes a sketch of each length is looked up, so that no sketch is missed that is alike."""

_MIX, _MASK = 0x85EBCA6B, 0xFFFFFFFF
MOST = 8
"""Texts found by one hash: many texts with one phrase in common would all be compared with each other."""

_WORD = re.compile(rb"[^\s.,;:!?()\[\]{}\"']+")
_FIRST_PLACES = 1 << 12

Sketch: TypeAlias = Sequence[int]
"""The smallest hashes of a text in their order; none where it has no two words."""


def sketch_of_training_text(text: str) -> Sketch:
    """The sketch of a text."""
    words = _WORD.findall(text.lower().encode("utf-8", "surrogatepass"))
    groups = zip(*(words[start:] for start in range(_WORDS)), strict=False)
    return sorted({crc32(group) * _MIX & _MASK for group in set(map(b" ".join, groups))})[:_KEPT]


class SimilarTrainingTexts:
    """The texts seen so far, as sketches. The first `most` texts that have a hash among their first are found by it.

    All is in arrays: 4 bytes for each kept hash, 4 for where those of a text end, and 6 to 12 for each hash by which a
    text is found: a table has its place among all hashes, plus 1, and 0 where nothing is.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._hashes, self._ends = array("I"), array("I", (0,))
        self._table = array("I", (0,)) * _FIRST_PLACES
        self._taken = 0

    def has_similar(self, text: str, *, keep: bool = True) -> bool:
        """Whether an earlier text is almost alike; this one is kept for later ones."""
        sketch = sketch_of_training_text(text)
        if not sketch:
            return False
        has_similar = next(self.similar(sketch), None) is not None
        if keep:
            self.keep(sketch)
        return has_similar

    def similar(self, sketch: Sketch) -> Iterator[int]:
        """The numbers of the earlier texts that are almost alike, in the order in which they were kept, from 0."""
        hashes = set(sketch)
        near = {text for hash in sketch[: _LOOKED_UP[len(sketch)]] for text in self._texts(hash)}
        return (text for text in sorted(near) if _similar_training_share(hashes, self.sketch(text)) >= ALIKE)

    def keep(self, sketch: Sketch) -> None:
        """Keeps a text for later ones; one without a sketch only takes a number."""
        self._hashes.extend(sketch)
        self._ends.append(len(self._hashes))
        self._enter(len(self._ends) - 2)

    def sketch(self, text: int) -> Sketch:
        """The sketch of a text that was kept."""
        return self._hashes[self._ends[text] : self._ends[text + 1]]

    def among(self, texts: Iterable[int], most: int = MOST) -> SimilarTrainingTexts:
        """Some of these texts under the same numbers, which share the memory of their sketches."""
        chosen = SimilarTrainingTexts(most)
        chosen._hashes, chosen._ends = self._hashes, self._ends
        for text in texts:
            chosen._enter(text)
        return chosen

    def _texts(self, hash: int) -> list[int]:
        """The texts that are found by a hash."""
        table, hashes, mask, texts = self._table, self._hashes, len(self._table) - 1, []
        place = hash & mask
        while entry := table[place]:
            if hashes[entry - 1] == hash:
                texts.append(bisect_right(self._ends, entry - 1) - 1)
            place = (place + 1) & mask
        return texts

    def _enter(self, text: int) -> None:
        """Has a text found by its first hashes, those left out by which enough texts are found."""
        first = self._ends[text]
        for entry in range(first + 1, first + 1 + _LOOKED_UP[self._ends[text + 1] - first]):
            if self._taken * 3 >= len(self._table) * 2:
                self._grow()
            self._put(entry)

    def _put(self, entry: int) -> None:
        table, hashes, mask, left = self._table, self._hashes, len(self._table) - 1, self._most
        hash = hashes[entry - 1]
        place = hash & mask
        while left and (other := table[place]):
            left -= hashes[other - 1] == hash
            place = (place + 1) & mask
        if left:
            table[place] = entry
            self._taken += 1

    def _grow(self) -> None:
        entries = self._table
        self._table = array("I", (0,)) * (2 * len(entries))
        self._taken = 0
        for entry in filter(None, entries):
            self._put(entry)


def _similar_training_share(hashes: set[int], sketch: Sketch) -> float:
    """The share of common hashes among the smallest of both sketches together."""
    common = hashes.intersection(sketch)
    union = len(hashes) + len(sketch) - len(common)
    if union > _KEPT and _KEPT in (len(hashes), len(sketch)):
        smallest = sorted(hashes.union(sketch))[:_KEPT]
        return len(common.intersection(smallest)) / _KEPT
    return len(common) / union
