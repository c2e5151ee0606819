"""The log of price changes: day by day what changed and why, and which figures on the pages move; also as a feed."""

from __future__ import annotations

import hashlib
import json
import uuid
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from calculators.catalogue import Catalogue
from calculators.engine.facts import Facts
from calculators.views.html.tags import Safe, tag
from macros.cache.answers import CachedAnswers
from macros.pages.prices.changes import PriceChange, price_change_table, price_changes
from macros.pages.prices.published import (
    Figure,
    FigureText,
    PublishedFigure,
    moved_published_figures,
    published_figures,
)
from macros.pages.prices.watched_facts import RecordFigure, WatchedFacts

PAGE = "reference/price-changes/"
FEED = "assets/runtime/price-changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"
"""The name of the format, which nothing fetches."""

Moved = list[tuple[PublishedFigure, str, str]]


def price_changes_by_day(facts: Facts) -> list[tuple[str, list[PriceChange]]]:
    """The changes of each day, the newest day first."""
    return [(day, list(changed)) for day, changed in groupby(price_changes(facts), key=lambda change: change.day)]


def price_change_log(catalogue: Catalogue, docs: Path, figure_of: type, answers: CachedAnswers | None = None) -> str:
    """The whole log as Markdown with tables; `figure_of(catalogue).figure` computes a figure, unless it is kept."""
    parts = []
    answers = answers or CachedAnswers()
    figures = published_figures(docs)
    reads = _price_log_reads(catalogue, figures, figure_of, answers)
    for day, changed in price_changes_by_day(catalogue.facts):
        begins = ", announced" if day > catalogue.facts.as_of else ""
        parts.append(f"## {day}{begins}\n\n{price_change_table(changed, f'Prices that changed on {day}')}")
        touched = {change.record_figure for change in changed}
        reading = [figure for figure in figures if reads[figure] & touched]
        moved = _price_log_moved(catalogue, reading, changed, figure_of, answers)
        parts.append(_price_log_figures(moved, day) if moved else "No figure on these pages depends on it.")
    return "\n\n".join(parts) or "No price has changed yet."


def _price_log_reads(
    catalogue: Catalogue, published: list[PublishedFigure], figure_of: type, answers: CachedAnswers
) -> dict[PublishedFigure, set[RecordFigure]]:
    """Which of all prices that ever changed each figure reads: no other price moves it.

    Figures of one answer are computed together, and what any of them reads counts for each.
    """

    @cache
    def facts() -> WatchedFacts:
        return WatchedFacts(catalogue.facts, [change.record_figure for change in price_changes(catalogue.facts)])

    def reads(figures: list[PublishedFigure]) -> str:
        with facts().noted() as noted:
            figure = figure_of(Catalogue(facts())).figure  # a new one has no answer of earlier figures
            for asked in figures:
                asked.text(figure)
        return json.dumps(sorted(noted))

    groups: dict[tuple[str, str], list[PublishedFigure]] = {}
    for figure in published:
        groups.setdefault((figure.calculator, figure.given), []).append(figure)
    known: dict[PublishedFigure, set[RecordFigure]] = {}
    for (calculator, given), figures in groups.items():
        question = (FEED, "reads", calculator, given, sorted({figure.output for figure in figures}))
        text = answers.text(question, partial(reads, figures))
        noted = {(collection, id, name) for collection, id, name in json.loads(text)}
        known |= {figure: noted for figure in figures}
    return known


def _price_log_moved(
    catalogue: Catalogue,
    published: list[PublishedFigure],
    changed: list[PriceChange],
    figure_of: type,
    answers: CachedAnswers,
) -> Moved:
    """The figures that the changes of a day move, everything else being as it is; kept, because it takes long.

    A figure that a page asks for one earlier day for good does not move.
    """
    day = changed[0].day
    figures = [figure for figure in published if not figure.day or figure.day >= day]
    key = (FEED, tuple(changed), tuple(figures))

    def compute() -> Moved:
        before, after = (_price_log_texts(catalogue, changed, side, figure_of, answers) for side in (0, 1))
        return moved_published_figures(figures, before, after)

    return catalogue.facts.computed_once(key, compute)


