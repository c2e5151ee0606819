"""Times later edits: from a key press to the answer on the screen, for every calculator, beside JavaScript by hand."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from statistics import median, quantiles
from typing import NamedTuple

from playwright.sync_api import Page

from calculators.discovery import find_calculator
from calculators.engine.declare import NumberInput, kinds
from macros.project import project_catalogue
from tests.bench.measuring.host import Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting

EDIT = {"kind": "result"}
OPENED = {"kind": "result", "folds": ["working", "sources"]}

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

UNFOLD = """(section) => section.querySelectorAll("form details").forEach((fold) => { fold.open = true; })"""
"""For the calculator whose larger numbers are all folded away."""


def later_edits(setting: Setting, names: Container[str] | None = None) -> Iterator[Row]:
    """Every calculator that answers with a number, or those named, beside the one written by hand."""
    with setting.browser() as browser, Host(setting.site) as ours, Host(setting.floor) as bare:
        page = browser.new_page()
        by_hand = pressed(page, f"{bare.address}javascript.html", ["requests"], setting)
        yield Row("JavaScript by hand: key press to paint, median", median(by_hand.painted), "ms")
        yield Row("  processor time of an edit", by_hand.spent, "ms")
        for name, address, fields in scalar(setting):
            if names is not None and name not in names:
                continue
            edits = pressed(page, ours.address + address, fields, setting, name)
            over = median(by_hand.painted)
            yield Row(f"{name}: key press to paint, median", median(edits.painted), "ms", over=over, limit=16)
            yield Row("  95 of 100", quantiles(edits.painted, n=20)[-1], "ms", limit=33)
            yield Row("  until the answer is in the page, median", median(edits.answered), "ms")
            yield Row("  processor time of an edit, painting included", edits.spent, "ms", over=by_hand.spent)
            for ask, words in ((EDIT, "an edit"), (OPENED, "an edit with its working and sources open")):
                milliseconds, spent = round_trip(page, name, fields[0], ask, setting)
                yield Row(f"  the Worker's round trip for {words}, median", milliseconds, "ms")
                yield Row("    its processor time", spent, "ms")


def scalar(setting: Setting) -> Iterator[tuple[str, str, list[str]]]:
    """Each calculator whose headline is a number, the first page that shows it in full, and its larger numbers."""
    for name in project_catalogue().names:
        calculator = find_calculator(name)
        shown = f'data-calculator="{name}" data-show="full"'
        page = next((path for path, text in setting.calculator_pages.items() if shown in text), None)
        described = kinds(calculator.inputs).items()
        fields = [
            key for key, kind in described if isinstance(kind, NumberInput) and kind.low <= 1 and kind.high >= 100
        ]
        if page is not None and fields and calculator.headline in calculator.amounts:
            yield name, page, ["requests"] if "requests" in fields else fields  # each cost follows from requests


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
    controls.first.wait_for(state="attached")
    if not controls.locator("visible=true").count():
        page.locator(section).evaluate(UNFOLD)
    control = controls.locator("visible=true").first
    control.focus()
    if name:
        page.evaluate("() => window.__calculators.ready")
    pause = PAUSE * setting.slowness
    for key in ("1", "2", "1", "2"):
        control.fill(key)
        page.wait_for_timeout(pause)
    control.evaluate(WATCH)
    keys = 5 * setting.runs
    begun = processor(page)
    for press in range(keys):
        control.press("Backspace" if press % 2 else str(1 + press % 9))
        page.wait_for_timeout(pause)
    spent = (processor(page) - begun) / keys
    answered, painted = zip(*page.evaluate("() => window.taken"), strict=True)
    return Edits(list(answered), list(painted), spent)


def processor(page: Page) -> float:
    """Milliseconds that all pages of the browser, and their Workers, have kept a processor."""
    browser = page.context.browser
    assert browser
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    seconds: float = sum(process["cpuTime"] for process in processes["processInfo"] if process["type"] == "renderer")
    return 1000 * seconds


def round_trip(page: Page, name: str, field: str, asked: Mapping[str, object], setting: Setting) -> tuple[float, float]:
    """Milliseconds from a question to its answer, inside the page: the median, and the processor time of one."""
    ask = """async ([name, field, asked, times]) => {
      const taken = [];
      for (let number = 20; number < 20 + times; number += 1) {
        const begun = performance.now();
        await window.__calculators.ask(name, { [field]: String(number) }, "page", asked);
        taken.push(performance.now() - begun);
      }
      return taken;
    }"""
    page.evaluate(ask, [name, field, asked, 5])
    begun = processor(page)
    milliseconds: list[float] = page.evaluate(ask, [name, field, asked, 5 * setting.runs])
    return median(milliseconds), (processor(page) - begun) / len(milliseconds)
