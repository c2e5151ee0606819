"""The link of a figure in an article opens the calculator on the figure's example, texts and all."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.real import calculator, control, go, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

NAME = "fine_tuning/dataset"

PASTE = """(box, text) => {
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}"""


@pytest.mark.parametrize(
    ("path", "place"), [("examples/customer-support/", 1), ("do/compare-two-versions/", 0), ("learn/prompting/", 0)]
)
def test_a_figure_opens_the_calculator_on_its_numbers(site_page: Page, real_site: Site, path: str, place: int) -> None:
    """Plans of break-even, pasted results on the same page, and an example with one number changed."""
    go(site_page, real_site, path)
    figure = site_page.locator(".calc-figure").nth(place)
    words = figure.locator(".result-value").inner_text()
    figure.locator(".calc-open").click()
    section = site_page.locator("section.calc-full[data-live]")
    settled(section)
    expect(section.locator(".result-value").first).to_have_text(words)
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the link.")


def test_a_file_of_ones_own_takes_nothing_of_an_example_that_a_link_opened(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, NAME)
    example = "A file for Amazon Bedrock"
    site_page.goto(f"{site_page.url.split('#')[0]}#numbers=1&calculator={NAME}&example={quote_plus(example)}")
    expect(control(section, "epochs")).to_have_value("2")
    section.locator("[name=training_text]").evaluate(PASTE, '{"messages": []}')
    expect(control(section, "epochs")).to_have_value("")
