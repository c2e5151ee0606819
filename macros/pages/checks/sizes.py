"""What the built site weighs over the wire: a listing of its pages, and the budgets that a build has to keep.

`python -m macros.pages.checks.sizes FOLDER` prints the listing and fails with a sentence for each budget that is
exceeded. A page's weight is what a first visit fetches before any Python: its HTML, style sheets, scripts, both files
of the font, images.

The site's own scripts have two budgets: one for the core, which each page with a calculator runs, and one for the lazy
modules, which wait until somebody wants what they do.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Set
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from macros.browser.parts import READERS as READERS_PART
from macros.browser.split.shipping import REST
from macros.cache import CACHE
from macros.cache.files import keep_cached_file
from macros.pages.checks.scripts import core_and_lazy_page_scripts

COMPRESSED = frozenset({".html", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".wasm"})
"""What GitHub Pages sends compressed, and any usual server can."""

RUNTIME = "assets/runtime"
TOKENIZER = f"{RUNTIME}/gpt-tokenizer-*"
SEARCH = ("search/*.json", "assets/javascripts/workers/*.js")

PAGE = "the heaviest page without Python"
WORDS = "the longest page without a calculator, unpacked"
CORE = "the core of the site's own JavaScript"
LAZY = "the lazy part of the site's own JavaScript"
PYTHON = "Python and the calculator of a page"
READERS = "what a calculator that reads files needs more"
LATER = "the rest of Python, fetched when idle"
BUDGETS = {
    PAGE: 170_000,
    WORDS: 120_000,
    CORE: 25_000,
    LAZY: 15_000,
    "search": 400_000,
    PYTHON: 2_400_000,
    READERS: 435_000,
    LATER: 2_600_000,
    "token counts": 1_600_000,
    "the whole site, as files": 40_000_000,
}
"""The most bytes that each part may have, in the order of the listing."""

LARGE = 100_000
"""The bytes of a content from which on its compressed size is kept."""

KEPT, MOST_KEPT = CACHE / "weights.json", 500

CALCULATOR = b'<section class="calc '

_FETCHED = {"stylesheet", "preload", "modulepreload", "icon"}
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")
_TAG = re.compile(r"""</script>|<(?:link|script|img|meta)\b(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""A tag that may say what a page fetches, and the end of a script, behind which tags are tags again."""
_NAMED = re.compile(r'"(\.\./[^"]+)"')
_PARTS = re.compile(r'"parts": (\{[^}]*\})')


class _SizedPage(HTMLParser):
    """The addresses that a page fetches by itself, its modules, the path that its absolute addresses begin with, and
    its build.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.modules: list[str] = []
        self.scope = self.build = ""
        self.feed("".join(_TAG.findall(text)))  # to parse all of a page takes thirty times as long

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag == "link" and _FETCHED & set(named.get("rel", "").split()):
            self.fetched.append(named["href"])
        elif tag in ("script", "img") and named.get("src"):
            self.fetched.append(named["src"])
            if named.get("type") == "module":
                self.modules.append(named["src"])
        elif tag == "meta" and named.get("name") == "scope":
            self.scope = named["content"]
        elif tag == "meta" and named.get("name") == "build":
            self.build = named["content"]


@cache
def page_file_size(file: Path) -> int:
    """The bytes of a file over the wire."""
    content = file.read_bytes()
    return _compressed_size(content) if file.suffix in COMPRESSED else len(content)


def _compressed_size(content: bytes) -> int:
    """The bytes of a content in gzip's format; those of a large one are kept, as compressing it takes long."""
    if len(content) < LARGE:
        return len(gzip.compress(content, mtime=0))
    digest = hashlib.sha256(content).hexdigest()
    known = _kept_sizes()
    if digest not in known:
        known[digest] = len(gzip.compress(content, mtime=0))
    return known[digest]


@cache
def _kept_sizes() -> dict[str, int]:
    """The sizes of large contents by their digests, from earlier builds and this one."""
    try:
        sizes = json.loads(KEPT.read_bytes())
    except (OSError, ValueError):
        return {}
    return sizes if isinstance(sizes, dict) else {}


def _keep_sizes() -> None:
    """Keep the sizes of the newest large contents for the next build."""
    newest = dict([*_kept_sizes().items()][-MOST_KEPT:])
    content = json.dumps(newest).encode()
    if not KEPT.is_file() or KEPT.read_bytes() != content:
        keep_cached_file(KEPT, content)


def page_size(site: Path, file: Path) -> int:
    """The bytes that a first visit to a page fetches, Python and the search left out."""
    files = {file}
    page = _SizedPage(file.read_text("utf-8"))
    for address in page.fetched:
        if not address.startswith("data:"):
            files |= _page_size_with_fonts(_page_size_file(site, file, address, page.scope))
    return sum(page_file_size(it) for it in files if not it.is_relative_to(site / RUNTIME))


def _page_size_file(site: Path, page: Path, address: str, scope: str) -> Path:
    path = urlsplit(address).path
    return (site / path.removeprefix(scope).lstrip("/") if path.startswith("/") else page.parent / path).resolve()


def _page_size_with_fonts(file: Path) -> set[Path]:
    """A file and, if it is a style sheet, what it names."""
    if file.suffix != ".css":
        return {file}
    named = [it for it in _ADDRESS.findall(file.read_text("utf-8")) if not it.startswith("data:")]
    return {file, *((file.parent / it).resolve() for it in named)}


def page_sizes(site: Path) -> dict[str, int]:
    """The weight of every page, the lightest first."""
    weights = {it.relative_to(site).as_posix(): page_size(site, it) for it in site.rglob("*.html")}
    return dict(sorted(weights.items(), key=lambda item: (item[1], item[0])))


def site_part_sizes(site: Path, pages: Mapping[str, int] | None = None) -> dict[str, int]:
    """The bytes of what has a budget; `pages` are the weights of the pages where they are known."""
    tokenizer = {it for it in site.glob(f"{TOKENIZER}/**/*") if it.is_file()}
    search = [it for pattern in SEARCH for it in site.glob(pattern)]
    every = [it for it in site.rglob("*") if it.is_file()]
    core, lazy = scripts_with_size_budget(site)
    runtime = _page_size_runtime(site)
    late = {it for it in runtime if it.name == REST}
    needs = _needed_parts(site)
    readers = [parts for parts in needs if any(it.name.startswith(READERS_PART) for it in parts)]
    early = runtime - late - set().union(*needs)
    sizes = (
        max((pages or page_sizes(site)).values()),
        max(_lengths_without_calculator(site)),
        _page_size_sum(core),
        _page_size_sum(lazy),
        _page_size_sum(search),
        _page_size_sum(early) + max((_page_size_sum(parts) for parts in needs if parts not in readers), default=0),
        max(map(_page_size_sum, readers), default=0),
        _page_size_sum(late),
        _page_size_sum(tokenizer),
        sum(it.stat().st_size for it in every),
    )
    return dict(zip(BUDGETS, sizes, strict=True))


def _lengths_without_calculator(site: Path) -> Iterable[int]:
    """The bytes of each page that has no calculator's form, as a browser has to read them."""
    for page in site.rglob("*.html"):
        content = page.read_bytes()
        if CALCULATOR not in content:
            yield len(content)


def scripts_with_size_budget(site: Path) -> tuple[Set[Path], Set[Path]]:
    """The core and the lazy modules among the scripts written for this site, those of the Worker included.

    The theme's own scripts are no modules, and `build.js` is a list of digests.
    """
    front = site / "index.html"
    page = _SizedPage(front.read_text("utf-8"))
    modules = {_page_size_file(site, front, address, page.scope) for address in page.modules}
    build = {script.resolve() for script in sized_build_folder(site).glob("*.js") if script.name != "build.js"}
    core, lazy = core_and_lazy_page_scripts(modules, build)
    return {script for script in core if script.name != "build.js"}, lazy


def sized_build_folder(site: Path) -> Path:
    """The files of the build that the pages are of; a working copy may still hold those of earlier builds."""
    return site / RUNTIME / _SizedPage((site / "index.html").read_text("utf-8")).build


def _page_size_sum(files: Iterable[Path]) -> int:
    return sum(page_file_size(it) for it in files)


def _page_size_runtime(site: Path) -> set[Path]:
    """The build's own files and those that it names."""
    folder = sized_build_folder(site)
    named = _NAMED.findall((folder / "build.js").read_text("utf-8"))
    return {*folder.iterdir(), *((folder / name).resolve() for name in named)}


def _needed_parts(site: Path) -> list[set[Path]]:
    """For each calculator the parts of the code that it needs beside the base."""
    folder = sized_build_folder(site)
    listed = _PARTS.search((folder / "build.js").read_text("utf-8"))
    needed = json.loads(listed.group(1)) if listed else {}
    return [{folder / file for file in names} for name, names in needed.items() if name != "all"]


def exceeded_size_budgets(sizes: dict[str, int]) -> list[str]:
    """A sentence for every budget that is not kept."""
    return [
        f"{name} has {size / 1000:,.1f} kB, and its budget is {BUDGETS[name] / 1000:,g} kB: make it lighter,"
        " or say in a decision record why it has to weigh more and raise the budget in macros/pages/checks/sizes.py"
        for name, size in sizes.items()
        if size > BUDGETS[name]
    ]


def page_size_listing(pages: Mapping[str, int], parts: Mapping[str, int]) -> str:
    """The pages and the parts with their weights, one a line."""
    each = [f"{size / 1000:10,.1f} kB  {name}" for name, size in pages.items()]
    whole = [f"{size / 1000:10,.1f} kB  {name} (at most {BUDGETS[name] / 1000:,g} kB)" for name, size in parts.items()]
    return "\n".join(["Over the wire, compressed, before Python:", *each, "Each with a budget:", *whole])


def check_page_sizes(arguments: list[str]) -> int:
    """Prints the listing of a built site; 1 where a budget is exceeded."""
    site = Path(*arguments).resolve()
    pages = page_sizes(site)
    parts = site_part_sizes(site, pages)
    _keep_sizes()
    print(page_size_listing(pages, parts))
    problems = exceeded_size_budgets(parts)
    for problem in problems:
        print(f"macros/pages/checks/sizes.py: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(check_page_sizes(sys.argv[1:]))
