"""What an answer says of the figures that a reader typed: what moved with them, and which of them change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from calculators.engine.answering.figures.watched_records import unread_record_figures
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import (
    Amount,
    Figure,
    Findings,
    Formula,
    Kind,
    Output,
    OutputValue,
    Pick,
    Rows,
    Verdict,
    kinds,
    output_value,
)
from calculators.engine.inputs.numerals import spelled_decimals
from calculators.engine.inputs.reading import SCALED, InputReading
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers import Note
from calculators.engine.numbers.rounding import unrounded_digits, unrounded_quantity

FEW = 2
"""With more typed figures than these, a run that notes what it reads saves one for each figure that it never reads."""

Label = Callable[[str, Kind], str]
"""What an input is called beside all others, by its path and kind."""


def scaled_typed_figure_sentences(reading: InputReading, label: Label) -> list[str]:
    """What became of the figures that scale with a typed price: a sentence for each record."""
    scaled: dict[str, list[str]] = {}
    for owner, name, figure in _typed_figures_picked(reading):
        setting = reading.settings[f"{owner}.{name}"]
        if setting.origin.kind == "scaled" and setting.value != Decimal(
            reading.facts.fact(setting.origin.fact, reading.on).value
        ):
            price = unrounded_quantity(setting.value, figure.unit).partition(" per ")[0]
            scaled.setdefault(owner, []).append(f"{figure.label[:1].lower()}{figure.label[1:]} {price}")
    questions = kinds(reading.inputs_type)
    return [f"{label(owner, questions[owner])}, {SCALED}: {', '.join(scaled[owner])}." for owner in scaled]


def idle_typed_figure_sentences(
    reading: InputReading,
    formula: Formula,
    outputs: Mapping[str, Output],
    values: Mapping[str, OutputValue],
    label: Label,
) -> list[str]:
    """Which typed figures change nothing in an answer, and where they would count: a sentence for each."""
    typed = [
        (f"{owner}.{name}", figure)
        for owner, name, figure in _typed_figures_picked(reading)
        if reading.settings[f"{owner}.{name}"].origin.kind == "typed"
    ]
    unread = unread_record_figures(reading, formula, outputs, values) if len(typed) > FEW else frozenset()
    sentences = []
    for path, figure in typed:
        neighbor = _without_typed_figures(reading, path)
        if neighbor and (path in unread or _is_same_answer_without_figure(neighbor, formula, outputs, values)):
            purpose = f" It counts only {figure.counts}." if figure.counts else ""
            sentences.append(f"{label(path, figure)}: the figure you typed changes nothing in this answer.{purpose}")
    return sentences


def _typed_figures_picked(reading: InputReading) -> Iterator[tuple[str, str, Figure]]:
    """Every understood figure of a picked record: the path of the record, the name of the figure, and its kind."""
    for owner, kind in kinds(reading.inputs_type).items():
        if isinstance(kind, Pick) and owner in reading.settings:
            for name, figure in kinds(reading.record_type(owner)).items():
                if figure.is_number and f"{owner}.{name}" in reading.settings:
                    yield owner, name, figure


def _without_typed_figures(reading: InputReading, path: str) -> InputReading | None:
    """The same without a typed figure; None where it repeats what counts anyway, or where that is no question."""
    typed = {name: text for name, text in reading.typed.items() if name != path}
    without = understand_inputs(reading.inputs_type, typed, reading.facts)
    if path in without.problems:  # a record of the reader's own is nothing without it
        twice = spelled_decimals(unrounded_digits(2 * reading.settings[path].value))
        without = understand_inputs(reading.inputs_type, {**typed, path: twice}, reading.facts)
    if without.problems or without.settings[path].value == reading.settings[path].value:
        return None
    return without


def _is_same_answer_without_figure(
    neighbor: InputReading, formula: Formula, outputs: Mapping[str, Output], values: Mapping[str, OutputValue]
) -> bool:
    """Whether another reading has the same answer, as far as it is shown."""
    answer = formula(exact_run_inputs(neighbor))
    given = [name for name, kind in outputs.items() if not getattr(kind, "turning", "")]  # that follows an amount
    amounts_first = sorted(given, key=lambda name: not isinstance(outputs[name], Amount))
    return all(
        _typed_figures_shown(outputs[name], values[name])
        == _typed_figures_shown(outputs[name], output_value(getattr(answer, name)))
        for name in amounts_first
    )


def _typed_figures_shown(kind: Output, output: OutputValue) -> object:
    """What a reader sees of an output: of sentences, those that hold."""
    if isinstance(kind, Findings):
        return _typed_figures_sentences(output)
    if isinstance(kind, Verdict):
        return output.answer, _typed_figures_sentences(output.reasons)
    if isinstance(kind, Rows) and kind.answers:  # marked in one of the two, by what was typed and not by a figure
        place = [column.name for column in kind.columns].index(kind.answers)
        return [(*row[:place], *row[place + 1 :]) for row in output.rows]
    return output


def _typed_figures_sentences(notes: tuple[Note, ...]) -> list[str]:
    return [note.sentence for note in notes if note.holds]
