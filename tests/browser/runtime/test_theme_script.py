"""The theme's script ships without what no page can use, and still has all that the rest of it calls."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from macros.browser import theme_script

NAME = re.compile(r"(?:(?<=[;}])|^)(?:function |var )([\w$]{2,})\b")


@pytest.fixture
def published() -> str:
    """The script of the theme that is installed."""
    found = find_spec("material")
    assert found and found.origin
    (script,) = Path(found.origin).parent.glob(f"templates/assets/javascripts/{theme_script.SCRIPT}")
    return script.read_text("utf-8")


def test_a_fifth_of_the_script_is_left_out(published: str) -> None:
    assert len(theme_script.script_without_unused_parts(published, [])) < 0.8 * len(published)


@pytest.mark.parametrize("part", theme_script.PARTS, ids=lambda part: part.begin)
def test_no_other_part_calls_what_is_left_out(published: str, part: theme_script.ScriptPart) -> None:
    rest = theme_script.script_without_unused_parts(published, [])
    cut = published[published.index(part.begin) : published.index(part.end)]
    names_cut = set(NAME.findall(cut)) - set(NAME.findall(part.left))
    named = set(re.findall(r"(?<![\w$.'\"-])[\w$]{2,}(?=[(),.;}\]])", rest))
    assert names_cut & named == set()


@pytest.mark.parametrize("word", sorted({word for part in theme_script.PARTS for word in part.used_by}))
def test_what_a_page_uses_stays(published: str, word: str) -> None:
    script = theme_script.script_without_unused_parts(published, ["<p>", f"<p>{word}</p>"])
    for part in theme_script.PARTS:
        kept = published[published.index(part.begin) : published.index(part.end)]
        assert (kept in script) == (word in part.used_by)


def test_another_script_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match="has changed: .*'function ui"):
        theme_script.script_without_unused_parts(published.replace("function ui({", "function uj({"), [])
