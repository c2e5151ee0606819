"""On the site as it ships, what the controls hold and what the result shows belong together, however a reader came."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Locator, Page, Playwright, expect

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests.browser.conftest import started
from tests.browser.real import calculator, control, go, settled
from tests.conftest import SAVE_DATA
from tests.site.server import Site
from tests.strategies import fields

pytestmark = pytest.mark.browser

NAME = "prompting/cost"
PATH = "cost/prompting/"


def holds_together(section: Locator, catalogue: Catalogue) -> None:
    """Hold that the result is the answer to what stands in the controls."""
    expect(section.locator(".calc-stale")).to_be_hidden()
    given = section.locator("form").evaluate("(form) => Object.fromEntries(new FormData(form))")
    boxes = section.locator("form input[type=checkbox]").evaluate_all(
        "(all) => Object.fromEntries(all.map((it) => [it.name, it.checked ? 'yes' : 'no']))"
    )
    reply = json.loads(catalogue.answer(Question(NAME, {k: v for k, v in (given | boxes).items() if v}, form="page")))
    expect(section.locator(".result-value").first).to_have_text(reply["spoken"].split(": ")[1])


def typed(page: Page, site: Site) -> Locator:
    """The calculator with another number in it, and its answer."""
    section = calculator(page, site, NAME)
    control(section, "requests").fill("7777")
    settled(section)
    return section


@pytest.mark.promise("A7", "R10")
def test_after_a_reload_they_belong_together(site_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    typed(site_page, real_site)
    site_page.evaluate("() => location.reload()")
    site_page.wait_for_load_state("load")
    holds_together(site_page.locator("section.calc[data-live]").first, catalogue)


@pytest.mark.promise("A7", "R10")
def test_a_number_of_pages_outlives_a_reload(site_page: Page, real_site: Site) -> None:
    """Pages are a number as well, so they are kept and travel in a link."""
    section = calculator(site_page, real_site, NAME)
    control(section, "instructions").fill("2 pages")
    settled(section)
    site_page.reload()
    expect(control(section, "instructions")).to_have_value("2 pages")
    section.get_by_role("button", name="Reset").click()


def test_after_another_page_and_back_they_belong_together(
    site_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    typed(site_page, real_site)
    go(site_page, real_site, "reference/prices/")
    site_page.go_back()
    site_page.wait_for_url(real_site.address + PATH)
    section = site_page.locator("section.calc[data-live]").first
    expect(control(section, "requests")).to_have_value("7777")
    holds_together(section, catalogue)


@pytest.mark.promise("A7", "R10")
def test_after_a_page_without_the_theme_and_back_they_belong_together(
    site_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    typed(site_page, real_site)
    site_page.goto(f"{real_site.address}assets/")
    site_page.go_back(wait_until="commit")
    holds_together(site_page.locator("section.calc[data-live]").first, catalogue)


@pytest.mark.promise("A7", "R10")
def test_a_page_that_was_kept_whole_goes_on(
    playwright: Playwright, tmp_path: Path, real_site: Site, catalogue: Catalogue
) -> None:
    """Chromium's back/forward cache, which Playwright switches off: the page comes back with its Worker."""
    with started(playwright, tmp_path, ignore_default_args=["--disable-back-forward-cache"]) as context:
        page = context.new_page()
        page.add_init_script(SAVE_DATA)
        section = typed(page, real_site)
        page.evaluate("() => addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
        with Site() as second_site:
            page.goto(second_site.address)
            page.go_back(wait_until="commit")
            expect(control(section, "requests")).to_have_value("7777")
            holds_together(section, catalogue)
            control(section, "requests").fill("8888")
            settled(section)
            holds_together(section, catalogue)


def link(page: Page, site: Site, fragment: str) -> Locator:
    """Open the page anew by a link with a fragment."""
    page.goto("about:blank")
    page.goto(f"{site.address}{PATH}#{fragment}")
    section = page.locator("section.calc[data-live]").first
    section.wait_for()
    return section


@pytest.mark.promise("A7", "A20")
def test_a_link_with_half_its_values_says_so(site_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    section = link(site_page, real_site, f"numbers=1&calculator={NAME}&.requests=7777&.model=nobody/nothing&.no=1")
    expect(section.locator("[data-notice]")).to_contain_text("Not understood and left out: Model, no.")
    expect(control(section, "requests")).to_have_value("7777")
    settled(section)
    holds_together(section, catalogue)


@pytest.mark.promise("A7", "A20")
def test_what_is_changed_after_a_link_outlives_a_reload_and_another_page(
    site_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    """The link's other numbers stay, and the page says whose they are."""
    section = link(site_page, real_site, f"numbers=1&calculator={NAME}&.requests=7777&.answer=420")
    settled(section)
    control(section, "requests").fill("8888")
    settled(section)
    whose = "These numbers came with the link, with your changes."
    expect(section.locator("[data-notice]")).to_have_text(whose)
    site_page.reload()
    for back in (False, True):
        if back:
            site_page.goto(f"{real_site.address}assets/")
            site_page.go_back(wait_until="commit")
        section = site_page.locator("section.calc[data-live]").first
        expect(control(section, "requests")).to_have_value("8888")
        expect(control(section, "answer")).to_have_value("420")
        expect(section.locator("[data-notice]")).to_have_text(whose)
        settled(section)
        holds_together(section, catalogue)


HOSTILE = [
    "numbers=1&calculator=prompting/cost&.requests=<script>alert(1)</script>",
    "numbers=1&calculator=prompting/cost&.requests=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "numbers=1&calculator=<b>&.requests=1",
    "numbers=1&calculator=prompting/cost&.__proto__=1&.constructor=2&.toString=3",
    "numbers=1&calculator=prompting/cost&on=%23x%22]&.requests=1",
    "numbers=1&calculator=prompting/cost&facts=<i>&answer=<b>javascript:alert(1)</b>&.requests=5",
    "numbers=2&calculator=prompting/cost&.requests=1",
    "numbers=1&numbers=1&calculator=prompting/cost&calculator=rag/cost&.requests=1&.requests=2",
    "numbers=%E0%A4%A&calculator=%ff",
    "numbers=1&calculator=prompting/cost&.requests=" + "9" * 200_000,
    'calls=\\"x',
    "q=<script>alert(1)</script>&h=x",
]


@pytest.mark.promise("R12", "A20")
def test_a_hostile_link_breaks_nothing(site_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    """Every third, as each loads the site; test_instrument.py has as many that change an open page."""
    nothing_breaks(site_page, real_site, catalogue, HOSTILE[::3])


@pytest.mark.long
@pytest.mark.promise("R12", "A20")
def test_no_hostile_link_breaks_anything(site_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    nothing_breaks(site_page, real_site, catalogue, HOSTILE)


def nothing_breaks(site_page: Page, real_site: Site, catalogue: Catalogue, hostile: list[str]) -> None:
    """Hold that no such link puts an element into the calculator or keeps it from answering."""
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    site_page.on("dialog", dismissed)
    for fragment in hostile:
        section = link(site_page, real_site, fragment)
        expect(section.locator("form fieldset").first).to_be_enabled()
        assert section.locator("script, img, b, i").count() == 0, fragment
    control(section, "requests").fill("9")
    settled(section)
    holds_together(section, catalogue)
    assert dialogs == []


DECODE = """async ([fragments, name]) => {
  const build = document.querySelector("meta[name=build]").content;
  const { fromAddress } = await import(new URL(`assets/runtime/${build}/link.js`, window.__md_scope).href);
  const section = document.querySelector(`section.calc[data-calculator="${name}"]`);
  const form = section.querySelector("form");
  return fragments.map((fragment) => {
    history.replaceState(history.state, "", `#${fragment}`);
    const found = fromAddress(section, form);
    return found ? [found.texts ?? null, found.message] : null;
  });
}"""


def fragments(amount: int) -> Iterator[str]:
    """Links as someone hostile or hasty writes them: right parts, wrong parts, cut and mixed."""
    chance = random.Random("hostile links")
    known = [field.path for field in fields(find_calculator(NAME).inputs)]
    words = [
        "1",
        "",
        "yes",
        "<b>",
        "%",
        "%zz",
        "nan",
        "1e309",
        "\u0661",
        "\ud83d\ude00",
        "'",
        '"',
        "x" * 120,
        "../",
        "&",
        "=",
    ]
    for _ in range(amount):
        parts = [f"numbers={chance.choice(['1', '1', '1', '2', ''])}", f"calculator={chance.choice([NAME, NAME, 'x'])}"]
        for _ in range(chance.randrange(6)):
            name = chance.choice([*known, "model", "caching", "__proto__", "", "no.such"])
            parts.append(f"{chance.choice(['.', '.', '', '..'])}{name}={chance.choice(words)}")
        chance.shuffle(parts)
        text = "&".join(parts)
        yield text[: chance.randrange(len(text))] if chance.random() < 0.2 else text


def decoded(page: Page, site: Site, amount: int) -> None:
    """Hold what the decoder makes of any link: nothing is thrown, and only known controls get texts."""
    section = calculator(page, site, NAME)
    names = set(section.locator("form [name]").evaluate_all("(all) => all.map((it) => it.name)"))
    readings = page.evaluate(DECODE, [list(fragments(amount)), NAME])
    assert len(readings) == amount
    for reading in filter(None, readings):
        texts, message = reading
        assert re.fullmatch(r"[A-Z][\w ,.:()?%'’-]+\.", message), message
        assert set(texts or {}) <= names and all(len(text) <= 100 for text in (texts or {}).values())
    assert any(reading and reading[0] for reading in readings) and any(
        reading and not reading[0] for reading in readings
    )


@pytest.mark.promise("A20")
def test_any_link_is_decoded_or_refused_in_words(site_page: Page, real_site: Site) -> None:
    decoded(site_page, real_site, 500)


@pytest.mark.promise("A20")
@pytest.mark.long
def test_very_many_links_are_decoded_or_refused_in_words(site_page: Page, real_site: Site) -> None:
    decoded(site_page, real_site, 50_000)


TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.querySelector("section.calc"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("[translate=no], option, textarea")) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    text.replaceWith(outer);
    outer.append(inner);
    inner.append(`ü${text.data}`);
  }
  document.documentElement.lang = "de";
}"""
"""What a browser's translation does to a page: each text is replaced, inside elements of its own."""


@pytest.mark.promise("R11", "A25")
def test_a_translated_page_still_calculates(site_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    section = calculator(site_page, real_site, NAME)
    shown_value = section.locator(".result-value").first
    site_page.evaluate(TRANSLATE)
    expect(section.locator("label").first).to_contain_text("ü")
    expect(shown_value).not_to_contain_text("ü")
    control(section, "requests").fill("7777")
    settled(section)
    holds_together(section, catalogue)
    site_page.evaluate(TRANSLATE)
    control(section, "requests").fill("many")
    expect(section.locator("[data-field=requests] .field-error")).to_contain_text("must be a number")


MOVING = """() => [...document.querySelectorAll("*")].filter((it) => {
  const { transitionDuration, animationName } = getComputedStyle(it);
  return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
}).map((it) => it.className)"""


@pytest.mark.promise("A25")
def test_nothing_moves_for_readers_who_want_no_motion(site_page: Page, real_site: Site) -> None:
    """The page of most tests is one of such a reader's."""
    calculator(site_page, real_site, NAME)
    assert site_page.evaluate("() => matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert site_page.evaluate(MOVING) == []


@pytest.mark.promise("F8", "A18")
def test_where_storage_is_blocked_everything_works(
    forbidding: BrowserContext, real_site: Site, catalogue: Catalogue
) -> None:
    page = forbidding.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(real_site.address + PATH)
    assert page.evaluate("() => { try { return localStorage.length } catch (error) { return error.name } }") == (
        "SecurityError"
    )
    section = page.locator("section.calc[data-live]").first
    control(section, "requests").fill("7777")
    settled(section)
    holds_together(section, catalogue)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for=__palette_1], label[for=__palette_0]").locator("visible=true").first.click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before or "")
    page.keyboard.press("/")
    page.keyboard.type("token")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert errors == []
