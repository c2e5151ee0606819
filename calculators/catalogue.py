"""The catalogue: every page, terminal, program and test asks the calculators here, with a question in and text out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from decimal import localcontext
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeAlias

from calculators.discovery import Calculator, calculator_names, find_calculator
from calculators.domain.tokens import tokens_in_pieces
from calculators.engine.answering.answer import Answer
from calculators.engine.answering.counting import Count
from calculators.engine.declare import Choice, DeclaredFileReader, Files, kinds
from calculators.engine.facts import Facts
from calculators.engine.facts.loaded import LoadedFacts
from calculators.engine.inputs.numerals import Refused
from calculators.engine.inputs.suggestions import quoted
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.long_text import AnyText
from calculators.engine.numbers import EXACT
from calculators.engine.questions.question import (
    ASKS,
    Ask,
    Compare,
    Copy,
    Figures,
    Fold,
    Headline,
    Keep,
    Offers,
    Open,
    Question,
    Ranges,
    Report,
    Result,
    Sensitivity,
    Solve,
    Sweep,
    Unanswerable,
    Working,
    question_from_json,
)

__all__ = ["Catalogue", "Question", "load"]

FILE = "file"
"""The form of a copy to be downloaded: the one answer that holds text of a reader's file."""

WRITERS: Mapping[tuple[type[Ask], str], str] = {
    (Result, "json"): "json:json_result",
    (Result, "text"): "text:text_result",
    (Result, "html"): "html.result:html_result",
    (Result, "page"): "html.page:html_page_update",
    (Result, "markdown"): "export:export_markdown",
    (Result, "csv"): "csv:csv_result",
    (Result, "scenario"): "export:export_scenario",
    (Result, "command"): "export:export_command",
    (Result, "python"): "export:export_python",
    (Headline, "json"): "json:json_result",
    (Headline, "text"): "text:text_result",
    (Headline, "html"): "html.result:html_headline",
    (Headline, "page"): "html.page:html_headline_update",
    (Fold, "html"): "html.result:html_result_fold",
    (Working, "json"): "json:json_working",
    (Working, "text"): "text:text_working",
    (Working, "html"): "html.working:html_workings",
    (Figures, "json"): "figures:json_figures",
    (Ranges, "json"): "json:json_ranges",
    (Ranges, "text"): "text:text_ranges",
    (Ranges, "html"): "html.instruments:html_ranges",
    (Report, "markdown"): "report.markdown:report_as_markdown",
    (Report, "html"): "report.page:report_as_html",
    **{
        (ask, form): f"findings.report:finding_{form}"
        for ask in (Sensitivity, Solve, Sweep, Compare, Copy)
        for form in ("json", "text", "html")
    },
    (Copy, FILE): "findings.copied:copied_file_pieces",
    (Offers, "json"): "offers:json_offers",
    (Keep, "json"): "case:kept_case_file_text",
    (Open, "json"): "case:opened_case_file_json",
}
"""Who writes what is asked in which form: a function of a view, imported when it is first wanted."""

FINDERS: Mapping[type[Ask], str] = {
    Working: "engine.questions.asked_names:asked_outputs",
    Figures: "views.figures:written_asked_figures",
    Ranges: "engine.questions.asked_names:asked_ranges",
    Sensitivity: "views.findings.sensitivity:sensitivity_finding",
    Solve: "views.findings.solution:solution_finding",
    Sweep: "views.findings.sweep_course:sweep_finding",
    Copy: "views.findings.copied:copied_finding",
}
"""What finds the content that a writer writes beside the answer itself, a function below `calculators`."""

CASE_CALCULATOR = "prompting/cost"
"""The calculator whose questions come first in a reader's case: files are measured for it."""

CASE_QUESTIONS = (
    "requests",
    "instructions",
    "examples",
    "context",
    "user_text",
    "answer",
    "reasoning",
    "turns",
    "found_cached",
    "active_hours",
    "repeated",
    "model",
    "counted_with",
    "tier",
)
"""Those of its questions that can be measured: they describe a workload of requests."""

FIRST_OF_CASE = "choosing/case"
"""The calculator that answers a case; its page saves and opens one as a file."""

FORMS = tuple(dict.fromkeys(form for _, form in WRITERS))


def load(facts: str | LoadedFacts, count_tokens: Count | None = None) -> Catalogue:
    """All calculators over one set of facts, as JSON or parsed.

    `count_tokens(text, encoding)` counts where a calculator needs it.
    """
    # A function of JavaScript cannot be the key under which a count is kept; the function around it can.
    return Catalogue(Facts(facts, tokens_in_pieces(count_tokens) if count_tokens else None))


