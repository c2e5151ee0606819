"""The site as it ships, in Chromium: answers without scripts, live edits, keyboard, two widths, both schemes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question, Result
from tests.browser.real import HOLD, UNFOLD, calculator, control, go, places, settled, until
from tests.calculators.settings import SOL
from tests.site.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def page(live_context: BrowserContext) -> Iterator[Page]:
    """A page of a profile that has been here before, on which nothing starts Python by itself."""
    page = live_context.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


PRINTED = ("working", "models", "details", "sources")
"""The folds that paper shows, in the order of the page."""

PAGES = ("", "cost/prompting/", "reference/prices/", "reference/calculators/", "contribute/add-a-calculator/")


def field(page: Page, name: str) -> Locator:
    found = page.locator(f"section.calc input[name='{name}'], section.calc select[name='{name}']").first
    found.evaluate_all(UNFOLD)
    return found


def shown(page: Page) -> str:
    return page.locator("section.calc .result-value").first.text_content() or ""


@pytest.mark.promise("F1", "A11")
def test_without_scripts_the_answer_is_there_and_nothing_pretends_to_work(
    chromium: Browser, real_site: Site, catalogue: Catalogue
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    reply = json.loads(catalogue.answer(Question("prompting/cost", form="page")))
    assert reply["spoken"].endswith(shown(page))
    expect(page.locator(".calc-noscript").first).to_be_visible()
    expect(page.locator(".calc-noscript").first).to_contain_text("turn on JavaScript")
    expect(page.locator("section.calc .chart-bars").first).to_be_visible()
    expect(page.locator("section.calc table").first).to_be_visible()
    assert real_site.folder
    for name, (path, id) in places(real_site.folder).items():
        page.goto(real_site.address + path)
        section = page.locator(f"section.calc#{id}")
        expect(section.locator(".calc-noscript")).to_be_visible()
        assert section.locator(":is(input, select, textarea, button):enabled:visible").count() == 0, name
        promises = section.locator(".result-example:visible, .calc-age:visible, .result-block:has([data-file]):visible")
        assert promises.count() == 0, name
        assert (section.locator("[data-result]").inner_text() or "").strip(), name
        if "working-steps" in catalogue.answer(Question(name, form="html")):
            assert section.locator(".result-working .working-steps").first.text_content(), name
    context.close()


SHIFTED = """window.shifted = [];
new PerformanceObserver((seen) => seen.getEntries().forEach(({ sources }) =>
  sources.forEach(({ node }) => window.shifted.push(node?.className || node?.nodeName))))
  .observe({ type: "layout-shift", buffered: true });"""


TALL = 6000
"""Pixels of a window that shows all of a calculator, and what is below it: what is out of sight may move."""


@pytest.mark.parametrize(
    ("path", "height"),
    [
        ("cost/prompting/", TALL),
        *(
            pytest.param(path, height, marks=pytest.mark.long)
            for path in ("", "cost/prompting/", "do/run-an-experiment/", "do/prepare-a-dataset/")
            for height in (720, TALL)
            if (path, height) != ("cost/prompting/", TALL)
        ),
    ],
)
def test_nothing_moves_while_scripts_and_python_arrive(
    chromium: Browser, real_site: Site, path: str, height: int
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": height})
    page.add_init_script(SHIFTED)
    page.goto(real_site.address + path)
    expect(page.locator("section.calc:not([data-live])")).to_have_count(0)
    page.evaluate("() => window.__calculators.ready")
    moved = page.evaluate("() => new Promise(requestAnimationFrame).then(() => window.shifted)")
    page.close()
    assert moved == []


@pytest.mark.usefixtures("pauses")
def test_an_edited_number_gives_the_terminals_answer_to_the_byte(cost_page: Page, catalogue: Catalogue) -> None:
    field(cost_page, "requests").fill("123k")
    field(cost_page, "model").select_option("anthropic/claude-opus-5-5")
    given = {"requests": "123k", "model": "anthropic/claude-opus-5-5"}
    expected = json.loads(catalogue.answer(Question("prompting/cost", given, ask=Result(PRINTED), form="page")))
    expect(cost_page.locator("section.calc .result-value").first).to_have_text(expected["spoken"].split(": ")[1])
    expect(fold(cost_page, ".result-sources ul")).to_be_attached()
    assert cost_page.locator("section.calc [data-result]").first.inner_html() == cost_page.evaluate(
        "(html) => { const it = document.createElement('div'); it.innerHTML = html; return it.innerHTML }",
        expected["result"],
    )
    expect(cost_page.locator("[data-field=requests] .field-echo").first).to_have_text("= 123,000 requests")
    terminal = catalogue.answer(Question("prompting/cost", given, form="text"))
    assert shown(cost_page) in terminal


RECORD = """() => {
  const parts = [".result-value", ".result-working", "details[data-keep=models] tbody", ".result-sources ul"];
  const AGE = / \\((today|yesterday|\\d+ days ago)\\)/g; // It stands in open folds, and not in what the Worker sends.
  const isBeside = (it) => it.localName === "summary" || "said" in (it.dataset ?? {}); // such as "Computing…"
  const own = (it) => (isBeside(it) ? "" : it.textContent.replaceAll(AGE, ""));
  const text = (part) => [...(part?.childNodes ?? [])].map(own).join("");
  window.told = (place) => parts.map((part) => text(place.querySelector(part)));
  window.seen = [];
  const place = document.querySelector("section.calc [data-result]");
  new MutationObserver(() => window.seen.push(window.told(place)))
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""
"""Keeps, at each change of a result, its headline and what is in its folds."""

TOLD = "(html) => { const it = document.createElement('div'); it.innerHTML = html; return window.told(it) }"

ASKED = """() => {
  window.asked = [];
  window.postMessageItself ??= Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    const ask = message.question && JSON.parse(message.question).ask;
    if (ask && ask.kind !== "figures") window.asked.push(ask);
    return window.postMessageItself.call(this, message, ...more);
  };
}"""
"""Keeps what a calculator asks of the Worker, once each on a page that keeps its scripts from test to test. Sentences
that follow the case ask for figures at moments of their own."""

WORKING, TABLE = ".result-working", "details[data-keep=models]"


def fold(page: Page, selector: str) -> Locator:
    return page.locator("section.calc").first.locator(f"[data-result] {selector}").first


def whole(page: Page, catalogue: Catalogue, requests: str) -> list[str]:
    """The headline and the contents of the folds that belong to a number of requests."""
    forms: list[str] = page.evaluate(
        TOLD, catalogue.answer(Question("prompting/cost", {"requests": requests}, form="html"))
    )
    return forms


@pytest.mark.usefixtures("pauses")
def test_a_fold_is_empty_until_it_belongs_to_the_number_above_it(cost_page: Page, catalogue: Catalogue) -> None:
    cost_page.evaluate(RECORD)
    expected = {}
    for text in ("1k", "2k", "3k"):
        whole_answer = whole(cost_page, catalogue, text)
        expected[whole_answer[0]] = whole_answer
        field(cost_page, "requests").fill(text)
        expect(fold(cost_page, ".result-value")).to_have_text(whole_answer[0])
        expect(fold(cost_page, ".result-sources ul")).to_be_attached()
    frames = cost_page.evaluate("() => window.seen")
    assert [frame for frame in frames if not any(frame[1:])][:: len(frames)] == [[next(iter(expected)), "", "", ""]]
    for frame in frames:
        assert all(text in ("", "Computing…", right) for text, right in zip(frame, expected[frame[0]], strict=True))
    assert frames[-1] == list(expected.values())[-1]


WATCHED = """() => {
  window.changes = [];
  const place = document.querySelector("section.calc [data-result]");
  const parts = { headline: ".result-headline", chart: "svg", folds: "details[data-keep]:not([open]) > :not(summary)" };
  const text = (part) => [...place.querySelectorAll(part)].map((it) => it.textContent).join("");
  const now = () => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, text(part)]));
  let before = now();
  new MutationObserver(() => {
    const after = now();
    window.changes.push(Object.keys(parts).filter((name) => before[name] !== after[name]));
    before = after;
  }).observe(place, { childList: true, characterData: true, subtree: true });
}"""
"""Keeps, at each change of a result, which of its parts differ."""


@pytest.mark.usefixtures("pauses")
def test_the_headline_comes_ahead_of_a_slow_chart_but_not_of_what_is_open(site_page: Page, real_site: Site) -> None:
    go(site_page, real_site, "cost/agents/")
    site_page.evaluate("() => window.__calculators.ready")
    site_page.evaluate(WATCHED)
    field(site_page, "steps").fill("7")
    until(site_page, "() => window.changes.filter((names) => names.includes('folds')).length > 1")  # emptied and filled
    site_page.wait_for_timeout(500)
    for text, is_open in (("9", False), ("11", True)):
        site_page.evaluate("() => { window.changes = [] }")
        field(site_page, "steps").fill(text)
        until(site_page, "() => window.changes.some((names) => names.includes('chart'))")
        change, *changes = [names for names in site_page.evaluate("() => window.changes") if names]
        assert {"headline", "folds"} <= {*change}
        assert ("chart" in change) is is_open and (is_open or "chart" in changes[0])
        fold(site_page, "[data-keep=models] > summary").click()
        site_page.wait_for_timeout(1500)  # longer than the pause after which folds are filled


LABEL = """(section) => {
  const { content } = getComputedStyle(section.querySelector(".result-label"), "::after");
  return [section.matches(".is-stale"), content, section.querySelector(".calc-stale").checkVisibility()];
}"""
"""Whether an answer is marked as older, what its label says of that, and whether a sentence does."""


def test_a_headline_that_is_ahead_of_its_chart_is_not_called_out_of_date(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, "agents/cost")
    value = section.locator(".result-value")
    site_page.evaluate("() => window.__calculators.ready")
    for text in ("7", "9"):
        site_page.evaluate(HOLD, "headline")
        before = value.inner_text()
        control(section, "steps").fill(text)
        until(site_page, "() => document.querySelector('.calc-full').matches('.is-stale')")
        assert section.evaluate(LABEL) == [True, '": out of date"', True]
        site_page.evaluate("() => window.release()")
        site_page.evaluate(HOLD, "result")
        expect(value).not_to_have_text(before)
        assert section.evaluate(LABEL) == [True, "none", False]
        site_page.evaluate("() => window.release()")
        settled(section)
        assert section.evaluate(LABEL) == [False, "none", False]


@pytest.mark.usefixtures("pauses")
def test_an_edit_asks_once_and_what_paper_shows_is_asked_for_after_a_pause(cost_page: Page) -> None:
    cost_page.evaluate("() => window.__calculators.ready")
    cost_page.evaluate(ASKED)
    requests = field(cost_page, "requests")
    for key in ("Control+A", "1", "2", "3"):
        requests.press(key)
    until(cost_page, "() => window.asked.at(-1)?.kind === 'report'")
    asked = cost_page.evaluate("() => window.asked")
    edits = [number for number, ask in enumerate(asked) if ask["kind"] == "result"]
    assert all(asked[number] == {"kind": "result", "folds": []} for number in edits) and len(edits) <= 3
    folds = [{"kind": "fold", "name": name} for name in PRINTED]
    *later, _report = asked[edits[-1] + 1 :]
    assert later == folds, "a fold that nobody opens is asked for once the reader has paused, and then the report"
    fold(cost_page, ".amount-working summary").click()
    expect(fold(cost_page, ".amount-working .working-name")).to_be_visible()
    assert cost_page.evaluate("() => window.asked.at(-1)") == {"kind": "fold", "name": "working-per_request"}


def test_the_page_of_most_tests_prepares_nothing_for_paper(cost_page: Page) -> None:
    """All other tests would pass without that, and take longer."""
    cost_page.evaluate("() => window.__calculators.ready")
    cost_page.evaluate(ASKED)
    before = shown(cost_page)
    field(cost_page, "requests").fill("321")
    expect(fold(cost_page, ".result-value")).not_to_have_text(before)
    cost_page.wait_for_timeout(1500)  # longer than the pause after which folds are filled
    assert {ask["kind"] for ask in cost_page.evaluate("() => window.asked")} == {"result"}


@pytest.mark.usefixtures("pauses")
def test_a_page_that_the_reader_left_asks_for_nothing_more(cost_page: Page, real_site: Site) -> None:
    cost_page.evaluate("() => window.__calculators.ready")
    cost_page.evaluate(ASKED)
    before = shown(cost_page)
    field(cost_page, "requests").fill("321")
    until(cost_page, "() => window.asked.length > 0")
    expect(fold(cost_page, ".result-value")).not_to_have_text(before)
    go(cost_page, real_site, "reference/prices/")
    cost_page.wait_for_timeout(1500)  # longer than the pause after which folds are filled
    assert cost_page.evaluate("() => window.asked.map(({ kind }) => kind)") == ["result"]


def test_what_is_open_comes_with_the_answer(cost_page: Page, catalogue: Catalogue) -> None:
    for part in (WORKING, TABLE):
        fold(cost_page, f"{part} > summary").click()
    cost_page.evaluate(RECORD)
    whole_answer = whole(cost_page, catalogue, "7k")
    field(cost_page, "requests").fill("7k")
    expect(fold(cost_page, ".result-value")).to_have_text(whole_answer[0])
    first = cost_page.evaluate("(headline) => window.seen.find((frame) => frame[0] === headline)", whole_answer[0])
    assert first == [*whole_answer[:3], ""]
    expect(fold(cost_page, f"{TABLE} tbody")).to_be_visible()


def test_a_chart_can_be_read_after_an_edit_though_its_table_is_folded_away(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, "evaluating/plan")
    before = section.locator(".result-value").text_content() or ""
    control(section, "expected").fill("90%")
    expect(section.locator(".result-value")).not_to_have_text(before)
    expect(section.locator("details[data-keep=line] table")).to_have_count(0)
    section.locator(".chart-reader input").press("ArrowRight")
    reading = section.locator(".chart-reader .reading")
    expect(reading).to_have_text(re.compile("^Examples .+: Chance to notice.+%$"))
    first = reading.text_content() or ""
    section.locator(".chart-line").hover(position={"x": 300, "y": 20})
    expect(reading).not_to_have_text(first)


def test_keyboard_alone_changes_a_number_and_reads_the_answer(cost_page: Page) -> None:
    before = shown(cost_page)
    requests = field(cost_page, "requests")
    requests.focus()
    cost_page.keyboard.press("Control+A")
    cost_page.keyboard.type("1M")
    expect(cost_page.locator("section.calc .result-value").first).not_to_have_text(before)
    expect(requests).to_be_focused()
    expect(cost_page.locator(".calc-status").first).to_contain_text("Cost a month: $")
    focused = []
    for _ in range(60):
        cost_page.keyboard.press("Tab")
        focused.append(
            cost_page.evaluate("document.activeElement.name || document.activeElement.textContent.trim().slice(0, 30)")
        )
    assert "model" in focused and any(words.startswith("How it is sent") for words in focused)


def test_an_error_is_told_beside_the_field_and_the_old_answer_is_marked(cost_page: Page) -> None:
    before = shown(cost_page)
    field(cost_page, "requests").fill("1,5")
    message = cost_page.locator("[data-field=requests] .field-error").first
    expect(message).to_have_text("Requests a month: use a point for decimals, like 1000.50")
    expect(cost_page.locator("section.calc").first).to_have_class(re.compile("is-stale"))
    expect(cost_page.locator(".calc-stale").first).to_be_visible()
    assert shown(cost_page) == before


def test_another_model_clears_own_prices_and_says_so(cost_page: Page) -> None:
    field(cost_page, "model").select_option(SOL)
    cost_page.get_by_text("Prices and limits of this model").first.click()
    price = field(cost_page, "model.input")
    price.fill("7")
    expect(cost_page.locator("[data-field='model.input'] .field-published").first).to_contain_text(
        "$2 per million tokens"
    )
    field(cost_page, "model").select_option("mistral/mistral-large-4")
    expect(price).to_have_value("")
    expect(cost_page.locator("[data-cleared]").first).to_be_visible()
    expect(cost_page.locator("[data-field='model.input'] .field-published").first).to_contain_text(
        "$0.70 per million tokens"
    )


def test_an_example_and_reset(cost_page: Page) -> None:
    before = shown(cost_page)
    cost_page.get_by_role("button", name="Sorting tickets by night").first.click()
    expect(field(cost_page, "requests")).to_have_value("400,000")
    expect(cost_page.locator("section.calc .result-value").first).not_to_have_text(before)
    cost_page.get_by_role("button", name="Reset").first.click()
    expect(cost_page.locator("section.calc .result-value").first).to_have_text(before)


def test_a_chosen_file_is_read_and_sent_as_its_text(cost_page: Page, catalogue: Catalogue) -> None:
    cost_page.evaluate("""() => {
        const control = Object.assign(document.createElement("input"), { type: "file", name: "requests" });
        control.dataset.longest = "20";
        document.querySelector("section.calc form").append(control);
    }""")
    chosen: FilePayload = {"name": "requests.txt", "mimeType": "text/plain", "buffer": b"77k"}
    cost_page.locator("section.calc input[name=requests][type=file]").set_input_files(files=[chosen])
    reply = json.loads(catalogue.answer(Question("prompting/cost", {"requests": "77k"}, form="page")))
    expect(cost_page.locator("section.calc .result-value").first).to_have_text(reply["spoken"].split(": ")[1])


NOT_WIDER = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_screen(site_page: Page, real_site: Site, path: str) -> None:
    go(site_page, real_site, path)
    for width, height in ((320, 800), (1280, 900)):
        site_page.set_viewport_size({"width": width, "height": height})
        until(site_page, NOT_WIDER)  # The theme moves its own parts a while after the window has changed.


@pytest.mark.parametrize("width", [360, 800, 1024, 1280, 1440])
@pytest.mark.parametrize("calculator", ["choosing/break_even", "choosing/candidates"])
def test_a_grid_of_lines_fits_its_calculator(site_page: Page, real_site: Site, calculator: str, width: int) -> None:
    """Beside both side columns, beside one and beside none; and so does the longest of its choices."""
    site_page.set_viewport_size({"width": width, "height": 900})
    go(site_page, real_site, places(real_site.folder)[calculator][0])
    grid = site_page.locator("section.calc-full .field-lines .table-frame").first
    until(site_page, NOT_WIDER)
    assert grid.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    for select in filter(Locator.is_visible, grid.locator("select").all()):
        options = select.locator("option").all_inner_texts()
        select.select_option(label=max(options, key=len))
    assert grid.evaluate("(it) => it.scrollWidth <= it.clientWidth")


@pytest.mark.promise("R13", "A25")
def test_print_shows_inputs_and_result_without_controls(cost_page: Page) -> None:
    cost_page.emulate_media(media="print")
    expect(cost_page.locator("section.calc .result-value").first).to_be_visible()
    expect(cost_page.get_by_role("button", name="Reset").first).to_be_hidden()
    expect(cost_page.locator("section.calc input[name=requests]").first).to_be_visible()
    cost_page.emulate_media(media="screen")


FOLDED_ON_PAPER = "[data-result] details[data-keep]:not([data-working]):not([open]:has(> :nth-child(2)))"


@pytest.mark.usefixtures("pauses")
@pytest.mark.promise("R13", "A25")
def test_after_an_edit_paper_shows_all_that_is_folded_away(cost_page: Page) -> None:
    field(cost_page, "requests").fill("31k")
    expect(fold(cost_page, ".result-sources ul")).to_be_attached()
    cost_page.evaluate("() => { window.print = () => (window.isPrinted = dispatchEvent(new Event('beforeprint'))); }")
    cost_page.get_by_role("button", name="Share", exact=True).first.click()
    cost_page.get_by_role("button", name="Print page").click()
    cost_page.wait_for_function("() => window.isPrinted")
    cost_page.emulate_media(media="print")
    expect(fold(cost_page, ".result-working .working-name").last).to_be_visible()
    expect(fold(cost_page, ".result-working")).to_contain_text("31,000 requests")
    expect(fold(cost_page, ".result-sources li")).to_be_visible()
    assert cost_page.locator("section.calc").first.locator(FOLDED_ON_PAPER).count() == 0
    cost_page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    cost_page.emulate_media(media="screen")
    expect(fold(cost_page, ".result-working .working-name")).to_be_hidden()


def test_instant_navigation_keeps_the_one_worker(page: Page, real_site: Site) -> None:
    started: list[str] = []
    page.on("worker", lambda worker: started.append(worker.url) if worker.url.startswith("blob:") else None)
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    field(page, "requests").fill("20k")
    expect(page.locator(".calc-status").first).to_contain_text("Cost a month")
    page.locator("a.md-logo").first.click()
    page.wait_for_url(real_site.address)
    page.get_by_text("Change the numbers").first.click()
    field(page, "requests").fill("20k")
    expect(page.locator(".calc-status").first).to_contain_text("Cost a month")
    assert len(started) == 1


@pytest.mark.long  # In every run, tests/browser/privacy/test_no_leak.py holds the same on all pages.
def test_the_policy_is_never_broken_and_no_one_else_is_asked(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
    foreign: list[str] = []
    messages: list[str] = []
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((real_site.address, "blob:", "data:")) else foreign.append(request.url)
        ),
    )
    page.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in PAGES:
        page.goto(real_site.address + path)
        page.wait_for_timeout(50)
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    field(page, "requests").fill("20k")
    expect(page.locator(".calc-status").first).to_contain_text("Cost a month")
    page.locator("label[for=__palette_1], label[for=__palette_0]").locator("visible=true").first.click()
    page.keyboard.press("/")
    page.keyboard.type("token")
    page.wait_for_timeout(300)
    page.close()
    assert (foreign, messages) == ([], [])


