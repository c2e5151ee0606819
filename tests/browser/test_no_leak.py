"""Nothing leaves the page: not from any page, not from any calculator, not a word of what was pasted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.engine.declare import File, Text, kinds
from calculators.find import find
from tests.browser.canary import Canary
from tests.browser.real import NAMES, calculator, control, settled
from tests.conftest import ROOT
from tests.site.server import Site

pytestmark = pytest.mark.browser

MARKER = "zebra-crossing-4711"
PAGES = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))

KEPT = """async () => JSON.stringify([
  location.href, document.title, history.state, document.cookie, { ...localStorage }, { ...sessionStorage },
  (await indexedDB.databases()).map(({ name }) => name), await caches.keys(), window.name,
  performance.getEntries().map(({ name }) => name),
])"""
"""All that a page keeps, and all that it shows outside itself."""


@dataclass
class Watched:
    """A page behind the canary, and everything that it asked for, said or broke."""

    page: Page
    canary: Canary
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def watched(chromium: Browser, real_site: Site) -> Iterator[Watched]:
    """Every address but the site's goes by way of the canary, from Workers as well."""
    with Canary() as canary:
        context = chromium.new_context(
            proxy={"server": canary.address, "bypass": f"127.0.0.1:{real_site.server_port}"},
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        it = Watched(page, canary)
        context.on("request", lambda request: it.asked.append(request.url + (request.post_data or "")))
        page.on("console", lambda message: it.said.append(message.text))
        page.on("pageerror", lambda error: it.said.append(f"{error.message} {error.stack}"))
        yield it
        print(f"\nThe canary heard {len(canary.heard)} requests; {len(it.asked)} went to the site.")  # shown with -s
        context.close()


def holds(watched: Watched, site: Site) -> None:
    """Hold that only the site was asked, and that no script broke or ran against the policy."""
    assert watched.canary.heard == []
    assert [url for url in watched.asked if not url.startswith((site.address, "blob:", "data:"))] == []
    assert watched.said == []


def test_the_canary_hears_what_is_sent_elsewhere(chromium: Browser) -> None:
    with Canary() as canary:
        context = chromium.new_context(proxy={"server": canary.address, "bypass": "127.0.0.1:1"})
        page = context.new_page()
        page.set_content("<p>No policy")
        page.evaluate("() => fetch('http://elsewhere.example/a', { mode: 'no-cors' }).catch(() => {})")
        page.evaluate("() => fetch('https://elsewhere.example/b', { mode: 'no-cors' }).catch(() => {})")
        context.close()
    assert [it.split()[:2] for it in canary.heard] == [
        ["GET", "http://elsewhere.example/a"],
        ["CONNECT", "elsewhere.example:443"],
    ]


def test_a1_no_page_asks_anyone_else(watched: Watched, real_site: Site) -> None:
    for path in ("no-such-page/", *PAGES):
        address = path.removesuffix("index.md").replace(".md", "/")
        watched.page.goto(real_site.address + address, wait_until="load")
    watched.page.locator("label[for=__palette_1], label[for=__palette_0]").locator("visible=true").first.click()
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("token")
    expect(watched.page.locator(".md-search-result__item").first).to_be_visible()
    assert len(watched.asked) > len(PAGES)
    watched.said[:] = [it for it in watched.said if "404" not in it]
    holds(watched, real_site)


PRESS_ALL = """async (section) => {
  const others = ["print", "save", "use"];
  for (const button of section.querySelectorAll("button:is([data-ask], [data-do]):enabled")) {
    if (others.includes(button.dataset.do) || !button.checkVisibility()) continue;
    button.click();
    await new Promise((go) => setTimeout(go));
  }
  await window.__calculators.ask("prompting/cost", "{}"); // The Worker answers in turn, so all else is answered.
}"""


def instruments(section: Locator) -> None:
    """Press every button below a calculator that neither prints nor saves nor leaves it, and wait for what it does."""
    section.locator("details:not([open]) > summary").evaluate_all("(all) => all.forEach((it) => it.click())")
    section.evaluate(PRESS_ALL)


@pytest.mark.parametrize("name", NAMES)
def test_a1_a4_no_calculator_asks_anyone_else_or_tells_what_was_pasted(
    watched: Watched, real_site: Site, name: str, tmp_path: Path
) -> None:
    """The marker goes into every box for text and every file, and as a mistake into a number."""
    page = watched.page
    section = calculator(page, real_site, name)
    section.locator("[data-example]").last.click()
    settled(section)
    instruments(section)
    described: dict[str, Any] = kinds(find(name).inputs)
    file = tmp_path / f"{MARKER}.jsonl"
    file.write_text(json.dumps({"text": MARKER}) + f"\n{MARKER}\n", "utf-8")
    for key, kind in described.items():
        if isinstance(kind, Text):
            control(section, key).fill(MARKER)
        elif isinstance(kind, File):
            control(section, key).set_input_files(file)
    settled(section)
    instruments(section)
    number = section.locator("form input[inputmode=decimal]:not([value=''])").first
    number.fill(MARKER)
    expect(section.locator(".field-error:visible").first).to_be_visible()
    errors = section.locator(".field-error:visible, .calc-status").all_text_contents()
    instruments(section)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    for button in section.locator("button[data-do=use]").all():
        button.click()
        page.wait_for_url(re.compile("#"))
    outside = [page.evaluate(KEPT), copied, *watched.asked, *watched.said, *errors]
    assert [it for it in outside if MARKER in it] == []
    holds(watched, real_site)
