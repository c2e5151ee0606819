"""The indexes of the site: every source with what was taken from it, and every page with what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from calculators.engine.facts import OWN, Facts, Source
from calculators.engine.units import unit
from calculators.engine.words import quantity
from macros import reading
from macros.catalogue import ROOT
from macros.published import RAW

DOCS = Path(ROOT, "docs")
FROM_REFERENCE = ".."
"""Both indexes stand on pages in docs/reference/, so this leads to the other folders."""

_CITED = re.compile(r"""\bcite\(\s*["']([^"']+)["']""")
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TAKEN = {
    "architectures": "the sizes of",
    "assumptions": "a part of the assumption",
    "embeddings": "prices or limits of",
    "gpus": "memory, speed or rent of",
    "prices": "prices or limits of",
    "rerankers": "prices of",
    "tuning": "prices or dates of training",
    "vector_stores": "prices or limits of",
}
"""What was taken from a source, by collection; what is missing here is a rule of the ladder, which has no name."""


@dataclass(frozen=True)
class Page:
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


def sources(facts: Facts) -> str:
    """Every source, in the order of the publishers, as a definition list under two headings."""
    taken, listed = _taken(facts), pages()
    told: dict[bool, list[str]] = {True: [], False: []}
    for it in sorted(facts.sources.values(), key=lambda it: (it.publisher.casefold(), it.title.casefold())):
        told[it.id in taken].append(_source(it, taken.get(it.id, {}), listed))
    return "\n\n".join(
        [
            "## Where the numbers and the rules come from", *told[True],
            "## What the pages also refer to", *told[False],
        ]
    )  # fmt: skip


def _source(it: Source, taken: dict[str, list[str]], listed: tuple[Page, ...]) -> str:
    days = f"{'Published ' + it.published + ', read' if it.published else 'Read'} {it.accessed}"
    lines = [f"{it.publisher}: [{it.title}]({it.url}){{ #{it.id} }}", f":   {days}."]
    for collection, names in taken.items():
        rules = f"{len(names)} rule{'s' if len(names) > 1 else ''} of [the ladder]({FROM_REFERENCE}/decide/ladder.md)"
        told = f"{_TAKEN[collection]} {', '.join(names)}" if collection in _TAKEN else rules
        lines.append(f"    Taken from it: {told}.")
    citing = [page.link for page in listed if it.id in page.cites]
    if citing:
        lines.append(f"    On the pages: {', '.join(citing)}.")
    return "\n".join(lines)


def _taken(facts: Facts) -> dict[str, dict[str, list[str]]]:
    """For each source the entries of each collection that have a figure from it, by name."""
    found: dict[str, dict[str, list[str]]] = {}
    for collection in facts.collections:
        for entry in facts.entries(collection).values():
            for source in dict.fromkeys(it["source"] for it in entry["facts"].values() if it["source"]):
                found.setdefault(source, {}).setdefault(collection, []).append(entry["name"])
    return found


_SURE = {
    "": "equal to the pinned price list, or read with it",
    "A": "read on the publisher's own page",
    "B": "quoted by a third party, or computed from what one published",
    "C": "undated or unsure",
    OWN: "this company's own",
}
"""How sure a figure is, by its confidence in the data; who has no figures of their own need not read of them."""


def sureness(facts: Facts) -> str:
    """How many figures are how sure, as a table, and the names of those that nobody confirmed."""
    counts = dict.fromkeys(_SURE, 0)
    unsure: dict[str, list[str]] = {}
    for collection in facts.collections:
        if collection not in ("assumptions", "rules", "rungs"):
            for entry in facts.entries(collection).values():
                for figure, it in entry["facts"].items():
                    confidence = it.get("confidence", "")
                    counts[confidence] += 1
                    if confidence == "C":
                        unsure.setdefault(entry["name"], []).append(figure.replace("_", " "))
    rows = [f"| {words} | {counts[it]} |" for it, words in _SURE.items() if counts[it] or it != OWN]
    named = "; ".join(f"{name} ({', '.join(figures)})" for name, figures in unsure.items())
    return "\n".join(["| Figures that are | How many |", "| --- | ---: |", *rows, "", f"Undated or unsure: {named}."])


def assumptions(facts: Facts) -> str:
    """Every guess of ours with its value and its reason, as a definition list."""
    lines = []
    for id, entry in facts.entries("assumptions").items():
        it = facts.fact(f"assumptions:{id}")
        value = quantity(Decimal(it.value), unit(it.unit))
        lines.append(f"{entry['name']}: {value}{it.mark} {{ #{id} }}\n:   {it.because}")
    return "\n\n".join(lines)


def topics(nav: list[Any]) -> str:
    """Every page by its section of the navigation, with what it is about and how long it takes to read."""
    known = {page.path: page for page in pages()}
    written = []
    for entry in map(_as_written, nav):
        ((section, inside),) = entry.items()
        paths = list(_paths(inside))
        if len(paths) > 1:
            lines = [
                f"- {it.link}, {it.minutes} min. {it.description}".rstrip() for it in map(known.__getitem__, paths)
            ]
            written += [f"## {section}", "\n".join(lines)]
    return "\n\n".join(written)


def _as_written(entry: Any) -> Any:
    """An entry of the navigation as mkdocs.yml has it; Zensical hands it on in a form of its own."""
    if isinstance(entry, dict) and "children" in entry:
        return {entry["title"]: [_as_written(it) for it in entry["children"]] or entry["url"]}
    return entry


def _paths(inside: Any) -> Iterator[str]:
    """The pages of a part of the navigation, in order."""
    if isinstance(inside, str):
        yield inside
    elif isinstance(inside, dict):
        for below in inside.values():
            yield from _paths(below)
    else:
        for each in inside:
            yield from _paths(each)


def pages() -> tuple[Page, ...]:
    """All pages in the order of their paths."""
    minutes = reading.minutes()
    texts = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
    return tuple(_page(path, text, minutes[reading.address(path)]) for path, text in texts.items())


@cache
def _page(path: str, text: str, minutes: int) -> Page:
    head = _HEAD.match(text)
    about: dict[str, Any] = yaml.safe_load(head[1]) if head else {}
    cites = frozenset(_CITED.findall(RAW.sub("", text)))
    return Page(path, str(about.get("title", path)), str(about.get("description", "")), minutes, cites)
