"""Every calculator with its defaults and its examples, for the tests that loop over all of them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import pytest

from calculators.catalogue import Catalogue
from calculators.discovery import calculator_names, find_calculator
from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import Amount, Every, Lines, Rows, declared_plan_kinds, output_value
from calculators.engine.declare import kinds as kinds_of
from calculators.engine.inputs.compound_controls import input_line_cells
from calculators.engine.inputs.understanding import understand_inputs
from calculators.engine.numbers.units import SHARE
from calculators.engine.questions.question import Ask, Question, Result
from tests.json_types import JsonObject
from tests.strategies import Field, fields

Given = Mapping[str, str]
Results: TypeAlias = Any
"""The outputs of a calculator. Any: each calculator has a class of its own, and a test names the fields it knows."""

NAMES = calculator_names()
CASES: list[tuple[str, str, Given]] = [(name, "defaults", {}) for name in NAMES]
CASES += [(name, example.name, example.given) for name in NAMES for example in find_calculator(name).examples]


def own_fields(name: str) -> list[Field]:
    """The number fields of a calculator; of those that it takes over from another, the first and the last."""
    listed = fields(find_calculator(name).inputs)
    for part in declared_plan_kinds(find_calculator(name).inputs):
        inner = [field for field in listed if field.path.startswith(f"{part}.")]
        listed = [field for field in listed if field not in inner[1:-1]]
    return listed


FIELDS: list[tuple[str, Field]] = [(name, field) for name in NAMES for field in own_fields(name)]


def kind_of(field: Field) -> tuple[bool, bool, bool, bool, int]:
    """What decides how a number is read: its signs, whole or not, open or not, and where it stands in a question."""
    return ("USD", 1) in field.unit.powers, field.unit is SHARE, field.whole, field.optional, field.path.count(".")


KINDS: dict[tuple[bool, bool, bool, bool, int], list[tuple[str, Field]]] = {}
"""The fields that are read in the same way."""
for each in FIELDS:
    KINDS.setdefault(kind_of(each[1]), []).append(each)

BY_NAME = pytest.mark.parametrize("name", NAMES)
BY_CASE = pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, _, given in CASES], ids=[f"{name}: {case}" for name, case, _ in CASES]
)
BY_KIND = pytest.mark.parametrize(
    "alike", KINDS.values(), ids=[f"{alike[0][0]}: {alike[0][1].path}" for alike in KINDS.values()]
)
BY_FIELD = pytest.mark.parametrize(("name", "field"), FIELDS, ids=[f"{name}: {field.path}" for name, field in FIELDS])


WHOLE = Result()


def answer_json(catalogue: Catalogue, name: str, given: Given, ask: Ask = WHOLE) -> JsonObject:
    """An answer's JSON, as Python objects that nobody changes: many tests look at one answer."""
    return _cached_answer(catalogue, name, json.dumps(dict(given)), ask)


@lru_cache(512)
def _cached_answer(catalogue: Catalogue, name: str, given: str, ask: Ask) -> dict[str, Any]:
    answer: JsonObject = json.loads(catalogue.answer(Question(name, json.loads(given), ask=ask)))
    return answer


def computed(catalogue: Catalogue, name: str, given: Given) -> Results:
    """The outputs of the exact run, without the time that writing them takes; Refused like any answer."""
    calculator = find_calculator(name)
    return finished(
        name, calculator.formula(exact_run_inputs(understand_inputs(calculator.inputs, given, catalogue.facts).need()))
    )


def left_out(catalogue: Catalogue, name: str, given: Given) -> set[str]:
    """The optional outputs that have no number here, or no row, and so are not shown."""
    answer = answer_json(catalogue, name, given)
    outputs, filled = answer["outputs"], {table["name"] for table in answer["tables"] if table["rows"]}
    kinds = kinds_of(find_calculator(name).outputs)
    amounts = {output: kind for output, kind in kinds.items() if isinstance(kind, Amount) and kind.optional}
    tables = {output for output, kind in kinds.items() if isinstance(kind, Rows) and kind.optional}
    return {output for output in amounts if outputs[output]["value"] is None} | (tables - filled)


def finished(name: str, outputs: Results) -> Results:
    """The outputs of a run with those amounts made that were left for later."""
    return dataclasses.replace(outputs, **{amount: output_value(getattr(outputs, amount)) for amount in amounts(name)})


def amounts(name: str) -> dict[str, Amount]:
    """The outputs of a calculator that are single numbers."""
    return find_calculator(name).amounts


DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?")
"""A number in full: no exponent, no idle zeros."""


def is_decimal(text: object) -> bool:
    """Whether a value is a plain decimal string, as the JSON promises; no minus stands before a zero."""
    return isinstance(text, str) and text != "-0" and bool(DECIMAL.fullmatch(text))


def values(outputs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every number among the outputs of an answer's JSON; an interval has three."""
    for name, output in outputs.items():
        if output["unit"] != "text":
            sides = output["value"] if isinstance(output["value"], dict) else {"": output["value"]}
            yield from ((f"{name} {side}".strip(), value) for side, value in sides.items() if value is not None)


def cells(table: JsonObject) -> Iterator[str]:
    """Every number in a table of an answer's JSON."""
    for row in table["rows"]:
        for cell, column in zip(row, table["columns"], strict=True):
            if column["unit"] != "text" and cell is not None:
                yield cell


def askable(name: str) -> list[str]:
    """The names that may be typed for a calculator: its inputs, the cells of its lines, the figures of its records."""
    inputs = kinds_of(find_calculator(name).inputs)
    asked = [input for input, kind in inputs.items() if not isinstance(kind, Every | Lines)]
    asked += [
        path for input, kind in inputs.items() if isinstance(kind, Lines) for path, _ in input_line_cells(input, kind)
    ]
    return list(
        dict.fromkeys([*asked, *(field.path for field in fields(find_calculator(name).inputs) if "." in field.path)])
    )
