"""Every explainer begins with a top for those who have a minute: a few points, the last of which lead on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("learn", "decide", "do", "cost", "examples")
ALSO = ("reference/method.md", "reference/what-we-do-not-know.md", "reference/check-it-yourself.md")
"""Of the reference, what is read and not looked up."""

DOCS = ROOT / "docs"
PAGES = [
    *(path for folder in FOLDERS for path in sorted((DOCS / folder).glob("*.md"))),
    *(DOCS / name for name in ALSO),
]
READ = [path for path in PAGES if "\nmoved: " not in path.read_text("utf-8")]
TOP = re.compile(r"^## In sixty seconds\n\n(.*?)^(?:## |\{\{ calculator\()", re.MULTILINE | re.DOTALL)
POINT = re.compile(r"^- \*\*", re.MULTILINE)
AMOUNT = re.compile(r"\{\{ (?:figure|roughly|fact|given)\(")


@pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
def test_a_page_begins_with_a_top_of_two_to_six_points(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == "In sixty seconds"
    top = TOP.search(text)
    assert top and 2 <= len(POINT.findall(top[1])) <= 6


def test_most_tops_have_an_amount_that_is_computed() -> None:
    tops = {path.stem: TOP.search(path.read_text("utf-8")) for path in READ}
    pages = [name for name, top in tops.items() if top and not AMOUNT.search(top[1])]
    assert len(pages) <= len(READ) / 4, pages
