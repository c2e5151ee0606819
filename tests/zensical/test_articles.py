"""The comparison of two builds sees each change of an article, and nothing beside it."""

from pathlib import Path

import pytest

from tests.zensical.articles import KNOWN, different

PAGE = '<title>{title}</title><article class="md-content__inner md-typeset">{article}</article>'


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Two builds with the same article."""
    first, second = tmp_path / "first", tmp_path / "second"
    for site in (first, second):
        (site / "a").mkdir(parents=True)
        (site / "a" / "index.html").write_text(PAGE.format(title=site.name, article="<p>Two <b>words</b></p>"))
    return first, second


def test_blanks_and_what_is_around_the_article_are_no_difference(sites: tuple[Path, Path]) -> None:
    target, attribute = KNOWN
    article = f"{target}\n  <p{attribute}>Two <b>words</b>\n</p>\n"
    (sites[1] / "a" / "index.html").write_text(PAGE.format(title="", article=article))
    assert different(*sites) == {}


@pytest.mark.parametrize(
    "article", ["<p>Two <b>word</b></p>", "<p>Two <i>words</i></p>", "<p>Two <b>words</b></p><p>", ""]
)
def test_another_word_or_tag_is_a_difference(sites: tuple[Path, Path], article: str) -> None:
    (sites[1] / "a" / "index.html").write_text(PAGE.format(title="", article=article))
    assert list(different(*sites)) == ["a/index.html"]


@pytest.mark.parametrize(
    ("address", "differs"), [("../a/#b", False), ("./#b", False), ("#b", False), ("../b/#b", True)]
)
def test_an_address_counts_by_what_it_leads_to(sites: tuple[Path, Path], address: str, differs: bool) -> None:
    for site, href in zip(sites, ("#b", address), strict=True):
        (site / "a" / "index.html").write_text(PAGE.format(title="", article=f'<a href="{href}">b</a>'))
    assert bool(different(*sites)) is differs


def test_a_missing_page_is_a_difference(sites: tuple[Path, Path]) -> None:
    (sites[0] / "b.html").write_text(PAGE.format(title="", article="<p>"))
    assert different(*sites) == {"b.html": ["-<p>", "+this page is missing"]}
