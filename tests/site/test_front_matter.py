"""What is broken at the top of a page is named with file, line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.front_matter import problems
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Prices\n", "1:1: the page does not begin with its title; write ---, title: ... and --- above it"),
        ("---\ntitle: Prices\n# Prices\n", "1:1: the lines at the top do not end; write --- below the last of them"),
        (
            "---\ntitle: Prices: all\n---\n",
            "2:14: this is not YAML (mapping values are not allowed here); check the spaces before it, the colons and "
            "the quotes",
        ),
        ("---\ntitle: A\ntitle: B\n---\n", "3:1: 'title' is written twice, first at 1:1; keep one of them"),
        ("---\ntitle: A\n\ncheckd: 2026-11-21\n---\n", "4:1: 'checkd' is no key here; did you mean 'checked'?"),
        ("---\ndescription: A\n---\n", "2:1: the page has no title; write title: ..."),
        ("---\ntitle: A\ndescription: [a, b]\n---\n", "3:14: description must be a single text"),
        ("---\ntitle: A\nchecked: yesterday\n---\n", "3:10: checked must be a day, like 2026-11-21"),
        ("---\ntitle: A\nchecked: 2026-02-30\n---\n", "3:10: checked must be a day, like 2026-11-21"),
        ("---\ntitle: A\nhide: [search]\n---\n", "3:7: hide must be a list of navigation and toc"),
        ("---\n- title\n---\n", "2:1: the lines at the top must be keys with values, like title: Prices"),
    ],
)
def test_b13_broken_front_matter_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(text, "utf-8")
    assert [str(it) for it in problems(tmp_path)] == [f"docs/page.md:{said}"]


def test_the_pages_of_the_site_are_in_order() -> None:
    assert problems(ROOT) == []
