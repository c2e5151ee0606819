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
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, AtomicString
from pydantic import Field

from macros.facts import DATA, GLOSSARY
from macros.facts.forms import DataTable, data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.forms.values import Words
from macros.facts.problems import FactsError, Problem

FILE = DATA / GLOSSARY
_LEFT_ALONE = {"a", "abbr", "code", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "script", "summary", "svg", "th"}
_EXPLAINED = {"h1", "h2", "h3", "strong"}
_MARK = re.compile(f"({HTML_PLACEHOLDER % '[0-9]+'})")
_OPENING = re.compile(r"<(?!br\b|!)[a-z][^>]*(?<!/)>", re.IGNORECASE)


class Term(DataTable):
    """A term of the glossary: its meaning in a sentence, its other forms, and where the site explains it."""

    means: Words
    also: list[Words] = Field(default_factory=list)
    page: Words | None = None


class GlossaryFile(DataTable):
    """data/glossary.yaml: words and no facts, so the calculators never see it."""

    terms: dict[Words, Term]


def glossary() -> str:
    """The terms in the order of the alphabet as a definition list, each with a link to where it is explained."""
    return "\n\n".join(_glossary_entry(name, term) for name, term in glossary_terms().items())


def glossary_terms() -> dict[str, Term]:
    """The terms by name; FactsError where the file has mistakes."""
    return _terms_of_glossary(FILE.read_bytes())


@cache
def _terms_of_glossary(content: bytes) -> dict[str, Term]:
    document = read_yaml_document(content, f"{DATA.name}/{FILE.name}")
    file = data_file_in_form(GlossaryFile, document)
    if file is None or document.problems or file.problems:
        raise FactsError([*document.problems, *(file.problems if file else ())])
    names = list(file.form.terms)
    for before, name in pairwise(names):
        if before.casefold() >= name.casefold():
            raise FactsError([Problem(document.file, 0, 0, f"{name!r} belongs before {before!r}; keep the alphabet")])
    return file.form.terms


def _glossary_entry(name: str, term: Term) -> str:
    link = f" [Read more](../{term.page})" if term.page else ""
    return f"{name} {{ #{glossary_anchor(name)} }}\n:   {term.means}{link}"


def glossary_anchor(name: str) -> str:
    """The anchor of a term on the page of the glossary.

    >>> glossary_anchor("McNemar's exact test")
    'mcnemars-exact-test'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", ""))


class GlossaryTooltips(Treeprocessor):  # type: ignore[misc]
    """Wraps the first use of each term on a page, outside headings, links, code and what macros wrote."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.meanings = {form.lower(): name for name, term in glossary_terms().items() for form in (name, *term.also)}
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
            inside = _InsideGlossary(self.md)
            children = list(element)
            element.text = self._wrap(element, 0, element.text, inside)
            for child in children:
                self._walk(child)
                child.tail = self._wrap(element, list(element).index(child) + 1, child.tail, inside)

    def _wrap(self, parent: Element, index: int, text: str | None, inside: _InsideGlossary) -> str | None:
        """The text up to the first new term; that term and what follows it go into the parent, from `at` on."""
        if not text or isinstance(text, AtomicString):
            return text
        tooltips: list[Element] = []
        head = ""
        for free, piece in inside.pieces(text):
            for word, is_term in self._new(piece) if free else [(piece, False)]:
                if is_term:
                    tooltips.append(self._tooltip(word))
                elif tooltips:
                    tooltips[-1].tail = (tooltips[-1].tail or "") + word
                else:
                    head += word
        for offset, each in enumerate(tooltips):
            parent.insert(index + offset, each)
        return head

    def _new(self, text: str) -> Iterator[tuple[str, bool]]:
        """The text in pieces: those that are terms met for the first time, and the rest."""
        end = 0
        for use in self.forms.finditer(text):
            name = self.meanings[use[0].lower()]
            if name not in self.met:
                self.met.add(name)
                yield text[end : use.start()], False
                yield use[0], True
                end = use.end()
        yield text[end:], False

    def _tooltip(self, word: str) -> Element:
        means = glossary_terms()[self.meanings[word.lower()]].means
        tooltip = Element("abbr", {"class": "term", "tabindex": "0", "title": means})
        tooltip.text = AtomicString(word)
        return tooltip


class _InsideGlossary:
    """Follows the HTML that macros wrote into a paragraph, whose tags Markdown keeps as marks in the text."""

    def __init__(self, md: Markdown) -> None:
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
    """The tooltips as an extension of Markdown, named `macros.pages.markdown.glossary` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(GlossaryTooltips(md), "glossary", 8)


def makeExtension(**settings: object) -> GlossaryExtension:
    """What Markdown calls to make the extension."""
    return GlossaryExtension(**settings)
