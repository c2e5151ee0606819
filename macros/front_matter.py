"""Check the lines between `---` and `---` at the top of each page; broken ones would be printed as text of the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from calculators.engine.suggest import nearest
from macros.facts_problems import Problem, shown
from macros.facts_yaml import Node, Rows, Table, Text, read

KEYS = ("title", "description", "checked", "hide", "search")
HIDES = ("navigation", "toc")
_BLOCK = re.compile(r"---[ \t]*\n(?P<text>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def problems(root: Path) -> list[Problem]:
    """What is wrong at the top of the pages below `docs/`, page by page."""
    pages = sorted((root / "docs").rglob("*.md"))
    return [it for path in pages for it in _of(path.read_text("utf-8"), path.relative_to(root).as_posix())]


def _of(text: str, file: str) -> list[Problem]:
    if not text.startswith("---"):
        return [Problem(file, 1, 1, "the page does not begin with its title; write ---, title: ... and --- above it")]
    block = _BLOCK.match(text)
    if not block:
        return [Problem(file, 1, 1, "the lines at the top do not end; write --- below the last of them")]
    tree, found = read(block["text"].encode(), file)
    if not found:
        found = _entries(tree, file)
    return [replace(it, line=it.line + 1) for it in found]


def _entries(tree: Node | None, file: str) -> list[Problem]:
    """What is wrong with the keys and their values."""
    if not isinstance(tree, Table):
        return [Problem(file, 1, 1, "the lines at the top must be keys with values, like title: Prices")]
    found = [
        Problem(file, key.line, key.column, f"{shown(name)} is no key here{nearest(name, KEYS)}")
        for name, key in tree.keys.items()
        if name not in KEYS
    ]
    if not tree.text("title").strip():
        found.append(Problem(file, 1, 1, "the page has no title; write title: ..."))
    for name in ("title", "description"):
        node = tree.entries.get(name)
        if node and not isinstance(node, Text):
            found.append(Problem(file, node.line, node.column, f"{name} must be a single text"))
    checked = tree.entries.get("checked")
    if checked and not _is_day(tree.text("checked")):
        found.append(Problem(file, checked.line, checked.column, "checked must be a day, like 2026-11-21"))
    hide = tree.entries.get("hide")
    if hide and not (isinstance(hide, Rows) and all(isinstance(it, Text) and it.text in HIDES for it in hide.items)):
        found.append(Problem(file, hide.line, hide.column, f"hide must be a list of {' and '.join(HIDES)}"))
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
