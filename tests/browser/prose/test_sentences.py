"""Sentences that follow the case: their figures are the calculators', and the published example is a press away."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Figures, Question
from tests.browser.real import CASE, calculator, control, go, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

RETRIEVAL, QUESTIONS = "cost/retrieval/", "reference/questions/"
MODEL = "anthropic/claude-sonnet-5-5"
KEEP = "([key, text]) => sessionStorage.setItem(key, text)"


def own(page: Page) -> Locator:
    """The sentences that show the reader's figures."""
    return page.locator(".yours > .yours-own:visible")


def figures(catalogue: Catalogue, name: str, given: dict[str, str], *outputs: str) -> list[str]:
    """What a calculator answers, as a sentence gives it."""
    answer = catalogue.answer(Question(name, given, ask=Figures(outputs)))
    return [each["exact"] for each in json.loads(answer).values()]


@pytest.fixture
def typed(site_page: Page, real_site: Site) -> Page:
    """A tab whose reader typed a number and chose a model, at the cost of retrieval."""
    cost = calculator(site_page, real_site, "prompting/cost")
    control(cost, "requests").fill("31,000")
    control(cost, "model").select_option(MODEL)
    settled(cost)
    go(site_page, real_site, RETRIEVAL)
    expect(own(site_page)).to_have_count(1)
    return site_page


def test_a_sentence_gives_the_figures_of_its_calculator_for_the_case(typed: Page, catalogue: Catalogue) -> None:
    given = {"queries": "31,000", "model": MODEL}
    expected = figures(catalogue, "rag/cost", given, "per_month", "per_query", "context_per_query")
    for figure in expected:
        expect(own(typed)).to_contain_text(figure)
    assert own(typed).locator(".figure-value").first.inner_text() == expected[0]
    expect(typed.locator("section.calc-full .result-value").first).to_have_text(expected[0])
    expect(typed.get_by_role("button", name="Your case; show")).to_have_attribute(
        "title", f"With your case: requests 31,000 · model {MODEL}. The rest is as the calculator starts."
    )


def test_a_press_shows_the_published_example_and_another_the_case(typed: Page) -> None:
    published = typed.locator(".yours-published")
    expect(published).to_be_hidden()
    typed.get_by_role("button", name="Your case; show the published example").click()
    expect(published).to_be_visible()
    expect(published).to_contain_text("A help desk with 20,000 requests a month")
    expect(published).to_contain_text("the first example of the calculator, pays")
    expect(own(typed)).to_have_count(0)
    typed.get_by_role("button", name="Published example; show your case").click()
    expect(own(typed)).to_have_count(1)


def test_a_sentence_follows_what_is_typed_on_its_page_and_what_is_cleared(typed: Page, catalogue: Catalogue) -> None:
    section = typed.locator("section.calc-full[data-live]")
    control(section, "queries").fill("62,000")
    [twice] = figures(catalogue, "rag/cost", {"queries": "62,000", "model": MODEL}, "per_month")
    expect(own(typed)).to_contain_text(twice)
    section.locator(".calc-case > summary").click()
    section.get_by_role("button", name="Clear your case").click()
    expect(own(typed)).to_have_count(0)
    expect(typed.locator(".yours-published")).to_be_visible()
    expect(typed.locator(".yours button")).to_have_count(0)


def test_a_case_that_the_calculator_cannot_take_leaves_the_example(typed: Page, real_site: Site) -> None:
    text = json.dumps({"requests": {"text": "31,000"}, "model": {"text": "nobody/nothing"}})
    typed.evaluate(KEEP, [CASE, text])
    go(typed, real_site, "cost/prompting/")
    typed.wait_for_timeout(1500)
    expect(typed.locator(".yours-published").first).to_be_visible()
    expect(own(typed)).to_have_count(0)


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile that saves no data, so that a page may do what nobody asked for."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.mark.parametrize(
    "case",
    [None, {"requests": {"text": "31,000"}}],
    ids=["without a case", "with a case"],
)
def test_python_starts_for_sentences_only_where_there_is_a_case(
    fresh: BrowserContext, real_site: Site, catalogue: Catalogue, case: dict[str, dict[str, str]] | None
) -> None:
    page = fresh.new_page()
    if case:
        page.goto(f"{real_site.address}404.html")
        page.evaluate(KEEP, [CASE, json.dumps(case)])
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{real_site.address}{QUESTIONS}", wait_until="load")
    assert page.locator("section.calc").count() == 0
    if case:
        [labor] = figures(catalogue, "fine_tuning/cost", {"requests": "31,000"}, "labor")
        expect(own(page)).to_have_count(3)
        expect(own(page).nth(1)).to_contain_text(labor)
    else:
        page.wait_for_timeout(1000)
        expect(page.locator(".yours-published").first).to_be_visible()
    assert all(url.startswith((real_site.address, "blob:", "data:")) for url in asked)
    assert any("/assets/runtime/" in url for url in asked) == bool(case)


def test_without_scripts_the_example_is_there(chromium: Browser, real_site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}{RETRIEVAL}")
    expect(page.locator(".yours-published")).to_be_visible()
    expect(page.locator(".yours button")).to_have_count(0)
    context.close()


def test_a_sentence_about_a_plan_stays_with_it_whatever_plans_the_reader_compares(
    typed: Page, real_site: Site, catalogue: Catalogue
) -> None:
    """It means a plan by its number, and the reader may have put another one there, or compare with another."""
    case = json.loads(typed.evaluate("(key) => sessionStorage.getItem(key)", CASE))
    place = {"at": "cost/break-even/#choosing-break_even"}
    case["choosing/break_even plans.3.source"] = {"text": "agent", **place}
    case["choosing/break_even against"] = {"text": "2", **place}
    typed.evaluate(KEEP, [CASE, json.dumps(case)])
    go(typed, real_site, QUESTIONS)
    given = {"requests": "31,000", "prompting.model": MODEL, "against": "3"}
    [span] = figures(catalogue, "choosing/break_even", given, "break_even_span")
    expect(own(typed).filter(has_text="fine-tuning breaks even")).to_contain_text(span)
