"""Ready HTML goes around Markdown and the search: a mark holds its place, and it is put in afterwards.

Nothing in a panel is Markdown, and nobody looks for the words of a form, but both would read each of its elements: that
took three quarters of a build. The mark is an element of the same kind, with the same id and heading, so that Markdown
treats it alike, links to it are known and the search finds its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from secrets import token_hex

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor

from macros.facts.problems import Problem, quoted_data

_OPENING = re.compile(r"<(?P<tag>\w+)(?P<attributes>[^>]*)>(?P<heading><h(\d)\b[^>]*>.*?</h\4>)?")
_KEPT = re.compile(r' id="[^"]*"| data-search-exclude')
# Markdown wraps a mark that it takes for a sentence, as in an admonition. What is found soonest comes first.
_MARK = re.compile(r'<(?P<p>p><)?(?P<tag>\w+) data-ready="(?P<name>\w+)"[^<>]*>.*?</(?P=tag)>(?(p)</p>)', re.DOTALL)
_LEFT = re.compile(r"<\w[^<>]*\sdata-ready\b[^<>]*>")

_BEHIND_THE_ANSWER = re.compile(r'<p class="result-value[ "].*? id="([^"]+)"', re.DOTALL)

_waiting: dict[str, tuple[str, str]] = {}
_after_the_build = False


def begin_markdown_marks(after_the_build: bool) -> None:
    """Says who puts the HTML in: `finish_markdown_marks`, or Markdown where no step follows the build."""
    global _after_the_build
    _after_the_build = after_the_build
    if after_the_build:
        _waiting.clear()


def markdown_mark(html: str, place: str) -> str:
    """The mark for one line of HTML that was made at a place, page and line.

    >>> html = '<section class="calc" id="a"><h2 id="b">Cost</h2><p>$1</p></section>'
    >>> made = markdown_mark(html, "docs/index.md:1")
    >>> made  # doctest: +ELLIPSIS
    '<section data-ready="..." id="a"><h2 id="b">Cost</h2></section>'
    >>> fill_markdown_marks(f"<p>{made}</p>") == html
    True
    """
    name = token_hex(8)  # which no page can hold by chance
    _waiting[name] = html, place
    opening = _OPENING.match(html)
    assert opening, f"not an element: {html[:60]}"
    copied = "".join(_KEPT.findall(opening["attributes"]))
    return f'<{opening["tag"]} data-ready="{name}"{copied}>{opening["heading"] or ""}</{opening["tag"]}>'


def fill_markdown_marks(text: str) -> str:
    """A text with the HTML in place of its marks; each is put in once, and a mark that no macro wrote stays."""
    return _MARK.sub(lambda placeholder: _waiting.pop(placeholder["name"], (placeholder[0], ""))[0], text)


def _markdown_mark_waiting_for_answer(page: str) -> str:
    """A page that a browser paints when it has the first answer: else it would paint the words alone, then both.

    What it waits for has to have an id, so it is the next element behind the answer that has one. A browser that does
    not know of this paints when it likes.
    """
    behind = _BEHIND_THE_ANSWER.search(page)
    if not behind:
        return page
    return page.replace("</head>", f'<link rel="expect" href="#{behind[1]}" blocking="render"></head>', 1)


def finish_markdown_marks(site: Path, pages: Iterable[Path] | None = None) -> Iterator[Problem]:
    """Puts the HTML into the built pages, or some of them; tells marks without HTML and HTML without its mark."""
    for path in sorted(site.rglob("*.html")) if pages is None else pages:
        text = path.read_bytes().decode()
        if "data-ready" in text:
            text = _markdown_mark_waiting_for_answer(fill_markdown_marks(text))
            path.write_bytes(text.encode())
        for left in _LEFT.findall(text) if "data-ready" in text else ():
            page = path.relative_to(site).as_posix()
            yield Problem(page, 0, 0, f"{quoted_data(left)} is a mark that only macros write; take it out")
    for _, place in _waiting.values():
        page, _, line = place.partition(":")
        yield Problem(page, int(line or 0), 1, "HTML cannot be put here, such as in code; move the call or make it raw")


class _MarkdownMarkFilling(Postprocessor):  # type: ignore[misc]
    def run(self, text: str) -> str:
        return text if _after_the_build else fill_markdown_marks(text)


class _MarkdownMarkExtension(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:
        md.postprocessors.register(_MarkdownMarkFilling(md), "ready", 0)


def makeExtension() -> Extension:
    """The extension, made by Markdown from its name in mkdocs.yml."""
    return _MarkdownMarkExtension()
