"""A reader who comes back to a page where a file was chosen: it has to be chosen again, and no sample passes for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.carried.test_lacking import BROUGHT
from tests.browser.real import CHANGED, calculator, chosen, first_number, go, settled, until
from tests.site.server import Site

pytestmark = pytest.mark.browser

CHOOSE_AGAIN = re.compile("^Choose your file again: ")
TYPED = "3"


def headline(section: Locator) -> list[str]:
    return [section.locator(part).first.inner_text() for part in (".result-label", ".result-value")]


def is_example_again(section: Locator, published: list[str]) -> None:
    """Hold that a page says that a file is wanted, and shows what it showed at first, in its controls as well."""
    expect(section.locator("[data-notice]")).to_have_text(CHOOSE_AGAIN)
    section.page.wait_for_timeout(500)  # a browser puts texts back late
    assert not section.evaluate(CHANGED)
    expect(section.locator(".calc-stale")).to_be_hidden()
    assert headline(section) == published


@pytest.mark.parametrize("name", chosen(("prompting/traffic", "evaluating/plan"), BROUGHT))
def test_a_file_has_to_be_chosen_again_after_another_page(
    site_page: Page, real_site: Site, tmp_path: Path, name: str
) -> None:
    """Whether the page is shown again or loaded again; then what was typed beside the file is back as well."""
    file = tmp_path / "mine.jsonl"
    file.write_text('{"model": "gpt-6", "usage": {"prompt_tokens": 900, "completion_tokens": 50}}\n' * 3, "utf-8")
    section = calculator(site_page, real_site, name)
    address, published = site_page.url, headline(section)
    section.locator(f"form [name='{BROUGHT[name]}']").set_input_files(file)
    number = first_number(section)
    number.fill(TYPED)
    until(site_page, "() => Boolean(history.state?.file)")
    settled(section)
    go(site_page, real_site, "reference/prices/")
    site_page.go_back()
    site_page.wait_for_url(address)
    is_example_again(section, published)
    site_page.goto(f"{real_site.address}assets/")
    site_page.go_back(wait_until="commit")
    is_example_again(section, published)
    site_page.reload()
    is_example_again(section, published)
    section.locator(f"form [name='{BROUGHT[name]}']").set_input_files(file)
    expect(section.locator("[data-notice]")).to_be_hidden()
    settled(section)
    section.locator("[data-reset]").click()
    until(site_page, "() => !history.state?.file")
    go(site_page, real_site, "reference/prices/")
    site_page.go_back()
    site_page.wait_for_url(address)
    expect(section.locator("[data-notice]")).to_be_hidden()


def test_what_was_typed_beside_a_file_comes_back_with_it(site_page: Page, real_site: Site, tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text('{"model": "gpt-6", "usage": {"prompt_tokens": 900, "completion_tokens": 50}}\n' * 3, "utf-8")
    section = calculator(site_page, real_site, "prompting/traffic")
    address, days = site_page.url, section.locator("form [name=days]")
    section.locator("form [name=logs]").set_input_files(file)
    section.locator("form details").evaluate_all("(all) => all.forEach((it) => { it.open = true; })")
    days.fill(TYPED)
    settled(section)
    answered = headline(section)
    go(site_page, real_site, "reference/prices/")
    site_page.go_back()
    site_page.wait_for_url(address)
    expect(days).to_have_value("")
    section.locator("form [name=logs]").set_input_files(file)
    expect(days).to_have_value(TYPED)
    settled(section)
    assert headline(section) == answered
    section.locator("[data-reset]").click()
