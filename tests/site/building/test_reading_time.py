"""The time that a page says it takes is that of the words which a reader finds there, also where a list writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.cache.answers import CachedAnswers
from macros.pages.markdown import minutes

PACE = (180, 300)
"""Words a minute: the slowest and the fastest reading of prose for which a time is still right."""

LISTED = ("reference/sources", "reference/topics", "reference/glossary", "reference/what-we-do-not-know")
"""Pages that are lists in whole or for the most part."""


@pytest.mark.parametrize("page", LISTED)
def test_a_list_takes_as_long_as_its_words(site: Path, page: str) -> None:
    html = (site / page / "index.html").read_text("utf-8")
    [article] = re.findall(r"(?s)<article.*?</article>", html)
    [said] = re.findall(r"(\d+) minutes? to read", article)
    words = len(re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", article).split())
    slow, fast = PACE
    assert words / fast - 1 <= int(said) <= words / slow + 1


def test_a_call_that_is_only_shown_is_no_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    shown = "# A\n\n{% raw %}{{ sources(behind_numbers=True) }}{% endraw %}\n"
    (tmp_path / "docs" / "shown.md").write_text(shown, "utf-8")
    (tmp_path / "docs" / "called.md").write_text("# A\n\n{{ sources(behind_numbers=True) }}\n", "utf-8")
    (tmp_path / "docs" / "failing.md").write_text("# A\n\n{{ glossary(1) }}\n", "utf-8")
    monkeypatch.setattr(minutes, "ROOT", tmp_path)
    monkeypatch.setattr(minutes, "_words_of_lists", {})

    def nothing() -> str:
        return ""

    def sources(*, behind_numbers: bool) -> str:
        return f"<p>{'word ' * minutes.WORDS_A_MINUTE * 3}[{behind_numbers}](../not/words)</p>"

    macros = dict.fromkeys(minutes.LISTS, nothing) | {"sources": sources}
    minutes.count_words_of_lists(macros, CachedAnswers(), anew=True)
    assert minutes.reading_minutes() == {"shown/": 1, "called/": 3, "failing/": 1}
