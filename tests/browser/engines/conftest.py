"""Starts each engine once, and serves the site to it."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Error, Playwright
from selenium.common.exceptions import WebDriverException

from tests import daily
from tests.browser.engines.browsers import ENGINES, WEBKIT_IN_TESTS, Opener, virtual_screen, windows_of
from tests.browser.engines.windows import KNOWN, Window
from tests.site.server import Site

OPENED: list[Window] = []
"""All windows that tests have opened."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After a failure, say what the windows of the test and the server know: the next try may pass."""
    report = yield
    if report.failed:
        used = getattr(item, "funcargs", {}).values()
        windows = dict.fromkeys([*(each for each in used if isinstance(each, Window)), *OPENED[-1:]])
        sites = [each for each in used if isinstance(each, Site)]
        report.sections += [("what a window knows", known_in(window)) for window in windows]
        report.sections += [("what the server knows", known_to(site)) for site in sites]
    return report


def known_in(window: Window) -> str:
    try:
        return "\n".join(window.evaluate(KNOWN))
    except (Error, WebDriverException) as error:
        return f"It does not answer: {error}"


def known_to(site: Site) -> str:
    asked = "\n".join(site.asked[-40:])
    return f"Not answered: {', '.join(site.unanswered) or 'nothing'}\nAsked for, the newest last:\n{asked}"


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the engine under test."""
    return str(request.param)


@pytest.fixture(scope="session")
def display(engine: str) -> Iterator[str]:
    """The screen on which WebKit draws; the others draw on none."""
    if engine == "webkit":
        with virtual_screen() as screen:
            yield screen
    else:
        yield ""


@pytest.fixture(scope="session")
def opener(
    engine: str, playwright: Playwright, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opener]:
    """Opens windows of the engine, which close when all tests have run."""
    with windows_of(engine, playwright, display, tmp_path_factory.mktemp, WEBKIT_IN_TESTS) as open_window:

        def open_and_note(**choices: bool) -> Window:
            window = open_window(**choices)
            OPENED.append(window)
            return window

        yield open_and_note


@pytest.fixture(scope="session")
def windows(opener: Opener) -> list[Window]:
    """The windows that were opened for tests without faults, the newest last.

    Started ahead on each page that is loaded, Python would cost more than all that is asked of it: that is for the
    night, and for windows of their own.
    """
    return [opener(thrifty=daily.CHOICE != daily.ALL)]


@pytest.fixture
def window(request: pytest.FixtureRequest, opener: Opener, windows: list[Window]) -> Window:
    """One window for all tests without faults: its cache saves them the download. A second try has a new one."""
    if getattr(request.node, "execution_count", 1) > 1:
        windows.append(opener(thrifty=daily.CHOICE != daily.ALL))
    return windows[-1]


@pytest.fixture(scope="session")
def returning_windows(opener: Opener) -> list[Window]:
    """The windows for tests of a first start that fails and of returns, the newest last."""
    return [opener()]


@pytest.fixture
def returning_window(request: pytest.FixtureRequest, opener: Opener, returning_windows: list[Window]) -> Window:
    """A window for two tests in turn: the first finds nothing in its cache, the second finds Python running.

    Firefox's driver loses the keyboard of a page that was kept whole, so no other test has it.
    """
    if getattr(request.node, "execution_count", 1) > 1:
        returning_windows.append(opener())
    return returning_windows[-1]
