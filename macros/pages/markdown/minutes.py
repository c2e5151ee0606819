"""How long each page takes to read, counted from its words when the site is built."""

from __future__ import annotations

import re
from pathlib import Path

from macros.project import ROOT

WORDS_A_MINUTE = 220
"""A little below what adults read of easy prose, because these pages have numbers to look at."""

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")


def reading_minutes() -> dict[str, int]:
    """Whole minutes by the address of the page, at least one: `learn/prompting/`."""
    docs = Path(ROOT, "docs")
    return {
        reading_minutes_address(path.relative_to(docs).as_posix()): max(
            1, round(reading_minutes_words(path.read_text("utf-8")) / WORDS_A_MINUTE)
        )
        for path in sorted(docs.rglob("*.md"))
    }


def reading_minutes_words(page: str) -> int:
    """The words of a page; what a macro writes counts as one, however large a calculator is.

    >>> reading_minutes_words("# Two words\\n\\nIt costs {{ figure('a', 'b') }} a month.")
    7
    """
    return len(_WORD.findall(_CALL.sub("x", _HEAD.sub("", page))))


def reading_minutes_address(path: str) -> str:
    """The address that a page gets: `index.md` stands for its folder.

    >>> [reading_minutes_address(path) for path in ("learn/prompting.md", "decisions/index.md", "index.md")]
    ['learn/prompting/', 'decisions/', '']
    """
    whole = path.removesuffix(".md")
    return whole.removesuffix("index") if whole.split("/")[-1] == "index" else f"{whole}/"
