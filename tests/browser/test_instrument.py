"""Each instrument works in every scalar calculator, in a real browser; a hostile link changes nothing."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from calculators.find import find
from macros import bundle
from macros.pages import _places
from tests.calculators.every import amounts
from tests.calculators.test_every_instrument import SCALAR, ask, headline
from tests.site.server import Site

pytestmark = pytest.mark.browser

PLACES = _places()
MOST = 25_000
"""Bytes of the page's own scripts, packed."""

TYPE = """([name, text]) => {
  const control = document.querySelector(`section.calc form [name="${name}"]`);
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}"""

DROP = """([name, text]) => {
  const held = new DataTransfer();
  held.items.add(new File([text], name, { type: "application/json" }));
  const place = document.querySelector("section.calc .calc-result");
  for (const kind of ["dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
  }
}"""


CLEAR = "document.querySelectorAll('[data-found]:not(.is-answer)').forEach((it) => (it.textContent = ''))"


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One profile for all, so that Python is downloaded once; it may use the clipboard."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda it: errors.append(str(it)))
    page.on("console", lambda it: errors.append(it.text) if it.type == "error" else None)
    page.set_default_timeout(30_000)
    yield page
    page.close()
    assert errors == []


def visit(page: Page, site: Site, name: str, fragment: str = "") -> Locator:
    """A calculator on its page, live."""
    page.goto(f"{site.address}{PLACES[name].removesuffix('.md')}/{fragment}")
    calculator = page.locator(f'section.calc[data-calculator="{name}"][data-show=full][data-live]')
    calculator.wait_for()
    return calculator


def settled(calculator: Locator) -> None:
    """Waits until the answer to the last edit is there."""
    expect(calculator).not_to_contain_class("is-busy")
    expect(calculator.locator(".calc-status")).not_to_have_text(re.compile("Loading|^$"))


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def part(calculator: Locator, title: str) -> Locator:
    heading = calculator.page.get_by_role("heading", name=title, exact=True)
    return calculator.locator(".explore-part").filter(has=heading)


