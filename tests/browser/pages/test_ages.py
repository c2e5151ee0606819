"""The age of prices: told by the reader's clock, aloud past ninety days, and missed by nobody without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.facts import facts_text
from tests.browser.real import forget_case, go
from tests.conftest import HURRIED, PATIENT, SAVE_DATA
from tests.site.server import Site

pytestmark = pytest.mark.browser

CHECKED = date.fromisoformat(json.loads(facts_text(public=True))["as_of"])
TABLE = ".checked time"
AGED = "(all) => all.map((time) => time.textContent + time.nextSibling.textContent)"
"""Days with the ages behind them: a line may break between the two, and not within a day."""

CHECKED_DAY = "time[data-checked]"
FACT = "a.figure-value[data-checked]"


@pytest.fixture(scope="module")
def clock_page(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """One page for all days: a page that is drawn anew tells its ages anew."""
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script(SAVE_DATA + PATIENT + HURRIED)
    page = context.new_page()
    page.goto(real_site.address)
    yield page
    context.close()


def told(checked: str, days: int) -> str:
    """How long ago a day was, as a reader is told whose clock shows so many days after that of the facts."""
    passed = (CHECKED + timedelta(days=days) - date.fromisoformat(checked)).days
    return "today" if passed < 1 else "yesterday" if passed == 1 else f"{passed} days ago"


def is_old(checked: str, days: int) -> bool:
    """Whether a price was checked more than ninety days before."""
    return (CHECKED + timedelta(days=days) - date.fromisoformat(checked)).days > 90


def days_checked(page: Page, selector: str) -> list[str]:
    """The days on which the places that a selector finds were checked."""
    days: list[str] = page.locator(selector).evaluate_all("(all) => all.map((time) => time.dateTime)")
    return days


@pytest.fixture(params=[0, 1, 90, 91, -3], ids=lambda days: f"{days} days")
def reader(request: Any, clock_page: Page, real_site: Site) -> tuple[Page, int]:
    """A page of a reader whose clock stands so many days after the prices were checked.

    It is the first page of the site, so that the page under test is drawn anew, and without a case of the reader's:
    sentences and results that follow one are drawn again once they are computed, their ages with them.
    """
    clock_page.clock.set_fixed_time(f"{CHECKED + timedelta(days=request.param)}T12:00:00Z")
    clock_page.locator("section.calc [data-reset]").evaluate_all("(all) => all.forEach((it) => it.click())")
    forget_case(clock_page)
    go(clock_page, real_site, "")
    return clock_page, request.param


@pytest.mark.one_in(3)
def test_a_table_says_how_long_ago_and_past_ninety_days_to_look_again(reader: Any, real_site: Site) -> None:
    page, days = reader
    go(page, real_site, "reference/prices/")
    page.wait_for_selector(f"{TABLE}[data-age]")
    checked = days_checked(page, TABLE)
    assert page.locator(TABLE).evaluate_all(AGED) == [f"{day} ({told(day, days)})" for day in checked]
    assert page.locator(f"{TABLE}[data-age]").count() == len(checked) > 0
    old = [day for day in checked if is_old(day, days)]
    assert page.locator(".checked .price-age").all_text_contents() == [
        f" checked {told(day, days)}: look again before you rely on it" for day in old
    ]


@pytest.mark.one_in(3)
def test_an_answer_has_its_age_beside_it_and_in_what_is_unfolded(reader: Any, real_site: Site) -> None:
    page, days = reader
    go(page, real_site, "cost/prompting/")
    age = page.locator("section.calc .calc-age").first
    age.wait_for()
    assert page.locator("[data-result] [data-age]").count() == 0
    working = page.locator("section.calc .result-working").first
    working.locator("summary").first.click()
    expect(working.locator("time[data-age]").first).to_be_attached()
    first_day = str(working.locator(CHECKED_DAY).first.get_attribute("datetime"))
    shown = f"checked {first_day} ({told(first_day, days)})"
    expect(working.locator(f".source:has({CHECKED_DAY})").first).to_contain_text(shown)
    result = page.locator("section.calc [data-result]").first
    oldest = result.evaluate(
        "(all) => [...all.querySelectorAll('[data-checked]')].map((it) => it.dataset.checked).sort()[0]"
    )
    expect(age).to_contain_text(f"checked {told(oldest, days)}.")
    assert ("Look at the sellers" in str(age.text_content())) == is_old(oldest, days)
    assert working.locator("time[data-age]").count() == working.locator(CHECKED_DAY).count()
    assert page.locator("[data-result] [data-age]").count() == working.locator(CHECKED_DAY).count()
    if days == 91:
        page.locator("section.calc[data-live]").first.wait_for()
        value = page.locator("section.calc .result-value").first
        before = str(value.text_content())
        page.locator('[name="requests"]').first.fill("61k")
        expect(value).not_to_have_text(before)
        assert page.locator("section.calc").first.locator(".calc-age").count() == 1
        expect(working.locator(f".source:has({CHECKED_DAY})").first).to_contain_text(shown)


@pytest.mark.one_in(3)
def test_a_price_in_a_sentence_carries_its_age(reader: Any, real_site: Site) -> None:
    page, days = reader
    go(page, real_site, "cost/retrieval/")
    page.wait_for_selector(f"{FACT}[data-age]")
    fact = page.locator(FACT).first
    checked = str(fact.get_attribute("data-checked"))
    assert str(fact.get_attribute("title")).endswith(f"checked {checked} ({told(checked, days)})")
    assert (fact.evaluate("it => it.nextElementSibling?.className") == "price-age is-old") == is_old(checked, days)


def test_without_scripts_the_day_is_there(chromium: Browser, real_site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}reference/prices/")
    assert page.locator(TABLE).all_text_contents() == days_checked(page, TABLE) != []
    assert page.locator(".price-age, .calc-age").count() == 0
    context.close()
