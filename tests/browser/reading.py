"""What tests do and see on a page with toy calculators."""

import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Page, Worker, expect

from tests.site.server import Site

RECORD = """([place, part]) => {
  window.recorded = [];
  const shown = () => document.querySelector(part).textContent;
  let last = shown();
  new MutationObserver(() => shown() === last || window.recorded.push((last = shown())))
    .observe(document.querySelector(place), { childList: true, characterData: true, subtree: true });
}"""

TYPE_ALL = """(texts) => {
  const control = document.querySelector("[name=amount]");
  for (const text of texts) {
    control.value = text;
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}"""


def guarded(page: Page, server: Site) -> Iterator[Page]:
    """Yield the page, then hold that its scripts broke nowhere and that it asked only the server."""
    foreign: list[str] = []
    errors: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((server.address, "blob:", "data:")):
            foreign.append(url)

    page.context.on("request", lambda request: note(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(30_000)
    yield page
    assert foreign == [], f"the page asked another address: {foreign}"
    assert errors == [], f"a script of the page broke: {errors}"


def visit(page: Page, server: Site, path: str = "one/") -> Locator:
    """Open a page, wait until its calculators are live, and return the first of them."""
    page.goto(server.address + path)
    return live(page)


def live(page: Page, number: int = 1) -> Locator:
    """Return a calculator of the page once it is live."""
    expect(page.locator(f"#calc-{number}[data-live]")).to_be_visible()
    return page.locator(f"#calc-{number}")


def follow(page: Page, server: Site, link: str, path: str) -> None:
    """Follow a link of the text, without a load."""
    page.locator("article").get_by_role("link", name=link, exact=True).click()
    arrive(page, server, link, path)


def arrive(page: Page, server: Site, title: str, path: str) -> None:
    """Wait until a page has come: its address changes before its words do."""
    page.wait_for_url(server.address + path)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def workers(page: Page) -> list[Worker]:
    """The calculators' Workers that the page starts from now on. The theme's search has a Worker of its own."""
    started: list[Worker] = []
    page.on("worker", lambda worker: started.append(worker) if worker.url.startswith("blob:") else None)
    return started


def requests(page: Page) -> list[str]:
    """What a page and its Worker ask for from now on. The server may still hear what an earlier page asked for last."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def amount(calculator: Locator) -> Locator:
    return calculator.get_by_label("Amount")


def expect_total(calculator: Locator, text: str) -> None:
    """Hold that the result shows this total and is not marked as out of date."""
    expect(calculator.locator(".total")).to_have_text(text)
    expect(calculator.locator(".calc-stale")).to_be_hidden()


def expect_status(calculator: Locator, text: str | re.Pattern[str]) -> None:
    expect(calculator.locator(".calc-status")).to_have_text(text)


def record(page: Page, place: str = "[data-result]", part: str = "") -> None:
    """From now on note in the page what a place of it shows, each time that it changes."""
    page.evaluate(RECORD, [place, part or place])


def recorded(page: Page) -> list[str]:
    shown: list[str] = page.evaluate("() => window.recorded")
    return shown


def type_at_once(page: Page, *texts: str) -> None:
    """Type texts one after the other, faster than any answer can come."""
    page.evaluate(TYPE_ALL, list(texts))


def asked(page: Page) -> int:
    """How many questions the Worker was asked before this one."""
    return int(page.evaluate("() => window.__calculators.ask('count', {})"))
