"""Hypothesis strategies made from a calculator's declarations: texts as people type them, within the bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from calculators.engine.declare import (
    Among,
    Choice,
    Day,
    Every,
    Figure,
    File,
    Files,
    Lines,
    Month,
    NumberInput,
    Pick,
    Several,
    Text,
    YesNo,
    declared_record_types,
    kinds,
)
from calculators.engine.facts import Facts
from calculators.engine.inputs.numerals import spelled_decimals
from calculators.engine.numbers.units import SHARE, counts_things


@dataclass(frozen=True, slots=True)
class Field:
    """One question that is answered with a number: an input, or a figure of a picked record such as `model.input`."""

    path: str
    label: str
    unit: Any
    low: Decimal
    high: Decimal
    whole: bool = False
    optional: bool = False


@cache
def fields(inputs: type) -> list[Field]:
    """Every question of a calculator that is answered with a number."""
    listed = []
    for name, kind in kinds(inputs).items():
        if isinstance(kind, NumberInput):
            listed.append(Field(name, kind.label, kind.unit, kind.low, kind.high, kind.whole, kind.default is None))
        elif isinstance(kind, Lines):
            for cell, question in kinds(kind.line_type).items():
                if isinstance(question, NumberInput):
                    lines = range(1, len(kind.default) + 1)
                    listed += [
                        Field(
                            f"{name}.{line}.{cell}",
                            question.label,
                            question.unit,
                            question.low,
                            question.high,
                            question.whole,
                            question.default is None,
                        )
                        for line in lines
                    ]
        elif isinstance(kind, Pick):
            record = declared_record_types(inputs)[name]
            listed += [
                Field(f"{name}.{figure}", field.label, field.unit, field.low, field.high)
                for figure, field in kinds(record).items()
                if isinstance(field, Figure) and field.is_number
            ]
    return listed


def plain(number: Decimal) -> str:
    """A number in full, without an exponent."""
    return format(number, "f")


COUNTED_IN = {"thousand": 3, "million": 6, "billion": 9}
"""The powers of ten of the nouns that fields count in."""


def spellings(number: Decimal, unit: Any) -> list[str]:
    """The ways in which people type one number."""
    written = [plain(number), f"{number:,f}", f"{number:,f}".replace(",", "\u00a0"), f" {plain(number)} "]
    written += [f"+{plain(number)}"] if number >= 0 else []
    single = number.scaleb(COUNTED_IN.get(unit.noun, 0))  # 7bn in a field that counts in billions is 7 of them
    written += [plain(single / 1000) + "k", plain(single / 10**6) + " M", plain(single / 10**9) + "bn"]
    written.append(f"{number:e}")
    if counts_things(unit):
        written = [text.replace(text.strip(), spelled_decimals(text.strip())) for text in written]
    if ("USD", 1) in unit.powers:
        written += [f"${plain(number)}", f"$ {number:,f}"]
    if unit is SHARE:
        written.append(plain(number * 100) + "%")
    return [text for text in written if len(text) <= 40]


def quantities(field: Field) -> st.SearchStrategy[Decimal]:
    """Numbers within a field's bounds: the bounds themselves, everyday sizes, and every order of magnitude."""
    everyday = st.integers(0, 5000).map(Decimal)
    powers = st.builds(lambda digits, power: Decimal(digits).scaleb(power), st.integers(1, 99), st.integers(-3, 12))
    span = field.high - field.low
    parts = st.integers(0, 1000).map(lambda part: field.low + span * Decimal(part) / 1000)
    values = st.one_of(st.sampled_from([field.low, field.high]), everyday, powers, parts)
    within = values.map(lambda number: min(max(number, field.low), field.high))
    return within.map(Decimal.to_integral_value) if field.whole else within


def numbers(field: Field) -> st.SearchStrategy[str]:
    """A number within a field's bounds, typed in one of the usual ways."""
    return quantities(field).flatmap(lambda number: st.sampled_from(spellings(number, field.unit)))


