"""The site as it ships, in Chromium: answers without scripts, live edits, keyboard, two widths, both schemes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.real import places
from tests.site.server import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def new_page(live_context: BrowserContext) -> Iterator[Page]:
    """A page of a profile that has been here before, on which nothing starts Python by itself."""
    page = live_context.new_page()
    page.set_default_timeout(30_000)
    yield page
    page.close()


PAGES = ("", "cost/prompting/", "reference/prices/", "reference/calculators/", "contribute/add-a-calculator/")


def field(page: Page, name: str):
    return page.locator(f"section.calc input[name='{name}'], section.calc select[name='{name}']").first


def shown(page: Page) -> str:
    return page.locator("section.calc .result-value").first.text_content() or ""


def test_f1_a11_without_scripts_the_answer_is_there_and_nothing_pretends_to_work(
    chromium: Browser, real_site: Site, catalogue
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    told = json.loads(catalogue.answer("prompting/cost", "{}", "page"))
    assert told["spoken"].endswith(shown(page))
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
        assert (section.locator("[data-result]").inner_text() or "").strip(), name
        if "working-steps" in catalogue.answer(name, "{}", "html"):
            assert section.locator(".result-working .working-steps").first.text_content(), name
    context.close()


SHIFTED = """window.shifted = [];
new PerformanceObserver((seen) => seen.getEntries().forEach(({ sources }) =>
  sources.forEach(({ node }) => window.shifted.push(node?.className || node?.nodeName))))
  .observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("path", ["", "cost/prompting/", "do/run-an-experiment/"])
def test_nothing_moves_while_scripts_and_python_arrive(chromium: Browser, real_site: Site, path: str) -> None:
    page = chromium.new_page()
    page.add_init_script(SHIFTED)
    page.goto(real_site.address + path)
    expect(page.locator("section.calc:not([data-live])")).to_have_count(0)
    page.evaluate("() => window.__calculators.ready")
    moved = page.evaluate("() => new Promise(requestAnimationFrame).then(() => window.shifted)")
    page.close()
    assert moved == []


def test_an_edited_number_gives_the_terminals_answer_to_the_byte(cost_page: Page, catalogue) -> None:
    field(cost_page, "requests").fill("123k")
    field(cost_page, "model").select_option("anthropic/claude-opus-5-5")
    given = json.dumps({"requests": "123k", "model": "anthropic/claude-opus-5-5"})
    expected = json.loads(catalogue.answer("prompting/cost", given, "page"))
    expect(cost_page.locator("section.calc .result-value").first).to_have_text(expected["spoken"].split(": ")[1])
    expect(cost_page.locator("section.calc [data-result] [data-later]")).to_have_count(0)
    assert cost_page.locator("section.calc [data-result]").first.inner_html() == cost_page.evaluate(
        "(html) => { const it = document.createElement('div'); it.innerHTML = html; return it.innerHTML }",
        expected["result"],
    )
    expect(cost_page.locator("[data-field=requests] .field-echo").first).to_have_text("= 123,000 requests")
    terminal = catalogue.answer("prompting/cost", given, "text")
    assert shown(cost_page) in terminal


