"""Facts: every disputable number about the world, with its dates and its source, as loaded from their JSON text."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from calculators.engine.declare import kinds
from calculators.engine.records import Record
from calculators.engine.suggest import nearest
from calculators.engine.tokens import Count

R = TypeVar("R", bound=Record)


class FactError(LookupError):
    """A fact was asked for that does not exist or was not in force on that day."""


@dataclass(frozen=True, slots=True)
class Source:
    """A published page that figures were taken from; dates as 2026-11-21, empty where unknown."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    accessed: str


OWN = "own"
"""The confidence of a figure that whoever runs this site put in place of the published one."""

_SURENESS = {
    "": "", "A": "", "B": ", as quoted by a third party", "C": ", not confirmed: check before you rely on it", OWN: "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated value: `value` is decimal text (or words), `since` the first day it holds, `checked` the last look.

    `confidence` is A for the publisher's own page, B where a third party quotes it, C where it is undated or unsure;
    empty where every value was compared with a published list; `own` where it is ours instead of the published one.
    `range` is the low and the high end between which an assumption may well lie; empty where none is given.
    """

    name: str
    value: str
    unit: str
    since: str
    checked: str
    source: str
    because: str
    confidence: str = ""
    range: tuple[str, ...] = ()

    @property
    def ours(self) -> str:
        """What marks a figure of our own wherever it is shown; empty for a published one."""
        if self.confidence != OWN:
            return ""
        return "our price" if "USD" in self.unit else "our figure"

    @property
    def mark(self) -> str:
        """The same in parentheses, to stand behind the figure."""
        return f" ({self.ours})" if self.ours else ""

    @property
    def origin(self) -> str:
        """What stands in place of a source where there is none: whose figure it is."""
        return self.ours or "our assumption"

    @property
    def days(self) -> str:
        """When it began and was last looked at, and how sure it is."""
        return f"since {self.since}, checked {self.checked}{self.sureness}"

    @property
    def sureness(self) -> str:
        """What has to be said of its confidence, after a comma; nothing where it is sure."""
        return _SURENESS[self.confidence]


class Facts:
    """All facts of one build; a look-up outside a fact's dates is an error, never the nearest value.

    `kept` is room for whatever is made from the facts alone and asked for in every answer. `count_tokens` comes along
    because tokens, too, are counted by rules that others made.
    """

    def __init__(self, text: str, count_tokens: Count | None = None) -> None:
        loaded = json.loads(text)
        self.text = text
        self.count_tokens = count_tokens
        self.as_of: str = loaded["as_of"]
        self.defaults: dict[str, dict[str, str]] = loaded.get("defaults", {})
        self._sources: dict[str, Any] = loaded["sources"]
        self._collections: dict[str, Any] = loaded["collections"]
        self._records: dict[tuple[str, str, type[Record]], dict[str, Any]] = {}
        self.kept: dict[Any, Any] = {}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All sources by id."""
        return {
            id: Source(id, it["title"], it["publisher"], it["url"], it.get("published") or "", it["accessed"])
            for id, it in self._sources.items()
        }

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of all collections, in the order of the data."""
        return tuple(self._collections)

    def entries(self, collection: str) -> dict[str, Any]:
        """The raw entries of a collection by id, in the order of the data."""
        if collection not in self._collections:
            raise FactError(f"there is no collection {collection!r}{nearest(collection, self._collections)}")
        found: dict[str, Any] = self._collections[collection]
        return found

    def entry(self, collection: str, id: str) -> dict[str, Any]:
        """One raw entry: name, group, note and its facts."""
        entries = self.entries(collection)
        if id not in entries:
            raise FactError(f"there is no {id!r} in {collection}{nearest(id, entries)}")
        found: dict[str, Any] = entries[id]
        return found

    def groups(self, collection: str) -> list[str]:
        """The groups of a collection, such as the providers of models, in the order of the data."""
        return list(dict.fromkeys(entry["group"] for entry in self.entries(collection).values()))

    def fact(self, name: str, on: str = "") -> Fact:
        """The fact called `collection:entry#field` in force on a day (the facts' own if none is named)."""
        collection, _, rest = name.partition(":")
        id, _, field = rest.partition("#")
        field = field or "value"
        facts = self.entry(collection, id)["facts"]
        if field not in facts:
            raise FactError(f"{collection}:{id} has no {field!r}{nearest(field, facts)}")
        it = facts[field]
        day = on or self.as_of
        held = [(since, value) for since, value in it["values"] if since <= day]
        if not held:
            raise FactError(
                f"{collection}:{id}#{field} is not known before {it['values'][0][0]}: choose a later day than {day}"
            )
        since, value = held[-1]
        told = it["published"] if since < it.get("ours_from", "") else it
        about = (
            *(told.get(key, "") for key in ("checked", "source", "because", "confidence")),
            tuple(told.get("range", ())),
        )
        return Fact(f"{collection}:{id}#{field}", value, it["unit"], since, *about)

    def beside(self, fact: Fact, ending: str, on: str) -> str:
        """The value of the same entry's field with such an ending, as `rent_low`; empty where there is none."""
        entry, _, field = fact.name.partition("#")
        collection, _, id = entry.partition(":")
        its = self.entry(collection, id)["facts"]
        return self.fact(f"{fact.name}{ending}", on).value if f"{field}{ending}" in its else ""

    def changes(self, collection: str, id: str, after: str) -> list[str]:
        """The later days on which any figure of an entry changes, ascending."""
        facts = self.entry(collection, id)["facts"]
        return sorted({since for it in facts.values() for since, _ in it["values"] if since > after})

    def figures(self, collection: str, id: str, record: type[Record], on: str) -> dict[str, Fact]:
        """The facts of one entry that the record type knows, in force on a day; FactError if its first is later."""
        facts = self.entry(collection, id)["facts"]
        wanted = [name for name in kinds(record) if name in facts]
        found = {}
        for name in wanted:
            first = facts[name]["values"][0][0]
            if first <= on:
                found[name] = self.fact(f"{collection}:{id}#{name}", on)
        if wanted and not found:
            first = min(facts[name]["values"][0][0] for name in wanted)
            raise FactError(f"{id} has no figures on {on}: the first known are of {first}. Choose a later day")
        return found

    def records(self, collection: str, record: type[R], on: str) -> dict[str, R]:
        """All entries known on a day as plain Decimal records, by id; kept, because every answer asks for them."""
        key = (collection, on, record)
        if key not in self._records:
            self._records[key] = {
                id: self._record(collection, id, record, on)
                for id in self.entries(collection)
                if self._is_known(collection, id, on)
            }
        return self._records[key]

    def _is_known(self, collection: str, id: str, on: str) -> bool:
        facts = self.entry(collection, id)["facts"]
        return any(it["values"][0][0] <= on for it in facts.values())

    def _record(self, collection: str, id: str, record: type[R], on: str) -> R:
        def values(found: dict[str, Fact]) -> dict[str, Any]:
            described = kinds(record)
            return {
                name: Decimal(fact.value) if described[name].is_number else fact.value for name, fact in found.items()
            }

        entry, found = self.entry(collection, id), self.figures(collection, id, record, on)
        name = marked(entry["name"], found)
        now = record(id=id, name=name, group=entry["group"], note=entry["note"], since=on, **values(found))
        later = tuple(
            (
                months_between(on, day),
                dataclasses.replace(now, since=day, **values(self.figures(collection, id, record, day))),
            )
            for day in self.changes(collection, id, on)
        )
        return dataclasses.replace(now, schedule=later) if later else now


def marked(name: str, figures: dict[str, Fact]) -> str:
    """What an entry is called in an answer: with a mark where a figure of it is ours, a price before any other."""
    return name + max((fact.mark for fact in figures.values()), default="")


def months_between(first: str, second: str) -> int:
    """How many calendar months the second day's month lies after the first's.

    >>> months_between("2026-11-21", "2026-12-01")
    1
    """
    year, month = int(first[:4]), int(first[5:7])
    return (int(second[:4]) - year) * 12 + int(second[5:7]) - month
