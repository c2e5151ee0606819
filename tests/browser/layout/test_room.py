"""What is wide finds its room: tables of prices fit their column, and no half of a line of an answer stays empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.real import chosen, go, places, until
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

PRICES = ("reference/prices/", "reference/batch-prices/", "reference/other-prices/")

CUT_TABLES = """() => [...document.querySelectorAll(".md-content .table-frame")]
  .filter((frame) => frame.scrollWidth > frame.clientWidth)
  .map((frame) => `${frame.scrollWidth - frame.clientWidth} px of ${frame.ariaLabel}`)"""

CARDS = """(id) => [...document.querySelectorAll(`#${id} .table-frame.as-cards`)].map((frame) => {
  const rows = [...frame.querySelectorAll("tbody tr")];
  const cells = rows.flatMap((row) => [...row.querySelectorAll(".number")]).filter((cell) => cell.firstChild);
  const lines = (cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getClientRects().length;
  };
  return {
    name: frame.ariaLabel,
    wide: frame.scrollWidth - frame.clientWidth,
    is_stacked: rows.every(({ children: [name, cell] }) => cell.offsetTop >= name.offsetTop + name.offsetHeight),
    split: cells.filter((cell) => lines(cell) > 1).length,
  };
})"""
"""Each table whose rows are cards on a phone: how much too wide it is, and how many amounts take two lines."""

NARROWLY_CUT = """(most) => [...document.querySelectorAll(".table-frame, .md-typeset__scrollwrap")]
  .map((frame) => [frame.scrollWidth - frame.clientWidth, frame.innerText.slice(0, 40)])
  .filter(([over]) => over > 0 && over <= most)"""

SHORT_LINES = """(id) => {
  const answers = document.querySelector(`#${id} .result-more`), ends = new Map();
  for (const block of answers.children) {
    const { top, right, width } = block.getBoundingClientRect();
    if (width) ends.set(top, Math.max(ends.get(top) ?? 0, right));
  }
  const end = answers.getBoundingClientRect().right - parseFloat(getComputedStyle(answers).paddingRight);
  return { lines: ends.size, short: [...ends.values()].filter((right) => right < end - 1).length };
}"""

FEW = 20
"""Pixels."""

FONTS_LOADED = "() => document.fonts.status === 'loaded'"

WRAPPED = "() => document.querySelector('.as-cards .md-typeset__table > table') !== null"
"""Whether the theme's script has been at the tables."""


@pytest.mark.parametrize("path", PRICES)
def test_no_table_of_prices_is_wider_than_its_column(site_page: Page, real_site: Site, path: str) -> None:
    site_page.set_viewport_size(WIDE)
    go(site_page, real_site, path)
    until(site_page, FONTS_LOADED)
    assert site_page.locator(".table-frame.of-records").count() > 0
    assert site_page.evaluate(CUT_TABLES) == []


@pytest.mark.parametrize("name", ["choosing/case", "choosing/break_even", "rag/cost", "prompting/traffic"])
def test_on_a_phone_rows_with_remarks_are_cards(site_page: Page, real_site: Site, name: str) -> None:
    """The theme's script wraps each table, which once took the cards away."""
    assert real_site.folder
    path, id = places(real_site.folder)[name]
    site_page.set_viewport_size(PHONE)
    site_page.goto(real_site.address + path)
    until(site_page, FONTS_LOADED)
    until(site_page, WRAPPED)
    tables = site_page.evaluate(CARDS, id)
    assert tables
    for table in tables:
        assert table == {"name": table["name"], "wide": 0, "is_stacked": True, "split": 0}


@pytest.mark.parametrize(
    "path", ["cost/prompting/", "cost/reading-an-estimate/", "cost/self-hosting/", "decide/ladder/"]
)
def test_on_a_phone_no_table_is_a_few_pixels_too_wide(site_page: Page, real_site: Site, path: str) -> None:
    """It would cut the last digits of its last column, and scroll too little for anybody to see that it does."""
    site_page.set_viewport_size(PHONE)
    go(site_page, real_site, path)
    until(site_page, FONTS_LOADED)
    until(site_page, WRAPPED)
    assert site_page.evaluate(NARROWLY_CUT, FEW) == []


BROKEN_DAYS = """() => {
  const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  const broken = [], range = document.createRange();
  const days = /(?<![\\w.-])20\\d\\d-\\d\\d(-\\d\\d)?(?![\\w-])/g;
  while (texts.nextNode()) {
    for (const { index, 0: day } of texts.currentNode.data.matchAll(days)) {
      range.setStart(texts.currentNode, index);
      range.setEnd(texts.currentNode, index + day.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) broken.push(day);
    }
  }
  return broken;
}"""
"""The days and months that lines break within."""

