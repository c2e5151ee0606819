"""Notes which functions of the interpreter calculators call, and writes the profile by which a build splits it.

`python3 make.py profile` asks every calculator in Chromium: all examples in all forms, random questions, files, a
second visit. It also starts a site whose calculator imports more of Python's library than ours. It takes some minutes.
What the profile misses still works: the rest of the interpreter is loaded for it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from calculators.catalogue import Catalogue, load
from calculators.discovery import find_calculator
from macros.browser.split import shipping
from macros.browser.split.profile import read_profile
from macros.browser.split.webassembly import Kind, WasmModule
from macros.pages.checks.sizes import sized_build_folder
from tests.bench.measuring.setting import Setting
from tests.browser import toy
from tests.browser.reading import amount, visit
from tests.browser.real import places
from tests.browser.runtime.test_parity import ASK_ALL, AT_ONCE, FILES, FORMS, questions
from tests.browser.runtime.test_snapshot import KEPT
from tests.conftest import ROOT
from tests.profile.counting import MARK, counted
from tests.site.server import Site
from tests.strategies import fields

QUESTIONS = 150
"""Random questions to each calculator, besides those of its examples."""

MOST_FILES = 12
"""Files that are chosen in each control."""

REPORT = """    const flags = Object.entries(instance.exports).filter(([name]) => name.startsWith("MARK"));
    const known = new Set();
    self.report = () => {
      const fresh = flags.filter(([name, flag]) => flag.value && !known.has(name)).map(([name]) => name);
      fresh.forEach((name) => known.add(name));
      if (fresh.length > 0) console.log("called " + fresh.join(" "));
    };
    setInterval(self.report, 300);
    const exports = Object.fromEntries(Object.entries(instance.exports).filter(([name]) => !name.startsWith("MARK")));
    return { module, instance: { exports } };
""".replace("MARK", MARK)
"""Has the Worker say which functions were called since it last said so."""

INTERPRETER = ROOT / "docs" / "assets" / "javascripts" / "interpreter.js"
FOLLOWED = "    rest.follow(instance);\n    return { module, instance };\n"
STARTED = "for (const name of [...WAYS_OUT"


def main() -> int:
    pyodide = ROOT / "node_modules" / "pyodide"
    module = WasmModule((pyodide / shipping.PROGRAM).read_bytes())
    with tempfile.TemporaryDirectory() as temporary:
        setting = Setting(Path(temporary))
        with Site() as small, Site(setting.site, "/") as server, setting.browser() as browser:
            small.folder = toy.build(Path(temporary) / "toy", small.address)
            for site in (small, server):
                serve_counted(site, module, pyodide)
            called = called_at_start(browser.new_context(), small)
            called |= called_functions(browser.new_context(), server, setting.site)
    offset = module.imported(Kind.FUNCTION)
    before = read_profile(shipping.PROFILE.read_text("utf-8"))
    profile = replace(before, functions=frozenset(called))
    if found := profile.data_addresses(module):
        print(
            f"Functions that calculators call may use data of the rest: {', '.join(map(hex, found))}.", file=sys.stderr
        )
        return 1
    shipping.PROFILE.write_text(profile.json(), "utf-8")
    print(f"{len(called):,} of {len(module.bodies):,} functions are called ({offset} are the browser's).")
    return 0


def serve_counted(server: Site, module: WasmModule, pyodide: Path) -> None:
    """Serve a program that notes what is called, with scripts that say it."""
    assert server.folder
    build = sized_build_folder(server.folder) / "build.js"
    interpreter = INTERPRETER.read_text("utf-8")
    assert FOLLOWED in interpreter and STARTED in interpreter
    interpreter = interpreter.replace(FOLLOWED, REPORT).replace(STARTED, f"self.report();\n{STARTED}")
    contents = {
        shipping.FIRST: gzip.compress(counted(module), 1),
        shipping.SCRIPT: (pyodide / shipping.SCRIPT).read_bytes(),
    }
    script = build.read_text("utf-8")
    for name, content in contents.items():
        found = re.search(rf'/{re.escape(name)}": "(\w+)"', script)
        assert found
        script = script.replace(found.group(1), hashlib.sha256(content).hexdigest())
    server.replaced.update(contents | {"interpreter.js": interpreter.encode(), "build.js": script.encode()})


def heard_page(context: BrowserContext, called: set[int], failures: list[str]) -> Page:
    """A page that adds to `called` what its Worker says, counted from the first function that is not imported."""

    def hear(text: str) -> None:
        if text.startswith("called "):
            called.update(int(word.removeprefix(MARK)) for word in text.split()[1:])
        else:
            failures.append(text)

    page = context.new_page()
    page.on("console", lambda message: hear(message.text))
    page.set_default_timeout(600_000)
    return page


def called_at_start(context: BrowserContext, server: Site) -> set[int]:
    """The functions that a start calls with the whole of Python's library, and an answer of a line."""
    called: set[int] = set()
    page = heard_page(context, called, [])
    amount(visit(page, server)).fill("12")
    page.wait_for_timeout(3000)
    print(f"a start with the whole library: {len(called):,} functions", flush=True)
    return called


