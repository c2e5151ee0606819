"""The files of figures that are kept by hand: GPUs, tuning offers, vector stores and the like, one file a collection.

The record class of `calculators.engine.records` says which figures an entry may have, in which unit and between which
bounds, so a new collection needs a record class and a file `data/<collection>.yaml`, and nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from calculators.engine.declare import Figure, kinds
from calculators.engine.records import RECORDS
from calculators.engine.suggest import nearest
from calculators.engine.units import DATE, UnitError, unit
from macros.facts_problems import Problem, shown
from macros.facts_schema import Part
from macros.facts_values import Confidence, Day, Name, Words, day, number
from macros.facts_yaml import Node, Rows, Table

FROM_PRICES = ("prices", "embeddings")
"""Collections whose entries come from data/prices/."""

FILES = {f"{name}.yaml": name for name in RECORDS if name not in FROM_PRICES}


class Line(Part):
    """What a figure is from a day on."""

    since: Day = Field(alias="from")
    value: Words
    reason: Words | None = None


class Kept(Part):
    """One figure with its dated values and where they were read.

    `confidence` is A for the publisher's own page, B where a third party quotes it, C where it is undated or unsure: a
    calculator never starts from a C.
    """

    unit: Words
    values: list[Line]
    source: Name
    confidence: Confidence
    checked: Day | None = None
    because: Words | None = None


class Entry(Part):
    """One thing of the collection, such as a GPU."""

    name: Words
    group: Words
    note: Words = ""
    facts: dict[Name, Kept]


class CollectionFile(Part):
    """data/<collection>.yaml."""

    checked: Day
    best_before: Day
    entries: dict[Name, Entry]


def collection(file: CollectionFile) -> dict[str, Any]:
    """The entries of a file as the calculators load them."""
    return {
        id: {
            "name": entry.name,
            "group": entry.group,
            "note": entry.note,
            "facts": {key: _fact(kept, file.checked) for key, kept in entry.facts.items()},
            **_why(entry),
        }
        for id, entry in file.entries.items()
    }


def _why(entry: Entry) -> dict[str, dict[str, str]]:
    """Why the figures changed, by the day on which that began; nothing where nothing is said."""
    why = {line.since: line.reason for kept in entry.facts.values() for line in kept.values if line.reason}
    return {"why": dict(sorted(why.items()))} if why else {}


def _fact(kept: Kept, looked: str) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "unit": kept.unit,
        "values": [[line.since, _shortest(line.value)] for line in kept.values],
        "source": kept.source,
        "checked": kept.checked or looked,
        "confidence": kept.confidence,
    }
    return fact | {"because": kept.because} if kept.because else fact


def _shortest(text: str) -> str:
    try:
        return number(text)
    except PydanticCustomError:
        return text


def problems(root: Node, file: str) -> Iterator[Problem]:
    """What is wrong between the file and its record: figures it does not know, units, values out of bounds."""
    described = kinds(RECORDS[FILES[file]])
    for entry in _tables(root, "entries"):
        facts = entry.entries.get("facts")
        if not isinstance(facts, Table):
            continue
        for key, node in facts.entries.items():
            if key not in described:
                advice = nearest(key, described) or f"; it has {', '.join(described)}"
                yield _at(facts.keys[key], file, f"{shown(key)} is no figure of this collection{advice}")
            elif isinstance(node, Table):
                yield from _figure(described[key], node, file)


def _figure(figure: Figure, node: Table, file: str) -> Iterator[Problem]:
    """What is wrong with one figure."""
    written, wanted = node.text("unit"), figure.unit.text
    if written and written != wanted and not _same(written, figure):
        yield _at(node.entries["unit"], file, f"{shown(written)} is not the unit of this figure; write {wanted}")
    values = node.entries.get("values")
    for row in values.items if isinstance(values, Rows) else ():
        if not isinstance(row, Table) or not (text := row.text("value")):
            continue
        said = _refusal(figure, text)
        if said:
            yield _at(row.entries["value"], file, said)


def _same(written: str, figure: Figure) -> bool:
    try:
        return unit(written) == figure.unit
    except (ValueError, UnitError):
        return False


def _refusal(figure: Figure, text: str) -> str:
    """What is wrong with a value, or nothing."""
    try:
        if figure.is_number:
            value = Decimal(number(text))
            if not figure.low <= value <= figure.high:
                return f"{text} is not between {figure.low} and {figure.high}; check the value and its unit"
        elif figure.unit == DATE:
            day(text)
    except PydanticCustomError as error:
        return error.message()
    return ""


def _tables(root: Node, key: str) -> Iterator[Table]:
    found = root.entries.get(key) if isinstance(root, Table) else None
    if isinstance(found, Table):
        yield from (node for node in found.entries.values() if isinstance(node, Table))


def _at(node: Node, file: str, message: str) -> Problem:
    return Problem(file, node.line, node.column, message)
