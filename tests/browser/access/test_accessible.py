"""Axe finds nothing: on any page, and in any state of any calculator, however a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access.axe import WAYS, findings
from tests.browser.real import NAMES, PAGES, calculator, first_number, go, settled
from tests.conftest import PATIENT, SAVE_DATA
from tests.daily import some
from tests.site.server import Site

pytestmark = pytest.mark.browser

ALL_PAGES = ["404.html", *PAGES]
OFTEN = ("light, wide", "dark, 320 px")
"""The ways in which pages are looked at in every run."""

HOLD = """() => {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message?.id) window.worker = this;
    if (window.held && message?.id) window.held.push(() => post.call(this, message, ...more));
    else post.call(this, message, ...more);
  };
  window.release = () => { const all = window.held; window.held = undefined; all.forEach((send) => send()); };
}"""
"""Lets a test keep questions from the Worker, so that a calculator stays busy for as long as it is looked at."""


@pytest.fixture(scope="module")
def reader(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """One page for all of it. The site's policy forbids scripts that are not its own, as it should; axe is one."""
    context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT)
    context.add_init_script(f"({HOLD})()")
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def address(page: str) -> str:
    """Where a page of `docs/` is on the site."""
    return page.removesuffix("index.md").replace(".md", "/")


def live(reader: Page) -> None:
    """Wait for the calculators. Axe takes whatever is in a disabled fieldset for out of reach."""
    expect(reader.locator("section.calc:not([data-live])")).to_have_count(0)


@pytest.mark.one_in(4)
@pytest.mark.promise("A12")
@pytest.mark.parametrize("way", OFTEN)
@pytest.mark.parametrize("path", {path.split("/")[0]: path for path in reversed(ALL_PAGES)}.values())
def test_axe_finds_nothing_on_a_page_of_each_kind(reader: Page, real_site: Site, path: str, way: str) -> None:
    """The first page of each folder; the long run looks at every page, in every way.

    Here one page leads to the next, so that the theme, Python and axe are loaded once.
    """
    if path == "404.html":
        reader.goto(real_site.address + path)
    else:
        go(reader, real_site, address(path))
    live(reader)
    assert findings(reader, way) == []


@pytest.mark.promise("A12")
@pytest.mark.long
@pytest.mark.parametrize("path", ALL_PAGES)
def test_axe_finds_nothing_on_any_page_in_any_way(reader: Page, real_site: Site, path: str) -> None:
    reader.goto(real_site.address + address(path))
    live(reader)
    assert [finding for way in WAYS for finding in findings(reader, way)] == []


def found_in_states(page: Page, site: Site, name: str, ways: dict[str, list[str]]) -> list[str]:
    """What axe finds in a calculator as it came, while it works, with a result, and with a mistake."""
    section = calculator(page, site, name)
    part = f"#{section.get_attribute('id')}"
    number = first_number(section)
    sentences: list[str] = []

    def scan(state: str, looks: list[str]) -> None:
        section.locator("details:not([open]) > summary").evaluate_all("all => all.forEach((it) => it.click())")
        sentences.extend(f"{state}: {finding}" for way in looks for finding in findings(page, way, part))

    scan("default", ways["default"])
    for way in ways["busy"] or [""]:  # One way at a time: what takes five seconds is stopped.
        page.evaluate("() => { window.held = []; }")
        number.fill(f"{number.input_value()} ")
        expect(section).to_contain_class("is-busy")
        expect(section.locator(".calc-stale")).to_be_visible()
        if way:
            scan("busy", [way])
        page.evaluate("() => window.release()")
        settled(section)
        expect(section.locator(".calc-stale")).to_be_hidden()
    scan("result", ways["result"])
    number.fill("many")
    expect(section.locator(".field-error:visible").first).to_contain_text("must be a number")
    scan("error", ways["error"])
    return sentences


# One that answers with a verdict, or one with numbers and charts; the long run looks at all, in every way.
@pytest.mark.one_in(2)
@pytest.mark.promise("A12")
@pytest.mark.parametrize("name", ["choosing/approach", "evaluating/compare"])
def test_axe_finds_nothing_in_a_calculators_states(reader: Page, real_site: Site, name: str) -> None:
    wide, narrow = OFTEN
    ways = {"default": [wide], "busy": [], "result": [], "error": [narrow]}
    assert found_in_states(reader, real_site, name, ways) == []


@pytest.mark.promise("A12")
@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_in_a_calculators_states_in_any_way(reader: Page, real_site: Site, name: str) -> None:
    ways = {state: list(WAYS) for state in ("default", "busy", "result", "error")}
    assert found_in_states(reader, real_site, name, ways) == []


@pytest.mark.promise("A12")
def test_axe_finds_nothing_where_a_calculator_is_busy_or_has_failed(reader: Page, real_site: Site) -> None:
    """In one of the ways; the long run has them all."""
    found_busy_and_failed(reader, real_site, some(OFTEN, 2, "busy or failed"))


@pytest.mark.long
@pytest.mark.promise("A12")
def test_axe_finds_nothing_where_a_calculator_is_busy_or_has_failed_in_any_way(reader: Page, real_site: Site) -> None:
    found_busy_and_failed(reader, real_site, tuple(WAYS))


def found_busy_and_failed(reader: Page, real_site: Site, ways: Sequence[str]) -> None:
    """Hold that axe finds nothing in a calculator with a result, while it works, and after its Worker broke."""
    section = calculator(reader, real_site, "serving/latency")  # A short one: axe reads all of it each time.
    part = f"#{section.get_attribute('id')}"
    number = first_number(section)
    number.fill("2")
    settled(section)
    assert [finding for way in ways for finding in findings(reader, way, part)] == []
    reader.evaluate("() => { window.held = []; }")
    number.fill("3")
    expect(section).to_contain_class("is-busy")
    assert [finding for way in ways for finding in findings(reader, way, part)] == []
    reader.evaluate("() => { window.held = undefined; window.worker.dispatchEvent(new ErrorEvent('error')); }")
    expect(section.get_by_role("button", name="Try again")).to_be_visible()
    assert [finding for way in ways for finding in findings(reader, way, part)] == []
