"""Every calculator stands on a page of the documentation that the navigation leads to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tests.calculators.answers import BY_NAME

ROOT = Path(__file__).resolve().parents[3]


class Settings(yaml.SafeLoader):
    """Reads mkdocs.yml; tags such as `!ENV` only matter to MkDocs."""


Settings.add_multi_constructor("", lambda loader, tag, node: None)


SHOWN_CODE = re.compile(r"{% raw %}.*?{% endraw %}|^ *(```+|~~~+).*?^ *\1", re.DOTALL | re.MULTILINE)
"""What a page only shows: a call in it is an example of a call."""


def pages(nav: Any) -> list[str]:
    """The Markdown files in a navigation, however deep."""
    if isinstance(nav, str):
        return [nav]
    return [page for entry in (nav.values() if isinstance(nav, dict) else nav) for page in pages(entry)]


@BY_NAME
def test_a_page_of_the_navigation_calls_it(name: str) -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Settings)
    listed = pages(settings["nav"])
    call = re.compile(rf"""\{{\{{\s*calculator\(\s*(["']){re.escape(name)}\1""")
    calling = [
        path.relative_to(ROOT / "docs").as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if call.search(SHOWN_CODE.sub("", path.read_text("utf-8")))
    ]
    assert calling, f'no page of docs/ has {{{{ calculator("{name}") }}}}'
    assert set(calling) & set(listed), f"mkdocs.yml lists none of {calling} under nav"
