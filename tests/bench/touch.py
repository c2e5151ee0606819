"""Times what a reader feels: the first touch of a page that was read for a while, and the next page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from tests.bench.measuring.host import FAST, HOME, Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting

READ = 6000
"""Milliseconds of reading between the first paint and the first touch."""

LEFT_TO_READ = f"() => {READ} - performance.now() + performance.getEntriesByName('first-contentful-paint')[0].startTime"

TOUCH = """(name) => new Promise((resolve) => {
  const section = document.querySelector(`section.calc[data-live][data-calculator="${name}"]`);
  const field = section.querySelector("input[inputmode=decimal]");
  const begun = performance.now();
  new MutationObserver(() => resolve(performance.now() - begun))
    .observe(section.querySelector("[data-result]"), { childList: true, characterData: true, subtree: true });
  field.focus();
  field.value = "20k";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""

NEXT = ".md-nav a:is([href='../retrieval/'], [href$='cost/retrieval/'])"

GO_ON = """(link) => new Promise((resolve) => {
  const begun = performance.now();
  let arrived;
  const seen = new MutationObserver(() => {
    const section = document.querySelector("section.calc[data-calculator='rag/cost']");
    if (!section) return;
    arrived ??= performance.now();
    if (!("live" in section.dataset)) return;
    seen.disconnect();
    resolve([performance.now() - begun, performance.now() - arrived]);
  });
  seen.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-live"] });
  link.click();
})"""
"""Goes to another page, and gives the milliseconds from the click and from its markup until its calculator is live."""


def touches(setting: Setting) -> Iterator[Row]:
    """A first touch at 10 Mbit/s, then the next page without throttling."""
    touched, clicked, arrived, next_edit = [], [], [], []
    with setting.browser() as browser, Host(setting.site) as host:
        # The theme goes from page to page by itself only where the site's map names the page's own address.
        sitemap = (setting.site / "sitemap.xml").read_text("utf-8")
        host.replaced["sitemap.xml"] = re.sub(r"http://[^/<]+/", host.address, sitemap).encode()
        for _ in range(setting.runs):
            host.line = HOME
            page = read(browser, host)
            touched.append(page.evaluate(TOUCH, "prompting/cost"))
            host.line = FAST
            page.wait_for_timeout(1000)
            from_click, from_markup = page.locator(NEXT).first.evaluate(GO_ON)
            clicked.append(from_click)
            arrived.append(from_markup)
            next_edit.append(page.evaluate(TOUCH, "rag/cost"))
            page.close()
    yield Row(f"first touch, {READ // 1000} s after the first paint, {HOME.name}", median(touched), "ms", limit=100)
    yield Row("next page: from the click until its calculator is live", median(clicked), "ms", limit=60)
    yield Row("next page: from its markup until its calculator is live", median(arrived), "ms", limit=60)
    yield Row("next page: its first edit", median(next_edit), "ms")


def read(browser: Browser, host: Host) -> Page:
    """A page in a new profile, after some seconds of reading."""
    page = browser.new_page()
    page.goto(f"{host.address}cost/prompting/")
    page.wait_for_timeout(page.evaluate(LEFT_TO_READ))
    return page
