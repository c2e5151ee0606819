"""Finds texts that are almost alike, by sketches of their word sequences.

A text is the set of its sequences of two words. How alike two texts are is the share of sequences that they have in
common (Jaccard). Of each set the smallest hashes are kept: they are a sample that is drawn alike from both sets, so the
share is exact for short texts and estimated for long ones. Source: Broder, On the resemblance and containment of
documents, 1997.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

ALIKE = 0.8
"""The share of common sequences from which two texts are almost alike."""

_WORDS = 2
_KEPT = 48
"""Hashes kept of each text. With 48, a true share of 0.8 is estimated within 0.12 nineteen times in twenty."""

_TURNS = (0x00000000, 0x9E3779B9, 0x3C6EF372, 0xDAA66D2B, 0x78DDE6E4, 0x1715609D)
"""Each turns the order of the hashes into another one. Of two texts with a share of 0.8, all six of the smallest hashes
differ once in about 16,000 pairs; only such a pair is not compared."""

_MIX, _MASK = 0x85EBCA6B, 0xFFFFFFFF
MOST = 8
"""Texts compared for one smallest hash: many texts with one phrase in common would all be compared with each other."""

_WORD = re.compile(rb"[^\s.,;:!?()\[\]{}\"']+")


_ORDERS = len(_TURNS)
_FIRST_PLACES = 1 << 12
_NOT_LINKED = _MASK


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text, and the smallest in each of several orders, by which texts are looked up."""

    hashes: Sequence[int]
    keys: Sequence[int]


def sketch_of_training_text(text: str) -> Sketch | None:
    """The sketch of a text; None where it has no two words."""
    hashes = _similar_training_hashes(text)
    if not hashes:
        return None
    return Sketch(sorted(hashes)[:_KEPT], [min(map(turn.__xor__, hashes)) for turn in _TURNS])


class SimilarTrainingTexts:
    """The texts seen so far, as sketches. With one smallest hash, the first `most` are compared.

    All is in arrays: 4 bytes for each kept hash, and some 60 for what finds a text. The texts with one smallest hash in
    one order are a chain from the newest to the first, and each link of it is a number: text times orders plus order.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._hashes, self._ends, self._keys = array("I"), array("I", (0,)), array("I")
        self._earlier = array("I")
        """The link before each, plus 1; 0 at the end of a chain."""

        self._newest = array("I", bytes(4 * _FIRST_PLACES))
        """The newest link of the chains that begin at a place, plus 1; 0 where there is none."""

    def __len__(self) -> int:
        return len(self._ends) - 1

    def has_similar(self, text: str, *, keep: bool = True) -> bool:
        """Whether an earlier text is almost alike; this one is kept for later ones."""
        sketch = sketch_of_training_text(text)
        if sketch is None:
            return False
        has_similar = next(self.similar(sketch), None) is not None
        if keep:
            self.keep(sketch)
        return has_similar

    def similar(self, sketch: Sketch) -> Iterator[int]:
        """The numbers of the earlier texts that are almost alike, in the order in which they were kept, from 0."""
        near = {text for order, key in enumerate(sketch.keys) for text in self._texts(key, order)}
        return (text for text in sorted(near) if _similar_training_share(sketch.hashes, self._hashes_of(text)) >= ALIKE)

    def keep(self, sketch: Sketch | None) -> None:
        """Keeps a text for later ones; one without a sketch only takes a number."""
        self._hashes.extend(sketch.hashes if sketch else ())
        self._ends.append(len(self._hashes))
        self._keys.extend(sketch.keys if sketch else (0,) * _ORDERS)
        self._earlier.extend((_NOT_LINKED,) * _ORDERS)
        if sketch:
            self._link(len(self) - 1)

    def sketch(self, text: int) -> Sketch | None:
        """The sketch of a text that was kept."""
        hashes, first = self._hashes_of(text), text * _ORDERS
        return Sketch(hashes, self._keys[first : first + _ORDERS]) if hashes else None

    def among(self, texts: Iterable[int], most: int = MOST) -> SimilarTrainingTexts:
        """Some of these texts under the same numbers, which share the memory of their sketches."""
        chosen = SimilarTrainingTexts(most)
        chosen._hashes, chosen._ends, chosen._keys = self._hashes, self._ends, self._keys
        chosen._newest = array("I", bytes(4 * len(self._newest)))
        chosen._earlier = array("I", (_NOT_LINKED,)) * len(self._earlier)
        for text in texts:
            if chosen._hashes_of(text):
                chosen._link(text)
        return chosen

    def _hashes_of(self, text: int) -> array[int]:
        return self._hashes[self._ends[text] : self._ends[text + 1]]

    def _texts(self, key: int, order: int) -> list[int]:
        """The texts that have a smallest hash in an order, the newest first."""
        keys, earlier, texts = self._keys, self._earlier, []
        link = self._newest[self._place(key, order)]
        while link:
            if keys[link - 1] == key and (link - 1) % _ORDERS == order:
                texts.append((link - 1) // _ORDERS)
            link = earlier[link - 1]
        return texts

    def _place(self, key: int, order: int) -> int:
        return (key * _ORDERS + order) & (len(self._newest) - 1)

    def _link(self, text: int) -> None:
        """Puts a text at the beginning of its chains, those left out that have enough texts."""
        if len(self._earlier) > 2 * len(self._newest):
            self._grow()
        for order, link in enumerate(range(text * _ORDERS, (text + 1) * _ORDERS)):
            key = self._keys[link]
            if len(self._texts(key, order)) < self._most:
                self._put(link, self._place(key, order))

    def _put(self, link: int, place: int) -> None:
        self._earlier[link] = self._newest[place]
        self._newest[place] = link + 1

    def _grow(self) -> None:
        self._newest = array("I", bytes(8 * len(self._newest)))
        for link, earlier in enumerate(self._earlier):
            if earlier != _NOT_LINKED:
                self._put(link, self._place(self._keys[link], link % _ORDERS))


def _similar_training_hashes(text: str) -> set[int]:
    words = _WORD.findall(text.lower().encode("utf-8", "surrogatepass"))
    groups = zip(*(words[start:] for start in range(_WORDS)), strict=False)
    return {crc32(group) * _MIX & _MASK for group in set(map(b" ".join, groups))}


def _similar_training_share(first: Sequence[int], second: Sequence[int]) -> float:
    """The share of common hashes among the smallest of both sketches together."""
    one, other = set(first), set(second)
    if one == other:
        return 1
    union = one | other
    if len(one) >= _KEPT or len(other) >= _KEPT:
        union = set(sorted(union)[:_KEPT])
    return len(one & other & union) / len(union)
