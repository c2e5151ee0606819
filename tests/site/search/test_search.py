"""The search that the theme ships finds the page for what people type, with what data/search.yaml adds to its index."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.facts.problems import FactsError
from macros.pages import search
from macros.pages.markdown.glossary import glossary_anchor, glossary_terms
from macros.pages.search import Index, Part, completed_site_search_parts, site_search_separator
from tests.browser.pyodide import NODE

HERE = Path(__file__).parent
FIRST = 3
"""Results that a reader sees without scrolling on a phone."""

with (HERE / "queries.csv").open(encoding="utf-8") as file:
    QUERIES = [(row["query"], row["page"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def index(site: Path) -> Index:
    read: Index = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def found(site: Path) -> dict[str, list[str]]:
    """The pages that each query finds, best first."""
    [worker] = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    words = [HERE / "ask.mjs", worker, site / "search" / "search_index.json"]
    queries = [query for query, _ in QUERIES]
    process = subprocess.run(
        [sys.executable, "-c", NODE, *map(str, words)],
        input=json.dumps(queries),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[list[list[tuple[str, float]]]] = json.loads(process.stdout)
    pages = [[parts[0][0].partition("#")[0] for parts in answer] for answer in answers]
    return dict(zip(queries, pages, strict=True))


@pytest.mark.site
@pytest.mark.parametrize(("query", "page"), QUERIES)
def test_what_people_type_finds_the_page(found: dict[str, list[str]], query: str, page: str) -> None:
    assert page in found[query][:FIRST]


@pytest.mark.site
def test_no_decision_record_comes_before_the_page(found: dict[str, list[str]]) -> None:
    for query, page in QUERIES:
        before = found[query][: found[query].index(page)]
        assert not [each for each in before if each.startswith("decisions/")], query


@pytest.mark.site
def test_each_term_of_the_glossary_is_a_part_of_its_own(index: Index) -> None:
    parts = {part["location"]: part for part in index["docs"]}
    for name, term in glossary_terms().items():
        part = parts[f"reference/glossary/#{glossary_anchor(name)}"]
        assert len(part["text"]) < len(term.means) + 50
    assert parts["reference/glossary/"]["text"] == ""


@pytest.mark.site
def test_every_part_with_words_of_its_own_is_in_the_index(index: Index) -> None:
    """A heading that is changed would leave its words behind."""
    places = {search._site_search_source(part["location"]) for part in index["docs"]}
    assert set(search.site_search_file().words) <= places


def part(location: str, title: str) -> Part:
    return {"location": location, "title": title, "text": ""}


def test_a_title_is_found_by_other_words_for_it() -> None:
    [retrieval, record] = completed_site_search_parts(
        [part("a/", "Retrieval at work"), part("decisions/0001-one/", "Agents")]
    )
    assert retrieval == {**part("a/", "Retrieval at work"), "words": "RAG retrieval-augmented generation"}
    assert record["boost"] == 0.01


def test_of_a_long_program_the_first_line_is_searched() -> None:
    """What stays: words around it, and code as short as a command."""
    program = "<pre><code>Adds &lt;two&gt; numbers.\n" + "x = 1\n" * 100 + "</code></pre>"
    command = "<pre><code>make build\nmake test\n</code></pre>"
    [searched] = completed_site_search_parts(
        [{**part("a/", "Adding"), "text": f"<p>a</p>{program}b{command}{program}c"}]
    )
    line = "<pre><code>Adds &lt;two&gt; numbers.</code></pre>"
    assert searched["text"] == f"<p>a</p>{line}b{command}{line}c"


def test_of_a_records_figures_the_heading_is_searched() -> None:
    """A reader who looks for a number should find the page that explains it, and records have long tables."""
    places = ("decisions/0001-one/#measured", "decisions/0001-one/#decision", "do/measure/#measured")
    parts = completed_site_search_parts({**part(place, "Measured"), "text": "<p>7 s</p>"} for place in places)
    assert {each["location"]: each["text"] for each in parts} == dict(
        zip(places, ("", *2 * ["<p>7 s</p>"]), strict=True)
    )


def test_words_of_questions_separate_words() -> None:
    small = site_search_separator(["how", "is", "a", "much", "does"])
    words = re.split(small, "How much is a RAG's cost? Isn't it $5 (GPT-6.1)?")
    assert [word for word in words if word] == ["RAG", "cost", "it", "$5", "GPT", "6.1"]
    assert "(?<" not in small, "older browsers refuse to look behind"


def test_a_mistake_in_the_file_is_named_with_its_place() -> None:
    with pytest.raises(FactsError, match=r"search.yaml:3:1: .*'wods'.*did you mean 'words'"):
        search._site_search_file_text(b'small_words: a\nsynonyms: [[b, c]]\nwods: {}\nweights: {a/: "0.5"}\n')
