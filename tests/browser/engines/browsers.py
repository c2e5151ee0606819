"""Starts each engine: a window of it, with the screen or the program between that it needs."""

from __future__ import annotations

import glob
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, ViewportSize
from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from make import BROWSERS, installed_browser
from tests import daily
from tests.browser.conftest import COMPILED_ONCE, FLAGS, NOTHING_KEPT, chromium_path, put_preferences
from tests.browser.engines.windows import DriverWindow, PlaywrightWindow, Window
from tests.conftest import SAVE_DATA

ENGINES = tuple(os.environ.get("ENGINES", "").split() or BROWSERS)
"""Those to test; `make test` says which of them are here, or what is missing."""

SIZE: ViewportSize = {"width": 1280, "height": 900}

FORBIDDEN: dict[str, str | float | bool] = {"network.cookie.cookieBehavior": 2}
"""Firefox keeps nothing for any site: neither cookies nor storage nor caches."""

PRIVATE: dict[str, str | float | bool] = {"browser.privatebrowsing.autostart": True}
"""Each window of Firefox is a private one."""

COMPILED_QUICKLY = {"JSC_useOMGJIT": "0"}
"""WebKit, like Chromium, compiles again what runs often: Python gets faster, and tests pay more than they get."""

DRAWN_AT_ONCE = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
"""WebKit draws the parts of a page apart and puts them together in a program that stands in for a graphics card, which
takes a third of what a page takes. Measurements, screenshots and the tests of every night have it as shipped."""

WEBKIT_IN_TESTS = COMPILED_QUICKLY | ({} if daily.CHOICE == daily.ALL else DRAWN_AT_ONCE)
"""The settings of WebKit in tests."""

SMALL_TOOLBAR = "* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px }"
"""What lets a window of WebKit's small browser be as narrow as a phone, whose width its buttons exceed."""


def program(engine: str) -> str:
    """The program of an engine that is here."""
    path = installed_browser(engine)
    assert path, f"{engine}: {BROWSERS[engine].advice}, or leave it out of ENGINES"
    return path


def mini_browser() -> str:
    """The newest of WebKitGTK's own small browsers, which the driver starts."""
    paths = sorted(path for pattern in BROWSERS["webkit"].parts for path in glob.glob(pattern))
    assert paths, f"webkit: {BROWSERS['webkit'].advice}"
    return paths[-1]


@contextmanager
def virtual_screen(size: str = "1300x1000") -> Iterator[str]:
    """The name of a screen that nobody sees, so that no window opens on a person's own."""
    ends = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(ends[1]), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    process = subprocess.Popen(arguments, pass_fds=ends[1:], stderr=subprocess.DEVNULL)
    os.close(ends[1])
    with os.fdopen(ends[0]) as numbers:
        yield f":{numbers.readline().strip()}"
    process.terminate()
    process.wait()


def firefox_program(folder: Path) -> Path:
    """A program that Playwright can start as a Firefox: the bridge with the Firefox behind it."""
    path = folder / "firefox"
    words = (sys.executable, Path(__file__).with_name("bridge.py"), program("firefox"))
    path.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, words))} "$@"\n')
    path.chmod(0o755)
    return path


Opener = Callable[..., Window]
"""Opens a window with nothing in its caches; with `forbidding=True` one that keeps nothing for a site; with
`private=True` a private one, which forgets all when it closes; with `thrifty=True` one on whose pages Python waits for
a question, where the engine can be told so."""

THRIFTY = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
"""What tells a page in Firefox, which has no such setting, to start nothing ahead of a question."""


@contextmanager
def windows_of(
    engine: str,
    playwright: Playwright,
    display: str,
    new_folder: Callable[[str], Path],
    webkit_settings: Mapping[str, str] = COMPILED_QUICKLY,
) -> Iterator[Opener]:
    """Opens windows of an engine, which close at the end. Only WebKit draws on the display."""
    with ExitStack() as stack:
        firefoxes: dict[str, Browser] = {}

        def chromium(forbidding: bool, private: bool, thrifty: bool) -> Window:
            profile = new_folder("chromium")
            put_preferences(profile, NOTHING_KEPT if forbidding else {})
            context = playwright.chromium.launch_persistent_context(
                profile,
                executable_path=chromium_path(),
                args=[*FLAGS, COMPILED_ONCE],
                ignore_default_args=["--disable-back-forward-cache"],
                viewport=SIZE,
            )
            stack.callback(context.close)
            if private:
                assert context.browser
                context = context.browser.new_context(viewport=SIZE)
            context.add_init_script(SAVE_DATA)
            return PlaywrightWindow(context.new_page())

        def firefox(forbidding: bool, private: bool, thrifty: bool) -> Window:
            preferences = (FORBIDDEN if forbidding else {}) | (PRIVATE if private else {})
            # A start takes as long as Python's in it: windows share a Firefox, each with caches of its own.
            browser = firefoxes.get(str(preferences))
            if browser is None:
                browser = firefoxes[str(preferences)] = playwright.firefox.launch(
                    executable_path=firefox_program(new_folder("firefox")),
                    channel="moz-firefox",
                    firefox_user_prefs=preferences,
                )
                stack.callback(browser.close)
            context = browser.new_context(viewport=SIZE)
            if thrifty:
                context.add_init_script(THRIFTY)
            return PlaywrightWindow(context.new_page())

        def webkit(forbidding: bool, private: bool, thrifty: bool) -> Window:
            options = Options()
            options.binary_location = mini_browser()
            options.add_argument("--automation")
            if private:
                options.add_argument("--private")
            if forbidding:
                options.add_argument("--enable-html5-local-storage=false")
                options.add_argument("--enable-html5-database=false")
            settings = new_folder("webkit")
            for toolkit in ("gtk-3.0", "gtk-4.0"):
                (settings / toolkit).mkdir()
                (settings / toolkit / "gtk.css").write_text(SMALL_TOOLBAR)
            environment = {**os.environ, **webkit_settings, "DISPLAY": display, "XDG_CONFIG_HOME": str(settings)}
            service = Service(program("webkit"), env=environment)
            driver = WebKitGTK(options=options, service=service)
            stack.callback(driver.quit)
            driver.set_window_size(SIZE["width"], SIZE["height"])
            return DriverWindow(driver)

        engines = {"chromium": chromium, "firefox": firefox, "webkit": webkit}

        def open_window(*, forbidding: bool = False, private: bool = False, thrifty: bool = False) -> Window:
            return engines[engine](forbidding, private, thrifty)

        yield open_window
