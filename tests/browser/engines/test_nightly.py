"""Every night, in each engine: all pages, examples, links, files and returns, and what typed words leave behind."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.declare import File, Text, kinds
from calculators.engine.questions.question import Question
from tests.browser.engines.browsers import Opener
from tests.browser.engines.test_engines import (
    EDIT,
    FOREIGN,
    LIVE,
    LOADED,
    NOT_BUSY,
    SETTLED,
    SHOWN,
    expected,
    page_of,
    returned,
    show,
    shown,
)
from tests.browser.engines.windows import PlaywrightWindow, Window, wait
from tests.browser.privacy.test_no_leak import KEPT, MARKER
from tests.browser.real import NAMES, PAGES, TYPED
from tests.site.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.long]

ADDRESSES = [path.removesuffix("index.md").replace(".md", "/") for path in PAGES]

READY = "() => document.readyState === 'complete'"

HAS_CALCULATOR = "() => document.querySelector('section.calc') !== null"

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

BOXES = """(id) => [...document.querySelector(`section.calc#${id} form`).elements]
  .filter((it) => it.name && it.matches("input:not([type=checkbox], [type=file]), textarea")).map((it) => it.name)"""
"""The names of the boxes that take what is typed."""


@pytest.mark.promise("A18")
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_is_wider_than_its_screen_or_has_something_to_report(
    window: Window, real_site: Site, width: int
) -> None:
    """WebKit's driver keeps the console to itself, so there only the widths are compared."""
    messages: list[str] = []
    if isinstance(window, PlaywrightWindow):
        window.page.on("console", lambda message: messages.append(f"{window.page.url}: {message.text}"))
    wide = {}
    for address in ADDRESSES:
        window.open(real_site.address + address)
        wait(window, LOADED if window.evaluate(HAS_CALCULATOR) else READY)
        window.resize(width, 900)
        if excess := window.evaluate(TOO_WIDE):
            wide[address] = excess
    window.resize(1280, 900)
    assert (wide, messages) == ({}, [])


@pytest.mark.promise("A5", "A18")
@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_answered_as_at_the_terminal(
    window: Window, real_site: Site, catalogue: Catalogue, name: str
) -> None:
    id = show(window, real_site, name)
    for example in find_calculator(name).examples:
        if not (given := dict(example.given)):
            continue  # the page as it comes
        window.evaluate("(id) => document.querySelector(`section.calc#${id} [data-reset]`).click()", id)
        wait(window, NOT_BUSY, id)
        window.evaluate(EDIT, id, given)
        document = window.evaluate(
            "(name, given) => window.__calculators.ask(name, given, 'json')", name, json.dumps(given)
        )
        assert document == catalogue.answer(Question(name, given, form="json")), example.name
    assert window.evaluate(FOREIGN) == []


def linked(name: str) -> dict[str, str]:
    """The answers of a calculator's last example that may travel in a link: no texts."""
    described = kinds(find_calculator(name).inputs)
    given = find_calculator(name).examples[-1].given
    return {
        key: text for key, text in given.items() if key in described and not isinstance(described[key], Text | File)
    }


@pytest.mark.promise("A18")
@pytest.mark.parametrize("name", [name for name in NAMES if linked(name)])
def test_a_link_to_each_calculator_brings_its_numbers(
    window: Window, real_site: Site, catalogue: Catalogue, name: str
) -> None:
    given = linked(name)
    address, id = page_of(real_site, name)
    fragment = "&".join(f".{quote(key)}={quote(text)}" for key, text in given.items())
    window.open(f"{address}?{name}#numbers=1&calculator={quote(name, safe='')}&{fragment}")
    wait(window, LIVE, id)
    assert shown(window, id)["spoken"] == expected(catalogue, name, given)["spoken"]


@pytest.mark.promise("A18", "F8")
@pytest.mark.parametrize("name", NAMES)
def test_each_calculator_shows_what_its_controls_hold_after_a_return(
    opener: Opener, real_site: Site, catalogue: Catalogue, name: str
) -> None:
    window = opener()
    address, id = page_of(real_site, name)
    window.open(address)
    wait(window, LIVE, id)
    window.evaluate(EDIT, id, dict(find_calculator(name).examples[-1].given))
    shown(window, id)
    window.open(f"{real_site.address}reference/prices/")
    for travel in (window.back, window.forward, window.back):
        travel()
    wait(window, LIVE, id)
    window.evaluate("() => new Promise((done) => setTimeout(done, 1000))")
    wait(window, NOT_BUSY, id)
    panel = window.evaluate(SHOWN, id)
    form = f"(id) => ({TYPED})(document.querySelector(`section.calc#${{id}} form`))"
    together = window.evaluate(form, id)
    assert panel["value"] in catalogue.answer(Question(name, together, form="text"))
    assert not panel["stale"]


@pytest.mark.promise("A1", "A4", "A18")
@pytest.mark.parametrize("name", NAMES)
def test_typed_words_stay_in_the_form(window: Window, real_site: Site, name: str, tmp_path: Path) -> None:
    """The marker goes into every box for text and every file, and as a mistake into every number."""
    id = show(window, real_site, name)
    real_site.asked.clear()
    file = tmp_path / f"{MARKER}.jsonl"
    file.write_text(json.dumps({"text": MARKER}) + f"\n{MARKER}\n", "utf-8")
    described = kinds(find_calculator(name).inputs)
    for field in window.evaluate(BOXES, id):
        window.evaluate(EDIT, id, {field: MARKER})
    for key, kind in described.items():
        if isinstance(kind, File):
            window.choose(f"#{id} [name='{key}'][type=file]", file)
    wait(window, SETTLED, id)
    assert MARKER not in window.evaluate(KEPT)
    assert [path for path in real_site.asked if MARKER in path] == []
    assert window.evaluate(FOREIGN) == []


@pytest.mark.promise("A18")
def test_a_private_window_answers_and_remembers_as_long_as_it_is_open(
    opener: Opener, real_site: Site, catalogue: Catalogue
) -> None:
    name, given = "prompting/cost", {"requests": "7777"}
    address, id = page_of(real_site, name)
    window = opener(private=True)
    for visit in ("first", "second"):
        window.open(f"{address}?{visit}")
        wait(window, LIVE, id)
        if visit == "first":
            window.evaluate(EDIT, id, given)
        assert shown(window, id)["spoken"] == expected(catalogue, name, given)["spoken"], visit
    window.open(f"{real_site.address}reference/prices/")
    for travel in (window.back, window.forward, window.back):
        travel()
    returned(window, catalogue, name, id, given)
