"""Each instrument works in every scalar calculator, in a real browser; a hostile link changes nothing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Sensitivity
from macros.pages.calculator_pages import calculator_pages
from tests.browser.real import calculator, chosen, control, go
from tests.calculators.answers import amounts, answer_json
from tests.calculators.every.test_instrument import SCALAR, ask, headline
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

PLACES = calculator_pages()
COPIED = ["report-markdown", "report-html", "csv", "json", "scenario", "command", "python"]
DROP = """([name, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name, { type: "application/json" }));
  const place = document.querySelector("section.calc .calc-result");
  for (const kind of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
  }
}"""

WORDS_OUTSIDE = """(text) => {
  const file = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  document.body.append(document.adoptNode(file));
  const { left, top, right, bottom } = file.getBoundingClientRect();
  const outside = [...file.querySelectorAll("text")].filter((it) => {
    const words = it.getBoundingClientRect();
    return words.left < left || words.top < top || words.right > right || words.bottom > bottom;
  });
  file.remove();
  return outside.map((it) => it.textContent);
}"""
"""The words of a drawing that its file cuts off."""


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One profile for all, so that Python is downloaded once; it may use the clipboard."""
    context = chromium.new_context(
        permissions=["clipboard-read", "clipboard-write"], accept_downloads=True, reduced_motion="reduce"
    )
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    yield context
    context.close()


