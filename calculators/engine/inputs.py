"""From typed texts to a calculator's inputs: reads, checks bounds, and remembers the origin of every value."""

from __future__ import annotations

import dataclasses
import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    Every,
    File,
    Lines,
    Month,
    Number,
    Part,
    Pick,
    Text,
    YesNo,
    declared,
    kinds,
    parts,
)
from calculators.engine.facts import FactError, Facts
from calculators.engine.read import Misread, Refused, Spread, read, same_digits
from calculators.engine.records import Record
from calculators.engine.suggest import nearest
from calculators.engine.traced import Origin
from calculators.engine.units import SHARE
from calculators.engine.words import grouped, quantity

_YES = {
    "yes": True,
    "y": True,
    "true": True,
    "on": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "off": False,
    "0": False,
}


@dataclass(frozen=True, slots=True)
class Given:
    """One understood input: its value, what was typed (empty for a default), its origin, its range if it has one."""

    value: Any
    typed: str
    origin: Origin
    spread: Spread | None = None


@dataclass(slots=True)
class Reading:
    """All inputs of one question, as understood, with a problem for each one that was not."""

    of: type
    facts: Facts
    on: str
    asked: dict[str, Any]
    given: dict[str, Given] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def need(self) -> Reading:
        """The reading itself, or `Refused` if anything could not be understood."""
        if self.problems:
            raise Refused(self.problems)
        return self

    def record_type(self, name: str) -> type[Record]:
        """The kind of record that the input of that name picks."""
        return record_types(self.of)[name]


_TYPES: dict[type, dict[str, type[Record]]] = {}


def record_types(inputs: type) -> dict[str, type[Record]]:
    """The record type of every `pick` and `every` field, taken from the field's annotation."""
    if inputs not in _TYPES:
        hints = typing.get_type_hints(inputs)
        found: dict[str, type[Record]] = {}
        for name, inner in parts(inputs).items():
            found |= {f"{name}.{field}": record for field, record in record_types(inner.of).items()}
        for name, kind in declared(inputs).items():
            if isinstance(kind, Pick | Every):
                arguments = typing.get_args(hints[name])
                found[name] = arguments[0] if arguments else hints[name]
        _TYPES[inputs] = found
    return _TYPES[inputs]


OUR_DEFAULT = "our default"


def asked(inputs: type, facts: Facts) -> dict[str, Any]:
    """The questions of a calculator by name, those that whoever runs this site has answered starting from that."""
    if inputs not in facts.kept:
        name = inputs.__module__.removeprefix("calculators.").replace(".", "/")
        described = dict(kinds(inputs))
        for path, text in facts.defaults.get(name, {}).items():
            described[path] = _starting_at(described[path], text, facts)
        facts.kept[inputs] = described
    found: dict[str, Any] = facts.kept[inputs]
    return found


def _starting_at(kind: Any, text: str, facts: Facts) -> Any:
    value = text if isinstance(kind, Pick) else _READERS[type(kind)](kind, text, facts, facts.as_of).value
    return dataclasses.replace(kind, default=value, because=OUR_DEFAULT)


def understand(inputs: type, typed: Mapping[str, str], facts: Facts) -> Reading:
    """Reads the typed texts against a calculator's `Inputs`; whatever was not typed takes its default."""
    described = asked(inputs, facts)
    now = {name: present(inputs, name) for name in typed}
    typed = {now[name]: text for name, text in typed.items() if now[name] == name or now[name] not in typed}
    day_name = next((name for name, kind in described.items() if isinstance(kind, Day)), "")
    reading = Reading(inputs, facts, facts.as_of, described, typed=typed)
    if day_name:
        _read_day(reading, day_name, described[day_name], typed.get(day_name, ""))
    for name, kind in described.items():
        if name == day_name or isinstance(kind, Every):
            continue
        try:
            if isinstance(kind, Pick):
                _read_pick(reading, name, kind, typed)
            elif isinstance(kind, Lines):
                _read_lines(reading, name, kind, typed)
            else:
                reading.given[name] = _read(kind, typed.get(name), facts, reading.on)
        except (Misread, FactError) as error:
            reading.problems[name] = _sentence(str(error))
    for name in typed:
        head = _owner(name, described)
        if isinstance(described.get(head), Lines) and not typed[name].strip():
            continue  # a page sends its blank lines too
        if name not in reading.given and name not in reading.problems and head not in reading.problems:
            names = [*(it for it, kind in described.items() if not isinstance(kind, Every)), *reading.given]
            names += [path for it, kind in described.items() if isinstance(kind, Lines) for path in _cells(it, kind)]
            reading.problems[name] = f"There is no input {name[:60]!r}{nearest(name[:60], names)}"
            reading.unknown.append(name)
    return reading


