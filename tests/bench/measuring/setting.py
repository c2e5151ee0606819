"""What all measurements share: how often to repeat, the built site beside bare Pyodide, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.measuring.slowness import slowed_browsers
from tests.browser.conftest import FLAGS, chromium_path
from tests.conftest import ROOT, build


@dataclass
class Setting:
    """`runs` is how many times a thing is measured for its median; `folder` is for what is made on the way.

    Browsers are slowed down by the factor `slowness`.
    """

    folder: Path
    runs: int = 7
    slowness: float = 1

    @cached_property
    def site(self) -> Path:
        """The site, built as it is published."""
        process = build(ROOT, self.folder / "site")
        assert process.returncode == 0, process.stderr
        return self.folder / "site"

    @cached_property
    def floor(self) -> Path:
        """Pages with bare Pyodide, as published, and with a calculator written by hand in JavaScript."""
        folder = self.folder / "floor"
        shutil.copytree(Path(__file__).parents[1] / "floor", folder)
        shutil.copytree(ROOT / "node_modules" / "pyodide", folder / "pyodide")
        shutil.copy(next((self.site / "assets" / "runtime").glob("*/facts.json")), folder)
        return folder

    @contextmanager
    def browser(self) -> Iterator[Browser]:
        """A browser with no profile: each of its contexts is a new one."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            with slowed_browsers(self.slowness):
                yield browser
            browser.close()

    @cached_property
    def calculator_pages(self) -> dict[str, str]:
        """The addresses below the site of all pages with a calculator, and their HTML."""
        pages = {path: path.read_text("utf-8") for path in sorted(self.site.rglob("index.html"))}
        return {
            path.relative_to(self.site).as_posix().removesuffix("index.html"): text
            for path, text in pages.items()
            if '<section class="calc ' in text
        }
