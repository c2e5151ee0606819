"""The facts of one build, as loaded from their JSON text, and what is looked up in them by day."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

from calculators.engine.answering.counting import Count
from calculators.engine.declare import Figure, kinds
from calculators.engine.facts.days import months_between_days
from calculators.engine.facts.fact import Fact, Source, fact_mark, largest_fact_mark
from calculators.engine.facts.loaded import DatedFact, Entry, FactOrigin, LoadedFacts
from calculators.engine.inputs.suggestions import quoted, suggest_labeled, suggest_nearest
from calculators.engine.numbers.units import Unit, is_counted_unit
from calculators.engine.records import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
Computed = TypeVar("Computed")
FigureValue: TypeAlias = Any  # a Decimal, a traced number, or words: the run decides it that asks for the record


class FactError(LookupError):
    """A fact was asked for that does not exist or was not in force on that day."""


class Facts:
    """All facts of one build; a look-up outside a fact's dates is an error, never the nearest value.

    `count_tokens` comes along because tokens, too, are counted by published rules.
    """

    def __init__(self, facts: str | LoadedFacts, count_tokens: Count | None = None) -> None:
        loaded: LoadedFacts = json.loads(facts) if isinstance(facts, str) else facts
        self._given = facts
        self.count_tokens = count_tokens
        self.as_of = loaded["as_of"]
        self.defaults = loaded.get("defaults", {})
        self._sources = loaded["sources"]
        self._collections = loaded["collections"]
        self._computed: dict[Hashable, object] = {}

    @property
    def text(self) -> str:
        """All facts as compact JSON."""
        if isinstance(self._given, str):
            return self._given
        return json.dumps(self._given, ensure_ascii=False, separators=(",", ":"))

    def computed_once(self, key: Hashable, compute: Callable[[], Computed]) -> Computed:
        """What is computed from these facts alone, kept under a key, as every answer asks for it."""
        if key not in self._computed:
            self._computed[key] = compute()
        return self._computed[key]  # type: ignore[return-value]  # a key stands for one computation

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All sources by id."""
        return {
            id: Source(
                id,
                source["title"],
                source["publisher"],
                source["url"],
                source.get("published") or "",
                source["accessed"],
            )
            for id, source in self._sources.items()
        }

    @property
    def collections(self) -> tuple[str, ...]:
        """The names of all collections, in the order of the data."""
        return tuple(self._collections)

    def entries(self, collection: str) -> dict[str, Entry]:
        """The raw entries of a collection by id, in the order of the data."""
        if collection not in self._collections:
            raise FactError(
                f"there is no collection {quoted(collection)}{suggest_nearest(collection, self._collections)}"
            )
        return self._collections[collection]

    def entry(self, collection: str, id: str) -> Entry:
        """One raw entry: name, group, note and its facts."""
        entries = self.entries(collection)
        if id not in entries:
            names = {known: entry["name"] for known, entry in entries.items()}
            raise FactError(f"there is no {quoted(id)} in {collection}{suggest_labeled(id, names)}")
        return entries[id]

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
            raise FactError(f"{collection}:{id} has no {quoted(field)}{suggest_nearest(field, facts)}")
        return _stored_fact_on(f"{collection}:{id}#{field}", facts[field], on or self.as_of)

    def counted_as(self, unit: Unit, on: str = "") -> Mapping[str, Decimal]:
        """The things that people may type in place of a unit, and how many of the unit each is: `{"page": 600}`.

        An assumption in `token/page` says it for pages.
        """

        def known() -> Mapping[str, Decimal]:
            assumptions = self._collections.get("assumptions", {})
            units = {id: entry["facts"]["value"]["unit"].partition("/") for id, entry in assumptions.items()}
            return {
                thing: Decimal(self.fact(f"assumptions:{id}", on).value)
                for id, (above, _, thing) in units.items()
                if above == unit.text and is_counted_unit(thing)
            }

        return self.computed_once(("counted as", unit.text, on), known)

    def beside(self, fact: Fact, ending: str, on: str) -> str:
        """The value of the same entry's field with such an ending, as `rent_low`; empty where there is none."""
        entry, _, field = fact.name.partition("#")
        collection, _, id = entry.partition(":")
        facts = self.entry(collection, id)["facts"]
        return self.fact(f"{fact.name}{ending}", on).value if f"{field}{ending}" in facts else ""

    def changes(self, collection: str, id: str, after: str) -> list[str]:
        """The later days on which any figure of an entry changes, ascending."""
        facts = self.entry(collection, id)["facts"]
        return sorted({since for dated in facts.values() for since, _ in dated["values"] if since > after})

    def figures(self, collection: str, id: str, record: type[Record], on: str) -> dict[str, Fact]:
        """The facts of one entry that the record type knows, in force on a day; FactError if its first is later."""
        facts = self.entry(collection, id)["facts"]
        names = _names_on(id, facts, record, on)
        return {name: _stored_fact_on(f"{collection}:{id}#{name}", facts[name], on) for name in names}

    def records(self, collection: str, record: type[AnyRecord], on: str) -> dict[str, AnyRecord]:
        """All entries known on a day as records of plain Decimals, by id."""

        def known() -> dict[str, AnyRecord]:
            entries = self.entries(collection)
            ids = [id for id, entry in entries.items() if _first_day_of_stored_fact(entry) <= on]
            return {id: self.exact_record(collection, id, record, on) for id in ids}

        return self.computed_once((collection, on, record), known)

    def record(
        self,
        collection: str,
        id: str,
        record: type[AnyRecord],
        on: str,
        figure_value: Callable[[Fact | None, Figure], FigureValue],
    ) -> AnyRecord:
        """One entry on a day with its announced changes; `figure_value` says what becomes of each of its facts."""

        def figures_on(day: str) -> tuple[dict[str, FigureValue], str]:
            figures = self.figures(collection, id, record, day)
            values = {name: figure_value(figures.get(name), figure) for name, figure in kinds(record).items()}
            return values, largest_fact_mark(fact.mark for fact in figures.values())

        return self._record_with_changes(collection, id, record, on, figures_on)

    def exact_record(self, collection: str, id: str, record: type[AnyRecord], on: str) -> AnyRecord:
        """One entry on a day as a record of plain Decimals; no fact is written down, as a market has thousands."""
        facts = self.entry(collection, id)["facts"]

        def figures_on(day: str) -> tuple[dict[str, FigureValue], str]:
            values: dict[str, FigureValue] = {
                name: exact_stored_figure(None, figure) for name, figure in figures.items()
            }
            marks = [""]
            for name in _names_on(id, facts, record, day):
                dated = facts[name]
                since, text = _value_on(dated, day)
                values[name] = exact_stored_figure(text, figures[name])
                if "confidence" in dated:
                    marks.append(fact_mark(_origin_of(dated, since).get("confidence", ""), dated["unit"]))
            return values, largest_fact_mark(marks)

        figures = kinds(record)
        return self._record_with_changes(collection, id, record, on, figures_on)

    def _record_with_changes(
        self,
        collection: str,
        id: str,
        record: type[AnyRecord],
        on: str,
        figures_on: Callable[[str], tuple[dict[str, FigureValue], str]],
    ) -> AnyRecord:
        """A record of what `figures_on` gives for a day, a mark for the name included, and for each later change."""
        entry = self.entry(collection, id)
        figures, mark = figures_on(on)
        name = entry["name"] + mark
        now = record(id=id, name=name, group=entry["group"], note=entry["note"], since=on, **figures)
        later = tuple(
            (months_between_days(on, day), dataclasses.replace(now, since=day, **figures_on(day)[0]))
            for day in self.changes(collection, id, on)
        )
        return dataclasses.replace(now, schedule=later) if later else now


