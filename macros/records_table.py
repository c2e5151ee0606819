"""A table of records of the data on a page, such as the models of a seller: figures, days, sources and history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from calculators.engine.declare import kinds
from calculators.engine.facts import Fact, Facts
from calculators.engine.records import RECORDS
from calculators.engine.suggest import nearest
from calculators.engine.units import DATE, TEXT, unit
from calculators.engine.words import NOTHING, quantity
from calculators.views.html import Safe, joined, tag
from calculators.views.sources import checked
from macros.price_changes import history as chart_of


def table(facts: Facts, collection: str, figures: tuple[str, ...], group: str, history: bool) -> Safe:
    """The records with the named figures, of one group where that is named, and below them when they were checked.

    With `history`, a small chart below each name shows how its prices went and where they go.
    """
    record = RECORDS.get(collection)
    if record is None:
        raise ValueError(f"there is no collection {collection!r}{nearest(collection, RECORDS)}")
    described = kinds(record)
    for figure in figures:
        if figure not in described:
            raise ValueError(f"a record of {collection} has no figure {figure!r}{nearest(figure, described)}")
    entries = {id: it for id, it in facts.entries(collection).items() if not group or it["group"] == group}
    if not entries:
        groups = facts.groups(collection)
        raise ValueError(f"{collection} has no group {group!r}{nearest(group, groups)}")
    told = {id: entry for id, entry in entries.items() if any(it in entry["facts"] for it in figures)}
    rows = [_row(facts, collection, id, entry, figures, history) for id, entry in told.items()]
    names = [str(described[it].label).removesuffix(" price") for it in figures]
    heads = [record.called, *names, "In force since", "Source"]
    cells = [tag("th", it, scope="col", class_="number" if it in heads[1:-1] else None) for it in heads]
    looked = [fact["checked"] for it in told.values() for key, fact in it["facts"].items() if key in figures]
    return joined(
        tag("div", tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows)), class_="table-frame",
            tabindex="0", role="region", aria_label=f"{group or collection}: {', '.join(names)}"),
        tag("p", "Checked ", checked(min(looked)), class_="checked"),
    )  # fmt: skip


def _row(
    facts: Facts, collection: str, id: str, entry: dict[str, Any], figures: tuple[str, ...], history: bool
) -> Safe:
    cells, since = [], ""
    sources: dict[str, Safe] = {}
    for figure in figures:
        values = entry["facts"].get(figure)
        if values is None:
            cells.append(tag("td", NOTHING, class_="number"))
            continue
        measured = unit(values["unit"])
        told: list[Safe | str | None] = []
        if values["values"][0][0] <= facts.as_of:
            found = facts.fact(f"{collection}:{id}#{figure}")
            since = max(since, found.since)
            sources |= _source(facts, found)
            told += [_cell(found.value, measured), own(found)]
        later = [it for it in values["values"] if it[0] > facts.as_of]
        for day, value in later:
            told.append(tag("span", f"{_cell(value, measured)} from {day}", class_="scheduled"))
            told.append(own(facts.fact(f"{collection}:{id}#{figure}", day)))
        cells.append(tag("td", *told, class_="number", translate="no"))
    chart = chart_of(facts, collection, id) if history else None
    return tag(
        "tr",
        tag("th", entry["name"], chart, scope="row", translate="no"),
        *cells,
        tag("td", since, class_="number"),
        tag("td", *sources.values()),
    )


def _source(facts: Facts, found: Fact) -> dict[str, Safe]:
    """Where a figure comes from, by its name, so that a row says it once."""
    source = facts.sources.get(found.source)
    if source:
        title = f"{source.title}, checked {found.checked}"
        return {source.id: tag("a", source.publisher, href=source.url, rel="noopener noreferrer", title=title)}
    title = f"{found.because}, checked {found.checked}"
    return {found.origin: tag("span", found.origin, title=title)} if found.ours else {}


def own(fact: Fact) -> Safe | None:
    """The mark of a company's own figure."""
    return joined(" ", tag("span", f"({fact.ours})", class_="own-figure")) if fact.ours else None


def _cell(value: str, measured: Any) -> str:
    if measured in (DATE, TEXT):
        return value
    text = quantity(Decimal(value), measured)
    return text.split(" per ")[0] if text.startswith("$") else text.removesuffix(" tokens")
