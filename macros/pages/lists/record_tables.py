"""A table of records of the data on a page, such as the models of a seller: figures, days, sources and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from calculators.domain.records import RECORDS
from calculators.engine.declare import kinds
from calculators.engine.facts import Fact, Facts
from calculators.engine.facts.loaded import Entry
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.numbers.rounding import NOTHING, rounded_amount, unrounded_fact
from calculators.engine.numbers.units import DATE, ONE, TEXT, Unit, unit_from_text
from calculators.views.html.sources import html_checked_day
from calculators.views.html.tags import Safe, joined_html, tag
from macros.pages.prices.changes import price_change_history as chart_of


def record_table(facts: Facts, collection: str, figures: tuple[str, ...], group: str, history: bool) -> Safe:
    """The records with the named figures, of one group where that is named, and below them when they were checked.

    With `history`, a small chart below each name shows how its prices went and where they go.
    """
    record = RECORDS.get(collection)
    if record is None:
        raise ValueError(f"there is no collection {collection!r}{suggest_nearest(collection, RECORDS)}")
    described = kinds(record)
    for figure in figures:
        if figure not in described:
            raise ValueError(f"a record of {collection} has no figure {figure!r}{suggest_nearest(figure, described)}")
    entries = {id: entry for id, entry in facts.entries(collection).items() if not group or entry["group"] == group}
    if not entries:
        groups = facts.groups(collection)
        raise ValueError(f"{collection} has no group {group!r}{suggest_nearest(group, groups)}")
    shown = {id: entry for id, entry in entries.items() if any(figure in entry["facts"] for figure in figures)}
    rows = [_record_table_row(facts, collection, id, entry, figures, history) for id, entry in shown.items()]
    names = [str(described[figure].label).removesuffix(" price") for figure in figures]
    heads = [record.called, *names, *(["In force since"] if record.is_dated else []), "Source"]
    cells = [tag("th", head, scope="col", class_="number" if head in heads[1:-1] else None) for head in heads]
    looked = [fact["checked"] for entry in shown.values() for key, fact in entry["facts"].items() if key in figures]
    whole = tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows))
    label = f"{group or collection}: {', '.join(names)}"
    frame = tag("div", whole, class_="table-frame of-records", tabindex="0", role="region", aria_label=label)
    return joined_html(frame, tag("p", "Checked ", html_checked_day(min(looked)), class_="checked"))


def _record_table_row(
    facts: Facts, collection: str, id: str, entry: Entry, figures: tuple[str, ...], history: bool
) -> Safe:
    cells, since = [], ""
    sources: dict[str, RecordTableSource] = {}
    described = kinds(RECORDS[collection])
    for figure in figures:
        heading, values = str(described[figure].label), entry["facts"].get(figure)
        if values is None:
            cells.append(tag("td", NOTHING, class_="number"))
            continue
        measured = unit_from_text(values["unit"])
        pieces: list[Safe | str | None] = []
        if values["values"][0][0] <= facts.as_of:
            fact = facts.fact(f"{collection}:{id}#{figure}")
            since = max(since, fact.since)
            sources |= _record_table_source(facts, fact)
            pieces += [_record_table_cell(fact.value, measured, heading), record_table_mark(fact)]
        later = [dated for dated in values["values"] if dated[0] > facts.as_of]
        for day, text in later:
            begins = tag("span", f"from {day}", class_="is-day")
            amount = _record_table_cell(text, measured, heading)
            pieces.append(tag("span", f"{amount} ", begins, class_="scheduled"))
            pieces.append(record_table_mark(facts.fact(f"{collection}:{id}#{figure}", day)))
        cells.append(tag("td", *pieces, class_="number", translate="no"))
    chart = chart_of(facts, collection, id) if history else None
    return tag(
        "tr",
        tag("th", entry["name"], chart, scope="row", translate="no"),
        *cells,
        tag("td", since, class_="number") if RECORDS[collection].is_dated else None,
        tag("td", *_record_table_listed(sources.values())),
    )


class RecordTableSource(NamedTuple):
    """Who published figures, or who set them; what there is to say of it; and its address, if it has one."""

    publisher: str
    title: str
    address: str


def _record_table_listed(sources: Iterable[RecordTableSource]) -> Iterator[Safe | str]:
    """The publishers with commas between them, each once: with its source as a link, or with its sources by number."""
    by_publisher: dict[str, list[RecordTableSource]] = {}
    for source in sources:
        by_publisher.setdefault(source.publisher, []).append(source)
    for place, (publisher, published) in enumerate(by_publisher.items()):
        if place:
            yield ", "
        if len(published) == 1:
            yield _record_table_link(publisher, published[0])
            continue
        for number, source in enumerate(published, 1):
            yield ", " if number > 1 else f"{publisher} ("
            yield _record_table_link(str(number), source)
        yield ")"


def _record_table_link(words: str, source: RecordTableSource) -> Safe:
    """A source as a link, which a screen reader calls by more than a number."""
    if not source.address:
        return tag("span", words, title=source.title)
    called = None if words == source.publisher else f"{source.publisher}: {source.title}"
    return tag("a", words, href=source.address, rel="noopener noreferrer", title=source.title, aria_label=called)


def _record_table_source(facts: Facts, fact: Fact) -> dict[str, RecordTableSource]:
    """Where a figure comes from, by its name, so that a row says it once."""
    source = facts.sources.get(fact.source)
    if source:
        title = f"{source.title}, checked {fact.checked}"
        return {source.id: RecordTableSource(source.publisher, title, source.url)}
    title = f"{fact.because}, checked {fact.checked}"
    return {fact.origin: RecordTableSource(fact.origin, title, "")} if fact.ours else {}


def record_table_mark(fact: Fact) -> Safe | None:
    """The mark of a company's own figure."""
    return joined_html(" ", tag("span", f"({fact.ours})", class_="own-figure")) if fact.ours else None


def _record_table_cell(text: str, measured: Unit, heading: str) -> str:
    """A figure without what its heading says: per what it counts, and what it counts; tokens go without saying."""
    if measured in (DATE, TEXT):
        return text
    if measured == ONE:
        return rounded_amount(Decimal(text), measured)  # a multiple, of which some are quotients of two prices
    number, _, noun = unrounded_fact(Decimal(text), measured).split(" per ")[0].partition(" ")
    is_said = noun == "tokens" or noun.removesuffix("s") in heading.lower()
    return number if is_said else f"{number} {noun}"
