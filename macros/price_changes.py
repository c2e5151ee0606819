"""How prices change: every step between two dated values of the data, with its reason, as history, table and chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from calculators.engine.declare import kinds
from calculators.engine.facts import Facts
from calculators.engine.records import RECORDS
from calculators.engine.units import unit
from calculators.engine.words import quantity
from calculators.views.chart import history as drawn
from calculators.views.html import Safe, joined, tag

CHARTED = ("input", "output")
"""The prices of a model whose history is drawn."""


LASTS = 30
"""Days for which a chart goes on after the last change, so that one can see it."""


@dataclass(frozen=True)
class Change:
    """A figure that is another from a day on; `before` and `after` as the data has them."""

    day: str
    collection: str
    id: str
    name: str
    group: str
    key: str
    figure: str
    unit: str
    before: str
    after: str
    why: str
    mark: str = ""
    """What says that the new value is a company's own."""

    @property
    def percent(self) -> Decimal:
        """By how much, in percent of the price before."""
        return (Decimal(self.after) - Decimal(self.before)) * 100 / Decimal(self.before)

    @property
    def told(self) -> tuple[str, str]:
        """Both values in words."""
        before, after = (quantity(Decimal(it), unit(self.unit)) for it in (self.before, self.after))
        return before, after


def changes(facts: Facts) -> list[Change]:
    """Every change of a number in the data, the newest first; within a day in the order of the data."""
    found = [it for name in RECORDS for it in _changes(facts, name)]
    return sorted(found, key=lambda it: it.day, reverse=True)


def _changes(facts: Facts, collection: str) -> Iterator[Change]:
    described = kinds(RECORDS[collection])
    for id, entry in facts.entries(collection).items():
        for key, fact in entry["facts"].items():
            if key not in described or not described[key].is_number:
                continue
            for (_, before), (day, after) in pairwise(fact["values"]):
                about = key, described[key].label, fact["unit"]
                why = entry.get("why", {}).get(day, "")
                new = facts.fact(f"{collection}:{id}#{key}", day)
                named = day, collection, id, entry["name"], entry["group"], *about
                yield Change(*named, before, after, new.because if new.ours else why, new.mark)


def announced(facts: Facts) -> Safe:
    """A table of every change that is announced and has not begun, the next one first."""
    found = [it for it in changes(facts) if it.day > facts.as_of]
    if not found:
        return tag("p", "No change is announced.")
    return table(sorted(found, key=lambda it: it.day), "Announced changes", with_day=True)


def table(found: list[Change], label: str, with_day: bool = False) -> Safe:
    """Changes as a table: a row for each model and day, with its prices before and after, and why."""
    heads = ("Model", *(("From",) if with_day else ()), "What changes", "Change", "Why")
    rows = []
    for (day, _, _), group in groupby(found, key=lambda it: (it.day, it.collection, it.id)):
        its = list(group)
        steps = [tag("span", f"{it.figure} {' → '.join(map(_short, it.told))}{it.mark}", class_="change") for it in its]
        percents = dict.fromkeys(f"{it.percent.quantize(Decimal(1)):+f} %".replace("-", "−") for it in its)
        rows.append(
            tag(
                "tr",
                tag("th", its[0].name, scope="row", translate="no"),
                tag("td", day, class_="number") if with_day else None,
                tag("td", *steps, translate="no"),
                tag("td", ", ".join(percents), class_="number"),
                tag("td", its[0].why),
            )
        )
    head = tag("thead", tag("tr", *(tag("th", it, scope="col") for it in heads)))
    frame = {"class_": "table-frame", "tabindex": "0", "role": "region"}
    return tag("div", tag("table", head, tag("tbody", *rows)), **frame, aria_label=label)


def _short(told: str) -> str:
    return told.split(" per ")[0]


def span(facts: Facts, collection: str) -> tuple[int, int]:
    """The first and the last day that the history of a collection shows."""
    entries = facts.entries(collection).values()
    days = [
        since for entry in entries for key in CHARTED for since, _ in entry["facts"].get(key, {"values": []})["values"]
    ]
    return _number(min(days)), _number(max(facts.as_of, *days)) + LASTS


def history(facts: Facts, collection: str, id: str) -> Safe:
    """The history of one entry's prices as a small chart, with the same in words for those who do not see it."""
    described, held = kinds(RECORDS[collection]), facts.entry(collection, id)["facts"]
    series, told = [], []
    for key in CHARTED:
        if key in held:
            fact = held[key]
            series.append((key, [(_number(since), Decimal(value)) for since, value in fact["values"]]))
            told.append(f"{described[key].label}: {_words(facts, f'{collection}:{id}#{key}', fact)}.")
    chart = drawn(series, _number(facts.as_of), span(facts, collection), " ".join(told))
    return chart if series else joined()


def _words(facts: Facts, name: str, fact: dict[str, Any]) -> str:
    values = [
        (since, _short(quantity(Decimal(value), unit(fact["unit"]))) + facts.fact(name, since).mark)
        for since, value in fact["values"]
    ]
    if len(values) == 1:
        return f"{values[0][1]}, unchanged since {values[0][0]}"
    return ", ".join(f"{value} {'since' if since <= facts.as_of else 'from'} {since}" for since, value in values)


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
