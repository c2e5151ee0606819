"""Serves the site while it is written: `python -m macros.server`, which is what `make serve` starts.

MkDocs builds all pages anew at each edit. Here an edit of words builds the edited pages alone, with the navigation and
the files of the last whole build. All else makes a whole build: data, code, settings, new and removed pages, and what
other pages read of a page, which are its front matter and its macros. The site is the same in both ways, and plain
`mkdocs serve` always takes the long one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from mkdocs.commands import build, serve
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import InclusionLevel

from macros.cache.states import cached_file_states

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_MACRO = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\bcite\([^)]*\)", re.DOTALL)
_TOPICS = re.compile(r"\{\{\s*topics\(")
"""What lists all pages with the minutes that they take to read."""

GENERATED = ("assets/runtime", "assets/fonts")
"""Folders below docs/ that a build writes."""

INCLUDED = "snippets/"
"""Where parts of pages lie, below docs/."""


class NotAlone(Exception):
    """The edited pages cannot be built alone."""


class SearchIndex(Protocol):
    """What the theme's search knows: the parts of all pages in their order."""

    entries: list[dict[str, str]]


class ServedSearch(Protocol):
    """What is used of the theme's plugin, which has no types."""

    search_index: SearchIndex

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the index."""


class ServedBuild:
    """What a whole build has made of files and navigation, as MkDocs tells it in two of its events."""

    files: Files
    nav: Navigation
    env: jinja2.Environment

    def __init__(self, config: MkDocsConfig) -> None:
        config.plugins._register_event("nav", self.take_navigation)
        config.plugins._register_event("env", self.take_files)

    def take_navigation(self, nav: Navigation, **_: object) -> Navigation:
        """Notes the navigation."""
        self.nav = nav
        return nav

    def take_files(self, env: jinja2.Environment, *, files: Files, **_: object) -> jinja2.Environment:
        """Notes the templates and the files."""
        self.env, self.files = env, files
        return env


class ServedSite:
    """The site of the last whole build, with what it was built from."""

    def __init__(self, config: MkDocsConfig, build_all: Callable[[], None]) -> None:
        self.config, self.docs = config, Path(config.docs_dir)
        self._states, self._texts = self._sources(), self._pages()
        self._built = ServedBuild(config)
        build_all()

    def build_edited_pages(self) -> None:
        """Builds the pages whose words have changed since the last build.

        Raises:
            NotAlone: something else has changed, too.
        """
        states, texts = self._sources(), self._pages()
        changed = {path for path in states.keys() | self._states.keys() if states.get(path) != self._states.get(path)}
        if states.keys() != self._states.keys() or not changed <= {str(self.docs / name) for name in texts}:
            raise NotAlone
        edited = [name for name, text in texts.items() if text != self._texts[name]]
        if any(name.startswith(INCLUDED) for name in edited):
            raise NotAlone
        if any(_server_text_for_pages(texts[name]) != _server_text_for_pages(self._texts[name]) for name in edited):
            raise NotAlone
        self._build(edited, texts)
        self._states, self._texts = states, texts

    def _build(self, edited: list[str], texts: dict[str, str]) -> None:
        from macros.pages.definition import complete_built_pages
        from macros.pages.markdown.minutes import reading_minutes

        minutes = reading_minutes()
        if minutes != self.config.extra["minutes"]:
            edited += [name for name, text in texts.items() if _TOPICS.search(text) and name not in edited]
        self.config.extra["minutes"] = minutes
        config, built = self.config, self._built
        files = built.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        by_name = {file.src_uri: file for file in files}
        pages = {name: page for name, file in by_name.items() if (page := file.page) is not None}
        for name in edited:
            build._populate_page(pages[name], config, built.files)
        for name in edited:
            self._build_page(pages[name], files)
        for page in pages.values():
            page.validate_anchor_links(files=built.files, log_level=config.validation.links.anchors)
        self._search.on_post_build(config=config)
        complete_built_pages(Path(config.site_dir), [Path(by_name[name].abs_dest_path) for name in edited])

    @property
    def _search(self) -> ServedSearch:
        plugins = self.config.plugins.values()
        return cast(ServedSearch, next(plugin for plugin in plugins if hasattr(plugin, "search_index")))

    def _build_page(self, page: Page, files: Sequence[File]) -> None:
        """Builds a page and puts what the search knows of it in the place of what it knew."""
        built, index = self._built, self._search.search_index
        parts: dict[str, list[dict[str, str]]] = {}
        for part in index.entries:
            parts.setdefault(part["location"].partition("#")[0], []).append(part)
        index.entries = []
        excluded = page.file.inclusion.value <= InclusionLevel.DRAFT.value
        build._build_page(page, self.config, files, built.nav, built.env, excluded=excluded)
        if index.entries and page.url not in parts:
            raise NotAlone
        parts[page.url] = index.entries
        index.entries = [part for entries in parts.values() for part in entries]

    def _sources(self) -> dict[str, tuple[int, int, int]]:
        """The states of all files that the site is made of, without those that a build writes."""
        config = self.config
        states = cached_file_states([config.docs_dir, config.config_file_path, *config.watch])
        written = tuple(str(self.docs / folder) for folder in GENERATED)
        return {
            path: (state.st_size, state.st_mtime_ns, state.st_ctime_ns)
            for path, state in states.items()
            if not path.startswith(written)
        }

    def _pages(self) -> dict[str, str]:
        """The texts of the pages by their paths below docs/."""
        paths = sorted(self.docs.rglob("*.md"))
        return {path.relative_to(self.docs).as_posix(): path.read_text("utf-8") for path in paths}


def _server_text_for_pages(text: str) -> tuple[str, list[str]]:
    """What other pages may show of a page: its front matter, and the figures and sources that its macros name."""
    head = _HEAD.match(text)
    return head[0] if head else "", _MACRO.findall(text)


class Server(LiveReloadServer):
    """MkDocs' own server, which asks for a whole build only where the edited pages cannot be built alone."""

    def __init__(self, builder: Callable[[], None], host: str, port: int, root: str, mount_path: str = "/") -> None:
        super().__init__(lambda: rebuild_served_site(builder), host, port, root, mount_path)


_sites: list[ServedSite] = []
"""The site of the last whole build, if that went well."""


def rebuild_served_site(build_all: Callable[[], None]) -> None:
    """Builds the edited pages, or all where that is not enough or has failed."""
    site = _sites.pop() if _sites else None
    if site:
        try:
            site.build_edited_pages()
        except Exception:  # whatever it is, the whole build says so as it always did
            site = None
    if site:
        _sites.append(site)
    else:
        build_all()


def build_and_remember_served_site(config: MkDocsConfig, *, serve_url: str | None = None, dirty: bool = False) -> None:
    """A whole build as MkDocs makes it, remembered for the next edit."""
    _sites.clear()
    _sites.append(ServedSite(config, lambda: build.build(config, serve_url=serve_url, dirty=dirty)))


def main(arguments: Iterable[str]) -> None:
    """Runs `mkdocs serve` with these arguments."""
    from mkdocs.__main__ import cli

    vars(serve).update(build=build_and_remember_served_site, LiveReloadServer=Server)
    sys.argv[1:] = ["serve", *arguments]  # macros look there whether the site is served
    cli()


if __name__ == "__main__":
    main(sys.argv[1:])
