"""A second visit starts from a snapshot that the browser made and kept, which holds nothing of what a reader typed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from tests.browser.reading import amount, expect_total, guarded, live, visit
from tests.site.server import Site

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const cache = await caches.open("calculators");
  const found = [];
  for (const request of await cache.keys()) found.push([request.url, (await (await cache.match(request)).blob()).size]);
  return found;
}"""
"""What the browser has kept, by address, with its bytes: there are millions of them, and they stay there."""

HELD = """async ([url, texts]) => {
  const content = await (await (await caches.open("calculators")).match(url)).text();
  return texts.filter((text) => content.includes(text));
}"""
"""Which of some texts are in what was kept."""

PUT = """async ([url, text]) => (await caches.open("calculators")).put(url, new Response(text))"""

DAMAGE = """async () => {
  const cache = await caches.open("calculators");
  const [request] = await cache.keys();
  const found = await cache.match(request);
  const content = new Uint8Array(await found.arrayBuffer());
  content[content.length - 5000] ^= 1;
  await cache.put(request, new Response(content, { headers: found.headers }));
}"""

UNFIT = """async () => {
  const cache = await caches.open("calculators");
  for (const request of await cache.keys()) {
    const found = await cache.match(request);
    const content = new Uint8Array(await found.arrayBuffer());
    if (content.length < 1e6) continue;
    content.set(new TextEncoder().encode('{"stale":'), 4);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    const digits = [...digest].map((it) => it.toString(16).padStart(2, "0")).join("");
    const headers = { browser: navigator.userAgent, digest: digits };
    await cache.put(request, new Response(content, { headers }));
  }
}"""
"""Changes a name in the description of what was kept, as another Pyodide might have written it."""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture(scope="module")
def shared(chromium: Browser, toy_server: Site) -> Iterator[Page]:
    """One page for many tests: it takes three seconds to make a snapshot."""
    context = chromium.new_context()
    yield from guarded(context.new_page(), toy_server)
    context.close()


@pytest.fixture
def visited(shared: Page, server: Site) -> Page:
    """A page whose browser has kept a snapshot, after the reader typed 9182736455, or something later."""
    if not shared.url.startswith(server.address):
        calculator = visit(shared, server)
        shared.evaluate(PUT, [f"{server.address}assets/runtime/0123456789ab/snapshot", "of an older build"])
        amount(calculator).fill("9182736455")
        expect_total(calculator, "9182736455 × 2 small no a units")
    shared.evaluate(PUT, [f"{server.address}another/snapshot", "of another site"])
    until_kept(shared)
    server.asked.clear()
    return shared


def kept(page: Page) -> dict[str, int]:
    return dict(page.evaluate(KEPT))


def until_kept(page: Page) -> None:
    for _ in range(240):
        if any(size > 1_000_000 for size in kept(page).values()):
            return
        page.wait_for_timeout(500)
    raise AssertionError("no snapshot was kept")


def again(page: Page, server: Site) -> None:
    """Visit anew, with nothing left of what was downloaded, edit, and see the right answer."""
    page.goto("about:blank")
    forget_downloads(page)
    calculator = visit(page, server)
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")


def forget_downloads(page: Page) -> None:
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def asked_for_the_library(server: Site) -> bool:
    return any(path.endswith("/library.zip.bin") for path in server.asked)


def test_it_holds_nothing_typed_and_replaces_those_of_older_builds_only(visited: Page, server: Site) -> None:
    sizes = kept(visited)
    another = f"{server.address}another/snapshot"
    assert sizes.pop(another) == len("of another site")
    (ours,) = sizes
    assert ours.startswith(f"{server.address}assets/runtime/") and "0123456789ab" not in ours
    assert visited.evaluate(HELD, [another, ["of another site"]]) == ["of another site"]
    assert visited.evaluate(HELD, [ours, ["units", "9182736455"]]) == ["units"], "it holds the facts, and nothing typed"


def test_a_second_visit_starts_from_it_and_asks_for_no_library(visited: Page, server: Site) -> None:
    again(visited, server)
    assert any(path.endswith("/pyodide.asm.wasm.bin") for path in server.asked)
    assert not asked_for_the_library(server)
    amount(live(visited)).fill("break")
    expect(visited.locator("#calc-1 .calc-status")).to_contain_text("could not work this out")
    amount(live(visited)).fill("13")
    expect_total(live(visited), "13 × 2 small no a units")


def test_a_new_build_drops_those_of_older_builds_as_it_starts(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    older, foreign = f"{server.address}assets/runtime/0123456789ab/snapshot", f"{server.address}another/snapshot"
    new_page.evaluate(PUT, [older, "of an older build"])
    new_page.evaluate(PUT, [foreign, "of another site"])
    amount(calculator).fill("12")
    expect_total(calculator, "12 × 2 small no a units")
    assert {url for url, size in kept(new_page).items() if size < 1000} == {foreign}


def test_a_damaged_one_is_noticed_and_dropped(visited: Page, server: Site) -> None:
    visited.evaluate(
        "async (url) => (await caches.open('calculators')).delete(url)", f"{server.address}another/snapshot"
    )
    visited.evaluate(DAMAGE)
    again(visited, server)
    assert asked_for_the_library(server)


def test_one_that_does_not_start_gives_way_to_the_ordinary_start(visited: Page, server: Site) -> None:
    visited.evaluate(UNFIT)
    again(visited, server)
    assert asked_for_the_library(server)
    until_kept(visited)


def test_a_browser_that_forbids_storage_starts_as_on_a_first_visit(new_page: Page, server: Site) -> None:
    refusing = 'get() { throw new DOMException("no", "SecurityError"); }'
    forbidding = f'Object.defineProperty(self, "caches", {{ configurable: true, {refusing} }});'
    assert server.folder
    path = next(server.folder.glob("assets/runtime/*/snapshot.js"))
    server.replaced["snapshot.js"] = f"{forbidding}\n{path.read_text()}".encode()
    again(new_page, server)


def test_what_breaks_after_a_start_from_it_is_dropped_with_it(visited: Page, server: Site) -> None:
    again(visited, server)
    amount(live(visited)).fill("abort")
    expect(visited.locator("#calc-1 .calc-status")).to_contain_text("could not work this out")
    assert [*kept(visited)] == [f"{server.address}another/snapshot"]
    amount(live(visited)).fill("14")
    expect_total(live(visited), "14 × 2 small no a units")


@pytest.mark.long
def test_every_calculator_answers_the_same_from_it(
    context: BrowserContext, real_site: Site, catalogue: Catalogue
) -> None:
    page = context.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    page.evaluate("() => window.__calculators.ask('prompting/cost', '{}')")
    until_kept(page)
    real_site.asked.clear()
    forget_downloads(page)
    page.reload()
    page.locator("section.calc[data-live]").first.wait_for()
    for name in catalogue.names:
        for example in ({}, *(dict(example.given) for example in find_calculator(name).examples)):
            for as_, ask in (("page", "result"), ("json", "result"), ("html", "working"), ("text", "result")):
                words = [name, json.dumps(example), as_, ask]
                question = {"calculator": name, "given": example, "ask": ask, "form": as_}
                reply = page.evaluate("(words) => window.__calculators.ask(...words)", words)
                assert reply == catalogue.answer_json(json.dumps(question)), question
    assert not asked_for_the_library(real_site)
