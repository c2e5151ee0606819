"""The picture of who imports whom, drawn from what the syntax trees say and not from what was planned."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from pathlib import Path

from calculators.views.html.tags import Safe, tag
from macros.project import ROOT
from macros.statements import imported_names

PARTS = {
    "macros": "the ways in: pages, terminal, data files",
    "catalogue.py": "the one door: a question in, text out",
    "discovery.py": "the calculators, by folder",
    "views": "HTML, charts, text, JSON",
    "topics": "one calculator a file or package",
    "readers": "people's files, one format a file",
    "domain": "prices, billing, plans, statistics",
    "engine": "declarations, numbers, units, rules",
}
"""What the house is made of, with what each part is for."""

BY_NAME = ("discovery.py", "topics")
"""The one import that no file writes down: topics are looked up by name when they are asked for."""

HEIGHT, GAP, FIRST = 46, 24, 42
"""Pixels: a part, the room between two, and where in percent of the width the arrows begin."""

Edges = Mapping[str, frozenset[str]]


def architecture_imports(root: Path = ROOT) -> dict[str, frozenset[str]]:
    """For each part, what its files import: other parts, and packages that are neither ours nor Python's own."""
    targets_of: dict[str, set[str]] = {part: set() for part in PARTS}
    for folder in ("macros", "calculators"):
        for path in sorted((root / folder).rglob("*.py")):
            part = _architecture_part(path.relative_to(root).with_suffix("").parts)
            if part:
                names = imported_names(ast.parse(path.read_text("utf-8")))
                targets = {_architecture_part(tuple(name.split("."))) or "" for name in names}
                targets_of[part] |= targets - {"", part}
    return {part: frozenset(targets) for part, targets in targets_of.items()}


def _architecture_part(name: tuple[str, ...]) -> str:
    """The part that a module belongs to; a package of others by its name; nothing for Python's own."""
    top, below = name[0], name[1] if len(name) > 1 else ""
    if top != "calculators":
        return "" if top in sys.stdlib_module_names else top
    if below in ("", "__init__"):
        return ""
    part = f"{below}.py" if f"{below}.py" in PARTS else below
    return part if part in PARTS else "topics"


def architecture_order(edges: Edges) -> list[str]:
    """The parts from the one that nobody imports down to the one that imports nobody; ValueError for a circle."""
    rest = dict(edges)
    rows: list[str] = []
    while rest:
        free = [part for part in PARTS if part in rest and not any(part in rest[importer] for importer in rest)]
        if not free:
            raise ValueError(f"the imports of {', '.join(rest)} go round in a circle")
        rows.append(free[0])
        del rest[free[0]]
    return rows


def architecture() -> Safe:
    """The picture, and a table with what each part takes from others' work."""
    imported = architecture_imports()
    edges = {part: frozenset(targets & PARTS.keys()) for part, targets in imported.items()}
    named = {**edges, BY_NAME[0]: edges[BY_NAME[0]] | {BY_NAME[1]}}
    caption = (
        "From a dot, an arrow leads to what is imported there; dashed, by name. A line behind a part passes it by."
    )
    picture = tag(
        "figure", _architecture_picture(named), tag("figcaption", caption), class_="diagram diagram-architecture"
    )
    return Safe(picture + _architecture_table(imported, architecture_order(named)))


def _architecture_picture(edges: Edges) -> Safe:
    rows = architecture_order(edges)
    pairs = [(part, target) for part in rows for target in rows if target in edges[part]]
    arrows = [
        _architecture_arrow(rows, *pair, FIRST + (99 - FIRST) * (index + 0.5) / len(pairs))
        for index, pair in enumerate(pairs)
    ]
    words = "; ".join(
        f"{part} imports {', '.join(target for target in rows if target in edges[part])}"
        for part in rows
        if edges[part]
    )
    return tag(
        "svg",
        tag("title", "Who imports whom"),
        tag("desc", f"From top to bottom: {', '.join(rows)}. {words}."),
        *(line for line, _ in arrows),
        *(_architecture_box(part, _architecture_top(index)) for index, part in enumerate(rows)),
        *(tip for _, tip in arrows),
        role="img",
        width="100%",
        height=str(_architecture_top(len(rows)) - GAP + 2),
    )


def _architecture_top(row: int) -> int:
    return 1 + row * (HEIGHT + GAP)


def _architecture_box(part: str, y: int) -> Safe:
    box = tag("rect", class_="box", x="0.5", y=str(y), width="99.7%", height=str(HEIGHT), rx="4")
    return Safe(
        box + tag("text", part, class_="name", x="12", y=str(y + 19)) + tag("text", PARTS[part], x="12", y=str(y + 36))
    )


def _architecture_arrow(rows: list[str], part: str, target: str, percent: float) -> tuple[Safe, Safe]:
    across = f"{percent:.2f}%"
    start, end = _architecture_top(rows.index(part)) + HEIGHT, _architecture_top(rows.index(target))
    dashes = "3 3" if (part, target) == BY_NAME else None
    line = tag("line", class_="flow", x1=across, x2=across, y1=str(start), y2=str(end - 6), stroke_dasharray=dashes)
    line = Safe(tag("circle", class_="tip", cx=across, cy=str(start + 1), r="3") + line)
    tip = tag("svg", tag("path", class_="tip", d="M-5-7H5L0 0z"), x=across, y=str(end), overflow="visible")
    return line, tip


def _architecture_table(imported: Edges, rows: list[str]) -> Safe:
    """What each part is for, and what it imports of others' work."""
    lines = [
        tag(
            "tr",
            tag("th", part, scope="row"),
            tag("td", PARTS[part]),
            tag("td", ", ".join(sorted(imported[part] - PARTS.keys())) or "none"),
        )
        for part in rows
    ]
    head = tag("tr", *(tag("th", name, scope="col") for name in ("Part", "What it is for", "Packages of others")))
    return tag("table", tag("thead", head), tag("tbody", *lines))
