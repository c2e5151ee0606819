"""Times later edits: from a key press to the answer on the screen, for every calculator, beside JavaScript by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median, quantiles
from typing import NamedTuple

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
    changes.observe(place, { childList: true, characterData: true, subtree: true });
  });
}"""
"""Keeps the milliseconds from each key press to the frame that shows its answer."""


def later_edits(setting: Setting) -> Iterator[Row]:
    """Every calculator that answers with a number, beside the one written by hand."""
    with setting.browser() as browser, Host(setting.site) as ours, Host(setting.floor) as bare:
        page = browser.new_page()
        by_hand = pressed(page, f"{bare.address}javascript.html", ["requests"], setting)
        yield Row("JavaScript by hand: key press to paint, median", median(by_hand.painted), "ms")
        yield Row("  processor time of an edit", by_hand.spent, "ms")
        for name, address, fields in scalar(setting):
            edits = pressed(page, ours.address + address, fields, setting, name)
            over = median(by_hand.painted)
            yield Row(f"{name}: key press to paint, median", median(edits.painted), "ms", over=over, limit=16)
            yield Row("  95 of 100", quantiles(edits.painted, n=20)[-1], "ms", limit=33)
            yield Row("  until the answer is in the page, median", median(edits.answered), "ms")
            yield Row("  processor time of an edit, folds and painting included", edits.spent, "ms", over=by_hand.spent)
            for shows, words in (("sight", "in sight"), ("result", "in all")):
                taken, spent = round_trip(page, name, fields[0], shows, setting)
                yield Row(f"  the Worker's round trip for what is {words}, median", taken, "ms")
                yield Row("    its processor time", spent, "ms")


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


class Edits(NamedTuple):
    """Milliseconds from each key press until its answer is in the page, and until it is painted; processor time."""

    answered: list[float]
    painted: list[float]
    spent: float


def pressed(page: Page, address: str, fields: list[str], setting: Setting, name: str = "") -> Edits:
    """Types one digit at a time, and takes it back, where the first of the fields is in sight."""
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
    keys = 5 * setting.runs
    begun = processor(page)
    for at in range(keys):
        control.press("Backspace" if at % 2 else str(1 + at % 9))
        page.wait_for_timeout(PAUSE)
    spent = (processor(page) - begun) / keys
    answered, painted = zip(*page.evaluate("() => window.taken"), strict=True)
    return Edits(list(answered), list(painted), spent)


def processor(page: Page) -> float:
    """Milliseconds that all pages of the browser, and their Workers, have kept a processor."""
    browser = page.context.browser
    assert browser
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return 1000 * sum(it["cpuTime"] for it in told["processInfo"] if it["type"] == "renderer")


def round_trip(page: Page, name: str, field: str, shows: str, setting: Setting) -> tuple[float, float]:
    """Milliseconds from a question to its answer, inside the page: the median, and the processor time of one."""
    ask = """async ([name, field, shows, times]) => {
      const taken = [];
      for (let number = 20; number < 20 + times; number += 1) {
        const begun = performance.now();
        await window.__calculators.ask(name, { [field]: String(number) }, "page", shows);
        taken.push(performance.now() - begun);
      }
      return taken;
    }"""
    page.evaluate(ask, [name, field, shows, 5])
    begun = processor(page)
    taken: list[float] = page.evaluate(ask, [name, field, shows, 5 * setting.runs])
    return median(taken), (processor(page) - begun) / len(taken)
