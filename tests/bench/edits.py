"""Times later edits: from a key press to the answer on the screen, for every calculator, beside JavaScript by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median, quantiles

from playwright.sync_api import Page

from calculators.engine.declare import Number, kinds
from calculators.find import find
from macros.catalogue import catalogue
from tests.bench.host import Host
from tests.bench.rows import Row
from tests.bench.setting import Setting

PAUSE = 200
"""Milliseconds between two keys."""

WATCH = """(field) => {
  window.taken = [];
  const place = field.closest("section").querySelector("[data-result]");
  field.addEventListener("keydown", ({ timeStamp }) => {
    const changes = new MutationObserver(() => {
      changes.disconnect();
      const answered = performance.now() - timeStamp;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => window.taken.push([answered, performance.now() - timeStamp]);
        painted.port2.postMessage("");
      });
    });
    changes.observe(place, { childList: true, subtree: true });
  });
}"""
"""Keeps the milliseconds from each key press to the frame that shows its answer."""


def later_edits(setting: Setting) -> Iterator[Row]:
    """Every calculator that answers with a number, beside the one written by hand."""
    with setting.browser() as browser, Host(setting.site) as ours, Host(setting.floor) as bare:
        page = browser.new_page()
        keys = 5 * setting.runs
        _, by_hand = pressed(page, f"{bare.address}javascript.html", ["requests"], keys)
        yield Row("JavaScript by hand: key press to paint, median", median(by_hand), "ms")
        for name, address, fields in scalar(setting):
            answered, painted = pressed(page, ours.address + address, fields, keys, name)
            yield Row(f"{name}: key press to paint, median", median(painted), "ms", over=median(by_hand), limit=16)
            yield Row("  95 of 100", quantiles(painted, n=20)[-1], "ms", limit=33)
            yield Row("  until the answer is in the page, median", median(answered), "ms")
        page.goto(f"{ours.address}cost/prompting/")
        page.locator("section.calc[data-live]").first.wait_for()
        page.evaluate("() => window.__calculators.ready")
        for shows, words in (("sight", "what is in sight"), ("result", "all of it")):
            yield Row(f"prompting/cost: the Worker's round trip, {words}", round_trip(page, shows), "ms")


def scalar(setting: Setting) -> Iterator[tuple[str, str, list[str]]]:
    """Each calculator whose headline is a number, the first page that shows it in full, and its larger numbers."""
    for name in catalogue().names:
        its = find(name)
        shown = f'data-calculator="{name}" data-show="full"'
        page = next((path for path, text in setting.calculator_pages.items() if shown in text), None)
        described = kinds(its.inputs).items()
        fields = [key for key, kind in described if isinstance(kind, Number) and kind.low <= 1 and kind.high >= 100]
        if page is not None and fields and its.headline in its.amounts:
            yield name, page, fields


def pressed(page: Page, address: str, fields: list[str], keys: int, name: str = "") -> tuple[list[float], list[float]]:
    """Milliseconds from a key press until its answer is in the page, and until it is painted, one digit at a time."""
    page.goto(address)
    section = "section.calc[data-live]"
    if name:
        section += f'[data-show="full"][data-calculator="{name}"]'
    controls = page.locator(", ".join(f"{section} [name={json.dumps(field)}]" for field in fields))
    control = controls.locator("visible=true").first
    control.focus()
    if name:
        page.evaluate("() => window.__calculators.ready")
    for key in ("1", "2", "1", "2"):
        control.fill(key)
        page.wait_for_timeout(PAUSE)
    control.evaluate(WATCH)
    for at in range(keys):
        control.press("Backspace" if at % 2 else str(1 + at % 9))
        page.wait_for_timeout(PAUSE)
    answered, painted = zip(*page.evaluate("() => window.taken"), strict=True)
    return list(answered), list(painted)


def round_trip(page: Page, shows: str) -> float:
    """Milliseconds from a question to its answer, inside the page."""
    ask = """async (shows) => {
      const taken = [];
      for (let requests = 1000; requests < 1021; requests += 1) {
        const begun = performance.now();
        await window.__calculators.ask("prompting/cost", { requests: String(requests) }, "page", shows);
        taken.push(performance.now() - begun);
      }
      return taken;
    }"""
    taken: list[float] = page.evaluate(ask, shows)
    return median(taken)
