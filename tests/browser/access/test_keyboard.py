"""A calculator is used by keyboard alone, and its keys stay inside it."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import real
from tests.browser.reading import amount, arrive, expect_total
from tests.site.server import Site

pytestmark = pytest.mark.browser


@pytest.mark.promise("A13")
def test_the_keyboard_alone_is_enough(calculator: Locator) -> None:
    page = calculator.page
    calculator.get_by_role("button", name="Seventy").focus()
    page.keyboard.press("Enter")
    expect_total(calculator, "70 × 2 large yes a units")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect_total(calculator, "10 × 2 small no a units")
    page.keyboard.press("Tab")
    expect(amount(calculator)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("11")
    expect_total(calculator, "11 × 2 small no a units")
    expect(amount(calculator)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("l")
    expect_total(calculator, "11 × 2 large no a units")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect_total(calculator, "11 × 2 large yes a units")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect_total(calculator, "11 × 2 large yes b units")


def test_three_keys_lead_to_the_first_question(site_page: Page, real_site: Site) -> None:
    """Past the navigation, the contents and the examples; the address, which may hold a link's numbers, stays."""
    for name in ("choosing/case", "prompting/cost"):
        section = real.calculator(site_page, real_site, name)
        address = site_page.url
        expect(site_page.locator(".md-skip")).to_have_count(2)
        site_page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); }")
        site_page.evaluate("() => document.body.removeAttribute('tabindex')")
        for key in ("Tab", "Tab"):
            site_page.keyboard.press(key)
        link = site_page.get_by_role("link", name="Skip to the calculator")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        site_page.keyboard.press("Enter")
        expect(real.control(section, "requests")).to_be_focused()
        expect(real.control(section, "requests")).to_be_in_viewport()
        assert site_page.url == address


def test_enter_in_a_field_does_not_load_the_page_anew(calculator: Locator, server: Site) -> None:
    """A browser submits a form at Enter when one text field is all it has."""
    page = calculator.page
    page.evaluate("""() => document.querySelector("[name='model.factor']").remove()""")
    page.evaluate("""() => addEventListener("submit", (event) => (window.prevented = event.defaultPrevented))""")
    amount(calculator).fill("11")
    amount(calculator).press("Enter")
    expect_total(calculator, "11 × 2 small no a units")
    assert page.evaluate("() => window.prevented")
    assert page.url == server.address + "one/"


@pytest.mark.promise("A13")
@pytest.mark.parametrize("key", ["p", "n", ",", "."])
def test_a_single_key_inside_a_calculator_goes_nowhere(calculator: Locator, server: Site, key: str) -> None:
    page = calculator.page
    page.evaluate("""() => {
        window.leaked = false;
        addEventListener("keydown", () => (window.leaked = true));
    }""")
    calculator.get_by_role("button", name="Reset").focus()
    page.keyboard.press(key)
    assert not page.evaluate("() => window.leaked"), "the theme's shortcuts listen on the window"
    assert page.url == server.address + "one/"


def test_a_single_key_outside_a_calculator_still_works(calculator: Locator, server: Site) -> None:
    page = calculator.page
    page.locator("h1").click()
    page.keyboard.press("n")
    arrive(page, server, "Two", "two/")