NARROW = "() => { document.querySelector('.md-content').style.width = '180px'; }"
"""Makes lines as short as on a phone at twice its size."""


@pytest.mark.parametrize("path", ["do/prepare-a-dataset/", "reference/sources/", "decisions/0017-policy-in-the-pages/"])
def test_no_line_breaks_within_a_day(site_page: Page, real_site: Site, path: str) -> None:
    site_page.set_viewport_size(PHONE)
    go(site_page, real_site, path)
    until(site_page, FONTS_LOADED)
    site_page.evaluate("() => document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    site_page.evaluate(NARROW)
    assert site_page.locator(".md-content time").count() > 0
    assert site_page.evaluate(BROKEN_DAYS) == []
    site_page.evaluate("() => document.querySelector('.md-content').removeAttribute('style')")


BRIEF_TABLES = """(id) => [...document.querySelectorAll(`#${id} .table-frame`)]
  .filter((frame) => frame.scrollWidth > frame.clientWidth).map((frame) => frame.ariaLabel)"""


def test_short_remarks_do_not_make_a_table_scroll(site_page: Page, real_site: Site) -> None:
    """A column as wide as a sentence once stood beside “in batches”, and the table scrolled by its empty half."""
    assert real_site.folder
    path, id = places(real_site.folder)["prompting/traffic"]
    site_page.set_viewport_size(WIDE)
    go(site_page, real_site, path)
    site_page.locator(f"#{id} .calc-examples button", has_text="A usage report of three weeks").click()
    expect(site_page.locator(f"#{id} td", has_text="in batches").first).to_be_visible()
    assert site_page.evaluate(BRIEF_TABLES, id) == []


MAGNIFIED: ViewportSize = {"width": 180, "height": 370}
"""A phone of 360 pixels at twice its size."""

SHARE_OF_LINE = """([part, line]) => {
  const box = document.querySelector(part);
  for (let fold = box; fold; fold = fold.parentElement.closest("details")) fold.open = true;
  return box.getBoundingClientRect().width / box.closest(line).getBoundingClientRect().width;
}"""


@pytest.mark.parametrize(
    ("path", "size", "part", "line"),
    [
        ("cost/prompting/", MAGNIFIED, "select[name=model]", ".field-control"),
        ("do/prepare-a-dataset/", PHONE, ".as-cards td:not(.number) + .number:not(:has(+ .number))", "tr"),
    ],
    ids=["the list of models", "a number in a card"],
)
def test_what_is_alone_in_its_line_has_all_of_it(
    site_page: Page, real_site: Site, path: str, size: ViewportSize, part: str, line: str
) -> None:
    """The list of models once had room for a letter, and a number was far from its name."""
    site_page.set_viewport_size(size)
    go(site_page, real_site, path)
    until(site_page, FONTS_LOADED)
    until(site_page, WRAPPED)
    assert site_page.evaluate(SHARE_OF_LINE, [part, line]) > 0.85


@pytest.mark.parametrize("name", chosen(("choosing/case", "fine_tuning/hardware", "prompting/traffic")))
def test_no_half_of_a_line_of_an_answer_is_empty(site_page: Page, real_site: Site, name: str) -> None:
    assert real_site.folder
    path, id = places(real_site.folder)[name]
    site_page.set_viewport_size(WIDE)
    go(site_page, real_site, path)
    lines = site_page.evaluate(SHORT_LINES, id)
    assert lines["lines"] > 0 and lines["short"] == 0


CUT_TEXTS = """(id) => {
  const section = document.getElementById(id);
  section.querySelectorAll("form details").forEach((it) => { it.open = true; });
  return [...section.querySelectorAll("form :is(input[type=text], textarea)")]
    .filter((it) => it.checkVisibility())
    .filter((it) => it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1)
    .map((it) => `${it.name}: ${it.value}`);
}"""
"""What a form holds and does not show whole, with all folds open."""

WITH_LINES = ("prompting/builder", "choosing/break_even", "choosing/candidates")
"""The calculators that ask for several things in a table."""


@pytest.mark.parametrize("name", WITH_LINES)
def test_no_text_of_an_example_is_cut(site_page: Page, real_site: Site, name: str) -> None:
    assert real_site.folder
    path, id = places(real_site.folder)[name]
    site_page.set_viewport_size(WIDE)
    go(site_page, real_site, path)
    until(site_page, FONTS_LOADED)
    for example in ["", *site_page.locator(f"#{id} [data-example]").all_inner_texts()]:
        if example:
            site_page.locator(f"#{id}").get_by_role("button", name=example, exact=True).click()
        assert site_page.evaluate(CUT_TEXTS, id) == [], example
    site_page.locator(f"#{id} [data-reset]").click()
