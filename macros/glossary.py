"""The glossary: a list of its terms, and a tooltip where a page first uses one of them.

Both come from data/glossary.yaml. The tooltips are a Markdown extension, because the one for abbreviations marks every
use of a term, also in headings and links. They are `abbr` elements that can be focused, so that a key or a tap opens
them; without scripts they are still the browser's own tooltips.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, AtomicString

from macros.facts import DATA, GLOSSARY
from macros.facts_form import parsed
from macros.facts_problems import FactsError, Problem
from macros.facts_schema import GlossaryFile, Term
from macros.facts_yaml import read

FILE = DATA / GLOSSARY
_LEFT_ALONE = {"a", "abbr", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "summary", "svg", "th"}
_EXPLAINED = {"h1", "h2", "h3", "strong"}
_MARK = re.compile(f"({HTML_PLACEHOLDER % '[0-9]+'})")
_OPENING = re.compile(r"<(?!br\b|!)[a-z][^>]*(?<!/)>", re.IGNORECASE)


def glossary() -> str:
    """The terms in the order of the alphabet as a definition list, each with a link to where it is explained."""
    return "\n\n".join(_entry(name, term) for name, term in terms().items())


def terms() -> dict[str, Term]:
    """The terms by name; FactsError where the file has mistakes."""
    return _terms(FILE.read_bytes())


@cache
def _terms(content: bytes) -> dict[str, Term]:
    file = f"{DATA.name}/{FILE.name}"
    root, problems = read(content, file)
    found = None
    if root is not None:
        found, unfit = parsed(GlossaryFile, root, file)
        problems += unfit
    if problems or found is None:
        raise FactsError(problems)
    names = list(found.terms)
    for before, name in pairwise(names):
        if before.casefold() >= name.casefold():
            raise FactsError([Problem(file, 0, 0, f"{name!r} belongs before {before!r}; keep the alphabet")])
    return found.terms


def _entry(name: str, term: Term) -> str:
    link = f" [Read more](../{term.page})" if term.page else ""
    return f"{name} {{ #{anchor(name)} }}\n:   {term.means}{link}"


def anchor(name: str) -> str:
    """The anchor of a term on the page of the glossary.

    >>> anchor("McNemar's exact test")
    'mcnemars-exact-test'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", ""))


class Tooltips(Treeprocessor):  # type: ignore[misc]
    """Wraps the first use of each term on a page, outside headings, links, code and what macros wrote."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.meanings = {form.lower(): name for name, term in terms().items() for form in (name, *term.also)}
        longest = sorted(self.meanings, key=len, reverse=True)
        self.forms = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)
        self.met: set[str] = set()

    def run(self, root: Element) -> None:
        self.met.clear()
        self._walk(root)

    def _walk(self, element: Element) -> None:
        whole = "".join(element.itertext()).strip(" .:").lower()
        if element.tag in _EXPLAINED and whole in self.meanings:
            self.met.add(self.meanings[whole])  # the page itself explains what heads a part or stands in bold
        elif element.tag not in _LEFT_ALONE:
            inside = _Inside(self.md)
            children = list(element)
            element.text = self._wrap(element, 0, element.text, inside)
            for child in children:
                self._walk(child)
                child.tail = self._wrap(element, list(element).index(child) + 1, child.tail, inside)

    def _wrap(self, parent: Element, at: int, text: str | None, inside: _Inside) -> str | None:
        """The text up to the first new term; that term and what follows it go into the parent, from `at` on."""
        if not text or isinstance(text, AtomicString):
            return text
        made: list[Element] = []
        head = ""
        for free, piece in inside.pieces(text):
            for word, is_term in self._new(piece) if free else [(piece, False)]:
                if is_term:
                    made.append(self._tooltip(word))
                elif made:
                    made[-1].tail = (made[-1].tail or "") + word
                else:
                    head += word
        for offset, each in enumerate(made):
            parent.insert(at + offset, each)
        return head

    def _new(self, text: str) -> Iterator[tuple[str, bool]]:
        """The text in pieces: those that are terms met for the first time, and the rest."""
        end = 0
        for found in self.forms.finditer(text):
            name = self.meanings[found[0].lower()]
            if name not in self.met:
                self.met.add(name)
                yield text[end : found.start()], False
                yield found[0], True
                end = found.end()
        yield text[end:], False

    def _tooltip(self, word: str) -> Element:
        means = terms()[self.meanings[word.lower()]].means
        made = Element("abbr", {"class": "term", "tabindex": "0", "title": means})
        made.text = AtomicString(word)
        return made


class _Inside:
    """Follows the HTML that macros wrote into a paragraph, whose tags Markdown keeps as marks in the text."""

    def __init__(self, md: Any) -> None:
        self.stash = md.htmlStash.rawHtmlBlocks
        self.depth = 0

    def pieces(self, text: str) -> Iterator[tuple[bool, str]]:
        """The text in pieces, each with whether a tooltip may go there."""
        for piece in _MARK.split(text):
            if _MARK.fullmatch(piece):
                tag = str(self.stash[int(re.sub(r"\D", "", piece))])
                self.depth += -1 if tag.startswith("</") else 1 if _OPENING.fullmatch(tag) else 0
                yield False, piece
            else:
                yield self.depth == 0, piece


class GlossaryExtension(Extension):  # type: ignore[misc]
    """The tooltips as an extension of Markdown, named `macros.glossary` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(Tooltips(md), "glossary", 8)


def makeExtension(**settings: Any) -> GlossaryExtension:
    """What Markdown calls to make the extension."""
    return GlossaryExtension(**settings)