def unbroken(page: Page) -> Iterator[Page]:
    """Yield the page, then hold that none of its scripts complained."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_default_timeout(30_000)
    yield page
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def kept_page(context: BrowserContext) -> Iterator[Page]:
    """One page for many tests, whose interpreter keeps running."""
    yield from unbroken(context.new_page())


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    yield from unbroken(context.new_page())


def visit(page: Page, site: Site, name: str, fragment: str = "") -> Locator:
    """A calculator on its page, live."""
    if not fragment:
        return calculator(page, site, name)
    address = f"{site.address}{PLACES[name].removesuffix('.md')}/"
    if page.url.split("#")[0] == address:
        page.goto("about:blank")  # else the theme draws the page anew some time after the link was taken over
    page.goto(address + fragment)
    section = page.locator(f'section.calc[data-calculator="{name}"][data-show=full][data-live]')
    section.wait_for()
    return section


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def part(section: Locator, title: str) -> Locator:
    heading = section.page.get_by_role("heading", name=title, exact=True)
    return section.locator(".explore-part").filter(has=heading)


HELPERS = """() => {
  // Looked up each time: the theme draws the page anew when its address changes.
  const one = (selector) => document.querySelector(`section.calc-full[data-live] ${selector}`);
  const fill = (control, text) => {
    control.value = text;
    if (control.value !== text) throw new Error(`${control.outerHTML} does not take ${text}`);
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const within = (promise, what) =>
    Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error(`nothing came of ${what}`)), 60_000))]);
  const changed = (place, act, holds) => {
    const done = new Promise((take) => new MutationObserver((all, it) => holds(all) && (it.disconnect(), take()))
      .observe(place, { childList: true, attributes: true, characterData: true, subtree: true }));
    act();
    return within(done, act);
  };
  const answered = async (act) => {
    const result = one("[data-result]");
    const held = () => JSON.stringify([...new FormData(one("form"))]);
    const differently = () => {
      const before = held();
      act();
      if (held() === before) throw new Error(`no answer follows where nothing changed: ${act}`);
    };
    // Folds are filled a while after an answer.
    const isAnswer = ({ target }) => !(target.closest ? target : target.parentElement)?.closest("details");
    await changed(result, differently, (all) => all.some(isAnswer));
    return result.innerText;
  };
  window.helpers = {
    /** Types into a question, or presses a button; the text of the answer. */
    type: (name, text) => answered(() => fill(one(`form [name="${name}"]`), text)),
    press: (selector) => answered(() => one(selector).click()),
    open: (hash) => void (location.hash = hash),
    /** Fills the fields of an instrument and presses its button; the element in which the finding stands. */
    async ask(kind, fields = {}) {
      for (const [role, text] of Object.entries(fields)) fill(one(`[data-role="${role}"]`), text);
      const button = one(`[data-ask="${kind}"]`);
      const found = button.closest(".explore-part").querySelector("[data-found]");
      await changed(found, () => button.click(), () => found.matches(".is-answer"));
      return found.innerHTML;
    },
    /** Copies the result in each form; what the clipboard then held. */
    async copied(forms) {
      const texts = {};
      for (const form of forms) {
        await navigator.clipboard.writeText("");
        fill(one('[data-role="copy-as"]'), form);
        const found = one("[data-told]");
        found.textContent = "";
        await changed(found, () => one('[data-do="copy"]').click(), () => found.textContent === "Copied.");
        texts[form] = await navigator.clipboard.readText();
      }
      return texts;
    },
    typed: (names) => names.map((name) => one(`form [name="${name}"]`).value),
    at: (role) => { // the fold may be scrolled away, and its numbers were filled by scripts
      const part = one(`[data-ask="${role}"]`).closest(".explore-part");
      const [reader, slider] = [part.querySelector(".reading"), part.querySelector("input[type=range]")];
      const cells = (row) => [...row.cells].map((it) => it.textContent);
      return { said: reader.textContent, spoken: slider.getAttribute("aria-valuetext"),
        rows: [...part.querySelectorAll("tbody tr")].map(cells) };
    },
  };
}"""


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", chosen(("evaluating/plan", "prompting/cost", "rag/cost"), SCALAR))
def test_all_instruments(kept_page: Page, real_site: Site, catalogue: Catalogue, name: str) -> None:
    """One page, and a single round trip for each step: a page with large tables makes every look-up slow."""
    first = ask(catalogue, name, Sensitivity())["inputs"][0]
    path, low, high = first["input"], first["from"], first["to"]
    start = answer_json(catalogue, name, {})["inputs"].get(path, {"value": None})["value"]
    other = low if high == start else high  # a bound may be what the page starts with
    output = headline(catalogue, name)
    section = visit(kept_page, real_site, name)
    kept_page.evaluate(HELPERS)
    result = section.locator("[data-result]").inner_text()

    def do(action: str, *words: object) -> Any:
        return kept_page.evaluate("([what, words]) => window.helpers[what](...words)", [action, words])

    # 1: a figure unfolds into its working where it stands.
    section.locator(".amount-working summary").first.focus()
    kept_page.keyboard.press("Enter")
    expect(section.locator(".amount-working :is(ol, p)").first).not_to_be_empty()
    kept_page.keyboard.press("Enter")

    # 2: a range, asked with the keyboard; the bytes are those of the terminal.
    do("type", path, f"{low}..{high}")
    section.get_by_role("button", name="Explore", exact=True).press("Enter")
    ranges = section.locator(".explore-part:has([data-ask=ranges])")
    ranges.locator("[data-ask]").press("Enter")
    expect(ranges.locator("tbody tr").first).to_be_visible()
    given = json.dumps({path: f"{low}..{high}"})
    sweep = {"kind": "sweep", "input": path, "ends": f"{low}..{high}", "outputs": [output]}
    questions = ("ranges", {"kind": "sensitivity"}, sweep)
    replies = kept_page.evaluate(
        "([name, given, questions]) => Promise.all(questions.map((it) => __calculators.ask(name, given, 'json', it)))",
        [name, given, questions],
    )
    expected = [{"calculator": name, "given": {path: f"{low}..{high}"}, "ask": question} for question in questions]
    assert replies == [catalogue.answer_json(json.dumps(question)) for question in expected]

    # 3 to 5: what matters, solve for, and a sweep that the keyboard reads; its table has the same numbers.
    assert "<svg" in do("ask", "sensitivity")
    assert "chart-summary" in do("ask", "solve", {"solve-by": path, "solve-target": "12"})
    ends = {"sweep-over": path, "sweep-from": low, "sweep-to": high, "sweep-first": output}
    assert "<svg" in do("ask", "sweep", ends)
    sweeping = section.locator(".explore-part:has([data-ask=sweep])")
    sweeping.locator("input[type=range]").press("ArrowRight")
    read = do("at", "sweep")
    assert all(cell in read["said"] for cell in read["rows"][1]) and read["spoken"] == read["said"]
    sweeping.locator(".chart-line").hover(position={"x": 1, "y": 40})
    read = do("at", "sweep")
    assert read["rows"][0][0] in read["said"]
    expect(sweeping.locator(".reading-line")).to_have_attribute("visibility", "visible")

    # 6: two scenarios under names of their own.
    comparing = section.locator(".explore-part:has([data-ask=compare])")
    comparing.locator("[data-do=pin]").press("Enter")
    changed = do("type", path, other)
    expect(ranges.locator(".explore-found")).to_contain_class("is-old")
    comparison = do("ask", "compare", {"name-a": "Today", "name-b": "Next year"})
    assert "Next year against Today" in comparison and "<tbody><tr>" in comparison

    # 8: carried away in every form.
    for form, text in do("copied", COPIED).items():
        assert text != "" and (name in text or form.startswith(("csv", "report")))
    section.locator("[data-role=copy-as]").select_option("svg")
    with kept_page.expect_download() as saving:
        section.locator("[data-do=save]").click()
    saved = Path(saving.value.path()).read_text("utf-8")
    drawn = ElementTree.fromstring(saved)
    assert drawn.tag.endswith("svg") and "var(" not in ElementTree.tostring(drawn, "unicode")
    assert kept_page.evaluate(WORDS_OUTSIDE, saved) == []

    # 7: a link, copied beside the examples, brings the same answer back, and says so.
    section.get_by_role("button", name="Copy link").first.click()
    expect(section.locator("[data-told]")).to_contain_text("Link copied")
    link = copied(kept_page)
    do("press", "[data-reset]")
    expect(section.locator("[data-result]")).to_have_text(result, use_inner_text=True)  # a fold counts its sources late
    do("open", link.split("#", 1)[1])
    expect(section.locator("[data-result]")).to_have_text(changed, use_inner_text=True)
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the link.")

    # 10: a dropped scenario file, from earlier prices and with a part that no longer exists.
    scenario = {"calculator": name, "facts": "2020-01-01", "answer": "$1.11", "given": {path: other, "no_such": "1"}}
    kept_page.evaluate(DROP, ["old.json", json.dumps(scenario)])
    notice = section.locator("[data-notice]")
    expect(notice).to_contain_text("With the prices of 2020-01-01 the answer was $1.11; with")
    expect(notice).to_contain_text("Not understood and left out: no_such.")
    expect(notice).to_contain_text(section.locator(".result-value").inner_text())

    # 9: an example, and the shared numbers carried to another calculator in the same tab.
    do("press", "[data-example]")
    option = section.locator("[data-role=use] option").first
    names = {
        ours: theirs
        for ours, theirs in json.loads(option.get_attribute("data-names") or "{}").items()
        if section.locator(f'form [name="{ours}"]').count()  # the others are results that are asked for there
    }
    chosen_name = option.get_attribute("value")
    typed = do("typed", list(names))
    section.locator(".calc-explore").evaluate("(fold) => { fold.open = true; }")
    section.get_by_role("button", name="Close this message").click()  # it says that the example can be undone
    section.locator("[data-do=use]").click()
    second_section = kept_page.locator(f'section.calc[data-calculator="{chosen_name}"][data-show=full][data-live]')
    expect(second_section.locator("[data-notice]")).to_contain_text("came with the other calculator")
    kept_page.evaluate(HELPERS)
    assert do("typed", list(names.values())) == typed


def test_a_text_that_stays_behind_is_named_beside_what_is_carried(kept_page: Page, real_site: Site) -> None:
    """The text itself leaves the page neither in the link nor in a file; who opens one of them reads what it lacks."""
    section = visit(kept_page, real_site, "prompting/builder")
    control(section, "task").fill("Sort what is secret")
    section.locator(".calc-explore").evaluate("(fold) => { fold.open = true; }")
    sharing = section.locator(".explore-part:has([data-do=link])")
    words = re.compile("Left out, as texts never travel: .+ The answer there will differ.")
    sharing.locator("[data-do=link]").click()
    expect(section.locator("[data-told]")).to_have_text(re.compile(f"Link copied: .+ {words.pattern}"))
    link = copied(kept_page)
    assert "secret" not in link and "without=task" in link
    for form in ("scenario", "command", "python", "report-markdown"):
        sharing.locator("[data-role=copy-as]").select_option(form)
        sharing.locator("[data-do=copy]").click()
        expect(section.locator("[data-told]")).to_have_text(re.compile(f"Copied. {words.pattern}"))
    sharing.locator("[data-role=copy-as]").select_option("csv")
    sharing.locator("[data-do=copy]").click()
    expect(section.locator("[data-told]")).to_have_text("Copied.")
    opened = visit(kept_page, real_site, "prompting/builder", f"#{link.split('#', 1)[1]}&.requests=7")
    expect(opened.locator("[data-notice]")).to_contain_text("Texts stayed behind: ")
    scenario = {"calculator": "prompting/builder", "given": {"requests": "7"}, "left_out": ["task", "no_such"]}
    kept_page.evaluate(DROP, ["texts.json", json.dumps(scenario)])
    expect(opened.locator("[data-notice]")).to_have_text(
        re.compile("^These numbers came with the file. Texts stayed behind: [^,]+. Without them the answer differs.$")
    )


def test_going_back_keeps_what_was_changed_after_a_link(page: Page, real_site: Site) -> None:
    """Going back draws the page anew with the link still in its address; the reader's own change is the newer one."""
    section = visit(page, real_site, "prompting/cost", "#numbers=1&calculator=prompting/cost&.requests=7")
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the link.")
    control(section, "requests").fill("8")
    go(page, real_site, "cost/retrieval/")
    page.locator('section.calc[data-calculator="rag/cost"][data-live]').first.wait_for()
    page.go_back()
    section.wait_for()
    expect(section.locator("[name=requests]").first).to_have_value("8")
    page.evaluate("() => { location.hash = '#numbers=1&calculator=prompting/cost&.requests=9'; }")
    expect(section.locator("[name=requests]").first).to_have_value("9")


