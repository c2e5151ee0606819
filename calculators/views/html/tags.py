"""Builds HTML and SVG: one function that escapes everything it is not told to trust."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


class Safe(str):
    """HTML that was built here and need not be escaped again."""

    __slots__ = ()


_SPECIAL = re.compile("[&<>\"'\\r\\n]")
_LINE_END = re.compile(r"\s*[\r\n]\s*")
_DAY = re.compile(r"(?<![\w.-])(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?(?![\w-])", re.ASCII)
_WITHOUT_DAYS = frozenset({"desc", "option", "pre", "script", "style", "text", "textarea", "time", "title", "tspan"})
"""Elements that can hold no other element, or whose text stays as it is."""

_VOID = frozenset({"input", "br", "hr", "img", "meta", "link"})
_ATTRIBUTES: dict[str, str] = {}
"""The attributes written so far, by their names in Python."""


def escape_html(text: str) -> str:
    """The text with the five characters that mean something in HTML written out; line ends become spaces.

    >>> escape_html('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    if not _SPECIAL.search(text):
        return text
    text = (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#39;")
    )
    return _LINE_END.sub(" ", text)


def tag(name: str, /, *children: str | None, **attributes: str | bool | None) -> Safe:
    """One element. `class_` and `for_` lose their underscore, `data_x` becomes `data-x`; None is left out.

    >>> tag("p", "1 < 2", class_="note")
    '<p class="note">1 &lt; 2</p>'
    """
    opening = f"<{name}"
    for key, setting in attributes.items():
        if setting is None or setting is False:
            continue
        if key not in _ATTRIBUTES:
            _ATTRIBUTES[key] = key.rstrip("_").replace("_", "-")
        opening += f" {_ATTRIBUTES[key]}" if setting is True else f' {_ATTRIBUTES[key]}="{escape_html(setting)}"'
    if name in _VOID:
        return Safe(f"{opening}>")
    written = _joined_html(children, escape_html if name in _WITHOUT_DAYS else _html_with_days)
    return Safe(f"{opening}>{written}</{name}>")


def joined_html(*children: str | None) -> Safe:
    """Pieces one after the other, each escaped unless it was built here; a day is an element, so that it stays whole.

    >>> joined_html("until 2026-11-28, gpt-5-2025-08-07")
    'until <time>2026-11-28</time>, gpt-5-2025-08-07'
    """
    return _joined_html(children, _html_with_days)


def _html_with_days(text: str) -> str:
    """A text, escaped; lines would break at the hyphens of a day or a month, which a style of this element forbids."""
    return _DAY.sub(r"<time>\g<0></time>", escape_html(text)) if "-" in text else escape_html(text)


def _joined_html(children: Iterable[str | None], escape: Callable[[str], str]) -> Safe:
    return Safe("".join([child if isinstance(child, Safe) else escape(child) for child in children if child]))


def verbatim_html(text: str) -> Safe:
    """A text for `pre` or `textarea` with every line end kept; a browser drops one at its very start.

    >>> verbatim_html("a\\r\\nb < c")
    'a&#10;b &lt; c'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Safe("&#10;" * text.startswith(("\r", "\n")) + "&#10;".join(escape_html(line) for line in lines))


def html_slug(text: str) -> str:
    """A name for an id: small letters, digits and hyphens; a dot becomes two, so that `gpu.rent` is not `gpu_rent`."""
    return re.sub(r"[^a-z0-9-]+", "-", text.lower().replace(".", "--")).strip("-")
