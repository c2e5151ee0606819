"""The numbers of a scenario file that a reader opened last for the tab, as those of an example do; no text, no name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages.test_instrument import DROP
from tests.browser.real import SHOWN, calculator, control, kept_case, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

COST, BUILDER, DATASET, TUNING = "prompting/cost", "prompting/builder", "fine_tuning/dataset", "fine_tuning/cost"
LINE = "From the file that you opened"
NAME = "secret-customer-4711.json"


def live(page: Page) -> Locator:
    """The calculator that a page is about, once its scripts are there."""
    section = page.locator("section.calc-full[data-live]")
    section.wait_for()
    return section


def open_scenario(section: Locator, scenario: Mapping[str, object]) -> None:
    """Drop a scenario file on a calculator."""
    section.page.evaluate(DROP, [NAME, json.dumps(scenario)])
    expect(section.locator("[data-notice]")).to_be_visible()


@pytest.fixture
def opened(site_page: Page, real_site: Site) -> Locator:
    """The cost of a prompt with the numbers of a file."""
    section = calculator(site_page, real_site, COST)
    open_scenario(section, {"calculator": COST, "given": {"requests": "7070", "answer": "420"}})
    expect(control(section, "requests")).to_have_value("7070")
    settled(section)
    return section


def line(section: Locator) -> Locator:
    return section.locator(".calc-case > summary")


@pytest.mark.promise("R10")
def test_the_numbers_of_a_file_survive_reload_another_page_and_back(opened: Locator, real_site: Site) -> None:
    page = opened.page
    headline = opened.locator(".result-value").first.inner_text()
    expect(line(opened)).to_have_text(LINE)
    assert kept_case(page) == {}, "a file is no case: no other calculator takes its numbers"
    for _ in range(2):
        page.reload()
        section = live(page)
        expect(control(section, "requests")).to_have_value("7070")
        expect(control(section, "answer")).to_have_value("420")
        expect(line(section)).to_have_text(LINE)
        settled(section)
        expect(section.locator(".result-value").first).to_have_text(headline)
    tuning = calculator(page, real_site, TUNING, with_case=True)
    expect(control(tuning, "requests")).not_to_have_value("7070")
    page.goto(f"{real_site.address}cost/prompting/")
    expect(control(live(page), "requests")).to_have_value("7070")


def test_a_change_of_a_files_numbers_lasts_and_goes_back_to_the_files(opened: Locator) -> None:
    page = opened.page
    control(opened, "requests").fill("8080")
    expect(line(opened)).to_have_text(f"{LINE}. Your case: Requests a month 8,080")
    page.reload()
    section = live(page)
    expect(control(section, "requests")).to_have_value("8080")
    line(section).click()
    section.locator(".calc-case li").get_by_role("button", name="Clear", exact=True).click()
    expect(control(section, "requests")).to_have_value("7070")
    expect(line(section)).to_have_text(LINE)


def test_a_file_is_left_for_the_pages_numbers(opened: Locator) -> None:
    page = opened.page
    line(opened).click()
    opened.get_by_role("button", name="Leave the file").click()
    expect(opened.locator(".calc-case")).to_have_count(0)
    expect(control(opened, "requests")).not_to_have_value("7070")
    page.reload()
    expect(control(live(page), "requests")).not_to_have_value("7070")


def files_shown(page: Page) -> list[dict[str, Any]]:
    """What the tab keeps of opened files; it may keep the example of another calculator beside them."""
    shown = json.loads(page.evaluate("(key) => sessionStorage.getItem(key)", SHOWN) or "{}")
    return [entry for entry in shown.values() if "file" in entry]


@pytest.mark.promise("A1", "A2")
def test_neither_texts_nor_the_name_of_a_file_are_kept(site_page: Page, real_site: Site) -> None:
    section = calculator(site_page, real_site, BUILDER)
    scenario = {"calculator": BUILDER, "case": "zebra", "given": {"requests": "7070", "task": "zebra"}}
    open_scenario(section, scenario)
    expect(control(section, "requests")).to_have_value("7070")
    settled(section)
    stored = site_page.evaluate("() => JSON.stringify([sessionStorage, localStorage, history.state])")
    assert "7070" in stored
    assert "zebra" not in stored and "secret" not in stored and "4711" not in stored
    controls = section.locator("form [name]").evaluate_all(
        "(all) => all.filter((it) => !/file|area/.test(it.type)).map((it) => it.name)"
    )
    entries = files_shown(site_page)
    assert entries, "the tab keeps the numbers of the file"
    for entry in entries:
        assert set(entry) <= {"file", "texts", "had"}
        texts = [(name, text) for part in ("file", "texts") for name, text in entry[part].items()]
        assert [name for name, text in texts if text and name not in controls] == []
    section.locator("[data-reset]").click()
    assert files_shown(site_page) == []


def test_a_scenario_made_with_a_file_that_is_not_here_is_not_kept(site_page: Page, real_site: Site) -> None:
    """After a load, its numbers would stand beside an answer to the page's own sample."""
    section = calculator(site_page, real_site, DATASET)
    names = section.locator("form [type=file]").evaluate_all("(all) => all.map((it) => it.name)")
    open_scenario(section, {"calculator": DATASET, "given": {}, "left_out": names})
    expect(section.locator("[data-notice]")).to_contain_text("made with a file that is not in it")
    assert files_shown(site_page) == []
    section.locator("[data-reset]").click()