NO_SCENARIO = "This file holds no scenario of this calculator. Nothing was changed."
HOSTILE_OF = "#numbers=1&calculator=prompting/cost"
HOSTILE = {
    HOSTILE_OF + "&.__proto__=1&.constructor=2&.toString=3": "Nothing in this link was understood",
    HOSTILE_OF + "&.requests=" + "9" * 200: "Nothing in this link was understood",
    HOSTILE_OF + "&.model=no/such&.requests=7": "Not understood and left out: Model.",
    HOSTILE_OF + "&.requests=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E": "Nothing in this link was understood",
    HOSTILE_OF + "&.requests=my+password&.answer=1k..2.5+million": "left out: Requests a month.",
    HOSTILE_OF + "&.Call+0800+now!=1&.requests=7": "Not understood and left out: an unknown one.",
    HOSTILE_OF + "&.a=1&.b=2&.c=3&.d=4&.requests=7": "left out: a, b, c and 1 more.",
    HOSTILE_OF + "&.requests=%E0%A4%A&.%ZZ=1": "Nothing in this link was understood",
    "#numbers=1&calculator=no/such&.requests=7": "a calculator that is not on this page",
    "#numbers=1": "a calculator that is not on this page",
    "#numbers=9&calculator=prompting/cost&.requests=7": "of another version",
    HOSTILE_OF + "&.requests=7&" + "x" * 100_000: "too long",
    HOSTILE_OF + "&facts=<b>x</b>&answer=<script>&.requests=7": "came with the link",
    HOSTILE_OF + "&facts=2020-01-01&answer=<b>$5</b>&.requests=7": "the answer was $5;",
}


