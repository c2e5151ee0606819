"""Columns of a Markdown table keep their alignment as a class: the standard has no attribute for it any more.

The other way that Markdown knows, a `style` in each cell, is refused by the content policy of the pages.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class _Alignment(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("td", "th") and (side := cell.attrib.pop("align", None)):
                cell.set("class", f"align-{side}")


class _AlignmentExtension(Extension):  # type: ignore[misc]
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Alignment(md), "alignment", 5)


def makeExtension() -> Extension:
    """The extension, made by Markdown from its name in mkdocs.yml."""
    return _AlignmentExtension()
