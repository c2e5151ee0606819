"""From typed texts to a calculator's inputs: reads, checks bounds, and remembers the origin of every value."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from types import MappingProxyType

from calculators.engine.declare import (
    Day,
    DeclaredPlanInputs,
    Every,
    Kind,
    Lines,
    NumberInput,
    Pick,
    declared_kinds,
    kinds,
)
from calculators.engine.facts import FactError, Facts
from calculators.engine.inputs.compound_controls import (
    input_line_cells,
    read_compound_count,
    read_compound_day,
    read_compound_lines,
    read_compound_pick,
)
from calculators.engine.inputs.controls import read_control
from calculators.engine.inputs.numerals import Misread
from calculators.engine.inputs.questions import input_questions, question_of_input
from calculators.engine.inputs.reading import OWN_NAME, InputReading
from calculators.engine.inputs.renames import renamed_input_path
from calculators.engine.inputs.suggestions import quoted, suggest_nearest
from calculators.engine.records import OWN_RECORD

LONGEST_SOURCE = 100
"""How much of the words about where a number was measured is shown."""


def understand_inputs(
    inputs: type, typed: Mapping[str, str], facts: Facts, measured: Mapping[str, str] = MappingProxyType({})
) -> InputReading:
    """Reads the typed texts against a calculator's `Inputs`; whatever was not typed takes its default.

    `measured` says of some of them where they come from, as nobody typed them.
    """
    by_name = input_questions(inputs, facts)
    present = {name: renamed_input_path(inputs, name) for name in typed}
    typed = {present[name]: text for name, text in typed.items() if present[name] == name or present[name] not in typed}
    reading = InputReading(inputs, facts, facts.as_of, by_name, typed=typed)
    day_name = next((name for name, kind in by_name.items() if isinstance(kind, Day)), "")
    if day_name:
        read_compound_day(reading, day_name, by_name[day_name], typed.get(day_name, ""))
    for name, kind in by_name.items():
        if name != day_name and not isinstance(kind, Every):
            _read_input(reading, name, kind)
    for name in typed:
        _refuse_unknown_input(reading, name)
    for name, source in measured.items():
        setting = reading.settings.get(name)
        if setting is not None and setting.origin.kind == "typed":
            origin = dataclasses.replace(setting.origin, because=source[:LONGEST_SOURCE])
            reading.settings[name] = dataclasses.replace(setting, origin=origin)
    return reading


def _read_input(reading: InputReading, name: str, kind: Kind) -> None:
    """Reads one question; what is wrong with it becomes a problem of the reading."""
    try:
        if isinstance(kind, Pick):
            read_compound_pick(reading, name, kind, reading.typed)
        elif isinstance(kind, Lines):
            read_compound_lines(reading, name, kind, reading.typed)
        elif isinstance(kind, NumberInput) and kind.each_holds:
            read_compound_count(reading, name, kind)
        else:
            reading.settings[name] = read_control(kind, reading.typed.get(name), reading.facts, reading.on)
    except (Misread, FactError) as error:
        reading.problems[name] = _misunderstanding_sentence(str(error))


def _refuse_unknown_input(reading: InputReading, name: str) -> None:
    """Notes a problem where something was typed for a name that no question has: why it has not, or the nearest."""
    by_name = reading.questions
    owner = question_of_input(name, by_name)
    if isinstance(by_name.get(owner), Lines) and not reading.typed[name].strip():
        return  # a page sends its blank lines too
    if name in reading.settings or name in reading.problems or owner in reading.problems:
        return
    reading.unknown.append(name)
    if reason := _listed_input_name(reading, name) or _shared_or_unknown_input(reading.inputs_type, name):
        reading.problems[name] = f"There is no input {quoted(name[:60])}: {reason}"
        return
    known = [*(path for path, kind in by_name.items() if not isinstance(kind, Every)), *reading.settings]
    known += [
        cell for path, kind in by_name.items() if isinstance(kind, Lines) for cell, _ in input_line_cells(path, kind)
    ]
    reading.problems[name] = f"There is no input {quoted(name[:60])}{suggest_nearest(name[:60], known)}"


def _listed_input_name(reading: InputReading, path: str) -> str:
    """Why a listed record takes no name; empty where the path names none."""
    owner, _, name = path.rpartition(".")
    if name != OWN_NAME or not isinstance(reading.questions.get(owner), Pick):
        return ""
    return f"what is listed has its name; with {owner}={OWN_RECORD} you describe one of your own"


def _shared_or_unknown_input(inputs: type, path: str) -> str:
    """Why a path names no input: another one answers it for all plans, or its line is beyond the last; else nothing."""
    head, _, rest = path.partition(".")
    kind = declared_kinds(inputs).get(head)
    if isinstance(kind, DeclaredPlanInputs):
        question = rest.partition(".")[0]
        if question in kind.shared:
            return f"it is asked once for all plans, as {quoted(kind.shared[question])}"
        if question in kinds(kind.inputs) and not kind.is_asked(question):
            return "a comparison takes the default of that calculator; type the plan's own costs to count otherwise"
        return _shared_or_unknown_input(kind.inputs, rest)
    if isinstance(kind, Lines):
        line, _, cell = rest.partition(".")
        is_number = re.fullmatch(r"\d{1,9}", line, re.ASCII)
        if is_number and not 1 <= int(line) <= kind.most and cell in kinds(kind.line_type):
            return f"there are at most {kind.most} {kind.label.lower()}, {head}.1 to {head}.{kind.most}"
    return ""


def _misunderstanding_sentence(text: str) -> str:
    """The text with a capital letter, unless it begins with a name from the data."""
    return text[:1].upper() + text[1:] if re.match(r"[A-Za-z]+(?: |$)", text) else text