def called_functions(context: BrowserContext, server: Site, site: Path) -> set[int]:
    """The functions that the calculators call."""
    called: set[int] = set()
    failures: list[str] = []
    page = heard_page(context, called, failures)
    facts = (sized_build_folder(site) / "facts.json").read_text("utf-8")
    catalogue = load(facts, lambda text, encoding: len(text) // 4)
    located = places(site)
    for turn in ("first", "second"):
        for name, (path, id) in located.items():
            page.goto(server.address + path)
            page.locator(f"section.calc#{id}[data-live]").wait_for()
            choose_files(page, id)
            asked = list(asked_words(name, catalogue)) if turn == "first" else [[name, "{}"]]
            for begin in range(0, len(asked), AT_ONCE):
                ask_all = ASK_ALL.replace("(...words)", "(...words).catch(() => {})")
                page.evaluate(ask_all, asked[begin : begin + AT_ONCE])
            print(f"{turn} visit, {name}: {len(called):,} functions", flush=True)
        until_kept(page)
        page.wait_for_timeout(2000)
    print(*sorted(set(failures))[:20], sep="\n")
    return called


def asked_words(name: str, catalogue: Catalogue) -> Iterator[Sequence[object]]:
    """Questions to a calculator: its examples in every form, in comparison, swept and solved, and random ones."""
    chance = random.Random(f"profile of {name}")
    declared = find_calculator(name)
    examples = [{}, *(dict(example.given) for example in declared.examples)]
    more: list[tuple[str, object]] = [
        (form, ask) for form in ("json", "html", "text") for ask in ("ranges", "sensitivity")
    ]
    for given in examples:
        text = json.dumps(given)
        yield from ([name, text, *form] for form in [*FORMS, *more])
        compare = {"kind": "compare", "given": given, "names": ["Now", "Then ü"]}
        yield from ([name, text, form, compare] for form in ("json", "html", "text"))
    for field in fields(declared.inputs)[:6]:
        low, high = field.low, min(field.high, field.low + 1000)
        sweep = {"kind": "sweep", "input": field.path, "ends": f"{low}..{high}"}
        solve = {"kind": "solve", "output": declared.headline, "target": str(high / 2), "by": field.path}
        yield from ([name, "{}", form, ask] for form in ("json", "html", "text") for ask in (sweep, solve))
    for given in questions(name, catalogue, QUESTIONS):
        yield [name, json.dumps(given)]
        yield [name, json.dumps(given), *chance.choice([*FORMS, *more])]


def choose_files(page: Page, id: str) -> None:
    """Choose files where the calculator reads some, and have them answered."""
    control = page.locator(f"section.calc#{id} input[type=file]").first
    if control.count() == 0:
        return
    for path in FILES[:MOST_FILES]:
        control.set_input_files(path)
        page.wait_for_timeout(400)


def until_kept(page: Page) -> None:
    """Wait for the snapshot that the browser makes in a calm moment."""
    page.evaluate("() => window.__calculators.ask('prompting/cost', '{}')")
    while not page.evaluate(KEPT):
        page.wait_for_timeout(500)


if __name__ == "__main__":
    sys.exit(main())
