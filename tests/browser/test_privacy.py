"""Nothing that a reader types leaves the page, whatever the Python in it tries."""

import json

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.reading import amount, expect_total, visit
from tests.site.server import Site

pytestmark = pytest.mark.browser

ASK = "async (address) => JSON.parse(await window.__calculators.ask('reach', { address }))"


def test_no_request_carries_what_was_typed(page: Page, server: Site) -> None:
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url + (request.post_data or "")))
    calculator = visit(page, server)
    amount(calculator).fill("11223344")
    expect_total(calculator, "11223344 × 2 small no a units")
    assert urls
    assert [url for url in urls if "11223344" in url or not url.startswith((server.address, "blob:"))] == []


def test_a2_python_reaches_no_address(calculator: Locator) -> None:
    with Site() as other:
        tried = calculator.page.evaluate(ASK, other.address)
        assert len(tried) == 14, json.dumps(tried)
        assert [way for way in tried if way.endswith("sent")] == []
        calculator.page.wait_for_timeout(500)
        assert other.asked == []


def test_f9_nothing_is_kept_in_the_browser(calculator: Locator) -> None:
    page = calculator.page
    amount(calculator).fill("11223344")
    expect_total(calculator, "11223344 × 2 small no a units")
    assert "11223344" not in page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert "11223344" not in page.url