def _price_log_texts(
    catalogue: Catalogue, changed: list[PriceChange], side: int, figure_of: type, answers: CachedAnswers
) -> FigureText:
    """What gives figures as if the changed prices had always been those of one side; each is computed once for good."""
    prices = [(change.collection, change.id, change.key, (change.before, change.after)[side]) for change in changed]
    scenario = hashlib.sha256(repr(prices).encode()).hexdigest()[:16]

    @cache
    def figure() -> Figure:
        return _price_log_figures_at(catalogue, changed, side, figure_of)

    def text(published: PublishedFigure) -> str:
        question = (FEED, scenario, published.calculator, published.output, published.given)
        return answers.text(question, lambda: published.text(figure()))

    return text


def _price_log_figures_at(catalogue: Catalogue, changed: list[PriceChange], side: int, figure_of: type) -> Figure:
    """Figures computed as if the changed prices had always been those before the change (0), or after it (1)."""
    loaded = json.loads(catalogue.facts.text)
    for change in changed:
        fact = loaded["collections"][change.collection][change.id]["facts"][change.key]
        fact["values"] = [[fact["values"][0][0], (change.before, change.after)[side]]]
    figure: Figure = figure_of(Catalogue(Facts(loaded, catalogue.facts.count_tokens))).figure
    return figure


def _price_log_figures(figures: Moved, day: str) -> Safe:
    """The moved figures as a folded table, each with the page that shows it."""
    rows = []
    for figure, *amounts in figures:
        link = tag("a", figure.title, href=f"../../{_price_log_address(figure.page)}")
        numbers = (tag("td", amount, class_="number", translate="no") for amount in amounts)
        rows.append(tag("tr", tag("th", link, scope="row"), tag("td", figure.label), *numbers))
    heads = [tag("th", head, scope="col") for head in ("Page", "Figure", "Before", "After")]
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    label = f"Figures that the changes of {day} move"
    frame = tag("div", whole, class_="table-frame", tabindex="0", role="region", aria_label=label)
    noun = "figure" if len(rows) == 1 else "figures"
    summary = f"{len(rows)} {noun} on these pages, with the prices before and after it"
    return tag("details", tag("summary", summary), frame)


def _price_log_address(page: str) -> str:
    return page.removesuffix("index.md") if page.endswith("index.md") else f"{page.removesuffix('.md')}/"


def price_change_feed(facts: Facts, site: str) -> bytes:
    """The changes as an Atom feed, an entry for each day; its only addresses are those of this site."""
    root = ElementTree.Element("feed", xmlns=_ATOM)
    page = f"{site.rstrip('/')}/{PAGE}"
    _add_to_price_log(root, "title", "Which Lever? Price changes")
    _add_to_price_log(root, "id", _price_log_id(""))
    _add_to_price_log(root, "updated", f"{facts.as_of}T00:00:00Z")
    _add_to_price_log(ElementTree.SubElement(root, "author"), "name", "the Which Lever? authors")
    ElementTree.SubElement(root, "link", rel="alternate", href=page)
    ElementTree.SubElement(root, "link", rel="self", href=f"{site.rstrip('/')}/{FEED}")
    for day, changed in price_changes_by_day(facts):
        entry = ElementTree.SubElement(root, "entry")
        names = ", ".join(dict.fromkeys(change.name for change in changed))
        _add_to_price_log(entry, "title", f"{day}: {names}")
        _add_to_price_log(entry, "id", _price_log_id(day))
        _add_to_price_log(entry, "updated", f"{min(day, facts.as_of)}T00:00:00Z")
        ElementTree.SubElement(entry, "link", rel="alternate", href=f"{page}#{_price_log_anchor(day, facts.as_of)}")
        _add_to_price_log(entry, "content", "\n".join(map(_price_log_line, changed)))
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _price_log_line(change: PriceChange) -> str:
    return f"{change.name}: {change.figure} {' → '.join(change.amounts)}{change.mark}. {change.why}".rstrip()


def _add_to_price_log(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _price_log_anchor(day: str, as_of: str) -> str:
    """The id that Markdown gives the heading of a day."""
    return f"{day}-announced" if day > as_of else day


def _price_log_id(day: str) -> str:
    """A name for good, that does not depend on where the site is."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'which-lever price changes {day}')}"


def write_price_change_feed(facts: Facts, site: str, docs: Path) -> None:
    """Write the feed where it differs, because `mkdocs serve` rebuilds the site after each write."""
    path, content = docs / FEED, price_change_feed(facts, site)
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
