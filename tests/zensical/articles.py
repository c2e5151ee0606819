"""Compare what two builds of the site say: the HTML between the tags of each page's article, tag by tag."""

import difflib
import re
from pathlib import Path

ARTICLE = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)
TAG = re.compile(r"(<[^>]*>)")

KNOWN = {
    '<a id="__skip" tabindex="-1"></a>': "the target of the link that skips the navigation; Material has it elsewhere",
}
"""What differs in every article, and why."""


def different(first: Path, second: Path) -> dict[str, list[str]]:
    """The pages whose articles differ, or that one side lacks, with the lines that differ."""
    pages = sorted({it.relative_to(site).as_posix() for site in (first, second) for it in site.rglob("*.html")})
    found = {page: list(_lines(first / page, second / page)) for page in pages}
    return {page: lines for page, lines in found.items() if lines}


def _lines(first: Path, second: Path) -> list[str]:
    lines = difflib.unified_diff(article(first), article(second), lineterm="", n=0)
    return [it for it in lines if not it.startswith(("---", "+++", "@@"))]


def article(page: Path) -> list[str]:
    """The tags and texts of a page's article, without blanks between them and without what is known to differ."""
    if not page.is_file():
        return ["this page is missing"]
    found = ARTICLE.search(page.read_text("utf-8"))
    text = found[1] if found else "no article"
    for known in KNOWN:
        text = text.replace(known, "")
    return [part for part in TAG.split(text) if part.strip()]