@pytest.mark.promise("R12", "A20")
def test_a_hostile_link_is_told_in_a_sentence_and_breaks_nothing(kept_page: Page, real_site: Site) -> None:
    section = visit(kept_page, real_site, "prompting/cost")
    before = section.locator("[name=requests]").first.input_value()
    for fragment, words in HOSTILE.items():
        section.get_by_role("button", name="Reset").click()
        kept_page.evaluate("(hash) => { location.hash = ''; location.hash = hash; }", fragment)
        expect(section.locator("[data-notice]")).to_contain_text(words)
        assert section.locator("img, script, b").count() == 0
        if "Nothing" in words or "not on" in words or words in ("too long", "of another version"):
            expect(section.locator("[name=requests]").first).to_have_value(before)
    assert kept_page.evaluate("() => ({}).requests === undefined && Object.prototype.model === undefined")


def test_a_link_from_before_a_renaming_opens(page: Page, real_site: Site) -> None:
    def renamed(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(
            content_type="text/html",
            body=text.replace('data-field="requests"', 'data-field="requests" data-formerly="volume calls"'),
        )

    page.route("**/cost/prompting/", renamed)
    section = visit(page, real_site, "prompting/cost", "#numbers=1&calculator=prompting/cost&.volume=7")
    expect(section.locator("[name=requests]").first).to_have_value("7")
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the link.")


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"given": 5, "calculator": "prompting/cost"}',
        '{"calculator": "rag/cost", "given": {}}',
        "9" * 1_100_000,
    ],
)
def test_a_file_that_is_no_scenario_changes_nothing(kept_page: Page, real_site: Site, text: str) -> None:
    section = visit(kept_page, real_site, "prompting/cost")
    before = section.locator("[data-result]").inner_text()
    kept_page.evaluate(DROP, ["any.json", text])
    expect(section.locator("[data-told]")).to_have_text(
        "This file holds no scenario of this calculator. Nothing was changed."
    )
    assert section.locator("[data-result]").inner_text() == before


