"""Spelling: no common misspelling, and American forms, in what people read. The word lists come with codespell.

The tests are left out: they misspell on purpose. Words that are right although the lists refuse them stand in
pyproject.toml.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import codespell_lib
import pytest

import make

ROOT = make.ROOT
READ = [
    *(ROOT / folder for folder in ("calculators", "data", "macros")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "docs" / "assets" / "diagrams").glob("*.svg")),
    *sorted(ROOT.glob("*.md")),
    *(ROOT / file for file in ("make.py", "mkdocs.yml", "pyproject.toml", "requirements.in")),
]


def misspelled(*paths: Path) -> list[str]:
    """What codespell finds in files and folders, as the settings of the project have it."""
    command = [sys.executable, "-m", codespell_lib.__name__, "--skip", "__pycache__", *map(str, paths)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode in (0, 65) and not process.stderr, process.stderr
    return process.stdout.splitlines()


def test_what_people_read_is_spelled_right() -> None:
    assert misspelled(*READ) == []


@pytest.mark.parametrize("word", ["recieve", "seperate", "colour", "behaviour", "summarise", "labelled"])
def test_a_planted_misspelling_is_found(tmp_path: Path, word: str) -> None:
    (tmp_path / "page.md").write_text(f"# A page\n\nIt has the word {word}.\n", "utf-8")
    (line,) = misspelled(tmp_path)
    assert f"page.md:3: {word} ==> " in line


# Words that read as if they were translated.

STILTED = {
    r"\b(?:stands?|stood)\b(?! (?:for|still|out|idle|ready|up|by))(?<!as it stands)(?<!as they stand)": "is, are",
    r"\bmend(?:s|ed|ing)?\b(?! (?:copy|file))(?!=)(?<!a mended)": "fix",
    r"\bheaps?\b": "groups",
    r"\bthe manner\b": "how it behaves, the behavior",
    r"\b(?:a|another|each|every|the next) training(?! (?:run|set|file|job|step|example|day|data))|\btrainings\b": (
        "training, a training run"
    ),
    r"\b(?:dearer|dear)\b": "more expensive",
    r"\b(?:whilst|amongst|thereof|whereby|therein|herewith)\b": "while, among, of it, by which",
    r"\bmachines that never sleep\b|\beven eye\b": "say who does what",
    r"\b(?:tell|tells|told) of\b": "shows, is a sign of",
    r"\bworth mentioning\b": "next to nothing",
}
"""Patterns of words that pages do not use, each with what to write in their place."""
SAYS_WHAT_NOT_TO_WRITE = {"contribute/style-guide.md"}
MUCH_CODE = re.compile(r"`[^`\n]+`|^```.*?^```$|\{\{.*?\}\}|\]\([^)]*\)", re.DOTALL | re.MULTILINE)


def stilted(text: str) -> list[str]:
    """The stilted words of a page with their lines; code, macros and addresses are not read."""
    prose = MUCH_CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    return [
        f"{prose.count(chr(10), 0, found.start()) + 1}: {found[0]!r}; write {better}"
        for pattern, better in STILTED.items()
        for found in re.finditer(pattern, prose, re.IGNORECASE)
    ]


PROSE = [path for path in sorted((ROOT / "docs").rglob("*.md")) if path.parent.name != "decisions"]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.relative_to(ROOT / "docs").as_posix())
def test_a_page_is_written_as_people_speak(path: Path) -> None:
    if path.relative_to(ROOT / "docs").as_posix() not in SAYS_WHAT_NOT_TO_WRITE:
        assert stilted(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The answer stands in a text.",
        "It mends the rest.",
        "Four heaps came out.",
        "It needs a training.",
        "It is dearer.",
    ],
)
def test_a_planted_stilted_word_is_found_with_its_line(sentence: str) -> None:
    (found,) = stilted(f"# A page\n\n```text\nheaps\n```\n\n`mend`\n\n{sentence}\n")
    assert found.startswith("9: ")


def test_ordinary_uses_are_left_alone() -> None:
    assert stilted("It works as it stands, stands for a model, and is a training run with a mended copy.") == []
