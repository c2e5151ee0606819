"""Going from page to page keeps the Worker, what was typed and its answer together."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import toy
from tests.browser.reading import amount, arrive, expect_status, expect_total, follow, live, requests, visit, workers
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

UPDATED = (
    "The site was updated after this page was opened. The figures shown do not use your numbers. "
    "Try again to load the new page."
)


def test_a_page_without_a_calculator_loads_nothing_more(new_page: Page, server: Site) -> None:
    asked = requests(new_page)
    new_page.goto(server.address, wait_until="networkidle")
    assert [url for url in asked if url.endswith("loader.js")]
    assert [url for url in asked if "/runtime/" in url] == []


def test_a_calculator_near_the_screen_fetches_the_interpreter_ahead_of_the_first_touch(
    chromium: Browser, server: Site
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with page.expect_request("**/pyodide.asm.wasm.bin"):
        page.goto(server.address + "one/")
    context.close()


AMOUNTS = "() => window.__calculators.ask('amounts', {})"
"""The amounts that the toy was asked with, a reader's or not."""


def test_a_calculator_answers_its_example_again_and_again_before_a_reader_asks(chromium: Browser, server: Site) -> None:
    """In turn as its page asks and with nothing, so that each is computed; then the reader's question alone."""
    context = chromium.new_context()
    page = context.new_page()
    calculator = visit(page, server)
    for _ in range(100):
        if len(ahead := json.loads(page.evaluate(AMOUNTS))) == 8:
            break
        page.wait_for_timeout(100)
    assert ahead == ["10", "nothing"] * 4
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    assert json.loads(page.evaluate(AMOUNTS)) == [*ahead, "11"]
    context.close()


