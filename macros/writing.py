"""What the macros write: each method is one macro, with an author's words in and Markdown or HTML out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from calculators.answer import Catalogue
from calculators.engine.declare import Amount, Interval, Verdict, kinds
from calculators.engine.inputs import record_types
from calculators.engine.numbers import EXACT
from calculators.engine.suggest import nearest
from calculators.engine.units import unit
from calculators.engine.words import quantity
from calculators.find import find
from calculators.views.answer import Answer, headline_text
from calculators.views.html import Safe, joined, tag
from macros import change_log, diagrams, indexes, ladders, price_changes, records_table
from macros.catalogue import ROOT
from macros.notices import notices_markdown

SHOWS = ("full", "headline")


class Writer:
    """Writes pieces of pages from one catalogue of calculators and its facts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._facts = catalogue.facts
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    @property
    def as_of(self) -> str:
        """The day of the facts."""
        return self._facts.as_of

    def calculator(
        self, name: str, id: str, example: str, show: str, given: Mapping[str, Any], places: Mapping[str, str]
    ) -> str:
        """A calculator's whole panel as one line of HTML, which Markdown leaves alone."""
        if show not in SHOWS:
            raise ValueError(f"show={show!r} is unknown{nearest(show, SHOWS)}; write show='full' or show='headline'")
        return self._catalogue.panel(name, self._given(name, example, given), id, show, example, places)

    def figure(self, name: str, output: str, example: str = "", **given: Any) -> str:
        """One result in a sentence: `{{ figure("prompting/cost", "per_month", requests="20k") }}`."""
        calculator = find(name)
        described = kinds(calculator.outputs)
        if output not in described:
            raise ValueError(f"{name} has no output {output!r}{nearest(output, described)}")
        with localcontext(EXACT):
            answer = self._answer(name, self._given(name, example, given))
            kind, value = described[output], answer.values[output]
            text = (
                headline_text(kind, value)
                if isinstance(kind, Amount | Interval | Verdict) or hasattr(kind, "options")
                else str(value)
            )
        return tag("span", text, class_="figure-value", translate="no")

    def _answer(self, name: str, given: Mapping[str, str]) -> Answer:
        """The answer to a question, kept: sentences ask the same question for one figure after the other."""
        key = (name, tuple(sorted(given.items())))
        if key not in self._answers:
            answer = self._catalogue.reply(find(name), given)
            answer.reading.need()
            self._answers[key] = answer
        return self._answers[key]

    def explored(self, name: str, ask: str, example: str = "", **given: Any) -> str:
        """What an instrument of "Explore" finds: `{{ explored("prompting/cost", "sensitivity per_month") }}`."""
        found = self._catalogue.answer(name, json.dumps(self._given(name, example, given)), "html", ask)
        return tag("div", Safe(found), class_="found", data_search_exclude=True)

    def given(self, name: str, input: str, example: str = "", **given: Any) -> str:
        """One input in a sentence, as the calculator reads it: `{{ given("evaluating/plan", "baseline") }}`."""
        with localcontext(EXACT):
            answer = self._answer(name, self._given(name, example, given))
            inputs = {key: (kind, it) for key, kind, it in answer.inputs()}
            if input not in inputs:
                raise ValueError(f"{name} has no input {input!r}{nearest(input, inputs)}")
            kind, it = inputs[input]
            value = it.value
            text = quantity(value, kind.unit) if isinstance(value, Decimal) else str(value)
            text = text.partition(" per ")[0] if text.startswith("$") else text
        shown = tag("span", text, class_="figure-value", translate="no")
        fact = self._facts.fact(it.origin.fact, answer.reading.on) if it.origin.fact else None
        return joined(shown, records_table.own(fact)) if fact else shown

    def sources(self) -> str:
        """Every source, with its days, what was taken from it and the pages that cite it."""
        return indexes.sources(self._facts)

    def sureness(self) -> str:
        """How many figures of the data are how sure."""
        return indexes.sureness(self._facts)

    def assumptions(self) -> str:
        """Every guess of ours with its value and its reason."""
        return indexes.assumptions(self._facts)

    def fact(self, name: str, on: str = "") -> str:
        """A price or another fact in a sentence, with its source behind it: `{{ fact("prices:…#input") }}`."""
        found = self._facts.fact(name, on)
        text = quantity(Decimal(found.value), unit(found.unit)) if found.unit not in ("date", "text") else found.value
        source = self._facts.sources.get(found.source)
        days = f"since {found.since}, checked {found.checked}"
        if source is None:
            about = f"{days}. {found.because}"
            value = tag(
                "span", text, class_="figure-value", title=about, data_checked=found.checked, translate="no"
            )  # fmt: skip
            return joined(value, records_table.own(found))
        title = f"{source.publisher}, {source.title}; {days}"
        return tag(
            "a", text, class_="figure-value", href=source.url, title=title, data_checked=found.checked,
            rel="noopener noreferrer", translate="no",
        )  # fmt: skip

    def cite(self, source: str) -> str:
        """A source as a link with its publisher and day."""
        sources = self._facts.sources
        if source not in sources:
            raise ValueError(f"there is no source {source!r}{nearest(source, sources)}")
        it = sources[source]
        link = tag("a", f"{it.publisher}, {it.title}", href=it.url, rel="noopener noreferrer")
        return tag(
            "cite",
            link,
            f", {'published ' + it.published + ', ' if it.published else ''}read {it.accessed}",
            class_="cite",
        )

    def table(self, collection: str, *figures: str, group: str = "", history: bool = False) -> str:
        """The records of a collection with the named figures, with its day and source; `group` picks one seller.

        With `history`, a small chart below each name shows how its prices went and where they go.
        """
        return records_table.table(self._facts, collection, figures, group, history)

    def announced(self) -> str:
        """A table of all changes that are announced and have not begun."""
        return price_changes.announced(self._facts)

    def price_log(self) -> str:
        """Every change of a price, day by day, with its reason and the figures on the pages that it moves."""
        return change_log.log(self._catalogue, ROOT / "docs", Writer)

    def ladder(self, decision: str) -> str:
        """The ladder of a decision as a picture with all its rules: `{{ ladder("approach") }}`."""
        return ladders.ladder(self._facts, decision)

    def diagram(self, name: str, caption: str = "", example: str = "", **given: Any) -> str:
        """A diagram with a caption: `{{ diagram("levers") }}`; "costs" is computed, for an example or given inputs."""
        inputs = self._given(diagrams.PLANS, example, given) if name == diagrams.COMPUTED else {}
        return diagrams.diagram(self._catalogue, name, caption, inputs)

    def calculators(self) -> str:
        """A reference of every calculator: its inputs with unit, bounds and default, its outputs with unit."""
        return "\n\n".join(self._reference(name) for name in self._catalogue.names)

    def _reference(self, name: str) -> str:
        calculator = find(name)
        inputs = [
            tag("tr", tag("th", tag("code", key), scope="row"), tag("td", kind.label), tag("td", _asked(kind)))
            for key, kind in kinds(calculator.inputs).items()
            if key not in record_types(calculator.inputs) or hasattr(kind, "default")
        ]
        outputs = [
            tag(
                "tr",
                tag("th", tag("code", key), scope="row"),
                tag("td", kind.label),
                tag("td", kind.unit.text if hasattr(kind, "unit") else type(kind).__name__.lower()),
            )
            for key, kind in kinds(calculator.outputs).items()
        ]
        frame = [
            tag(
                "div",
                tag(
                    "table", tag("thead", tag("tr", *(tag("th", it, scope="col") for it in heads))), tag("tbody", *rows)
                ),
                class_="table-frame",
                tabindex="0",
                role="region",
                aria_label=f"{name}: {heads[0]}s",
            )
            for heads, rows in ((("Input", "Question", "Bounds"), inputs), (("Output", "Answer", "Unit"), outputs))
        ]
        return f"## {name}\n\n{calculator.title}.\n\n" + "\n\n".join(frame)

    def notices(self) -> str:
        """The third-party notices of what the site ships."""
        return notices_markdown(ROOT)

    def _given(self, name: str, example: str, given: Mapping[str, Any]) -> dict[str, str]:
        """An example's inputs with the author's own over them, as typed texts."""
        typed = {key.replace("__", "."): str(value) for key, value in given.items()}
        if not example:
            return typed
        examples = {it.name: it for it in find(name).examples}
        if example not in examples:
            raise ValueError(f"{name} has no example {example!r}{nearest(example, examples)}")
        return {**examples[example].given, **typed}


def _asked(kind: Any) -> str:
    if hasattr(kind, "low"):
        return f"{quantity(kind.low, kind.unit)} to {quantity(kind.high, kind.unit)}"
    if hasattr(kind, "options"):
        return ", ".join(kind.options)
    return {"YesNo": "yes or no", "Day": "a day, like 2026-11-21"}.get(type(kind).__name__, "one of the list")