RECORD = """() => {
  const parts = [".result-value", ".result-working", "details[data-keep=models] tbody", ".result-sources ul"];
  const own = (it) => (it.localName === "summary" ? "" : it.textContent);
  const text = (part) => [...(part?.childNodes ?? [])].map(own).join("");
  window.told = (place) => parts.map((part) => text(place.querySelector(part)));
  window.seen = [];
  const place = document.querySelector("section.calc [data-result]");
  new MutationObserver(() => window.seen.push(window.told(place)))
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""
"""Keeps, at each change of a result, its headline and what is in its folds."""

TOLD = "(html) => { const it = document.createElement('div'); it.innerHTML = html; return window.told(it) }"


def test_a_fold_is_empty_until_it_belongs_to_the_number_above_it(cost_page: Page, catalogue) -> None:
    cost_page.evaluate(RECORD)
    value = cost_page.locator("section.calc .result-value").first
    whole = {}
    for text in ("1k", "2k", "3k"):
        answer = json.loads(catalogue.answer("prompting/cost", json.dumps({"requests": text}), "page"))["result"]
        told = cost_page.evaluate(TOLD, answer)
        whole[told[0]] = told
        field(cost_page, "requests").fill(text)
        expect(value).to_have_text(told[0])
        expect(cost_page.locator("section.calc").first.locator("[data-later]")).to_have_count(0)
    seen = cost_page.evaluate("() => window.seen")
    assert [told for told in seen if all(told)] == list(whole.values())
    assert [told for told in seen if not all(told)] == [[number, "", "", ""] for number in whole]


def test_where_a_fold_is_open_an_answer_comes_whole(cost_page: Page) -> None:
    cost_page.locator("section.calc .result-working > summary").first.click()
    cost_page.evaluate(RECORD)
    before = shown(cost_page)
    field(cost_page, "requests").fill("7k")
    expect(cost_page.locator("section.calc .result-value").first).not_to_have_text(before)
    assert all(cost_page.evaluate("() => window.seen[0]"))


def test_keyboard_alone_changes_a_number_and_reads_the_answer(cost_page: Page) -> None:
    before = shown(cost_page)
    requests = field(cost_page, "requests")
    requests.focus()
    cost_page.keyboard.press("Control+A")
    cost_page.keyboard.type("1M")
    expect(cost_page.locator("section.calc .result-value").first).not_to_have_text(before)
    expect(requests).to_be_focused()
    expect(cost_page.locator(".calc-status").first).to_contain_text("Cost a month: $")
    seen = []
    for _ in range(60):
        cost_page.keyboard.press("Tab")
        seen.append(
            cost_page.evaluate("document.activeElement.name || document.activeElement.textContent.trim().slice(0, 30)")
        )
    assert "model" in seen and "batch" in seen


def test_an_error_is_told_beside_the_field_and_the_old_answer_is_marked(cost_page: Page) -> None:
    before = shown(cost_page)
    field(cost_page, "requests").fill("1,5")
    message = cost_page.locator("[data-field=requests] .field-error").first
    expect(message).to_have_text("Requests a month: use a point for decimals, like 1000.50")
    expect(cost_page.locator("section.calc").first).to_have_class(re.compile("is-stale"))
    expect(cost_page.locator(".calc-stale").first).to_be_visible()
    assert shown(cost_page) == before


def test_another_model_clears_own_prices_and_says_so(cost_page: Page) -> None:
    cost_page.get_by_text("Prices and limits of this model").first.click()
    own = field(cost_page, "model.input")
    own.fill("7")
    expect(cost_page.locator("[data-field='model.input'] .field-published").first).to_contain_text(
        "$2 per million tokens"
    )
    field(cost_page, "model").select_option("mistral/mistral-large-4")
    expect(own).to_have_value("")
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


def test_a_chosen_file_is_read_and_sent_as_its_text(cost_page: Page, catalogue) -> None:
    cost_page.evaluate("""() => {
        const control = Object.assign(document.createElement("input"), { type: "file", name: "requests" });
        control.dataset.longest = "20";
        document.querySelector("section.calc form").append(control);
    }""")
    chosen = {"name": "requests.txt", "mimeType": "text/plain", "buffer": b"77k"}
    cost_page.locator("section.calc input[name=requests][type=file]").set_input_files(files=[chosen])
    told = json.loads(catalogue.answer("prompting/cost", '{"requests": "77k"}', "page"))
    expect(cost_page.locator("section.calc .result-value").first).to_have_text(told["spoken"].split(": ")[1])


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_screen(new_page: Page, real_site: Site, path: str) -> None:
    for width in (320, 1280):
        new_page.set_viewport_size({"width": width, "height": 800})
        new_page.goto(real_site.address + path)
        wide = new_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width


def test_r13_a25_print_shows_inputs_and_result_without_controls(new_page: Page, real_site: Site) -> None:
    page = new_page
    page.goto(f"{real_site.address}cost/prompting/")
    page.emulate_media(media="print")
    expect(page.locator("section.calc .result-value").first).to_be_visible()
    expect(page.get_by_role("button", name="Reset").first).to_be_hidden()
    expect(page.locator("section.calc input[name=requests]").first).to_be_visible()


def test_instant_navigation_keeps_the_one_worker(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
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
    page.close()
    assert len(started) == 1


def test_the_policy_is_never_broken_and_no_one_else_is_asked(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
    foreign: list[str] = []
    said: list[str] = []
    page.on(
        "request",
        lambda it: None if it.url.startswith((real_site.address, "blob:", "data:")) else foreign.append(it.url),
    )
    page.on("console", lambda it: said.append(it.text) if it.type == "error" else None)
    page.on("pageerror", lambda it: said.append(str(it)))
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
    assert (foreign, said) == ([], [])


def test_pages_without_a_calculator_load_no_runtime(chromium: Browser, real_site: Site) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url))
    page.goto(f"{real_site.address}reference/prices/")
    page.wait_for_timeout(300)
    page.close()
    assert not [it for it in asked if "/runtime/" in it]


def test_a_term_is_explained_by_key_and_by_pointer(new_page: Page, real_site: Site) -> None:
    page = new_page
    page.goto(f"{real_site.address}cost/hardware/")
    term = page.locator("abbr.term").first
    meaning = term.get_attribute("title") or ""
    for begin, end in ((term.focus, term.blur), (term.hover, lambda: page.mouse.move(0, 0))):
        expect(page.get_by_text(meaning, exact=True)).to_have_count(0)
        begin()
        expect(page.get_by_text(meaning, exact=True)).to_be_visible()
        end()


def test_the_search_finds_a_section(new_page: Page, real_site: Site) -> None:
    page = new_page
    page.goto(real_site.address)
    page.keyboard.press("/")
    page.keyboard.type("catastrophic forgetting")
    found = page.locator(".md-search-result__link[href*='learn/fine-tuning/']").first
    expect(found).to_be_visible()
    found.click()
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
