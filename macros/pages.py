"""What an author can call in a page: calculator(), figure(), explored(), fact(), cite(), table() and more."""

from __future__ import annotations

import os
import posixpath
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from calculators.engine.suggest import nearest
from macros import bundle, front_matter, glossary, indexes, reading, ready
from macros.architecture import architecture
from macros.catalogue import ROOT, catalogue
from macros.change_log import write_feed
from macros.facts import FactsError, facts_text
from macros.facts_problems import Problem
from macros.published import RAW
from macros.writing import Writer


class Stopped(SystemExit, Exception):
    """The site cannot be built; ends a build with its message, but leaves a running `mkdocs serve` alive."""


class PageError(Exception):
    """A page asks for something that does not exist; the message names page and line."""


def refuse(what: str, problems: Iterable[Problem]) -> None:
    """Stops with all problems, if there are any; on GitHub they also show beside the changed lines."""
    if found := FactsError(problems).problems:
        told = FactsError(found)
        raise Stopped(f"{what}:\n{told.annotations() if os.environ.get('GITHUB_ACTIONS') else told}")


def define(env: Any) -> None:
    """Registers the macros with the page engine and writes the browser's files if their bytes differ."""
    refuse("The pages have mistakes", front_matter.problems(ROOT))
    try:
        text = facts_text()
    except FactsError as error:
        refuse("The data has mistakes", error.problems)
        raise
    ready.begin(after_the_build=hasattr(env, "post_build_functions"))  # which only MkDocs has
    writer = Writer(catalogue())
    build = bundle.write(ROOT, text)
    extra = env.conf["extra"]
    minutes = reading.minutes()
    extra["build"], extra["minutes"] = build, minutes
    page = getattr(env, "page", None)
    if page is not None:  # Zensical defines the macros anew for each page, whose own data is all that the theme gets
        page.meta |= {"build": build, "minutes": minutes.get(page.url)}
    write_feed(catalogue().facts, env.conf.get("site_url") or "", ROOT / "docs")
    if "serve" in sys.argv:
        extra["policy"] = ""  # live reload is an inline script that changes with each start
        if hasattr(env, "config"):
            env.config["on_error_fail"] = False  # a mistake is shown on its page; it must not end the server
    ids = _Ids()
    elsewhere = _places()

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
        places = _relative(elsewhere, _page(env))
        panel = writer.calculator(name, ids.next(_page(env), name), example, show, given, places)
        return ready.mark(panel, _place(env))

    def explored(name: str, ask: str, example: str = "", **given: Any) -> str:
        """What an instrument of "Explore" finds: `{{ explored("prompting/cost", "sensitivity per_month") }}`."""
        return ready.mark(writer.explored(name, ask, example, **given), _place(env))

    def topics() -> str:
        """Every page by the sections of the navigation, with what it is about."""
        return indexes.topics(env.conf["nav"])

    macros = (
        calculator,
        writer.figure,
        explored,
        writer.given,
        writer.fact,
        writer.cite,
        writer.table,
        writer.announced,
        writer.price_log,
        writer.ladder,
        writer.diagram,
        writer.calculators,
        writer.notices,
        writer.sources,
        writer.sureness,
        writer.assumptions,
        glossary.glossary,
        topics,
        architecture,
    )
    _refuse_unknown_macros([write.__name__ for write in macros])
    for write in macros:
        macro(write)


_FULL = re.compile(r"""\{\{\s*calculator\(\s*["'](?P<name>[\w/]+)["']\s*(?P<given>[^}]*)\)\s*\}\}""")


def _places() -> dict[str, str]:
    """The page of each calculator: the one that shows it whole, opened on its own defaults rather than on others.

    A mistyped name is left to the call on its page, which says where it stands.
    """
    known = catalogue().names
    found: dict[str, tuple[bool, str]] = {}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        for call in _FULL.finditer(RAW.sub("", path.read_text("utf-8"))):
            if "headline" not in call["given"] and call["name"] in known:
                place = (bool(call["given"]), path.relative_to(ROOT / "docs").as_posix())
                found[call["name"]] = min(place, found.get(call["name"], place))
    return {name: place for name, (_, place) in found.items()}


def _relative(places: dict[str, str], page: str) -> dict[str, str]:
    """The addresses of pages as a link on this page needs them."""
    here = _address(page.removeprefix("docs/"))
    return {name: posixpath.relpath(f"/{_address(place)}", f"/{here}") + "/" for name, place in places.items()}


def _address(source: str) -> str:
    """The address of a page's file below the site: `cost/prompting.md` becomes `cost/prompting`."""
    return source.removesuffix(".md").removesuffix("index")


_CALL = re.compile(r"\{\{\s*(?P<name>[A-Za-z_]\w*)\s*\(")
_OF_THE_PAGE_ENGINE = ("context", "macros_info", "now", "fix_url")


def _refuse_unknown_macros(known: list[str]) -> None:
    """Stops with every mistyped macro by page and line: the page engine itself would name neither line nor remedy."""
    problems = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = RAW.sub(lambda raw: "\n" * raw[0].count("\n"), path.read_text("utf-8"))
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