@pytest.mark.parametrize("name", SCALAR)
def test_all_instruments(page: Page, real_site: Site, catalogue, name: str) -> None:
    first = ask(catalogue, name, "sensitivity")["inputs"][0]
    path, low, high = first["input"], first["from"], first["to"]
    output = headline(name)
    calculator = visit(page, real_site, name)
    own = calculator.locator("[data-result]").inner_text()

    # 1: a figure unfolds into its working where it stands.
    unfolding = calculator.locator(".amount-working summary").first
    unfolding.focus()
    page.keyboard.press("Enter")
    expect(calculator.locator(".amount-working .working-steps, .amount-working div").first).not_to_be_empty()
    page.keyboard.press("Enter")

    # 2: a range, asked with the keyboard; the bytes are those of the terminal.
    page.evaluate(TYPE, [path, f"{low}..{high}"])
    settled(calculator)
    calculator.locator(".calc-explore > summary").focus()
    page.keyboard.press("Enter")
    ranges = part(calculator, "Ranges")
    ranges.get_by_role("button", name="Show ranges").focus()
    page.keyboard.press("Enter")
    expect(ranges.locator("tbody tr").first).to_be_visible()
    for question in ("ranges", "sensitivity", f"sweep {path}={low}..{high} {output}"):
        given = {path: f"{low}..{high}"}
        there = page.evaluate(
            "(asked) => window.__calculators.ask(...asked)", [name, json.dumps(given), "json", question]
        )
        assert there == catalogue.answer(name, json.dumps(given), "json", question)

    # 3 to 5: what matters, solve for, and a sweep that the keyboard reads; its table has the same numbers.
    matters = part(calculator, "What matters most")
    matters.get_by_role("button").click()
    expect(matters.locator("svg")).to_be_visible()
    solving = part(calculator, "Solve for")
    solving.locator("[data-role=solve-by]").select_option(path)
    solving.locator("[data-role=solve-target]").fill("12")
    solving.locator("[data-role=solve-target]").press("Enter")
    expect(solving.locator(".chart-summary")).to_be_visible()
    sweeping = part(calculator, "Sweep")
    sweeping.locator("[data-role=sweep-over]").select_option(path)
    sweeping.locator("[data-role=sweep-from]").fill(low)
    sweeping.locator("[data-role=sweep-to]").fill(high)
    sweeping.locator("[data-role=sweep-first]").select_option(output)
    sweeping.get_by_role("button", name="Draw").click()
    slider = sweeping.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    row = sweeping.locator("tbody tr").nth(1)
    for cell in row.locator("th, td").all():
        expect(sweeping.locator(".reading")).to_contain_text(cell.text_content() or "?")
    assert slider.get_attribute("aria-valuetext") == sweeping.locator(".reading").text_content()
    sweeping.locator(".chart-line").hover(position={"x": 1, "y": 40})
    first_cell = sweeping.locator("tbody tr").first.locator("th").text_content() or "?"
    expect(sweeping.locator(".reading")).to_contain_text(first_cell)
    expect(sweeping.locator(".reading-line")).to_have_attribute("visibility", "visible")

    # 6: two scenarios under names of their own.
    comparing = part(calculator, "Compare")
    comparing.locator("[data-role=name-a]").fill("Today")
    comparing.locator("[data-role=name-b]").fill("Next year")
    comparing.get_by_role("button", name="Keep as A").click()
    page.evaluate(TYPE, [path, high])
    settled(calculator)
    expect(ranges.locator(".explore-found")).to_contain_class("is-old")
    comparing.get_by_role("button", name="Compare with A").click()
    expect(comparing.locator("thead")).to_contain_text("Next year against Today")
    expect(comparing.locator("tbody tr").first).to_be_attached()

    # 8: carried away in every form.
    sharing = part(calculator, "Keep and share")
    found = sharing.locator("[data-found]")
    for form in ("markdown", "csv", "json", "scenario", "command", "python"):
        sharing.locator("[data-role=copy-as]").select_option(form)
        sharing.get_by_role("button", name="Copy", exact=True).click()
        expect(found).to_have_text("Copied.")
        text = copied(page)
        assert text != "" and (name in text or form in ("csv", "markdown"))
        page.evaluate(f"() => navigator.clipboard.writeText('').then(() => {{ {CLEAR} }})")
    sharing.locator("[data-role=copy-as]").select_option("svg")
    with page.expect_download() as saving:
        sharing.get_by_role("button", name="Save").click()
    drawn = ElementTree.fromstring(Path(saving.value.path()).read_text("utf-8"))
    assert drawn.tag.endswith("svg") and "var(" not in ElementTree.tostring(drawn, "unicode")

    # 7: a link brings the same answer back, and says so.
    changed = calculator.locator("[data-result]").inner_text()
    sharing.get_by_role("button", name="Copy link").click()
    expect(found).to_have_text("Link copied.")
    link = copied(page)
    calculator.get_by_role("button", name="Reset").click()
    expect(calculator.locator("[data-result]")).to_have_text(own, use_inner_text=True)
    page.evaluate("(hash) => { location.hash = hash; }", link.split("#", 1)[1])
    expect(calculator.locator("[data-notice]")).to_have_text("These numbers came with the link.")
    expect(calculator.locator("[data-result]")).to_have_text(changed, use_inner_text=True)

    # 10: a dropped scenario file, from earlier prices and with a part that no longer exists.
    told = {"calculator": name, "facts": "2020-01-01", "answer": "$1.11", "given": {path: low, "no_such": "1"}}
    page.evaluate(DROP, ["old.json", json.dumps(told)])
    expect(calculator.locator("[data-notice]")).to_contain_text("A part was not understood and left out.")
    expect(calculator.locator("[data-notice]")).to_contain_text(
        "With the prices of 2020-01-01 the answer was $1.11; with"
    )
    expect(calculator.locator("[data-notice]")).to_contain_text(calculator.locator(".result-value").inner_text())

    # 9: an example, and the shared numbers carried to another calculator in the same tab.
    if not calculator.locator(".calc-explore").evaluate("(fold) => fold.open"):
        calculator.locator(".calc-explore > summary").click()
    using = part(calculator, "Use these numbers in another calculator")
    option = using.locator("option").first
    names = json.loads(option.get_attribute("data-names") or "{}")
    there = option.get_attribute("value")
    calculator.locator("[data-example]").first.click()
    settled(calculator)
    typed = {mine: calculator.locator(f'[name="{mine}"]').input_value() for mine in names}
    using.get_by_role("button", name="Go there").click()
    other = page.locator(f'section.calc[data-calculator="{there}"][data-show=full][data-live]')
    expect(other.locator("[data-notice]")).to_contain_text("came with the other calculator")
    for mine, theirs in names.items():
        expect(other.locator(f'[name="{theirs}"]').first).to_have_value(typed[mine])


