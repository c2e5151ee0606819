"""Nothing that a reader types leaves the page, whatever the Python in it tries."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import real
from tests.browser.privacy.canary import Canary
from tests.browser.reading import amount, expect_total, visit
from tests.browser.toy.catalogue import WAYS
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


@pytest.mark.one_in(4)
@pytest.mark.promise("A2")
@pytest.mark.parametrize("way", WAYS)
def test_python_reaches_no_address(calculator: Locator, way: str) -> None:
    """Each way is refused before anything is sent; some take the interpreter with them, and the next has a new one."""
    with Canary() as canary:
        reply = calculator.page.evaluate(ASK, {"address": f"{canary.address}/", "way": way})
        assert reply != "sent" and "did not start" not in reply
        calculator.page.wait_for_timeout(200)
        assert canary.heard == []


@pytest.mark.promise("A2")
def test_python_reaches_no_address_where_the_policy_fails(new_page: Page, server: Site) -> None:
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


@pytest.mark.promise("F9")
def test_no_service_worker_is_left_behind(calculator: Locator) -> None:
    amount(calculator).fill("11223344")
    expect_total(calculator, "11223344 × 2 small no a units")
    assert calculator.page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


ELSEWHERE = """async () => JSON.stringify([
  location.href, document.title, history.state, document.cookie, { ...localStorage }, window.name,
  (await indexedDB.databases()).map(({ name }) => name),
])"""
"""Whatever a browser keeps of a page beside session storage."""


@pytest.mark.promise("F10")
def test_a_typed_number_is_kept_for_the_tab_and_nowhere_else(site_page: Page, real_site: Site) -> None:
    """It stands in session storage, as the page says, with the name of its question and where it was typed."""
    section = real.calculator(site_page, real_site, "prompting/cost")
    real.control(section, "requests").fill("11223344")
    real.control(section, "answer").fill("zebra-crossing-4711")
    expect(section.locator("[data-field=answer] .field-error")).to_be_visible()
    expect(section.locator(".calc-case summary")).to_have_text("Your case: Requests a month 11,223,344")
    place = f"/repo/cost/prompting/#{section.get_attribute('id')}"
    assert real.kept_case(site_page) == {"requests": {"text": "11223344", "at": place}}
    assert "zebra" not in site_page.evaluate("() => JSON.stringify({ ...sessionStorage })")
    assert "11223344" not in site_page.evaluate(ELSEWHERE)
    with site_page.context.expect_page() as opened:
        site_page.evaluate("() => void open(location.pathname, '_blank', 'noopener')")
    assert real.kept_case(opened.value) == {}
    opened.value.close()
    section.locator(".calc-case summary").click()
    section.get_by_role("button", name="Clear your case").click()
    expect(section.locator(".calc-case summary")).to_have_text("Your case is cleared")
    assert real.CASE not in site_page.evaluate("() => JSON.stringify({ ...sessionStorage })")
