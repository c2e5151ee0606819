"""Times a reader's first and later edits in a real browser, in fresh profiles."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.conftest import FLAGS, chromium_path
from tests.site.server import Site

RUNS = 5


def browser_rows(site: Path) -> list[tuple[str, float, str]]:
    """First edit in a new profile, first edit of a second visit, and a later edit; medians."""
    cold, second, later = [], [], []
    with Site(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        for _ in range(RUNS):
            context = browser.new_context()
            cold.append(_first_edit(context, server.address, "20k"))
            second.append(_first_edit(context, server.address, "30k"))
            later += _later_edits(context)
            context.close()
        browser.close()
    return [
        ("first edit to its answer, new profile", statistics.median(cold), "s"),
        ("first edit to its answer, second visit", statistics.median(second), "s"),
        ("later edit to its answer", statistics.median(later) * 1000, "ms"),
    ]


def _first_edit(context: BrowserContext, address: str, typed: str) -> float:
    for page in context.pages:
        page.close()
    page = context.new_page()
    page.goto(f"{address}cost/prompting/")
    field = page.locator("section.calc[data-live] input[name=requests]").first
    field.wait_for()
    before = page.locator(".result-value").first.text_content()
    begun = time.perf_counter()
    field.fill(typed)
    page.wait_for_function("before => document.querySelector('.result-value').textContent !== before", arg=before)
    return time.perf_counter() - begun


def _later_edits(context: BrowserContext) -> list[float]:
    """Seconds from an input event to the changed result, measured inside the page."""
    page = context.pages[-1]
    measure = """async typed => {
        const field = document.querySelector("section.calc input[name=requests]");
        const place = document.querySelector("section.calc [data-result]");
        const changed = new Promise(done => new MutationObserver(done).observe(place, {childList: true}));
        const begun = performance.now();
        field.value = typed;
        field.dispatchEvent(new Event("input", {bubbles: true}));
        await changed;
        return (performance.now() - begun) / 1000;
    }"""
    return [page.evaluate(measure, f"{number}k") for number in range(40, 50)]
