"""Nothing leaves the page: not from any page, not from any calculator, not a word of what was pasted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.discovery import find_calculator
from calculators.engine.declare import File, FileCopy, Text, kinds
from tests.browser.privacy.canary import Canary
from tests.browser.real import NAMES, PAGES, calculator, control, first_number, go, kept_case, settled
from tests.conftest import PATIENT, ROOT, SAVE_DATA
from tests.daily import some
from tests.site.server import Site

pytestmark = pytest.mark.browser

MARKER = "zebra-crossing-4711"

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
    messages: list[str] = field(default_factory=list)


def watching(chromium: Browser, real_site: Site, *scripts: str) -> Iterator[Watched]:
    """Every address but the site's goes by way of the canary, from Workers as well."""
    with Canary() as canary:
        context = chromium.new_context(
            proxy={"server": canary.address, "bypass": f"127.0.0.1:{real_site.server_port}"},
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
            viewport={"width": 1280, "height": 900},  # A narrow page costs twice as much to lay out.
        )
        for script in (PATIENT, *scripts):
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(30_000)
        watch = Watched(page, canary)
        context.on("request", lambda request: watch.asked.append(request.url + (request.post_data or "")))
        page.on("console", lambda message: watch.messages.append(message.text))
        page.on("pageerror", lambda error: watch.messages.append(f"{error.message} {error.stack}"))
        yield watch
        print(f"\nThe canary heard {len(canary.heard)} requests; {len(watch.asked)} went to the site.")  # shown with -s
        context.close()


@pytest.fixture(scope="module")
def watched(chromium: Browser, real_site: Site) -> Iterator[Watched]:
    """A page that starts Python ahead of the first question, and keeps a snapshot of it."""
    yield from watching(chromium, real_site)


@pytest.fixture(scope="module")
def watched_saving(chromium: Browser, real_site: Site) -> Iterator[Watched]:
    """A page on which Python waits for a question, as starting it for each page that is loaded takes seconds."""
    yield from watching(chromium, real_site, SAVE_DATA)


def holds(watched: Watched, site: Site) -> None:
    """Hold that only the site was asked, and that no script broke or ran against the policy."""
    assert watched.canary.heard == []
    assert [url for url in watched.asked if not url.startswith((site.address, "blob:", "data:"))] == []
    assert watched.messages == []


def test_the_canary_hears_what_is_sent_elsewhere(chromium: Browser) -> None:
    with Canary() as canary:
        context = chromium.new_context(proxy={"server": canary.address, "bypass": "127.0.0.1:1"})
        page = context.new_page()
        page.set_content("<p>No policy")
        page.evaluate("() => fetch('http://elsewhere.example/a', { mode: 'no-cors' }).catch(() => {})")
        page.evaluate("() => fetch('https://elsewhere.example/b', { mode: 'no-cors' }).catch(() => {})")
        context.close()
    assert [request_line.split()[:2] for request_line in canary.heard] == [
        ["GET", "http://elsewhere.example/a"],
        ["CONNECT", "elsewhere.example:443"],
    ]


@pytest.mark.fewer_by_day
@pytest.mark.promise("A1")
def test_no_page_asks_anyone_else(watched_saving: Watched, real_site: Site) -> None:
    """One page leads to the next as the theme has it, and the first of each folder is loaded by itself.

    Pages that a macro writes into take turns. Those of words alone, such as records of decisions, have the long run.
    """
    written = [path for path in PAGES if "{{" in (ROOT / "docs" / path).read_text("utf-8")]
    visited = {*some(written, 2, "asks")}
    for _, paths in groupby(("no-such-page/", *PAGES), key=lambda path: path.split("/")[0]):
        for number, path in enumerate(paths):
            address = path.removesuffix("index.md").replace(".md", "/")
            if number == 0:
                watched_saving.page.goto(real_site.address + address, wait_until="load")
            elif path in visited:
                go(watched_saving.page, real_site, address)
    all_was_asked_of_the_site(watched_saving, real_site)


@pytest.mark.long
@pytest.mark.promise("A1")
def test_no_page_that_is_loaded_by_itself_asks_anyone_else(watched: Watched, real_site: Site) -> None:
    for path in ("no-such-page/", *PAGES):
        address = path.removesuffix("index.md").replace(".md", "/")
        watched.page.goto(real_site.address + address, wait_until="load")
    all_was_asked_of_the_site(watched, real_site)


def all_was_asked_of_the_site(watched: Watched, real_site: Site) -> None:
    """Switch the colors and search, too; then hold that nobody else was asked, and nothing was said."""
    watched.page.locator("label[for=__palette_1], label[for=__palette_0]").locator("visible=true").first.click()
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("token")
    expect(watched.page.locator(".md-search-result__item").first).to_be_visible()
    assert len(watched.asked) > len(PAGES)
    watched.messages[:] = [message for message in watched.messages if "404" not in message]
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


