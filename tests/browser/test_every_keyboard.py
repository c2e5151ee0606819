"""Every calculator is filled in by keyboard alone, sees its focus, and speaks each answer once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.find import find
from tests.browser.real import NAMES, calculator, settled, spoken
from tests.site.server import Site
from tests.strategies import fields

pytestmark = pytest.mark.browser

FOCUSED = """(section) => {
  const it = document.activeElement;
  if (!section.contains(it) || it === section) return null;
  const seen = [...it.getClientRects()].some((box) => [0.1, 0.5, 0.9].some((part) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
    return top && (it.contains(top) || top.contains(it) && top.closest(".field-control") !== null);
  }));
  return {
    name: it.closest("form") ? it.name ?? "" : "", kind: it.type ?? it.localName, tag: it.localName,
    value: it.type === "checkbox" ? (it.checked ? "yes" : "no") : it.value, seen, words: it.textContent.slice(0, 40),
    options: it.localName === "select" ? [...it.options].map((option) => option.value) : [],
    closed: it.localName === "summary" && !it.parentElement.open,
  };
}"""
"""What has the focus inside a calculator, and whether a reader sees it: null where the focus is elsewhere."""

MANY = 13
"""Numbers above which a calculator takes so long to fill in by keyboard that only the long run does."""

EMPTY_FOLD = "details[data-working][open]:not(:has(table)):not(:has(p))"
"""A fold that waits for its working: what comes after it moves down once more."""

NOTE = """(status) => {
  new MutationObserver(() => status.textContent && window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""


def walk(section: Locator, key: str) -> list[dict[str, Any]]:
    """Press a key again and again, and tell what had the focus until it left the calculator; folds are opened."""
    passed = []
    while True:
        section.page.keyboard.press(key)
        focused = section.evaluate(FOCUSED)
        if focused is None:
            return passed
        passed.append(focused)
        if focused["closed"]:
            section.page.keyboard.press("Enter")
            expect(section.locator(EMPTY_FOLD)).to_have_count(0)


def covered(passed: list[dict[str, Any]]) -> list[str]:
    """What had the focus and could not be seen."""
    return [f"{it['tag']} {it['name']} {it['words']}" for it in passed if not it["seen"]]


def enter(page: Page, focused: dict[str, Any], text: str) -> None:
    """Give the focused control a value with keys only."""
    keys = page.keyboard
    if focused["kind"] == "checkbox":
        keys.press("Space")
    elif focused["tag"] == "select":
        keys.press("Home")
        for _ in range(focused["options"].index(text)):
            keys.press("ArrowDown")
    else:
        keys.press("Control+A")
        if text:
            keys.insert_text(text)
        else:
            keys.press("Delete")


# Each field takes a second or so, there and back.
ALL = [pytest.param(it, marks=pytest.mark.long) if len(fields(find(it).inputs)) > MANY else it for it in NAMES]


@pytest.mark.parametrize("name", ALL)
def test_a13_a_calculator_is_filled_in_by_keyboard_alone(
    site_page: Page, real_site: Site, name: str, catalogue
) -> None:
    section = calculator(site_page, real_site, name)
    section.evaluate("(it) => { it.tabIndex = -1; it.focus(); }")
    forth = walk(section, "Tab")
    assert covered(forth) == []
    reached = {it["name"] for it in forth}
    visible = section.locator("form :is(input, select, textarea):visible")
    assert set(visible.evaluate_all("all => all.map((it) => it.name)")) <= reached

    given = dict(find(name).examples[-1].given)
    assert set(given) <= reached
    back = []
    while given or not back:
        site_page.keyboard.press("Shift+Tab")
        focused = section.evaluate(FOCUSED)
        assert focused is not None, f"the keyboard did not come past {list(given)}"
        back.append(focused)
        if focused["name"] in given:
            wanted = given.pop(focused["name"])
            if focused["value"] != wanted:
                enter(site_page, focused, wanted)
                assert section.evaluate(FOCUSED)["name"] == focused["name"], "an edit moved the focus"
    assert covered(back) == []

    expected = json.loads(catalogue.answer(name, json.dumps(dict(find(name).examples[-1].given)), "page"))
    expect(spoken(section)).to_have_text(expected["spoken"])
    expect(section.locator(".calc-stale")).to_be_hidden()


def other(text: str) -> str:
    """A number near a typed one."""
    at = max(at for at, sign in enumerate(text) if sign.isdigit())
    return f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"


@pytest.mark.parametrize("name", NAMES)
def test_a13_an_answer_is_spoken_once(site_page: Page, real_site: Site, name: str) -> None:
    section = calculator(site_page, real_site, name)
    number = section.locator("form input[inputmode=decimal]:not([value=''])").first
    typed = number.input_value()
    number.fill(other(typed))  # starts Python, which is spoken, too
    settled(section)
    spoken(section).evaluate(NOTE)
    for text in (typed, other(typed)):
        site_page.evaluate("() => { window.said = []; }")
        number.fill(text)
        while not site_page.evaluate("() => window.said.length"):
            site_page.wait_for_timeout(50)
        settled(section)
        site_page.keyboard.press("Tab")
        assert site_page.evaluate("() => window.said") == [spoken(section).text_content()]


def test_a12_every_chart_has_a_sentence_and_a_table(site_page: Page, real_site: Site) -> None:
    """A drawing says nothing that the words and numbers beside it do not say."""
    for name in NAMES:
        charts = calculator(site_page, real_site, name).locator("[data-result] svg[role=img]")
        for drawn in charts.all():
            block = drawn.locator("xpath=ancestor::section[1]")
            assert drawn.locator("title").text_content() or drawn.get_attribute("aria-label"), name
            expect(block.locator("table")).to_have_count(1)
            if block.locator(".chart-shares").count() == 0:
                assert len(block.locator(".chart-summary").text_content() or "") > 20, name
