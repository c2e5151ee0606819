"""What the macros write: each method is one macro, with an author's words in and Markdown or HTML out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext

from calculators.catalogue import Catalogue
from calculators.discovery import find_calculator
from calculators.engine.answering.answer import Answer
from calculators.engine.declare import (
    Choice,
    Day,
    File,
    Files,
    InputKind,
    Kind,
    Lines,
    NumberInput,
    OutputValue,
    Several,
    Text,
    YesNo,
    declared_record_types,
    kinds,
)
from calculators.engine.inputs.renames import inputs_typed_over
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.numbers import EXACT
from calculators.engine.numbers.rounding import unrounded_fact, unrounded_quantity
from calculators.engine.numbers.units import unit_from_text
from calculators.engine.questions.question import Question, ask_from_json
from calculators.views.figures import written_exact_figure, written_figure_at, written_rough_figure
from calculators.views.html.page import html_grouped_case_names
from calculators.views.html.tags import Safe, joined_html, tag
from calculators.views.json import compact_json
from macros.cache.answers import CachedAnswers
from macros.pages.example_figure import example_figure
from macros.pages.lists import data_terms, indexes, media, record_tables, statements, tuners, usage
from macros.pages.lists.notices import notices_markdown
from macros.pages.pictures import diagrams, ladders
from macros.pages.prices import changes as price_changes
from macros.pages.prices import log as change_log
from macros.project import ROOT

SHOWS = ("full", "headline", "figure")
_PLACES = re.compile(r"\{(~?)([\w.-]+)\}", re.ASCII)
"""Where a sentence for the reader has a figure: an output in braces, with a tilde where it is to two digits."""


class MacroWriter:
    """Writes pieces of pages from one catalogue of calculators and its facts."""

    def __init__(self, catalogue: Catalogue, answers: CachedAnswers | None = None) -> None:
        self._catalogue = catalogue
        self._cached = answers or CachedAnswers()
        self._facts = catalogue.facts
        self._answers: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}

    @property
    def as_of(self) -> str:
        """The day of the facts."""
        return self._facts.as_of

    def calculator(
        self, name: str, id: str, example: str, show: str, given: Mapping[str, object], places: Mapping[str, str]
    ) -> str:
        """A calculator's panel, or an answer of it as a figure, as one line of HTML, which Markdown leaves alone."""
        if show not in SHOWS:
            known = " or ".join(f"show={word!r}" for word in SHOWS)
            raise ValueError(f"show={show!r} is unknown{suggest_nearest(show, SHOWS)}; write {known}")
        if show == "figure":
            if name not in places:
                raise ValueError(f"no page shows {name} whole, to which a figure could lead: write show='headline'")
            with localcontext(EXACT):
                answer = self._answer(name, self._given(name, example, given))
                return example_figure(answer, id, example, places[name], self._given(name, "", given))
        return self._catalogue.panel(name, self._given(name, example, given), id, show, example, places)

    def figure(self, name: str, output: str, example: str = "", **given: object) -> str:
        """One result in a sentence: `{{ figure("prompting/cost", "per_month", requests="20k") }}`."""
        text = written_exact_figure(*self._output(name, output, example, given))
        return tag("span", text, class_="figure-value", translate="no")

    def roughly(self, name: str, output: str, example: str = "", **given: object) -> str:
        """A result that hangs on settings, to two digits: `{{ roughly("choosing/break_even", "other_span") }}`.

        An interval is written from end to end. Of a verdict in words, the numbers are left, for a cell of a table.
        """
        text = written_rough_figure(*self._output(name, output, example, given))
        if not text:
            raise ValueError(f"{output!r} is neither a number nor a verdict: write figure(…)")
        return tag("span", text, class_="figure-value", translate="no")

    def yours(self, name: str, words: str, caller: Callable[[], str], example: str = "", **given: object) -> str:
        """Sentences for a reader who has a case; what is written in between is the published example.

        `{% call yours("rag/cost", "It costs you {per_month} a month.") %}It costs …{% endcall %}`. `{~per_month}` is a
        figure to two digits. The given inputs are taken where the reader's case holds no answer.
        """
        base = self._given(name, example, given)
        for tilde, path in _PLACES.findall(words):
            with localcontext(EXACT):
                _, rough = written_figure_at(self._answer(name, base), path)
            if tilde and not rough:
                raise ValueError(f"{path!r} is neither a number nor a verdict: write it without ~")
        return tag(
            "span",
            tag("span", Safe(caller()), class_="yours-published"),
            class_="yours",
            data_yours=words,
            data_calculator=name,
            data_given=compact_json(base) if base else None,
            data_case=html_grouped_case_names(self._catalogue.case_names(name)),
        )

    def _output(self, name: str, output: str, example: str, given: Mapping[str, object]) -> tuple[Kind, OutputValue]:
        """An output of a calculator with its kind."""
        described = kinds(find_calculator(name).outputs)
        if output not in described:
            raise ValueError(f"{name} has no output {output!r}{suggest_nearest(output, described)}")
        with localcontext(EXACT):
            return described[output], self._answer(name, self._given(name, example, given)).values[output]

    def _answer(self, name: str, given: Mapping[str, str]) -> Answer:
        """The answer to a question, kept: sentences ask the same question for one figure after the other."""
        key = (name, tuple(sorted(given.items())))
        if key not in self._answers:
            answer = self._catalogue.compute(find_calculator(name), given)
            answer.reading.need()
            self._answers[key] = answer
        return self._answers[key]

    def explored(self, name: str, ask: str | dict[str, object], example: str = "", **given: object) -> str:
        """What an instrument of "Explore" finds: `{{ explored("prompting/cost", "ranges", requests="40k..60k") }}`."""
        question = Question(name, self._given(name, example, given), ask=ask_from_json(ask), form="html")
        answer = self._catalogue.answer(question)
        return tag("div", Safe(answer), class_="found", data_search_exclude=True)

    def given(self, name: str, input: str, example: str = "", **given: object) -> str:
        """One input in a sentence, as the calculator reads it: `{{ given("evaluating/plan", "baseline") }}`."""
        with localcontext(EXACT):
            answer = self._answer(name, self._given(name, example, given))
            inputs = {key: (kind, understood) for key, kind, understood in answer.inputs()}
            if input not in inputs:
                raise ValueError(f"{name} has no input {input!r}{suggest_nearest(input, inputs)}")
            kind, understood = inputs[input]
            typed = understood.value
            text = unrounded_quantity(typed, kind.unit) if isinstance(typed, Decimal) else str(typed)
            text = text.partition(" per ")[0] if text.startswith("$") else text
        shown = tag("span", text, class_="figure-value", translate="no")
        origin = understood.origin
        is_fact = origin.kind == "fact" and origin.fact
        fact = self._facts.fact(origin.fact, answer.reading.on) if is_fact else None
        return joined_html(shown, record_tables.record_table_mark(fact)) if fact else shown

    def sources(self, *, behind_numbers: bool) -> str:
        """The sources behind numbers, or all others, with days, what comes from them and the pages that cite them."""
        return indexes.source_index(self._facts, behind_numbers=behind_numbers)

    def sureness(self) -> str:
        """How many figures of the data are how sure."""
        return indexes.sureness_index(self._facts)

    def assumptions(self) -> str:
        """Every guess of ours with its value and its reason."""
        return indexes.assumption_index(self._facts)

    def fact(self, name: str, on: str = "") -> str:
        """A price or another fact in a sentence, with its source behind it: `{{ fact("prices:…#input") }}`."""
        fact = self._facts.fact(name, on)
        text = (
            unrounded_fact(Decimal(fact.value), unit_from_text(fact.unit))
            if fact.unit not in ("date", "text")
            else fact.value
        )
        source = self._facts.sources.get(fact.source)
        days = f"since {fact.since}, checked {fact.checked}"
        look = "figure-value is-day" if fact.unit == "date" else "figure-value"
        if source is None:
            about = f"{days}. {fact.because}"
            shown = tag("span", text, class_=look, title=about, data_checked=fact.checked, translate="no")
            return joined_html(shown, record_tables.record_table_mark(fact))
        title = f"{source.publisher}, {source.title}; {days}"
        details = {"title": title, "data_checked": fact.checked, "rel": "noopener noreferrer", "translate": "no"}
        return tag("a", text, class_=look, href=source.url, **details)

    def cite(self, source: str) -> str:
        """A source as a link with its publisher and day."""
        sources = self._facts.sources
        if source not in sources:
            raise ValueError(f"there is no source {source!r}{suggest_nearest(source, sources)}")
        cited = sources[source]
        link = tag("a", f"{cited.publisher}, {cited.title}", href=cited.url, rel="noopener noreferrer")
        return tag("cite", link, statements.statement_source_days(cited), class_="cite")

    def table(self, collection: str, *figures: str, group: str = "", history: bool = False) -> str:
        """The records of a collection with the named figures, with its day and source; `group` picks one seller.

        With `history`, a small chart below each name shows how its prices went and where they go.
        """
        return record_tables.record_table(self._facts, collection, figures, group, history)

    def usage_formats(self) -> str:
        """The formats of logs that are read: `{{ usage_formats() }}`."""
        return usage.usage_format_list()

    def tuners(self, state: str, *columns: str) -> str:
        """Who tunes models, with the named columns: `{{ tuners("open", "bases", "methods") }}`; "" is any state."""
        return tuners.tuner_table(self._facts, state, columns)

    def data_terms(self, *columns: str) -> str:
        """What providers do with your texts, with the named columns: `{{ data_terms("kept", "trained") }}`."""
        return data_terms.data_terms_table(self._facts, columns)

    def images(self) -> str:
        """Tokens of an image by its size, and what a thousand cost: `{{ images() }}`."""
        return media.media_image_table(self._facts)

    def sound(self) -> str:
        """What an hour of sound costs: `{{ sound() }}`."""
        return media.media_sound_table()

    def announced(self) -> str:
        """A table of all changes that are announced and have not begun."""
        return price_changes.announced_price_changes(self._facts)

    def price_log(self) -> str:
        """Every change of a price, day by day, with its reason and the figures on the pages that it moves."""
        return change_log.price_change_log(self._catalogue, ROOT / "docs", MacroWriter, self._cached)

    def ladder(self, decision: str) -> str:
        """The ladder of a decision as a picture with all its rules: `{{ ladder("approach") }}`."""
        return ladders.ladder_picture(self._facts, decision)

    def diagram(self, name: str, caption: str = "", example: str = "", **given: object) -> str:
        """A diagram with a caption: `{{ diagram("levers") }}`; "costs" and "cost-layers" are computed, with inputs."""
        if name not in diagrams.COMPUTED:
            return diagrams.diagram(self._catalogue, name, caption, {})
        inputs = self._given(diagrams.PLANS, example, given)
        question = (diagrams.__name__, name, caption, inputs)
        return self._cached.text(question, lambda: diagrams.diagram(self._catalogue, name, caption, inputs))

    def calculators(self, *topics: str) -> str:
        """A reference of all calculators, or those of some topics: inputs with unit and bounds, outputs with unit."""
        names = [name for name in self._catalogue.names if not topics or name.partition("/")[0] in topics]
        return "\n\n".join(self._reference(name) for name in names)

    def _reference(self, name: str) -> str:
        calculator = find_calculator(name)
        inputs = [
            tag(
                "tr",
                tag("th", tag("code", key), scope="row"),
                tag("td", kind.label),
                tag("td", _page_writer_bounds(kind)),
            )
            for key, kind in kinds(calculator.inputs).items()
            if key not in declared_record_types(calculator.inputs) or hasattr(kind, "default")
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
                    "table",
                    tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
                    tag("tbody", *rows),
                ),
                class_="table-frame",
                tabindex="0",
                role="region",
                aria_label=f"{name}: {heads[0]}s",
            )
            for heads, rows in ((("Input", "Question", "Bounds"), inputs), (("Output", "Answer", "Unit"), outputs))
        ]
        end = "" if calculator.title.endswith("?") else "."
        return f"## {name}\n\n{calculator.title}{end}\n\n" + "\n\n".join(frame)

    def notices(self) -> str:
        """The third-party notices of what the site ships."""
        return notices_markdown(ROOT)

    def _given(self, name: str, example: str, given: Mapping[str, object]) -> dict[str, str]:
        """An example's inputs with the author's own over them, as typed texts."""
        typed = {key.replace("__", "."): str(value) for key, value in given.items()}
        if not example:
            return typed
        examples = {each.name: each for each in find_calculator(name).examples}
        if example not in examples:
            raise ValueError(f"{name} has no example {example!r}{suggest_nearest(example, examples)}")
        return inputs_typed_over(find_calculator(name).inputs, examples[example].given, typed)


def _page_writer_bounds(kind: InputKind) -> str:
    match kind:
        case NumberInput():
            return f"{unrounded_quantity(kind.low, kind.unit)} to {unrounded_quantity(kind.high, kind.unit)}"
        case Choice():
            return ", ".join(word for word in kind.options if word)
        case YesNo():
            return "yes or no"
        case Day():
            return "a day, like 2026-11-21"
        case Text():
            return f"text of at most {kind.longest:,} characters"
        case Files() if not kind.is_whole:
            return "files of any size"
        case File():
            return f"a file of at most {kind.longest:,} characters"
        case Lines():
            return f"up to {kind.most} lines"
        case Several():
            return "any number of the list"
    return "one of the list"
