"""Reads the questions of several controls: a day, a record with its figures, and lines of cells."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Choice,
    Day,
    Figure,
    Kind,
    Lines,
    NumberInput,
    Pick,
    YesNo,
    declared_figure_base,
    kinds,
    scaled_declared_figure,
)
from calculators.engine.inputs.controls import read_bounded_control, read_control, read_control_of_text
from calculators.engine.inputs.numerals import Misread
from calculators.engine.inputs.reading import OWN_NAME, OWN_NAME_QUESTION, SCALED, InputReading, Setting
from calculators.engine.inputs.suggestions import UNSHOWN, quoted, suggest_labeled
from calculators.engine.numbers.traced import Origin
from calculators.engine.records import OWN_RECORD, Record


def input_line_cells(name: str, kind: Lines) -> Iterator[tuple[str, Kind]]:
    """Every cell of a question for several things: its path and its kind, line after line."""
    for number in range(1, kind.most + 1):
        for cell, question in kinds(kind.line_type).items():
            yield f"{name}.{number}.{cell}", question


def read_compound_day(reading: InputReading, name: str, kind: Day, typed: str) -> None:
    """Reads the day on which the facts hold; a problem leaves it at the facts' own day."""
    if typed in ("", reading.on):
        origin = Origin("default", because="the day the facts were last checked")
        reading.settings[name] = Setting(reading.on, typed, origin)
        return
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed, re.ASCII):
            raise ValueError
        reading.on = date.fromisoformat(typed).isoformat()
        reading.settings[name] = Setting(reading.on, typed, Origin("typed"))
    except ValueError:
        reading.problems[name] = f"{kind.label} must be a day, like {reading.facts.as_of}"


def read_compound_count(reading: InputReading, name: str, kind: NumberInput) -> None:
    """Reads how many things there are that hold text, all of which may be typed instead; Misread says what is wrong."""
    typed, text = reading.typed.get(name), reading.questions[kind.each_holds]
    counted = None
    if typed is not None:
        try:
            each = read_control(text, reading.typed.get(kind.each_holds), reading.facts, reading.on)
        except Misread:
            each = read_control(text, None, reading.facts, reading.on)
        counted = read_control_of_text(kind, typed, each, text.unit, reading.facts, reading.on)
    reading.settings[name] = counted or read_control(kind, typed, reading.facts, reading.on)


def read_compound_pick(reading: InputReading, name: str, kind: Pick, typed: Mapping[str, str]) -> None:
    """Reads the record's id and whatever figures of it were typed as `name.figure`; Misread for an unknown record.

    What is sold in proportion to a typed figure, and is not typed itself, moves in the same ratio.
    """
    id = typed.get(name, kind.default)
    entries = reading.facts.entries(kind.collection)
    if id not in entries and id != OWN_RECORD:
        names = {known: entry["name"] for known, entry in entries.items()}
        every_id = f"; choose one of {', '.join([*entries, OWN_RECORD])}"
        raise Misread(f"{kind.label}: there is no {quoted(id[:60])}{suggest_labeled(id[:60], names) or every_id}")
    record = reading.record_type(name)
    facts = {} if id == OWN_RECORD else reading.facts.figures(kind.collection, id, record, reading.on)
    origin = Origin("typed") if id != kind.default else Origin("default", because=kind.because)
    reading.settings[name] = Setting(id, typed.get(name, ""), origin)
    if id == OWN_RECORD:
        _read_own_record_control(reading, name, record, typed)
    figures = {field: figure for field, figure in kinds(record).items() if figure.is_number}
    replaced = _read_figures_control(reading, name, figures, typed)
    published: dict[str, Any] = {field: Decimal(fact.value) for field, fact in facts.items() if field in figures}
    listed = record(**published)
    for field in figures:
        path = f"{name}.{field}"
        if path in typed:
            continue
        fact = facts[field].name if field in facts else ""
        figure = getattr(listed, field)
        if base := declared_figure_base(figures, field, replaced, listed):
            scaled = scaled_declared_figure(figure, replaced[base], getattr(listed, base))
            origin = Origin("scaled", because=f"{SCALED}, {name}.{base}", fact=fact)
            reading.settings[path] = Setting(scaled, "", origin)
        else:
            reading.settings[path] = Setting(figure, "", Origin("fact", fact=fact))


def _read_own_record_control(reading: InputReading, name: str, record: type[Record], typed: Mapping[str, str]) -> None:
    """Reads the name of a record of the reader's own, and says which figures are missing without which it is none."""
    path = f"{name}.{OWN_NAME}"
    called = re.sub(r"\s+", " ", UNSHOWN.sub(" ", typed.get(path, "")), flags=re.ASCII).strip()
    called = called.replace("{", "(").replace("}", ")")  # braces in a sentence stand for its numbers
    if len(called) > OWN_NAME_QUESTION.longest:
        reading.problems[path] = f"{OWN_NAME_QUESTION.label} must be {OWN_NAME_QUESTION.longest} characters or fewer"
    origin = Origin("typed") if called else Origin("default", because="it has no name yet")
    reading.settings[path] = Setting(called or record.own_name, typed.get(path, ""), origin)
    figures = kinds(record)
    for group in record.needs:
        if not any(f"{name}.{field}" in typed for field in group):
            labels = [f"{figures[field].label} ({name}.{field})" for field in group]
            wanted = labels[0] if len(labels) == 1 else f"one of {', '.join(labels)}"
            reading.problems[f"{name}.{group[0]}"] = f"{record.own_name} needs {wanted}"


def _read_figures_control(
    reading: InputReading, name: str, figures: Mapping[str, Figure], typed: Mapping[str, str]
) -> dict[str, Decimal]:
    """Reads the reader's own figures of a record; those that were understood, by name."""
    replaced = {}
    for field, figure in figures.items():
        path = f"{name}.{field}"
        if path in typed:
            try:
                reading.settings[path] = read_bounded_control(typed[path], figure.label, figure.question)
            except Misread as error:
                reading.problems[path] = str(error)
            else:
                replaced[field] = reading.settings[path].value
    return replaced


def read_compound_lines(reading: InputReading, name: str, kind: Lines, typed: Mapping[str, str]) -> None:
    """Reads line after line; what was not typed in a line comes from its default, and a blank line is left out."""
    numbers = []
    questions = kinds(kind.line_type)
    for number in range(1, kind.most + 1):
        defaults = kind.default[number - 1] if number <= len(kind.default) else {}
        paths = {cell: f"{name}.{number}.{cell}" for cell in questions}
        cells = {**defaults, **{cell: typed[path] for cell, path in paths.items() if path in typed}}
        if not any(text.strip() for text in cells.values()):
            continue
        numbers.append(number)
        for cell, question in questions.items():
            text = cells.get(cell)
            if isinstance(question, Choice | YesNo) and not (text or "").strip():
                text = None  # a blank cell of a line that has something else in it
            try:
                setting = read_control(question, text, reading.facts, reading.on)
            except Misread as error:
                reading.problems[paths[cell]] = f"Line {number}: {error}"
                continue
            if cell in defaults:
                # A page sends every cell, and writes 60,000 where the default says 60k.
                same = text == defaults[cell] or (
                    setting.spread is None
                    and setting.value == read_control(question, defaults[cell], reading.facts, reading.on).value
                )
                origin = Origin("default", because=kind.because) if same else Origin("typed")
                setting = dataclasses.replace(setting, origin=origin)
            reading.settings[paths[cell]] = setting
    reading.settings[name] = Setting(tuple(numbers), "", Origin("default", because=kind.because))
