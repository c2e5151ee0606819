"""Takes screenshots of pages in each engine, narrow and wide, light and dark, for a person to look at.

`python -m tests.browser.engines.screenshots SITE PAGE...`, where SITE is a folder with the built site and a page is a
path below it, as `cost/prompting/`, or `calculators` for the page of each calculator. The files come into
`.cache/screenshots/`, or where `--to` says. `--edited` fills each calculator with its last example first, `--wrong`
puts a word into its first field for a number.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.engines.browsers import ENGINES, virtual_screen, windows_of
from tests.browser.engines.test_engines import EDIT, changed, shown
from tests.browser.engines.windows import Window, wait
from tests.browser.real import places
from tests.site.server import Site

WIDTHS = (1280, 360)
SCHEMES = {"light": "default", "dark": "slate"}

TALLEST = 8000
"""Pixels of a page that a screenshot holds: as many as WebKit's screen is made high."""

CHOOSE_SCHEME = """(scheme) => {
  if (document.body.dataset.mdColorScheme === scheme) return true;
  const input = document.querySelector(`input[data-md-color-scheme="${scheme}"]`);
  input.checked = true;
  input.dispatchEvent(new Event("change"));
  return false;
}"""
"""By the theme's own switch, as Firefox's driver and WebKit's have no way to set the system's scheme."""

UNFOLD = (
    """() => document.querySelectorAll("main details").forEach((fold) => { fold.open = true; fold.hidden = false; })"""
)

READY = """() => document.fonts.status === "loaded" && [...document.querySelectorAll("section.calc")].every(
  (section) => "live" in section.dataset)"""

WHOLE_HEIGHT = "() => document.body.scrollHeight"

FIRST_NUMBER = """(id) => document.querySelector(`section.calc#${id} form input[inputmode="decimal"]`)?.name ?? ''"""

PAUSE = 0.5
"""Seconds after which the theme has taken up the scheme that it remembers, and colors no longer change."""


def choose_scheme(window: Window, theme_name: str) -> None:
    """Chooses a scheme twice, as the theme may return to the scheme that it remembers while it starts."""
    for _ in range(2):
        wait(window, CHOOSE_SCHEME, theme_name)
        time.sleep(PAUSE)


def fill(window: Window, calculators: dict[str, str], state: str) -> None:
    """Edits each calculator of a page, by name with its id: "edited", or "wrong" with a word as a number."""
    for name, id in calculators.items():
        if state == "edited":
            window.evaluate(EDIT, id, changed(name))
        elif field := window.evaluate(FIRST_NUMBER, id):
            window.evaluate(EDIT, id, {field: "many"})
        else:
            continue
        shown(window, id)


def take(
    window: Window, address: str, folder: Path, name: str, calculators: dict[str, str], *, state: str, unfolded: bool
) -> None:
    """Writes the screenshots of one page in one engine; `name` begins the names of their files."""
    for width in WIDTHS:
        window.resize(width, 900)
        window.open(address)
        wait(window, READY)
        if state:
            window.evaluate("() => sessionStorage.clear()")
            fill(window, calculators, state)
        if unfolded:
            window.evaluate(UNFOLD)
        window.resize(width, min(window.evaluate(WHOLE_HEIGHT), TALLEST))
        for scheme, theme_name in SCHEMES.items():
            choose_scheme(window, theme_name)
            window.screenshot(folder / f"{name}-{width}-{scheme}.png")


def main(built: Path, pages: Iterable[str], folder: Path, *, state: str = "", unfolded: bool = False) -> None:
    """Goes through the engines, and in each through the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    calculators = places(built)
    calculator_pages = sorted({path for path, _ in calculators.values()})
    paths = [path for page in pages for path in (calculator_pages if page == "calculators" else [page])]
    with Site(built) as site, tempfile.TemporaryDirectory() as profiles, sync_playwright() as playwright:

        def new_folder(prefix: str) -> Path:
            return Path(tempfile.mkdtemp(prefix=prefix, dir=profiles))

        for engine in ENGINES:
            screen = virtual_screen(f"1400x{TALLEST + 200}") if engine == "webkit" else nullcontext("")
            with screen as display, windows_of(engine, playwright, display, new_folder) as open_window:
                window = open_window()
                for path in paths:
                    name = path.strip("/").replace("/", "-") or "home"
                    forms = {name: id for name, (page, id) in calculators.items() if page == path}
                    beginning = "-".join(part for part in (name, engine, state) if part)
                    take(window, site.address + path, folder, beginning, forms, state=state, unfolded=unfolded)
    print(f"See {folder}/")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("page", nargs="+")
    parser.add_argument("--to", type=Path, default=Path(".cache") / "screenshots")
    states = parser.add_mutually_exclusive_group()
    states.add_argument(
        "--edited", action="store_const", const="edited", dest="state", default="", help="an edit first"
    )
    states.add_argument("--wrong", action="store_const", const="wrong", dest="state", help="an error first")
    parser.add_argument("--unfolded", action="store_true", help="open all that is folded")
    arguments = parser.parse_args()
    main(arguments.site, arguments.page, arguments.to, state=arguments.state, unfolded=arguments.unfolded)
