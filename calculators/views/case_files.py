"""Case files: all that a reader has typed or measured for several calculators, as one text of JSON.

`{"case": "Help desk", "calculators": {"choosing/case": {"given": {...}, "measured": {...}}}}`

A page keeps a case by the names that its questions have in all calculators together, its entries; a file has it by
calculator. Both ways are here, so that a page and a terminal read and write the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeGuard

from calculators.engine.declare import Among, Choice, Day, Kind, Lines, Month, NumberInput, Pick, Several, YesNo, kinds
from calculators.engine.facts import Facts
from calculators.engine.inputs.controls import read_control
from calculators.engine.inputs.numerals import Misread, spelled_decimals
from calculators.engine.inputs.reading import OWN_NAME, InputReading
from calculators.engine.inputs.renames import renamed_input_path
from calculators.engine.inputs.suggestions import UNSHOWN, quoted, suggest_nearest
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.nesting import is_json_nested_too_deep
from calculators.engine.numbers.rounding import grouped_number, unrounded_quantity
from calculators.engine.numbers.units import SHARE

CASE = "choosing/case"
"""The calculator that is answered first."""

LONGEST_NAME = 60
"""How many characters of a case's name are kept."""

TRAVELLING = (NumberInput, Choice, YesNo, Pick, Several, Among, Day, Month)
"""The kinds of questions whose answers are numbers or choices."""

NUMERIC = re.compile(
    r"(?:[\d\s.,$%+±−–/-]|(?:thousand|(?:m|b|tr)illion|page|word|token)s?|[bmt]n|[bekmt])*", re.IGNORECASE | re.ASCII
)
"""What numbers, ranges and months are typed with; the page fills in no other words."""

LONGEST_TEXT = 100
"""Characters of an answer: a page fills in none that is longer."""

MEASURED = "measured from "
"""How the origin of a measured number begins."""


LOGS = re.compile(r"(?:your|an example's) logs(?:, n = [\d,]+)?", re.ASCII)
"""The origins that a page writes; what else a file says of one is not kept as it stands, as it may be any text."""


class NoCase(ValueError):
    """A text holds no case; the message says what is wrong with it, and begins with a verb: `holds no case`."""


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """What a case holds for one calculator: what was typed, and where its measured numbers are from, by path."""

    given: Mapping[str, str]
    measured: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its name, and the inputs of each calculator that it holds any for."""

    name: str
    calculators: Mapping[str, CaseInputs]


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer to a question of several calculators, and the words on where it was measured; none if it was typed."""

    text: str
    measured: str = ""


Names: TypeAlias = Mapping[str, Mapping[str, str]]
"""For each calculator the paths of its questions that others ask too, each with its name among the entries."""

Asked: TypeAlias = Mapping[str, type]
"""The `Inputs` of each calculator."""


def case_file_from_text(text: str, known: Collection[str]) -> Case:
    """What a case file holds, the case itself first; a scenario file is a case of one calculator.

    `known` are the names of all calculators.

    Raises:
        NoCase: it is damaged, or something else.
    """
    try:
        loaded = None if is_json_nested_too_deep(text) else json.loads(text)
    except ValueError:
        raise NoCase("cannot be read: it is no JSON, or was cut off") from None
    content = loaded if isinstance(loaded, dict) else {}
    if isinstance(content.get("calculator"), str):
        content = {"calculators": {content["calculator"]: {"given": content.get("given")}}}
    calculators = content.get("calculators")
    if not isinstance(calculators, dict) or not calculators:
        raise NoCase('holds no case: it needs "calculators" with the inputs of each')
    inputs = {
        name: _case_file_inputs(name, calculators[name], known)
        for name in sorted(calculators, key=lambda name: name != CASE)
    }
    return Case(case_file_name(content.get("case", "")), inputs)


def _case_file_inputs(name: str, entry: object, known: Collection[str]) -> CaseInputs:
    """What a file holds for a calculator."""
    if name not in known:
        near = suggest_nearest(name[:60], known)
        raise NoCase(f"asks a calculator that is missing: there is no calculator {quoted(name[:60])}{near}")
    content = entry if isinstance(entry, dict) else {}
    given, measured = content.get("given"), content.get("measured", {})
    if not _are_case_file_texts(given) or not _are_case_file_texts(measured):
        raise NoCase(f"holds no inputs of {name}: texts by their names, under given")
    return CaseInputs(given, measured)


def _are_case_file_texts(entries: object) -> TypeGuard[dict[str, str]]:
    """Whether something is an object of texts."""
    return isinstance(entries, dict) and all(isinstance(text, str) for text in entries.values())


def case_file_name(name: object) -> str:
    """A foreign name cut to what may be shown."""
    return UNSHOWN.sub("", str(name)).strip()[:LONGEST_NAME]


def case_file_text(case: Case) -> str:
    """A case as the text of a file, the same bytes for the same case."""
    calculators = {
        name: {"given": dict(sorted(inputs.given.items()))}
        | ({"measured": dict(sorted(inputs.measured.items()))} if inputs.measured else {})
        for name, inputs in case.calculators.items()
    }
    whole = {"case": case.name} if case.name else {}
    return json.dumps({**whole, "calculators": calculators}, ensure_ascii=False, indent=1) + "\n"


