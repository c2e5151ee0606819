"""A page fetches the code of its own calculator; that of another one comes when it is near, or asked."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from calculators.catalogue import Catalogue, Question
from tests.browser.real import calculator, control, settled, spoken
from tests.daily import DETAILS
from tests.site.server import Site

pytestmark = [pytest.mark.browser, DETAILS]

BASE, READERS = "calculators.bin", "calculators.readers.bin"
EARLY, OTHER, WITH_FILES = "prompting/cost", "rag/cost", "evaluating/judge"
ASK = "([name, given]) => window.__calculators.ask(name, given, 'json')"
CASE = {"requests": "31,000", "turns": "3"}


def part_of(name: str) -> str:
    """The file of the part that this calculator alone needs."""
    return f"calculators.{name.replace('/', '.')}.bin"


def fetched(site: Site) -> list[str]:
    """The parts that the server was asked for."""
    names = [path.rpartition("/")[2] for path in site.asked]
    return [name for name in names if name.startswith("calculators.") and name.endswith(".bin")]


def until_fetched(page: Page, site: Site, name: str) -> None:
    for _ in range(300):
        if name in fetched(site):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"nothing asked for {name}")


def expected(catalogue: Catalogue, name: str) -> str:
    return catalogue.answer(Question(name, {}, form="json"))


def test_a_first_edit_fetches_the_base_and_the_part_of_its_calculator(new_real_page: Page, real_site: Site) -> None:
    section = calculator(new_real_page, real_site, EARLY)
    control(section, "requests").fill("80000")
    settled(section)
    assert sorted(fetched(real_site)) == sorted([BASE, part_of(EARLY)])


def test_each_part_comes_once_when_it_is_first_asked(
    new_real_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    new_real_page.evaluate(ASK, [EARLY, "{}"])
    real_site.asked.clear()
    for name in (WITH_FILES, EARLY, OTHER, WITH_FILES, OTHER):
        assert new_real_page.evaluate(ASK, [name, "{}"]) == expected(catalogue, name)
    assert sorted(fetched(real_site)) == sorted([READERS, part_of(WITH_FILES), part_of(OTHER)])


def test_where_one_does_not_come_that_is_said_and_tried_again(new_real_page: Page, real_site: Site) -> None:
    section = calculator(new_real_page, real_site, EARLY)
    new_real_page.evaluate(ASK, [EARLY, "{}"])
    real_site.missing.add(READERS)
    with pytest.raises(Exception, match="part of the calculator could not be loaded"):
        new_real_page.evaluate(ASK, [WITH_FILES, "{}"])
    real_site.heal()
    control(section, "requests").fill("80000")
    settled(section)
    answer = json.loads(new_real_page.evaluate(ASK, [WITH_FILES, "{}"]))
    assert answer["calculator"] == WITH_FILES


def test_a_page_of_a_calculator_that_reads_files_fetches_all_with_the_start(
    new_real_page: Page, real_site: Site
) -> None:
    section = calculator(new_real_page, real_site, WITH_FILES)
    real_site.asked.clear()
    control(section, "both_pass").focus()
    new_real_page.evaluate("() => window.__calculators.ready")
    assert sorted(fetched(real_site)) == sorted([BASE, READERS, part_of(WITH_FILES)])
    control(section, "both_pass").fill("80")
    settled(section)
    expect(spoken(section)).not_to_contain_text("could not")


def test_the_part_of_the_next_page_comes_before_its_first_edit(new_real_page: Page, real_site: Site) -> None:
    """The Worker goes on from page to page. What it lacks for a page is fetched when a calculator there is touched."""
    new_real_page.evaluate(ASK, [EARLY, "{}"])
    section = calculator(new_real_page, real_site, OTHER)
    control(section, "documents").focus()
    until_fetched(new_real_page, real_site, part_of(OTHER))
    new_real_page.wait_for_timeout(500)
    real_site.missing.add(part_of(OTHER))
    control(section, "documents").fill("1200")
    settled(section)
    expect(spoken(section)).not_to_contain_text("could not")


def test_a_part_that_did_not_come_ahead_of_time_comes_with_the_question(
    new_real_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    new_real_page.evaluate(ASK, [EARLY, "{}"])
    real_site.missing.add(part_of(OTHER))
    section = calculator(new_real_page, real_site, OTHER)
    control(section, "documents").focus()
    until_fetched(new_real_page, real_site, part_of(OTHER))
    new_real_page.wait_for_timeout(500)
    real_site.heal()
    assert new_real_page.evaluate(ASK, [OTHER, "{}"]) == expected(catalogue, OTHER)


@pytest.fixture
def ahead_page(chromium: Browser, real_site: Site) -> Iterator[Page]:
    """A page in a new profile that does not save data: what may be wanted soon is fetched beforehand."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def test_on_the_next_page_it_comes_without_a_touch(ahead_page: Page, real_site: Site) -> None:
    real_site.asked.clear()
    calculator(ahead_page, real_site, EARLY)
    until_fetched(ahead_page, real_site, part_of(EARLY))
    calculator(ahead_page, real_site, OTHER)
    until_fetched(ahead_page, real_site, part_of(OTHER))


def test_the_file_of_a_case_brings_all_calculators(new_real_page: Page, real_site: Site, catalogue: Catalogue) -> None:
    """The file has the inputs of each calculator, also of those that no page has asked."""
    asked = {"calculator": "choosing/case", "given": CASE, "ask": {"kind": "keep", "name": "Help desk"}, "form": "json"}
    words = [asked[key] for key in ("calculator", "given", "form", "ask")]
    text = new_real_page.evaluate("(words) => window.__calculators.ask(...words)", words)
    assert text == catalogue.answer_json(json.dumps(asked))
    assert {part_of(OTHER), part_of("serving/latency"), part_of("prompting/traffic")} <= {*fetched(real_site)}
