"""The instruments below a calculator: controls that ask its formula other questions. Scripts bring them to life."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calculators.engine.answering.answer import READY, Answer
from calculators.engine.answering.headline import headline_text
from calculators.engine.declare import Amount
from calculators.engine.numbers.intervals import interval_places
from calculators.engine.questions.ranges import Spreading
from calculators.engine.questions.swing import swings
from calculators.views.charts.distribution import Mark, svg_distribution
from calculators.views.html.tags import Safe, html_slug, joined_html, tag


@dataclass(frozen=True, slots=True)
class HtmlElsewhere:
    """Another calculator that asks some of the same: its name, title and page, and our paths of inputs with its own.

    `measured` are outputs of ours that answer its questions, with the paths of those.
    """

    name: str
    title: str
    place: str
    names: Mapping[str, str]
    measured: Mapping[str, Sequence[str]]

    @property
    def count(self) -> int:
        """How many of its questions are answered here."""
        return len({*self.names.values(), *(path for paths in self.measured.values() for path in paths)})


def html_instruments(answer: Answer, id: str, neighbors: Sequence[HtmlElsewhere] = ()) -> Safe:
    """One fold with all instruments; where inputs move no number of the answer, it can be shared alone."""
    outputs = {name: kind.label for name, kind in answer.kinds.items() if isinstance(kind, Amount)}
    inputs = {name: asked.label for name, asked in answer.movable.items()}
    questions = _html_instrument_questions(answer, id, inputs, outputs) if outputs and inputs else []
    parts = [_html_instrument_share(id), *questions, _html_instrument_use(id, neighbors)]
    more = " and explore: report, link, what matters most, ranges, solve, sweep, compare" if questions else ""
    summary = tag("summary", f"Share{more}")
    return tag("details", summary, *parts, class_="calc-explore", data_instruments=True, hidden=True)


HEADLINE = "The amount in the headline"
"""The figure that follows the headline, where edits make it speak of another amount."""

Labels = Mapping[str, str]
"""The labels of inputs or outputs by their names."""


def _html_instrument_questions(answer: Answer, id: str, inputs: Labels, outputs: Labels) -> list[Safe]:
    """The instruments that ask the formula something."""
    output, by = _html_instrument_moved(answer, outputs), next(iter(inputs))
    headline = {"": HEADLINE} if answer.headline_rests_on else {}
    return [
        _html_instrument_part(
            "What matters most",
            "Each number in turn a fifth lower and a fifth higher, or across the range you typed, the others held.",
            _html_instrument_select(id, "sensitivity", "Figure", {**headline, **outputs}, "" if headline else output),
            _html_instrument_ask("Show what matters", "sensitivity"),
        ),
        _html_instrument_part(
            "Ranges",
            "Type a range such as 80k..120k, or 100k ±20%, into any field above: see where nine of ten answers lie.",
            _html_instrument_ask("Show ranges", "ranges"),
        ),
        _html_instrument_part(
            "Solve for",
            "Which value of a number brings a figure to your target?",
            _html_instrument_select(id, "solve-output", "Figure", outputs, output),
            _html_instrument_text(id, "solve-target", "Target", "1000"),
            _html_instrument_select(id, "solve-by", "By changing", inputs, by),
            _html_instrument_ask("Solve", "solve"),
        ),
        _html_instrument_part(
            "Sweep",
            "How one or two figures run while a number goes from one end to the other: from half of yours to double, "
            "unless you say otherwise.",
            _html_instrument_select(id, "sweep-over", "Number", inputs, by),
            _html_instrument_text(id, "sweep-from", "From", "", hint="half"),
            _html_instrument_text(id, "sweep-to", "To", "", hint="double"),
            _html_instrument_select(id, "sweep-first", "Figure", outputs, output),
            _html_instrument_select(id, "sweep-second", "And", {"": "nothing else", **outputs}, ""),
            _html_instrument_ask("Draw", "sweep"),
        ),
        _html_instrument_part(
            "Compare",
            "Keep the present numbers as A, change some above, and see both.",
            _html_instrument_text(id, "name-a", "Name of A", "A", "text"),
            _html_instrument_button("Keep as A", "pin"),
            _html_instrument_text(id, "name-b", "Name of B", "B", "text"),
            _html_instrument_ask("Compare with A", "compare", disabled=True),
        ),
    ]


def _html_instrument_moved(answer: Answer, outputs: Labels) -> str:
    """The figure that the instruments look at first: where no input moves that of the answer, one that some does."""
    variables = list(answer.variables.values())
    names = (name for name in (answer.scalar, *outputs) if swings(answer.formula, name, answer.reading, variables))
    return next(names, answer.scalar)


def _html_instrument_share(id: str) -> Safe:
    """The ways to show the result to others, and to carry it away."""
    return _html_instrument_part(
        "Share",
        "A report shows the answer, your numbers and what matters most, on one or two pages. "
        "Nothing that is shared holds texts that you pasted.",
        _html_instrument_button("Copy link", "link"),
        _html_instrument_button("Print report", "print"),
        _html_instrument_button("Print page", "page"),
        _html_instrument_select(id, "copy-as", "As", FORMS, "report-markdown"),
        _html_instrument_button("Copy", "copy"),
        _html_instrument_button("Save", "save"),
        _html_instrument_file(id),
    )


FORMS = {
    "report-markdown": "Report in Markdown",
    "report-html": "Report as a web page",
    "csv": "CSV for a spreadsheet",
    "json": "JSON for a program",
    "scenario": "Scenario file, to open again",
    "command": "Terminal command, for a copy of this project",
    "python": "Python, for a copy of this project",
    "svg": "Chart as SVG",
}
"""What the result can be copied or saved as."""


def _html_instrument_use(id: str, neighbors: Sequence[HtmlElsewhere]) -> Safe:
    """The choice of another calculator to carry the shared numbers to; nothing where no other asks any of them."""
    if not neighbors:
        return Safe("")
    options = [
        tag(
            "option",
            f"{neighbor.title} ({neighbor.count} shared)",
            value=neighbor.name,
            data_place=neighbor.place,
            data_names=json.dumps(dict(neighbor.names)),
            data_measured=json.dumps(dict(neighbor.measured)) if neighbor.measured else None,
        )
        for neighbor in neighbors
    ]
    choice = tag("label", tag("span", "Calculator"), tag("select", *options, id=f"{id}-use", data_role="use"))
    help = "Numbers and choices that another calculator asks for as well go with you."
    return _html_instrument_part(
        "Use these numbers in another calculator", help, choice, _html_instrument_button("Go there", "use")
    )


def _html_instrument_part(title: str, help: str, *controls: Safe) -> Safe:
    return tag(
        "section",
        tag("h3", title),
        tag("p", help, class_="explore-help"),
        tag("div", *controls, class_="explore-controls"),
        tag("div", class_="explore-found", data_found=True, aria_live="polite"),
        class_="explore-part",
    )


def _html_instrument_select(id: str, role: str, label: str, options: Labels, chosen: str) -> Safe:
    listed = [tag("option", word, value=name, selected=name == chosen) for name, word in options.items()]
    return tag("label", tag("span", label), tag("select", *listed, id=f"{id}-{html_slug(role)}", data_role=role))


def _html_instrument_text(
    id: str, role: str, label: str, text: str, mode: str = "decimal", hint: str | None = None
) -> Safe:
    place = f"{id}-{html_slug(role)}"
    control = tag("input", type="text", inputmode=mode, id=place, data_role=role, value=text, placeholder=hint)
    return tag("label", tag("span", label), control)


def _html_instrument_file(id: str) -> Safe:
    control = tag("input", type="file", accept=".json,application/json", id=f"{id}-open", data_role="open")
    return tag("label", tag("span", "Open a scenario file, or drop it anywhere on the calculator"), control)


def _html_instrument_ask(words: str, question: str, *, disabled: bool = False) -> Safe:
    return tag("button", words, type="button", data_ask=question, disabled=disabled)


def _html_instrument_button(words: str, doing: str) -> Safe:
    return tag("button", words, type="button", data_do=doing)


def html_ranges(answer: Answer, spreadings: Mapping[str, Spreading]) -> Safe:
    """Every amount across the ranges: low, likely, high, and a small distribution."""
    heads = [tag("th", "Figure", scope="col")]
    heads += [tag("th", word, scope="col", class_="number") for word in ("Low", "Likely", "High")]
    rows, drawn, still = [], [], []
    for name, spreading in spreadings.items():
        kind = answer.kinds[name]
        if spreading.least == spreading.most:
            still.append(f"{kind.label} {headline_text(kind, answer.values[name])}")
            continue
        places = interval_places(spreading.low, spreading.high, kind.unit)
        cells = [
            tag("td", headline_text(kind, number, places), class_="number", translate="no")
            for number in (spreading.low, answer.values[name], spreading.high)
        ]
        rows.append(tag("tr", tag("th", kind.label, scope="row"), *cells))
        drawn.append(
            tag("figure", tag("figcaption", kind.label), _html_instrument_distribution(answer, name, spreading, places))
        )
    meaning = "Nine runs of ten lie between low and high. Each range counts as equally likely from end to end."
    rest = tag("p", f"What does not move: {'; '.join(still)}.", class_="explore-help") if still else None
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    frame = tag("div", table, class_="table-frame", tabindex="0", role="region", aria_label="Across your ranges")
    ready = [tag("li", sentence) for sentence in answer.ready_sentences()]
    over = tag("details", tag("summary", f"{READY}: {len(ready)}"), tag("ul", *ready)) if ready else None
    figures = tag("div", *drawn, class_="spreads") if drawn else None
    return joined_html(tag("p", meaning, class_="chart-summary"), over, figures, frame, rest)


def _html_instrument_distribution(answer: Answer, name: str, spreading: Spreading, places: int) -> Safe:
    """A distribution with its low, likely and high amounts in words."""
    kind, likely = answer.kinds[name], answer.values[name]
    low, high = (
        Mark(end, f"{word} {headline_text(kind, end, places)}")
        for word, end in (("low", spreading.low), ("high", spreading.high))
    )
    middle = None if likely is None else Mark(float(likely), f"likely {headline_text(kind, likely, places)}")
    words = (
        f"{len(spreading.bins)} bars from the least to the most; the tallest holds {max(spreading.bins)} of "
        f"{sum(spreading.bins)} runs"
    )
    return svg_distribution(spreading.bins, (spreading.least, spreading.most), low, middle, high, words)