NO_SCENARIO = "This file holds no scenario of this calculator. Nothing was changed."
HOSTILE_OF = "#numbers=1&calculator=prompting/cost"
HOSTILE = {
    HOSTILE_OF + "&.__proto__=1&.constructor=2&.toString=3": "Nothing in this link was understood",
    HOSTILE_OF + "&.requests=" + "9" * 200: "Nothing in this link was understood",
    HOSTILE_OF + "&.model=no/such&.requests=7": "A part was not understood",
    HOSTILE_OF + "&.requests=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E": "Nothing in this link was understood",
    HOSTILE_OF + "&.requests=my+password&.answer=1k..2.5+million": "A part was not understood",
    HOSTILE_OF + "&.requests=%E0%A4%A&.%ZZ=1": "Nothing in this link was understood",
    "#numbers=1&calculator=no/such&.requests=7": "a calculator that is not on this page",
    "#numbers=1": "a calculator that is not on this page",
    "#numbers=9&calculator=prompting/cost&.requests=7": "of another version",
    HOSTILE_OF + "&.requests=7&" + "x" * 100_000: "too long",
    HOSTILE_OF + "&facts=<b>x</b>&answer=<script>&.requests=7": "came with the link",
    HOSTILE_OF + "&facts=2020-01-01&answer=<b>$5</b>&.requests=7": "the answer was b$5/b;",
}


def test_r12_a20_a_hostile_link_is_told_in_a_sentence_and_breaks_nothing(page: Page, real_site: Site) -> None:
    calculator = visit(page, real_site, "prompting/cost")
    before = calculator.locator("[name=requests]").first.input_value()
    for fragment, words in HOSTILE.items():
        calculator.get_by_role("button", name="Reset").click()
        page.evaluate("(hash) => { location.hash = ''; location.hash = hash; }", fragment)
        expect(calculator.locator("[data-notice]")).to_contain_text(words)
        assert calculator.locator("img, script, b").count() == 0
        if "Nothing" in words or "not on" in words or words in ("too long", "of another version"):
            expect(calculator.locator("[name=requests]").first).to_have_value(before)
    assert page.evaluate("() => ({}).requests === undefined && Object.prototype.model === undefined")


