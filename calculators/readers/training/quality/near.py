"""Finds texts that are almost alike, by sketches of their word sequences.

A text is the set of its sequences of two words. How alike two texts are is the share of sequences that they have in
common (Jaccard). Of each set the smallest hashes are kept: they are a sample that is drawn alike from both sets, so the
share is exact for short texts and estimated for long ones. Source: Broder, On the resemblance and containment of
documents, 1997.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a text, and the smallest in each of several orders, by which texts are looked up."""

    hashes: array[int]
    keys: tuple[int, ...]


def sketch_of_text(text: str) -> Sketch | None:
    """The sketch of a text; None where it has no two words."""
    hashes = _hashes(text)
    if not hashes:
        return None
    keys = tuple(min(map(turn.__xor__, hashes)) << 3 | place for place, turn in enumerate(_TURNS))
    return Sketch(array("I", sorted(hashes)[:_KEPT]), keys)


class SimilarTexts:
    """The texts seen so far, as sketches. With one smallest hash, the first `most` are compared."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._sketches: list[Sketch] = []
        self._by_smallest: dict[int, list[int]] = defaultdict(list)

    def has_similar(self, text: str, *, keep: bool = True) -> bool:
        """Whether an earlier text is almost alike; this one is kept for later ones."""
        sketch = sketch_of_text(text)
        if sketch is None:
            return False
        has_similar = next(self.similar(sketch), None) is not None
        if keep:
            self.keep(sketch)
        return has_similar

    def similar(self, sketch: Sketch) -> Iterator[int]:
        """The numbers of the earlier texts that are almost alike, in the order in which they were kept, from 0."""
        near = {other for key in sketch.keys for other in self._by_smallest.get(key, ())}
        return (other for other in sorted(near) if _share(sketch.hashes, self._sketches[other].hashes) >= ALIKE)

    def keep(self, sketch: Sketch) -> None:
        """Keeps a text for later ones."""
        for key in sketch.keys:
            bucket = self._by_smallest[key]
            if len(bucket) < self._most:
                bucket.append(len(self._sketches))
        self._sketches.append(sketch)


def _hashes(text: str) -> set[int]:
    words = _WORD.findall(text.lower().encode("utf-8", "surrogatepass"))
    groups = zip(*(words[start:] for start in range(_WORDS)), strict=False)
    return {crc32(group) * _MIX & _MASK for group in set(map(b" ".join, groups))}


def _share(first: array[int], second: array[int]) -> float:
    """The share of common hashes among the smallest of both sketches together."""
    if first == second:
        return 1
    one, other = set(first), set(second)
    union = one | other
    if len(one) >= _KEPT or len(other) >= _KEPT:
        union = set(sorted(union)[:_KEPT])
    return len(one & other & union) / len(union)
