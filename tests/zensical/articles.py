"""Compare what two builds of the site say: the HTML between the tags of each page's article, tag by tag."""

import difflib
import re
from pathlib import Path
from urllib.parse import urljoin

ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)
ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')
TAG = re.compile(r"(<[^>]*>)")

KNOWN = {
    '<a id="__skip" tabindex="-1"></a>': "the target of the link that skips the navigation; Material has it elsewhere",
    " data-search-exclude": "keeps a part out of the search; Zensical takes it out once it has obeyed",
}
"""What differs, and why."""


def different(first: Path, second: Path) -> dict[str, list[str]]:
    """The pages whose articles differ, or that one side lacks, with the lines that differ."""
    pages = sorted({path.relative_to(site).as_posix() for site in (first, second) for path in site.rglob("*.html")})
    changed = {page: _lines(article(first, page), article(second, page)) for page in pages}
    return {page: lines for page, lines in changed.items() if lines}


def _lines(first: list[str], second: list[str]) -> list[str]:
    lines = difflib.unified_diff(first, second, lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def article(site: Path, name: str) -> list[str]:
    """The tags and texts of a page's article, without blanks between them and without what is known to differ.

    An address stands as what it leads to: Zensical writes `../../reference/prices/` where MkDocs writes `../prices/`.
    """
    if not (site / name).is_file():
        return ["this page is missing"]
    match = ARTICLE.search((site / name).read_text("utf-8"))
    text = match[1] if match else "no article"
    for known in KNOWN:
        text = text.replace(known, "")
    address = name.removesuffix("index.html")
    text = ADDRESS.sub(lambda link: f'{link[1]}="{urljoin(f"https://site/{address}", link[2])}"', text)
    return [part for part in TAG.split(text) if part.strip()]
