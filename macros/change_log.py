"""The log of price changes: day by day what changed and why, and which figures on the pages move; also as a feed."""

from __future__ import annotations

import json
import uuid
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from calculators.answer import Catalogue
from calculators.engine.facts import Facts
from calculators.views.html import Safe, tag
from macros.price_changes import Change, changes, table
from macros.published import Figure, Published, moved, published

PAGE = "reference/price-changes/"
FEED = "assets/runtime/price-changes.xml"
_ATOM = "http://www.w3.org/2005/Atom"
"""The name of the format, which nothing fetches."""

Moved = list[tuple[Published, str, str]]


def by_day(facts: Facts) -> list[tuple[str, list[Change]]]:
    """The changes of each day, the newest day first."""
    return [(day, list(its)) for day, its in groupby(changes(facts), key=lambda it: it.day)]


def log(catalogue: Catalogue, docs: Path, figure_of: type) -> str:
    """The whole log as Markdown with tables; `figure_of(catalogue).figure` computes a figure."""
    parts = []
    for day, its in by_day(catalogue.facts):
        begins = ", announced" if day > catalogue.facts.as_of else ""
        parts.append(f"## {day}{begins}\n\n{table(its, f'Prices that changed on {day}')}")
        found = _moved(catalogue, docs, its, figure_of)
        parts.append(_figures(found, day) if found else "No figure on these pages depends on it.")
    return "\n\n".join(parts) or "No price has changed yet."


def _moved(catalogue: Catalogue, docs: Path, its: list[Change], figure_of: type) -> Moved:
    """The figures that the changes move, everything else being as it is; kept with the facts, because it takes long."""
    figures = published(docs)
    key = (FEED, tuple(its), tuple(figures))
    kept = catalogue.facts.kept
    if key not in kept:
        before, after = (_with(catalogue, its, side, figure_of) for side in (0, 1))
        kept[key] = moved(figures, before, after)
    found: Moved = kept[key]
    return found


def _with(catalogue: Catalogue, its: list[Change], side: int, figure_of: type) -> Figure:
    """Figures computed as if the changed prices had always been those before the change (0), or after it (1)."""
    loaded = json.loads(catalogue.facts.text)
    for it in its:
        fact = loaded["collections"][it.collection][it.id]["facts"][it.key]
        fact["values"] = [[fact["values"][0][0], (it.before, it.after)[side]]]
    figure: Figure = figure_of(Catalogue(Facts(json.dumps(loaded), catalogue.facts.count_tokens))).figure
    return figure


def _figures(found: Moved, day: str) -> Safe:
    """The moved figures as a folded table, each with the page that shows it."""
    rows = [
        tag("tr", tag("th", tag("a", it.title, href=f"../../{_address(it.page)}"), scope="row"), tag("td", it.label),
            tag("td", before, class_="number", translate="no"), tag("td", after, class_="number", translate="no"))
        for it, before, after in found
    ]  # fmt: skip
    heads = [tag("th", it, scope="col") for it in ("Page", "Figure", "Before", "After")]
    whole = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    label = f"Figures that the changes of {day} move"
    frame = tag("div", whole, class_="table-frame", tabindex="0", role="region", aria_label=label)
    summary = f"{len(rows)} figures on these pages, with the prices before and after it"
    return tag("details", tag("summary", summary), frame)


def _address(page: str) -> str:
    return page.removesuffix("index.md") if page.endswith("index.md") else f"{page.removesuffix('.md')}/"


def feed(facts: Facts, site: str) -> bytes:
    """The changes as an Atom feed, an entry for each day; its only addresses are those of this site."""
    root = ElementTree.Element("feed", xmlns=_ATOM)
    page = f"{site.rstrip('/')}/{PAGE}"
    _add(root, "title", "Which Lever? Price changes")
    _add(root, "id", _id(""))
    _add(root, "updated", f"{facts.as_of}T00:00:00Z")
    _add(ElementTree.SubElement(root, "author"), "name", "the Which Lever? authors")
    ElementTree.SubElement(root, "link", rel="alternate", href=page)
    ElementTree.SubElement(root, "link", rel="self", href=f"{site.rstrip('/')}/{FEED}")
    for day, its in by_day(facts):
        entry = ElementTree.SubElement(root, "entry")
        names = ", ".join(dict.fromkeys(it.name for it in its))
        _add(entry, "title", f"{day}: {names}")
        _add(entry, "id", _id(day))
        _add(entry, "updated", f"{min(day, facts.as_of)}T00:00:00Z")
        ElementTree.SubElement(entry, "link", rel="alternate", href=f"{page}#{_anchor(day, facts.as_of)}")
        _add(
            entry,
            "content",
            "\n".join(f"{it.name}: {it.figure} {' → '.join(it.told)}{it.mark}. {it.why}".rstrip() for it in its),
        )
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _anchor(day: str, as_of: str) -> str:
    """The id that Markdown gives the heading of a day."""
    return f"{day}-announced" if day > as_of else day


def _id(day: str) -> str:
    """A name for good, that does not depend on where the site is."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'which-lever price changes {day}')}"


def write_feed(facts: Facts, site: str, docs: Path) -> None:
    """Write the feed where it differs, because `mkdocs serve` rebuilds the site after each write."""
    path, content = docs / FEED, feed(facts, site)
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
