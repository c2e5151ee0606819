"""What an author can call in a page: calculator(), figure(), fact(), cite(), table(), prices and notices."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from calculators.engine.suggest import nearest
from macros import bundle, reading
from macros.catalogue import ROOT, catalogue
from macros.facts import FactsError, facts_text
from macros.writing import Writer


class Stopped(SystemExit, Exception):
    """The site cannot be built; ends a build with its message, but leaves a running `mkdocs serve` alive."""


class PageError(Exception):
    """A page asks for something that does not exist; the message names page and line."""


def define(env: Any) -> None:
    """Registers the macros with the page engine and writes the browser's files if their bytes differ."""
    try:
        text = facts_text()
    except FactsError as error:
        told = error.annotations() if os.environ.get("GITHUB_ACTIONS") else str(error)
        raise Stopped(f"The data has mistakes:\n{told}") from None
    writer = Writer(catalogue())
    build = bundle.write(ROOT, text)
    extra = env.conf["extra"]
    minutes = reading.minutes()
    extra["build"], extra["minutes"] = build, minutes
    page = getattr(env, "page", None)
    if page is not None:  # Zensical defines the macros anew for each page, whose own data is all that the theme gets
        page.meta |= {"build": build, "minutes": minutes.get(page.url)}
    if "serve" in sys.argv:
        extra["policy"] = ""  # live reload is an inline script that changes with each start
        if hasattr(env, "config"):
            env.config["on_error_fail"] = False  # a mistake is shown on its page; it must not end the server
    ids = _Ids()

    def macro(write: Callable[..., str]) -> None:
        def told(*positional: Any, **named: Any) -> str:
            try:
                return write(*positional, **named)
            except Exception as error:
                raise PageError(f"{_place(env)}: {_message(error)}") from error

        told.__name__ = write.__name__
        told.__doc__ = write.__doc__
        env.macro(told)

    def calculator(name: str, example: str = "", show: str = "full", **given: Any) -> str:
        """A whole calculator, opened on an example or on the given inputs; `show` is `full` or `headline`."""
        return writer.calculator(name, ids.next(_page(env), name), example, show, given)

    macros = (
        calculator,
        writer.figure,
        writer.fact,
        writer.cite,
        writer.table,
        writer.ladder,
        writer.diagram,
        writer.calculators,
        writer.notices,
    )
    _refuse_unknown_macros([write.__name__ for write in macros])
    for write in macros:
        macro(write)


_CALL = re.compile(r"\{\{\s*(?P<name>[A-Za-z_]\w*)\s*\(")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_OF_THE_PAGE_ENGINE = ("context", "macros_info", "now", "fix_url")


def _refuse_unknown_macros(known: list[str]) -> None:
    """Stops with every mistyped macro by page and line: the page engine itself would name neither line nor remedy."""
    problems = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = _RAW.sub(lambda raw: "\n" * raw[0].count("\n"), path.read_text("utf-8"))
        for call in _CALL.finditer(text):
            if call["name"] not in (*known, *_OF_THE_PAGE_ENGINE):
                line = text.count("\n", 0, call.start()) + 1
                place = f"{path.relative_to(ROOT).as_posix()}:{line}"
                problems.append(f"{place}: there is no macro {call['name']!r}{nearest(call['name'], known)}")
    if problems:
        raise Stopped("\n".join(problems))


class _Ids:
    """Ids that are unique on their page: a calculator's name, then a number."""

    def __init__(self) -> None:
        self._page = ""
        self._used: dict[str, int] = {}

    def next(self, page: str, name: str) -> str:
        if page != self._page:
            self._page, self._used = page, {}
        self._used[name] = self._used.get(name, 0) + 1
        base = name.replace("/", "-").replace("_", "-")
        return base if self._used[name] == 1 else f"{base}-{self._used[name]}"


def _page(env: Any) -> str:
    """The path of the page being written, as an author knows it: `docs/prompting/cost.md`."""
    page = getattr(env, "page", None)
    # MkDocs keeps the path with the page's file, Zensical with the page.
    path = getattr(getattr(page, "file", None), "src_uri", "") or getattr(page, "path", "")
    return f"docs/{path}" if path else "a page"


def _place(env: Any) -> str:
    """Page and line of the call that is running, counted in the file and not in its body."""
    page = _page(env)
    frame = sys._getframe(1)
    line = 0
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(frame.f_lineno)
            break
        frame = frame.f_back  # type: ignore[assignment]
    return f"{page}:{line + _front_matter(page)}" if line else page


def _front_matter(page: str) -> int:
    """How many lines of a page's file come before its body."""
    path = Path(ROOT, page)
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
    body = next((at for at, line in enumerate(lines[end + 1 :], end + 1) if line.strip()), end + 1)
    return body if end else 0


def _message(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
