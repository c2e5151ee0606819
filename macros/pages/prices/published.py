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

from calculators.discovery import find_calculator
from calculators.engine.declare import kinds
from calculators.engine.facts import FactError
from calculators.engine.inputs.numerals import Refused

_CALL = re.compile(r"\{\{\s*(?P<macro>figure|calculator)\((?P<words>.*?)\)\s*\}\}", re.DOTALL)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
"""What a page shows of macros without calling them."""

_TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_OF_THE_PANEL = ("show",)
_DAY = "as_of"
Figure = Callable[..., str]
FigureText = Callable[["PublishedFigure"], str]


@dataclass(frozen=True)
class PublishedFigure:
    """A figure on a page: which one, and with which inputs."""

    page: str
    title: str
    calculator: str
    output: str
    given: str

    @property
    def day(self) -> str:
        """The day for which the page asks for it, for good; empty where it is that of the facts."""
        return str(json.loads(self.given).get(_DAY, ""))

    @property
    def label(self) -> str:
        """What the figure is called, with its scenario where it has a name."""
        given = json.loads(self.given)
        day = given.pop(_DAY, "")
        words = [given.pop("example", ""), *(f"{key.replace('__', '.')} {text}" for key, text in given.items() if text)]
        words.append(f"on {day}" if day else "")
        calculator = find_calculator(self.calculator)
        label = f"{calculator.title}: {kinds(calculator.outputs)[self.output].label}"
        scenario = ", ".join(filter(None, words))
        return f"{label} ({scenario})" if scenario else label

    def text(self, figure: Figure) -> str:
        """The figure as a page shows it; empty where its own day lies before the first prices."""
        try:
            return unescape(_TAG.sub("", figure(self.calculator, self.output, **json.loads(self.given))))
        except (FactError, Refused):
            return ""


def published_figures(docs: Path) -> list[PublishedFigure]:
    """Every figure in the sentences of the pages, and the headline of every calculator on them."""
    figures: dict[PublishedFigure, None] = {}
    for path in sorted(docs.rglob("*.md")):
        text = path.read_text("utf-8")
        title = found_title[1] if (found_title := _TITLE.search(text)) else path.stem
        page = path.relative_to(docs).as_posix()
        figures |= dict.fromkeys(_published_figure_calls(page, title, RAW.sub("", text)))
    return list(figures)


def _published_figure_calls(page: str, title: str, text: str) -> Iterator[PublishedFigure]:
    for call in _CALL.finditer(text):
        positional, named = _published_figure_arguments(call["words"])
        if not positional:
            continue
        calculator = positional[0]
        if call["macro"] == "figure":
            output, rest = positional[1], positional[2:]
        else:
            output, rest = find_calculator(calculator).headline, positional[1:]
        if rest:
            named["example"] = rest[0]
        given = {key: value for key, value in named.items() if key not in _OF_THE_PANEL}
        typed = {key: str(value) for key, value in sorted(given.items()) if (key, value) != ("example", "")}
        yield PublishedFigure(page, title, calculator, output, json.dumps(typed))


def _published_figure_arguments(words: str) -> tuple[list[Any], dict[str, Any]]:  # Any: literals of every kind
    """The arguments of a call as written; none where one of them is not written out."""
    try:
        call = ast.parse(f"call({words})", mode="eval").body
        assert isinstance(call, ast.Call)
        named = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
        return [ast.literal_eval(argument) for argument in call.args], named
    except (SyntaxError, ValueError):
        return [], {}


def moved_published_figures(
    figures: list[PublishedFigure], before: FigureText, after: FigureText
) -> list[tuple[PublishedFigure, str, str]]:
    """The figures that differ, with what is shown before and after."""
    texts = ((figure, before(figure), after(figure)) for figure in figures)
    return [(figure, old, new) for figure, old, new in texts if old != new]
