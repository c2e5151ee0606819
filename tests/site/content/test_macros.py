"""What authors call in a page, and what they are told when they mistype."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import jinja2
import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.domain.records import RECORDS
from calculators.engine.declare import kinds
from calculators.engine.facts import Facts
from calculators.engine.inputs.renames import renamed_input_path
from calculators.engine.questions.question import Question, Ranges
from calculators.views.html.sources import html_source_quantity
from macros.facts import facts_text
from macros.pages.definition import FROM_FACTS, define_page_macros
from macros.pages.lists.indexes import sureness_index
from macros.pages.lists.record_tables import record_table
from macros.pages.markdown import html_marks
from macros.pages.refusals import PageError
from macros.pages.writer import MacroWriter
from macros.project import ROOT, project_catalogue
from tests.calculators.answers import NAMES


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
        return html_marks.fill_markdown_marks(page)


def defined_macros() -> Pages:
    """All macros, without a count of the words that they write on each page: the log of prices takes ten seconds."""
    context = Pages()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("macros.pages.definition.count_words_of_lists", lambda macros, answers, *, anew: None)
        define_page_macros(cast(Any, context))  # A stand-in has what the macros need of a page engine, and no more.
    return context


@pytest.fixture(scope="module")
def pages() -> Pages:
    return defined_macros()


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
        ('explored("prompting/cost", {"kind": "sensitivity", "output": "per_mouth"})', "did you mean 'per_month'?"),
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


KEPT = {
    "figure": '{{ figure("prompting/cost", "per_month", requests=1234) }}',
    "roughly": '{{ roughly("prompting/cost", "per_month", requests=1234) }}',
    "yours": '{% call yours("prompting/cost", "It costs {per_month}.") %}It costs much.{% endcall %}',
    "given": '{{ given("evaluating/plan", "baseline") }}',
    "table": '{{ table("prices", "input", history=True) }}',
    "announced": "{{ announced() }}",
    "ladder": '{{ ladder("approach") }}',
    "calculators": "{{ calculators() }}",
    "calculator": '{{ calculator("prompting/cost", requests=1234) }}',
    "explored": '{{ explored("prompting/cost", "ranges", requests="40k..60k") }}',
    "diagram": '{{ diagram("costs", requests="40k") }}',
}


def test_what_is_kept_for_later_builds_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The digest of the facts and of the code, which `architecture` draws, says all about these macros."""
    assert KEPT.keys() | {"architecture"} >= FROM_FACTS
    context = defined_macros()

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name != "index.md":  # where the line of a call is looked up, for messages
            raise AssertionError(f"{path} was read")
        return open(path, *arguments, **named)

    monkeypatch.setattr("io.open", opened)
    for call in KEPT.values():
        assert context.render(call)
    with pytest.raises(PageError, match="was read"):
        context.render("{{ notices() }}")


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


OWN_PLANS = (
    'plans__1__source="own", plans__1__fixed="100", plans__1__per_request="0.01", plans__2__source="own", '
    'plans__2__fixed="400", plans__2__per_request="0.004", plans__3__source="", plans__4__source="", '
    'requests="1000", request_spread="30%"'
)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('roughly("choosing/break_even", "other_span"', "$4,800 to $4,900"),
        ('roughly("choosing/break_even", "other_total"', "$4,800"),
        ('roughly("choosing/break_even", "break_even_span"', "38,000 to 71,000"),
        ('figure("choosing/break_even", "break_even_span"', "between about 38,000 and 71,000 requests a month"),
    ],
)
def test_a_result_that_hangs_on_settings_is_written_to_two_digits(pages: Pages, call: str, words: str) -> None:
    """1,000 requests of 0.4 cents, 30 % less or more: 12 × (400 + 2.80) is $4,834, 12 × (400 + 5.20) is $4,862."""
    assert pages.render(f"{{{{ {call}, {OWN_PLANS}) }}}}") == (
        f'<span class="figure-value" translate="no">{words}</span>'
    )


