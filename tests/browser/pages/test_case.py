"""The reader's case: what they type anywhere is kept for the tab, and fills every calculator that asks the same."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.browser.real import CASE, calculator, control, go, kept_case, settled
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

COST, TUNING, RETRIEVAL = "prompting/cost", "fine_tuning/cost", "rag/cost"
MODEL = "anthropic/claude-sonnet-5-5"
PLANS, PUBLISHED = "choosing/break_even", "openai/gpt-6.2-sol"

EDITED = """([name, text]) => {
  const control = document.querySelector(`section.calc-full form [name="${name}"]`);
  control.focus();
  const before = control.getBoundingClientRect().top;
  control.value = text;
  control.dispatchEvent(new InputEvent("input", { bubbles: true }));
  window.movedBy = () => control.getBoundingClientRect().top - before;
}"""


def chip(section: Locator) -> Locator:
    """The line that shows the case."""
    return section.locator(".calc-case")


@pytest.fixture
def cost(site_page: Page, real_site: Site) -> Locator:
    """The cost of a prompt in a tab without a case."""
    return calculator(site_page, real_site, COST)


@pytest.fixture
def typed(cost: Locator) -> Locator:
    """The same with a number and a model of the reader's."""
    control(cost, "requests").fill("31,000")
    control(cost, "model").select_option(MODEL)
    settled(cost)
    expect(chip(cost).locator("li")).to_have_count(2)
    return cost


def test_what_is_typed_survives_a_reload_and_goes_along_to_the_next_page_and_back(
    typed: Locator, real_site: Site, catalogue: Catalogue
) -> None:
    page = typed.page
    assert {name: entry["text"] for name, entry in kept_case(page).items()} == {"requests": "31,000", "model": MODEL}
    expect(chip(typed).locator("summary")).to_have_text("Your case: Requests a month 31,000 · Model Claude Sonnet 5.5")

    page.reload()
    section = page.locator("section.calc-full[data-live]")
    expect(control(section, "requests")).to_have_value("31,000")
    expect(control(section, "model")).to_have_value(MODEL)
    expected = json.loads(catalogue.answer(Question(COST, {"requests": "31,000", "model": MODEL}, form="page")))[
        "spoken"
    ]
    expect(section.locator(".result-value").first).to_have_text(expected.split(": ")[1])

    tuning = calculator(page, real_site, TUNING, with_case=True)
    expect(control(tuning, "requests")).to_have_value("31,000")
    expect(chip(tuning)).to_contain_text("Your case: Requests a month 31,000")
    settled(tuning)
    working = tuning.locator(".result-working").first
    working.evaluate("(fold) => { fold.open = true; }")
    expect(working).to_contain_text("your case: you typed it in another calculator")

    retrieval = calculator(page, real_site, RETRIEVAL, with_case=True)
    expect(control(retrieval, "queries")).to_have_value("31,000")
    expect(control(retrieval, "model")).to_have_value(MODEL)
    control(retrieval, "queries").fill("32000")
    settled(retrieval)
    page.go_back()
    expect(control(page.locator("section.calc-full[data-live]"), "requests")).to_have_value("32000")


def test_the_line_of_the_case_waits_for_a_pause_between_keys(typed: Locator) -> None:
    """The browser lays the page out for it, and the answer should come first."""
    drawn = typed.evaluate("""async (section) => {
      const line = section.querySelector(".calc-case");
      const field = section.querySelector("[name=requests]");
      let drawn = 0;
      new MutationObserver((changes) => (drawn += changes.length)).observe(line, { childList: true });
      for (const text of ["3", "32", "32,000"]) {
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      while (!line.textContent.includes("32,000")) await new Promise((resolve) => setTimeout(resolve, 20));
      return drawn;
    }""")
    assert drawn == 1


def test_the_newest_number_fills_a_page_that_was_left_with_an_older_one(typed: Locator, real_site: Site) -> None:
    tuning = calculator(typed.page, real_site, TUNING, with_case=True)
    control(tuning, "requests").fill("500")
    settled(tuning)
    back = calculator(typed.page, real_site, COST, with_case=True)
    expect(control(back, "requests")).to_have_value("500")
    settled(back)
    expect(back.locator(".calc-stale")).to_be_hidden()


