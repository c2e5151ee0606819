"""Which figures that the pages show a change of prices moves: each is computed with the prices before and after it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from calculators.engine.declare import kinds
from calculators.engine.facts import FactError
from calculators.engine.read import Refused
from calculators.find import find

_CALL = re.compile(r"\{\{\s*(?P<macro>figure|calculator)\((?P<words>.*?)\)\s*\}\}", re.DOTALL)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
"""What a page shows of macros without calling them."""

_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_OF_THE_PANEL = ("show",)
_DAY = "as_of"
Figure = Callable[..., str]


@dataclass(frozen=True)
class Published:
    """A figure on a page: which one, and with which inputs."""

    page: str
    title: str
    calculator: str
    output: str
    given: str

    @property
    def label(self) -> str:
        """What the figure is called, with its scenario where it has a name."""
        given = json.loads(self.given)
        words = [given.pop("example", ""), *(f"{key.replace('__', '.')} {it}" for key, it in given.items() if it)]
        label = f"{find(self.calculator).title}: {kinds(find(self.calculator).outputs)[self.output].label}"
        scenario = ", ".join(filter(None, words))
        return f"{label} ({scenario})" if scenario else label

    def told(self, figure: Figure) -> str:
        """The figure as a page shows it; empty where its own day lies before the first prices."""
        try:
            return unescape(_TAG.sub("", figure(self.calculator, self.output, **json.loads(self.given))))
        except (FactError, Refused):
            return ""


def published(docs: Path) -> list[Published]:
    """Every figure in the sentences of the pages, and the headline of every calculator on them."""
    found: dict[Published, None] = {}
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text("utf-8")
        title = found_title[1] if (found_title := _TITLE.search(text)) else path.stem
        page = path.relative_to(docs).as_posix()
        found |= dict.fromkeys(_of(page, title, RAW.sub("", text)))
    return list(found)


def _of(page: str, title: str, text: str) -> Iterator[Published]:
    for call in _CALL.finditer(text):
        positional, named = _arguments(call["words"])
        if not positional:
            continue
        calculator = positional[0]
        if call["macro"] == "figure":
            output, rest = positional[1], positional[2:]
        else:
            output, rest = find(calculator).headline, positional[1:]
        if rest:
            named["example"] = rest[0]
        given = {key: value for key, value in named.items() if key not in _OF_THE_PANEL}
        if _DAY in given:
            continue  # asked for one day for good
        typed = {key: str(value) for key, value in sorted(given.items()) if (key, value) != ("example", "")}
        yield Published(page, title, calculator, output, json.dumps(typed))


def _arguments(words: str) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of a call as written; none where one of them is not written out."""
    try:
        call = ast.parse(f"call({words})", mode="eval").body
        assert isinstance(call, ast.Call)
        named = {str(it.arg): ast.literal_eval(it.value) for it in call.keywords}
        return [ast.literal_eval(it) for it in call.args], named
    except (SyntaxError, ValueError):
        return [], {}


def moved(figures: list[Published], before: Figure, after: Figure) -> list[tuple[Published, str, str]]:
    """The figures that differ, with what is shown before and after."""
    told = ((it, it.told(before), it.told(after)) for it in figures)
    return [(it, old, new) for it, old, new in told if old != new]