def test_only_a_number_or_a_verdict_is_written_roughly(pages: Pages) -> None:
    with pytest.raises(PageError, match="neither a number nor a verdict: write figure"):
        pages.render('{{ roughly("choosing/break_even", "outcome") }}')


SENTENCE = '{{% call yours("choosing/break_even", "{words}", against="3") %}}An example.{{% endcall %}}'


def test_a_sentence_for_the_reader_comes_with_the_published_one(pages: Pages, catalogue: Catalogue) -> None:
    html = pages.render(SENTENCE.format(words="It is {break_even_span}, about {~other_span}."))
    assert '<span class="yours-published">An example.</span>' in html
    assert 'data-yours="It is {break_even_span}, about {~other_span}."' in html
    assert 'data-given="{&quot;against&quot;:&quot;3&quot;}"' in html
    assert "prompting&quot;:&quot;instructions" in html, "the names of the case by the paths of the calculator"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{break_even_spam}", "did you mean 'break_even_span'?"),
        ("{plans.Nobody.first}", "has no"),
        ("{~outcome}", "is neither a number nor a verdict: write it without ~"),
    ],
)
def test_a_sentence_for_the_reader_has_only_figures_that_there_are(pages: Pages, words: str, message: str) -> None:
    with pytest.raises(PageError, match=r"docs/\w+\.md:\d+: ") as caught:
        pages.render(SENTENCE.format(words=words))
    assert message in str(caught.value)


def test_a_figure_is_what_the_calculator_says(pages: Pages, catalogue: Catalogue) -> None:
    rendered = pages.render('{{ figure("prompting/cost", "per_month", example="A help desk", requests="20k") }}')
    example = catalogue.answer(Question("prompting/cost", {"requests": "20k", "instructions": "800"}, form="text"))
    assert re.sub(r"<[^>]+>", "", rendered) in example


def test_a_figure_of_an_example_follows_what_an_author_gives_under_an_earlier_name(pages: Pages) -> None:
    call = 'figure("prompting/models", "per_month", example="Sorting tickets by night", batch_only="no", {})'
    former, present, batch = (
        pages.render("{{ " + call.format(given) + " }}") for given in ('batch="no"', 'tier="standard"', 'tier="batch"')
    )
    assert former == present != batch


PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "contribute" not in path.parts)
CALL = re.compile(r"\b(?:figure|roughly|given|calculator|yours|explored)\((\"[^)]*)\)", re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_call_questions_by_their_present_names(path: Path) -> None:
    for call in CALL.findall(path.read_text(encoding="utf-8")):
        name = call.split('"')[1]
        if name not in NAMES:
            continue
        for key in re.findall(r"\b(\w+)=\"", re.sub(r"\"[^\"]*\"", '""', call)):
            asked = key.replace("__", ".")
            assert renamed_input_path(find_calculator(name).inputs, asked) == asked, call


def test_what_an_instrument_finds_is_what_the_terminal_says(pages: Pages, catalogue: Catalogue) -> None:
    rendered = pages.render('{{ explored("prompting/cost", "ranges", example="A help desk", requests="40k..60k") }}')
    asked = catalogue.answer(Question("prompting/cost", {"requests": "40k..60k"}, ask=Ranges(), form="text"))
    row = next(line for line in asked.splitlines() if line.startswith("Cost a month"))
    low, likely, high = re.findall(r"\$[\d,.]+", row)
    cells = re.findall(r">(\$[\d,.]+)[^<]*<", rendered)
    assert cells[:3] == [low, likely, high] and low < likely < high


def test_a_fact_carries_its_source_and_its_day(pages: Pages) -> None:
    rendered = pages.render(
        '{{ fact("prices:google/gemini-4-argon#input", on="2026-11-30") }} '
        '{{ fact("prices:google/gemini-4-argon#input", on="2026-12-01") }}'
    )
    assert re.findall(r">(\$\d+) per million tokens<", rendered) == ["$2", "$4"]
    assert "since 2026-12-01" in rendered and 'href="https://' in rendered


def test_a_table_shows_announced_prices_with_their_day(pages: Pages) -> None:
    rendered = pages.render('{{ table("prices", "input", "output", group="Google") }}')
    words = re.sub(r"<[^>]*>", "", rendered)
    assert re.search(r"Gemini 3.6 Flash\$0.75.*?\$1.50 from 2027-01-01", words)


def test_a_table_keeps_its_sources_apart(pages: Pages) -> None:
    rendered = pages.render('{{ table("prices", "context_window", "smallest_prefix") }}')
    assert "</a>, <a" in rendered and "</a><a" not in rendered


def test_a_row_names_each_publisher_once_and_leads_to_all_its_sources(catalogue: Catalogue) -> None:
    """Of every record with all its figures; a screen reader hears the publisher before each number."""
    facts, several = catalogue.facts, 0
    for collection in RECORDS:
        table = record_table(facts, collection, tuple(kinds(RECORDS[collection])), "", False)
        rows = [row for row in table.split("<tr>") if "<td" in row]
        for row, (id, entry) in zip(rows, facts.entries(collection).items(), strict=True):
            begun = [name for name, dated in entry["facts"].items() if dated["values"][0][0] <= facts.as_of]
            used = {facts.fact(f"{collection}:{id}#{name}").source for name in begun} & facts.sources.keys()
            cell = row.rpartition("<td>")[2]
            addresses = re.findall(r'href="([^"]*)"', cell)
            assert sorted(addresses) == sorted(escape(facts.sources[source].url) for source in used)
            named = re.sub(r" \([\d, ]+\)", "", re.sub("<[^>]*>", "", cell)).split(", ")
            assert len(named) == len(set(named)), named
            numbered = re.findall(r'aria-label="[^":]+: [^"]+">\d+</a>', cell)
            assert len(numbered) == len(re.findall(r">\d+</a>", cell))
            several += len(numbered) > 1
    assert several


def test_only_what_may_change_says_since_when_it_is_in_force(pages: Pages) -> None:
    measured = pages.render('{{ table("memory_checks", "peaks", "inside", group="Held out") }}')
    priced = pages.render('{{ table("prices", "input", group="OpenAI") }}')
    for rendered, has_days in ((measured, False), (priced, True)):
        heads, cells = rendered.count('<th scope="col"'), rendered.partition("<tbody><tr>")[2].partition("</tr>")[0]
        assert ("In force since" in rendered) == has_days
        assert cells.count("<t") - cells.count("<time") == heads, "each column has a cell"


def test_a_multiple_of_a_price_is_rounded_for_reading(pages: Pages) -> None:
    """Some are quotients of two prices and have no end."""
    rendered = pages.render('{{ table("prices", "flex", "priority", "fast", group="OpenAI") }}')
    cells = re.findall(r'<td class="number" translate="no">([\d.]+)</td>', rendered)
    assert len(cells) > 20 and max(map(len, cells)) <= len("0.123")


SHARES_AND_BARS = ("fine_tuning/cost", "prompting/cost")


def test_a_figure_draws_no_shares_without_the_names_of_their_parts(pages: Pages) -> None:
    """A calculator's table names them; a figure has no table."""
    figures = {name: pages.render(f'{{{{ calculator("{name}", show="figure") }}}}') for name in SHARES_AND_BARS}
    assert "chart-shares" not in figures["fine_tuning/cost"]
    assert "chart-bars" in figures["prompting/cost"]


def test_an_input_is_written_as_the_calculator_reads_it(pages: Pages) -> None:
    rendered = pages.render(
        '{{ given("evaluating/plan", "baseline", example="78% against 89% on 20 examples") }}, '
        '{{ given("prompting/cost", "requests", requests="20k") }}, '
        '{{ given("choosing/break_even", "plans.1.per_request", plans__1__source="own", plans__1__per_request="0.1") }}'
    )
    assert re.sub(r"<[^>]+>", "", rendered) == "78%, 20,000 requests, $0.10"


def test_the_sources_are_all_listed_with_what_was_taken_and_where_they_are_cited(
    pages: Pages, catalogue: Catalogue
) -> None:
    parts = [pages.render(f"{{{{ sources(behind_numbers={part}) }}}}") for part in (True, False)]
    rendered = "\n\n".join(parts)
    assert "\n    Gives " in parts[0] and "\n    Gives " not in parts[1]
    for id, source in catalogue.facts.sources.items():
        (entry,) = (line for line in rendered.split("\n\n") if f"{{ #{id} }}" in line)
        assert source.url in entry and source.publisher in entry and source.accessed in entry
        assert "\n    Gives " in entry or "On the pages" in entry, id
    (entry,) = (line for line in rendered.split("\n\n") if "{ #anthropic-caching }" in line)
    assert "Claude Opus 5.5" in entry and "[What a prompt costs](../cost/prompting.md)" in entry


def test_how_sure_the_figures_are_adds_up(pages: Pages, catalogue: Catalogue) -> None:
    counts = [int(count) for count in re.findall(r"\| (\d+) \|", pages.render("{{ sureness() }}"))]
    facts = catalogue.facts
    figures = sum(
        len(entry["facts"])
        for collection in facts.collections
        for entry in facts.entries(collection).values()
        if collection not in ("assumptions", "rules", "rungs")
    )
    assert len(counts) == 4 and sum(counts) == figures and counts[0] > 400


def test_the_unsure_figures_are_named_and_none_is_said_to_be_none() -> None:
    loaded = json.loads(facts_text(public=True).replace('"confidence":"C"', '"confidence":"B"'))
    figures = loaded["collections"]["tuning"]["fireworks/up-to-16b"]["facts"]
    assert sureness_index(Facts(json.dumps(loaded))).endswith("\n\nNone is undated or unsure.")
    figures["hosting"]["confidence"] = "C"
    remark = "Undated or unsure: Fireworks, up to 16B (hosting)."
    assert sureness_index(Facts(json.dumps(loaded))).endswith(f"\n\n{remark}")


def test_every_assumption_is_told_with_its_reason(pages: Pages, catalogue: Catalogue) -> None:
    rendered = pages.render("{{ assumptions() }}")
    for id, entry in catalogue.facts.entries("assumptions").items():
        assert f"{{ #{id} }}" in rendered and entry["facts"]["value"]["because"] in rendered


def test_all_pages_of_the_navigation_are_listed_by_section(pages: Pages) -> None:
    pages.conf["nav"] = [
        {"Home": "index.md"},
        {"Learn": ["learn/prompting.md", "learn/retrieval.md"]},
        {"For authors": [{"Decisions": ["decisions/index.md"]}, {"A page": "contribute/add-a-page.md"}]},
    ]
    rendered = pages.render("{{ topics() }}")
    assert re.findall(r"^#.*$", rendered, re.MULTILINE) == ["## Learn", "## For authors", "### Decisions"]
    assert re.findall(r"\]\(([^)]+)\), \d+ min\. \w", rendered) == [
        "../learn/prompting.md",
        "../learn/retrieval.md",
        "../contribute/add-a-page.md",
        "../decisions/index.md",
    ]


def test_a_published_lifetime_of_whole_hours_is_written_in_hours() -> None:
    """12 hours and not 720 minutes, in prose, tables and lists; 30 minutes stay, as does what a reader types."""
    facts = project_catalogue().facts
    lifetimes = {
        "openai/gpt-6.2-sol": ("30 minutes", "12 hours"),
        "anthropic/claude-sonnet-5-5": ("5 minutes", "1 hour"),
    }
    writer = MacroWriter(project_catalogue())
    for model, written in lifetimes.items():
        for figure, text in zip(("cache_minutes", "extended_minutes"), written, strict=True):
            assert f">{text}<" in writer.fact(f"prices:{model}#{figure}")
            assert html_source_quantity(facts.fact(f"prices:{model}#{figure}")) == text
    assert ">12 hours<" in writer.table("prices", "extended_minutes", group="OpenAI")
    given = {"model": "openai/gpt-6.2-sol", "pause": "720"}
    assert (
        json.loads(project_catalogue().answer(Question("prompting/cost", given)))["inputs"]["pause"]["value"] == "720"
    )
