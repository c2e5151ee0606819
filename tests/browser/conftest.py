"""Start Chromium and serve the toy site. Each test also holds that nothing was asked of another address."""

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from make import installed_browser
from tests.browser import real, toy
from tests.browser.reading import follow, guarded, live, visit
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.json_types import JsonObject
from tests.site.server import Site

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
"""Nothing that Chromium asks of its makers by itself, as the tests for leaks watch all that leaves it; and no pages of
its own address bar, which take a third of the time that a new profile takes."""
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
)
"""What a strict site would allow. `'unsafe-inline'` is for the theme's own scripts, whose digests the toy lacks."""

COMPILED_ONCE = "--js-flags=--liftoff-only"
"""Compiling again what runs often makes Python faster, and costs more than most tests ask of it."""

PREFERENCES: JsonObject = {
    "autofill": {"profile_enabled": False, "credit_card_enabled": False},
    "credentials_enable_service": False,
}
"""Chromium looks in each form for a reader's address, card and password, which takes a fifth of the time that a page
takes."""

NOTHING_KEPT: JsonObject = {"profile": {"default_content_setting_values": {"cookies": 2}}}
"""Chromium keeps neither cookies nor anything else for a site."""

expect.set_options(timeout=30_000)
"""Milliseconds that something may take on a busy machine. Only a test that fails waits so long."""

FAILED = pytest.StashKey[bool]()
"""Whether a test has failed in the try that goes on."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a test in a browser a second try, which the summary tells: a machine that does much else may be too slow."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("once"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After a failure, have a page that tests share drawn anew: what the test left there should fail no other try."""
    report = yield
    item.stash[FAILED] = report.failed or item.stash.get(FAILED, False)
    if call.when == "teardown" and item.stash[FAILED]:
        item.stash[FAILED] = False
        pages = [it.page if isinstance(it, Locator) else it for it in getattr(item, "funcargs", {}).values()]
        for page in pages:
            if isinstance(page, Page) and not page.is_closed():
                with suppress(PlaywrightError):  # it may have crashed, which its next visit says
                    page.goto("about:blank")
    return report


def chromium_path() -> str | None:
    """Return an installed Chromium. None leaves it to Playwright's own, which fails with what to install."""
    return installed_browser("chromium")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def put_preferences(folder: Path, preferences: JsonObject) -> None:
    """Give the first profile of a Chromium, in a folder, the preferences of all tests, and more."""
    (folder / "Default").mkdir()
    (folder / "Default" / "Preferences").write_text(json.dumps(PREFERENCES | preferences), "utf-8")


@contextmanager
def started(playwright: Playwright, folder: Path, **settings: Any) -> Iterator[BrowserContext]:
    """A Chromium with the tests' flags and preferences, and its first profile in a folder."""
    put_preferences(folder, settings.pop("preferences", {}))
    arguments = [*FLAGS, *settings.pop("args", [COMPILED_ONCE])]
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium_path(), args=arguments, **settings
    )
    yield context
    context.close()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with started(playwright, tmp_path_factory.mktemp("chromium")) as context:
        assert context.browser
        yield context.browser


@pytest.fixture
def forbidding(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium that keeps neither cookies nor anything else for a site."""
    with started(playwright, tmp_path, preferences=NOTHING_KEPT) as context:
        yield context


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
    context = chromium.new_context(reduced_motion="reduce")
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
    """The toy on a page just drawn, as it came, by way of a link."""
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


@pytest.fixture(scope="session")
def site_page(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """One page of the site as it ships for many tests, whose Worker keeps running."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    yield from guarded(context.new_page(), real_site)
    context.close()


@pytest.fixture
def pauses(site_page: Page, real_site: Site) -> Iterator[None]:
    """Has that page do in the pause after an edit what it does as shipped: prepare all that paper shows."""
    real.go(site_page, real_site, real.AWAY)
    with real.pausing(site_page):
        yield


@pytest.fixture
def cost_page(site_page: Page, real_site: Site) -> Page:
    """That page, at the cost of a prompt, just drawn."""
    real.calculator(site_page, real_site, "prompting/cost")
    return site_page


@pytest.fixture
def new_real_page(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """The prompt cost page in a new profile, whose requests the server has not yet seen."""
    context = chromium.new_context()
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{real_site.address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    real_site.asked.clear()
    yield page
    real_site.heal()
    context.close()
