"""An answer ready to be written: the calculator, what was understood, and the values of its outputs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial

from calculators.engine.answering.figures.typed_figures import (
    idle_typed_figure_sentences,
    scaled_typed_figure_sentences,
)
from calculators.engine.answering.headline import (
    headline_ends_in_words,
    headline_figures_in_words,
    headline_text,
    kinds_named_in_headline,
    named_in_headline,
)
from calculators.engine.answering.runs import exact_run_inputs, traced_run_inputs
from calculators.engine.answering.working import Working, answer_terms, answer_workings
from calculators.engine.declare import (
    Amount,
    Chart,
    Example,
    Figure,
    Findings,
    Formula,
    Kind,
    Lines,
    NumberInput,
    OutputValue,
    Pick,
    Rows,
    Table,
    Verdict,
    kinds,
    output_value,
)
from calculators.engine.facts import Fact, Facts, Source
from calculators.engine.inputs.compound_controls import input_line_cells
from calculators.engine.inputs.controls import read_control
from calculators.engine.inputs.numerals import Spread
from calculators.engine.inputs.questions import is_input_asked, is_number_input_asked, typed_input_ranges
from calculators.engine.inputs.reading import OWN_NAME, OWN_NAME_QUESTION, InputReading, Setting, Value
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.notes import Note, note
from calculators.engine.numbers.rounding import rounded_amount, unrounded_quantity
from calculators.engine.numbers.traced import Node
from calculators.engine.questions.variables import Asked
from calculators.engine.records import OWN_RECORD

READY = "You typed no range, so the numbers vary that are guesses or that sellers ask differently"
"""The words above the ranges that came ready, before their number."""

LIKELY = ", at the likely numbers of your ranges"
"""What is said of a verdict whose inputs were typed as ranges: it is that of one number of each."""


class Values(dict[str, OutputValue]):
    """A calculator's outputs by name; one that was left for later is made when it is first asked for.

    `made` are those that no formula gives, each with what makes it.
    """

    def __init__(self, outputs: object, made: Mapping[str, Callable[[], OutputValue]]) -> None:
        super().__init__()
        self._outputs, self._made = outputs, made

    def __missing__(self, name: str) -> OutputValue:
        self[name] = self._made[name]() if name in self._made else output_value(getattr(self._outputs, name))
        return self[name]


def setting_values(reading: InputReading) -> dict[str, Value]:
    """What all inputs of a reading come to."""
    return {name: setting.value for name, setting in reading.settings.items()}


@dataclass(frozen=True)
class Answer:
    """One question answered; whatever a view needs is asked of it here."""

    name: str
    title: str
    headline: str
    formula: Formula
    outputs: type
    chart: Chart | None
    reading: InputReading
    examples: Sequence[Example] = ()

    @property
    def facts(self) -> Facts:
        """The facts that the answer was computed with."""
        return self.reading.facts

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of the outputs by name; labels have the names of what the headline knows by name."""
        return kinds_named_in_headline(kinds(self.outputs), self.names) if self.names else kinds(self.outputs)

    @property
    def names(self) -> Mapping[str, str]:
        """The names of what labels and notes can only call `the first plan` and the like."""
        names: Mapping[str, str] = getattr(self.values[self.headline], "names", {})
        return names

    @cached_property
    def values(self) -> Values:
        """Every output of the exact run, unrounded."""
        declared = kinds(self.outputs)
        turning = {name: kind.turning for name, kind in declared.items() if isinstance(kind, Rows) and kind.turning}
        outputs = self.formula(exact_run_inputs(self.reading))
        made = {name: partial(self.turning_table, amount) for name, amount in turning.items()}
        for name, kind in declared.items():
            if isinstance(kind, Rows) and kind.answers:
                made[name] = partial(self._marked_table, kind, getattr(outputs, name))
        return Values(outputs, made)

    def _marked_table(self, kind: Rows, output: Table) -> Table:
        """The table with `assumed` before each of the reader's answers that follows from an input nobody gave."""
        table, settings = output_value(output), self.reading.settings
        column = [column.name for column in kind.columns].index(kind.answers)
        rows = []
        for row, paths in zip(table.rows, table.rests_on, strict=True):
            given = all(settings[path].origin.kind == "typed" for path in paths)
            mark = row[column] if given else f"assumed: {row[column]}"
            rows.append((*row[:column], mark, *row[column + 1 :]))
        return replace(table, rows=tuple(rows))

    def turning_table(self, amount: str) -> Table:
        """The numbers asked for by the calculator itself that turn the sign of an amount, with the values at which."""
        from calculators.engine.answering.turning import turning_points

        asked = [variable for path, variable in self.variables.items() if "." not in path]
        return Table(
            tuple(
                (
                    turn.asked.label.rpartition(": ")[2],
                    unrounded_quantity(turn.asked.given.value, turn.asked.unit),
                    rounded_amount(turn.value, turn.asked.unit),
                )
                for turn in turning_points(self.formula, amount, self.reading, asked)
            )
        )

    def is_shown(self, name: str) -> bool:
        """Whether a result shows an output; an optional amount is shown only where there is one."""
        kind = self.kinds[name]
        return not (isinstance(kind, Amount) and kind.optional and self.values[name] is None)

    @cached_property
    def reasons(self) -> list[Note]:
        """Why the headline is what it is.

        What follows from a question that a reader left open, of those that the form begins with, is marked as assumed,
        and a last sentence says which questions these are.
        """
        reasons = [reason for reason in getattr(self.values[self.headline], "reasons", ()) if reason.holds]
        if self.is_untouched:
            return reasons
        left_open = [self._left_open(reason) for reason in reasons]
        labels = dict.fromkeys(label for labels in left_open for label in labels)
        marked = [
            replace(reason, words=f"Assumed: {reason.words}") if labels_of_reason else reason
            for reason, labels_of_reason in zip(reasons, left_open, strict=True)
        ]
        named = ", ".join(f"“{label}”" for label in labels)
        return [
            *marked,
            *([note(True, f"What is marked so rests on what you did not answer: {named}.")] if labels else []),
        ]

    def _left_open(self, reason: Note) -> list[str]:
        """The labels of the questions behind a reason that a form begins with and that nobody answered."""
        reading = self.reading
        questions = {path: kind for path, kind in kinds(reading.inputs_type).items() if path in reason.rests_on}
        return [
            self.full_label(path, kind)
            for path, kind in questions.items()
            if not kind.folded
            and path in reading.settings
            and reading.settings[path].origin.kind != "typed"
            and is_input_asked(reading, path, kind)
        ]

    @property
    def _findings(self) -> list[Note]:
        return [
            note
            for name, kind in self.kinds.items()
            if isinstance(kind, Findings)
            for note in self.values[name]
            if note.holds
        ]

    @property
    def errors(self) -> list[str]:
        """Those of the notes that say what the reader should fix."""
        return [note.sentence for note in self._findings if note.is_error]

    @property
    def pages(self) -> Mapping[str, str]:
        """The address of the page that a note names, by the note in words."""
        return {note.sentence: note.page for note in self._findings if note.page}

    @cached_property
    def notes(self) -> list[str]:
        """The findings that hold, in words, and what is to be said of the figures that the reader typed."""
        findings = [named_in_headline(note.sentence, self.names) for note in self._findings]
        idle = idle_typed_figure_sentences(self.reading, self.formula, self.kinds, self.values, self.full_label)
        return [*findings, *scaled_typed_figure_sentences(self.reading, self.full_label), *idle]

    @cached_property
    def _traced(self) -> object:
        return self.formula(traced_run_inputs(self.reading))

    def workings(self, name: str) -> list[Working]:
        """The workings of one output, from the traced run; an answer given by rules needs none."""
        if getattr(self.kinds[name], "by_rules", False):
            return []
        return answer_workings(self.kinds[name], output_value(getattr(self._traced, name)))

    @cached_property
    def used(self) -> list[Fact]:
        """The facts behind the single numbers and the leading tables, in the order in which the formula met them."""
        facts: dict[str, Fact] = {}
        amounts = [name for name, kind in self.kinds.items() if isinstance(kind, Amount)]
        roots = [output_value(getattr(self._traced, name)) for name in amounts]
        leading = [name for name, kind in self.kinds.items() if isinstance(kind, Rows) and kind.leading]
        tables = [output_value(getattr(self._traced, name)) for name in leading]
        roots += [cell for table in tables for row in table.rows for cell in row]
        for term in answer_terms(roots):
            fact = self.fact_of(term)
            if fact:
                facts.setdefault(fact.name, fact)
        return list(facts.values())

    @cached_property
    def counted_records(self) -> dict[str, list[str]]:
        """The picked records whose figures are in an amount or a table, by name, each with what it was picked as."""
        counted = [name for name, kind in self.kinds.items() if isinstance(kind, Amount | Rows)]
        outputs = [output_value(getattr(self._traced, name)) for name in counted]
        cells = [cell for output in outputs for row in getattr(output, "rows", ()) for cell in row]
        used = {
            term.origin.fact.partition("#")[0]
            for term in answer_terms([*outputs, *cells])
            if term.origin and term.origin.fact
        }
        records: dict[str, list[str]] = {}
        for name, kind in kinds(self.reading.inputs_type).items():
            setting = self.reading.settings.get(name)
            if not isinstance(kind, Pick) or setting is None or not is_number_input_asked(self.reading, name):
                continue
            if f"{kind.collection}:{setting.value}" in used:
                record = self.facts.entries(kind.collection)[setting.value]["name"]
                records.setdefault(record, []).append(self.full_label(name, kind))
        return records

    def fact_of(self, term: Node) -> Fact | None:
        """The fact that a number of the working came from."""
        if term.origin is None or not term.origin.fact:
            return None
        return self.facts.fact(term.origin.fact, self.reading.on)

    @cached_property
    def published(self) -> dict[str, dict[str, Fact]]:
        """The published figures of every record picked from the data, by the input's name."""
        reading = self.reading
        return {
            name: reading.facts.figures(
                kind.collection, reading.settings[name].value, reading.record_type(name), reading.on
            )
            for name, kind in kinds(reading.inputs_type).items()
            if isinstance(kind, Pick) and name in reading.settings and reading.settings[name].value != OWN_RECORD
        }

    def source_of(self, fact: Fact) -> Source | None:
        """The source of a fact; our own assumptions may have none but their reason."""
        return self.facts.sources.get(fact.source)

    def inputs(self) -> Iterator[tuple[str, Kind, Setting]]:
        """Every understood input that is not left open: name, kind (or record figure) and setting, figures last."""
        settings = self.reading.settings
        for name, kind in kinds(self.reading.inputs_type).items():
            if name not in settings:
                continue
            if isinstance(kind, Lines):
                for path, cell in input_line_cells(name, kind):
                    if path in settings and settings[path].value is not None:
                        yield path, cell, settings[path]
                continue
            if not (isinstance(kind, NumberInput) and settings[name].value is None):
                yield name, kind, settings[name]
            if isinstance(kind, Pick):
                if f"{name}.{OWN_NAME}" in settings:
                    yield f"{name}.{OWN_NAME}", OWN_NAME_QUESTION, settings[f"{name}.{OWN_NAME}"]
                for field, figure in kinds(self.reading.record_type(name)).items():
                    setting = settings.get(f"{name}.{field}")
                    if setting and setting.value is not None:
                        yield f"{name}.{field}", figure, setting

    @cached_property
    def variables(self) -> dict[str, Asked]:
        """Every number that was asked for, by name, as the instruments vary it."""
        variables = {}
        for name, kind, setting in self.inputs():
            question = kind.question if isinstance(kind, Figure) and kind.is_number else kind
            if isinstance(question, NumberInput) and isinstance(setting.value, Decimal):
                label = self.full_label(name, kind)
                variables[name] = Asked(
                    name, label, question.unit, question.low, question.high, question.whole, setting, question
                )
        return variables

    @cached_property
    def movable(self) -> dict[str, Asked]:
        """The same with the questions left open, which can be swept and solved for although nothing was given."""
        movable = dict(self.variables)
        for name, kind in kinds(self.reading.inputs_type).items():
            setting = self.reading.settings.get(name)
            if isinstance(kind, NumberInput) and setting and setting.value is None:
                label = self.full_label(name, kind)
                movable[name] = Asked(name, label, kind.unit, kind.low, kind.high, kind.whole, setting, kind)
        order = list(self.reading.settings)
        return dict(sorted(movable.items(), key=lambda entry: order.index(entry[0])))

    @cached_property
    def ready(self) -> dict[str, Spread]:
        """The ranges that come ready, by input; none where the reader typed one."""
        if typed_input_ranges(self.reading):
            return {}
        from calculators.engine.questions.uncertain import uncertain_ranges

        asked = {path: number for path, number in self.variables.items() if is_number_input_asked(self.reading, path)}
        return uncertain_ranges(asked, self.facts, self.reading.on)

    def ready_sentences(self) -> list[str]:
        """Every range that came ready, in words."""
        sentences = []
        for path, spread in self.ready.items():
            variable = self.variables[path]
            low, high = unrounded_quantity(spread.low, variable.unit), unrounded_quantity(spread.high, variable.unit)
            sentences.append(f"{variable.label}: {low} to {high}")
        return sentences

    def full_label(self, name: str, kind: Kind) -> str:
        """What an input is called beside all others: with its record, its line and the plan it belongs to."""
        questions = kinds(self.reading.inputs_type)
        if name in questions:
            labels = [question.label for question in questions.values()]
            is_unclear = "." in name or (kind.folded and labels.count(kind.label) > 1)
            return f"{kind.group}: {kind.label}" if is_unclear else str(kind.label)
        owner = name.rpartition(".")[0]
        if owner in questions:
            return f"{self.full_label(owner, questions[owner])}: {kind.label}"
        lines, _, number = owner.rpartition(".")
        return f"{self.full_label(lines, questions[lines])} {number}: {kind.label}"

    @property
    def scalar(self) -> str:
        """The number that the instruments look at: the headline, the amount it rests on, or the first one."""
        amounts = [name for name, kind in self.kinds.items() if isinstance(kind, Amount)]
        if not amounts or isinstance(self.kinds[self.headline], Amount):
            return self.headline
        return self.headline_rests_on or amounts[0]

    @property
    def headline_rests_on(self) -> str:
        """The amount that stands behind a headline in words, which may be another one after an edit; empty for none."""
        return getattr(self.values[self.headline], "rests_on", "")

    def line(self) -> list[tuple[float, float]]:
        """The points of the line that the page draws, from the float run."""
        from calculators.engine.questions.chart_line import chart_line_points

        assert self.chart is not None
        return chart_line_points(self.formula, self.reading, self.chart.by, self.chart.output)

    @property
    def is_example(self) -> bool:
        """Whether the headline is a verdict on what no reader gave."""
        return isinstance(self.kinds[self.headline], Verdict) and self.is_untouched

    @cached_property
    def is_untouched(self) -> bool:
        """Whether no reader gave anything: the answer is that to the defaults, or to an example."""
        settings = self.reading.settings
        if any(setting.spread for setting in settings.values()):
            return False
        names = {name for name, setting in settings.items() if setting.origin.kind == "typed"}
        questions: list[Mapping[str, str]] = [{}, *(example.given for example in self.examples)]
        return not self.reading.typed or any(names <= inputs.keys() and self._is_of(inputs) for inputs in questions)

    def _is_of(self, given: Mapping[str, str]) -> bool:
        """Whether all inputs are those that were given."""
        inputs, facts = self.reading.inputs_type, self.facts
        if any(self._is_another_number(name, text) for name, text in given.items()):
            return False
        key = ("values of an example", inputs, *given.items())
        values = facts.computed_once(key, lambda: setting_values(understand_inputs(inputs, given, facts)))
        return setting_values(self.reading) == values

    def _is_another_number(self, name: str, text: str) -> bool:
        """Whether a text gives a question for a number another one than the reading has, which is told soonest."""
        reading = self.reading
        kind = reading.questions.get(name)
        if not isinstance(kind, NumberInput) or kind.each_holds or name not in reading.settings:
            return False
        return bool(reading.settings[name].value != read_control(kind, text, reading.facts, reading.on).value)

    @property
    def headline_label(self) -> str:
        """What the headline is called; a verdict that nobody has asked for says that it is on an example."""
        return self.headline_label_as(self.is_example)

    def headline_label_as(self, is_example: bool) -> str:
        """What the headline is called, of an example or of a reader's own numbers."""
        label = str(self.kinds[self.headline].label)
        if not is_example:
            return label
        return f"{label} In an example" if label.endswith("?") else f"{label}, in an example"

    @property
    def spoken(self) -> str:
        """One short sentence for a live region."""
        return f"{self.headline_label}: {self.headline_words}"

    @cached_property
    def headline_words(self) -> str:
        """The headline: an amount, a range of it where inputs were typed as ranges, or a judgement with its amounts."""
        kind, output = self.kinds[self.headline], self.values[self.headline]
        words = headline_text(kind, output)
        is_ranged = bool(typed_input_ranges(self.reading))
        amounts = getattr(output, "amounts", None)
        if amounts is not None and is_ranged:
            spans = self._spans(output.spans.values())
            written = amounts.written({name: spans[span] for name, span in output.spans.items() if span in spans})
            return written if output.spans.keys() >= amounts.numbers.keys() > set() else f"{written}{LIKELY}"
        if amounts is not None:
            return str(amounts.sentence)
        span = self._spans([self.headline]).get(self.headline) if is_ranged and isinstance(kind, Amount) else None
        return f"{span}, likely {words}" if span else words

    @property
    def headline_figures(self) -> str:
        """The headline's words without names and their digits: what a link may take its figures from."""
        kind, output = self.kinds[self.headline], self.values[self.headline]
        if isinstance(kind, Verdict):
            return headline_figures_in_words(output, self.headline_words)
        return "" if hasattr(kind, "options") else self.headline_words

    def _spans(self, names: Collection[str]) -> dict[str, str]:
        """The ranges of some amounts in words, where the ranges that were typed move them."""
        if not names:
            return {}
        from calculators.engine.questions.ranges import ranges

        return {
            name: headline_ends_in_words(spreading.low, spreading.high, self.kinds[name].unit)
            for name, spreading in ranges(self.formula, self.outputs, self.reading, {}, names).items()
            if spreading.least != spreading.most
        }
