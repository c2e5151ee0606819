"""A window of a browser, alike for each engine: Chromium and Firefox by Playwright, WebKit by its own driver."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from playwright.sync_api import Error, Page
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

PATIENCE = 240.0
"""Seconds that something may take: a first answer in WebKit takes a minute where many others compute."""

CALL = """const done = arguments[arguments.length - 1];
const result = Promise.resolve((%s)(...[...arguments].slice(0, -1)));
result.then((content) => done([content]), (error) => done([null, `${error}`]));
"""

KEYS = {
    "Tab": Keys.TAB,
    "Enter": Keys.ENTER,
    "Space": Keys.SPACE,
    "Control": Keys.CONTROL,
    "Shift": Keys.SHIFT,
    "Escape": Keys.ESCAPE,
}

NOTING = """() => {
  if (window.noted) return;
  const noted = (window.noted = []), started = [];
  let latest;
  const note = (...words) => {
    if (latest === (latest = words.join(" "))) return;
    noted.push(`${Math.round(performance.now())} ms: ${latest}`);
  };
  const cut = (_, part) => (typeof part === "string" ? part.slice(0, 100) : part);
  const short = (message) => JSON.stringify(message, cut)?.slice(0, 300);
  for (const level of ["error", "warn"]) {
    const say = console[level];
    console[level] = (...words) => (note(`console.${level}`, ...words), say.apply(console, words));
  }
  addEventListener("error", ({ message }) => note("error", message));
  addEventListener("unhandledrejection", ({ reason }) => note("rejection that nobody awaited", reason));
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      const name = `Worker ${started.push(this)}`;
      note(name, "starts");
      for (const kind of ["message", "messageerror", "error"]) {
        this.addEventListener(kind, ({ data, message }) => note(name, "has a", kind, short(data ?? message)));
      }
    }
    #told(...words) {
      note(`Worker ${started.indexOf(this) + 1}`, ...words);
    }
    postMessage(message, ...more) {
      this.#told("is sent", short(message));
      super.postMessage(message, ...more);
    }
    terminate() {
      this.#told("is ended");
      super.terminate();
    }
  };
}"""
"""Has a page note what passes between it and its Workers, and what goes wrong there: no driver tells all of it."""

KNOWN = """() => [
  `${location.href} is ${document.readyState}`,
  ...[...document.querySelectorAll("section.calc")].map(
    (section) => `${section.id} (${section.className}) says: ${section.querySelector(".calc-status")?.textContent}`),
  ...(window.noted ?? ["What passed here was not noted."]).slice(-60),
]"""
"""What a page knows, line by line."""


@runtime_checkable
class Window(Protocol):
    """What a test does with a window. A script is the text of a JavaScript function; it may return a promise."""

    def open(self, address: str) -> None: ...

    def back(self) -> None: ...

    def forward(self) -> None: ...

    def evaluate(self, script: str, *arguments: object) -> Any:
        """What a script returns in the page: anything that JSON has."""

    def press(self, keys: str) -> None:
        """Press a key, or several at once, as in `Control+A`."""

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""

    def choose(self, selector: str, path: Path) -> None:
        """Choose a file."""

    def resize(self, width: int, height: int) -> None:
        """Give the page so many CSS pixels."""

    def screenshot(self, path: Path) -> None:
        """Write what the page shows as a PNG."""


class PlaywrightWindow:
    """A page of Playwright; a new one in the same profile after the browser has given the former one up."""

    def __init__(self, page: Page) -> None:
        self._take(page)

    def _take(self, page: Page) -> None:
        page.set_default_timeout(PATIENCE * 1000)
        page.on("crash", lambda _: setattr(self, "crashed", True))
        page.add_init_script(f"({NOTING})()")
        self.page, self.crashed = page, False

    def open(self, address: str) -> None:
        if self.crashed:
            self._take(self.page.context.new_page())
        try:
            self.page.goto(address)
        except Error as error:  # Chromium gives a page up now and then, also on the way to the next.
            if "crashed" not in str(error):
                raise
            self._take(self.page.context.new_page())
            self.page.goto(address)

    def back(self) -> None:
        self._travel("back")

    def forward(self) -> None:
        self._travel("forward")

    def _travel(self, way: str) -> None:
        """Playwright's own way waits for a load, which a page that Firefox kept whole does not have."""
        before = self.evaluate("(way) => (setTimeout(() => history[way](), 0), location.href)", way)
        wait(self, "(before) => location.href !== before", before)

    def evaluate(self, script: str, *arguments: object) -> Any:
        while True:
            try:
                return self.page.evaluate(f"(given) => ({script})(...given)", list(arguments))
            except Error as error:
                if "context was destroyed" not in str(error):  # Another page came; it can answer.
                    raise

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def choose(self, selector: str, path: Path) -> None:
        self.page.locator(selector).first.set_input_files(path)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)


class DriverWindow:
    """A window of a WebDriver."""

    def __init__(self, driver: WebDriver) -> None:
        driver.set_script_timeout(PATIENCE)
        self.driver = driver

    def open(self, address: str) -> None:
        """This driver runs no script before those of the page, so what happened first is not noted."""
        self.driver.get(address)
        self.evaluate(NOTING)

    def back(self) -> None:
        self.driver.back()

    def forward(self) -> None:
        self.driver.forward()

    def evaluate(self, script: str, *arguments: object) -> Any:
        result, *error = self.driver.execute_async_script(CALL % script, *arguments)
        assert not error, error[0]
        return result

    def press(self, keys: str) -> None:
        *modifiers, last = (KEYS.get(key, key.lower()) for key in keys.split("+"))
        actions = ActionChains(self.driver)
        for key in modifiers:
            actions.key_down(key)
        actions.send_keys(last)
        for key in modifiers:
            actions.key_up(key)
        actions.perform()

    def write(self, text: str) -> None:
        ActionChains(self.driver).send_keys(text).perform()

    def choose(self, selector: str, path: Path) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(path))

    def resize(self, width: int, height: int) -> None:
        """The driver sets the size of the window, with the frame around the page."""
        size = self.driver.get_window_size()
        inner_width, inner_height = self.evaluate("() => [innerWidth, innerHeight]")
        self.driver.set_window_size(width + size["width"] - inner_width, height + size["height"] - inner_height)

    def screenshot(self, path: Path) -> None:
        self.driver.save_screenshot(str(path))


def wait(window: Window, script: str, *arguments: object, seconds: float = PATIENCE) -> Any:
    """What a script returns once that is true, 0 or empty excluded; fails where it takes too long."""
    end = time.monotonic() + seconds
    while not (result := window.evaluate(script, *arguments)):
        assert time.monotonic() < end, f"after {seconds:.0f} s still not: {script} {arguments}"
        time.sleep(0.05)
    return result
