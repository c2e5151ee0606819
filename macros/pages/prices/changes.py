"""How prices change: every step between two dated values of the data, with its reason, as history, table and chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from calculators.domain.records import RECORDS
from calculators.engine.declare import kinds
from calculators.engine.facts import Facts
from calculators.engine.facts.loaded import DatedFact
from calculators.engine.numbers.rounding import unrounded_fact
from calculators.engine.numbers.units import unit_from_text
from calculators.views.charts.history import svg_price_history
from calculators.views.html.tags import Safe, joined_html, tag
from macros.pages.prices.watched_facts import RecordFigure

CHARTED = ("input", "output")
"""The prices of a model whose history is drawn."""


LASTS = 30
"""Days for which a chart goes on after the last change, so that one can see it."""


@dataclass(frozen=True)
class PriceChange:
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
    def record_figure(self) -> RecordFigure:
        """The figure that changed, whatever its price."""
        return self.collection, self.id, self.key

    @property
    def percent(self) -> Decimal:
        """By how much, in percent of the price before."""
        return (Decimal(self.after) - Decimal(self.before)) * 100 / Decimal(self.before)

    @property
    def amounts(self) -> tuple[str, str]:
        """Both values in words."""
        before, after = (
            unrounded_fact(Decimal(amount), unit_from_text(self.unit)) for amount in (self.before, self.after)
        )
        return before, after


def price_changes(facts: Facts) -> list[PriceChange]:
    """Every change of a number in the data, the newest first; within a day in the order of the data."""
    unsorted = [change for name in RECORDS for change in _price_changes_of(facts, name)]
    return sorted(unsorted, key=lambda change: change.day, reverse=True)


def _price_changes_of(facts: Facts, collection: str) -> Iterator[PriceChange]:
    described = kinds(RECORDS[collection])
    for id, entry in facts.entries(collection).items():
        for key, fact in entry["facts"].items():
            if key not in described or not described[key].is_number:
                continue
            for (_, before), (day, after) in pairwise(fact["values"]):
                if Decimal(before) == Decimal(after):
                    continue  # stated once more
                about = key, described[key].label, fact["unit"]
                why = entry.get("why", {}).get(day, "")
                new = facts.fact(f"{collection}:{id}#{key}", day)
                named = day, collection, id, entry["name"], entry["group"], *about
                yield PriceChange(*named, before, after, new.because if new.ours else why, new.mark)


def announced_price_changes(facts: Facts) -> Safe:
    """A table of every change that is announced and has not begun, the next one first."""
    ahead = [change for change in price_changes(facts) if change.day > facts.as_of]
    if not ahead:
        return tag("p", "No change is announced.")
    return price_change_table(sorted(ahead, key=lambda change: change.day), "Announced changes", with_day=True)


def price_change_table(listed: list[PriceChange], label: str, with_day: bool = False) -> Safe:
    """Changes as a table: a row for each model and day, with its prices before and after, and why."""
    heads = ("Model", *(("From",) if with_day else ()), "What changes", "Change", "Why")
    rows = []
    for (day, _, _), group in groupby(listed, key=lambda change: (change.day, change.collection, change.id)):
        steps = list(group)
        words = (f"{step.figure} {' → '.join(map(_price_change_short, step.amounts))}{step.mark}" for step in steps)
        percents = dict.fromkeys(f"{step.percent.quantize(Decimal(1)):+f}%".replace("-", "−") for step in steps)
        rows.append(
            tag(
                "tr",
                tag("th", steps[0].name, scope="row", translate="no"),
                tag("td", day, class_="number") if with_day else None,
                tag("td", *(tag("span", step, class_="change") for step in words), translate="no"),
                tag("td", ", ".join(percents), class_="number"),
                tag("td", steps[0].why),
            )
        )
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    frame = {"class_": "table-frame", "tabindex": "0", "role": "region"}
    return tag("div", tag("table", head, tag("tbody", *rows)), **frame, aria_label=label)


def _price_change_short(amount: str) -> str:
    return amount.split(" per ")[0]


def price_change_span(facts: Facts, collection: str) -> tuple[int, int]:
    """The first and the last day that the history of a collection shows."""
    entries = facts.entries(collection).values()
    days = [
        since for entry in entries for key in CHARTED for since, _ in entry["facts"].get(key, {"values": []})["values"]
    ]
    return _price_change_number(min(days)), _price_change_number(max(facts.as_of, *days)) + LASTS


def price_change_history(facts: Facts, collection: str, id: str) -> Safe:
    """The history of one entry's prices as a small chart, with the same in words for those who do not see it.

    Nothing where no price has changed and no change is announced: a level line says no more than the day beside it.
    """
    described, figures = kinds(RECORDS[collection]), facts.entry(collection, id)["facts"]
    series, words = [], []
    for key in CHARTED:
        if key in figures:
            fact = figures[key]
            series.append((key, [(_price_change_number(since), Decimal(value)) for since, value in fact["values"]]))
            words.append(f"{described[key].label}: {_price_change_words(facts, f'{collection}:{id}#{key}', fact)}.")
    if all(len(prices) == 1 for _, prices in series):
        return joined_html()
    return svg_price_history(
        series, _price_change_number(facts.as_of), price_change_span(facts, collection), " ".join(words)
    )


def _price_change_words(facts: Facts, name: str, fact: DatedFact) -> str:
    values = [
        (
            since,
            _price_change_short(unrounded_fact(Decimal(amount), unit_from_text(fact["unit"])))
            + facts.fact(name, since).mark,
        )
        for since, amount in fact["values"]
    ]
    if len(values) == 1:
        return f"{values[0][1]}, unchanged since {values[0][0]}"
    return ", ".join(f"{value} {'since' if since <= facts.as_of else 'from'} {since}" for since, value in values)


def _price_change_number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
