"""The index of the search, longer than a page, comes when a reader comes to the search."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.server import Site

pytestmark = pytest.mark.browser

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
