"""An example that a reader opened: what the form shows is still there after a reload, a visit elsewhere, and Back."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.discovery import find_calculator
from tests.browser.real import CASE, SHOWN, calculator, control, forget_case, kept_case, settled
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

CASES, RETRIEVAL, DATASET = "choosing/case", "rag/cost", "fine_tuning/dataset"
DOCUMENTS = "Answers from a hundred thousand documents"


def line(section: Locator) -> Locator:
    """The line above a calculator that says whose numbers it holds."""
    return section.locator(".calc-case > summary")


def live(page: Page) -> Locator:
    """The calculator that a page is about, once its scripts are there."""
    section = page.locator("section.calc-full[data-live]")
    section.wait_for()
    return section


def answered(section: Locator) -> str:
    """The headline, once no newer one is on its way."""
    settled(section)
    expect(section.locator(".calc-stale")).to_be_hidden()
    return section.locator(".result-value").first.inner_text()


@pytest.fixture
def opened(site_page: Page, real_site: Site) -> Locator:
    """The example of very many documents, with two answers of the reader's."""
    section = calculator(site_page, real_site, CASES)
    section.get_by_role("button", name=DOCUMENTS).click()
    expect(control(section, "documents")).to_have_value("100,000")
    expect(line(section)).to_have_text(f"From the example “{DOCUMENTS}”")
    control(section, "requests").fill("20000")
    control(section, "changes").select_option("weekly")
    expect(line(section)).to_have_text(
        f"From the example “{DOCUMENTS}”. Your case: Requests a month 20,000 · A document changes about once a week"
    )
    return section


def is_as_before(section: Locator, headline: str) -> None:
    """Holds that a form has the example's documents, the reader's answers, and the headline of both."""
    for name, text in {"documents": "100,000", "requests": "20000", "changes": "weekly"}.items():
        expect(control(section, name)).to_have_value(text)
    expect(line(section)).to_contain_text(f"From the example “{DOCUMENTS}”. Your case: Requests a month 20,000")
    assert answered(section) == headline


def test_an_example_with_an_edit_survives_reload_another_page_and_back(opened: Locator, real_site: Site) -> None:
    page, headline = opened.page, answered(opened)
    for _ in range(2):
        page.reload()
        is_as_before(live(page), headline)

    retrieval = calculator(page, real_site, RETRIEVAL, with_case=True)
    expect(control(retrieval, "queries")).to_have_value("20000")
    page.go_back()
    is_as_before(live(page), headline)

    page.goto(f"{real_site.address}cost/retrieval/")
    live(page)
    page.goto(f"{real_site.address}case/")
    is_as_before(live(page), headline)
    page.goto(f"{real_site.address}cost/retrieval/")
    live(page)
    page.go_back()
    is_as_before(live(page), headline)


def test_no_other_calculator_takes_an_example_for_the_readers_case(opened: Locator, real_site: Site) -> None:
    page = opened.page
    assert {name: entry["text"] for name, entry in kept_case(page).items()} == {
        "requests": "20000",
        "changes": "weekly",
    }
    retrieval = calculator(page, real_site, RETRIEVAL, with_case=True)
    expect(control(retrieval, "queries")).to_have_value("20000")
    expect(control(retrieval, "changes")).to_have_value("weekly")
    assert control(retrieval, "documents").input_value() != "100,000"
    expect(line(retrieval)).not_to_contain_text("example")


def test_an_example_is_left_for_what_the_reader_typed(opened: Locator) -> None:
    page = opened.page
    line(opened).click()
    opened.get_by_role("button", name="Leave the example").click()
    expect(line(opened)).to_have_text("Your case: Requests a month 20,000 · A document changes about once a week")
    expect(control(opened, "documents")).to_have_value("10,000")
    expect(control(opened, "requests")).to_have_value("20000")
    settled(opened)
    page.reload()
    section = live(page)
    expect(control(section, "requests")).to_have_value("20000")
    expect(control(section, "documents")).to_have_value("10,000")
    expect(line(section)).not_to_contain_text("example")


