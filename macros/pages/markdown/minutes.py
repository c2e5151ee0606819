"""How long each page takes to read, counted from its words, and those of its lists, when the site is built."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from jinja2 import Environment

from macros.cache.answers import CachedAnswers
from macros.project import ROOT

WORDS_A_MINUTE = 220
"""A little below what adults read of easy prose, because these pages have numbers to look at."""

LISTS = (
    *("announced", "assumptions", "calculators", "data_terms", "glossary", "notices"),
    *("price_log", "sources", "sureness", "topics", "tuners", "usage_formats"),
)
"""The macros that write sentences to be read. A form, or a table of prices, is looked at where it is needed."""

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LIST = re.compile(rf"\{{\{{\s*(?:{'|'.join(LISTS)})\(.*?\}}\}}", re.DOTALL)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>|\]\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")


_words_of_lists: dict[str, int] = {}
"""The words that a call of a list writes, from one build to the next: minutes are asked for many times."""


def count_words_of_lists(macros: Mapping[str, Callable[..., str]], answers: CachedAnswers, *, anew: bool) -> None:
    """Counts the words that lists write on the pages, for `reading_minutes`; what was counted stays if not `anew`.

    Lists are of facts, code and pages, so a count is kept for the pages as they are. A call that fails counts nothing:
    its page says what is wrong, and where.
    """
    engine = Environment()
    engine.globals |= {name: macros[name] for name in LISTS}
    if anew:
        _words_of_lists.clear()
    pages = _page_texts()
    digest = hashlib.sha256(repr(pages).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def words(call: str) -> str:
        with suppress(Exception):
            return str(len(_WORD.findall(_MARKUP.sub(" ", engine.from_string(call).render()))))
        return "0"

    for text in pages.values():
        for call in _calls_of_lists(text):
            if call not in _words_of_lists:
                _words_of_lists[call] = 0  # a list of pages asks for their minutes
                _words_of_lists[call] = int(answers.text(("words", digest, call), partial(words, call)))


def reading_minutes() -> dict[str, int]:
    """Whole minutes by the address of the page, at least one: `learn/prompting/`."""
    pages = _page_texts()
    words = {
        path: reading_minutes_words(text) + sum(_words_of_lists.get(call, 0) for call in _calls_of_lists(text))
        for path, text in pages.items()
    }
    return {reading_minutes_address(path): max(1, round(count / WORDS_A_MINUTE)) for path, count in words.items()}


def _page_texts() -> dict[str, str]:
    """The text of each page by its path below `docs`."""
    docs = Path(ROOT, "docs")
    return {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in sorted(docs.rglob("*.md"))}


def _calls_of_lists(page: str) -> list[str]:
    """The calls of lists on a page, without those that it only shows."""
    return _LIST.findall(_RAW.sub("", page))


def reading_minutes_words(page: str) -> int:
    """The words of a page itself; what a macro writes counts as one, however large a calculator is.

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
