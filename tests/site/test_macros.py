"""What authors call in a page, and what they are told when they mistype."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest

from macros import ready
from macros.pages import PageError, define


class Pages:
    """A stand-in for the page engine: collects macros and renders a text of a page with them."""

    def __init__(self) -> None:
        self.conf: dict[str, Any] = {"extra": {}}
        self.macros: dict[str, Any] = {}
        self.page = SimpleNamespace(file=SimpleNamespace(src_uri="index.md"), meta={}, url="")

    def macro(self, function: Any) -> None:
        self.macros[function.__name__] = function

    def render(self, text: str) -> str:
        page = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(text).render(**self.macros)
        return ready.put_in(page)


@pytest.fixture(scope="module")
def pages() -> Pages:
    made = Pages()
    define(made)
    return made


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('calculator("prompting/cots")', "did you mean 'prompting/cost'?"),
        ('calculator("prompting/cost", show="fulll")', "did you mean 'full'?"),
        ('calculator("prompting/cost", requests="many")', "Requests a month must be a number"),
        ('calculator("prompting/cost", reqests="1k")', "did you mean 'requests'?"),
        ('calculator("prompting/cost", example="A halp desk")', "did you mean 'A help desk'?"),
        ('calculator("prompting/cost", model="openai/gpt-6.1-sole")', "did you mean 'openai/gpt-6.1-sol'?"),
        ('figure("prompting/cost", "per_mouth")', "did you mean 'per_month'?"),
        ('explored("prompting/cost", "sensitivty")', "did you mean 'sensitivity'?"),
        ('explored("prompting/cost", "sensitivity per_mouth")', "did you mean 'per_month'?"),
        ('explored("prompting/cost", "ranges", requests="80k..")', "Requests a month"),
        ('fact("prices:openai/gpt-6.1-sole#input")', "did you mean 'openai/gpt-6.1-sol'?"),
        ('fact("prices:openai/gpt-6.1-sol#inptu")', "did you mean 'input'?"),
        ('fact("prices:openai/gpt-6.1-sol#input", on="2020-01-01")', "not known before"),
        ('cite("openai-princing")', "did you mean 'openai-pricing'?"),
        ('table("prizes", "input")', "did you mean 'prices'?"),
        ('table("prices", "inputs")', "did you mean 'input'?"),
        ('table("prices", "input", group="OpenAy")', "did you mean 'OpenAI'?"),
    ],
)
def test_a_mistyped_name_is_told_with_page_and_line(pages: Pages, call: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        pages.render("# A page\n\nwith text\n{{ " + call + " }}\n")
    assert re.match(r"docs/index\.md:\d+: ", str(caught.value))
    assert message in str(caught.value)


def test_calculators_on_one_page_have_their_own_ids(pages: Pages) -> None:
    pages.page.file.src_uri = "two.md"
    call = '{{ calculator("prompting/cost", show="headline") }}'
    text = pages.render(f"{call}\n\n{call}")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for name in re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]+)"', text):
        assert set(name.split()) <= set(ids)


@pytest.mark.parametrize(
    ("call", "left_out"),
    [
        ('calculator("prompting/cost")', False),
        ('calculator("prompting/cost", show="headline")', True),
        ('explored("prompting/cost", "sensitivity")', True),
    ],
)
def test_the_search_finds_a_calculator_once(pages: Pages, call: str, left_out: bool) -> None:
    opening = pages.render("{{ " + call + " }}").partition(">")[0]
    assert ("data-search-exclude" in opening) is left_out


def test_a_calculator_is_one_line_that_markdown_leaves_alone(pages: Pages) -> None:
    text = pages.render('{{ calculator("prompting/cost") }}')
    assert text.startswith("<section") and text.endswith("</section>") and "\n" not in text


def test_a_figure_is_what_the_calculator_says(pages: Pages, catalogue) -> None:
    told = pages.render('{{ figure("prompting/cost", "per_month", example="A help desk", requests="20k") }}')
    example = catalogue.answer("prompting/cost", '{"requests": "20k", "instructions": "800"}', "text")
    assert re.sub(r"<[^>]+>", "", told) in example


def test_what_an_instrument_finds_is_what_the_terminal_says(pages: Pages, catalogue) -> None:
    told = pages.render('{{ explored("prompting/cost", "ranges", example="A help desk", requests="40k..60k") }}')
    asked = catalogue.answer("prompting/cost", '{"requests": "40k..60k"}', "text", "ranges")
    row = next(line for line in asked.splitlines() if line.startswith("Cost a month"))
    low, likely, high = re.findall(r"\$[\d,.]+", row)
    cells = re.findall(r">(\$[\d,.]+)[^<]*<", told)
    assert cells[:3] == [low, likely, high] and low < likely < high


def test_a_fact_carries_its_source_and_its_day(pages: Pages) -> None:
    told = pages.render(
        '{{ fact("prices:google/gemini-4-argon#input") }} '
        '{{ fact("prices:google/gemini-4-argon#input", on="2026-12-01") }}'
    )
    assert re.findall(r">(\$\d+) per million tokens<", told) == ["$2", "$4"]
    assert "since 2026-12-01" in told and 'href="https://' in told


def test_a_table_shows_announced_prices_with_their_day(pages: Pages) -> None:
    told = pages.render('{{ table("prices", "input", "output", group="Google") }}')
    assert re.search(r"Gemini 4 Argon.*?\$2.*?\$4 from 2026-12-01", told)


def test_an_input_is_written_as_the_calculator_reads_it(pages: Pages) -> None:
    told = pages.render(
        '{{ given("evaluating/plan", "baseline", example="78% against 89% on 20 examples") }}, '
        '{{ given("prompting/cost", "requests", requests="20k") }}, '
        '{{ given("choosing/break_even", "plans.1.per_request", plans__1__source="own", plans__1__per_request="0.1") }}'
    )
    assert re.sub(r"<[^>]+>", "", told) == "78%, 20,000 requests, $0.10"


def test_the_sources_are_all_listed_with_what_was_taken_and_where_they_are_cited(pages: Pages, catalogue) -> None:
    told = pages.render("{{ sources() }}")
    for id, source in catalogue.facts.sources.items():
        (entry,) = (it for it in told.split("\n\n") if f"{{ #{id} }}" in it)
        assert source.url in entry and source.publisher in entry and source.accessed in entry
        assert "Taken from it" in entry or "On the pages" in entry, id
    (entry,) = (it for it in told.split("\n\n") if "{ #anthropic-token-counting }" in it)
    assert "Claude Opus 5.5" in entry and "[What a prompt costs](../cost/prompting.md)" in entry


def test_how_sure_the_figures_are_adds_up(pages: Pages, catalogue) -> None:
    counts = [int(it) for it in re.findall(r"\| (\d+) \|", pages.render("{{ sureness() }}"))]
    facts = catalogue.facts
    figures = sum(
        len(entry["facts"])
        for collection in facts.collections
        for entry in facts.entries(collection).values()
        if collection not in ("assumptions", "rules", "rungs")
    )
    assert len(counts) == 4 and sum(counts) == figures and counts[0] > 400


def test_every_assumption_is_told_with_its_reason(pages: Pages, catalogue) -> None:
    told = pages.render("{{ assumptions() }}")
    for id, entry in catalogue.facts.entries("assumptions").items():
        assert f"{{ #{id} }}" in told and entry["facts"]["value"]["because"] in told


def test_all_pages_of_the_navigation_are_listed_by_section(pages: Pages) -> None:
    pages.conf["nav"] = [
        {"Home": "index.md"},
        {"Learn": ["learn/prompting.md", "learn/retrieval.md"]},
        {"Contribute": ["contribute/add-a-page.md", {"Decisions": ["decisions/index.md"]}]},
    ]
    told = pages.render("{{ topics() }}")
    assert re.findall(r"^## (.*)$", told, re.MULTILINE) == ["Learn", "Contribute"]
    assert re.findall(r"\]\(([^)]+)\), \d+ min\. \w", told) == [
        "../learn/prompting.md", "../learn/retrieval.md", "../contribute/add-a-page.md", "../decisions/index.md",
    ]  # fmt: skip