def _names_on(id: str, facts: Mapping[str, DatedFact], record: type[Record], on: str) -> list[str]:
    """Which figures of a record an entry has on a day; FactError if its first is later."""
    wanted = [name for name in kinds(record) if name in facts]
    names = [name for name in wanted if facts[name]["values"][0][0] <= on]
    if wanted and not names:
        first_day = min(facts[name]["values"][0][0] for name in wanted)
        raise FactError(f"{id} has no figures on {on}: the first known are of {first_day}. Choose a later day")
    return names


def _value_on(dated: DatedFact, day: str) -> tuple[str, str]:
    """The day since which a fact has been what it is on a day, and what it is; FactError before its first."""
    for since, text in reversed(dated["values"]):
        if since <= day:
            return since, text
    raise FactError(f"not known before {dated['values'][0][0]}: choose a later day than {day}")


def _origin_of(dated: DatedFact, since: str) -> FactOrigin:
    """Where the value of a fact that began on a day comes from."""
    return dated["published"] if since < dated.get("ours_from", "") else dated


def _stored_fact_on(name: str, dated: DatedFact, day: str) -> Fact:
    """What of a dated fact is in force on a day."""
    try:
        since, text = _value_on(dated, day)
    except FactError as error:
        raise FactError(f"{name} is {error}") from None
    origin = _origin_of(dated, since)
    return Fact(
        name=name,
        value=text,
        unit=dated["unit"],
        since=since,
        checked=origin.get("checked", ""),
        source=origin.get("source", ""),
        because=origin.get("because", ""),
        confidence=origin.get("confidence", ""),
        range=tuple(origin.get("range", ())),
    )


def _first_day_of_stored_fact(entry: Entry) -> str:
    """The first day on which anything is known of an entry; a day that never comes where nothing is."""
    return min((dated["values"][0][0] for dated in entry["facts"].values()), default="9999-12-31")


def exact_stored_figure(text: str | None, figure: Figure) -> Decimal | str | None:
    """A figure as a plain Decimal, or words and days as text."""
    if figure.is_number:
        return None if text is None else Decimal(text)
    return text or ""
