"""The instruments below a calculator: controls that ask its formula other questions. Scripts bring them to life."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calculators.engine.declare import Amount
from calculators.engine.explore import Spreading
from calculators.views.answer import READY, Answer, headline_text
from calculators.views.html import Safe, joined, slug, tag

_BAR = 5
"""Pixels from one bar of a distribution to the next."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another calculator that asks some of the same: its name, title and page, and our paths of inputs with its own."""

    name: str
    title: str
    place: str
    names: Mapping[str, str]


def explore(answer: Answer, id: str, others: Sequence[Elsewhere] = ()) -> Safe | None:
    """One fold with all instruments; None where the calculator answers with no number that inputs could move."""
    outputs = {name: kind.label for name, kind in answer.kinds.items() if isinstance(kind, Amount)}
    inputs = {name: it.label for name, it in answer.asked.items()}
    if not outputs or not inputs:
        return None
    first = answer.scalar
    by = next(iter(inputs))
    parts = [
        _part(
            "What matters most",
            "Each number in turn a fifth lower and a fifth higher, or across the range you typed, the others held.",
            _select(id, "sensitivity", "Figure", outputs, first), _ask("Show what matters", "sensitivity"),
        ),
        _part(
            "Ranges",
            "Type a range such as 80k..120k, or 100k ±20%, into any field above: see where nine of ten answers lie.",
            _ask("Show ranges", "ranges"),
        ),
        _part(
            "Solve for", "Which value of a number brings a figure to your target?",
            _select(id, "solve-output", "Figure", outputs, first), _text(id, "solve-target", "Target", "1000"),
            _select(id, "solve-by", "By changing", inputs, by), _ask("Solve", "solve"),
        ),
        _part(
            "Sweep", "How one or two figures run while a number goes from one end to the other.",
            _select(id, "sweep-over", "Number", inputs, by), _text(id, "sweep-from", "From", "", "decimal"),
            _text(id, "sweep-to", "To", "", "decimal"), _select(id, "sweep-first", "Figure", outputs, first),
            _select(id, "sweep-second", "And", {"": "nothing else", **outputs}, ""), _ask("Draw", "sweep"),
        ),
        _part(
            "Compare", "Keep the present numbers as A, change some above, and see both.",
            _text(id, "name-a", "Name of A", "A", "text"), _button("Keep as A", "pin"),
            _text(id, "name-b", "Name of B", "B", "text"), _ask("Compare with A", "compare", disabled=True),
        ),
        _part(
            "Keep and share", "A link or a file holds your numbers and choices, never texts that you pasted.",
            _button("Copy link", "link"), _select(id, "copy-as", "Result as", FORMS, "markdown"),
            _button("Copy", "copy"), _button("Save", "save"), _button("Print", "print"), _file(id),
        ),
        _use(id, others),
    ]  # fmt: skip
    summary = tag("summary", "Explore: what matters most, ranges, solve, sweep, compare, share")
    return tag("details", summary, *parts, class_="calc-explore", data_instruments=True, hidden=True)


FORMS = {
    "markdown": "Markdown",
    "csv": "CSV for a spreadsheet",
    "json": "JSON for a program",
    "scenario": "Scenario file, to open again",
    "command": "Terminal command",
    "python": "Python",
    "svg": "Chart as SVG",
}
"""What the result can be copied or saved as."""


def _use(id: str, others: Sequence[Elsewhere]) -> Safe:
    """The choice of another calculator to carry the shared numbers to; nothing where no other asks any of them."""
    if not others:
        return Safe("")
    options = [
        tag("option", f"{it.title} ({len(it.names)} shared)", value=it.name, data_place=it.place,
            data_names=json.dumps(dict(it.names)))
        for it in others
    ]  # fmt: skip
    choice = tag("label", tag("span", "Calculator"), tag("select", *options, id=f"{id}-use", data_role="use"))
    told = "Numbers and choices that another calculator asks for as well go with you."
    return _part("Use these numbers in another calculator", told, choice, _button("Go there", "use"))


def _part(title: str, told: str, *controls: Safe) -> Safe:
    return tag(
        "section",
        tag("h3", title),
        tag("p", told, class_="explore-help"),
        tag("div", *controls, class_="explore-controls"),
        tag("div", class_="explore-found", data_found=True, aria_live="polite"),
        class_="explore-part",
    )


def _select(id: str, role: str, label: str, options: dict[str, str], chosen: str) -> Safe:
    of = f"{id}-{slug(role)}"
    listed = [tag("option", word, value=name, selected=name == chosen) for name, word in options.items()]
    return tag("label", tag("span", label), tag("select", *listed, id=of, data_role=role))


def _text(id: str, role: str, label: str, value: str, mode: str = "decimal") -> Safe:
    control = tag("input", type="text", inputmode=mode, id=f"{id}-{slug(role)}", data_role=role, value=value)
    return tag("label", tag("span", label), control)


def _file(id: str) -> Safe:
    control = tag("input", type="file", accept=".json,application/json", id=f"{id}-open", data_role="open")
    return tag("label", tag("span", "Open a scenario file, or drop it anywhere on the calculator"), control)


def _ask(words: str, question: str, *, disabled: bool = False) -> Safe:
    return tag("button", words, type="button", data_ask=question, disabled=disabled)


def _button(words: str, doing: str) -> Safe:
    return tag("button", words, type="button", data_do=doing)


def ranges(found: dict[str, Spreading], answer: Answer) -> Safe:
    """Every amount across the ranges: low, likely, high, and a small distribution."""
    heads = [tag("th", word, scope="col", class_="number" if word != "Figure" else None)
             for word in ("Figure", "Low", "Likely", "High")]  # fmt: skip
    rows, still = [], []
    for name, it in found.items():
        kind = answer.kinds[name]
        if it.least == it.most:
            still.append(f"{kind.label} {headline_text(kind, answer.values[name])}")
            continue
        cells = [tag("td", headline_text(kind, value), class_="number", translate="no")
                 for value in (it.low, answer.values[name], it.high)]  # fmt: skip
        rows.append(tag("tr", tag("th", kind.label, _bins(it), scope="row"), *cells))
    told = "Nine runs of ten lie between low and high. Each range counts as equally likely from end to end."
    rest = tag("p", f"What does not move: {'; '.join(still)}.", class_="explore-help") if still else None
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    frame = tag("div", table, class_="table-frame", tabindex="0", role="region", aria_label="Across your ranges")
    ready = [tag("li", it) for it in answer.ready_told()]
    over = tag("details", tag("summary", f"{READY}: {len(ready)}"), tag("ul", *ready)) if ready else None
    return joined(tag("p", told, class_="chart-summary"), over, frame, rest)


def _bins(it: Spreading) -> Safe:
    """A distribution as small bars."""
    top = max(it.bins)
    bars = []
    for at, count in enumerate(it.bins):
        height = -(-count * 24 // top)
        bars.append(tag("rect", x=str(at * _BAR), y=str(24 - height), width="4", height=str(height), class_="bar-fill"))
    words = f"{len(it.bins)} bars from the least to the most; the tallest holds {top} of {sum(it.bins)} runs"
    width = str(len(it.bins) * _BAR)
    return tag("svg", tag("title", words), *bars, class_="chart-bins", width=width, height="24", role="img")