def simple(kind: Any) -> st.SearchStrategy[str]:
    """A valid text for a question that stands for itself: a number, a choice, yes or no, a month, a text or a file."""
    if isinstance(kind, NumberInput):
        return numbers(Field("", kind.label, kind.unit, kind.low, kind.high, kind.whole))
    if isinstance(kind, Choice):
        return st.sampled_from(sorted(kind.options))
    if isinstance(kind, YesNo):
        return st.sampled_from(["yes", "no", "Y", "n", "true", "False", " on ", "off", "1", "0"])
    if isinstance(kind, Month):
        return st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(lambda day: day.isoformat()[:7])
    if isinstance(kind, Text | File):
        least = 1 if isinstance(kind, File) else 0
        return st.text(st.characters(exclude_categories=["Cs"]), min_size=least, max_size=min(kind.longest, 200))
    raise TypeError(f"no strategy for {type(kind).__name__} yet; add one here")


@cache
def known_on(facts: Facts, collection: str, record: type, day: str) -> list[str]:
    """The entries of a collection that have every number of theirs on a day."""
    figures = [name for name, field in kinds(record).items() if field.is_number]
    known = []
    for id, entry in facts.entries(collection).items():
        firsts = [entry["facts"][name]["values"][0][0] for name in figures if name in entry["facts"]]
        if firsts and max(firsts) <= day:
            known.append(id)
    return known


@cache
def days(inputs: type, facts: Facts) -> st.SearchStrategy[str]:
    """Days on which every default is known: the day of the facts, each day of a change, its neighbors, later days."""
    first = ""
    changes = set()
    for name, kind in kinds(inputs).items():
        if isinstance(kind, NumberInput) and isinstance(kind.default, str):
            first = max(first, facts.fact(kind.default).since)
        if isinstance(kind, Pick):
            of_default = facts.figures(kind.collection, kind.default, declared_record_types(inputs)[name], facts.as_of)
            first = max(first, *(fact.since for fact in of_default.values()))
            for id in facts.entries(kind.collection):
                changes |= set(facts.changes(kind.collection, id, first))
    start = date.fromisoformat(first or facts.as_of)
    around = [date.fromisoformat(day) + timedelta(days=more) for day in changes for more in (-1, 0, 1)]
    turning = sorted({start, *(day for day in around if day >= start)})
    today, later = st.just(date.fromisoformat(facts.as_of)), st.dates(start, date(2030, 12, 31))
    return st.one_of(today, st.sampled_from(turning), later).map(date.isoformat)


@st.composite
def texts(draw: st.DrawFn, inputs: type, facts: Facts, *, always: tuple[str, ...] = ()) -> dict[str, str]:
    """What a reader may have typed: some of the inputs (those in `always` for certain), each in a valid way."""
    typed: dict[str, str] = {}
    by_path = {field.path: field for field in fields(inputs)}
    day = facts.as_of
    for name, kind in kinds(inputs).items():
        if isinstance(kind, Day) and draw(st.booleans(), f"types {name}"):
            day = typed[name] = draw(days(inputs, facts), name)
    for name, kind in kinds(inputs).items():
        if isinstance(kind, Day | Every) or not (name in always or draw(st.booleans(), f"types {name}")):
            continue
        if isinstance(kind, Lines):
            for line in range(1, draw(st.integers(1, kind.most), f"lines of {name}") + 1):
                for cell, question in kinds(kind.line_type).items():
                    typed[f"{name}.{line}.{cell}"] = draw(simple(question), f"{name}.{line}.{cell}")
        elif isinstance(kind, Files):
            continue  # a summary is of the facts of a build; the text beside it says the same
        elif isinstance(kind, NumberInput | Choice | YesNo | Month | Text | File):
            typed[name] = draw(simple(kind), name)
        elif isinstance(kind, Among):
            typed[name] = draw(st.sampled_from(["any", *facts.groups(kind.collection)]), name)
        elif isinstance(kind, Several):
            some = st.lists(st.sampled_from(sorted(facts.entries(kind.collection))), max_size=4)
            typed[name] = draw(some.map(", ".join), name)
        elif isinstance(kind, Pick):
            record_type: type = declared_record_types(inputs)[name]
            typed[name] = draw(st.sampled_from(known_on(facts, kind.collection, record_type, day)), name)
            figures = sorted(path for path in by_path if path.startswith(f"{name}."))
            for path in draw(st.lists(st.sampled_from(figures), max_size=2, unique=True), f"figures of {name}"):
                typed[path] = draw(numbers(by_path[path]), path)
        else:
            raise TypeError(f"{name}: no strategy for {type(kind).__name__} yet; add one here")
    return typed
