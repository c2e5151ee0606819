"""Facts that note which of some figures are read, as an answer that reads none of them cannot change with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from calculators.engine.answering.figures.watched_records import watched_record
from calculators.engine.facts import Fact, Facts
from calculators.engine.facts.loaded import Entry
from calculators.engine.records import Record

RecordFigure: TypeAlias = tuple[str, str, str]
"""A figure of a record: its collection, its id, and the name of the figure."""

AnyRecord = TypeVar("AnyRecord", bound=Record)
Computed = TypeVar("Computed")

WHOLE = frozenset({"__dict__", "schedule"})
"""Who reads one of these of a record may have read each figure: its changes have figures of their own."""


class WatchedFacts(Facts):
    """The same facts as others, which note the reads of some figures, but not those of a name with its mark.

    What was read to compute something once counts as read again by whoever asks for it.
    """

    def __init__(self, facts: Facts, figures: Iterable[RecordFigure]) -> None:
        super().__init__(json.loads(facts.text), facts.count_tokens)
        self._watched: dict[tuple[str, str], set[str]] = {}
        for collection, id, name in figures:
            self._watched.setdefault((collection, id), set()).add(name)
        self._reads: set[RecordFigure] = set()
        self._reads_of: dict[Hashable, set[RecordFigure]] = {}

    @contextmanager
    def noted(self) -> Iterator[set[RecordFigure]]:
        """Gives a set that has, in the end, the watched figures that were read meanwhile."""
        outer, inner = self._reads, set[RecordFigure]()
        self._reads = inner
        try:
            yield inner
        finally:
            outer |= inner
            self._reads = outer

    def note(self, collection: str, id: str, name: str) -> None:
        """Notes that an attribute of a record was read, where it is a watched figure or may hold one."""
        figures = self._watched.get((collection, id), set())
        if name in WHOLE:
            self._reads |= {(collection, id, figure) for figure in figures}
        elif name in figures:
            self._reads.add((collection, id, name))

    def computed_once(self, key: Hashable, compute: Callable[[], Computed]) -> Computed:
        with self.noted() as reads:
            computed = super().computed_once(key, compute)
        self._reads |= self._reads_of.setdefault(key, reads)
        return computed

    def entry(self, collection: str, id: str) -> Entry:
        self.note(collection, id, "__dict__")
        return super().entry(collection, id)

    def fact(self, name: str, on: str = "") -> Fact:
        collection, _, rest = name.partition(":")
        id, _, figure = rest.partition("#")
        with self._unnoted():
            fact = super().fact(name, on)
        self.note(collection, id, figure)
        return fact

    def exact_record(self, collection: str, id: str, record: type[AnyRecord], on: str) -> AnyRecord:
        with self._unnoted():
            exact = super().exact_record(collection, id, record, on)
        if (collection, id) not in self._watched:
            return exact
        return watched_record(exact, _NotedReads(self, collection, id))  # type: ignore[return-value]  # of its type

    @contextmanager
    def _unnoted(self) -> Iterator[None]:
        """Notes nothing meanwhile: what is read to make a record is noted when somebody reads it of the record."""
        reads = self._reads
        self._reads = set()
        try:
            yield
        finally:
            self._reads = reads


class _NotedReads(set[str]):
    """Hands on what is read of a record."""

    def __init__(self, facts: WatchedFacts, collection: str, id: str) -> None:
        super().__init__()
        self._facts, self._collection, self._id = facts, collection, id

    def add(self, name: str) -> None:
        self._facts.note(self._collection, self._id, name)