def test_a_question_that_is_there_first_is_answered_first_and_alone(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    amount(calculator).blur()
    amount(calculator).focus()
    assert json.loads(new_page.evaluate(AMOUNTS)) == ["11"]


def test_where_data_is_saved_a_calculator_fetches_the_interpreter_when_it_is_used_and_not_before(
    new_page: Page, server: Site
) -> None:
    asked = requests(new_page)
    calculator = visit(new_page, server)
    new_page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/pyodide-" in url] == []
    with new_page.expect_request("**/pyodide.asm.wasm.bin"):
        amount(calculator).focus()


@pytest.mark.promise("A17")
def test_each_request_stays_below_the_path_of_the_site(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    assert [path for path in server.asked if path.endswith("pyodide.asm.wasm.bin")]
    assert [path for path in server.asked if not path.startswith("/repo/")] == []


def test_the_worker_survives_instant_navigation(page: Page, server: Site) -> None:
    started = workers(page)
    amount(visit(page, server)).fill("11")
    expect_total(live(page), "11 × 2 small no a units")
    for link, path in [("Home", ""), ("One", "one/"), ("Two", "two/")]:
        follow(page, server, link, path)
    second = live(page, 2)
    amount(second).fill("22")
    expect_total(second, "22 × 2 small no a units")
    assert len(started) == 1


@pytest.mark.promise("A7", "R10")
def test_going_back_brings_what_was_typed_and_its_answer(calculator: Locator, server: Site) -> None:
    page = calculator.page
    amount(calculator).fill("11")
    calculator.get_by_label("Caching").check()
    expect_total(calculator, "11 × 2 small yes a units")
    follow(page, server, "Two", "two/")
    expect_total(live(page), "10 × 2 small no a units")
    page.go_back()
    arrive(page, server, "One", "one/")
    expect(amount(live(page))).to_have_value("11")
    expect_total(live(page), "11 × 2 small yes a units")


def test_what_was_reset_does_not_come_back(calculator: Locator, server: Site) -> None:
    page = calculator.page
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    calculator.get_by_role("button", name="Reset").click()
    expect_total(calculator, "10 × 2 small no a units")
    follow(page, server, "Two", "two/")
    page.go_back()
    arrive(page, server, "One", "one/")
    expect(amount(live(page))).to_have_value("10")
    expect_total(live(page), "10 × 2 small no a units")


@pytest.mark.promise("A7", "R10")
def test_what_the_browser_puts_back_gets_its_own_answer(new_page: Page, server: Site) -> None:
    """A browser may restore a form after the scripts ran. Chromium does without what our markup says against it."""
    assert server.folder
    text = (server.folder / "one" / "index.html").read_text(encoding="utf-8")
    server.replaced["index.html"] = text.replace(' autocomplete="off"', "").replace(" disabled>", ">").encode()
    calculator = visit(new_page, server)
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    new_page.goto(server.address + "assets/stylesheets/")
    new_page.go_back(wait_until="commit")
    expect(amount(live(new_page))).to_have_value("11")
    expect_total(live(new_page), "11 × 2 small no a units")


@pytest.mark.promise("A7", "R10")
def test_what_comes_back_without_an_event_is_noticed_when_the_page_is_shown(calculator: Locator) -> None:
    expect_total(calculator, "10 × 2 small no a units")
    calculator.page.evaluate("""() => {
        document.querySelector("[name=amount]").value = "11";
        dispatchEvent(new PageTransitionEvent("pageshow"));
    }""")
    expect_total(calculator, "11 × 2 small no a units")


BUILDS = r"""() => {
  const named = performance.getEntriesByType("resource").map(({ name }) => /runtime\/([0-9a-f]{12})\//.exec(name)?.[1]);
  return named.filter((it, at, all) => it && all.indexOf(it) === at);
}"""


def builds(page: Page) -> list[str]:
    """The builds whose files a page has asked for since it was loaded, the newest last."""
    named: list[str] = page.evaluate(BUILDS)
    return named


def build_of(site: Path) -> str:
    match = re.search(r'<meta name="build" content="(\w+)"', (site / "one" / "index.html").read_text("utf-8"))
    assert match
    return match[1]


@pytest.fixture(scope="module")
def deployed(toy_server: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is after a deploy: another build for the same address."""
    return toy.build(tmp_path_factory.mktemp("deployed"), toy_server.address, unit="meters")


@pytest.mark.promise("F7", "A16")
def test_a_page_opened_before_a_deploy_says_so_and_goes_on_with_what_was_typed(
    new_page: Page, server: Site, deployed: Path
) -> None:
    """Its own files are gone by then, so nothing but a new page can help; it is loaded when the reader asks for it."""
    before, calculator = server.folder, visit(new_page, server)
    server.folder = deployed
    try:
        new_page.evaluate("() => { window.stayed = true; }")
        amount(calculator).fill("11")
        expect_status(calculator, UPDATED)
        expect(calculator.locator(".calc-stale")).to_be_visible()
        assert new_page.evaluate("() => window.stayed"), "no page is loaded behind the reader's back"
        calculator.get_by_role("button", name="Try again").click()
        expect_total(live(new_page), "11 × 2 small no a meters")
        expect(amount(live(new_page))).to_have_value("11")
        assert builds(new_page) == [build_of(server.folder)]
    finally:
        server.folder = before


@pytest.mark.promise("F7", "A16")
def test_a_page_kept_from_before_a_deploy_says_so_and_is_loaded_anew(
    new_page: Page, server: Site, deployed: Path
) -> None:
    """The browser may keep a page for ten minutes, and none of the files that it needs is there any more."""
    assert server.folder
    before = server.folder
    server.replaced["index.html"] = (before / "one" / "index.html").read_bytes()
    server.folder = deployed
    try:
        new_page.goto(server.address + "one/")
        retry = new_page.get_by_role("button", name="Try again")
        expect(retry).to_be_visible()
        server.heal()
        retry.click()
        amount(live(new_page)).fill("11")
        expect_total(live(new_page), "11 × 2 small no a meters")
        assert builds(new_page) == [build_of(server.folder)]
    finally:
        server.folder = before


@pytest.mark.promise("F7", "A16")
def test_after_a_deploy_the_next_page_runs_its_own_build(new_page: Page, server: Site, deployed: Path) -> None:
    before, started = server.folder, workers(new_page)
    amount(visit(new_page, server)).fill("11")
    expect_total(live(new_page), "11 × 2 small no a units")
    server.folder = deployed
    try:
        follow(new_page, server, "Two", "two/")
        amount(live(new_page)).fill("22")
        expect_total(live(new_page), "22 × 2 small no a meters")
    finally:
        server.folder = before
    assert builds(new_page)[-1:] == [build_of(deployed)]
    assert len(started) == 2
    assert [worker for worker in new_page.workers if worker.url.startswith("blob:")] == started[1:], "the old one ended"
