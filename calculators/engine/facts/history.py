"""The records of some collections as they were on any day, for formulas about what happened on days of their own."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from typing import Any

from calculators.engine.declare import Field
from calculators.engine.facts.store import Facts
from calculators.engine.records import Record

HISTORY = "history"


class RecordHistory:
    """The records of some collections by day, with plain Decimals in every run: what has happened is no variable."""

    def __init__(self, facts: Facts, collections: tuple[str, ...], record: type[Record]) -> None:
        self._facts, self._collections, self._record = facts, collections, record

    def record_on(self, id: str, day: str) -> Any:
        """A record as it was on a day, such as 2026-10-31; None where nothing is known of it then."""
        collection = next((name for name in self._collections if id in self._facts.entries(name)), "")
        if not collection:
            return None
        days = self._facts.computed_once(("days", collection, id), lambda: self._days(collection, id))
        place = bisect_right(days, day)
        if place == 0:
            return None
        since = days[place - 1]
        key = ("history", collection, id, since, self._record)
        return self._facts.computed_once(key, lambda: self._facts.exact_record(collection, id, self._record, since))

    def _days(self, collection: str, id: str) -> list[str]:
        """The days on which a figure of a record changes, the first of which is the day on which all of it is known."""
        facts = self._facts.entry(collection, id)["facts"]
        return sorted({since for dated in facts.values() for since, _ in dated["values"]})


def record_history(*collections: str, record: type[Record]) -> Field:
    """A field of `Inputs` that holds the history of some collections. It asks nothing, so it has no kind."""
    return dataclasses.field(metadata={HISTORY: (collections, record)})


def record_histories(inputs: type, facts: Facts) -> dict[str, RecordHistory]:
    """The histories that a calculator's inputs hold, by field."""
    fields = {field.name: field.metadata[HISTORY] for field in dataclasses.fields(inputs) if HISTORY in field.metadata}
    return {name: RecordHistory(facts, collection, record) for name, (collection, record) in fields.items()}
