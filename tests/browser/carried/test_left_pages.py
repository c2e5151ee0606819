"""Pages that a reader left show the case as it is when they come back: cleared, put back, or with a newer number."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.real import SHOWN, calculator, control, go, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

COST, TUNING, RETRIEVAL = "prompting/cost", "fine_tuning/cost", "rag/cost"
COST_PAGE, TUNING_PAGE = "cost/prompting/", "cost/fine-tuning/"
TYPED = "31000"


def live(page: Page) -> Locator:
    """The calculator that a page is about, once its scripts are there."""
    section = page.locator("section.calc-full[data-live]")
    section.wait_for()
    return section


def published(section: Locator, name: str) -> str:
    """What the page itself has for a number."""
    return str(control(section, name).evaluate("(control) => control.defaultValue"))


def is_as_published(section: Locator, name: str) -> None:
    """Holds that a number is the page's own, with its answer, and no line says otherwise."""
    expect(control(section, name)).to_have_value(published(section, name))
    expect(section.locator(".calc-case li")).to_have_count(0)
    expect(section).not_to_contain_class("is-busy")
    expect(section.locator(".calc-stale")).to_be_hidden()


def clear_case(section: Locator) -> None:
    section.locator(".calc-case > summary").click()
    section.get_by_role("button", name="Clear your case").click()
    expect(section.locator(".calc-case > summary")).to_contain_text("cleared")


@pytest.fixture
def left(site_page: Page, real_site: Site) -> Locator:
    """Fine-tuning, to which a number came that was typed for the cost of a prompt."""
    cost = calculator(site_page, real_site, COST)
    control(cost, "requests").fill(TYPED)
    settled(cost)
    tuning = calculator(site_page, real_site, TUNING, with_case=True)
    expect(control(tuning, "requests")).to_have_value(TYPED)
    expect(tuning.locator(".calc-case")).to_contain_text("31,000")
    return tuning


@pytest.mark.promise("R10")
def test_a_cleared_case_is_gone_from_pages_left_before(left: Locator) -> None:
    page = left.page
    clear_case(left)
    is_as_published(left, "requests")
    page.go_back()
    page.wait_for_url(f"**/{COST_PAGE}")
    is_as_published(live(page), "requests")
    page.reload()
    is_as_published(live(page), "requests")


def test_an_answer_that_is_cleared_by_itself_is_gone_from_pages_left_before(left: Locator) -> None:
    page = left.page
    left.locator(".calc-case > summary").click()
    left.locator(".calc-case li").get_by_role("button", name="Clear", exact=True).click()
    expect(left.locator(".calc-case")).to_have_count(0)
    page.go_back()
    page.wait_for_url(f"**/{COST_PAGE}")
    is_as_published(live(page), "requests")


def test_a_cleared_case_that_is_put_back_is_there_again(left: Locator) -> None:
    page = left.page
    clear_case(left)
    left.get_by_role("button", name="Put it back").click()
    expect(control(left, "requests")).to_have_value(TYPED)
    page.go_back()
    page.wait_for_url(f"**/{COST_PAGE}")
    expect(control(live(page), "requests")).to_have_value(TYPED)


def test_what_is_no_number_of_the_case_stays_on_a_page_that_was_left(site_page: Page, real_site: Site) -> None:
    """A text, and a number that was refused, are nowhere but on their page; to clear the case says nothing of them."""
    builder = calculator(site_page, real_site, "prompting/builder")
    control(builder, "task").fill("zebra")
    control(builder, "requests").fill(TYPED)
    settled(builder)
    tuning = calculator(site_page, real_site, TUNING, with_case=True)
    expect(tuning.locator(".calc-case")).to_contain_text("31,000")
    clear_case(tuning)
    builder = calculator(site_page, real_site, "prompting/builder", with_case=True)
    expect(control(builder, "task")).to_have_value("zebra")
    is_as_published(builder, "requests")
    builder.locator("[data-reset]").click()


def test_over_an_example_the_newest_number_counts_and_a_cleared_one_is_that_of_the_example(
    site_page: Page, real_site: Site
) -> None:
    """The example of a page that was left stays open, also after a load, without what was typed over it."""
    page = site_page
    section = calculator(page, real_site, RETRIEVAL)
    section.locator("[data-example]").last.click()
    settled(section)
    start = control(section, "queries").input_value()
    example = section.locator("[data-example]").last.inner_text()
    control(section, "queries").fill(TYPED)
    expect(section.locator(".calc-case")).to_contain_text("31,000")

    tuning = calculator(page, real_site, TUNING, with_case=True)
    control(tuning, "requests").fill("32000")
    settled(tuning)
    expect(tuning.locator(".calc-case")).to_contain_text("32,000")
    page.go_back()
    expect(control(live(page), "queries")).to_have_value("32000")
    expect(live(page).locator(".calc-case > summary")).to_contain_text(f"From the example “{example}”. Your case: ")
    page.go_forward()
    page.wait_for_url(f"**/{TUNING_PAGE}")
    clear_case(live(page))
    stored = json.loads(page.evaluate("(key) => sessionStorage.getItem(key)", SHOWN))
    assert "32000" not in json.dumps(stored)
    page.goto("about:blank")
    page.goto(f"{real_site.address}cost/retrieval/")
    expect(live(page).locator(".calc-case > summary")).to_have_text(f"From the example “{example}”")
    expect(control(live(page), "queries")).to_have_value(start)
    live(page).locator("[data-reset]").click()


def test_a_short_calculator_does_not_keep_what_is_older_than_the_case(site_page: Page, real_site: Site) -> None:
    """Beside prose it shows what was typed in it, and the page's own once that was typed anew elsewhere."""
    page = site_page
    calculator(page, real_site, COST)
    go(page, real_site, "")
    short = page.locator("section.calc-headline[data-live]").first
    short.wait_for()
    own = published(short, "requests")
    short.locator(".calc-change > summary").click()
    control(short, "requests").fill(TYPED)
    expect(short.locator(".calc-case")).to_contain_text("31,000")
    tuning = calculator(page, real_site, TUNING, with_case=True)
    control(tuning, "requests").fill("500")
    settled(tuning)
    go(page, real_site, "")
    expect(control(page.locator("section.calc-headline[data-live]").first, "requests")).to_have_value(own)
