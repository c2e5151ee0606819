"""Reports on paper: one or two A4 pages for every example, and the report alone where a page prints one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pypdf import PdfReader

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Report
from tests.browser.real import HOLD, TYPED, calculator, control, settled, until
from tests.calculators.answers import BY_CASE, Given
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
"""What a PDF holds once for each of its pages."""

PARSED = "(html) => new DOMParser().parseFromString(html, 'text/html').body.firstChild.outerHTML"

A4 = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+(59[45][.\d]*)\s+(84[12][.\d]*)\s*\]")
"""210 by 297 mm in points of 1/72 inch: 595.3 by 841.9."""


@pytest.fixture(scope="module")
def paper(chromium: Browser) -> Iterator[Page]:
    """A page that only prints."""
    page = chromium.new_page(viewport={"width": 680, "height": 960})  # 180 mm, at 96 dots to the inch
    yield page
    page.close()


@pytest.mark.one_in(4)
@BY_CASE
def test_every_report_fits_on_two_a4_pages(paper: Page, catalogue: Catalogue, name: str, given: Given) -> None:
    ask = Report("https://example.org/cost/prompting/#numbers=1&.requests=30%2C000", "0123456789ab")
    paper.set_content(catalogue.answer(Question(name, given, ask=ask, form="html")))
    printed = paper.pdf(prefer_css_page_size=True)
    sheets = len(SHEET.findall(printed))
    assert 1 <= sheets <= 2
    assert len(A4.findall(printed)) >= 1
    assert paper.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off at the side"


ON_PHONES: list[tuple[str, Given]] = [
    ("choosing/case", {"documents": "10"}),
    ("choosing/case", {"matters": "home", "documents": "100k"}),
    ("choosing/break_even", {}),
    ("prompting/models", {"shortlist": "openai/gpt-6-luna,openai/gpt-6.1-sol"}),
]


@pytest.mark.parametrize(("name", "given"), ON_PHONES)
def test_a_report_fits_a_phone(chromium: Browser, catalogue: Catalogue, name: str, given: Given) -> None:
    """A row of a wide table is a card with the headings in it; nothing is cut, and a sentence begins at the left."""
    page = chromium.new_page(viewport={"width": 360, "height": 640})
    page.set_content(catalogue.answer(Question(name, given, ask=Report(""), form="html")))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    right = page.evaluate(
        "() => Math.max(...[...document.querySelectorAll('th, td')].map(cell => cell.getBoundingClientRect().right))"
    )
    assert right <= 360
    headed = "(cell) => getComputedStyle(cell, '::before').content.length > 'none'.length"
    assert page.locator(".cards td").first.evaluate(headed)
    if name != "choosing/case":
        page.close()
        return
    assert page.evaluate("() => getComputedStyle(document.querySelector('.words dd')).textAlign") == "left"
    page.close()


COUNT_PRINTS = """() => {
  window.printed = 0;
  window.print = () => {
    window.printed += 1;
    dispatchEvent(new Event("beforeprint"));
  };
}"""

SHOWN = """() => [...document.body.children].filter((it) => it.checkVisibility()).map((it) => it.className)"""


def test_a_page_prints_the_report_alone_as_the_terminal_writes_it(
    site_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    section = calculator(site_page, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    site_page.evaluate(COUNT_PRINTS)
    console: list[str] = []

    def note(message: ConsoleMessage) -> None:
        console.append(message.text)

    site_page.on("console", note)
    section.get_by_role("button", name="Share", exact=True).click()
    section.get_by_role("button", name="Print report").click()
    report = site_page.locator("body > .report")
    expect(report).to_be_attached()
    assert site_page.evaluate("() => window.printed") == 1
    site_page.remove_listener("console", note)
    assert console == [], "the policy of the page forbids nothing of it"
    expect(report).to_be_hidden()
    site_page.emulate_media(media="print")
    assert site_page.evaluate(SHOWN) == ["report"]
    link = report.locator(".end a").get_attribute("href") or ""
    build = site_page.locator("meta[name=build]").get_attribute("content") or ""
    assert ".requests=31%2C000" in link
    given = section.locator("form").evaluate(TYPED)
    ask = Report(link, build)
    document = catalogue.answer(Question("prompting/cost", given, ask=ask, form="html"))
    article = document[document.index("<article") : document.index("</article>") + len("</article>")]
    assert report.evaluate("(it) => it.outerHTML") == site_page.evaluate(PARSED, article)
    assert len(SHEET.findall(site_page.pdf(prefer_css_page_size=True))) <= 2
    site_page.emulate_media(media="screen")
    site_page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(report).to_have_count(0)
    expect(section).to_be_visible()


FIRST = "1-2"
"""The sheets on which a page begins: reading all of them takes a second."""


def printed(page: Page, sheets: str = "") -> tuple[int, str]:
    """How many sheets the browser's own print gives, or of some, and their words with one space between any two."""
    page.emulate_media(media="null")  # a page that shows another medium prints that
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, page_ranges=sheets))).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.usefixtures("pauses")
def test_the_browsers_own_print_takes_the_report_after_an_edit_and_else_the_page(
    site_page: Page, real_site: Site
) -> None:
    """No key is needed, and none is caught: a menu prints the same."""
    section = calculator(site_page, real_site, "prompting/cost")
    sheets, words = printed(site_page)
    assert sheets > 4 and "In sixty seconds" in words and "In place of" not in words
    site_page.evaluate(
        "() => { window.kept = []; addEventListener('keydown', (it) => window.kept.push(it.defaultPrevented)); }"
    )
    site_page.evaluate(COUNT_PRINTS)
    section.locator(".result-value").click()
    site_page.keyboard.press("Control+p")
    assert site_page.evaluate("() => [window.kept.includes(true), window.printed]") == [False, 0]

    control(section, "requests").fill("31,000")
    settled(section)
    wait_for_report(site_page)
    sheets, words = printed(site_page)
    assert sheets <= 2 and "31,000 requests" in words and "In sixty seconds" not in words
    assert "Print page" not in words, "who reads it on paper has no such button"
    expect(site_page.locator("body > .report")).to_have_count(0)
    expect(section.locator("[data-told]")).to_contain_text("“Print page” under “Share” prints the page.")

    control(section, "requests").fill("none")
    expect(section).to_contain_class("is-stale")
    sheets, words = printed(site_page)
    assert sheets <= 3 and "In sixty seconds" not in words
    fault = section.locator("[data-field=requests] .field-error").inner_text()
    assert fault.startswith("Requests a month")
    assert f"No answer to these numbers. {fault}" in words and ": out of date" in words
    assert NOT_READY not in words, "no report is of a question that is wrong, however long a reader waits"
    section.get_by_role("button", name="Print", exact=True).click()
    expect(section.locator("[data-told]")).to_contain_text("cannot be used as it is")
    expect(section.locator("[data-told]")).to_contain_text(fault)
    assert site_page.evaluate("() => window.printed") == 0

    control(section, "requests").fill("31,000")
    settled(section)
    section.get_by_role("button", name="Reset", exact=True).click()
    settled(section)
    site_page.wait_for_timeout(700)
    assert "In sixty seconds" in printed(site_page, FIRST)[1]