def test_a_link_from_before_a_renaming_opens(page: Page, real_site: Site) -> None:
    def renamed(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(
            content_type="text/html",
            body=text.replace('data-field="requests"', 'data-field="requests" data-formerly="volume calls"'),
        )

    page.route("**/cost/prompting/", renamed)
    calculator = visit(page, real_site, "prompting/cost", "#numbers=1&calculator=prompting/cost&.volume=7")
    expect(calculator.locator("[name=requests]").first).to_have_value("7")
    expect(calculator.locator("[data-notice]")).to_have_text("These numbers came with the link.")


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
def test_a_file_that_is_no_scenario_changes_nothing(page: Page, real_site: Site, text: str) -> None:
    calculator = visit(page, real_site, "prompting/cost")
    before = calculator.locator("[data-result]").inner_text()
    page.evaluate(DROP, ["any.json", text])
    expect(calculator.locator("[data-notice]")).to_have_text(
        "This file holds no scenario of this calculator. Nothing was changed."
    )
    assert calculator.locator("[data-result]").inner_text() == before


def test_where_the_clipboard_is_refused_there_is_another_way(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
    calculator = visit(page, real_site, "prompting/cost")
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    calculator.locator(".calc-explore > summary").click()
    sharing = part(calculator, "Keep and share")
    sharing.get_by_role("button", name="Copy link").click()
    expect(sharing.locator("[data-found]")).to_have_text("Link copied.")
    page.evaluate("() => { document.execCommand = () => false; }")
    sharing.get_by_role("button", name="Copy link").click()
    expect(sharing.get_by_label("Text to copy")).to_have_value(re.compile(r"^http.*#numbers=1"))
    expect(sharing.get_by_label("Text to copy")).to_be_focused()
    page.close()


def test_only_the_newest_question_of_an_instrument_is_answered(page: Page, real_site: Site) -> None:
    calculator = visit(page, real_site, "prompting/cost")
    calculator.locator(".calc-explore > summary").click()
    matters = part(calculator, "What matters most")
    for output in ("per_year", "per_request", "per_month"):
        matters.locator("[data-role=sensitivity]").select_option(output)
        matters.get_by_role("button").click()
    label = amounts("prompting/cost")["per_month"].label
    expect(matters.locator(".chart-summary")).to_contain_text(label)
    page.wait_for_timeout(400)
    expect(matters.locator(".chart-summary")).to_contain_text(label)


def test_a_question_that_takes_its_time_says_so(page: Page, real_site: Site) -> None:
    calculator = visit(page, real_site, "evaluating/plan")
    calculator.locator(".calc-explore > summary").click()
    ranges = part(calculator, "Ranges")
    page.evaluate("""() => { window.said = []; const place = [...document.querySelectorAll(".explore-part")]
      .find((it) => it.querySelector("h3").textContent === "Ranges").querySelector("[data-found]");
      new MutationObserver(() => window.said.push(place.textContent)).observe(place, { childList: true }); }""")
    ranges.get_by_role("button").click()
    expect(ranges.locator("[data-found]")).to_contain_text("Type at least one input as a range")
    assert set(page.evaluate("() => window.said")) - {"Computing…"} in (
        {"Type at least one input as a range, like 80k..120k or 100k ±20%"},
        {"Loading the calculator…", "Type at least one input as a range, like 80k..120k or 100k ±20%"},
    )


def test_r13_print_shows_inputs_result_working_sources_and_link(page: Page, real_site: Site) -> None:
    calculator = visit(page, real_site, "prompting/cost")
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    expect(calculator.locator(".result-working .working-steps").first).to_be_visible()
    expect(calculator.locator(".result-sources li").first).to_be_visible()
    expect(calculator.locator(".calc-printed")).to_contain_text(f"#numbers=1&calculator={quote('prompting/cost', '')}")
    expect(calculator.locator("input[name=requests]").first).to_be_visible()
    for hidden in (".calc-explore", ".chart-reader", ".amount-working", ".calc-examples"):
        assert calculator.locator(hidden).locator("visible=true").count() == 0
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(calculator.locator(".result-working")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("name", SCALAR)
def test_every_control_has_a_name(page: Page, real_site: Site, name: str) -> None:
    calculator = visit(page, real_site, name)
    calculator.locator(".calc-explore > summary").click()
    nameless = page.evaluate("""() => [...document.querySelectorAll(".calc-explore :is(input, select, button)")]
      .filter((it) => !it.closest("label")?.querySelector("span")?.textContent && !it.textContent.trim())
      .map((it) => it.outerHTML)""")
    assert nameless == []
    assert all(title for title in calculator.locator("svg[role=img] > title").all_text_contents())
    assert find(name).name == name


def test_the_scripts_of_a_page_stay_small() -> None:
    folder = Path(__file__).resolve().parents[2] / "docs" / "assets" / "javascripts"
    files = [it for it in folder.glob("*.js") if it.name not in ("worker.js", "tokens.js")]
    packed = sum(len(gzip.compress(bundle._without_comments(it.read_bytes()), 9)) for it in files)
    assert files and packed < MOST, packed
