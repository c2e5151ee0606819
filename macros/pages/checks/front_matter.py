"""Check the lines between `---` and `---` at the top of each page; broken ones would be printed as text of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from calculators.engine.inputs.suggestions import suggest_nearest
from macros.facts.forms.documents import YamlDocument, read_yaml_document
from macros.facts.problems import Problem, quoted_data

KEYS = ("title", "description", "checked", "hide", "moved", "search")
HIDES = ("navigation", "toc")
_BLOCK = re.compile(r"---[ \t]*\n(?P<text>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def front_matter_problems(root: Path) -> list[Problem]:
    """What is wrong at the top of the pages below `docs/`, page by page."""
    pages = sorted((root / "docs").rglob("*.md"))
    return [
        problem
        for path in pages
        for problem in _front_matter_problems_of_page(path.read_text("utf-8"), path.relative_to(root).as_posix())
    ]


def _front_matter_problems_of_page(text: str, file: str) -> list[Problem]:
    if not text.startswith("---"):
        return [Problem(file, 1, 1, "the page does not begin with its title; write ---, title: ... and --- above it")]
    block = _BLOCK.match(text)
    if not block:
        return [Problem(file, 1, 1, "the lines at the top do not end; write --- below the last of them")]
    document = read_yaml_document(block["text"].encode(), file)
    unfit = document.problems or list(_front_matter_problems_of_keys(document))
    return [replace(problem, line=problem.line + 1) for problem in unfit]


def _front_matter_problems_of_keys(document: YamlDocument) -> Iterator[Problem]:
    """What is wrong with the keys and their values."""
    table = document.content
    if not isinstance(table, dict):
        yield document.problem((), "the lines at the top must be keys with values, like title: Prices")
        return
    for name in table:
        if name not in KEYS:
            yield document.problem(
                (name,), f"{quoted_data(name)} is no key here{suggest_nearest(name, KEYS)}", of_key=True
            )
    title, checked, hide = table.get("title", ""), table.get("checked"), table.get("hide")
    if not isinstance(title, str) or not title.strip():
        yield document.problem((), "the page has no title; write title: ...")
    for name in ("title", "description"):
        if not isinstance(table.get(name, ""), str):
            yield document.problem((name,), f"{name} must be a single text")
    if checked is not None and not (isinstance(checked, str) and _is_front_matter_day(checked)):
        yield document.problem(("checked",), "checked must be a day, like 2026-11-21")
    moved = table.get("moved", "x.md#x")
    if not (isinstance(moved, str) and re.fullmatch(r"[a-z/-]+\.md#[a-z0-9-]+", moved)):
        yield document.problem(("moved",), "moved must be a section of another page, like decide/ladder.md#the-ladder")
    if hide is not None and not (isinstance(hide, list) and all(part in HIDES for part in hide)):
        yield document.problem(("hide",), f"hide must be a list of {' and '.join(HIDES)}")


def _is_front_matter_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
