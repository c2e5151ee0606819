"""Builds the site twice, compares the articles, tries Zensical's in Chromium, and prints what differs and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from calculators.engine.questions.question import Question
from macros.project import project_catalogue
from tests.browser.conftest import FLAGS, chromium_path
from tests.conftest import ROOT, build, copy_of_project
from tests.site.server import Site
from tests.zensical.articles import KNOWN, different

PACKAGES = ROOT / ".cache" / "zensical"
"""Where `make compare-zensical` puts Zensical; all else that it needs are the project's own packages."""

RUNTIME = """
from macros.browser.bundle import write_browser_bundle
from macros.facts import facts_text
from macros.project import ROOT
write_browser_bundle(ROOT, facts_text())
"""
"""Zensical lists the files of docs/ before it renders the first page, so those for the browser are written first."""


def build_with_zensical(project: Path, address: str) -> Path:
    """The site that Zensical makes of a copy of the project."""
    path = os.pathsep.join([str(project), str(PACKAGES)])
    environment = {**os.environ, "SITE_URL": address, "PYTHONPATH": path}
    for command in (["-c", RUNTIME], ["-m", "zensical", "build", "--clean", "--strict"]):
        subprocess.run([sys.executable, *command], cwd=project, env=environment, check=True)
    return project / "site"


def try_in_browser(server: Site) -> list[str]:
    """What the browser complains about while a calculator answers and the next page comes."""
    messages: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.on(
            "console", lambda message: messages.append(message.text.split(". ")[0]) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: messages.append(str(error)))
        _answer(page, server.address)
        page.evaluate("window.stayed = true")
        page.locator(".md-tabs").get_by_role("link", name="Reference").click()
        page.wait_for_url(f"{server.address}reference/**")
        assert page.evaluate("window.stayed") is True, "the next page loads the site again"
        browser.close()
    return sorted(set(messages))


def _answer(page: Page, address: str) -> None:
    page.goto(f"{address}cost/prompting/")
    page.locator("section.calc[data-live]").first.wait_for()
    page.locator("section.calc input[name=requests]").first.fill("123k")
    answered = json.loads(project_catalogue().answer(Question("prompting/cost", {"requests": "123k"}, form="page")))
    shown = page.locator("section.calc .result-value").first
    expect(shown).to_have_text(answered["spoken"].split(": ")[1], timeout=60_000)


def main() -> int:
    """Prints the comparison; 1 where an article differs in a way that is not known. A failed build or answer raises."""
    with tempfile.TemporaryDirectory() as folder, Site() as server:
        (project := Path(folder, "project")).mkdir()
        server.folder = build_with_zensical(copy_of_project(project), server.address)
        process = build(ROOT, Path(folder, "site"), server.address)
        assert process.returncode == 0, process.stderr
        pages = len(list(server.folder.rglob("*.html")))
        differences = different(Path(folder, "site"), server.folder)
        complaints = try_in_browser(server)
    print(f"{pages} pages; the articles of {len(differences)} differ. The calculator answers as it should.")
    for known, reason in KNOWN.items():
        print(f"Known to differ: {known}: {reason}.")
    for complaint in complaints:
        print(f"The browser says: {complaint}.")
    for page, lines in differences.items():
        print(f"\n{page}")
        print("\n".join(lines[:20]))
    return 1 if differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