def test_pages_without_a_calculator_load_no_runtime(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{real_site.address}reference/prices/")
    page.wait_for_timeout(300)
    page.close()
    assert not [address for address in asked if "/runtime/" in address]


def test_a_term_is_explained_by_key_and_by_pointer(site_page: Page, real_site: Site) -> None:
    go(site_page, real_site, "cost/hardware/")
    term = site_page.locator("abbr.term").first
    meaning = term.get_attribute("title") or ""
    steps: list[tuple[Callable[[], None], Callable[[], None]]] = [
        (term.focus, term.blur),
        (term.hover, lambda: site_page.mouse.move(0, 0)),
    ]
    for begin, end in steps:
        expect(site_page.get_by_text(meaning, exact=True)).to_have_count(0)
        begin()
        expect(site_page.get_by_text(meaning, exact=True)).to_be_visible()
        end()


def test_the_search_finds_a_section(page: Page, real_site: Site) -> None:
    page.goto(real_site.address)
    page.keyboard.press("/")
    page.keyboard.type("catastrophic forgetting")
    results = page.locator(".md-search-result__link[href*='learn/fine-tuning/']").first
    expect(results).to_be_visible()
    results.click()
    expect(page).to_have_url(re.compile("/learn/fine-tuning/"))


def test_code_can_be_copied(chromium: Browser, real_site: Site) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{real_site.address}contribute/add-a-source/")
    page.locator(".highlight").first.hover()
    page.locator(".highlight button[data-clipboard-target]").first.click()
    expect(page.get_by_text("Copied to clipboard")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert copied.startswith("  liu-2023:\n") and "arxiv.org" in copied
