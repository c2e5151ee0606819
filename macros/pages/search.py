"""What the site's search knows beyond the words of its pages: other words for them, and which of them matter less.

The theme writes the index; this completes it, from data/search.yaml. Each part gets a weight and a field of words that
are searched and not shown; each term of the glossary becomes a part. The small words of a question ("how much does")
separate words, as a space does: otherwise the theme would look for every word that begins with one of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path
from typing import NotRequired, TypedDict

from macros.facts import DATA, SEARCH
from macros.facts.forms import DataTable, data_file_in_form
from macros.facts.forms.documents import read_yaml_document
from macros.facts.forms.values import Words
from macros.facts.problems import FactsError
from macros.pages.markdown.glossary import glossary_anchor, glossary_terms

FILE = DATA / SEARCH
GLOSSARY_PAGE = "reference/glossary/"
TITLE, WORDS, TEXT = 1000.0, 800.0, 1.0
"""What a word counts in a title, among the words of data/search.yaml, and in the text."""

LONGEST_CODE = 400
"""Characters of code that is searched whole. Of a longer program, the search knows its first line, which sums it up."""

MEASUREMENTS = re.compile(r"decisions/[^#]+#measured$")
"""Where the figures of a decision record are: of these, the search knows the heading alone."""

_CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
_WORD = re.compile(r"[^\W_]+|[$]")
_ENDINGS = "['’](?:s|t|re|ve|ll|d|m)"
_MARKS = r"[\s\-,:;!?=\[\]()\"“”„/…·×]+|[.'’](?!\w)|['’]|&[lg]t;|&amp;"


class Part(TypedDict):
    """An entry of the theme's index: a page, or a part of one with a heading."""

    location: str
    title: str
    text: str
    boost: NotRequired[float]
    words: NotRequired[str]


class Index(TypedDict):
    """The theme's index: the settings of its search, and what is searched."""

    config: dict[str, object]
    docs: list[Part]


class SearchFile(DataTable):
    """data/search.yaml: words and no facts, so the calculators never see it."""

    small_words: Words
    synonyms: list[list[Words]]
    words: dict[Words, list[Words]]
    weights: dict[Words, Words]


def complete_site_search_index(site: Path) -> None:
    """Completes the index of a built site, if the theme wrote one."""
    path = site / "search" / "search_index.json"
    if not path.is_file():
        return
    index: Index = json.loads(path.read_text("utf-8"))
    index["config"] |= {
        "separator": site_search_separator(site_search_file().small_words.split()),
        "fields": {"title": {"boost": TITLE}, "words": {"boost": WORDS}, "text": {"boost": TEXT}},
    }
    index["docs"] = list(completed_site_search_parts(index["docs"]))
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf-8")


def completed_site_search_parts(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with their words and weights, the glossary term by term."""
    for part in parts:
        location = part["location"]
        if location.startswith(GLOSSARY_PAGE):
            if "#" not in location:
                yield _site_search_completed({**part, "text": ""})
                yield from map(_site_search_completed, _site_search_glossary_parts())
        else:
            yield _site_search_completed(part)


def _site_search_glossary_parts() -> Iterator[Part]:
    for name, term in glossary_terms().items():
        place = f"{GLOSSARY_PAGE}#{glossary_anchor(name)}"
        yield {
            "location": place,
            "title": escape(name, quote=False),
            "text": f"<p>{escape(term.means, quote=False)}</p>",
            "words": " ".join(term.also),
        }


def _site_search_completed(part: Part) -> Part:
    file = site_search_file()
    own = [*file.words.get(_site_search_source(part["location"]), ()), part.get("words", "")]
    words = " ".join(filter(None, [*own, *_site_search_synonyms(" ".join([part["title"], *own]))]))
    weight = _site_search_weight(part["location"], file.weights)
    is_measured = MEASUREMENTS.match(part["location"])
    text = "" if is_measured else _CODE.sub(_site_search_code, part["text"])
    completed: Part = {"location": part["location"], "title": part["title"], "text": text}
    if words:
        completed["words"] = escape(words, quote=False)
    if weight != 1:
        completed["boost"] = weight
    return completed


def _site_search_code(code: re.Match[str]) -> str:
    """A piece of code as it is searched."""
    first_line, _, _ = code[1].partition("\n")
    return code[0] if len(code[1]) <= LONGEST_CODE else f"<pre><code>{first_line}</code></pre>"


def _site_search_source(location: str) -> str:
    """A place of the site as data/search.yaml names it.

    >>> _site_search_source("cost/prompting/#batch"), _site_search_source("")
    ('cost/prompting.md#batch', 'index.md')
    """
    page, hash, anchor = location.partition("#")
    return f"{page.removesuffix('/') or 'index'}.md{hash}{anchor}"


def _site_search_synonyms(text: str) -> Iterator[str]:
    """The other words for what a text names."""
    named = _site_search_spaced(text)
    for group in site_search_file().synonyms:
        if any(_site_search_spaced(word) in named for word in group):
            yield from (word for word in group if _site_search_spaced(word) not in named)


def _site_search_spaced(text: str) -> str:
    """A text's words in small letters with a space before and after each.

    >>> _site_search_spaced("Fine-tuning, or RAG?")
    ' fine tuning or rag '
    """
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _site_search_weight(location: str, weights: Mapping[str, str]) -> float:
    """What a place counts: the weight of the longest beginning of its address that has one."""
    fitting = [beginning for beginning in weights if location.startswith(beginning)]
    return float(Decimal(weights[max(fitting, key=len)])) if fitting else 1.0


def site_search_separator(small_words: Iterable[str]) -> str:
    """The regular expression for what lies between words that are looked for, in the theme's JavaScript.

    A word at the beginning of a sentence has a large letter. Nothing here looks behind, which older browsers refuse.
    """
    either = "|".join(f"[{word[0].upper()}{word[0]}]{re.escape(word[1:])}" for word in small_words)
    return rf"{_ENDINGS}\b|{_MARKS}|\b(?:{either})(?:n['’]t)?(?!\w)"


def site_search_file() -> SearchFile:
    """data/search.yaml; FactsError where it has mistakes. A site with fewer pages may leave some of it unused."""
    return _site_search_file_text(FILE.read_bytes())


@cache
def _site_search_file_text(content: bytes) -> SearchFile:
    document = read_yaml_document(content, f"{DATA.name}/{FILE.name}")
    file = data_file_in_form(SearchFile, document)
    if file is None or document.problems or file.problems:
        raise FactsError([*document.problems, *(file.problems if file else ())])
    return file.form
