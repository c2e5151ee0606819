"""What tests do with the calculators of the site as it ships: find each one's page, go there, and ask."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from calculators.find import names
from tests.site.server import Site

NAMES = names()
SECTION = re.compile(r'<section class="calc calc-full" id="([^"]+)" data-calculator="([^"]+)"')

FOLLOW = """(url) => {
  document.querySelector(".md-container").dataset.left = "";
  [...document.querySelectorAll(".md-nav a")].find((it) => it.href === url).click();
}"""


@cache
def places(folder: Path) -> dict[str, tuple[str, str]]:
    """For each calculator the page that shows all of it, and its id there."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.rglob("index.html")):
        for id, name in SECTION.findall(path.read_text("utf-8")):
            found.setdefault(name, (path.relative_to(folder).as_posix().removesuffix("index.html"), id))
    assert set(found) == set(NAMES)
    return found


def go(page: Page, site: Site, path: str) -> None:
    """Go to a page, by the theme's instant navigation where the site is open already, so that the Worker stays."""
    if page.url.startswith(site.address):
        page.evaluate(FOLLOW, site.address + path)
        page.wait_for_url(site.address + path)
        page.locator("[data-left]").wait_for(state="detached")  # The address changes before the page does.
    else:
        page.goto(site.address + path)


def calculator(page: Page, site: Site, name: str) -> Locator:
    """A calculator on its page, live, as the page came."""
    assert site.folder
    path, id = places(site.folder)[name]
    if page.url.split("#")[0] == site.address + path:
        # Away and back, with nothing typed that would be put back; so the Worker stays.
        page.locator("section.calc [data-reset]").evaluate_all("(all) => all.forEach((it) => it.click())")
        go(page, site, "")
    go(page, site, path)
    section = page.locator(f"section.calc#{id}[data-live]")
    section.wait_for()
    expect(section).to_have_attribute("data-calculator", name)
    return section


def control(section: Locator, name: str) -> Locator:
    return section.locator(f"form [name='{name}']")


def spoken(section: Locator) -> Locator:
    """The line that a screen reader hears."""
    return section.locator(".calc-status")


def settled(section: Locator) -> None:
    """Wait until the newest answer or message is there and was spoken."""
    expect(section).not_to_contain_class("is-busy")
    expect(spoken(section)).not_to_have_text(re.compile("^$|Loading|Computing"))


def text_of(page: Page, html: str) -> Any:
    """The text that a browser makes of our markup."""
    return page.evaluate(
        "(html) => { const it = document.createElement('div'); it.innerHTML = html; return it.textContent }", html
    )
