"""Spelling: no common misspelling, and American forms, in what people read. The word lists come with codespell.

The tests are left out: they misspell on purpose. Words that are right although the lists refuse them stand in
pyproject.toml.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import codespell_lib
import pytest

import make

ROOT = make.ROOT
READ = [
    *(ROOT / folder for folder in ("calculators", "data", "macros", "overrides")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "docs" / "assets" / "diagrams").glob("*.svg")),
    *sorted(ROOT.glob("*.md")),
    *(ROOT / file for file in ("make.py", "mkdocs.yml", "pyproject.toml", "requirements.in")),
]


def misspelled(*paths: Path) -> list[str]:
    """What codespell finds in files and folders, as the settings of the project have it."""
    command = [sys.executable, "-m", codespell_lib.__name__, "--skip", "__pycache__", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 65) and not done.stderr, done.stderr
    return done.stdout.splitlines()


def test_what_people_read_is_spelled_right() -> None:
    assert misspelled(*READ) == []


@pytest.mark.parametrize("word", ["recieve", "seperate", "colour", "behaviour", "summarise", "labelled"])
def test_a_planted_misspelling_is_found(tmp_path: Path, word: str) -> None:
    (tmp_path / "page.md").write_text(f"# A page\n\nIt has the word {word}.\n", "utf-8")
    (found,) = misspelled(tmp_path)
    assert f"page.md:3: {word} ==> " in found