def present(inputs: type, path: str) -> str:
    """The path that an input has now, by the one it may have had formerly: `volume` → `requests`."""
    head, dot, rest = path.partition(".")
    own = declared(inputs)
    name = head if head in own else next((it for it, kind in own.items() if head in kind.formerly), head)
    kind = own.get(name)
    if isinstance(kind, Part):
        rest = present(kind.of, rest)
    elif isinstance(kind, Lines):
        at, point, cell = rest.partition(".")
        rest = f"{at}{point}{present(kind.of, cell)}"
    elif isinstance(kind, Pick) and rest:
        rest = present(record_types(inputs)[name], rest)
    return f"{name}{dot}{rest}"


def former(inputs: type, path: str) -> list[str]:
    """The paths that an input has had, its present one not among them."""
    head, dot, rest = path.partition(".")
    kind = declared(inputs)[head]
    inner = [rest]
    if isinstance(kind, Part):
        inner += former(kind.of, rest)
    elif isinstance(kind, Lines) and "." in rest:
        at, _, cell = rest.partition(".")
        inner += [f"{at}.{it}" for it in former(kind.of, cell)]
    elif isinstance(kind, Pick) and rest:
        inner += former(record_types(inputs)[head], rest)
    return [f"{name}{dot}{it}" for name in (head, *kind.formerly) for it in inner][1:]


def _cells(name: str, kind: Lines) -> list[str]:
    """Every cell that may be typed for a question for several things."""
    return [f"{name}.{at}.{cell}" for at in range(1, kind.most + 1) for cell in kinds(kind.of)]


def _owner(path: str, described: Mapping[str, Any]) -> str:
    """The question that a path such as `tasks.2.runs` or `tuned.model.input` belongs to; empty where there is none."""
    while path and path not in described:
        path = path.rpartition(".")[0]
    return path


def _read(kind: Any, typed: str | None, facts: Facts, on: str) -> Given:
    """One question's value. A page sends every control, so a text that says no more than the default is the default."""
    reader = _READERS[type(kind)]
    default: Given = reader(kind, None, facts, on)
    if typed is None:
        return default
    given: Given = reader(kind, typed, facts, on)
    unchanged = given.value == default.value and given.spread is None
    return dataclasses.replace(given, origin=default.origin) if unchanged else given


def _sentence(text: str) -> str:
    """The text with a capital letter, unless it begins with a name from the data."""
    begins_with_a_word = text.partition(" ")[0].isalpha()
    return text[:1].upper() + text[1:] if begins_with_a_word else text


def _read_number(kind: Number, typed: str | None, facts: Facts, on: str) -> Given:
    if typed is None or (kind.default is None and not typed.strip()):
        if not isinstance(kind.default, str):
            return Given(kind.default, "", Origin("default", because=kind.because))
        fact = facts.fact(kind.default, on)
        return Given(Decimal(fact.value), "", Origin("fact", fact=fact.name))
    return _number(typed, kind.label, kind)


def _number(typed: str, label: str, kind: Number) -> Given:
    understood = read(typed, label, kind.unit)
    spread = understood if isinstance(understood, Spread) else None
    values = (spread.low, spread.likely, spread.high) if spread else (understood,)
    middle = spread.likely if spread else None
    for value in values:
        assert isinstance(value, Decimal)
        if value < kind.low:
            raise Misread(f"{label} must be {quantity(kind.low, kind.unit)} or more")
        if value > kind.high:
            hint = f": write {value}% or {value / 100}" if kind.unit is SHARE and value <= 100 else ""
            raise Misread(f"{label} must be {quantity(kind.high, kind.unit)} or less{hint}")
        if kind.whole and value != value.to_integral_value() and value is not middle:
            raise Misread(f"{label} must be a whole number")
    if spread and kind.whole:
        spread = Spread(spread.low, spread.likely.to_integral_value(), spread.high)
    return Given(spread.likely if spread else understood, typed, Origin("typed"), spread)


def _read_choice(kind: Choice, typed: str | None, facts: Facts, on: str) -> Given:
    if typed is None:
        return Given(kind.default, "", Origin("default", because=kind.because))
    if typed not in kind.options:
        raise Misread(f"{kind.label} must be one of {', '.join(kind.options)}{nearest(typed[:60], kind.options)}")
    return Given(typed, typed, Origin("typed"))


def _read_among(kind: Among, typed: str | None, facts: Facts, on: str) -> Given:
    groups = ["any", *facts.groups(kind.collection)]
    by_word = {group.lower(): group for group in groups}
    found = by_word.get((typed or "any").strip().lower())
    if found is None:
        raise Misread(f"{kind.label} must be one of {', '.join(groups)}{nearest((typed or '')[:60], groups)}")
    return Given(found, typed or "", Origin("typed" if typed else "default"))


def _read_yes_no(kind: YesNo, typed: str | None, facts: Facts, on: str) -> Given:
    if typed is None:
        return Given(kind.default, "", Origin("default", because=kind.because))
    if typed.strip().lower() not in _YES:
        raise Misread(f"{kind.label} must be yes or no")
    return Given(_YES[typed.strip().lower()], typed, Origin("typed"))


