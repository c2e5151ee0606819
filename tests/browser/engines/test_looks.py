"""The site looks right in each engine: lists show their options whole, each rule is known, and paper can be read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from tests.browser.engines.browsers import ENGINES
from tests.browser.engines.test_engines import EDIT, LIVE, page_of, show, shown
from tests.browser.engines.windows import PlaywrightWindow, Window, wait
from tests.browser.navigation.test_menu import OWN, REACHED
from tests.browser.real import HOLD, NAMES
from tests.conftest import ROOT
from tests.site.server import Site

pytestmark = pytest.mark.browser

FONTS_LOADED = "() => document.fonts.status === 'loaded'"

CUT_OPTIONS = """(id) => {
  const section = document.getElementById(id), box = document.createElement("div"), measured = [];
  for (const part of section.querySelectorAll("details, .field, .field-group")) {
    part.open = true;
    part.hidden = false;
  }
  box.style.cssText = "position: absolute; white-space: pre";
  for (const select of section.querySelectorAll("select")) {
    const style = getComputedStyle(select), list = select.name || select.dataset.role;
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    for (const { text } of select.options) {
      const span = Object.assign(document.createElement("span"), { textContent: text });
      for (const name of ["fontFamily", "fontSize", "fontWeight", "fontVariantNumeric"]) span.style[name] = style[name];
      box.append(span, document.createElement("br"));
      measured.push({ list, room, span });
    }
  }
  document.body.append(box);
  const cut = [];
  for (const { list, room, span } of measured) {
    const width = Math.floor(span.getBoundingClientRect().width);
    if (width > room) cut.push(`${list} has ${room} px for ${width}: ${span.textContent}`);
  }
  box.remove();
  return cut;
}"""
"""The options of a calculator's lists that are wider than their list, those in folds and of questions that do not apply
included."""


@pytest.mark.one_in(3)
@pytest.mark.promise("A18")
@pytest.mark.parametrize("name", NAMES)
def test_every_list_shows_its_longest_option_whole(window: Window, real_site: Site, name: str) -> None:
    window.resize(1280, 900)
    id = show(window, real_site, name)
    wait(window, FONTS_LOADED)
    assert window.evaluate(CUT_OPTIONS, id) == []


STYLE_SHEETS = ROOT / "docs" / "assets" / "stylesheets"

UNKNOWN = {
    "forced-color-adjust": "WebKit has no forced colors",
    "field-sizing": "WebKit 2.50 prints a control as wide as it is by itself",
    "scrollbar-color": "WebKit 2.50 draws its scrollbars in colors of its own",
}
"""What an engine may not know, and why nothing is lost."""

OF_ONE_ENGINE = re.compile("::-(webkit|moz)-")
"""Parts of a control that each engine calls by its own name."""


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """The properties of a style sheet with their settings, and its selectors as `selector`; no parts of fonts."""
    blocks: list[str] = []
    for words, end in re.findall(r"([^;{}]*)([;{}])", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        words = words.strip()
        if end == "{":
            blocks.append(words)
            if not words.startswith(("@", "from", "to")):
                yield "selector", words
        else:
            if words and "@font-face" not in blocks:
                name, _, setting = words.partition(":")
                yield name, setting.replace("!important", "").strip()
            if end == "}":
                blocks.pop()


def without_variables(setting: str, variables: dict[str, str]) -> str:
    """A setting with its variables written out: an engine calls any setting that has one correct."""
    while match := re.search(r"var\((--[\w-]+)(?:, ([^()]*(?:\([^()]*\))?))?\)", setting):
        setting = setting.replace(match[0], variables.get(match[1]) or match[2])
    return setting


NOT_KNOWN = """(rules) => {
  const sheet = new CSSStyleSheet();
  const isKnown = ([name, setting]) => {
    if (name !== "selector") return CSS.supports(name, setting);
    sheet.replaceSync(`a { ${setting} { color: red } }`);
    return sheet.cssRules[0].cssRules.length === 1;
  };
  return rules.filter((rule) => !isKnown(rule));
}"""


NAMES_OTHERS = "styles.css"
"""The sheet that has no rules, but the names of the others."""


@pytest.mark.promise("A18")
def test_every_rule_is_known(window: Window, real_site: Site) -> None:
    """WebKit, for one, has no shorthand `text-decoration: underline dotted`; it leaves such a line out unseen."""
    sheets = "".join(path.read_text("utf-8") for path in STYLE_SHEETS.glob("*.css") if path.name != NAMES_OTHERS)
    rules = dict.fromkeys(declarations(sheets))
    variables = {name: setting for name, setting in rules if name.startswith("--")}
    shared = [rule for rule in rules if rule[0] not in variables and not OF_ONE_ENGINE.search(rule[1])]
    written_out = [(name, without_variables(setting, variables)) for name, setting in shared]
    window.open(f"{real_site.address}404.html")
    unknown = window.evaluate(NOT_KNOWN, written_out)
    assert [rule for rule in unknown if rule[0] not in UNKNOWN] == []


def printed(window: Window, sheets: str) -> list[PageObject]:
    """The page on some sheets of A4 paper, as `1-3`.

    Playwright hands inches to Firefox, which takes them for centimeters.
    """
    assert isinstance(window, PlaywrightWindow)
    browser = window.page.context.browser
    unit = "in" if browser and browser.browser_type.name == "firefox" else "cm"
    document = window.page.pdf(page_ranges=sheets, width=f"21{unit}", height=f"29.7{unit}")
    pages = list(PdfReader(BytesIO(document)).pages)
    assert 590 < pages[0].mediabox.width < 600
    return pages


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


NUMBERS = """(id) => [...document.querySelectorAll(
  `#${id} :is(.field-grid > .field > .field-control > [inputmode], .result-value, .result-amounts .amount)`
)].filter((number) => number.checkVisibility()).map((number) => number.value ?? number.textContent)"""
"""What is typed into a calculator, and its amounts, without those that are folded away."""

PRINTING = [engine for engine in ENGINES if engine != "webkit"]
"""The engines whose driver prints a page."""


@pytest.mark.promise("A18")
@pytest.mark.parametrize("engine", PRINTING, indirect=True)
def test_the_numbers_of_a_printed_page_can_be_copied(window: Window, real_site: Site) -> None:
    address, id = page_of(real_site, "prompting/cost")
    window.open(address)
    wait(window, FONTS_LOADED)
    numbers = window.evaluate(NUMBERS, id)
    text = without_spaces("".join(page.extract_text() for page in printed(window, "1-6")))
    assert len(numbers) > 10
    assert [number for number in numbers if without_spaces(number) not in text] == []
    assert "\ufffd" not in text


REPORT_ON_PAPER = """() => {
  dispatchEvent(new Event("beforeprint"));
  const report = document.querySelector("body > .report");
  const seen = report && [getComputedStyle(report).display, report.textContent.includes("31,000 requests")];
  dispatchEvent(new Event("afterprint"));
  return seen;
}"""

ON_PAPER = """(id) => {
  const changed = [];
  const draw = (rules) => {
    for (const { media, cssRules, styleSheet } of rules) {
      if (media) changed.push([media, media.mediaText]);
      if (/screen|print/.test(media?.mediaText)) media.mediaText = /print/.test(media.mediaText) ? "all" : "not all";
      draw(styleSheet?.cssRules ?? cssRules ?? []);
    }
  };
  draw([...document.styleSheets].map(({ media, cssRules }) => ({ media, cssRules })));
  dispatchEvent(new Event("beforeprint"));
  const section = document.getElementById(id);
  const part = (selector) => [...section.querySelectorAll(selector)].filter((it) => it.checkVisibility());
  const seen = {
    around: [...section.parentElement.children].filter((it) => it.checkVisibility()).length,
    header: document.querySelector(".md-header").checkVisibility(),
    asked: part("form [name=requests]").map((it) => it.value),
    answered: part(".result-value").map((it) => it.textContent),
    said: getComputedStyle(section.querySelector(".calc-body"), "::before").content,
    cut: part("svg text").filter((words) => {
      const [{ bottom }, chart] = [words, words.ownerSVGElement].map((it) => it.getBoundingClientRect());
      return bottom > chart.bottom + 1;
    }).map((words) => words.textContent),
  };
  dispatchEvent(new Event("afterprint"));
  for (const [media, text] of changed) media.mediaText = text;
  return seen;
}"""
"""What a calculator, and how much of the page around it, shows with the styles for paper in force."""


@pytest.mark.promise("A18")
def test_paper_shows_the_page_then_the_calculator_alone_and_then_its_report(window: Window, real_site: Site) -> None:
    """Before an edit, right after it, and later. WebKit's driver prints nothing: there, styles for paper are tried."""
    address, id = page_of(real_site, "prompting/cost")
    window.open(f"{address}?paper")
    wait(window, LIVE, id)
    assert window.evaluate(REPORT_ON_PAPER) is None
    looks = window.evaluate(ON_PAPER, id)
    assert looks["around"] > 5 and not looks["header"] and "whole page" in looks["said"]
    window.evaluate(HOLD, "report")
    window.evaluate(EDIT, id, {"requests": "31k"})
    headline = shown(window, id)["value"]
    looks = window.evaluate(ON_PAPER, id)
    assert (looks["around"], looks["asked"], looks["answered"], looks["cut"]) == (1, ["31k"], [headline], [])
    assert "before the report was ready" in looks["said"]
    if isinstance(window, PlaywrightWindow):
        text = without_spaces("".join(page.extract_text() for page in printed(window, "1-2")))
        assert without_spaces(headline) in text and "Insixtyseconds" not in text
    window.evaluate("() => window.release()")
    assert wait(window, REPORT_ON_PAPER) == ["none", True]
    if isinstance(window, PlaywrightWindow):
        text = without_spaces("".join(page.extract_text() for page in printed(window, "1-2")))
        assert "31,000requests" in text and "Insixtyseconds" not in text


