"""Times a reader's first edit beside bare Pyodide: alternately, in fresh profiles, over lines of three speeds."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import BrowserContext, Page

from tests.bench.measuring.host import FAST, HOME, MOBILE, Host, Line
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting

SETTLING = 5000
"""Milliseconds that both have after the first answer, in which a browser may keep compiled code."""

TARGETS = {(FAST, "cold"): 0.35, (HOME, "cold"): 0.34, (FAST, "second"): 0.2}
VISITS = {"cold": "first edit, new profile", "second": "first edit, second visit"}

EDIT_AT_ONCE = """window.answered = new Promise((resolve) => {
  const timer = setInterval(() => {
    const field = document.querySelector("section.calc[data-live] input[name=requests]");
    if (!field) return;
    clearInterval(timer);
    const begun = performance.now();
    const place = field.closest("section").querySelector("[data-result]");
    new MutationObserver(() => resolve(performance.now() - begun))
      .observe(place, { childList: true, characterData: true, subtree: true });
    field.value = "20k";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }, 2);
});"""
"""Edits the calculator the moment it is live, which starts the Worker, and keeps how long its answer took."""

UNTIL_KEPT = """async () => {
  const cache = await caches.open("calculators");
  while ((await cache.keys()).length === 0) await new Promise((resolve) => setTimeout(resolve, 200));
}"""
"""Waits until the browser has kept a snapshot. Playwright's own wait takes a promise for true at once."""


def first_edits(setting: Setting) -> Iterator[Row]:
    """Without throttling, and where bytes rule."""
    yield from on_lines(setting, FAST, HOME)


def first_edits_on_a_slow_line(setting: Setting) -> Iterator[Row]:
    """Where bytes are all that counts."""
    yield from on_lines(setting, MOBILE)


def on_lines(setting: Setting, *lines: Line) -> Iterator[Row]:
    """The first edit in a new profile and on a second visit, each as a share of what bare Pyodide takes to start."""
    with setting.browser() as browser, Host(setting.site) as ours, Host(setting.floor) as bare:
        for line in lines:
            ours.line = bare.line = line
            milliseconds: dict[str, list[float]] = {
                f"{site} {visit}": [] for site in ("ours", "bare") for visit in VISITS
            }
            for _ in range(setting.runs):
                for site, visit, host in (("ours", edit, ours), ("bare", start, bare)):
                    context = browser.new_context()
                    milliseconds[f"{site} cold"].append(visit(context.new_page(), host))
                    settle(context, cached=host is ours)
                    milliseconds[f"{site} second"].append(visit(context.new_page(), host))
                    context.close()
            for name, label in VISITS.items():
                mine, bare_median = median(milliseconds[f"ours {name}"]), median(milliseconds[f"bare {name}"])
                yield Row(f"{label}, {line.name}", mine, "ms", over=bare_median, target=TARGETS.get((line, name)))


def settle(context: BrowserContext, *, cached: bool) -> None:
    """Leaves the page after the time in which it, or the browser, keeps something for the next visit."""
    page = context.pages[-1]
    if cached:
        page.evaluate(UNTIL_KEPT)
    page.wait_for_timeout(SETTLING)
    page.close()


def edit(page: Page, server: Host) -> float:
    """Milliseconds from the first edit, which starts the Worker, to its answer."""
    page.set_default_timeout(240_000)
    page.add_init_script(EDIT_AT_ONCE)
    page.goto(f"{server.address}cost/prompting/")
    answered_at: float = page.evaluate("() => window.answered")
    return answered_at


def start(page: Page, server: Host) -> float:
    """Milliseconds that bare Pyodide takes to start."""
    page.goto(server.address)
    page.wait_for_function("() => document.title.match(/^[0-9.]+$/)", timeout=240_000)
    return float(page.title())
