"""The evaluation of a search in the page: files are read there, and the k that is enough goes to another calculator."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.real import calculator, control, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

NAME = "evaluating/retrieval"


def carry(section: Locator) -> Locator:
    """Goes to the cost of retrieval with the numbers; the calculator there."""
    section.locator(".calc-explore").evaluate("(fold) => { fold.open = true; }")
    section.locator("[data-role=use]").select_option("rag/cost")
    section.locator("[data-do=use]").click()
    cost = section.page.locator('section.calc[data-calculator="rag/cost"][data-show=full][data-live]')
    expect(cost.locator("[data-notice]")).to_contain_text("came with the other calculator")
    return cost


def test_the_k_that_is_enough_goes_to_the_cost_of_retrieval(site_page: Page, real_site: Site) -> None:
    """That of A, or of B where there is one; the k that was typed stays."""
    section = calculator(site_page, real_site, NAME)
    section.get_by_role("button", name="Reset").click()
    expect(carry(section).locator("[name=top_k]").first).to_have_value("9")
    section = calculator(site_page, real_site, NAME)
    section.locator("[data-example]", has_text="With and without a reranker").click()
    expect(section.locator("[data-result]")).to_contain_text("Version B is better than version A: ")
    expect(carry(section).locator("[name=top_k]").first).to_have_value("5")


def test_chosen_files_are_read_in_the_page(site_page: Page, real_site: Site, tmp_path: Path) -> None:
    run, qrels = tmp_path / "run.csv", tmp_path / "qrels.trec"
    run.write_text("query_id,doc_id,rank\n" + "\n".join(f"q{query},d{query},1" for query in range(500)), "utf-8")
    qrels.write_text("\n".join(f"q{query} 0 d{query % 400} 1" for query in range(500)), "utf-8")
    section = calculator(site_page, real_site, NAME)
    section.get_by_role("button", name="Reset").click()
    control(section, "results_a_file").set_input_files(run)
    control(section, "judgments_file").set_input_files(qrels)
    expect(section.locator("[data-result]")).to_contain_text("recall@5 80% (")
    settled(section)
    expect(section.locator("[data-result]")).to_contain_text("Recall of A is 80% on 500 queries.")
