"""Nothing that a reader types leaves the page, whatever the Python in it tries."""

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.canary import Canary
from tests.browser.reading import amount, expect_total, visit
from tests.browser.toy.answer import WAYS
from tests.site.server import Site

pytestmark = pytest.mark.browser

ASK = "(given) => window.__calculators.ask('reach', given).catch(({ message }) => message)"


def test_no_request_carries_what_was_typed(page: Page, server: Site) -> None:
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url + (request.post_data or "")))
    calculator = visit(page, server)
    amount(calculator).fill("11223344")
    expect_total(calculator, "11223344 × 2 small no a units")
    assert urls
    assert [url for url in urls if "11223344" in url or not url.startswith((server.address, "blob:"))] == []


@pytest.mark.parametrize("way", WAYS)
def test_a2_python_reaches_no_address(calculator: Locator, way: str) -> None:
    """Each way is refused before anything is sent; some take the interpreter with them, and the next has a new one."""
    with Canary() as canary:
        told = calculator.page.evaluate(ASK, {"address": f"{canary.address}/", "way": way})
        assert told != "sent" and "did not start" not in told
        calculator.page.wait_for_timeout(200)
        assert canary.heard == []


def test_a2_python_reaches_no_address_where_the_policy_fails(new_page: Page, server: Site) -> None:
    """The Worker's own wall, alone."""
    policy = server.headers.pop("Content-Security-Policy")
    try:
        visit(new_page, server)
        with Canary() as canary:
            for way in WAYS:
                assert "did not start" not in new_page.evaluate(ASK, {"address": f"{canary.address}/", "way": way})
            new_page.wait_for_timeout(500)
            assert canary.heard == []
    finally:
        server.headers["Content-Security-Policy"] = policy


def test_f9_nothing_is_kept_in_the_browser(calculator: Locator) -> None:
    page = calculator.page
    amount(calculator).fill("11223344")
    expect_total(calculator, "11223344 × 2 small no a units")
    assert "11223344" not in page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert "11223344" not in page.url
