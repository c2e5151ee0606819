"""The indexes of the site: every source with what was taken from it, and every page with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from calculators.engine.facts import OWN, Facts, Source
from calculators.engine.numbers.rounding import unrounded_fact
from calculators.engine.numbers.units import unit_from_text
from macros.facts.schema import StatementFileRow
from macros.pages.lists.data_terms import data_terms_by_id
from macros.pages.lists.media import media_sources
from macros.pages.lists.tuners import tuners_by_id
from macros.pages.markdown import minutes as reading
from macros.pages.prices.published import RAW
from macros.project import ROOT

DOCS = Path(ROOT, "docs")
FROM_REFERENCE = ".."
"""Both indexes stand on pages in docs/reference/, so this leads to the other folders."""

_CITED = re.compile(r"""\bcite\(\s*["']([^"']+)["']""")
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TAKEN = {
    "architectures": "the sizes of",
    "assumptions": "a part of the assumption",
    "data_terms": "terms for texts of",
    "embeddings": "prices or limits of",
    "gpus": "memory, speed or rent of",
    "media": "tokens of images or prices of sound of",
    "memory_checks": "peaks of memory",
    "older_prices": "earlier prices of",
    "prices": "prices or limits of",
    "rerankers": "prices of",
    "speed_checks": "speeds",
    "speeds": "measured speeds of",
    "tuners": "what is offered by",
    "tuning": "prices or dates of training",
    "vector_stores": "prices or limits of",
}
"""What was taken from a source, by collection; what is missing here is a rule of the ladder, which has no name."""


_SENTENCES = frozenset({"assumptions"})
"""Collections whose entries have phrases for names."""
_UNNAMED = frozenset({"memory_checks", "speed_checks"})
"""Collections whose entries are called as their sources are, which have their titles."""


@dataclass(frozen=True)
class IndexedPage:
    """One page: its path below docs/, its title, what it is about, and which sources it cites."""

    path: str
    title: str
    description: str
    minutes: int
    cites: frozenset[str]

    @property
    def link(self) -> str:
        """A Markdown link to the page from a page of the reference."""
        return f"[{self.title}]({FROM_REFERENCE}/{self.path})"


def source_index(facts: Facts, *, behind_numbers: bool) -> str:
    """The sources behind numbers and rules, or all others, in the order of the publishers, as a definition list."""
    entries, listed = _index_entries_by_source(facts), indexed_pages()
    in_order = sorted(facts.sources.values(), key=lambda source: (source.publisher.casefold(), source.title.casefold()))
    chosen = [source for source in in_order if (source.id in entries) == behind_numbers]
    return "\n\n".join(_index_source(source, entries.get(source.id, {}), listed) for source in chosen)


def _index_source(source: Source, entries: dict[str, list[str]], listed: tuple[IndexedPage, ...]) -> str:
    days = f"{'Published ' + source.published + ', read' if source.published else 'Read'} {source.accessed}"
    lines = [f"{source.publisher}: [{source.title}]({source.url}){{ #{source.id} }}", f":   {days}."]
    for collection, names in entries.items():
        rules = f"{len(names)} rule{'s' if len(names) > 1 else ''} of [the ladder]({FROM_REFERENCE}/decide/ladder.md)"
        named = "" if collection in _UNNAMED else f" {_index_names(collection, names)}"
        figures = f"{_TAKEN[collection]}{named}" if collection in _TAKEN else rules
        lines.append(f"    Gives {figures}.")
    citing = [page.link for page in listed if source.id in page.cites]
    if citing:
        lines.append(f"    On the pages: {', '.join(citing)}.")
    return "\n".join(lines)


def _index_names(collection: str, names: list[str]) -> str:
    """Names in a row; those that are sentences are quoted, and those that hold commas have semicolons between them."""
    shown = [f"“{name}”" for name in names] if collection in _SENTENCES else names
    return ("; " if any("," in name for name in shown) else ", ").join(shown)


def _index_entries_by_source(facts: Facts) -> dict[str, dict[str, list[str]]]:
    """For each source the entries of each collection that have a figure from it, by name."""
    entries: dict[str, dict[str, list[str]]] = {}
    for collection in facts.collections:
        for entry in facts.entries(collection).values():
            for source in dict.fromkeys(fact["source"] for fact in entry["facts"].values() if fact["source"]):
                entries.setdefault(source, {}).setdefault(collection, []).append(entry["name"])
    written: dict[str, Mapping[str, StatementFileRow]] = {"data_terms": data_terms_by_id(), "tuners": tuners_by_id()}
    for kind, rows in written.items():
        for row in rows.values():
            for source in dict.fromkeys(statement.source for statement in row.statements().values()):
                entries.setdefault(source, {}).setdefault(kind, []).append(row.name)
    for source, names in media_sources().items():
        entries.setdefault(source, {})["media"] = names
    return entries


_SURE = {
    "": "equal to the pinned price list, read with it, or held against a second page",
    "A": "read on the publisher's own page",
    "B": "quoted by a third party, or computed from what one published",
    "C": "undated or unsure",
    OWN: "this company's own",
}
"""How sure a figure is, by its confidence in the data; who has no figures of their own need not read of them."""


def sureness_index(facts: Facts) -> str:
    """How many figures are how sure, as a table, and the names of those that nobody confirmed."""
    counts = dict.fromkeys(_SURE, 0)
    unsure: dict[str, list[str]] = {}
    for collection in facts.collections:
        if collection not in ("assumptions", "rules", "rungs"):
            for entry in facts.entries(collection).values():
                for figure, fact in entry["facts"].items():
                    confidence = fact.get("confidence", "")
                    counts[confidence] += 1
                    if confidence == "C":
                        unsure.setdefault(entry["name"], []).append(figure.replace("_", " "))
    rows = [f"| {words} | {counts[key]} |" for key, words in _SURE.items() if counts[key] or key != OWN]
    named = "; ".join(f"{name} ({', '.join(figures)})" for name, figures in unsure.items())
    remark = f"Undated or unsure: {named}." if named else "None is undated or unsure."
    return "\n".join(["| Figures that are | How many |", "| --- | ---: |", *rows, "", remark])


def assumption_index(facts: Facts) -> str:
    """Every guess of ours with its value and its reason, as a definition list."""
    lines = []
    for id, entry in facts.entries("assumptions").items():
        fact = facts.fact(f"assumptions:{id}")
        amount = unrounded_fact(Decimal(fact.value), unit_from_text(fact.unit))
        lines.append(f"{entry['name']}: {amount}{fact.mark} {{ #{id} }}\n:   {fact.because}")
    return "\n\n".join(lines)


def topic_index(nav: list[object]) -> str:
    """Every page by its section of the navigation, with what it is about and how long it takes to read.

    A group within a section has a smaller heading. A page that is a section by itself is left out.
    """
    known = {page.path: page for page in indexed_pages()}
    sections = [(title, inside) for title, inside in _index_entries(nav) if not isinstance(inside, str)]
    return "\n\n".join(part for title, inside in sections for part in _index_section(title, inside, 2, known))


def _index_section(title: str, inside: list[object], level: int, known: dict[str, IndexedPage]) -> Iterator[str]:
    """The heading of a section, the list of its own pages, and its groups."""
    yield f"{'#' * level} {title}"
    listed = [known[entry] for _, entry in _index_entries(inside) if isinstance(entry, str)]
    if listed:
        yield "\n".join(f"- {page.link}, {page.minutes} min. {page.description}".rstrip() for page in listed)
    for name, entry in _index_entries(inside):
        if not isinstance(entry, str):
            yield from _index_section(name, entry, level + 1, known)


def _index_entries(inside: list[object]) -> Iterator[tuple[str, str | list[object]]]:
    """The entries of a part of the navigation, each with its title, if it has one: a page, or the list of a group.

    MkDocs hands them on as mkdocs.yml has them, Zensical in a form of its own.
    """
    for entry in inside:
        if not isinstance(entry, dict):
            yield "", str(entry)
        elif "children" in entry:
            yield entry["title"], entry["children"] or entry["url"]
        else:
            yield from entry.items()


def indexed_pages() -> tuple[IndexedPage, ...]:
    """All pages in the order of their paths."""
    minutes = reading.reading_minutes()
    texts = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
    return tuple(
        _index_page(path, text, minutes[reading.reading_minutes_address(path)]) for path, text in texts.items()
    )


@cache
def _index_page(path: str, text: str, minutes: int) -> IndexedPage:
    head = _HEAD.match(text)
    about: dict[str, object] = yaml.safe_load(head[1]) if head else {}
    cites = frozenset(_CITED.findall(RAW.sub("", text)))
    return IndexedPage(path, str(about.get("title", path)), str(about.get("description", "")), minutes, cites)
