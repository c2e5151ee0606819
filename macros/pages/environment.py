"""What the macros use of the page engine, which is MkDocs or Zensical, and where a call stands."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Protocol, TypedDict

from macros.project import ROOT


class Settings(TypedDict):
    """The settings of mkdocs.yml that the macros read; `extra` is what the theme's templates see."""

    site_dir: str
    site_url: str | None
    nav: list[object]
    extra: dict[str, object]


class PageEnvironment(Protocol):
    """What both page engines hand to `define_env`.

    Some members only one of them has: MkDocs `config` and `post_build_functions`, and `page` while a page is written.
    """

    conf: Settings

    def macro(self, function: Callable[..., str]) -> object:
        """Registers a function under its own name."""


def page_of_environment(env: PageEnvironment) -> str:
    """The path of the page being written, as an author knows it: `docs/prompting/cost.md`."""
    page = getattr(env, "page", None)
    # MkDocs keeps the path with the page's file, Zensical with the page.
    path = getattr(getattr(page, "file", None), "src_uri", "") or getattr(page, "path", "")
    return f"docs/{path}" if path else "a page"


def place_of_macro_call(env: PageEnvironment) -> str:
    """Page and line of the call that is running, counted in the file and not in its body."""
    page = page_of_environment(env)
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(frame.f_lineno)
            return f"{page}:{line + _lines_above_page_body(page)}" if line else page
        frame = frame.f_back
    return page


def _lines_above_page_body(page: str) -> int:
    """How many lines of a page's file come before its body."""
    path = Path(ROOT, page)
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    body = next((number for number, line in enumerate(lines[end + 1 :], end + 1) if line.strip()), end + 1)
    return body if end else 0
