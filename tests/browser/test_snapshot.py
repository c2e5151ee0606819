"""A second visit starts from a snapshot that the browser made and kept, which holds nothing of what a reader typed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculators.find import find
from tests.browser.reading import amount, expect_total, guarded, live, visit
from tests.site.server import Site

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const cache = await caches.open("calculators");
  const found = [];
  for (const request of await cache.keys()) found.push([request.url, await (await cache.match(request)).text()]);
  return found;
}"""

PUT = """async ([url, text]) => (await caches.open("calculators")).put(url, new Response(text))"""

DAMAGE = """async () => {
  const cache = await caches.open("calculators");
  const [request] = await cache.keys();
  const found = await cache.match(request);
  const content = new Uint8Array(await found.arrayBuffer());
  content[content.length - 5000] ^= 1;
  await cache.put(request, new Response(content, { headers: found.headers }));
}"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def visited(context: BrowserContext, server: Site) -> Iterator[Page]:
    """A page whose browser has kept a snapshot, after the reader typed 9182736455."""
    yield from guarded(typed_and_kept(context.new_page(), server), server)


def typed_and_kept(page: Page, server: Site) -> Page:
    calculator = visit(page, server)
    page.evaluate(PUT, [f"{server.address}assets/runtime/0123456789ab/snapshot", "of an older build"])
    page.evaluate(PUT, [f"{server.address}another/snapshot", "of another site"])
    amount(calculator).fill("9182736455")
    expect_total(calculator, "9182736455 × 2 small no a units")
    until_kept(page)
    server.asked.clear()
    return page


def until_kept(page: Page) -> None:
    for _ in range(240):
        if any(len(text) > 1_000_000 for _, text in page.evaluate(KEPT)):
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


def test_a_second_visit_starts_from_it_and_asks_for_no_library(visited: Page, server: Site) -> None:
    again(visited, server)
    assert any(path.endswith("/pyodide.asm.wasm.bin") for path in server.asked)
    assert not asked_for_the_library(server)
    amount(live(visited)).fill("break")
    expect(visited.locator("#calc-1 .calc-status")).to_contain_text("could not work this out")
    amount(live(visited)).fill("13")
    expect_total(live(visited), "13 × 2 small no a units")


def test_it_holds_nothing_typed_and_replaces_those_of_older_builds_only(visited: Page, server: Site) -> None:
    found = dict(visited.evaluate(KEPT))
    ours = [url for url in found if url.startswith(f"{server.address}assets/runtime/")]
    assert len(ours) == 1 and "0123456789ab" not in ours[0]
    assert found[f"{server.address}another/snapshot"] == "of another site"
    assert "units" in found[ours[0]], "it holds the facts"
    assert "9182736455" not in found[ours[0]]


def test_a_damaged_one_is_noticed_and_dropped(visited: Page, server: Site) -> None:
    visited.evaluate(
        "async (url) => (await caches.open('calculators')).delete(url)", f"{server.address}another/snapshot"
    )
    visited.evaluate(DAMAGE)
    again(visited, server)
    assert asked_for_the_library(server)


def test_a_browser_that_forbids_storage_starts_as_on_a_first_visit(new_page: Page, server: Site) -> None:
    refusing = 'get() { throw new DOMException("no", "SecurityError"); }'
    forbidding = f'Object.defineProperty(self, "caches", {{ configurable: true, {refusing} }});'
    path = next(server.folder.glob("assets/runtime/*/snapshot.js"))
    server.replaced["snapshot.js"] = f"{forbidding}\n{path.read_text()}".encode()
    again(new_page, server)


def test_what_breaks_after_a_start_from_it_is_dropped_with_it(visited: Page, server: Site) -> None:
    again(visited, server)
    amount(live(visited)).fill("abort")
    expect(visited.locator("#calc-1 .calc-status")).to_contain_text("could not work this out")
    found = [url for url, _ in visited.evaluate(KEPT)]
    assert found == [f"{server.address}another/snapshot"]
    amount(live(visited)).fill("14")
    expect_total(live(visited), "14 × 2 small no a units")


def test_every_calculator_answers_the_same_from_it(context: BrowserContext, real_site: Site, catalogue) -> None:
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
        for example in ({}, *(dict(it.given) for it in find(name).examples)):
            for as_, ask in (("page", "result"), ("json", "result"), ("html", "working"), ("text", "result")):
                words = [name, json.dumps(example), as_, ask]
                assert page.evaluate("(it) => window.__calculators.ask(...it)", words) == catalogue.answer(*words), (
                    words
                )
    assert not asked_for_the_library(real_site)