def test_words_and_refused_numbers_are_not_kept(cost: Locator, real_site: Site) -> None:
    page = cost.page
    control(cost, "requests").fill("many")
    expect(cost.locator("[data-field=requests] .field-error")).to_be_visible()
    control(cost, "repeated").fill("700%")
    expect(cost.locator("[data-field=repeated] .field-error")).to_be_visible()
    control(cost, "turns").fill("3")
    expect(chip(cost)).to_contain_text("Turns in a conversation 3")
    assert list(kept_case(page)) == ["turns"]
    control(cost, "turns").fill("")
    expect(chip(cost)).to_have_count(0)
    builder = calculator(page, real_site, "prompting/builder", with_case=True)
    control(builder, "task").fill("zebra-crossing-4711")
    control(builder, "requests").fill("7")
    expect(chip(builder)).to_contain_text("7")
    assert list(kept_case(page)) == ["requests"]
    assert page.evaluate("() => [Object.keys(sessionStorage), localStorage.length]")[0].count(CASE) == 1


TYPED_FAST = """(name) => {
  const control = document.querySelector(`section.calc-full form [name="${name}"]`);
  const digits = [..."200000"];
  const next = () => {
    if (digits.length === 0) return;
    control.value = digits.length === 6 ? digits.shift() : control.value + digits.shift();
    control.dispatchEvent(new InputEvent("input", { bubbles: true }));
    setTimeout(next);
  };
  next();
}"""
"""Types a number while the module that keeps it may still be on its way: key by key, without a pause."""


@pytest.mark.parametrize("attempt", range(3))
def test_the_last_of_keys_in_quick_succession_is_kept(cost: Locator, real_site: Site, attempt: int) -> None:
    cost.page.evaluate(TYPED_FAST, "requests")
    expect(control(cost, "requests")).to_have_value("200000")
    settled(cost)
    cost.page.wait_for_timeout(300)  # Whatever came late has come by then.
    assert kept_case(cost.page)["requests"]["text"] == "200000"


def test_a_link_wins_over_the_case_and_says_so(typed: Locator, real_site: Site) -> None:
    page = typed.page
    address = page.url
    page.goto("about:blank")
    page.goto(f"{address}#numbers=1&calculator={COST}&.requests=77")
    section = page.locator("section.calc-full[data-live]")
    expect(control(section, "requests")).to_have_value("77")
    expect(section.locator("[data-notice]")).to_have_text("These numbers came with the link.")
    expect(chip(section).locator("summary")).to_contain_text("Your case is not used here: Requests a month 31,000")
    chip(section).locator("summary").click()
    section.get_by_role("button", name="Use your case").click()
    expect(control(section, "requests")).to_have_value("31,000")
    expect(chip(section).locator("summary")).to_contain_text("Your case: Requests a month 31,000")


def test_an_example_wins_over_the_case_and_says_so(typed: Locator, real_site: Site) -> None:
    page = typed.page
    typed.locator("[data-example]").first.click()
    expect(chip(typed).locator("summary")).to_contain_text("Your case is not used here:")
    example = control(typed, "requests").input_value()
    assert example != "31,000"
    tuning = calculator(page, real_site, TUNING, with_case=True)
    expect(control(tuning, "requests")).to_have_value("31,000")
    back = calculator(page, real_site, COST, with_case=True)
    expect(chip(back).locator("summary")).to_contain_text("Your case is not used here:")
    expect(control(back, "requests")).to_have_value(example)


def test_reset_forgets_what_was_typed(typed: Locator, real_site: Site) -> None:
    typed.get_by_role("button", name="Reset").click()
    expect(chip(typed)).to_have_count(0)
    assert kept_case(typed.page) == {}
    tuning = calculator(typed.page, real_site, TUNING, with_case=True)
    expect(chip(tuning)).to_have_count(0)


def test_a_number_of_the_case_is_changed_and_cleared_by_itself(typed: Locator) -> None:
    chip(typed).locator("summary").click()
    row = chip(typed).locator("li").filter(has_text="Requests a month")
    row.get_by_role("button", name="Change").click()
    expect(control(typed, "requests")).to_be_focused()
    row.get_by_role("button", name="Clear").click()
    expect(chip(typed).locator("li")).to_have_count(1)
    expect(chip(typed).locator("summary")).to_be_focused()
    expect(control(typed, "requests")).to_have_value("50,000")
    expect(control(typed, "model")).to_have_value(MODEL)
    chip(typed).get_by_role("button", name="Clear your case").click()
    expect(chip(typed).locator("summary")).to_have_text("Your case is cleared")
    expect(control(typed, "model")).not_to_have_value(MODEL)
    settled(typed)
    expect(typed.locator(".calc-stale")).to_be_hidden()
    assert kept_case(typed.page) == {}


