"""Every claim, technique, table, myth, question and scenario of the four articles is answered where the map says.

`content_map.csv` names for each the article, the section of ours that covers it, and words that the section must hold.
`guide_map.csv` does the same for topics that none of the articles has.
"""

from __future__ import annotations

import csv
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from macros.facts import DATA

pytestmark = pytest.mark.site


def table(name: str) -> list[dict[str, str]]:
    """The rows of a map beside this file."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


ROWS = table("content_map.csv")
TOPICS = table("guide_map.csv")
ALL = [*ROWS, *TOPICS]
BY_ID = pytest.mark.parametrize("row", ALL, ids=[row["id"] for row in ALL])
MOST_ON_ONE_ANCHOR = 4
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Sections(HTMLParser):
    """The text below each heading of a page, up to the next one of the same rank; calculators are left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.ids: list[str] = []
        self._open: list[tuple[int, str]] = []
        self._hidden = 0
        article = text.split("<article", 1)[1].split("</article>", 1)[0]
        self.feed(f"<article{article}")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        if self._hidden or tag in ("script", "style") or (tag == "section" and "calc" in (named.get("class") or "")):
            self._hidden += tag in ("script", "style", "section")
        elif tag in HEADINGS and named.get("id"):
            rank = int(tag[1])
            self._open = [heading for heading in self._open if heading[0] < rank] + [(rank, str(named["id"]))]
            self.ids.append(str(named["id"]))
            self.texts[str(named["id"])] = ""
        elif tag in ("p", "li", "td", "th", "tr", "text", "tspan", "br", "dt", "dd"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in ("script", "style", "section"):
            self._hidden -= 1

    def handle_data(self, text: str) -> None:
        if not self._hidden:
            for _, id in self._open:
                self.texts[id] += text


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Sections]:
    """The pages that the maps name, read once."""
    names = {row["covered_at"].split("#")[0] for row in ALL}
    return {name: Sections((site / name.removesuffix(".md") / "index.html").read_text("utf-8")) for name in names}


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def test_all_rows_are_there() -> None:
    assert [row["id"] for row in ROWS] == [f"C{number:03}" for number in range(1, 116)]
    assert all(row["kind"] and row["item"] and row["lines"] for row in ROWS)


def test_each_topic_has_an_id_and_a_place_of_its_own() -> None:
    assert [row["id"] for row in TOPICS] == [f"G{number:02}" for number in range(1, len(TOPICS) + 1)]
    assert len({row["topic"] for row in TOPICS}) == len({row["covered_at"] for row in TOPICS}) == len(TOPICS)


def test_the_articles_are_named_by_title_and_publisher() -> None:
    sources = yaml.load((DATA / "sources.yaml").read_text("utf-8"), yaml.CSafeLoader)["sources"].values()
    known = {(source["title"], source["publisher"]) for source in sources}
    named = {(row["document"], row["publisher"]) for row in ROWS}
    assert len(named) == 4 and named <= known


def test_no_place_has_to_answer_for_too_much() -> None:
    crowded = {
        anchor: count
        for anchor, count in Counter(row["covered_at"] for row in ROWS).items()
        if count > MOST_ON_ONE_ANCHOR
    }
    assert crowded == {}


@BY_ID
def test_a_row_is_covered_by_a_section_and_not_by_a_whole_page(row: dict[str, str], pages: dict[str, Sections]) -> None:
    name, _, anchor = row["covered_at"].partition("#")
    assert anchor in pages[name].ids, f"{name} has no section {anchor!r}"
    assert anchor != pages[name].ids[0], "this is the page's own title; name the section"


@BY_ID
def test_the_section_says_what_it_must(row: dict[str, str], pages: dict[str, Sections]) -> None:
    name, _, anchor = row["covered_at"].partition("#")
    words = [phrase.strip() for phrase in row["must_say"].split(";")]
    assert 2 <= len(words) <= 4 and all(words) and len(set(words)) == len(words)
    text = plain(pages[name].texts[anchor])
    assert [word for word in words if plain(word) not in text] == []


def test_a_section_ends_where_the_next_begins() -> None:
    page = "<article><h1 id=a>A</h1>one<h2 id=b>B</h2>two<h3 id=c>C</h3>three<h2 id=d>D</h2>four</article>five"
    assert Sections(page).texts == {"a": "AoneBtwoCthreeDfour", "b": "BtwoCthree", "c": "Cthree", "d": "Dfour"}


def test_what_a_calculator_says_does_not_count() -> None:
    page = (
        '<article><h2 id=a>A</h2>one<section class="calc"><h3 id=b>B</h3><section>x</section>y</section>two</article>'
    )
    assert Sections(page).texts == {"a": "Aonetwo"}
