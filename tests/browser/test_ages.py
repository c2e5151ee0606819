"""The age of prices: told by the reader's clock, aloud past ninety days, and missed by nobody without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from macros.facts import facts_text
from tests.conftest import SAVE_DATA

pytestmark = pytest.mark.browser

CHECKED = date.fromisoformat(json.loads(facts_text(public=True))["as_of"])
TABLE = ".checked time"
FACT = "a.figure-value[data-checked]"


@pytest.fixture(params=[0, 1, 90, 91, -3], ids=lambda days: f"{days} days")
def reader(request: Any, chromium: Any, real_site: Any) -> Iterator[tuple[Any, int]]:
    """A page of a reader whose clock stands so many days after the prices were checked."""
    context = chromium.new_context()
    context.add_init_script(SAVE_DATA)
    page = context.new_page()
    page.clock.set_fixed_time(f"{CHECKED + timedelta(days=request.param)}T12:00:00Z")
    yield page, request.param
    context.close()


def test_a_table_says_how_long_ago_and_past_ninety_days_to_look_again(reader: Any, real_site: Any) -> None:
    page, days = reader
    page.goto(f"{real_site.address}reference/prices/")
    page.wait_for_selector(f"{TABLE}[data-age]")
    said = {0: "today", 1: "yesterday", -3: "today"}.get(days, f"{days} days ago")
    place = page.locator(TABLE).first
    assert place.text_content() == f"{CHECKED} ({said})"
    assert page.locator(f"{TABLE}[data-age]").count() == page.locator(TABLE).count()
    notes = page.locator(".checked .price-age")
    assert notes.count() == (page.locator(TABLE).count() if days > 90 else 0)
    if days > 90:
        assert notes.first.text_content() == " checked 91 days ago: look again before you rely on it"


def test_an_answer_has_its_age_beside_it_and_in_what_is_unfolded(reader: Any, real_site: Any) -> None:
    page, days = reader
    page.goto(f"{real_site.address}cost/prompting/")
    age = page.locator("section.calc .calc-age").first
    age.wait_for()
    assert ("Look at the sellers" in str(age.text_content())) == (days > 90)
    assert page.locator("[data-result] [data-age]").count() == 0
    working = page.locator("section.calc .result-working").first
    working.locator("summary").first.click()
    said = {0: "today", 1: "yesterday", -3: "today"}.get(days, f"{days} days ago")
    expect(working.locator("time").first).to_have_text(f"{CHECKED} ({said})")
    assert working.locator("time[data-age]").count() == working.locator("time").count()
    assert page.locator("[data-result] [data-age]").count() == working.locator("time").count()
    if days == 91:
        page.locator("section.calc[data-live]").first.wait_for()
        page.locator('[name="requests"]').first.fill("60k")
        page.locator("section.calc .result-value", has_text="$234").first.wait_for()
        assert page.locator("section.calc").first.locator(".calc-age").count() == 1
        expect(working.locator("time").first).to_have_text(f"{CHECKED} ({said})")


def test_a_price_in_a_sentence_carries_its_age(reader: Any, real_site: Any) -> None:
    page, days = reader
    page.goto(f"{real_site.address}cost/retrieval/")
    page.wait_for_selector(f"{FACT}[data-age]")
    fact = page.locator(FACT).first
    said = {0: "today", 1: "yesterday", -3: "today"}.get(days, f"{days} days ago")
    assert str(fact.get_attribute("title")).endswith(f"checked {CHECKED} ({said})")
    assert (fact.evaluate("it => it.nextElementSibling?.className") == "price-age is-old") == (days > 90)


def test_without_scripts_the_day_is_there(chromium: Any, real_site: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{real_site.address}reference/prices/")
    assert page.locator(TABLE).first.text_content() == str(CHECKED)
    assert page.locator(".price-age, .calc-age").count() == 0
    context.close()
