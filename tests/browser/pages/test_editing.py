"""A reader's change gives its own answer, and nothing shown belongs to another."""

import re
import threading

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.reading import (
    amount,
    asked,
    expect_status,
    expect_total,
    follow,
    live,
    record,
    recorded,
    type_at_once,
    visit,
)
from tests.site.server import Site

pytestmark = pytest.mark.browser


def test_an_edit_gives_its_answer(calculator: Locator) -> None:
    expect(calculator.locator(".calc-noscript")).to_be_hidden()
    expect_total(calculator, "10 × 2 small no a units")
    amount(calculator).fill("12k")
    expect_total(calculator, "12k × 2 small no a units")
    expect(calculator.locator("[data-field=amount] .field-echo")).to_have_text("= 12,000")
    expect_status(calculator, "Total 12k")


def test_each_kind_of_control_is_sent(calculator: Locator) -> None:
    calculator.get_by_label("Caching").check()
    calculator.get_by_label("B", exact=True).check()
    calculator.get_by_label("Model").select_option("large")
    calculator.get_by_text("Own figures", exact=True).click()
    expect(calculator.get_by_label("Factor")).to_have_accessible_description(re.compile("^published"))
    calculator.get_by_label("Factor").fill("3")
    expect_total(calculator, "10 × 3 large yes b units")
    expect(calculator.locator(".field-published")).to_have_text("published for large")


def test_an_empty_optional_control_is_not_sent(calculator: Locator) -> None:
    calculator.get_by_text("Own figures", exact=True).click()
    calculator.get_by_label("Factor").fill("3")
    expect_total(calculator, "10 × 3 small no a units")
    calculator.get_by_label("Factor").fill("")
    expect_total(calculator, "10 × 2 small no a units")


def test_an_error_stands_beside_its_field_and_marks_the_old_result(calculator: Locator) -> None:
    error = calculator.locator("[data-field=amount] .field-error")
    amount(calculator).fill("bad")
    expect(error).to_have_text("Enter an amount, like 1,000.")
    expect(error).to_be_visible()
    expect(amount(calculator)).to_have_attribute("aria-invalid", "true")
    expect(amount(calculator)).to_have_accessible_description("Enter an amount, like 1,000.")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    expect(calculator).to_contain_class("is-stale")
    expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
    expect_status(calculator, "Enter an amount, like 1,000.")

    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    expect(error).to_be_hidden()
    expect(amount(calculator)).not_to_have_attribute("aria-invalid", "true")
    expect(amount(calculator)).to_have_accessible_description("")
    expect(calculator).not_to_contain_class("is-stale")


def test_reset_returns_to_the_page(calculator: Locator) -> None:
    amount(calculator).fill("11")
    calculator.get_by_label("Caching").check()
    expect_total(calculator, "11 × 2 small yes a units")
    calculator.get_by_role("button", name="Reset").click()
    expect(amount(calculator)).to_have_value("10")
    expect_total(calculator, "10 × 2 small no a units")


def test_an_example_fills_the_form_and_the_rest_returns_to_the_page(calculator: Locator) -> None:
    calculator.get_by_text("Own figures", exact=True).click()
    calculator.get_by_label("Factor").fill("3")
    calculator.get_by_label("B", exact=True).check()
    expect_total(calculator, "10 × 3 small no b units")
    calculator.get_by_role("button", name="Seventy").click()
    expect_total(calculator, "70 × 2 large yes a units")
    expect(amount(calculator)).to_have_value("70")
    expect(calculator.get_by_label("Factor")).to_have_value("")


def test_another_model_clears_own_figures_and_says_so(calculator: Locator) -> None:
    notice = calculator.locator("[data-cleared]")
    model = calculator.get_by_label("Model")
    model.select_option("large")
    expect_total(calculator, "10 × 2 large no a units")
    expect(notice).to_be_hidden()

    calculator.get_by_text("Own figures", exact=True).click()
    calculator.get_by_label("Factor").fill("3")
    expect_total(calculator, "10 × 3 large no a units")
    model.select_option("small")
    expect_total(calculator, "10 × 2 small no a units")
    expect(calculator.get_by_label("Factor")).to_have_value("")
    expect(notice).to_be_visible()
    expect_status(calculator, "Your own figures were cleared. Total 10")
    amount(calculator).fill("11")
    expect(notice).to_be_hidden()


@pytest.mark.promise("R8", "A19")
def test_only_the_newest_of_many_edits_is_shown(calculator: Locator) -> None:
    amount(calculator).fill("11")
    expect_total(calculator, "11 × 2 small no a units")
    before = asked(calculator.page)
    record(calculator.page, part=".total")
    type_at_once(calculator.page, "slow", "1", "12", "123", "1234")
    expect_total(calculator, "1234 × 2 small no a units")
    assert recorded(calculator.page) == ["1234 × 2 small no a units"]
    assert asked(calculator.page) - before - 1 == 2, "one question in progress, one waiting"


@pytest.mark.promise("F5")
def test_an_edit_while_the_interpreter_loads_marks_the_result(new_page: Page, server: Site) -> None:
    arrive = server.delayed["pyodide.asm.wasm.bin"] = threading.Event()
    calculator = visit(new_page, server)
    record(new_page, part=".total")
    type_at_once(new_page, "1", "12", "123")
    expect(calculator).to_contain_class("is-busy")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    expect_status(calculator, "Loading the calculator: 3 of 4 files")
    arrive.set()
    expect_total(calculator, "123 × 2 small no a units")
    expect(calculator).not_to_contain_class("is-busy")
    assert recorded(new_page) == ["123 × 2 small no a units"]


@pytest.mark.promise("F5")
@pytest.mark.long
def test_on_a_line_of_1_6_megabits_the_answer_comes_in_the_end(new_page: Page, server: Site) -> None:
    calculator = visit(new_page, server)
    server.rate = 200_000
    record(new_page, part=".total")
    type_at_once(new_page, "1", "12", "123")
    expect_status(calculator, re.compile("Loading the calculator"))
    expect_status(calculator, re.compile("Loading the calculator: [1-3] of 4 files"))
    expect(calculator.locator(".total")).to_have_text("10 × 2 small no a units")
    expect(calculator.locator(".calc-stale")).to_be_visible()
    expect(calculator.locator(".total")).to_have_text("123 × 2 small no a units", timeout=300_000)
    assert recorded(new_page) == ["123 × 2 small no a units"]


def test_what_the_reader_opened_and_focused_in_the_result_stays(calculator: Locator) -> None:
    details = calculator.locator("[data-keep=why]")
    details.locator("summary").click()
    copy = details.get_by_role("button", name="Copy")
    copy.focus()
    type_at_once(calculator.page, "11")
    expect_total(calculator, "11 × 2 small no a units")
    expect(details).to_have_attribute("open", "")
    expect(copy).to_be_focused()
    details.locator("summary").click()
    type_at_once(calculator.page, "12")
    expect_total(calculator, "12 × 2 small no a units")
    expect(details).not_to_have_attribute("open", "")


@pytest.mark.promise("R7", "A19")
def test_two_calculators_keep_their_own_answers(calculator: Locator, server: Site) -> None:
    follow(calculator.page, server, "Two", "two/")
    first, second = live(calculator.page), live(calculator.page, 2)
    amount(first).fill("slow")
    amount(second).fill("22")
    amount(first).fill("11")
    expect_total(second, "22 × 2 small no a units")
    expect_total(first, "11 × 2 small no a units")
