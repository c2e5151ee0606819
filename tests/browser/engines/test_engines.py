"""What a reader does with the calculators works in each engine: load, edit, come back, keyboard, link, file, faults."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.questions.question import Question
from tests import daily
from tests.browser.engines.browsers import WEBKIT_IN_TESTS, Opener, mini_browser
from tests.browser.engines.windows import PATIENCE, PlaywrightWindow, Window, wait
from tests.browser.real import FOLLOW, NAMES, places, possible_sentences
from tests.conftest import HURRIED, PATIENT
from tests.site.server import Site

pytestmark = pytest.mark.browser

LIVE = "(id) => document.querySelector(`section.calc#${id}[data-live]`) !== null"

LOADED = "() => document.readyState === 'complete' && document.querySelector('section.calc[data-live]') !== null"

PROGRAM = "pyodide.asm.wasm.bin"
"""The interpreter."""

REPORTING = 5
"""Seconds that WebKit has for what it reports after the last page was asked for."""

SHOWN = """(id) => {
  const section = document.querySelector(`section.calc#${id}`);
  return {
    value: section.querySelector("[data-result] .result-value")?.textContent ?? "",
    spoken: section.querySelector(".calc-status").textContent,
    stale: !section.querySelector(".calc-stale").hidden || section.classList.contains("is-busy"),
    controls: Object.fromEntries([...section.querySelector("form").elements].filter((it) => it.name).map(
      (it) => [it.name, it.type === "checkbox" ? (it.checked ? "yes" : "no") : it.value])),
  };
}"""
"""What a calculator shows, and what its controls hold."""

SETTLED = """(id) => {
  const section = document.querySelector(`section.calc#${id}`);
  const said = section.querySelector(".calc-status").textContent;
  return !section.classList.contains("is-busy") && !/^$|Loading|Computing/.test(said);
}"""
"""Whether the newest answer or message is there and was spoken."""

SPOKEN = "(id, text) => document.querySelector(`section.calc#${id} .calc-status`).textContent === text"
"""Whether a calculator has said this."""

NOT_BUSY = "(id) => !document.querySelector(`section.calc#${id}`).classList.contains('is-busy')"
"""Whether no answer is waited for."""

EDIT = """(id, given) => {
  const controls = Object.entries(given).map(([name, text]) => {
    const control = document.querySelector(`section.calc#${id} form [name="${name}"]`);
    if (control.type === "checkbox") control.checked = text === "yes";
    else control.value = text;
    return control;
  });
  const last = controls.find((control) => !control.dataset.clears) ?? controls[0];
  last.dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""Fills some controls and asks once; another model would empty what was typed in place of its figures."""

FOREIGN = """() => performance.getEntriesByType("resource").map((entry) => entry.name).filter(
  (url) => !["blob:", "data:"].includes(new URL(url).protocol) && new URL(url).origin !== location.origin)"""
"""What the page asked of other addresses."""

FOCUS = """() => {
  const { name, type, className, localName } = document.activeElement;
  return { name: name ?? "", type: type ?? "", words: `${localName} ${className}` };
}"""


def page_of(site: Site, name: str) -> tuple[str, str]:
    """The address of the page that shows a calculator whole, and its id there."""
    assert site.folder
    path, id = places(site.folder)[name]
    return site.address + path, id


def show(window: Window, site: Site, name: str) -> str:
    """Go to a calculator by the theme's own navigation, where Python keeps running, and return its id.

    What was typed before is forgotten, as it would fill this form, too.
    """
    address, id = page_of(site, name)
    window.evaluate("() => location.protocol === 'http:' && sessionStorage.clear()")
    if window.evaluate("() => location.href.split('#')[0]") != address:
        if window.evaluate("(home) => location.href.startsWith(home)", site.address):
            window.evaluate(FOLLOW, address)
            wait(window, "(url) => location.href === url && !document.querySelector('[data-left]')", address)
        else:
            window.open(address)
    wait(window, LIVE, id)
    window.evaluate(f"() => {{ {PATIENT} {HURRIED} }}")
    return id


def shown(window: Window, id: str) -> dict[str, Any]:
    """What a calculator shows when its newest answer is there; tried again where a busy machine took too long."""
    while True:
        wait(window, SETTLED, id)
        panel: dict[str, Any] = window.evaluate(SHOWN, id)
        if "took too long" not in panel["spoken"]:
            return panel
        window.evaluate("(id) => document.querySelector(`section.calc#${id} .calc-retry`).click()", id)


def expected(catalogue: Catalogue, name: str, given: dict[str, str]) -> dict[str, Any]:
    """The terminal's answer."""
    answer: dict[str, Any] = json.loads(catalogue.answer(Question(name, given, form="page")))
    return answer


@pytest.mark.fewer_by_day
@pytest.mark.promise("A18")
def test_no_page_has_anything_to_report(
    engine: str, opener: Opener, window: Window, real_site: Site, display: str
) -> None:
    """While a calculator's page loads, no engine reports a breach of the policy or anything that it does not know."""
    names = daily.some(NAMES, 3, f"no page has anything to report in {engine}")
    addresses = [page_of(real_site, name)[0] for name in names]
    if isinstance(window, PlaywrightWindow):
        messages: list[str] = []
        window.page.on("console", lambda message: messages.append(f"{window.page.url}: {message.text}"))
        window.page.on("pageerror", lambda error: messages.append(f"{window.page.url}: {error}"))
        for address in addresses:
            window.open(address)
            wait(window, LOADED)  # What is still on its way when a page is left is reported, too.
    else:
        messages = messages_of_mini_browser(addresses, display, real_site)
    assert messages == []


def wait_for_request(site: Site, name: str) -> None:
    """Until a file that the server holds back was asked for."""
    end = time.monotonic() + PATIENCE
    while not any(path.endswith(f"/{name}") for path in site.unanswered):
        assert time.monotonic() < end, f"{name} was not asked for"
        time.sleep(0.1)


@pytest.mark.promise("A18")
def test_a_page_that_is_left_as_python_starts_reports_nothing(opener: Opener, real_site: Site) -> None:
    """An engine may end the downloads of a page first and its Worker later, which then sees a failure."""
    window = opener()  # With nothing in its cache.
    address, id = page_of(real_site, "prompting/cost")
    messages: list[str] = []
    if isinstance(window, PlaywrightWindow):  # WebKit's driver keeps the console to itself.
        window.page.on("console", lambda message: messages.append(message.text))
    real_site.delayed["pyodide.mjs"] = threading.Event()
    window.open(address)
    wait(window, LOADED)
    window.evaluate(EDIT, id, {"requests": "80000"})
    wait_for_request(real_site, "pyodide.mjs")
    window.open(real_site.address)
    time.sleep(1)
    real_site.heal()
    assert messages == []


@pytest.mark.promise("A18", "F8")
def test_python_starts_after_a_page_that_was_left_as_its_program_arrived(
    opener: Opener, real_site: Site, catalogue: Catalogue
) -> None:
    """Where Firefox compiles a program as it arrives, a page that is left meanwhile has no other start any more."""
    window = opener(thrifty=True)
    name, given = "prompting/cost", {"requests": "80000"}
    address, id = page_of(real_site, name)
    real_site.halved[PROGRAM] = threading.Event()
    window.open(address)
    wait(window, LIVE, id)
    window.evaluate(EDIT, id, given)
    wait_for_request(real_site, PROGRAM)
    time.sleep(1)
    window.open(f"{real_site.address}404.html")
    real_site.heal()
    window.open(f"{address}?again")
    wait(window, LIVE, id)
    window.evaluate(EDIT, id, given)
    assert shown(window, id)["spoken"] == expected(catalogue, name, given)["spoken"]


def messages_of_mini_browser(addresses: list[str], display: str, site: Site) -> list[str]:
    """What WebKit's console is told while pages load: its driver keeps that to itself, so the browser runs alone."""
    words = ["stdbuf", "-oL", mini_browser(), "--enable-write-console-messages-to-stdout=true", *addresses]
    site.asked.clear()
    environment = {**WEBKIT_IN_TESTS, "DISPLAY": display, "HOME": str(Path.home())}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        wanted = {f"{site.path}{address.removeprefix(site.address)}" for address in addresses}
        end = time.monotonic() + PATIENCE
        while not wanted <= set(site.asked):
            assert time.monotonic() < end, f"WebKit did not ask for {wanted - set(site.asked)}"
            time.sleep(0.1)
        time.sleep(REPORTING)
        process.terminate()
        return [line for line in process.stdout if "CONSOLE" in line]


def changed(name: str) -> dict[str, str]:
    """The answers of a calculator's last example, as a reader types them."""
    return dict(find_calculator(name).examples[-1].given)


@pytest.mark.one_in(3)
@pytest.mark.promise("A5", "A18")
@pytest.mark.parametrize("name", NAMES)
def test_an_edit_is_answered_as_at_the_terminal(
    window: Window, real_site: Site, catalogue: Catalogue, name: str
) -> None:
    id = show(window, real_site, name)
    given = changed(name)
    window.evaluate(EDIT, id, given)
    panel = shown(window, id)
    answer = expected(catalogue, name, given)
    assert panel["spoken"] in possible_sentences(answer["spoken"])
    assert not panel["stale"]
    document = window.evaluate(
        "(name, given) => window.__calculators.ask(name, given, 'json')", name, json.dumps(given)
    )
    assert document == catalogue.answer(Question(name, given, form="json"))
    assert window.evaluate(FOREIGN) == []


@pytest.mark.promise("A18", "F8")
def test_a_missing_file_is_said_and_tried_again(returning_window: Window, real_site: Site) -> None:
    window = returning_window
    address, id = page_of(real_site, "prompting/cost")
    window.open(address)
    wait(window, LIVE, id)
    real_site.missing.add(PROGRAM)
    try:
        window.evaluate(EDIT, id, {"requests": "7777"})
        failed = "(id) => /did not start/.test(document.querySelector(`section.calc#${id} .calc-status`).textContent)"
        wait(window, failed, id)
        assert window.evaluate(SHOWN, id)["stale"]
    finally:
        real_site.heal()
    window.evaluate("(id) => document.querySelector(`section.calc#${id} .calc-retry`).click()", id)
    wait(window, "(id) => document.querySelector(`section.calc#${id} .calc-stale`).hidden", id)


def returned(
    window: Window, catalogue: Catalogue, name: str, id: str, given: dict[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """What controls hold after a return to their page, and all that it shows: the result of just that."""
    wait(window, LIVE, id)
    window.evaluate("() => new Promise((done) => setTimeout(done, 1000))")
    wait(window, NOT_BUSY, id)
    panel: dict[str, Any] = window.evaluate(SHOWN, id)
    together = {field: panel["controls"][field] for field in given}
    assert panel["value"] in catalogue.answer(Question(name, together, form="text")), together
    assert not panel["stale"]
    return together, panel


@pytest.mark.promise("A18", "F8")
def test_numbers_and_result_belong_together_after_each_return(
    returning_window: Window, real_site: Site, catalogue: Catalogue
) -> None:
    """A page that an engine kept whole, and one that it loads again, show the result of what their controls hold."""
    window = returning_window
    name = "prompting/cost"
    id = show(window, real_site, name)
    given = {"requests": "80000", "caching": "no"}
    window.evaluate(EDIT, id, given)
    wait(window, SPOKEN, id, expected(catalogue, name, given)["spoken"])  # an earlier answer may be there
    value = shown(window, id)["value"]
    assert value in catalogue.answer(Question(name, given, form="text"))
    window.evaluate("() => { window.isKept = true; }")
    for elsewhere in (real_site.address + "reference/prices/", "about:blank"):
        window.open(elsewhere)
        for travel in (window.back, window.forward, window.back):
            travel()
        together, panel = returned(window, catalogue, name, id, given)
        if window.evaluate("() => window.isKept === true"):
            assert together == given and panel["value"] == value


LEAVE = """(path) => {
  window.isKept = true;
  const fits = (link) => link.pathname.endsWith(path) && link.checkVisibility();
  [...document.querySelectorAll("a[href]")].find(fits).focus();
  scrollTo(0, 300);
  return new Promise((settled) => setTimeout(settled, 200));
}"""
"""Has the focus on a link, for a reader's own key: WebKit goes back over no page that only a script went to."""

ARRIVED = """(path) => document.querySelector("link[rel=canonical]").href.endsWith(path)
  && location.pathname.endsWith(path) && document.activeElement.localName === "h1" && {
  isKept: window.isKept === true,
  title: document.title,
  heading: document.activeElement.firstChild.data,
  scrolled: scrollY,
}"""
"""Of a page whose heading has the focus: whether nothing was loaded, its title, heading, and how far it is scrolled.

On the way back the address changes before the page does, while the heading of the page before has the focus.
"""


@pytest.mark.promise("A7", "A18")
def test_a_way_to_another_page_and_back_keeps_what_runs_and_what_was_typed(
    window: Window, real_site: Site, catalogue: Catalogue
) -> None:
    """At another address than that of the build, too: what is a page of the site, the page itself says."""
    name, given = "prompting/cost", {"requests": "70000"}
    address, id = page_of(real_site, name)
    window.open(address.replace("127.0.0.1", "localhost"))
    wait(window, LIVE, id)
    window.evaluate(EDIT, id, given)
    value = shown(window, id)["value"]
    assert value in catalogue.answer(Question(name, given, form="text"))
    window.evaluate(LEAVE, "/cost/retrieval/")
    window.press("Enter")
    arrived = wait(window, ARRIVED, "/cost/retrieval/")
    assert arrived["isKept"] and arrived["scrolled"] == 0
    assert arrived["title"].startswith(arrived["heading"])
    window.back()
    arrived = wait(window, ARRIVED, "/cost/prompting/")
    assert arrived["isKept"] and arrived["scrolled"] == 300
    wait(window, LIVE, id)
    panel = shown(window, id)
    assert panel["controls"]["requests"] == "70000" and panel["value"] == value and not panel["stale"]
    window.forward()
    assert wait(window, ARRIVED, "/cost/retrieval/")["isKept"]


@pytest.mark.promise("A13", "A18")
def test_the_keyboard_goes_from_the_address_to_an_answer(window: Window, real_site: Site, catalogue: Catalogue) -> None:
    """Tab leaves the header, search field included, and comes to the first number; typing there is enough."""
    name = "prompting/cost"
    address, id = page_of(real_site, name)
    window.open(address + "?keyboard")
    wait(window, LIVE, id)
    window.evaluate("(id) => document.querySelector(`section.calc#${id}`).querySelector('[data-reset]').click()", id)
    window.evaluate("() => document.activeElement.blur()")
    passed = []
    for _ in range(250):
        window.press("Tab")
        passed.append(focus := window.evaluate(FOCUS))
        if focus["name"] == "requests":
            break
    assert passed[-1]["name"] == "requests", passed
    assert any("search" in focus["words"] for focus in passed), "the search has a place on the way"
    window.press("Control+A")
    window.write("123k")
    window.press("Tab")
    wait(
        window,
        SPOKEN,
        id,
        expected(catalogue, name, {"requests": "123k"})["spoken"],
    )


PICKED = """() => {
  const dialog = document.querySelector("dialog.picker");
  if (!dialog?.open) return null;
  const active = document.getElementById(document.activeElement.getAttribute("aria-activedescendant") ?? "");
  return [dialog.querySelector("p").textContent, active?.querySelector("b").textContent, active?.ariaSelected];
}"""
"""What the search among models shows: its count, the active model, and whether that is chosen; null when it is shut."""


@pytest.mark.promise("A13", "A18")
def test_models_are_searched_and_ticked_by_keyboard(window: Window, real_site: Site, catalogue: Catalogue) -> None:
    name, ids = "prompting/models", "openai/gpt-6-luna,mistral/ministral-3b-2512"
    id = show(window, real_site, name)
    window.evaluate("(id) => document.querySelector(`#${id} [name=shortlist] + [data-pick]`).click()", id)
    wait(window, "() => document.querySelector('dialog.picker ul')?.dataset.about.startsWith('US dollars')")
    for words, model in (("ministral 3b", "Ministral 3 3B"), ("luna 6-", "GPT-6 Luna")):
        window.press("Control+A")
        window.write(words)
        wait(window, "(words) => document.activeElement.value === words", words)
        assert window.evaluate(PICKED)[1:] == [model, "false"]
        window.press("Enter")
        assert window.evaluate(PICKED)[1:] == [model, "true"]
    window.press("Escape")
    wait(window, f"() => ({PICKED})() === null")
    spoken = expected(catalogue, name, {"shortlist": ids})["spoken"]
    wait(window, "(id, text) => document.querySelector(`#${id} .calc-status`).textContent === text", id, spoken)


@pytest.mark.promise("A18")
def test_a_link_brings_its_numbers(window: Window, real_site: Site, catalogue: Catalogue) -> None:
    name = "rag/cost"
    address, id = page_of(real_site, name)
    window.open(f"{address}?link#numbers=1&calculator=rag%2Fcost&.queries=77k")
    wait(window, LIVE, id)
    assert shown(window, id)["spoken"] == expected(catalogue, name, {"queries": "77k"})["spoken"]


FILES = Path(__file__).resolve().parents[2] / "calculators" / "fine_tuning" / "dataset" / "files"


@pytest.mark.promise("A18", "A19")
def test_a_file_is_read_in_the_page(window: Window, real_site: Site, catalogue: Catalogue, tmp_path: Path) -> None:
    name = "fine_tuning/dataset"
    id = show(window, real_site, name)
    text = "".join(
        json.dumps(
            {
                "messages": [
                    {"role": "user", "content": f"What is {n} + 1?"},
                    {"role": "assistant", "content": str(n + 1)},
                ]
            }
        )
        + "\n"
        for n in range(20)
    )
    path = tmp_path / "examples.jsonl"
    path.write_text(text)
    window.choose(f"#{id} [name=training_file]", path)
    answer = expected(catalogue, name, {"training_file": text})
    wait(
        window,
        SPOKEN,
        id,
        answer["spoken"],
    )


@pytest.mark.promise("A18", "F8")
def test_where_storage_is_blocked_an_edit_is_answered_and_a_return_shows_what_belongs_together(
    opener: Opener, real_site: Site, catalogue: Catalogue
) -> None:
    window = opener(forbidding=True)
    name, given = "prompting/cost", {"requests": "7777"}
    address, id = page_of(real_site, name)
    window.open(address)
    wait(window, LIVE, id)
    storage = window.evaluate(
        "() => { try { return typeof localStorage?.length } catch (error) { return error.name } }"
    )
    assert storage != "number", "this engine keeps nothing"
    window.evaluate(EDIT, id, given)
    assert shown(window, id)["spoken"] == expected(catalogue, name, given)["spoken"]
    window.open(f"{real_site.address}reference/prices/")
    window.back()
    returned(window, catalogue, name, id, given)