def test_a_case_that_was_cleared_comes_back_and_no_link_speaks_of_it(typed: Locator) -> None:
    before = kept_case(typed.page)
    typed.get_by_role("button", name="Copy link").first.click()
    expect(typed.locator("[data-told]")).to_contain_text("Link copied")
    chip(typed).locator("summary").click()
    chip(typed).get_by_role("button", name="Clear your case").click()
    settled(typed)
    expect(typed.locator("[data-told]")).not_to_contain_text("Link copied")
    assert kept_case(typed.page) == {}
    chip(typed).get_by_role("button", name="Put it back").click()
    expect(control(typed, "model")).to_have_value(MODEL)
    settled(typed)
    assert kept_case(typed.page) == before


def test_the_button_of_the_example_that_is_open_is_pressed(typed: Locator) -> None:
    buttons = typed.locator("[data-example]")
    buttons.nth(1).click()
    pressed = typed.locator("[data-example][aria-pressed=true]")
    expect(pressed).to_have_count(1)
    expect(pressed).to_have_text(buttons.nth(1).inner_text())
    control(typed, "requests").fill("61000")
    expect(pressed).to_have_count(0)
    settled(typed)


def test_prices_of_another_model_do_not_stay(typed: Locator, real_site: Site) -> None:
    """A price that was typed belongs to the model it was typed for, on each page."""
    typed.locator("details:has([name='model.input'])").evaluate_all("(all) => all.forEach((it) => { it.open = true; })")
    control(typed, "model.input").fill("9")
    expect(chip(typed).locator("li")).to_have_count(3)
    models = calculator(typed.page, real_site, RETRIEVAL, with_case=True)
    expect(control(models, "model.input")).to_have_value("9")
    control(models, "model").select_option("openai/gpt-6.1-sol")
    settled(models)
    assert set(kept_case(typed.page)) == {"requests", "model"}
    back = calculator(typed.page, real_site, COST, with_case=True)
    expect(control(back, "model")).to_have_value("openai/gpt-6.1-sol")
    expect(control(back, "model.input")).to_have_value("")


def test_a_short_calculator_keeps_what_its_page_is_about_but_for_what_is_typed_in_it(
    typed: Locator, real_site: Site
) -> None:
    page = typed.page
    go(page, real_site, "")
    short = page.locator("section.calc-headline[data-live]").first
    published = control(short, "requests").input_value()
    expect(chip(short)).to_have_count(0)
    short.locator(".calc-change > summary").click()
    control(short, "requests").fill("44")
    expect(chip(short)).to_contain_text("Requests a month 44")
    page.reload()
    expect(control(short, "requests")).to_have_value("44")
    again = calculator(page, real_site, COST, with_case=True)
    expect(control(again, "requests")).to_have_value("44")
    control(again, "requests").fill("45")
    expect(chip(again)).to_contain_text("Requests a month 45")
    page.goto(real_site.address)
    page.locator("section.calc-headline[data-live]").first.wait_for()
    expect(control(short, "requests")).to_have_value(published)


def test_the_control_that_is_typed_in_stays_where_it_is(cost: Locator) -> None:
    page = cost.page
    page.evaluate(EDITED, ["requests", "5"])
    expect(chip(cost)).to_be_visible()
    assert abs(page.evaluate("() => window.movedBy()")) < 2


def test_where_storage_is_blocked_the_case_lives_as_long_as_the_page(
    forbidding: BrowserContext, real_site: Site
) -> None:
    page = forbidding.new_page()
    page.goto(f"{real_site.address}cost/prompting/")
    section = page.locator("section.calc-full[data-live]")
    control(section, "requests").fill("31,000")
    expect(chip(section)).to_contain_text("31,000")
    go(page, real_site, "cost/fine-tuning/")
    expect(control(section, "requests")).to_have_value("31,000")
    expect(chip(section)).to_contain_text("31,000")
    page.reload()
    section.wait_for()
    expect(control(section, "requests")).not_to_have_value("31,000")
    expect(chip(section)).to_have_count(0)


def test_the_model_of_the_case_goes_into_every_plan_until_one_is_asked_by_itself(
    typed: Locator, real_site: Site
) -> None:
    """What is then typed for the first plan is the case's; the second plan keeps what it had, also after a reload."""
    plans = calculator(typed.page, real_site, PLANS, with_case=True)
    for plan in ("prompting.model", "retrieval.model"):
        expect(control(plans, plan)).to_have_value(MODEL)
    expect(chip(plans).locator("summary")).to_contain_text("Your case: ")
    expect(chip(plans).locator("li")).to_have_count(2)
    control(plans, "prompting.model").select_option(PUBLISHED)
    settled(plans)
    expect(control(plans, "retrieval.model")).to_have_value(MODEL)
    typed.page.reload()
    again = typed.page.locator("section.calc-full[data-live]")
    expect(control(again, "retrieval.model")).to_have_value(MODEL)
    expect(control(again, "prompting.model")).to_have_value(PUBLISHED)
