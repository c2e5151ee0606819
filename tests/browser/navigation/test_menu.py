"""The menu of a narrow page opens on all sections, with the pages of the one that the reader is in below its name."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.real import go
from tests.conftest import SAVE_DATA
from tests.site.server import Site

pytestmark = pytest.mark.browser

REACHED = """(links) => links.map((link) => {
  link.scrollIntoView({ block: "nearest" });
  const { left, top, height } = link.getBoundingClientRect();
  const isOnTop = link.contains(document.elementFromPoint(left + 20, top + height / 2));
  return isOnTop ? link.textContent.trim() : "";
})"""
"""The words of the links that a finger meets, after no more than scrolling."""


@pytest.fixture(scope="module")
def phone(chromium: Browser, real_site: Site) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(real_site.address)
    yield page
    context.close()


def opened(page: Page) -> Locator:
    """The menu, opened."""
    page.locator(".md-header__button[for=__drawer]").click()
    menu = page.locator(".md-nav--primary")
    expect(menu).to_be_in_viewport()
    return menu


def sections(page: Page) -> list[str]:
    """The names of the tabs, which a wide page shows."""
    return [name.strip() for name in page.locator(".md-tabs__link").all_text_contents()]


def reached(links: Locator) -> list[str]:
    words: list[str] = links.evaluate_all(REACHED)
    return words


OWN = ".md-nav__item--active .md-nav[data-md-level] a.md-nav__link"


@pytest.mark.parametrize(
    ("path", "page_title"),
    [("case/", "Your case"), ("cost/prompting/", "What a prompt costs"), ("decide/ladder/", "Which lever do I pull?")],
)
def test_the_menu_opens_on_all_sections_and_the_pages_of_ones_own(
    phone: Page, real_site: Site, path: str, page_title: str
) -> None:
    """Also on a page two levels below its section."""
    go(phone, real_site, path)
    menu = opened(phone)
    names = sections(phone)
    assert len(names) > 5
    first = menu.locator("> .md-nav__list > .md-nav__item > :is(a, label, div).md-nav__link")
    assert reached(first) == names
    assert page_title in reached(menu.locator(".md-nav__item--active > .md-nav__link--active:visible"))
    if path != "case/":
        assert len([words for words in reached(menu.locator(OWN).locator("visible=true")) if words]) > 5
    phone.keyboard.press("Escape")
    phone.locator(".md-overlay").click(position={"x": 350, "y": 400})


def test_a_section_folds_its_pages_away_and_the_contents_of_the_page_are_a_list_of_their_own(
    phone: Page, real_site: Site
) -> None:
    go(phone, real_site, "cost/prompting/")
    menu = opened(phone)
    own = menu.locator("a.md-nav__link", has_text="What retrieval costs")
    expect(own).to_be_visible()
    section = menu.locator("> .md-nav__list > .md-nav__item--active > label.md-nav__link")
    section.click()
    expect(own).to_be_hidden()
    section.click()
    expect(own).to_be_visible()
    menu.locator("label[for=__toc].md-nav__link").click()
    contents = menu.locator(".md-nav--secondary a", has_text="Next")
    assert reached(contents) == ["Next"]
    menu.locator("label[for=__toc].md-nav__title").click()
    assert reached(own) == [own.inner_text()]
    own.click()
    expect(phone.locator("#__drawer")).not_to_be_checked()
