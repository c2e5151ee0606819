"""On a phone an action says what it came to where the reader is, a reset can be undone, and no table is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.real import calculator, control, filled, kept_case, pausing, settled
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

FILES = Path(__file__).resolve().parents[2] / "calculators" / "fine_tuning" / "dataset" / "files"

IN_SIGHT = """(section) => {
  const box = section.querySelector(".calc-told > div").getBoundingClientRect();
  const headline = section.querySelector(".result-headline").getBoundingClientRect();
  const apart = box.top >= headline.bottom || box.bottom <= headline.top;
  const at = document.elementFromPoint(box.left + 20, box.top + 10);
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
    && apart && section.querySelector(".calc-told").contains(at);
}"""
"""Whether the message is within the window, on top, and clear of the headline."""


PRINT = "window.print = () => ['beforeprint', 'afterprint'].forEach((it) => dispatchEvent(new Event(it)));"
"""A browser that prints at once, to nowhere."""


@pytest.fixture(scope="module")
def phone(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """A page as small as a phone's."""
    context = chromium.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED + PRINT)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def told(section: Locator) -> Locator:
    return section.get_by_role("status").and_(section.locator("[data-told]"))


@pytest.mark.parametrize("name", ["prompting/cost", "choosing/case", "fine_tuning/dataset"])
def test_a_message_is_seen_where_its_button_is(phone: Page, real_site: Site, name: str) -> None:
    """Above the questions as well as below the answer."""
    section = calculator(phone, real_site, name)
    section.locator(".calc-explore").evaluate("(fold) => { fold.open = true; }")
    for button, words in (("Copy link", "Link copied"), ("Print", "printed"), ("Save", "Saved as")):
        pressed = section.get_by_role("button", name=re.compile(f"^{button}( report)?$")).filter(visible=True)
        for place in (pressed.first, pressed.last):
            place.click()
            expect(told(section), button).to_contain_text(words)
            assert section.evaluate(IN_SIGHT), button
            phone.keyboard.press("Escape")
            expect(told(section)).to_be_empty()


def test_a_message_stays_until_it_is_closed_or_the_next_edit(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "prompting/cost")
    copy = section.get_by_role("button", name="Copy link").first
    copy.click()
    expect(told(section)).to_contain_text("Link copied")
    section.get_by_role("button", name="Close this message").click()
    expect(told(section)).to_be_empty()
    expect(section.get_by_role("button", name="Close this message")).to_be_hidden()
    copy.click()
    expect(told(section)).to_contain_text("Link copied")
    control(section, "requests").fill("77")
    expect(told(section)).to_be_empty()


def undo(section: Locator) -> Locator:
    return section.get_by_role("button", name="Undo", exact=True)


@pytest.mark.parametrize("way", ["Reset", "Example"])
def test_what_was_replaced_comes_back(phone: Page, real_site: Site, way: str) -> None:
    """With the keyboard alone: it is the next stop behind Reset, and leaves the focus there."""
    section = calculator(phone, real_site, "prompting/cost")
    expect(undo(section)).to_be_hidden()
    control(section, "requests").fill("31,000")
    control(section, "answer").fill("77")
    settled(section)
    headline, case = section.locator(".result-value").inner_text(), kept_case(phone)
    reset = section.get_by_role("button", name="Reset", exact=True)
    if way == "Reset":
        reset.press("Enter")
    else:
        section.locator("[data-example]").first.press("Enter")
    expect(control(section, "requests")).not_to_have_value("31,000")
    expect(told(section)).to_contain_text("“Undo” beside “Reset” brings them back.")
    assert section.evaluate(IN_SIGHT)
    reset.focus()
    phone.keyboard.press("Tab")
    expect(undo(section)).to_be_focused()
    phone.keyboard.press("Enter")
    expect(control(section, "requests")).to_have_value("31,000")
    expect(control(section, "answer")).to_have_value("77")
    expect(section.locator(".result-value")).to_have_text(headline)
    expect(told(section)).to_have_text("Your numbers are back.")
    expect(undo(section)).to_be_hidden()
    expect(reset).to_be_focused()
    assert kept_case(phone) == case


