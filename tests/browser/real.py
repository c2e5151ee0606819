"""What tests do with the calculators of the site as it ships: find each one's page, go there, and ask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.discovery import calculator_names
from tests.conftest import ROOT
from tests.site.server import Site

NAMES = calculator_names()
PAGES = sorted(
    path.relative_to(ROOT / "docs").as_posix()
    for path in (ROOT / "docs").rglob("*.md")
    if "\nmoved: " not in path.read_text("utf-8")
)
"""The pages that a reader stays on: an old address leads on to another."""
OF_EACH_TOPIC = [*{name.split("/")[0]: name for name in reversed(NAMES)}.values()]
"""The first calculator of each topic."""


def chosen(often: Iterable[str], names: Iterable[str] = NAMES) -> list[Any]:
    """Calculators as parameters of a test: those that are tried in every run, and the others in the long one."""
    return [name if name in often else pytest.param(name, marks=pytest.mark.long) for name in names]


SECTION = re.compile(r'<section class="calc calc-full" id="([^"]+)" data-calculator="([^"]+)"')

FOLLOW = """(url) => {
  document.querySelector(".md-container").dataset.left = "";
  const link = Object.assign(document.createElement("a"), { href: url });
  document.querySelector("main").append(link);
  link.click();
}"""
"""Presses a link to a page, which the navigation itself has only where it is near: the theme takes up any link."""


@cache
def places(folder: Path) -> dict[str, tuple[str, str]]:
    """For each calculator the page that shows all of it, and its id there."""
    by_kind: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.rglob("index.html")):
        for id, name in SECTION.findall(path.read_text("utf-8")):
            by_kind.setdefault(name, (path.relative_to(folder).as_posix().removesuffix("index.html"), id))
    assert set(by_kind) == set(NAMES)
    return by_kind


def go(page: Page, site: Site, path: str) -> None:
    """Go to a page, without a load where the site is open already, so that the Worker stays."""
    go_below(page, site.address, path)


def go_below(page: Page, address: str, path: str) -> None:
    """The same for a site at another address than its server's. A page that is shown already is not drawn anew."""
    if page.url.split("#")[0] == address + path:
        return
    if page.url.startswith(address):
        page.evaluate(FOLLOW, address + path)
        page.wait_for_url(address + path)
        page.locator("[data-left]").wait_for(state="detached")  # The address changes before the page does.
    else:
        page.goto(address + path)


HOLD = """(kind) => {
  const { postMessage } = Worker.prototype;
  window.held = [];
  window.release = () => {
    Worker.prototype.postMessage = postMessage;
    window.held.splice(0).forEach((send) => send());
  };
  Worker.prototype.postMessage = function (message, ...more) {
    const send = () => postMessage.call(this, message, ...more);
    if (message.question && JSON.parse(message.question).ask.kind === kind) window.held.push(send);
    else send();
  };
}"""
"""Keeps the questions of one kind from the Worker until `release` is called."""

CHANGED = """(section) => [...section.querySelectorAll("form :is(input, select, textarea)")].some((it) => {
  if (it.options) return [...it.options].some((option) => option.selected !== option.defaultSelected) && !(
    it.selectedIndex === 0 && !it.querySelector("[selected]"));
  return it.matches("[type=checkbox], [type=radio]") ? it.checked !== it.defaultChecked : it.value !== it.defaultValue;
})"""
"""Whether a form holds something else than the page gave it."""

CASE, SHOWN = "which-lever-case", "which-lever-shown"
"""Where a tab keeps the reader's case: tests that share a tab would share it, too."""


AWAY = "contribute/add-a-source/"
"""A page without a calculator, one of the shortest: where a tab goes between two visits of a page."""


def forget_case(page: Page) -> None:
    """Forget what an earlier test typed in this tab, before a page that would be filled with it is drawn."""
    for key in (CASE, SHOWN):
        page.evaluate("(key) => sessionStorage.removeItem(key)", key)


def kept_case(page: Page) -> dict[str, dict[str, str]]:
    """The reader's case as the tab keeps it, by question."""
    text: str | None = page.evaluate("(key) => sessionStorage.getItem(key)", CASE)
    return json.loads(text) if text else {}


