"""The files of figures that are kept by hand: GPUs, tuning offers, vector stores and the like, one file a collection.

The record class of `calculators.domain.records` says which figures an entry may have, in which unit and between which
bounds, so a new collection needs a record class and a file `data/<collection>.yaml`, and nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pydantic_core import PydanticCustomError

from calculators.domain.records import RECORDS
from calculators.domain.records.tuning import TRAINING_FORMAT_NAMES
from calculators.engine.declare import Figure, kinds
from calculators.engine.facts.loaded import DatedFact, Entry
from calculators.engine.inputs.suggestions import suggest_nearest
from calculators.engine.numbers.units import DATE, UnitError, unit_from_text
from calculators.readers.training.recognizing import TRAINING_FORMATS
from macros.facts.entries import data_entry_with_facts, fact_of_data_entry
from macros.facts.forms import DataTable, Mistake
from macros.facts.forms.values import (
    Confidence,
    Day,
    Name,
    Words,
    data_value_of_day,
    data_value_of_number,
    data_value_shortest,
)
from macros.facts.problems import quoted_data
from macros.facts.schema import Dated, DatedValue

FROM_ELSEWHERE = ("prices", "older_prices", "embeddings", "tokenizers")
"""Collections whose entries come from data/prices/, or from a file of a form of its own."""

NAMED = {TRAINING_FORMAT_NAMES: list(TRAINING_FORMATS)}
"""The names that a figure may list, by what they are of."""

FILES = {f"{name}.yaml": name for name in RECORDS if name not in FROM_ELSEWHERE}


class DatedLine(DatedValue):
    """The value of a figure from a day on, and why it changed."""

    reason: Words | None = None


class DatedFigure(DataTable):
    """One figure of a collection with its dated values and where they were read.

    `confidence` is A for the publisher's own page, B where a third party quotes it, C where it is undated or unsure: a
    calculator never starts from a C.
    """

    unit: Words
    values: Dated[DatedLine]
    source: Name
    confidence: Confidence
    checked: Day | None = None
    because: Words | None = None


class CollectedEntry(DataTable):
    """One thing of a collection, such as a GPU."""

    name: Words
    group: Words
    note: Words = ""
    facts: dict[Name, DatedFigure]


class CollectionFile(DataTable):
    """data/<collection>.yaml."""

    checked: Day
    best_before: Day
    entries: dict[Name, CollectedEntry]


def collection_file_entries(file: CollectionFile) -> dict[str, Entry]:
    """The entries of a file as the calculators load them."""
    return {id: _collection_file_loaded(record, file.checked) for id, record in file.entries.items()}


def _collection_file_loaded(record: CollectedEntry, checked: str) -> Entry:
    facts: dict[str, DatedFact] = {}
    for key, figure in record.facts.items():
        values = [(line.since, data_value_shortest(line.value)) for line in figure.values]
        looked = figure.checked or checked
        facts[key] = fact_of_data_entry(figure.unit, values, figure.source, looked, figure.because, figure.confidence)
    why = {line.since: line.reason for figure in record.facts.values() for line in figure.values if line.reason}
    return data_entry_with_facts(record.name, record.group, record.note, facts, why)


def collection_file_mistakes(file: CollectionFile, name: str) -> Iterator[Mistake]:
    """What is wrong between the file and its record: figures it does not know, units, values out of bounds."""
    described = kinds(RECORDS[FILES[name]])
    for id, record in file.entries.items():
        for key, figure in record.facts.items():
            path = ("entries", id, "facts", key)
            if key not in described:
                advice = suggest_nearest(key, described) or f"; it has {', '.join(described)}"
                yield Mistake(path, f"{quoted_data(key)} is no figure of this collection{advice}", of_key=True)
                continue
            wanted = described[key]
            if figure.unit and not _is_collection_file_unit(figure, wanted):
                message = f"{quoted_data(figure.unit)} is not the unit of this figure; write {wanted.unit.text}"
                yield Mistake((*path, "unit"), message)
            for index, line in enumerate(figure.values):
                if line.value and (message := _collection_file_refusal(wanted, line.value)):
                    yield Mistake((*path, "values", index, "value"), message)


def _is_collection_file_unit(figure: DatedFigure, wanted: Figure) -> bool:
    try:
        return figure.unit == wanted.unit.text or unit_from_text(figure.unit) == wanted.unit
    except (ValueError, UnitError):
        return False


def _collection_file_refusal(figure: Figure, text: str) -> str:
    """What is wrong with a value, or nothing."""
    try:
        if figure.is_number:
            if not figure.low <= Decimal(data_value_of_number(text)) <= figure.high:
                return f"{text} is not between {figure.low} and {figure.high}; check the value and its unit"
        elif figure.unit == DATE:
            data_value_of_day(text)
        elif figure.names:
            return _collection_file_stranger(figure.names, text)
    except PydanticCustomError as error:
        return error.message()
    return ""


def _collection_file_stranger(kind: str, text: str) -> str:
    """What is wrong with a list of names, or nothing."""
    known = NAMED[kind]
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in known:
            advice = suggest_nearest(name, known) or f"; write some of {', '.join(known)}, with commas between"
            return f"{quoted_data(name)} is none of the {kind}{advice}"
    twice = next((name for name in names if names.count(name) > 1), None)
    return f"{quoted_data(twice)} is written there twice; delete one" if twice else ""
