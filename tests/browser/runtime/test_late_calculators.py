"""The calculators that read files come apart from the others, when one of them is first asked."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from calculators.catalogue import Catalogue, Question
from macros.browser import byte_code
from tests.browser.real import calculator, control, settled, spoken
from tests.site.server import Site

pytestmark = pytest.mark.browser

REST = byte_code.NAMES[-1]
EARLY, LATE = "prompting/cost", "evaluating/judge"
ASK = "([name, given]) => window.__calculators.ask(name, given, 'json')"


def asked_for_the_rest(site: Site) -> bool:
    return any(path.endswith(f"/{REST}") for path in site.asked)


def test_only_a_calculator_that_reads_files_has_the_rest_fetched(
    new_real_page: Page, real_site: Site, catalogue: Catalogue
) -> None:
    section = calculator(new_real_page, real_site, EARLY)
    control(section, "requests").fill("80000")
    settled(section)
    assert not asked_for_the_rest(real_site)
    for name in (LATE, EARLY, LATE):
        assert new_real_page.evaluate(ASK, [name, "{}"]) == catalogue.answer(Question(name, {}, form="json"))
    assert sum(path.endswith(f"/{REST}") for path in real_site.asked) == 1


def test_where_it_does_not_come_that_is_said_and_tried_again(new_real_page: Page, real_site: Site) -> None:
    section = calculator(new_real_page, real_site, EARLY)
    real_site.missing.add(REST)
    with pytest.raises(Exception, match="part of the calculator could not be loaded"):
        new_real_page.evaluate(ASK, [LATE, "{}"])
    real_site.heal()
    control(section, "requests").fill("80000")
    settled(section)
    answer = json.loads(new_real_page.evaluate(ASK, [LATE, "{}"]))
    assert answer["calculator"] == LATE


def test_a_page_of_such_a_calculator_fetches_it_with_the_start(new_real_page: Page, real_site: Site) -> None:
    section = calculator(new_real_page, real_site, LATE)
    real_site.asked.clear()
    control(section, "both_pass").focus()
    new_real_page.evaluate("() => window.__calculators.ready")
    assert asked_for_the_rest(real_site)
    control(section, "both_pass").fill("80")
    settled(section)
    expect(spoken(section)).not_to_contain_text("could not")
