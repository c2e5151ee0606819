"""What the built site weighs over the wire: a listing of its pages, and the budgets that a build has to keep.

`python -m macros.sizes FOLDER` prints the listing and fails with a sentence for each budget that is exceeded. A page's
weight is what a first visit fetches before any Python: its HTML, style sheets, scripts, both files of the font, images.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

COMPRESSED = frozenset({".html", ".js", ".mjs", ".css", ".json", ".xml", ".svg", ".wasm"})
"""What GitHub Pages sends compressed, and any usual server can."""

RUNTIME = "assets/runtime"
TOKENIZER = f"{RUNTIME}/gpt-tokenizer-*"
SEARCH = ("search/*.json", "assets/javascripts/workers/*.js")

FIXED = ("assets/javascripts/ages.js", "assets/javascripts/loader.js")

PAGE = "the heaviest page without Python"
OWN = "the site's own JavaScript"
PYTHON = "Python and the calculators"
BUDGETS = {
    PAGE: 220_000,
    OWN: 25_000,
    "search": 400_000,
    PYTHON: 5_200_000,
    "token counts": 1_600_000,
    "the whole site, as files": 40_000_000,
}
"""The most bytes that each part may have, in the order of the listing."""

_FETCHED = {"stylesheet", "preload", "modulepreload", "icon"}
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)""")
_NAMED = re.compile(r'"(\.\./[^"]+)"')


class _Page(HTMLParser):
    """The addresses that a page fetches by itself, the path that its absolute addresses begin with, and its build."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scope = self.build = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attributes}
        if tag == "link" and _FETCHED & set(named.get("rel", "").split()):
            self.fetched.append(named["href"])
        elif tag in ("script", "img") and named.get("src"):
            self.fetched.append(named["src"])
        elif tag == "meta" and named.get("name") == "scope":
            self.scope = named["content"]
        elif tag == "meta" and named.get("name") == "build":
            self.build = named["content"]


@cache
def weight(file: Path) -> int:
    """The bytes of a file over the wire."""
    content = file.read_bytes()
    return len(gzip.compress(content, mtime=0)) if file.suffix in COMPRESSED else len(content)


def page_weight(site: Path, file: Path) -> int:
    """The bytes that a first visit to a page fetches, Python and the search left out."""
    files = {file}
    page = _Page(file.read_text("utf-8"))
    for address in page.fetched:
        if not address.startswith("data:"):
            files |= _with_fonts(_file(site, file, address, page.scope))
    return sum(weight(it) for it in files if not it.is_relative_to(site / RUNTIME))


def _file(site: Path, page: Path, address: str, scope: str) -> Path:
    path = urlsplit(address).path
    return (site / path.removeprefix(scope).lstrip("/") if path.startswith("/") else page.parent / path).resolve()


def _with_fonts(file: Path) -> set[Path]:
    """A file and, if it is a style sheet, what it names."""
    if file.suffix != ".css":
        return {file}
    named = [it for it in _ADDRESS.findall(file.read_text("utf-8")) if not it.startswith("data:")]
    return {file, *((file.parent / it).resolve() for it in named)}


def pages(site: Path) -> dict[str, int]:
    """The weight of every page, the lightest first."""
    weights = {it.relative_to(site).as_posix(): page_weight(site, it) for it in site.rglob("*.html")}
    return dict(sorted(weights.items(), key=lambda item: (item[1], item[0])))


def parts(site: Path) -> dict[str, int]:
    """The bytes of what has a budget."""
    tokenizer = {it for it in site.glob(f"{TOKENIZER}/**/*") if it.is_file()}
    search = [it for pattern in SEARCH for it in site.glob(pattern)]
    every = [it for it in site.rglob("*") if it.is_file()]
    sizes = (
        max(pages(site).values()),
        _sum(_own(site)),
        _sum(search),
        _sum(_runtime(site)),
        _sum(tokenizer),
        sum(it.stat().st_size for it in every),
    )
    return dict(zip(BUDGETS, sizes, strict=True))


def _own(site: Path) -> list[Path]:
    """The scripts written for this site, those of the Worker included; `build.js` is a list of digests."""
    return [*(site / it for it in FIXED), *(it for it in _folder(site).glob("*.js") if it.name != "build.js")]


def _folder(site: Path) -> Path:
    """The files of the build that the pages are of; a working copy may still hold those of earlier builds."""
    return site / RUNTIME / _Page((site / "index.html").read_text("utf-8")).build


def _sum(files: Iterable[Path]) -> int:
    return sum(weight(it) for it in files)


def _runtime(site: Path) -> set[Path]:
    """The build's own files and those that it names."""
    folder = _folder(site)
    named = _NAMED.findall((folder / "build.js").read_text("utf-8"))
    return {*folder.iterdir(), *((folder / name).resolve() for name in named)}


def exceeded(sizes: dict[str, int]) -> list[str]:
    """A sentence for every budget that is not kept."""
    return [
        f"{name} has {size / 1000:,.1f} kB, and its budget is {BUDGETS[name] / 1000:,.0f} kB: make it lighter,"
        " or say in a decision record why it has to weigh more and raise the budget in macros/sizes.py"
        for name, size in sizes.items()
        if size > BUDGETS[name]
    ]


def listing(site: Path) -> str:
    """The pages and the parts with their weights, one a line."""
    each = [f"{size / 1000:10,.1f} kB  {name}" for name, size in pages(site).items()]
    whole = [
        f"{size / 1000:10,.1f} kB  {name} (at most {BUDGETS[name] / 1000:,.0f} kB)"
        for name, size in parts(site).items()
    ]
    return "\n".join(["Over the wire, compressed, before Python:", *each, "Each with a budget:", *whole])


def main(arguments: list[str]) -> int:
    """Prints the listing of a built site; 1 where a budget is exceeded."""
    site = Path(*arguments).resolve()
    print(listing(site))
    problems = exceeded(parts(site))
    for problem in problems:
        print(f"macros/sizes.py: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
