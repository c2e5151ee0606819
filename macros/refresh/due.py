"""Lists the facts that a person should look at: past their day, unsure, disputed, or accepted once. It never fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from macros.facts.forms.documents import Plain, read_yaml_document
from macros.project import ROOT
from macros.refresh import second
from macros.refresh.__main__ import day_of_price_refresh
from macros.refresh.compare import price_list_disagreements
from macros.refresh.listed import ListedPrice, listed_price_models

UNSURE = "C"
Found = dict[str, list[str]]
"""What was found, by heading."""


def facts_due_for_refresh(folder: Path, today: date) -> Found:
    """Everything that waits for a person, by what it is; an empty list where there is nothing."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    contents = {name: read_yaml_document(content, name).content or {} for name, content in files.items()}
    models = listed_price_models(folder)
    opinions = second.load_second_list(folder).opinions
    return {
        "Past their best-before day": [line for file in contents.items() for line in _overdue_facts(*file, today)],
        "Confidence C: no calculator starts from them": [
            line for file in contents.items() for line in _facts_with_unsure_figures(*file)
        ],
        "The second list disagrees": [
            f"{model.id}: {sentence}"
            for model in models
            for sentence in price_list_disagreements(model, opinions.get(model.id), today)
        ],
        "Without a second opinion": [model.id for model in models if model.id not in opinions],
        "Accepted flags": [
            f"{model.id}, {flag}: {why}" for model in models for flag, why in _due_facts_accepted(model, today)
        ],
    }


def _overdue_facts(name: str, content: Plain, today: date) -> Iterator[str]:
    limit = content.get("best_before") if isinstance(content, dict) else None
    if isinstance(content, dict) and isinstance(limit, str) and limit and limit < today.isoformat():
        yield f"data/{name}: best before {limit}, checked {content.get('checked', '')}"


def _facts_with_unsure_figures(name: str, content: Plain, place: str = "") -> Iterator[str]:
    if isinstance(content, dict):
        if content.get("confidence") == UNSURE:
            yield f"data/{name}: {place.removeprefix('entries.').replace('.facts.', '#')}"
        for key, part in content.items():
            yield from _facts_with_unsure_figures(name, part, f"{place}.{key}" if place else key)
    elif isinstance(content, list):
        for part in content:
            yield from _facts_with_unsure_figures(name, part, place)


def _due_facts_accepted(model: ListedPrice, today: date) -> Iterator[tuple[str, str]]:
    """What was accepted, without the changes that have long begun: those are history."""
    return ((key, why) for key, why in model.accepted.items() if not key[0].isdigit() or key > today.isoformat())


def due_facts_report(waiting: Found, today: date) -> str:
    """The list as Markdown, which reads well in a terminal too."""
    number = sum(map(len, waiting.values()))
    parts = [f"Facts that a person should look at, on {today}: {number}"]
    parts += [
        f"{heading}:\n\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in waiting.items() if lines
    ]
    return "\n\n".join(parts) + "\n"


def print_facts_due(arguments: list[str]) -> int:
    """Print the list; with --past only what is past its day, and nothing where nothing is."""
    on = day_of_price_refresh()
    waiting = facts_due_for_refresh(ROOT / "data", on)
    if arguments == ["--past"]:
        waiting = dict(list(waiting.items())[:1])
        if not any(waiting.values()):
            return 0
    print(due_facts_report(waiting, on), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(print_facts_due(sys.argv[1:]))