class Catalogue:
    """Every calculator, ready to be asked."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._last: tuple[object, Answer] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all calculators."""
        return calculator_names()

    def answer_json(self, text: str, files: Mapping[str, AnyText] | None = None) -> str:
        """The answer to a question in JSON, as a Worker or another program asks it."""
        return self.answer(question_from_json(text, files))

    def file_pieces_json(self, text: str, files: Mapping[str, AnyText] | None = None) -> Iterator[bytes]:
        """A file that a question in JSON asks for, as a Worker does."""
        return self.file_pieces(question_from_json(text, files))

    def file_pieces(self, question: Question) -> Iterator[bytes]:
        """A file that a calculator makes of the reader's own, in pieces: as a text it would take more memory.

        Raises:
            UnknownCalculator: no calculator has that name.
            Unanswerable: no file is asked for, or one that is not made.
            Refused: an input cannot be understood.
        """
        writer = _catalogue_writer(dataclasses.replace(question, form=FILE))
        with localcontext(EXACT):
            answer = self._computed(find_calculator(question.calculator), question)
            answer.reading.need()
            return writer(answer, question.ask)  # type: ignore[return-value]  # this writer alone gives pieces

    def answer(self, question: Question) -> str:
        """One answer as text.

        The form `page` is what an edit changes on a page, problems included; its folds are empty but for those named.
        `part` is the same as `html`, or what is wrong. The forms of `export` hold a result alone.

        Raises:
            UnknownCalculator: no calculator has that name.
            Unanswerable: the form is unknown, or what is asked is not written in it.
            Refused: an input cannot be understood.
        """
        if question.form == "part":
            return self._part(question)
        if question.form == FILE:
            return b"".join(self.file_pieces(question)).decode()
        writer = _catalogue_writer(question)
        if isinstance(question.ask, Keep | Open):
            return writer(question, self.inputs, self.all_case_names, self.facts)
        calculator = find_calculator(question.calculator)
        with localcontext(EXACT):
            answer = self._computed(calculator, question)
            if isinstance(question.ask, Result | Headline) and question.form == "page":
                return writer(answer, question.ask.folds)
            if isinstance(question.ask, Offers):
                return writer(answer, question.ask.by)
            answer.reading.need()
            if isinstance(question.ask, Fold):
                return writer(answer, question.ask.name)
            if isinstance(question.ask, Compare):
                return writer(answer, self._comparison(calculator, answer, question.ask))
            if isinstance(question.ask, Report):
                return writer(
                    _catalogue_view("report.content:report_content")(answer, question.ask, calculator.not_counted)
                )
            if type(question.ask) in FINDERS:
                return writer(answer, _catalogue_imported(FINDERS[type(question.ask)])(answer, question.ask))
            return writer(answer)

    def _computed(self, calculator: Calculator, question: Question) -> Answer:
        given = {**question.given, **question.files}
        return self.compute(calculator, given, question.measured)  # type: ignore[arg-type]  # a file may be long

    def _part(self, question: Question) -> str:
        """A part of a page: the HTML, or a paragraph that says what is wrong."""
        html = dataclasses.replace(question, form="html")
        try:
            return self.answer(html)
        except Refused as refused:
            return str(_catalogue_view("html.page:html_page_refusal")(refused.problems.values()))

    def _comparison(self, calculator: Calculator, answer: Answer, ask: Compare) -> object:
        """The answer beside that of another scenario."""
        second = self.compute(calculator, ask.given)
        second.reading.need()
        return _catalogue_view("findings.comparison:comparison_finding")(answer, second, ask.names)

    def file_reader(
        self, name: str, question: str, given: Mapping[str, str] = MappingProxyType({})
    ) -> DeclaredFileReader:
        """What sums up the files that a question of a calculator asks for, as what is typed beside says.

        Raises:
            UnknownCalculator: no calculator has that name.
            Unanswerable: the question asks for no files, or for a file that is taken whole.
        """
        self._last = None  # which may hold another file
        return self._files(name, question).open_reader(self.facts, *self._read_by(name, question, given))

    def file_reader_json(self, text: str, question: str) -> DeclaredFileReader:
        """The same for a question in JSON, as a Worker asks it."""
        asked = question_from_json(text)
        return self.file_reader(asked.calculator, question, asked.given)

    def read_by_json(self, text: str, question: str) -> str:
        """The answers that decide how files are read: while they stay the same, a Worker reads nothing anew."""
        asked = question_from_json(text)
        return " ".join(self._read_by(asked.calculator, question, asked.given))

    def _read_by(self, name: str, question: str, given: Mapping[str, str]) -> list[str]:
        """The words that answer the choices by which files are read; a word that is none gets its message elsewhere."""
        questions = kinds(find_calculator(name).inputs)
        choices = [(by, questions[by]) for by in self._files(name, question).read_by]
        return [given.get(by, kind.default) for by, kind in choices if isinstance(kind, Choice)]

    def _files(self, name: str, question: str) -> Files:
        kind = kinds(find_calculator(name).inputs).get(question)
        if not isinstance(kind, Files):
            raise Unanswerable(f"{quoted(question)} asks for no files that are summed up")
        return kind

    def panel(
        self,
        name: str,
        given: Mapping[str, str],
        id: str,
        show: str,
        situation: str = "",
        places: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """A calculator's form and result for a page that is being built; `situation` is named in the title.

        `places` are the addresses of the pages of the other calculators, to which shared numbers can be carried.
        """
        from calculators.engine.inputs.shared_questions import measured_question_paths, shared_question_paths
        from calculators.views.html.instruments import HtmlElsewhere
        from calculators.views.html.page import html_panel

        calculator = find_calculator(name)
        neighbors = [(find_calculator(neighbor), address) for neighbor, address in places.items() if neighbor != name]
        links = [
            link
            for neighbor, address in neighbors
            if (
                link := HtmlElsewhere(
                    neighbor.name,
                    neighbor.title,
                    address,
                    shared_question_paths(calculator.inputs, neighbor.inputs),
                    measured_question_paths(calculator.outputs, neighbor.inputs),
                )
            ).count
        ]
        with localcontext(EXACT):
            answer = self.compute(calculator, given)
            answer.reading.need()
            return html_panel(
                *(answer, id, show, calculator.examples, situation, links, self.case_names(name)),
                keeps_case=name == FIRST_OF_CASE,
                followers=self.case_followers(name),
            )

    def case_names(self, name: str) -> dict[str, str]:
        """The paths of a calculator's questions that others ask too, each with its name in the reader's case.

        Only a calculator that asks for requests asks about their workload: in one that does not, such as that of an
        agent's tasks, the same words mean other things.
        """
        return self.all_case_names[name]

    def case_followers(self, name: str) -> dict[str, str]:
        """The paths of a calculator's further plans that take what the case answers the first, each with its name."""
        from calculators.engine.inputs.shared_questions import case_follower_names

        followers = case_follower_names(self._case_inputs)[name]
        known = self.case_names(name).values()
        return {path: followed for path, followed in followers.items() if followed in known}

    @property
    def _case_inputs(self) -> tuple[tuple[str, type], ...]:
        """The calculators with their `Inputs`, the case itself first."""
        return tuple(sorted(self.inputs.items(), key=lambda entry: (entry[0] != CASE_CALCULATOR, entry[0])))

    @property
    def inputs(self) -> Mapping[str, type]:
        """The `Inputs` of every calculator."""
        return {name: find_calculator(name).inputs for name in self.names}

    @property
    def all_case_names(self) -> dict[str, dict[str, str]]:
        """The same names for every calculator, found in one pass."""
        from calculators.engine.inputs.shared_questions import case_question_names

        return {name: _catalogue_names_in_case(names) for name, names in case_question_names(self._case_inputs).items()}

    def compute(
        self, calculator: Calculator, given: Mapping[str, str], measured: Mapping[str, str] = MappingProxyType({})
    ) -> Answer:
        """The answer as an object, for the views; asked again at once, it keeps what was computed of it."""
        question = (calculator.name, dict(given), dict(measured))
        if self._last is None or self._last[0] != question:
            reading = understand_inputs(calculator.inputs, given, self.facts, measured)
            answer = Answer(
                calculator.name,
                calculator.title,
                calculator.headline,
                calculator.formula,
                calculator.outputs,
                calculator.chart,
                reading,
                calculator.examples,
            )
            self._last = (question, answer)
        return self._last[1]


def _catalogue_names_in_case(names: Mapping[str, str]) -> dict[str, str]:
    """The names of a calculator's questions, without those of a workload where it asks for no requests."""
    is_workload = CASE_QUESTIONS[0] in names.values()
    return {path: known for path, known in names.items() if is_workload or known not in CASE_QUESTIONS}


def _catalogue_writer(question: Question) -> Callable[..., str]:
    """What writes the answer to a question."""
    ask, form = type(question.ask), question.form
    if form not in FORMS:
        raise Unanswerable(f"there is no form {quoted(form)}: ask for {', '.join(FORMS)}")
    if (ask, form) not in WRITERS:
        verb = next(verb for verb, kind in ASKS.items() if kind is ask)
        if form == "page":
            raise Unanswerable(f"a page shows a result or a headline, not {verb}: ask for it as json or text")
        if ask is Fold:
            raise Unanswerable(f"only a page has folds: there are none in {form}")
        if form == FILE:
            raise Unanswerable(f"a file is a copy that is asked for by its name, not {verb}")
        raise Unanswerable(f"only a result is written as {form}, not {verb}")
    return _catalogue_view(WRITERS[ask, form])


View: TypeAlias = Callable[..., Any]  # the writers give text, the finders what a writer takes


def _catalogue_view(path: str) -> View:
    """A function of a view by its path below `calculators.views`."""
    return _catalogue_imported(f"views.{path}")


def _catalogue_imported(path: str) -> View:
    """A function by its path below `calculators`."""
    module, _, name = path.partition(":")
    function: View = getattr(import_module(f"calculators.{module}"), name)
    return function
