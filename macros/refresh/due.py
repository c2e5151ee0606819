"""Lists the facts that a person should look at: past their day, unsure, disputed, or accepted once. It never fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from macros.catalogue import ROOT
from macros.facts_yaml import Node, Rows, Table, read
from macros.refresh import second
from macros.refresh.__main__ import today
from macros.refresh.compare import disagreements
from macros.refresh.listed import Listed, listed

UNSURE = "C"
Found = dict[str, list[str]]
"""What was found, by heading."""


def due(data: Path, today: date) -> Found:
    """Everything that waits for a person, by what it is; an empty list where there is nothing."""
    roots = {path.relative_to(data).as_posix(): _root(path) for path in sorted(data.rglob("*.yaml"))}
    models = listed(data)
    opinions = second.load(data).opinions
    return {
        "Past their best-before day": [it for name, root in roots.items() for it in _past(name, root, today)],
        "Confidence C: no calculator starts from them": [
            it for name, root in roots.items() for it in _unsure(name, root)
        ],
        "The second list disagrees": [
            f"{model.id}: {said}" for model in models for said in disagreements(model, opinions.get(model.id), today)
        ],
        "Without a second opinion": [model.id for model in models if model.id not in opinions],
        "Accepted flags": [f"{model.id}, {flag}: {why}" for model in models for flag, why in _accepted(model, today)],
    }


def _past(name: str, root: Table, today: date) -> Iterator[str]:
    limit = root.text("best_before")
    if limit and limit < today.isoformat():
        yield f"data/{name}: best before {limit}, checked {root.text('checked')}"


def _unsure(name: str, node: Node, place: str = "") -> Iterator[str]:
    if isinstance(node, Table):
        if node.text("confidence") == UNSURE:
            yield f"data/{name}: {place.removeprefix('entries.').replace('.facts.', '#')}"
        for key, it in node.entries.items():
            yield from _unsure(name, it, f"{place}.{key}" if place else key)
    elif isinstance(node, Rows):
        for it in node.items:
            yield from _unsure(name, it, place)


def _accepted(model: Listed, today: date) -> Iterator[tuple[str, str]]:
    """What was accepted, without the changes that have long begun: those are history."""
    return ((key, why) for key, why in model.accepted.items() if not key[0].isdigit() or key > today.isoformat())


def _root(path: Path) -> Table:
    root, _ = read(path.read_bytes(), path.name)
    return root if isinstance(root, Table) else Table(0, 0)


def report(found: Found, today: date) -> str:
    """The list as Markdown, which reads well in a terminal too."""
    number = sum(map(len, found.values()))
    parts = [f"Facts that a person should look at, on {today}: {number}"]
    parts += [f"{heading}:\n\n" + "\n".join(f"- {it}" for it in its) for heading, its in found.items() if its]
    return "\n\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Print the list; with --past only what is past its day, and nothing where nothing is."""
    on = today()
    found = due(ROOT / "data", on)
    if arguments == ["--past"]:
        found = dict(list(found.items())[:1])
        if not any(found.values()):
            return 0
    print(report(found, on), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