def calculator(page: Page, site: Site, name: str, *, with_case: bool = False) -> Locator:
    """A calculator on its page, live, as the page came; filled with the case of this tab only where a test wants it."""
    assert site.folder
    path, id = places(site.folder)[name]
    if not page.url.startswith(site.address):
        go(page, site, AWAY)  # What a tab keeps of a site can be reached on its pages alone.
    if not with_case:
        forget_case(page)
    if page.url.split("#")[0] == site.address + path:
        # Away and back, with nothing typed that would be put back; so the Worker stays.
        page.locator("section.calc [data-reset]").evaluate_all("(all) => all.forEach((it) => it.click())")
        go(page, site, AWAY)
    go(page, site, path)
    section = page.locator(f"section.calc#{id}[data-live]")
    section.wait_for()
    if not with_case and section.evaluate(CHANGED):
        # A tab keeps what a test typed here before it went to another page, and what is reset it forgets.
        section.locator("[data-reset]").evaluate("(it) => it.click()")
        go(page, site, AWAY)
        go(page, site, path)
        section.wait_for()
        assert not section.evaluate(CHANGED)
    expect(section).to_have_attribute("data-calculator", name)
    return section


TYPED = """(form) => Object.fromEntries([...form.elements].filter(({ name, type, value, dataset }) =>
  name && !["submit", "button", "file"].includes(type) && !("optional" in dataset && value === ""))
  .map((it) => [it.name, it.type === "checkbox" ? (it.checked ? "yes" : "no") : it.value]))"""
"""What the form sends: all texts, without the optional ones that are empty."""

UNFOLD = """(all) => all.forEach((it) => {
  const folds = [...document.querySelectorAll("details.field-fold")].filter((fold) => fold.contains(it));
  folds.forEach((fold) => { fold.open = true; });
})"""


def control(section: Locator, name: str) -> Locator:
    """The control of a question, with the fold opened that holds it."""
    found = section.locator(f"form [name='{name}']")
    found.evaluate_all(UNFOLD)
    return found


def first_number(section: Locator) -> Locator:
    """The first number that a form asks for and that has a default, with the fold opened that holds it."""
    found = section.locator("form input[inputmode=decimal]:not([value='']):not([hidden] *)").first
    found.evaluate_all(UNFOLD)
    return found


def spoken(section: Locator) -> Locator:
    """The line that a screen reader hears."""
    return section.locator(".calc-status")


def possible_sentences(spoken: str) -> tuple[str, str]:
    """What a page may speak for an example of the terminal's: what was not typed stays as the page came.

    So its answer need not be that of an example.
    """
    return spoken, spoken.replace(", in an example", "")


def settled(section: Locator) -> None:
    """Wait until the newest answer or message is there and was spoken."""
    expect(section).not_to_contain_class("is-busy")
    expect(spoken(section)).not_to_have_text(re.compile("^$|Loading|Computing"))


@contextmanager
def pausing(page: Page) -> Iterator[None]:
    """Have a page do in the pause after an edit what it does as shipped: prepare all that paper shows."""
    page.evaluate("() => sessionStorage.setItem('pauses', 'yes')")
    try:
        yield
    finally:
        page.evaluate("() => sessionStorage.removeItem('pauses')")


UNFILLED = "[data-result] details[data-keep]:not([data-working], :empty, :has(> :nth-child(2)))"
"""The folds that paper shows, as long as an edit has left nothing in them but their summary."""


def filled(section: Locator) -> None:
    """Wait until all that is folded away belongs to the answer, which is so after a pause."""
    expect(section.locator(UNFILLED)).to_have_count(0)


def until(page: Page, condition: str) -> None:
    """Wait until a function of the page gives true. Playwright's own wait evaluates a text, which a policy forbids."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came: {condition}")


def text_of(page: Page, html: str) -> Any:
    """The text that a browser makes of our markup."""
    return page.evaluate(
        "(html) => { const it = document.createElement('div'); it.innerHTML = html; return it.textContent }", html
    )