def test_an_edit_ends_the_way_back(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "prompting/cost")
    reset = section.get_by_role("button", name="Reset", exact=True)
    reset.click()
    expect(undo(section)).to_be_hidden()
    control(section, "requests").fill("31,000")
    reset.click()
    expect(undo(section)).to_be_visible()
    control(section, "answer").fill("78")
    expect(undo(section)).to_be_hidden()


def test_a_chosen_file_comes_back(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "fine_tuning/dataset")
    before = section.locator(".result-value").inner_text()
    control(section, "training_file").set_input_files(FILES / "conflict.jsonl")
    expect(section.locator(".result-value")).not_to_have_text(before)
    of_file = section.locator(".result-value").inner_text()
    section.get_by_role("button", name="Reset", exact=True).click()
    expect(section.locator(".result-value")).to_have_text(before)
    undo(section).click()
    expect(section.locator(".result-value")).to_have_text(of_file)


def test_the_title_is_that_of_the_numbers_that_are_shown(phone: Page, real_site: Site) -> None:
    """Of the page's own example, of a file, after a reset and after the way back from it, as often as one likes."""
    section = calculator(phone, real_site, "fine_tuning/dataset")
    title, reset = section.locator(".calc-title"), section.get_by_role("button", name="Reset", exact=True)
    of_page, of_file = title.inner_text(), section.get_attribute("data-title") or ""
    assert of_file and of_file != of_page
    control(section, "training_file").set_input_files(FILES / "conflict.jsonl")
    expect(title).to_have_text(of_file)
    for _ in range(2):
        reset.click()
        expect(title).to_have_text(of_page)
        undo(section).click()
        expect(title).to_have_text(of_file)
    reset.click()
    expect(title).to_have_text(of_page)


def test_a_scenario_that_is_opened_can_be_undone(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "prompting/cost")
    control(section, "requests").fill("31,000")
    settled(section)
    section.locator(".calc-explore").evaluate("(fold) => { fold.open = true; }")
    scenario = b'{"calculator": "prompting/cost", "given": {"requests": "5"}}'
    section.locator("[data-role=open]").focus()
    section.locator("[data-role=open]").set_input_files(
        {"name": "any.json", "mimeType": "application/json", "buffer": scenario}
    )
    expect(control(section, "requests")).to_have_value("5")
    expect(section.locator("[data-notice]")).to_be_in_viewport()
    undo(section).click()
    expect(control(section, "requests")).to_have_value("31,000")


CUT = """(section) => {
  section.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const frames = [...section.querySelectorAll(".calc-result .table-frame")];
  return frames.filter((it) => it.checkVisibility()).map((frame) => {
    const { overflowX, paddingTop, backgroundImage } = getComputedStyle(frame);
    const { left, right } = frame.getBoundingClientRect();
    const isLonger = frame.scrollWidth > frame.clientWidth;
    const isShown = overflowX === "auto" && parseFloat(paddingTop) > 8 && backgroundImage.includes("conic-gradient");
    return { isLonger, isWhole: left >= 0 && right <= innerWidth, isShown };
  });
}"""
"""For each table of an answer whether it goes on sideways, whether its own box is in the window, and says so."""


@pytest.mark.parametrize("name", ["choosing/break_even", "choosing/case"])
def test_a_table_that_goes_on_sideways_says_so_on_a_phone(phone: Page, real_site: Site, name: str) -> None:
    frames = calculator(phone, real_site, name).evaluate(CUT)
    assert any(frame["isLonger"] for frame in frames)
    assert all(frame["isWhole"] and frame["isShown"] for frame in frames)


