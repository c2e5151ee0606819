"""An opened link shows what its sender saw at once, marked as such, and then what is computed here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculators.catalogue import Catalogue
from calculators.engine.questions.question import Question
from tests.browser.real import calculator, control, settled
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

COST = "prompting/cost"
FRAGMENT = "#numbers=1&calculator=prompting/cost&.requests=100000&sent="

SEEN = """() => {
  window.seen = [];
  const look = () => {
    const headline = document.querySelector("section.calc-full .result-headline");
    if (!headline) return;
    const now = [".result-value", ".result-sent", ".result-label"].map((it) => headline.querySelector(it)?.textContent);
    now.push(getComputedStyle(headline.querySelector(".result-label"), "::after").content);
    if (JSON.stringify(now) !== JSON.stringify(window.seen.at(-1))) window.seen.push(now);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
}"""


AFTER = "(label) => getComputedStyle(label, '::after').content"
"""What the style sheet writes behind a label."""


def address(site: Site) -> str:
    """The page of the calculator."""
    return f"{site.address}cost/prompting/"


@pytest.mark.parametrize(("sent", "words"), [("459.76~1", "$459.76"), ("12~1_-3.5~7", "$12 · −3.5 GB")])
def test_the_senders_amounts_are_shown_until_they_are_computed(
    site_page: Page, real_site: Site, catalogue: Catalogue, sent: str, words: str
) -> None:
    """With a sentence where they differ, as a link can be changed on its way."""
    page = site_page.context.new_page()
    page.add_init_script(f"({SEEN})()")
    page.goto(address(real_site) + FRAGMENT + sent)
    section = page.locator("section.calc-full[data-live]")
    settled(section)
    expect(section).not_to_contain_class("is-sent")
    expect(section.locator(".result-value").first).to_have_text("$459.76")
    expect(section.locator(".result-sent")).to_have_count(0)
    seen = page.evaluate("() => window.seen")
    assert [words, "Sent with the link, being recomputed", "Cost a month", "none"] in seen
    assert not [frame for frame in seen if frame[0] in (words, "$459.76") and frame[2:] != ["Cost a month", "none"]]
    said = section.locator("[data-notice]").inner_text()
    if sent == "459.76~1":
        assert said == "These numbers came with the link."
    else:
        assert f"The link says {words}; computed here it is $459.76." in said
    answer = json.loads(catalogue.answer(Question(COST, {"requests": "100000"}, form="page")))
    assert answer["spoken"] == "Cost a month: $459.76"
    page.close()


def test_without_python_the_senders_amounts_stay_and_none_of_the_pages_own(
    chromium_alone: Page, real_site: Site
) -> None:
    """The page says that nothing was recomputed."""
    page = chromium_alone
    page.goto(address(real_site) + FRAGMENT + "459.76~1")
    section = page.locator("section.calc-full[data-live]")
    expect(section.locator(".result-sent")).to_have_text("Sent with the link, not recomputed")
    expect(section.locator(".result-label")).to_have_text("Cost a month")
    assert section.locator(".result-label").evaluate(AFTER) == "none"
    expect(section.locator(".result-value").first).to_have_text("$459.76")
    expect(section.locator(".result-block").first).to_be_hidden()


@pytest.mark.parametrize("sent", ["", "&sent=12~1"])
def test_a_link_with_a_number_that_is_refused_leaves_the_published_answer(
    site_page: Page, real_site: Site, sent: str
) -> None:
    """Marked as out of date, as after a mistake that was typed; the next number that is right is computed."""
    page = site_page.context.new_page()
    page.goto(f"{address(real_site)}#numbers=1&calculator={COST}&.requests=-5{sent}")
    section = page.locator("section.calc-full[data-live]")
    settled(section)
    published = section.locator(".result-value").first
    expect(section.locator("[data-field=requests] .field-error")).to_be_visible()
    expect(section).not_to_contain_class("is-sent")
    expect(published).to_contain_text("$")
    expect(published).not_to_contain_text("$12")
    expect(section.locator(".result-sent")).to_have_count(0)
    expect(section.locator(".calc-stale")).to_be_visible()
    expect(section.locator(".result-label")).to_have_text("Cost a month, in an example")
    assert section.locator(".result-label").evaluate(AFTER) == '": out of date"'
    expect(section.locator(".result-block").first).to_be_visible()
    control(section, "requests").fill("100000")
    settled(section)
    expect(published).to_have_text("$459.76")
    page.close()


@pytest.fixture
def chromium_alone(chromium: Browser) -> Iterator[Page]:
    """A page for which the interpreter never comes."""
    context = chromium.new_context()
    context.route("**/assets/runtime/pyodide-*/**", lambda route: route.abort())
    yield context.new_page()
    context.close()


def test_a_link_has_amounts_as_numbers_and_no_words(site_page: Page, real_site: Site) -> None:
    """Neither the name of a plan nor the word of an answer travels."""
    plans = calculator(site_page, real_site, "choosing/break_even")
    name = control(plans, "plans.1.name")
    name.fill("Zebra")
    settled(plans)
    headline = plans.locator(".result-value").first
    expect(headline).to_contain_text("Zebra $")
    [amount, *_] = re.findall(r"\$([\d,]+)", headline.inner_text())
    site_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    plans.get_by_role("button", name="Copy link").first.click()
    expect(plans.locator("[data-told]")).to_contain_text("Link copied")
    link = str(site_page.evaluate("navigator.clipboard.readText()"))
    told = parse_qs(urlsplit(link).fragment)
    assert told["sent"][0].startswith(f"{amount.replace(',', '')}~1_") and "answer" not in told
    assert "Zebra" not in link


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("339.66~1_~25_~19_~26_351.96~1", "$339.66 a month · in use $351.96"),
        ("~22_85~2_~21_62.5~2_22.5~13_~19_8.4~0_~20_36.2~0", "better 85% against 62.5% · 22.5 points · 8.4 to 36.2"),
        ("~99_12~1", "$12"),
    ],
)
def test_the_words_between_the_amounts_are_the_pages_own(
    chromium_alone: Page, real_site: Site, sent: str, words: str
) -> None:
    """A place that the page has no word for shows none."""
    chromium_alone.goto(address(real_site) + FRAGMENT + sent)
    section = chromium_alone.locator("section.calc-full[data-live]")
    expect(section.locator(".result-value").first).to_have_text(words)


def copied_link(page: Page, section: Locator) -> dict[str, list[str]]:
    """What the fragment of a link says, once its button was pressed."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    section.get_by_role("button", name="Copy link").first.click()
    expect(section.locator("[data-told]")).to_contain_text("Link copied")
    return parse_qs(urlsplit(str(page.evaluate("navigator.clipboard.readText()"))).fragment)


def test_a_link_of_two_models_has_what_they_cost_and_no_digit_of_their_names(site_page: Page, real_site: Site) -> None:
    page = site_page.context.new_page()
    link = "#numbers=1&calculator=prompting/models&.shortlist=google/gemini-3.8-flash,openai/gpt-6.2-sol"
    page.goto(f"{real_site.address}cost/models/{link}")
    section = page.locator("section.calc-full[data-live]")
    settled(section)
    words = section.locator(".result-value").first.inner_text()
    assert "Gemini 3.8 Flash" in words
    costs = [amount.replace(",", "") for amount in re.findall(r"\$([\d,.]+\d)", words)]
    [sent] = copied_link(page, section)["sent"]
    assert len(costs) == 3 and "2027-01-01" in words, "two models, one with an announced price"
    assert re.findall(r"(?:^|_)(-?[\d.]+~\d+)", sent) == [f"{cost}~1" for cost in costs]
    page.close()


def test_a_link_copied_while_the_answer_is_out_of_date_says_so(site_page: Page, real_site: Site) -> None:
    page = site_page.context.new_page()
    page.goto(address(real_site))
    section = page.locator("section.calc-full[data-live]")
    control(section, "requests").fill("-5")
    expect(section.locator("[data-field=requests] .field-error")).to_be_visible()
    assert "sent" not in copied_link(page, section)
    expect(section.locator("[data-told]")).to_contain_text("It holds no answer: none in numbers is computed yet.")
    control(section, "requests").fill("100000")
    settled(section)
    assert copied_link(page, section)["sent"] == ["459.76~1"]
    expect(section.locator("[data-told]")).not_to_contain_text("It holds no answer")
    page.close()