NOT_READY = "Printed before the report was ready: this is what the page showed."

ALONE = """(section) => {
  dispatchEvent(new Event("beforeprint"));
  const part = (selector) => [...section.querySelectorAll(selector)].filter((it) => it.checkVisibility());
  const found = {
    around: [...section.parentElement.children].filter((it) => it.checkVisibility()).length,
    folded: part("details > :not(summary)").length,
    asked: part("form [name=requests]").map((it) => it.value),
    answered: part(".result-value").map((it) => it.textContent),
    said: getComputedStyle(section.querySelector(".calc-body"), "::before").content,
    stale: getComputedStyle(section.querySelector(".result-label"), "::after").content,
  };
  dispatchEvent(new Event("afterprint"));
  return found;
}"""
"""What a printed page shows of a calculator, and how many parts of the page beside it."""


@pytest.mark.usefixtures("pauses")
def test_a_print_right_after_an_edit_shows_the_answer_and_never_the_article(site_page: Page, real_site: Site) -> None:
    """What is printed waits for nothing: neither for the report nor, at worst, for the answer."""
    section = calculator(site_page, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    wait_for_report(site_page)
    site_page.evaluate(HOLD, "report")
    before = section.locator(".result-value").inner_text()
    control(section, "requests").fill("32,000")
    expect(section.locator(".result-value")).not_to_have_text(before)
    settled(section)
    headline = section.locator(".result-value").inner_text()
    sheets, words = printed(site_page)
    assert sheets <= 3 and "In sixty seconds" not in words and "31,000" not in words
    assert headline in words and NOT_READY in words and "out of date" not in words
    site_page.emulate_media(media="print")
    seen = section.evaluate(ALONE)
    site_page.emulate_media(media="null")
    assert (seen["around"], seen["folded"]) == (1, 0)
    assert (seen["asked"], seen["answered"], seen["stale"]) == (["32,000"], [headline], "none")
    site_page.evaluate("() => window.release()")
    wait_for_report(site_page)
    sheets, words = printed(site_page)
    assert sheets <= 2 and "32,000 requests" in words and NOT_READY not in words
    section.locator("[name=requests]").evaluate(
        "(it) => { it.value = '33,000'; it.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    words = printed(site_page)[1]  # the answer may have come by then, or not
    assert "In sixty seconds" not in words and "32,000" not in words
    settled(section)


def test_a_print_that_is_asked_for_while_a_reader_types_on_has_the_newest_numbers(
    site_page: Page, real_site: Site
) -> None:
    section = calculator(site_page, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    site_page.evaluate(COUNT_PRINTS)
    site_page.evaluate(HOLD, "report")
    section.get_by_role("button", name="Print", exact=True).click()
    until(site_page, "() => window.held.length > 0")
    control(section, "requests").fill("32,000")
    settled(section)
    site_page.evaluate("() => window.release()")
    until(site_page, "() => window.printed === 1")
    expect(site_page.locator("body > .report")).to_contain_text("32,000 requests")
    site_page.evaluate("() => dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("key", ["Control", "Meta"])
def test_the_key_that_begins_a_print_has_the_report_made_at_once(site_page: Page, real_site: Site, key: str) -> None:
    """A browser prints some hundredths of a second later, at the next key. No pause came before."""
    section = calculator(site_page, real_site, "prompting/cost")
    before = section.locator(".result-value").inner_text()
    control(section, "requests").fill("31,000")
    expect(section.locator(".result-value")).not_to_have_text(before)
    site_page.keyboard.press(key)
    wait_for_report(site_page)
    assert "31,000 requests" in printed(site_page)[1]


@pytest.mark.usefixtures("pauses")
def test_the_page_is_printed_with_the_numbers_of_an_edit_where_that_is_asked_for(
    site_page: Page, real_site: Site
) -> None:
    section = calculator(site_page, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    wait_for_report(site_page)
    site_page.evaluate(COUNT_PRINTS)
    section.get_by_role("button", name="Share", exact=True).click()
    section.get_by_role("button", name="Print page").click()
    site_page.wait_for_function("() => window.printed === 1")
    expect(site_page.locator("body > .report")).to_have_count(0)
    site_page.emulate_media(media="print")
    expect(section.locator(".result-working .working-name").first).to_be_visible()
    expect(section.locator("[name=requests]").first).to_be_visible()
    site_page.emulate_media(media="screen")
    site_page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert printed(site_page)[0] <= 2, "the report is back"


def test_without_scripts_a_page_prints_its_text(chromium: Browser, real_site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    assert "In sixty seconds" in printed(page, FIRST)[1]
    context.close()


REPORT_ON_PAPER = """() => {
  dispatchEvent(new Event("beforeprint"));
  const isReady = document.querySelector("body > .report") !== null;
  dispatchEvent(new Event("afterprint"));
  return isReady;
}"""


def wait_for_report(page: Page) -> None:
    """Wait until printing shows a report. Each look lays out the page for paper, so not at every frame."""
    until(page, REPORT_ON_PAPER)


def test_the_report_is_one_press_from_the_questions(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, "choosing/case")
    site_page.evaluate(COUNT_PRINTS)
    section.get_by_role("button", name="Print", exact=True).click()
    expect(site_page.locator("body > .report")).to_be_attached()
    assert site_page.evaluate("() => window.printed") == 1
    site_page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(section.locator("[data-told]")).to_contain_text("“Print page” under “Share” prints the page.")


@pytest.fixture
def phone(site_page: Page) -> Iterator[Page]:
    """That page in a window as small as a phone's."""
    site_page.set_viewport_size({"width": 360, "height": 740})
    yield site_page
    site_page.set_viewport_size({"width": 1280, "height": 900})


def test_the_way_to_the_report_is_where_the_answer_ends(phone: Page, real_site: Site) -> None:
    """On a phone, of a case below the levers side by side, and no more than 13 / 3 windows from the top of the page."""
    section = calculator(phone, real_site, "choosing/case")
    phone.evaluate(COUNT_PRINTS)
    button = section.get_by_role("button", name="Print the report")
    foot = button.evaluate("(it) => it.getBoundingClientRect().bottom + scrollY")
    table = section.locator(".result-more > :first-child").evaluate(
        "(it) => it.getBoundingClientRect().bottom + scrollY"
    )
    assert table <= foot <= table + 150
    assert foot <= 13 / 3 * 740
    button.click()
    expect(phone.locator("body > .report")).to_be_attached()
    assert phone.evaluate("() => window.printed") == 1
    phone.evaluate("() => dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("name", ["prompting/cost", "evaluating/compare"])
def test_the_way_to_the_report_comes_after_all_that_is_answered(site_page: Page, real_site: Site, name: str) -> None:
    section = calculator(site_page, real_site, name)
    below = section.locator(".calc-foot").evaluate("""(foot) => {
      const answer = [...foot.parentElement.querySelectorAll(".result-short > *, .result-more > *")];
      const { top } = foot.getBoundingClientRect();
      return answer.every((it) => it.getBoundingClientRect().bottom <= top);
    }""")
    assert below


SHEET_OF_SYSTEM = """(error) => {
  window.shared = [];
  const share = async (given) => {
    window.shared.push(given);
    if (error) throw new DOMException("", error);
  };
  Object.defineProperty(navigator, "share", { value: share, configurable: true });
}"""
"""The sheet in which a system has its user choose an app; a headless browser has none."""

SHARED = "() => window.shared.length > 0"
"""The instruments come with the first press."""


def test_a_phone_shares_headline_and_link_by_its_own_sheet(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    headline = section.locator(".result-value").inner_text()
    share = section.get_by_role("button", name="Share", exact=True)
    for error, is_open in (("", False), ("AbortError", False), ("NotAllowedError", True)):
        site_page.evaluate(SHEET_OF_SYSTEM, error)
        share.click()
        until(site_page, SHARED)
        [given] = site_page.evaluate("() => window.shared")
        assert given["text"].endswith(f": {headline}") and sorted(given) == ["text", "url"]
        assert given["url"].startswith(f"{real_site.address}cost/prompting/#numbers=1&")
        assert ".requests=31%2C000" in given["url"]
        expect(section.get_by_role("button", name="Print report")).to_be_visible(visible=is_open)
    site_page.evaluate("() => delete navigator.share")


def test_a_name_that_a_reader_typed_stays_behind(site_page: Page, real_site: Site) -> None:
    """A headline names the cheapest plan, and a link goes without texts."""
    section = calculator(site_page, real_site, "choosing/break_even")
    for name in ("plans.1.name", "plans.2.name", "plans.3.name", "plans.4.name"):
        control(section, name).evaluate(
            "(it) => { it.value = 'Zebra'; it.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
    settled(section)
    expect(section.locator(".result-value")).to_contain_text("Zebra")
    site_page.evaluate(SHEET_OF_SYSTEM, "")
    section.get_by_role("button", name="Share", exact=True).click()
    until(site_page, SHARED)
    assert "Zebra" not in str(site_page.evaluate("() => window.shared"))
    site_page.evaluate("() => delete navigator.share")


def test_exploring_opens_with_what_matters_most_and_a_sweep_that_needs_no_ends(
    site_page: Page, real_site: Site
) -> None:
    section = calculator(site_page, real_site, "prompting/cost")
    section.get_by_role("button", name="Reset", exact=True).click()  # what another test typed here comes back
    expect(control(section, "requests")).to_have_value("50,000")
    section.get_by_role("button", name="Explore", exact=True).click()
    parts = {ask: section.locator(f".explore-part:has([data-ask={ask}])") for ask in ("sensitivity", "sweep")}
    expect(parts["sensitivity"].locator("svg.chart-tornado")).to_be_visible()
    parts["sweep"].get_by_role("button", name="Draw").click()
    for end in ("at 25,000 requests", "at 100,000 requests"):
        expect(parts["sweep"].locator(".explore-found")).to_contain_text(end)


def test_a_page_saves_the_report(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, "choosing/approach")
    section.get_by_role("button", name="Share", exact=True).click()
    for form, name in (("report-html", "choosing-approach.html"), ("report-markdown", "choosing-approach.md")):
        section.locator("[data-role=copy-as]").select_option(form)
        with site_page.expect_download() as saving:
            section.get_by_role("button", name="Save", exact=True).click()
        assert saving.value.suggested_filename == name
        text = saving.value.path().read_text("utf-8")
        assert text.startswith(("<!doctype html>", "# ")) and "## What you entered" not in text
        assert "What you entered" not in text, "nothing was changed"
