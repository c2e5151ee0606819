"""The way to another page: without a load at any address, ahead of the click, and with focus, place and title right."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import arrive, follow, live, visit
from tests.site.server import Site

pytestmark = pytest.mark.browser

STAY = "() => { window.stayed = true; }"
STAYED = "() => window.stayed === true"


def fetched(server: Site, path: str) -> int:
    """How often a page was asked for."""
    return server.asked.count(server.path + path)


def test_at_another_address_than_the_site_was_built_for_no_page_loads_anew(new_page: Page, server: Site) -> None:
    """The sitemap names the address of the build, which is not the one that a reader has open."""
    address = server.address.replace("127.0.0.1", "localhost")
    page = new_page.context.browser.new_page()  # type: ignore[union-attr]  # it asks another address than the fixture's
    page.goto(address + "one/")
    page.evaluate(STAY)
    page.locator("article").get_by_role("link", name="Two", exact=True).click()
    page.wait_for_url(address + "two/")
    live(page, 2)
    assert page.evaluate(STAYED)
    page.go_back()
    page.wait_for_url(address + "one/")
    expect(page.get_by_role("heading", name="One", level=1)).to_be_visible()
    assert page.evaluate(STAYED)
    page.close()


def test_a_page_is_fetched_when_the_pointer_rests_on_its_link_and_once(new_page: Page, server: Site) -> None:
    new_page.goto(server.address)
    new_page.evaluate("() => Object.defineProperty(navigator, 'connection', { value: undefined })")
    server.asked.clear()
    with new_page.expect_request("**/one/"):
        new_page.locator("article").get_by_role("link", name="One", exact=True).hover()
    follow(new_page, server, "One", "one/")
    assert fetched(server, "one/") == 1


def test_where_data_is_saved_a_page_is_fetched_when_its_link_is_pressed(new_page: Page, server: Site) -> None:
    new_page.goto(server.address)
    server.asked.clear()
    new_page.locator("article").get_by_role("link", name="One", exact=True).hover()
    new_page.wait_for_timeout(300)
    assert fetched(server, "one/") == 0
    follow(new_page, server, "One", "one/")
    assert fetched(server, "one/") == 1


def test_the_heading_of_the_next_page_has_the_focus_and_the_tab_its_title(page: Page, server: Site) -> None:
    visit(page, server)
    page.locator("article").get_by_role("link", name="Two", exact=True).focus()
    page.keyboard.press("Enter")
    arrive(page, server, "Two", "two/")
    expect(page.get_by_role("heading", name="Two", level=1)).to_be_focused()
    expect(page).to_have_title("Two - Toy")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('article') !== null")
    expect(page.get_by_role("heading", name="Two", level=1)).not_to_have_attribute("tabindex", "-1")


def test_back_goes_to_where_a_page_was_left_and_a_new_page_begins_at_its_top(page: Page, server: Site) -> None:
    page.set_viewport_size({"width": 800, "height": 160})
    visit(page, server)
    page.evaluate("() => scrollTo(0, 90)")
    page.evaluate(
        "() => document.querySelectorAll('article a').forEach((link) => link.textContent === 'Two' && link.click())"
    )
    arrive(page, server, "Two", "two/")
    assert page.evaluate("() => scrollY") == 0
    page.go_back()
    arrive(page, server, "One", "one/")
    page.wait_for_function("() => scrollY === 90")


def test_back_leaves_the_shown_page_where_it_is_until_the_other_is_there(page: Page, server: Site) -> None:
    """The browser would scroll the page that is still shown to where the other one was left."""
    page.set_viewport_size({"width": 800, "height": 160})
    visit(page, server)
    page.evaluate("() => scrollTo(0, 90)")
    page.evaluate(
        "() => document.querySelectorAll('article a').forEach((link) => link.textContent === 'Two' && link.click())"
    )
    arrive(page, server, "Two", "two/")
    page.evaluate("""() => {
      const { fetch } = window;
      const held = new Promise((resolve) => (window.release = resolve));
      window.fetch = (...asked) => held.then(() => fetch(...asked));
      history.back();
    }""")
    page.wait_for_url(f"{server.address}one/")
    page.wait_for_timeout(200)  # a frame or two, in which the browser would scroll
    assert page.evaluate("() => [document.querySelector('h1').firstChild.data, scrollY]") == ["Two", 0]
    page.evaluate("() => window.release()")
    page.wait_for_function("() => document.querySelector('h1').firstChild.data === 'One' && scrollY === 90")


@pytest.mark.parametrize(("key", "title", "path"), [("n", "Two", "two/"), ("p", "Home", "")])
def test_a_key_leads_to_the_pages_around_without_a_load(
    page: Page, server: Site, key: str, title: str, path: str
) -> None:
    visit(page, server)
    page.evaluate(STAY)
    page.keyboard.press(key)
    arrive(page, server, title, path)
    assert page.evaluate(STAYED)


def test_a_page_that_cannot_be_put_in_place_is_loaded_by_the_browser(new_page: Page, server: Site) -> None:
    """Such as the page of a login, or one of another theme after a deploy."""
    visit(new_page, server)
    server.replaced["index.html"] = b"<!doctype html><title>Log in</title><h1>Log in</h1>"
    new_page.locator("article").get_by_role("link", name="Two", exact=True).click()
    expect(new_page.get_by_role("heading", name="Log in", level=1)).to_be_visible()
    assert new_page.url == server.address + "two/"


def test_a_link_with_a_key_held_is_the_browsers(page: Page, server: Site) -> None:
    visit(page, server)
    with page.context.expect_page() as opened:
        page.locator("article").get_by_role("link", name="Two", exact=True).click(modifiers=["Shift"])
    opened.value.close()
    assert page.url == server.address + "one/"


def test_the_newest_of_two_pages_asked_for_is_shown(page: Page, server: Site) -> None:
    """The first link's page comes late, when another is there already."""
    visit(page, server)
    page.evaluate("""() => {
        const real = window.fetch;
        const late = (answer) => new Promise((resolve) => setTimeout(resolve, 500, answer));
        window.fetch = (address, ...more) =>
          String(address).endsWith("/two/") ? real(address, ...more).then(late) : real(address, ...more);
        const links = [...document.querySelectorAll("article a")];
        for (const name of ["Two", "Home"]) links.find(({ textContent }) => textContent === name).click();
    }""")
    arrive(page, server, "Home", "")
    page.wait_for_timeout(800)
    assert page.url == server.address
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_visible()
