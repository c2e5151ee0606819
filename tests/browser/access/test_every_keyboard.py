"""Every calculator is filled in by keyboard alone, sees its focus, and speaks each answer once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.browser.real import (
    AWAY,
    NAMES,
    OF_EACH_TOPIC,
    calculator,
    chosen,
    first_number,
    go,
    places,
    possible_sentences,
    settled,
    spoken,
)
from tests.json_types import JsonObject
from tests.site.server import Site

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

EMPTY_FOLD = "details[data-keep][open]:not(:has(> :not(summary, [data-said])))"
"""A fold that waits for its content: what comes after it moves down once more."""

NOTE = """(status) => {
  new MutationObserver(() => status.textContent && window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""


def walk(section: Locator, key: str) -> list[JsonObject]:
    """Press a key again and again, and tell what had the focus until it left the calculator; folds are opened."""
    passed: list[JsonObject] = []
    element = section.element_handle()  # Looking it up anew takes longer than the key itself.
    while True:
        section.page.keyboard.press(key)
        focused = element.evaluate(FOCUSED)
        if focused is None:
            return passed
        passed.append(focused)
        if focused["closed"]:
            section.page.keyboard.press("Enter")
            expect(section.locator(EMPTY_FOLD)).to_have_count(0)


def covered(passed: list[JsonObject]) -> list[str]:
    """What had the focus and could not be seen."""
    return [f"{stop['tag']} {stop['name']} {stop['words']}" for stop in passed if not stop["seen"]]


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


# Each field takes a second or so, there and back: in every run one of those with choices, texts, and numbers alone.
@pytest.mark.one_in(3)
@pytest.mark.promise("A13")
@pytest.mark.parametrize("name", chosen(("choosing/approach", "fine_tuning/dataset", "evaluating/compare")))
def test_a_calculator_is_filled_in_by_keyboard_alone(
    site_page: Page, real_site: Site, name: str, catalogue: Catalogue
) -> None:
    section = calculator(site_page, real_site, name)
    section.evaluate("(it) => { it.tabIndex = -1; it.focus(); }")
    forth = walk(section, "Tab")
    assert covered(forth) == []
    reached = {stop["name"] for stop in forth}
    visible = section.locator("form :is(input, select, textarea):visible")
    assert set(visible.evaluate_all("all => all.map((it) => it.name)")) <= reached

    examples = [dict(example.given) for example in find_calculator(name).examples]
    typed = next(given for given in reversed(examples) if set(given) <= reached)
    given = dict(typed)
    back: list[JsonObject] = []
    element = section.element_handle()
    while given or not back:
        site_page.keyboard.press("Shift+Tab")
        focused = element.evaluate(FOCUSED)
        assert focused is not None, f"the keyboard did not come past {list(given)}"
        back.append(focused)
        if focused["name"] in given:
            wanted = given.pop(focused["name"])
            if focused["value"] != wanted:
                enter(site_page, focused, wanted)
                assert element.evaluate(FOCUSED)["name"] == focused["name"], "an edit moved the focus"
    assert covered(back) == []

    expected = json.loads(catalogue.answer(Question(name, typed, form="page")))
    sentences = "|".join(map(re.escape, possible_sentences(expected["spoken"])))
    expect(spoken(section)).to_have_text(re.compile(rf"^\s*(?:{sentences})\s*$"))
    expect(section.locator(".calc-stale")).to_be_hidden()


def changed_text(text: str) -> str:
    """A number near a typed one."""
    index = max(position for position, sign in enumerate(text) if sign.isdigit())
    return f"{text[:index]}{(int(text[index]) + 1) % 10}{text[index + 1 :]}"


@pytest.mark.one_in(3)
@pytest.mark.promise("A13")
@pytest.mark.parametrize("name", chosen(OF_EACH_TOPIC))
def test_an_answer_is_spoken_once(site_page: Page, real_site: Site, name: str) -> None:
    section = calculator(site_page, real_site, name)
    number = first_number(section)
    typed = number.input_value()
    number.fill(changed_text(typed))  # starts Python, which is spoken, too
    settled(section)
    spoken(section).evaluate(NOTE)
    for text in (typed, changed_text(typed)):
        site_page.evaluate("() => { window.said = []; }")
        number.fill(text)
        while not site_page.evaluate("() => window.said.length"):
            site_page.wait_for_timeout(50)
        settled(section)
        site_page.keyboard.press("Tab")
        assert site_page.evaluate("() => window.said") == [spoken(section).text_content()]


CHARTS = """async ([address, id]) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return [...page.querySelectorAll(`#${id} [data-result] svg[role=img]`)].map((chart) => {
    const block = chart.closest("section");
    const isBeside = block.closest("div.result-short") !== null;
    const place = isBeside ? page : block;
    return {
      name: chart.querySelector("title")?.textContent || chart.getAttribute("aria-label"),
      hasTable: place.querySelector(isBeside ? ".result-more > .is-wide > details table" : "table") !== null,
      summary: block.querySelector(".chart-shares") ? null : block.querySelector(".chart-summary")?.textContent ?? "",
    };
  });
}"""
"""The charts of a calculator as its page comes: the name of each, whether a table is beside it, and its sentence where
it needs one."""


@pytest.mark.promise("A12")
def test_every_chart_has_a_sentence_and_a_table(site_page: Page, real_site: Site) -> None:
    """A drawing says nothing that the words and numbers beside it do not say."""
    assert real_site.folder
    go(site_page, real_site, AWAY)
    with_charts = set()
    for name, (path, id) in places(real_site.folder).items():
        for chart in site_page.evaluate(CHARTS, [real_site.address + path, id]):
            with_charts.add(name)
            assert chart["name"] and chart["hasTable"], name
            assert chart["summary"] is None or len(chart["summary"]) > 20, name
    assert len(with_charts) > len(NAMES) / 2