def test_where_the_clipboard_is_refused_there_is_another_way(page: Page, real_site: Site) -> None:
    section = visit(page, real_site, "prompting/cost")
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    section.locator(".calc-explore > summary").click()
    sharing = part(section, "Share")
    sharing.get_by_role("button", name="Copy link").click()
    expect(section.locator("[data-told]")).to_contain_text("Link copied")
    page.evaluate("() => { document.execCommand = () => false; }")
    sharing.get_by_role("button", name="Copy link").click()
    expect(section.get_by_label("Text to copy")).to_have_value(re.compile(r"^http.*#numbers=1"))
    expect(section.get_by_label("Text to copy")).to_be_focused()


def test_only_the_newest_question_of_an_instrument_is_answered(kept_page: Page, real_site: Site) -> None:
    section = visit(kept_page, real_site, "prompting/cost")
    section.locator(".calc-explore > summary").click()
    matters = part(section, "What matters most")
    for output in ("per_year", "per_request", "per_month"):
        matters.locator("[data-role=sensitivity]").select_option(output)
        matters.get_by_role("button").click()
    label = amounts("prompting/cost")["per_month"].label
    expect(matters.locator(".chart-summary")).to_contain_text(label)
    kept_page.wait_for_timeout(400)
    expect(matters.locator(".chart-summary")).to_contain_text(label)


def test_a_question_that_takes_its_time_says_so(kept_page: Page, real_site: Site) -> None:
    section = visit(kept_page, real_site, "evaluating/compare")
    section.locator(".calc-explore > summary").click()
    ranges = part(section, "Ranges")
    kept_page.evaluate("""() => { window.said = []; const place = [...document.querySelectorAll(".explore-part")]
      .find((it) => it.querySelector("h3").textContent === "Ranges").querySelector("[data-found]");
      new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true }); }""")
    ranges.get_by_role("button").click()
    expect(ranges.locator("[data-found]")).to_contain_text("Type at least one input as a range")
    assert set(kept_page.evaluate("() => window.said")) - {"Computing…"} in (
        {"Type at least one input as a range, like 80k..120k or 100k ±20%"},
        {"Loading the calculator…", "Type at least one input as a range, like 80k..120k or 100k ±20%"},
    )


@pytest.mark.promise("R13")
def test_print_shows_inputs_result_working_sources_and_link(kept_page: Page, real_site: Site) -> None:
    section = visit(kept_page, real_site, "prompting/cost")
    kept_page.emulate_media(media="print")
    kept_page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(section.locator(".result-working .working-steps").first).to_be_visible()
    expect(section.locator(".result-sources li").first).to_be_visible()
    expect(section.locator(".calc-printed")).to_contain_text("#numbers=1&calculator=prompting/cost")
    expect(section.locator("input[name=requests]").first).to_be_visible()
    for hidden in (".calc-explore", ".chart-reader", ".amount-working :not(summary, details)", ".calc-examples"):
        assert section.locator(hidden).locator("visible=true").count() == 0
    kept_page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    kept_page.emulate_media(media="screen")
    expect(section.locator(".result-working")).not_to_have_attribute("open", "")


@pytest.mark.one_in(4)
@pytest.mark.parametrize("name", SCALAR)
def test_every_control_has_a_name(kept_page: Page, real_site: Site, name: str) -> None:
    section = visit(kept_page, real_site, name)
    section.locator(".calc-explore > summary").click()
    nameless = kept_page.evaluate("""() => [...document.querySelectorAll(".calc-explore :is(input, select, button)")]
      .filter((it) => !it.closest("label")?.querySelector("span")?.textContent && !it.textContent.trim())
      .map((it) => it.outerHTML)""")
    assert nameless == []
    assert all(title for title in section.locator("svg[role=img] > title").all_text_contents())
    assert find_calculator(name).name == name
