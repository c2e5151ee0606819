"""A day in the text of a page is an element of its own, which breaks at no hyphen at the end of a line."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, AtomicString

_DAY = rf"(?<!\ARead )(?<![\w.{ETX}-])(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?(?![\w-])"
"""A day or a month; directly behind an element it is marked already. Days in names of models stay parts of these.
An entry of the list of sources begins with one, far from the end of a line, and there are hundreds of them."""


class _Days(InlineProcessor):  # type: ignore[misc]
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:
        day = Element("time")
        day.text = AtomicString(m[0])  # else it would be gone through again
        return day, m.start(), m.end()


class _DayExtension(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(_Days(_DAY, md), "days", 30)  # after code, links and raw HTML


def makeExtension() -> Extension:
    """The extension, made by Markdown from its name in mkdocs.yml."""
    return _DayExtension()
