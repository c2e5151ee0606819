"""What an author can call in a page: calculator(), figure(), yours(), explored(), fact(), table() and more."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Environment

from calculators.engine.inputs.suggestions import suggest_nearest
from macros.browser import bundle, styles, theme_script
from macros.cache import CACHE
from macros.cache.answers import CachedAnswers, cached_code_digest
from macros.cache.templates import keep_page_templates
from macros.facts import FactsError, Problem, facts_text
from macros.pages.calculator_pages import calculator_page_links, calculator_pages
from macros.pages.checks import addresses, front_matter
from macros.pages.environment import PageEnvironment, page_of_environment, place_of_macro_call
from macros.pages.lists import indexes
from macros.pages.markdown import glossary, html_marks
from macros.pages.markdown.minutes import count_words_of_lists, reading_minutes
from macros.pages.notebooks import write_snippet_notebooks
from macros.pages.pictures.architecture import architecture
from macros.pages.prices.log import write_price_change_feed
from macros.pages.prices.published import RAW
from macros.pages.refusals import PageError, Stopped, refuse_page_problems
from macros.pages.search import complete_site_search_index, site_search_file
from macros.pages.writer import MacroWriter
from macros.project import ROOT, project_catalogue

_CALL = re.compile(r"\{\{\s*(?P<name>[A-Za-z_]\w*)\s*\(")
_OF_THE_PAGE_ENGINE = ("context", "macros_info", "now", "fix_url")

FROM_FACTS = frozenset(
    ("figure", "roughly", "yours", "given", "table", "announced", "ladder", "calculators", "architecture")
)
"""The macros whose words hang on their arguments, the facts and the code alone, and on no other file."""


def define_page_macros(env: PageEnvironment) -> None:
    """Registers the macros with the page engine and writes the browser's files if their bytes differ."""
    refuse_page_problems("The pages have mistakes", front_matter.front_matter_problems(ROOT))
    try:
        text = facts_text()
        site_search_file()
    except FactsError as error:
        refuse_page_problems("The data has mistakes", error.problems)
        raise
    after_the_build: list[Callable[[PageEnvironment], None]] | None = getattr(env, "post_build_functions", None)
    html_marks.begin_markdown_marks(after_the_build=after_the_build is not None)
    answers = CachedAnswers()
    if after_the_build is not None:  # which only MkDocs has
        answers = CachedAnswers(CACHE / f"answers-{cached_code_digest(ROOT, text)}.json")
        after_the_build += [_complete_built_site, lambda env: answers.keep()]
    writer = MacroWriter(project_catalogue(), answers)
    build = bundle.write_browser_bundle(ROOT, text)
    extra = env.conf["extra"]
    write_price_change_feed(project_catalogue().facts, env.conf.get("site_url") or "", ROOT / "docs")
    write_snippet_notebooks(ROOT, ROOT / "docs")
    if "serve" in sys.argv:
        extra["policy"] = ""  # live reload is an inline script that changes with each start
        if hasattr(env, "config"):
            env.config["on_error_fail"] = False  # a mistake is shown on its page; it must not end the server
    ids = _PageIds()
    before_each_page: list[Callable[[PageEnvironment], None]] | None = getattr(env, "pre_macro_functions", None)
    if before_each_page is not None and after_the_build is not None:  # MkDocs may write one page twice in a row
        before_each_page += [lambda env: ids.begin(), _PageTemplates(after_the_build).keep]
    pages = calculator_pages()

    def macro(write: Callable[..., str]) -> None:
        def located(*positional: object, **named: object) -> str:
            try:
                return write(*positional, **named)
            except Exception as error:
                raise PageError(f"{place_of_macro_call(env)}: {_page_macro_message(error)}") from error

        located.__name__ = write.__name__
        located.__doc__ = write.__doc__
        env.macro(located)

    def kept(write: Callable[..., str]) -> Callable[..., str]:
        """A macro of which each call is computed once for all builds."""

        def asked(*positional: object, **named: object) -> str:
            inner = {key: argument() if callable(argument) else argument for key, argument in named.items()}
            arguments = {key: (lambda text=text: text) if callable(named[key]) else text for key, text in inner.items()}
            return answers.text((write.__name__, positional, inner), lambda: write(*positional, **arguments))

        asked.__name__, asked.__doc__ = write.__name__, write.__doc__
        return asked

    def calculator(name: str, example: str = "", show: str = "full", **given: object) -> str:
        """A calculator, opened on an example or on the given inputs; `show`: `full`, `headline`, `figure`."""
        page = page_of_environment(env)
        links = calculator_page_links(pages, page, is_href=show == "figure")
        panel = kept(writer.calculator)(name, ids.next(page, name), example, show, given, links)
        return html_marks.markdown_mark(panel, place_of_macro_call(env))

    def explored(name: str, ask: str | dict[str, object], example: str = "", **given: object) -> str:
        """What an instrument of "Explore" finds: `{{ explored("prompting/cost", "ranges", requests="40k..60k") }}`."""
        return html_marks.markdown_mark(kept(writer.explored)(name, ask, example, **given), place_of_macro_call(env))

    def topics() -> str:
        """Every page by the sections of the navigation, with what it is about."""
        return indexes.topic_index(env.conf["nav"])

    macros = (
        calculator,
        writer.figure,
        writer.roughly,
        writer.yours,
        explored,
        writer.given,
        writer.fact,
        writer.cite,
        writer.table,
        writer.tuners,
        writer.data_terms,
        writer.images,
        writer.sound,
        writer.usage_formats,
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
    _refuse_unknown_page_macros([write.__name__ for write in macros])
    named = {write.__name__: write for write in macros}
    count_words_of_lists(named, answers, anew=after_the_build is not None)
    minutes_by_page = reading_minutes()
    extra["build"], extra["minutes"] = build, minutes_by_page
    page = getattr(env, "page", None)
    if page is not None:  # Zensical defines the macros anew for each page, whose own data is all that the theme gets
        page.meta |= {"build": build, "minutes": minutes_by_page.get(page.url)}
    for write in macros:
        macro(kept(write) if write.__name__ in FROM_FACTS else write)


def _complete_built_site(env: PageEnvironment) -> None:
    """Completes the built pages; stops a build with broken addresses, or that loads something from elsewhere."""
    site = Path(env.conf["site_dir"])
    misplaced = complete_built_pages(site)
    bundle.shorten_fixed_scripts(ROOT, site / "assets")
    if "serve" not in sys.argv:
        broken = addresses.page_address_problems(ROOT, site, env.conf["site_url"] or "")
        refuse_page_problems("The built pages have mistakes", [*misplaced, *broken])
        pages = [page.read_text("utf-8") for page in site.rglob("*.html")]
        theme_script.trim_theme_script(site, pages)
        styles.trim_site_styles(site, ROOT, pages)


def complete_built_pages(site: Path, pages: Iterable[Path] | None = None) -> list[Problem]:
    """Puts what went around Markdown into all built pages, or some, and completes the search; gives the mistakes."""
    misplaced = list(html_marks.finish_markdown_marks(site, pages))
    complete_site_search_index(site)
    return misplaced


def _refuse_unknown_page_macros(known: list[str]) -> None:
    """Stops with every mistyped macro by page and line: the page engine itself would name neither line nor remedy."""
    problems = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        text = RAW.sub(lambda raw: "\n" * raw[0].count("\n"), path.read_text("utf-8"))
        for call in _CALL.finditer(text):
            if call["name"] not in (*known, *_OF_THE_PAGE_ENGINE):
                line = text.count("\n", 0, call.start()) + 1
                place = f"{path.relative_to(ROOT).as_posix()}:{line}"
                problems.append(f"{place}: there is no macro {call['name']!r}{suggest_nearest(call['name'], known)}")
    if problems:
        raise Stopped("\n".join(problems))


class _PageIds:
    """Ids that are unique on their page: a calculator's name, then a number."""

    def __init__(self) -> None:
        self._page = ""
        self._used: dict[str, int] = {}

    def begin(self) -> None:
        """A page begins."""
        self._page, self._used = "", {}

    def next(self, page: str, name: str) -> str:
        if page != self._page:
            self.begin()
            self._page = page
        self._used[name] = self._used.get(name, 0) + 1
        base = name.replace("/", "-").replace("_", "-")
        return base if self._used[name] == 1 else f"{base}-{self._used[name]}"


class _PageTemplates:
    """The compiled templates of pages, from the first page on: only then the page engine has an environment."""

    def __init__(self, after_the_build: list[Callable[[PageEnvironment], None]]) -> None:
        self._after_the_build = after_the_build
        self._environment: object = None

    def keep(self, env: PageEnvironment) -> None:
        """Keeps the templates of this environment, once."""
        environment = getattr(env, "env", None)
        if isinstance(environment, Environment) and environment is not self._environment:
            self._environment = environment
            keep = keep_page_templates(environment, CACHE)
            self._after_the_build.append(lambda env: keep())


def _page_macro_message(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
