"""The style sheets of a built site without what no page can use: the theme's are written for all that it offers.

A selector is left out where it names a class, an id, an element or an attribute that is on no page, and that neither a
script nor a calculator could put there. What stays, stays as it is and in its order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path
from typing import NamedTuple

THEME = "*.min.css"

PARTS_NOT_USED = (
    "md-annotation",
    "md-consent",
    "md-source__",
    "md-status",
    "md-tag",
    "md-version",
    "mermaid",
    "tabbed-",
)
"""What the names of parts begin with that the theme's script puts only where a page has asked for them."""

FROM_PAGES = frozenset({"dir", "data-md-color-primary", "data-md-color-accent"})
"""Attributes whose values stand in the pages alone."""

_WORD = re.compile(r"[\w-]+")
_TAG = re.compile(r"<([a-zA-Z][\w:-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"""([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_GAP = r"(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)"
_SPACE = re.compile(rf"""("[^"]*"|'[^']*')|{_GAP}*([{{}};]){_GAP}*|({_GAP}+)""")
_IMPORT = re.compile(r'@import "([\w-]+\.css)";\n?')
_WITHIN = re.compile(r"\([^()]*\)")
_IN_BRACKETS = re.compile(r"""\[([\w-]+)(?:[~|^$*]?=\s*["']?([^\]"']*)["']?(?:\s+[is])?)?\]""")
_NAMED = re.compile(r"[.#]((?:[\w-]|\\.)+)")
_STATE = re.compile(r"::?[\w-]+")
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")
_PROPERTY = re.compile(
    r"""(?<=[{;])(--[\w-]+):(?:[^;{}"'(]|"[^"]*"|\((?:[^()"]|"[^"]*"|\((?:[^()]|\([^()]*\))*\))*\))*(?:;|(?=\}))"""
)
_EMPTY = re.compile(r"(?<=[{};])[^{};]+\{\}")


class StyledNames(NamedTuple):
    """What styles can meet: elements, the names and values of attributes on pages, and the words of code."""

    elements: Set[str]
    on_pages: Set[str]
    in_code: Set[str]

    def may_have(self, name: str) -> bool:
        """Whether some page has a class, an id or an attribute, or may come to have it."""
        return name in self.on_pages or (name in self.in_code and not name.startswith(PARTS_NOT_USED))


def styled_names(pages: Iterable[str], code: Iterable[str]) -> StyledNames:
    """What the tags of pages name, and the words of scripts and of what writes results."""
    tags = {tag for page in pages for tag in _TAG.findall(page)}
    words: set[str] = set()
    for attributes in {attributes for _, attributes in tags}:
        for name, *values in _ATTRIBUTE.findall(attributes):
            value = "".join(values)
            words |= {name, value, *value.split()}
    in_code = {word for text in code for word in _WORD.findall(text)}
    return StyledNames({element.lower() for element, _ in tags}, words, in_code)


def style_rules(style: str) -> Iterator[tuple[str, str | None]]:
    """What stands before each pair of braces, and in it; a statement without braces has nothing in them.

    >>> list(style_rules('@charset "x";a{b:c}@media print{d{e:f}}'))
    [('@charset "x";', None), ('a', 'b:c'), ('@media print', 'd{e:f}')]
    """
    position = 0
    while position < len(style):
        opening = _style_end(style, position, "{;")
        if style[opening : opening + 1] != "{":
            if style[position : opening + 1].strip():
                yield style[position : opening + 1], None
            position = opening + 1
            continue
        closing = _style_end(style, opening + 1, "}")
        yield style[position:opening], style[opening + 1 : closing]
        position = closing + 1


def _style_end(style: str, position: int, ends: str) -> int:
    """Where one of some characters stands next, outside of texts, brackets and inner braces."""
    depth, quote = 0, ""
    while position < len(style):
        letter = style[position]
        if letter == "\\":
            position += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif depth == 0 and letter in ends:
            return position
        else:
            depth += (letter in "([{") - (letter in ")]}")
        position += 1
    return position


def style_selectors(prelude: str) -> list[str]:
    """The selectors of a rule.

    >>> style_selectors("a,b:is(c,d)")
    ['a', 'b:is(c,d)']
    """
    selectors, position = [], 0
    while position <= len(prelude):
        end = _style_end(prelude, position, ",")
        selectors.append(prelude[position:end])
        position = end + 1
    return selectors


def plain_selector(selector: str) -> str:
    """A selector without states, which may change, and without what stands in round brackets, which may not be there.

    >>> plain_selector(".a:not(.b:is(.c)):hover [d]::before")
    '.a [d]'
    """
    while (shorter := _WITHIN.sub("", selector)) != selector:
        selector = shorter
    return _STATE.sub("", selector)


def may_style(selector: str, names: StyledNames) -> bool:
    """Whether a selector may meet anything on a page.

    >>> may_style(".b:not(.c)", StyledNames({"a"}, {"b"}, set()))
    True
    """
    selector = plain_selector(selector)
    for attribute, value in _IN_BRACKETS.findall(selector):
        is_value = value in names.on_pages or (attribute not in FROM_PAGES and value in names.in_code)
        if not names.may_have(attribute) or (value and not is_value and _WORD.fullmatch(value)):
            return False
    selector = _IN_BRACKETS.sub("", selector)
    if not all(names.may_have(name.replace("\\", "")) for name in _NAMED.findall(selector)):
        return False
    elements = {element.lower() for element in _WORD.findall(_NAMED.sub(" ", selector)) if element[0].isalpha()}
    return all(element in names.elements or element in names.in_code for element in elements - {"html", "body"})


def style_without_unused_rules(style: str, names: StyledNames) -> str:
    """A style sheet without the selectors that meet nothing."""
    rules = []
    for prelude, body in style_rules(style):
        if body is None:
            rules.append(prelude)
        elif prelude.lstrip().startswith("@"):
            inner = style_without_unused_rules(body, names) if prelude.startswith(("@media", "@supports")) else body
            rules.append(f"{prelude}{{{inner}}}" if inner else "")
        else:
            selectors = [selector for selector in style_selectors(prelude) if may_style(selector, names)]
            rules.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
    return "".join(rules)


def style_without_unused_properties(style: str, is_used: Callable[[str], bool]) -> str:
    """A style sheet without the values that are given a name which nothing uses."""
    style = _PROPERTY.sub(lambda match: match[0] if is_used(match[1]) else "", style)
    return _EMPTY.sub("", style)


def style_without_comments(style: str) -> str:
    """A style sheet without comments, and without space that says nothing.

    >>> style_without_comments('a b {\\n  c: "{ }"; /* why */\\n}\\n')
    'a b{c: "{ }";}'
    """
    return _SPACE.sub(lambda match: match[1] or match[2] or " ", style).strip()


def _style_with_imports(style: str, folder: Path, imports: set[Path]) -> str:
    """A style sheet with those that it names in their places; notes which files it took."""

    def imported(match: re.Match[str]) -> str:
        path = folder / match[1]
        imports.add(path)
        return path.read_text("utf-8")

    return _IMPORT.sub(imported, style)


def trim_site_styles(site: Path, root: Path, pages: Iterable[str]) -> None:
    """Leave out of the style sheets of a built site what none of its pages can use, and put those together that are
    asked for together; `pages` are their HTML.
    """
    folder = site / "assets" / "stylesheets"
    code = [path.read_text("utf-8") for path in (site / "assets").glob("javascripts/*.js")]
    code += [path.read_text("utf-8") for path in (root / "calculators").rglob("*.py")]
    names = styled_names(pages, code)
    theme = {*folder.glob(THEME)}
    imports: set[Path] = set()
    styles = {path: path.read_text("utf-8") for path in folder.glob("*.css")}
    for path, style in styles.items():
        if path in theme:
            styles[path] = style_without_unused_rules(style, names)
        else:
            styles[path] = style_without_comments(_style_with_imports(style, folder, imports))
    set_by_scripts = {word for word in names.in_code if word.startswith("--") and "-mermaid-" not in word}
    previous: dict[Path, str] = {}
    while previous != styles:  # a value may be the only one that uses another
        previous = dict(styles)
        references = {name for style in styles.values() for name in _REFERENCE.findall(style)} | set_by_scripts
        for path in theme:
            styles[path] = style_without_unused_properties(styles[path], references.__contains__)
    for path, style in styles.items():
        if path in imports:
            path.unlink()
        else:
            path.write_text(style, "utf-8")
