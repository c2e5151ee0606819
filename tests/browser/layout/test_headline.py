"""On a phone the answer stays in sight above the questions, in at most a seventh of the screen, with all its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.browser.real import NAMES, places
from tests.site.server import Site

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}
LANDSCAPE: ViewportSize = {"width": 740, "height": 360}
ZOOMED: ViewportSize = {"width": 180, "height": 370}
"""The phone at 200 %: half as many pixels of a page."""

MOST = 110
"""Pixels of 740."""

HEADLINES = """([id, results, ways]) => ways.flatMap((isSent) => results.map((html) => {
  const section = document.getElementById(id);
  const template = document.createElement("template");
  template.innerHTML = html;
  const headline = template.content.querySelector(".result-headline");
  section.querySelector(".result-headline").replaceWith(headline);
  if (isSent) {
    const said = Object.assign(document.createElement("p"), { className: "result-sent" });
    said.textContent = "Sent, made with a file that is not here";
    headline.querySelector(".result-value").after(said);
    section.classList.add("is-sent");
  }
  section.querySelector(".calc-questions").scrollIntoView();
  const { position } = getComputedStyle(headline);
  const { offsetHeight: height, scrollHeight, clientHeight, innerText: words } = headline;
  return { words, position, height, hidden: scrollHeight - clientHeight };
}))"""


def headlines(
    page: Page, site: Site, catalogue: Catalogue, name: str, *, ways: tuple[bool, ...] = (False,)
) -> list[dict[str, Any]]:
    """How the page lays out the headline of each example, and of the page's own numbers with one changed.

    `ways` says whether they are as they come, or those of a link that was sent, which come last.
    """
    assert site.folder
    path, id = places(site.folder)[name]
    page.goto(site.address + path)
    given = [{}, *(example.given for example in find_calculator(name).examples)]
    answers = [json.loads(catalogue.answer(Question(name, dict(it), form="page"))) for it in given]
    results: list[dict[str, Any]] = page.evaluate(HEADLINES, [id, [it["result"] for it in answers], ways])
    return results


@pytest.fixture(scope="module")
def still(chromium: Browser) -> Iterator[Page]:
    """A page without scripts of its own: what it looks like is in its style sheets."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_headline_leaves_a_phone_to_the_questions(
    still: Page, real_site: Site, catalogue: Catalogue, name: str
) -> None:
    still.set_viewport_size(PHONE)
    for headline in headlines(still, real_site, catalogue, name, ways=(False, True)):
        assert headline["position"] == "sticky" and headline["height"] <= MOST, headline
        assert headline["hidden"] <= 1, headline


def test_a_low_and_narrow_window_is_left_to_the_questions(still: Page, real_site: Site, catalogue: Catalogue) -> None:
    """A phone at 200 %: there the answer goes out of sight with the page. A phone on its side keeps it, in a line."""
    for size, position, most in ((ZOOMED, "static", None), (LANDSCAPE, "sticky", MOST)):
        still.set_viewport_size(size)
        for headline in headlines(still, real_site, catalogue, "evaluating/judge"):
            assert headline["position"] == position and headline["hidden"] <= 1, headline
            assert most is None or headline["height"] <= most, headline