def numbers_and_choices_alone(section: Locator, case: dict[str, dict[str, str]]) -> None:
    """Hold that a tab keeps only numbers, and choices that the page itself offers."""
    choices = set(section.locator("form option").evaluate_all("(all) => all.map(({ value }) => value)")) | {"yes", "no"}
    for question, entry in case.items():
        assert set(entry) == {"text", "at"}, question
        assert entry["text"] in choices or re.fullmatch(r"[\d.,%]+", entry["text"]), question


@pytest.mark.one_in(4)
@pytest.mark.promise("A1", "A4", "F10")
@pytest.mark.parametrize("name", NAMES)
def test_no_calculator_asks_anyone_else_or_tells_what_was_pasted(
    watched: Watched, real_site: Site, name: str, tmp_path: Path
) -> None:
    """The marker goes into every box for text and every file, and as a mistake into a number."""
    page = watched.page
    section = calculator(page, real_site, name)
    section.locator("[data-example]").last.click()
    settled(section)
    described = kinds(find_calculator(name).inputs)
    file = tmp_path / f"{MARKER}.jsonl"
    file.write_text(json.dumps({"text": MARKER}) + f"\n{MARKER}\n", "utf-8")
    section.locator("form details:not([open]) > summary").evaluate_all("(all) => all.forEach((it) => it.click())")
    # A file of the reader's own hides the boxes in whose place it comes.
    for key in (key for key, kind in described.items() if isinstance(kind, Text)):
        control(section, key).fill(MARKER)
    for key in (key for key, kind in described.items() if isinstance(kind, File)):
        control(section, key).set_input_files(file)
    settled(section)
    instruments(section)
    number = first_number(section)
    number.fill(number.input_value())
    expect(section.locator(".calc-case")).to_be_visible()
    assert [entry["text"] for entry in kept_case(page).values()] == [number.input_value()]
    number.fill(MARKER)
    expect(section.locator(".field-error:visible").first).to_be_visible()
    errors = section.locator(".field-error:visible, .calc-status").all_text_contents()
    instruments(section)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    for button in section.locator("button[data-do=use]").all():
        button.click()
        page.wait_for_url(re.compile("#"))
    numbers_and_choices_alone(section, kept_case(page))
    outside = [page.evaluate(KEPT), copied, *watched.asked, *watched.messages, *errors]
    assert [request_line for request_line in outside if MARKER in request_line] == []
    holds(watched, real_site)


WITH_COPIES = [
    name for name in NAMES if any(isinstance(kind, FileCopy) for kind in kinds(find_calculator(name).outputs).values())
]


@pytest.mark.promise("A4")
@pytest.mark.parametrize("name", WITH_COPIES)
def test_a_copy_is_a_download_that_was_asked_for_and_nothing_else(
    watched: Watched, real_site: Site, name: str, tmp_path: Path
) -> None:
    """The one way in which text of a file leaves its form: by a button, into a file, and nowhere else."""
    page = watched.page
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    section = calculator(page, real_site, name)
    section.get_by_role("button", name="Reset").click()
    line = {"messages": [{"role": "user", "content": MARKER}, {"role": "assistant", "content": "Yes.", "name": None}]}
    file = tmp_path / f"{MARKER}.jsonl"
    file.write_text(f"\ufeff{json.dumps(line)}\n", "utf-8")
    asked = next(key for key, kind in kinds(find_calculator(name).inputs).items() if isinstance(kind, File))
    control(section, asked).set_input_files(file)
    control(section, "test_share").fill("0%")
    settled(section)
    expect(section.locator("[data-result]")).to_contain_text("A key is null")
    assert downloads == []
    kept = 0
    for button in section.locator("button[data-file]").all():
        name_of_file = button.get_attribute("data-file")
        if name_of_file == "converted":  # no format is picked
            expect(button).to_be_disabled()
            continue
        if name_of_file == "test_part":  # nothing to write: nothing is tested
            button.click()
            expect(section.locator(f"section:has([data-file={name_of_file}]) [data-copied] p")).to_be_visible()
            continue
        with page.expect_download() as saving:
            button.click()
        kept += Path(saving.value.path()).read_text("utf-8").count(MARKER)
        expect(section.locator(f"section:has([data-file={name_of_file}]) [data-copied]")).to_contain_text("Saved as")
    assert kept == 3 and downloads == ["mended.jsonl", "clean.jsonl", "training-part.jsonl"]
    shown = section.evaluate("(section) => section.outerHTML.replace(/<textarea[^]*?<.textarea>/g, '')")
    outside = [page.evaluate(KEPT), shown, *watched.asked, *watched.messages]
    assert [words for words in outside if MARKER in words] == []
    holds(watched, real_site)