BROKEN_WORDS = """() => [...document.querySelectorAll(".md-content :is(td, th)")].flatMap((cell) => {
  const broken = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\\p{L}\\d_]+/gu)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + word.length);
      const tops = [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) broken.push(word);
    }
  }
  return broken;
})"""
"""Words in cells of tables that go on in another line; WebKit counts the empty end of the line before as a part."""

FOR_AUTHORS = ("architecture", "add-a-page", "declarations", "publish-internally")


@pytest.mark.promise("A18")
@pytest.mark.parametrize("path", [*(f"contribute/{name}/" for name in FOR_AUTHORS), "do/evaluate-retrieval/"])
def test_on_a_phone_no_table_breaks_a_word(window: Window, real_site: Site, path: str) -> None:
    """Names in code have no places to break; where they need more room, the table scrolls."""
    window.resize(360, 740)
    window.open(real_site.address + path)
    wait(window, FONTS_LOADED)
    count = window.evaluate("() => document.querySelectorAll('.md-content td').length")
    broken = window.evaluate(BROKEN_WORDS)
    window.resize(1280, 900)
    assert count > 0 and broken == []


IN_MENU = "(selector) => [...document.querySelectorAll(`.md-nav--primary ${selector}`)]"

MENU = f"(selector) => ({REACHED})(({IN_MENU})(selector).filter((link) => link.checkVisibility()))"
"""The words of the menu's links that a finger meets."""

