"""Times when a page's first number is painted, and looks for shifts of its layout when Python arrives."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from tests.bench.measuring.host import FAST, HOME, Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.conftest import SAVE_DATA

TALL: Any = {"width": 1280, "height": 6000}
"""A window that shows a whole page: what is out of sight is not painted."""

NUMBER_PAINTED = """window.number = new Promise((resolve) => {
  new PerformanceObserver((seen) => resolve(seen.getEntries()[0].renderTime)).observe({ type: "element" });
  new MutationObserver((_, watching) => {
    const number = document.querySelector(".result-value");
    if (!number) return;
    watching.disconnect();
    number.setAttribute("elementtiming", "number");
  }).observe(document, { childList: true, subtree: true });
});"""

PAINTED = """async () => {
  const late = new Promise((_, reject) => setTimeout(reject, 60_000, Error("No number was painted on this page.")));
  const number = await Promise.race([window.number, late]);
  return [number, performance.getEntriesByName("first-contentful-paint")[0].startTime];
}"""

REPEATED = 3
"""Pages that are timed again, those whose number came last at a first look: to time all takes many minutes."""

SHIFTS = """window.shifted = 0;
new PerformanceObserver((seen) => seen.getEntries().forEach(({ value }) => (window.shifted += value)))
  .observe({ type: "layout-shift", buffered: true });"""


def first_numbers(setting: Setting) -> Iterator[Row]:
    """The page whose number comes last after the first paint, and the page that shifts most."""
    with setting.browser() as browser, Host(setting.site, HOME) as host:
        once = {page: painted(browser, host, page, 1) for page in setting.calculator_pages}
        slowest = sorted(once, key=lambda page: delay(once[page]))[-REPEATED:]
        each = {page: painted(browser, host, page, setting.runs) for page in slowest}
        late = max(each, key=lambda page: delay(each[page]))
        label = f"first number, of {len(once)} pages the slowest ({late}), {HOME.name}"
        yield Row(label, each[late][0], "ms", over=each[late][1], target=1.05)
        host.line = FAST
        shifts = {page: shifted(browser, host, page) for page in once}
        most = max(shifts, key=lambda page: shifts[page])
        yield Row(f"layout shift until Python runs, at most ({most})", shifts[most], "", limit=0)


def delay(painted_at: tuple[float, float]) -> float:
    """How long after the page began the number was painted, as a multiple of the first paint."""
    number, words = painted_at
    return number / words


def painted(browser: Browser, host: Host, path: str, runs: int) -> tuple[float, float]:
    """Milliseconds until the first number and until the first words are painted, in new profiles without Python."""
    painted_at = []
    for _ in range(runs):
        page = browser.new_page(viewport=TALL)
        page.add_init_script(NUMBER_PAINTED + SAVE_DATA)
        page.goto(host.address + path)
        painted_at.append(page.evaluate(PAINTED))
        page.close()
    numbers, words = zip(*painted_at, strict=True)
    return median(numbers), median(words)


def shifted(browser: Browser, host: Host, path: str) -> float:
    """How far a page's parts moved until Python ran, as browsers count it."""
    page = browser.new_page()
    page.add_init_script(SHIFTS)
    page.goto(host.address + path)
    page.locator("section.calc[data-live]").first.wait_for()
    page.evaluate("() => window.__calculators.ready")
    page.wait_for_timeout(500)
    shift: float = page.evaluate("() => window.shifted")
    page.close()
    return shift