def case_file_from_entries(name: str, entries: Mapping[str, Entry], names: Names) -> Case:
    """The case that a page keeps, by calculator.

    It has the inputs of `choosing/case`, of each calculator that was asked something of its own, and of the first one
    that asks what none of these does. Each of them has all the entries that it asks for.
    """
    owners = {entry: _case_file_owners(entry, names) for entry in entries}
    chosen = {CASE} | {askers[0] for askers in owners.values() if len(askers) == 1}
    for askers in owners.values():
        if askers and chosen.isdisjoint(askers):
            chosen.add(askers[0])
    inputs: dict[str, CaseInputs] = {}
    for calculator in sorted(chosen, key=_case_file_place):
        asked = {_case_file_path(entry, calculator, names[calculator]): entries[entry] for entry in owners}
        answers = {path: entry for path, entry in asked.items() if path}
        measured = {path: entry.measured for path, entry in answers.items() if entry.measured}
        if answers:
            inputs[calculator] = CaseInputs({path: entry.text for path, entry in answers.items()}, measured)
    return Case(case_file_name(name), inputs)


def _case_file_place(calculator: str) -> tuple[bool, str]:
    """The place of a calculator in a case: the case itself, then by name."""
    return calculator != CASE, calculator


def _case_file_owners(entry: str, names: Names) -> list[str]:
    """The calculators that ask for an entry, `choosing/case` first."""
    return [name for name in sorted(names, key=_case_file_place) if _case_file_path(entry, name, names[name])]


def _case_file_path(entry: str, calculator: str, shared: Mapping[str, str]) -> str:
    """The path under which a calculator asks for an entry; empty where it does not."""
    owner, _, path = entry.rpartition(" ")
    if owner:
        return path if owner == calculator else ""
    paths = {name: path for path, name in shared.items()}
    if entry in paths:
        return paths[entry]
    record, _, figure = entry.rpartition(".")
    return f"{paths[record]}.{figure}" if record in paths else ""


def case_file_entries(case: Case, asked: Asked, names: Names, facts: Facts) -> tuple[dict[str, Entry], list[str]]:
    """The answers in a case as a page keeps them, and what was left out of them, in words.

    Texts of a reader's stay out, and so does what is no input or cannot be used. A number in letters or
    spaces that a page does not fill in is written anew in digits and commas. What two calculators hold differently is
    taken from the first.
    """
    entries: dict[str, Entry] = {}
    left: list[str] = []
    for calculator, inputs in case.calculators.items():
        declared = asked[calculator]
        given = {renamed_input_path(declared, path): text for path, text in inputs.given.items()}
        measured = {renamed_input_path(declared, path): words for path, words in inputs.measured.items()}
        reading = understand_inputs(declared, given, facts)
        for path in given:
            text = _case_file_kept_text(reading, path)
            name = _case_file_entry_name(path, calculator, names[calculator])
            if text is None or (name in entries and entries[name].text != text):
                left.append(f"{calculator} {UNSHOWN.sub('', path)[:LONGEST_NAME]}")
            elif name not in entries:
                entries[name] = Entry(text, _case_file_origin(measured[path]) if path in measured else "")
    return entries, left


def _case_file_origin(words: str) -> str:
    """Where a number was measured, without the words of a stranger: `measured from files, n = 40`."""
    origin = words.removeprefix(MEASURED)
    if LOGS.fullmatch(origin):
        return MEASURED + origin
    count = re.search(r"\bn = [\d,]{1,20}", origin, re.ASCII)
    return f"{MEASURED}files{f', {count[0]}' if count else ''}"


def _case_file_entry_name(path: str, calculator: str, shared: Mapping[str, str]) -> str:
    """The name of a question among the entries: its own, or that of the record whose figure it is."""
    owner = path if path in shared else path.rpartition(".")[0]
    return shared[owner] + path[len(owner) :] if owner in shared else f"{calculator} {path}"


def _case_file_kept_text(reading: InputReading, path: str) -> str | None:
    """A number or a choice as it may be kept and filled in; None for what may not."""
    kind, typed = _case_file_kind(reading, path), reading.typed[path].strip()
    if isinstance(kind, Several) and path in reading.settings:
        return reading.settings[path].value or None  # ids alone, however many
    if kind is None or path in reading.problems or not typed or len(typed) > LONGEST_TEXT:
        return None
    if not isinstance(kind, NumberInput):
        return typed if isinstance(kind, Choice | YesNo | Pick | Among) or NUMERIC.fullmatch(typed) else None
    if NUMERIC.fullmatch(typed):
        return typed
    try:
        setting = reading.settings.get(path) or read_control(kind, typed, reading.facts, reading.on)
    except Misread:
        return None
    if setting.value is None:
        return None
    ends = (setting.spread.low, setting.spread.high) if setting.spread else (setting.value,)
    return "..".join(
        unrounded_quantity(end, SHARE) if kind.unit is SHARE else spelled_decimals(grouped_number(end)) for end in ends
    )


def _case_file_kind(reading: InputReading, path: str) -> Kind | None:
    """What the question of a path asks for, if it asks for a number or a choice."""
    questions = kinds(reading.inputs_type)
    kind = questions.get(path)
    owner, _, last = path.rpartition(".")
    lines = questions.get(owner.rpartition(".")[0])
    if isinstance(lines, Lines):
        kind = kinds(lines.line_type).get(last)
    elif isinstance(questions.get(owner), Pick) and last != OWN_NAME:
        figure = kinds(reading.record_type(owner)).get(last)
        kind = figure.question if figure is not None and figure.is_number else None
    return kind if isinstance(kind, TRAVELLING) else None
