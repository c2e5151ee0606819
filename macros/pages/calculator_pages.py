"""The page of each calculator, for links from other calculators."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Mapping

from macros.pages.prices.published import RAW
from macros.project import ROOT, project_catalogue

_CALL = re.compile(r"""\{\{\s*calculator\(\s*["'](?P<name>[\w/]+)["']\s*(?P<given>[^}]*)\)\s*\}\}""")

_SHORT = re.compile(r"""show\s*=\s*["'](?:headline|figure)["']""")


def calculator_pages() -> dict[str, str]:
    """The page of each calculator: the one that shows it whole, opened on its own defaults rather than on others.

    A mistyped name is left to the call on its page, which says where it stands.
    """
    known = project_catalogue().names
    pages: dict[str, tuple[bool, str]] = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for call in _CALL.finditer(RAW.sub("", path.read_text("utf-8"))):
            name = call["name"]
            if not _SHORT.search(call["given"]) and name in known:
                page = (bool(call["given"]), path.relative_to(ROOT / "docs").as_posix())
                pages[name] = min(page, pages.get(name, page))
    return {name: page for name, (_, page) in pages.items()}


def calculator_page_links(pages: Mapping[str, str], page: str, *, is_href: bool = False) -> dict[str, str]:
    """The addresses of the pages of calculators as a link on a page such as `docs/learn/rag.md` needs them.

    Zensical takes an `href` in HTML to begin at the source of the page, and goes a folder up for its address by itself.
    """
    base = _calculator_page_address(page.removeprefix("docs/"))
    if is_href and "zensical" in sys.modules:
        base = posixpath.dirname(base)
    return {
        name: posixpath.relpath(f"/{_calculator_page_address(path)}", f"/{base}") + "/" for name, path in pages.items()
    }


def _calculator_page_address(source: str) -> str:
    """The address of a page's file below the site: `cost/prompting.md` becomes `cost/prompting`."""
    return source.removesuffix(".md").removesuffix("index")
