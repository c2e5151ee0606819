"""Check the built pages: each address leads somewhere, and nothing is loaded from elsewhere.

MkDocs checks the links of Markdown. What stands in raw HTML, what a macro writes and what a stylesheet asks for shows
only in the result, so the result is read: every tag of every page, every address of every stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.facts.problems import Problem, quoted_data

_TAG = re.compile(r"<([a-zA-Z][\w-]*\s[^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background"}
_LOADING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_LOADING_TAGS = {"use", "image"}

SCENARIO = "numbers="
"""What the fragment of an address begins with that opens a calculator with numbers in it."""


def page_address_problems(root: Path, site: Path, address: str) -> list[Problem]:
    """What is wrong in the site that was built into a folder, to be served at an address."""
    built = _BuiltAddresses(root, site, address if address.endswith("/") else f"{address}/")
    problems_of_pages = [problem for page in built.pages.values() for problem in page.problems()]
    return sorted({*problems_of_pages, *built.styles()})


class _BuiltAddresses:
    """A built site."""

    def __init__(self, root: Path, site: Path, address: str) -> None:
        self.root, self.site, self.address = root, site, address
        self.pages = {path: _AddressesOfPage(self, path) for path in sorted(site.rglob("*.html"))}
        self._known: dict[tuple[str, str, bool], str] = {}

    def wrong(self, base: str, target: str, loads: bool) -> str:
        """What is wrong with an address on a page or in a stylesheet, or nothing.

        What begins with `../` leads to the same place from all pages of a folder, as all of their navigation does.
        """
        key = (base.rsplit("/", 2)[0] if target.startswith("../") else base, target, loads)
        if key not in self._known:
            self._known[key] = self._wrong(base, target, loads)
        return self._known[key]

    def _wrong(self, base: str, target: str, loads: bool) -> str:
        whole = urljoin(base, target)
        if not whole.startswith(self.address):
            parts = urlsplit(whole)
            if loads and parts.scheme != "data":
                return f"{quoted_data(target)} is loaded from elsewhere; keep a copy in docs/assets/"
            elsewhere = f"{parts.scheme}://{parts.netloc}" != "{0.scheme}://{0.netloc}".format(urlsplit(self.address))
            if parts.scheme in ("https", "http", "mailto", "data") and elsewhere:
                return ""
            return f"{quoted_data(target)} is no address on this site; check it"
        path = self.site / unquote(urlsplit(whole).path.removeprefix(urlsplit(self.address).path))
        file = path / "index.html" if path.is_dir() or whole.split("#")[0].endswith("/") else path
        if not file.is_file():
            return f"{quoted_data(target)} is not there; an address in HTML starts from the page's own address"
        anchor = unquote(urlsplit(whole).fragment)
        if anchor.startswith(SCENARIO):
            return ""  # which the script of the calculator reads
        if anchor and not loads and file in self.pages and anchor not in self.pages[file].ids:
            return f"{quoted_data(target)} leads to a page without the anchor {quoted_data(anchor)}"
        return ""

    def styles(self) -> Iterator[Problem]:
        """What is wrong in the stylesheets."""
        for path in sorted(self.site.rglob("*.css")):
            name = path.relative_to(self.site).as_posix()
            for match in _STYLE_ADDRESS.finditer(_STYLE_COMMENT.sub("", path.read_text("utf-8"))):
                if message := self.wrong(self.address + name, match[1] or match[2], loads=True):
                    yield Problem(f"docs/{name}" if (self.root / "docs" / name).is_file() else name, 0, 0, message)


class _AddressesOfPage:
    """A built page: its addresses and what can be led to on it."""

    def __init__(self, built: _BuiltAddresses, path: Path) -> None:
        self.built = built
        self.name = path.relative_to(built.site).as_posix()
        tags = set(_TAG.findall(_COMMENT.sub("", path.read_text("utf-8"))))
        read = [_read_page_address(tag) for tag in tags]
        self.ids = {id for id, _ in read if id}
        self.addresses = {address for _, addresses in read for address in addresses}

    def problems(self) -> Iterator[Problem]:
        for target, loads in self.addresses:
            if message := self.built.wrong(self.built.address + self.name.removesuffix("index.html"), target, loads):
                yield self._problem(target, message)

    def _problem(self, target: str, message: str) -> Problem:
        """A problem at the place in the page's source where the address stands, if an author wrote it there."""
        name = self.name.removesuffix("/index.html").removesuffix("index.html")
        for file in (f"docs/{name}.md", f"docs/{name}/index.md".replace("//", "/")):
            source = self.built.root / file
            if source.is_file():
                text = source.read_text("utf-8")
                start = text.find(target)
                line = text.count("\n", 0, start) + 1
                return (
                    Problem(file, line, start - text.rfind("\n", 0, start), message)
                    if start >= 0
                    else Problem(file, 0, 0, message)
                )
        return Problem(self.name, 0, 0, message)


@cache
def _read_page_address(tag: str) -> tuple[str, tuple[tuple[str, bool], ...]]:
    """The id of a tag and its addresses, each with whether the browser asks for it by itself; pages share most tags."""
    name = tag.split(maxsplit=1)[0].lower()
    attributes = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(tag)}
    rel = set(attributes.get("rel", "").split())
    link_loads = name in _LOADING_TAGS or (name == "link" and bool(rel & _LOADING_LINKS))
    addresses: list[tuple[str, bool]] = []
    for key, text in attributes.items():
        if key in ("href", "xlink:href"):
            addresses.append((text, link_loads))
        elif key == "srcset":
            addresses += [(candidate.split()[0], True) for candidate in text.split(",") if candidate.strip()]
        elif key in _LOADING:
            addresses.append((text, True))
    return attributes.get("id", ""), tuple(addresses)
