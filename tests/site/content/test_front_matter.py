"""What is broken at the top of a page is named with file, line and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.pages.checks.front_matter import front_matter_problems
from tests.conftest import ROOT


@pytest.mark.promise("B13")
@pytest.mark.parametrize(
    ("text", "message"),
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
        (
            "---\ntitle: A\nmoved: ladder\n---\n",
            "3:8: moved must be a section of another page, like decide/ladder.md#the-ladder",
        ),
        ("---\n- title\n---\n", "2:1: the lines at the top must be keys with values, like title: Prices"),
    ],
)
def test_broken_front_matter_is_named_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(text, "utf-8")
    assert [str(problem) for problem in front_matter_problems(tmp_path)] == [f"docs/page.md:{message}"]


def test_the_pages_of_the_site_are_in_order() -> None:
    assert front_matter_problems(ROOT) == []


MOVED = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "\nmoved: " in path.read_text("utf-8")]


@pytest.mark.site
@pytest.mark.parametrize("path", MOVED, ids=lambda path: path.stem)
def test_an_old_address_leads_on_to_a_section_that_is_there(path: Path, site: Path) -> None:
    (target,) = re.findall(r"^moved: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    page, _, anchor = target.partition("#")
    built = site / path.relative_to(ROOT / "docs").with_suffix("") / "index.html"
    (there,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', built.read_text("utf-8"))
    assert there == f"../{Path(page).stem}/#{anchor}"
    assert f'id="{anchor}"' in (site / page.removesuffix(".md") / "index.html").read_text("utf-8")
    assert f"({Path(page).name}#{anchor})" in path.read_text("utf-8"), "a link for whoever is not led on"


@pytest.mark.site
def test_a_page_that_has_not_moved_stays(site: Path) -> None:
    assert len(MOVED) == 4
    assert "refresh" not in (site / "decide" / "ladder" / "index.html").read_text("utf-8").split("</head>")[0]