TABS = "() => [...document.querySelectorAll('.md-tabs__link')].map((link) => link.textContent.trim())"

SECTIONS = "> .md-nav__list > .md-nav__item > :is(a, label, div).md-nav__link"


@pytest.mark.promise("A13", "A18")
def test_the_menu_of_a_phone_shows_all_sections_and_the_pages_of_ones_own(window: Window, real_site: Site) -> None:
    window.resize(360, 740)
    show(window, real_site, "prompting/cost")
    names = window.evaluate(TABS)
    assert len(names) > 5
    window.evaluate("() => document.querySelector('.md-header__button[for=__drawer]').click()")
    end = time.monotonic() + 10
    while (reached := window.evaluate(MENU, SECTIONS)) != names and time.monotonic() < end:
        time.sleep(0.1)
    pages = window.evaluate(MENU, OWN)
    window.evaluate("() => document.querySelector('#__drawer').click()")
    window.resize(1280, 900)
    assert reached == names
    assert len([words for words in pages if words]) > 5


def first_sheet(window: Window) -> bytes:
    """What the first sheet draws, in the words of its format."""
    drawing = printed(window, "1")[0].get_contents()
    assert drawing is not None
    return drawing.get_data()


@pytest.mark.promise("A18")
@pytest.mark.parametrize("engine", PRINTING, indirect=True)
def test_what_has_the_focus_has_no_ring_on_paper(window: Window, real_site: Site) -> None:
    """A page with a focused list, and with a focused fold, is drawn as without a focus.

    Numbers that another test left in the tab would have the report printed in place of the page.
    """
    address, id = page_of(real_site, "prompting/cost")
    window.open(address)
    window.evaluate("() => sessionStorage.clear()")
    window.open(f"{address}?ring")
    wait(window, "(id) => document.querySelector(`#${id}[data-live]`) !== null", id)
    window.evaluate("() => document.activeElement.blur()")
    drawing = first_sheet(window)
    for focused in (f"#{id} [name=model]", f"#{id} summary"):
        window.evaluate("(selector) => document.querySelector(selector).focus({ focusVisible: true })", focused)
        assert first_sheet(window) == drawing, focused
