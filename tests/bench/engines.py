"""Times the first edit and later edits in Chromium, Firefox and WebKit, side by side."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.bench.measuring.host import Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.browser.engines.browsers import ENGINES, virtual_screen, windows_of
from tests.browser.engines.windows import wait

PAGE = "cost/prompting/"

LIVE = "() => document.querySelector('section.calc[data-live] input[name=requests]') !== null"

ANSWERED = """(text) => new Promise((resolve) => {
  const field = document.querySelector("section.calc[data-live] input[name=requests]");
  const place = field.closest("section").querySelector("[data-result]");
  const begun = performance.now();
  new MutationObserver((_, observer) => (observer.disconnect(), resolve(performance.now() - begun)))
    .observe(place, { childList: true, characterData: true, subtree: true });
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""
"""Types a number of requests, and returns the milliseconds until the result changes."""

LATER = 20
"""Edits after the first."""


def edits_by_engine(setting: Setting) -> Iterator[Row]:
    """In each engine the first edit of a new profile, of a second visit to the page, and those after it."""
    names = ("first edit, new profile", "first edit, page loaded again", "later edit")
    with Host(setting.site) as host, sync_playwright() as playwright:

        def new_folder(prefix: str) -> Path:
            return Path(tempfile.mkdtemp(prefix=prefix, dir=setting.folder))

        for engine in ENGINES:
            milliseconds: dict[str, list[float]] = {name: [] for name in names}
            screen = virtual_screen() if engine == "webkit" else nullcontext("")
            with screen as display:
                for _ in range(min(setting.runs, 3)):
                    with windows_of(engine, playwright, display, new_folder) as open_window:
                        window = open_window()
                        for name in names[:2]:
                            window.open(host.address + PAGE)
                            wait(window, LIVE)
                            milliseconds[name].append(window.evaluate(ANSWERED, "20k"))
                        milliseconds[names[2]] += [window.evaluate(ANSWERED, f"{21 + edit}k") for edit in range(LATER)]
            for name in names:
                yield Row(f"{engine}: {name}, median", median(milliseconds[name]), "ms")
