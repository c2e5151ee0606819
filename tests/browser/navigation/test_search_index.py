"""The index of the search, longer than a page, comes when a reader comes to the search, or once all else is there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.real import FOLLOW, control, go
from tests.conftest import SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

INDEX = "search/search_index.json"


def is_index_asked_for(server: Site) -> bool:
    return any(path.endswith(INDEX) for path in server.asked)


@pytest.fixture
def page(chromium: Browser, real_site: Site) -> Page:
    real_site.asked.clear()
    page = chromium.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("way", ["Slash", "pointer", "Tab"])
def test_the_index_comes_with_the_search(page: Page, real_site: Site, way: str) -> None:
    """What is typed before the index is there is found as well."""
    assert not is_index_asked_for(real_site)
    query = page.locator("[data-md-component=search-query]")
    if way == "Slash":
        page.keyboard.press("/")
    elif way == "pointer":
        query.click()
    else:
        query.focus()
    page.keyboard.type("prompt caching")
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=30_000)
    expect(query).to_have_value("prompt caching")
    assert is_index_asked_for(real_site)
    page.close()


@pytest.mark.parametrize("is_saved", [False, True], ids=["usual", "data saved"])
def test_the_index_comes_in_a_calm_moment_after_the_first_answer(
    chromium: Browser, real_site: Site, is_saved: bool
) -> None:
    """Making the search ready takes seconds on a busy machine: then the first search need not wait for it."""
    context = chromium.new_context()
    if is_saved:
        context.add_init_script(SAVE_DATA)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{real_site.address}cost/prompting/")
    section = page.locator("section.calc-full[data-live]")
    before = section.locator(".result-value").inner_text()
    page.evaluate("() => window.__calculators.ready")
    control(section, "requests").fill("31,000")
    expect(section.locator(".result-value")).not_to_have_text(before)
    assert not [url for url in asked if url.endswith(INDEX)], "the first answer does not wait for it"
    if is_saved:
        page.wait_for_timeout(4000)  # twice the pause after which other pages prepare what may be wanted
        assert not [url for url in asked if url.endswith(INDEX)]
    else:
        for _ in range(600):
            if [url for url in asked if url.endswith(INDEX)]:
                break
            page.wait_for_timeout(100)
        assert len([url for url in asked if url.endswith(INDEX)]) == 1
    context.close()


OPEN = "() => document.getElementById('__search').checked"


def test_a_search_that_is_opened_right_after_arriving_stays_open(site_page: Page, real_site: Site) -> None:
    go(site_page, real_site, "")
    for path in ("learn/retrieval/", "cost/prompting/#in-sixty-seconds", ""):
        site_page.evaluate(FOLLOW, real_site.address + path)
        site_page.locator("[data-left]").wait_for(state="detached")
        site_page.keyboard.press("/")
        site_page.keyboard.type("caching")
        site_page.wait_for_timeout(400)
        assert site_page.evaluate(OPEN), path
        expect(site_page.locator("[data-md-component=search-query]")).to_have_value("caching")
        site_page.keyboard.press("Escape")
        expect(site_page.locator("[data-md-component=search-query]")).not_to_be_focused()


HOLD_PAGES = """() => {
  const { fetch } = window;
  const held = new Promise((resolve) => (window.release = resolve));
  window.fetch = (...asked) => held.then(() => fetch(...asked));
}"""
"""Lets no page come until `release` is called."""


def test_what_was_open_is_closed_by_the_next_page_and_what_is_opened_meanwhile_is_not(
    site_page: Page, real_site: Site
) -> None:
    go(site_page, real_site, "")
    site_page.set_viewport_size({"width": 360, "height": 740})
    site_page.locator(".md-header__button[for=__drawer]").click()
    expect(site_page.locator("#__drawer")).to_be_checked()
    site_page.evaluate(HOLD_PAGES)
    site_page.evaluate(FOLLOW, f"{real_site.address}learn/retrieval/")
    site_page.locator("label[for=__search]").first.evaluate("(it) => it.click()")
    site_page.evaluate("() => window.release()")
    site_page.locator("[data-left]").wait_for(state="detached")
    expect(site_page.locator("#__drawer")).not_to_be_checked()
    site_page.wait_for_timeout(400)
    assert site_page.evaluate(OPEN)
    site_page.goto("about:blank")
    site_page.set_viewport_size({"width": 1280, "height": 900})
