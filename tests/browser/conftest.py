"""Start Chromium and serve the toy site. Each test also holds that nothing was asked of another address."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright

from tests.browser import real, toy
from tests.browser.reading import follow, guarded, live, visit
from tests.conftest import SAVE_DATA
from tests.site.server import Site

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=AutofillServerCommunication,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
]
"""Nothing that Chromium asks of its makers by itself, as the tests for leaks watch all that leaves it."""
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
)
"""What a strict site would allow. `'unsafe-inline'` is for the theme's own scripts, whose digests the toy lacks."""

expect.set_options(timeout=30_000)
"""Milliseconds that something may take on a busy machine. Only a test that fails waits so long."""


def chromium_path() -> str | None:
    """Return an installed Chromium. None leaves it to Playwright's own, which fails with what to install."""
    return os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def toy_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The toy site below `/repo/`, under a strict content policy."""
    with Site() as server:
        server.headers["Content-Security-Policy"] = POLICY
        server.folder = toy.build(tmp_path_factory.mktemp("toy"), server.address)
        yield server


@pytest.fixture
def server(toy_server: Site) -> Iterator[Site]:
    """The toy site's server, without faults before and after each test."""
    toy_server.asked.clear()
    yield toy_server
    toy_server.heal()


@pytest.fixture(scope="session")
def warm(chromium: Browser) -> Iterator[BrowserContext]:
    """One profile for all tests without faults: its cache saves each of them the download."""
    context = chromium.new_context()
    context.add_init_script(SAVE_DATA)
    yield context
    context.close()


@pytest.fixture
def page(warm: BrowserContext, server: Site) -> Iterator[Page]:
    page = warm.new_page()
    yield from guarded(page, server)
    page.close()


@pytest.fixture(scope="session")
def kept_page(warm: BrowserContext, toy_server: Site) -> Iterator[Page]:
    """One page for many tests, whose interpreter keeps running."""
    page = warm.new_page()
    yield from guarded(page, toy_server)
    page.close()


@pytest.fixture
def calculator(kept_page: Page, server: Site) -> Locator:
    """The toy on a page just drawn, as it came, by way of the theme's instant navigation."""
    if not kept_page.url.startswith(server.address):
        return visit(kept_page, server)
    for reset in kept_page.get_by_role("button", name="Reset").all():
        reset.click()
    follow(kept_page, server, "Home", "")
    follow(kept_page, server, "One", "one/")
    return live(kept_page)


@pytest.fixture
def new_page(chromium: Browser, server: Site) -> Iterator[Page]:
    """A page of a new profile, with nothing in its cache."""
    context = chromium.new_context()
    context.add_init_script(SAVE_DATA)
    yield from guarded(context.new_page(), server)
    context.close()


@pytest.fixture(scope="module")
def site_page(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """One page of the site as it ships for a module's tests, whose Worker keeps running."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SAVE_DATA)
    yield from guarded(context.new_page(), real_site)
    context.close()


@pytest.fixture
def cost_page(site_page: Page, real_site: Site) -> Page:
    """That page, at the cost of a prompt, just drawn."""
    real.calculator(site_page, real_site, "prompting/cost")
    return site_page