def _read_text(kind: Text, typed: str | None, facts: Facts, on: str) -> Given:
    if typed is None:
        return Given(kind.default, "", Origin("default"))
    if len(typed) > kind.longest:
        raise Misread(f"{kind.label} must be {kind.longest:,} characters or fewer")
    return Given(typed, typed, Origin("typed"))


def _read_file(kind: File, typed: str | None, facts: Facts, on: str) -> Given:
    if typed == "":
        raise Misread(f"{kind.label} is empty")
    if typed and len(typed) > kind.longest:
        raise Misread(f"{kind.label} must be {kind.longest:,} characters or fewer")
    return Given(typed or "", typed or "", Origin("typed" if typed else "default"))


def _read_month(kind: Month, typed: str | None, facts: Facts, on: str) -> Given:
    if typed is None:
        return Given(kind.default, "", Origin("default", because=kind.because))
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", typed.strip(), re.ASCII):
        raise Misread(f"{kind.label} must be a month, like {kind.default}")
    return Given(typed.strip(), typed, Origin("typed"))


def _read_lines(reading: Reading, name: str, kind: Lines, typed: Mapping[str, str]) -> None:
    """Reads line after line; what was not typed in a line comes from its default, and a blank line is left out."""
    found = []
    for at in range(1, kind.most + 1):
        default = kind.default[at - 1] if at <= len(kind.default) else {}
        own = {cell: typed[f"{name}.{at}.{cell}"] for cell in kinds(kind.of) if f"{name}.{at}.{cell}" in typed}
        cells = {**default, **own}
        if not any(text.strip() for text in cells.values()):
            continue
        found.append(at)
        for cell, its in kinds(kind.of).items():
            path = f"{name}.{at}.{cell}"
            try:
                told = cells.get(cell)
                if isinstance(its, Choice | YesNo) and not (told or "").strip():
                    told = None  # a blank cell of a line that has something else in it
                given = _read(its, told, reading.facts, reading.on)
            except Misread as error:
                reading.problems[path] = f"Line {at}: {error}"
                continue
            if cell in default:
                # A page sends every cell, and writes 60,000 where the default says 60k.
                same = told == default[cell] or (
                    given.spread is None and given.value == _read(its, default[cell], reading.facts, reading.on).value
                )
                origin = Origin("default", because=kind.because) if same else Origin("typed")
                given = dataclasses.replace(given, origin=origin)
            reading.given[path] = given
    reading.given[name] = Given(tuple(found), "", Origin("default", because=kind.because))


def _read_day(reading: Reading, name: str, kind: Day, typed: str) -> None:
    if typed in ("", reading.on):
        reading.given[name] = Given(reading.on, typed, Origin("default", because="the day the facts were last checked"))
        return
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed, re.ASCII):
            raise ValueError
        reading.on = date.fromisoformat(typed).isoformat()
        reading.given[name] = Given(reading.on, typed, Origin("typed"))
    except ValueError:
        reading.problems[name] = f"{kind.label} must be a day, like {reading.facts.as_of}"


def _read_pick(reading: Reading, name: str, kind: Pick, typed: Mapping[str, str]) -> None:
    """Reads the record's id and whatever figures of it were typed as `name.figure`."""
    id = typed.get(name, kind.default)
    entries = reading.facts.entries(kind.collection)
    if id not in entries:
        raise Misread(f"{kind.label}: there is no {id[:60]!r}{nearest(id[:60], entries)}")
    record = reading.record_type(name)
    figures = reading.facts.figures(kind.collection, id, record, reading.on)
    origin = Origin("typed") if id != kind.default else Origin("default", because=kind.because)
    reading.given[name] = Given(id, typed.get(name, ""), origin)
    for figure, described in kinds(record).items():
        if not described.is_number:
            continue
        path = f"{name}.{figure}"
        if path in typed:
            try:
                reading.given[path] = _number(typed[path], described.label, described.question)
            except Misread as error:
                reading.problems[path] = str(error)
        else:
            fact = figures.get(figure)
            value = Decimal(fact.value) if fact else None
            reading.given[path] = Given(value, "", Origin("fact", fact=fact.name if fact else ""))


_READERS: dict[type, Any] = {
    Among: _read_among,
    File: _read_file,
    Month: _read_month,
    Number: _read_number,
    Choice: _read_choice,
    YesNo: _read_yes_no,
    Text: _read_text,
}


def echo(kind: Any, given: Given) -> str:
    """What was understood, where it differs from what was typed: `= 10,000`."""
    if not isinstance(kind, Number) or not given.typed:
        return ""
    if given.spread:
        low, high = quantity(given.spread.low, kind.unit), quantity(given.spread.high, kind.unit)
        return f"= {low} to {high}, here {quantity(given.value, kind.unit)}"
    written = quantity(given.value, kind.unit)
    said_already = same_digits(given.typed, written) or same_digits(given.typed, grouped(given.value))
    return "" if said_already else f"= {written}"