def test_an_answer_that_is_cleared_goes_back_to_that_of_the_example(opened: Locator) -> None:
    line(opened).click()
    row = opened.locator(".calc-case li").filter(has_text="Requests a month")
    row.get_by_role("button", name="Clear").click()
    expect(control(opened, "requests")).to_have_value("100,000")
    opened.page.reload()
    section = live(opened.page)
    expect(control(section, "requests")).to_have_value("100,000")
    expect(control(section, "changes")).to_have_value("weekly")


def test_reset_leaves_an_example_and_undo_brings_it_back(opened: Locator) -> None:
    headline = answered(opened)
    opened.get_by_role("button", name="Reset", exact=True).click()
    expect(opened.locator(".calc-case")).to_have_count(0)
    assert SHOWN not in opened.page.evaluate("() => Object.keys(sessionStorage)")
    opened.get_by_role("button", name="Undo").click()
    is_as_before(opened, headline)
    opened.page.reload()
    is_as_before(live(opened.page), headline)


def test_an_example_of_texts_is_whole_after_a_reload_and_none_of_its_text_is_kept(
    site_page: Page, real_site: Site
) -> None:
    section = calculator(site_page, real_site, DATASET)
    [name] = [it.name for it in find_calculator(DATASET).examples if it.name == "A file with mistakes"]
    section.get_by_role("button", name=name).click()
    headline = answered(section)
    site_page.reload()
    section = live(site_page)
    expect(line(section)).to_have_text(f"From the example “{name}”")
    expect(section.locator(".result-value").first).to_have_text(headline)
    stored = site_page.evaluate("(key) => sessionStorage.getItem(key)", SHOWN)
    assert "assistant" not in stored and "messages" not in stored


def test_a_link_wins_over_an_example_that_was_opened_before(opened: Locator, real_site: Site) -> None:
    page = opened.page
    page.goto("about:blank")
    page.goto(f"{real_site.address}case/#numbers=1&calculator={CASES}&.requests=77")
    section = live(page)
    expect(control(section, "requests")).to_have_value("77")
    expect(control(section, "documents")).to_have_value("10,000")
    expect(line(section)).to_contain_text("Your case is not used here")


def test_numbers_of_a_link_are_not_kept_beside_its_address(site_page: Page, real_site: Site) -> None:
    """Without the address nothing would say whose they are."""
    site_page.goto(real_site.address)
    forget_case(site_page)
    site_page.goto("about:blank")
    site_page.goto(f"{real_site.address}case/#numbers=1&calculator={CASES}&.requests=77")
    section = live(site_page)
    expect(control(section, "requests")).to_have_value("77")
    settled(section)
    assert SHOWN not in site_page.evaluate("() => Object.keys(sessionStorage)")


def test_the_report_says_which_numbers_are_those_of_the_example(opened: Locator) -> None:
    with opened.page.expect_download() as saving:
        opened.get_by_role("button", name="Share", exact=True).click()
        opened.locator("[data-role=copy-as]").select_option("report-markdown")
        opened.get_by_role("button", name="Save", exact=True).click()
    text = saving.value.path().read_text("utf-8")
    entered, example = (
        text.partition(f"## {title}\n")[2].partition("\n## ")[0]
        for title in ("What you entered", f"From the example “{DOCUMENTS}”")
    )
    assert "20,000 requests" in entered and "about once a week" in entered and "100,000" not in entered
    assert "| Documents | 100,000 documents |" in example and "requests" not in example


def test_a_case_saved_with_an_example_open_has_the_numbers_that_are_shown(opened: Locator) -> None:
    line(opened).click()
    with opened.page.expect_download() as saving:
        opened.get_by_role("button", name="Save it as a file").click()
    given = json.loads(saving.value.path().read_text("utf-8"))["calculators"]
    texts = {path: text for inputs in given.values() for path, text in inputs["given"].items()}
    assert texts["documents"] == "100,000" and "20000" in texts.values()
    assert CASE in opened.page.evaluate("() => Object.keys(sessionStorage)")
