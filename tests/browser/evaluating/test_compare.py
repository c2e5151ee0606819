"""The comparison of versions in the page: where a column was misread, those of the file are offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.real import calculator, control, settled
from tests.site.server import Site

pytestmark = pytest.mark.browser

NAME = "evaluating/compare"


def test_a_misread_column_is_corrected_by_the_buttons_of_the_file(
    site_page: Page, real_site: Site, tmp_path: Path
) -> None:
    """The new version lacks every third case, so that nothing tells its column apart."""
    rows = ["Beleg;Fassung;Bestanden"]
    for case in range(60):
        rows.append(f"B-{case};old;{int(case % 3 > 0)}")
        if case % 3:
            rows.append(f"B-{case};new;1")
    path = tmp_path / "results.csv"
    path.write_text("\n".join(rows), "utf-8")
    section = calculator(site_page, real_site, NAME)
    control(section, "result_files").set_input_files(path)
    expect(section.locator("[data-result]")).to_contain_text("Only one version was found")
    version = section.locator('.field[data-field="version_column"]')
    version.evaluate("(it) => { for (let up = it; (up = up.parentElement?.closest('details')); ) up.open = true; }")
    offered = version.locator(".field-offers button")
    expect(offered).to_have_text(["beleg", "fassung", "bestanden"])
    offered.nth(1).click()
    settled(section)
    expect(control(section, "version_column")).to_have_value("fassung")
    expect(section.locator("[data-result]")).to_contain_text("on 40 examples")