REMARKS = """(section) => {
  section.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const tables = [...section.querySelectorAll(".calc-result table")].filter((it) => it.rows[0].cells.length > 3);
  const remarks = tables.flatMap((it) => [...it.querySelectorAll("tbody td:not(.number)")]);
  return remarks.filter((it) => it.checkVisibility()).map((it) => {
    const { left, right } = it.getBoundingClientRect();
    const style = getComputedStyle(it, "::before");
    return { words: it.textContent, isInSight: left >= 0 && right <= innerWidth, label: style.content };
  });
}"""
"""The words in tables of four columns and more: whether they are within the window, and what is written before them."""


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("fine_tuning/dataset", {"training_text": '{"messages": 1}\n{"mesages": []}'}),
        ("evaluating/compare", {"results": "case,A,B\n1,1,0\n2,zebra,1\n3,0,1"}),
        ("prompting/traffic", {"pasted": '{"model": "gpt-6", "usage": {"prompt_tokens": 5, "completion_tokens": 7}}'}),
        ("prompting/models", {"requests": "7,000"}),
        ("choosing/case", {"requests": "7,000"}),
    ],
)
def test_no_remark_of_a_table_is_out_of_sight_on_a_phone(
    phone: Page, real_site: Site, name: str, given: dict[str, str]
) -> None:
    """Each row is a card there, with the headings before its cells, so that nothing scrolls sideways."""
    section = calculator(phone, real_site, name)
    with pausing(phone):
        for path, text in given.items():
            control(section, path).evaluate("(it) => { for (let at = it; at; at = at.parentElement) at.open = true; }")
            control(section, path).fill(text)
        settled(section)
        filled(section)
    remarks = section.evaluate(REMARKS)
    assert remarks and all(remark["isInSight"] for remark in remarks)
    assert all(remark["label"] not in ("none", "") for remark in remarks)


PLACES = """(section, asked) => {
  const at = (it) => it.getBoundingClientRect();
  const questions = at(section.querySelector(".calc-questions")).bottom;
  return asked.map((selector) => at(section.querySelector(selector)).top - questions);
}"""
"""How far parts of an answer begin below the questions."""

SCREEN = 640


def test_the_problems_of_a_file_come_right_below_the_questions_on_a_phone(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "fine_tuning/dataset")
    control(section, "training_text").fill('{"messages": 1}\n{"mesages": []}')
    settled(section)
    reasons, problems, amounts = section.evaluate(PLACES, [".result-reasons", ".is-leading", ".result-amounts"])
    assert 0 <= reasons < SCREEN / 4 and reasons < problems < SCREEN and problems < amounts


def test_a_case_says_why_and_what_to_do_before_its_costs_on_a_phone(phone: Page, real_site: Site) -> None:
    section = calculator(phone, real_site, "choosing/case")
    control(section, "requests").fill("7,000")
    settled(section)
    parts = [".result-reasons", ".result-advice", ".chart-stacks", ".result-amounts:not(.result-advice)"]
    places = section.evaluate(PLACES, parts)
    assert places == sorted(places) and 0 <= places[0] < SCREEN / 4
    assert places[1] < SCREEN and places[2] < 2 * SCREEN


COLORS = """(section) => {
  const [note] = section.querySelectorAll(".result-notes:has(.is-error)");
  const box = getComputedStyle(note), line = getComputedStyle(note.querySelector("li"));
  return [box.borderLeftColor, box.color, line.color, line.backgroundColor, line.borderLeftWidth];
}"""


def test_a_note_that_is_an_error_has_one_color(phone: Page, real_site: Site) -> None:
    """The box and its words are red: no box of another color is around it."""
    section = calculator(phone, real_site, "evaluating/compare")
    control(section, "results").evaluate("(it) => { for (let at = it; at; at = at.parentElement) at.open = true; }")
    control(section, "results").fill("A,B\n1,1\nabc\n0,1")
    settled(section)
    border, ink, words, ground, width = section.evaluate(COLORS)
    assert border == ink == words and (ground, width) == ("rgba(0, 0, 0, 0)", "0px")
