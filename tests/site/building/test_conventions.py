"""What readers expect of a documentation site, looked for in the built pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
import yaml

from tests.conftest import build

pytestmark = pytest.mark.site

LEADS_ON = '<meta http-equiv="refresh"'
"""What an old address has, which neither the navigation nor the search knows."""


@pytest.fixture(scope="session")
def texts(site: Path) -> dict[str, str]:
    """The built pages but the one for unknown addresses, and old addresses that only lead on."""
    built = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("index.html"))}
    by_page = {name: text for name, text in built.items() if LEADS_ON not in text}
    assert len(built) - len(by_page) < 10
    assert len(by_page) > 40
    return by_page


def order() -> list[str]:
    """The pages in the order of the navigation."""

    def paths(part: object) -> list[str]:
        if isinstance(part, str):
            return [part]
        parts = part.values() if isinstance(part, dict) else part
        return [path for each in parts for path in paths(each)]  # type: ignore[attr-defined]

    text = Path("mkdocs.yml").read_text("utf-8").split("\nnav:\n")[1].split("\n\n")[0]
    return [
        re.sub(r"(?:(?<=/)|^)index$", "", path.removesuffix(".md")).rstrip("/") for path in paths(yaml.safe_load(text))
    ]


def file(page: str) -> str:
    return f"{page}/index.html" if page else "index.html"


def test_each_page_leads_to_the_one_before_and_the_one_after(texts: dict[str, str]) -> None:
    pages = order()
    assert {file(page) for page in pages} == set(texts)
    for index, page in enumerate(pages):
        for label, neighbor in (("prev", index - 1), ("next", index + 1)):
            link = re.search(rf'<a href="([^"]*)" class="md-footer__link md-footer__link--{label}"', texts[file(page)])
            if not 0 <= neighbor < len(pages):
                assert link is None
                continue
            assert link, (page, label)
            depth = Path("/", page, link[1]).resolve() if page else Path("/", link[1]).resolve()
            assert depth == Path("/", pages[neighbor]).resolve(), (page, label)


TABS = ["Start", "Learn", "Build", "Evaluate", "Cost", "Reference", "For authors"]


def test_each_page_has_the_tabs_by_which_readers_go(texts: dict[str, str]) -> None:
    """And no page of its own among them: a decision begins on a page of the first tab."""
    for name, text in texts.items():
        assert re.findall(r'class="md-tabs__link">\s*([^<]*?)\s*</a>', text) == TABS, name
    assert [page for page in order()[:2]] == ["", "case"]


def test_only_its_own_pages_list_the_decisions(texts: dict[str, str]) -> None:
    """The navigation of a page has what is near; each other section is one link, which halves a page."""
    decision = re.compile(r'<a href="[^"]*" class="md-nav__link"[^>]*>\s*<span class="md-ellipsis">\s*\d{4} ')
    for name, text in texts.items():
        assert bool(decision.search(text)) == name.startswith("decisions/"), name


def test_each_page_has_a_search_field_and_a_switch_of_colors(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        assert 'data-md-component="search-query"' in text, name
        assert text.count('name="__palette"') == 2, name


def test_the_search_knows_every_page(site: Path, texts: dict[str, str]) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    known = {entry["location"].split("#")[0] for entry in entries}
    licenses = "reference/notices/"  # texts of licenses would bury every other result
    assert known == {name.removesuffix("index.html") for name in texts} - {licenses}
    (epochs,) = (entry for entry in entries if entry["location"] == "learn/fine-tuning/#epochs-and-overfitting")
    assert "learns the examples by heart" in epochs["text"]


def test_the_search_knows_a_calculator_by_its_title_and_leaves_its_form_alone(site: Path) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    sections = [entry for entry in entries if entry["location"].startswith("cost/prompting/")]
    titles = [entry["title"] for entry in sections]
    assert titles[:4] == ["What a prompt costs", "In sixty seconds", "What a prompt costs", "Tokens and their prices"]
    assert sections[2]["location"] == "cost/prompting/#prompting-cost-title" and not sections[2]["text"]
    assert "With answers of half the length" in sections[3]["text"]


def test_each_heading_has_a_link_to_itself(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        for id in re.findall(r'<h[1-6] id="([^"]+)"', text):
            assert f'<a class="headerlink" href="#{id}"' in text or id.endswith("-title"), f"{name}#{id}"


def test_each_page_says_what_it_is_about(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if not name.startswith("decisions/0"):
            match = re.search(r'<meta name="description" content="([^"]+)"', text)
            assert match and 50 <= len(match[1]) <= 200, name


def test_links_to_other_sites_are_whole_and_safe(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        for address in re.findall(r'<a [^>]*href="([a-z]+:[^"]*)"', text):
            parts = urlparse(address.replace("&amp;", "&"))
            assert parts.scheme == "https" or name == "reference/notices/index.html", f"{name}: {address}"
            assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?", parts.netloc), f"{name}: {address}"
            assert not re.search(r"\s|[<>]", address), f"{name}: {address}"


def test_without_a_repository_no_page_offers_to_be_edited(site: Path, texts: dict[str, str]) -> None:
    assert not [name for name, text in texts.items() if 'rel="edit"' in text]


def test_with_a_repository_each_page_leads_to_its_file_and_asks_nobody(small_project: Path) -> None:
    address = "https://git.example.com/owner/lever/edit/main/docs/"
    process = build(small_project, small_project / "site", EDIT_URL=address)
    assert process.returncode == 0, process.stdout + process.stderr
    text = (small_project / "site" / "cost" / "prompting" / "index.html").read_text("utf-8")
    (link,) = re.findall(r'<a [^>]*rel="edit"[^>]*>', text)
    assert f'href="{address}cost/prompting.md"' in link
    assert 'data-md-component="source"' not in text  # the part that asks for stars and forks
