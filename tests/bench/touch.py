"""Times what a reader feels: the first touch of a page that was read for a while, and the next page."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page

from tests.bench.measuring.host import FAST, HOME, Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting

READ = 6000
"""Milliseconds of reading between the first paint and the first touch."""

LEFT_TO_READ = f"() => {READ} - performance.now() + performance.getEntriesByName('first-contentful-paint')[0].startTime"

TOUCH = """(name) => new Promise((resolve) => {
  const section = document.querySelector(`section.calc[data-live][data-calculator="${name}"]`);
  const field = section.querySelector("input[inputmode=decimal]");
  const begun = performance.now();
  new MutationObserver(() => resolve(performance.now() - begun))
    .observe(section.querySelector("[data-result]"), { childList: true, characterData: true, subtree: true });
  field.focus();
  field.value = "20k";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""

NEXT = ".md-nav a:is([href='../retrieval/'], [href$='cost/retrieval/'])"

GO_ON = """async (link) => {
  link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  await new Promise((rested) => setTimeout(rested, REST));
  const begun = performance.now();
  let arrived, live, painted;
  await new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      const section = document.querySelector("section.calc[data-calculator='rag/cost']");
      if (!section) return;
      if (!arrived) {
        arrived = performance.now();
        requestAnimationFrame(() => {
          const frame = new MessageChannel();
          frame.port1.onmessage = () => ((painted = performance.now()), live && resolve());
          frame.port2.postMessage("");
        });
      }
      if (!("live" in section.dataset) || live) return;
      live = performance.now();
      if (painted) resolve();
    });
    seen.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-live"] });
    link.click();
  });
  return [live - begun, live - arrived, painted - begun];
}"""
"""Goes to another page after the pointer rested on its link for some milliseconds, and gives the milliseconds from the
click and from its markup until its calculator is live, and from the click until it is painted."""

RESTED = {"at once": 0, "fetched ahead": 300}
"""Milliseconds between the pointer's coming and the click. A reader takes a hundred and more."""


def touches(setting: Setting) -> Iterator[Row]:
    """A first touch at 10 Mbit/s, then the next page without throttling."""
    touched, next_edit = [], []
    went: dict[str, list[list[float]]] = {how: [] for how in RESTED}
    with setting.browser() as browser, Host(setting.site) as host:
        for _ in range(setting.runs):
            for how, rest in RESTED.items():
                host.line = HOME
                page = read(browser, host)
                touched.append(page.evaluate(TOUCH, "prompting/cost"))
                host.line = FAST
                page.wait_for_timeout(1000)
                went[how].append(page.locator(NEXT).first.evaluate(GO_ON.replace("REST", str(rest))))
                next_edit.append(page.evaluate(TOUCH, "rag/cost"))
                page.close()
    yield Row(f"first touch, {READ // 1000} s after the first paint, {HOME.name}", median(touched), "ms", limit=100)
    for how, taken in went.items():
        live, from_markup, painted = (median(times) for times in zip(*taken, strict=True))
        yield Row(f"next page, {how}: from the click until its calculator is live", live, "ms", limit=60)
        yield Row("  from the click until it is painted", painted, "ms")
        yield Row("  from its markup until its calculator is live", from_markup, "ms")
    yield Row("next page: its first edit", median(next_edit), "ms")


def read(browser: Browser, host: Host) -> Page:
    """A page in a new profile, after some seconds of reading."""
    page = browser.new_page()
    page.goto(f"{host.address}cost/prompting/")
    page.wait_for_timeout(page.evaluate(LEFT_TO_READ))
    return page
