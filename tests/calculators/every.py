"""Every calculator with its defaults and its examples, for the tests that loop over all of them."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pytest

from calculators.engine.declare import Amount, Every, Lines, parts
from calculators.engine.declare import kinds as kinds_of
from calculators.engine.inputs import understand
from calculators.engine.runs import exact
from calculators.find import find, names
from calculators.views.answer import cells as cells_of
from calculators.views.answer import made
from tests.strategies import Field, fields

Given = Mapping[str, str]

NAMES = names()
CASES: list[tuple[str, str, Given]] = [(name, "defaults", {}) for name in NAMES]
CASES += [(name, example.name, example.given) for name in NAMES for example in find(name).examples]


def own_fields(name: str) -> list[Field]:
    """The number fields of a calculator; of those that it takes over from another, the first and the last."""
    found = fields(find(name).inputs)
    for part in parts(find(name).inputs):
        inner = [field for field in found if field.path.startswith(f"{part}.")]
        found = [field for field in found if field not in inner[1:-1]]
    return found


FIELDS: list[tuple[str, Field]] = [(name, field) for name in NAMES for field in own_fields(name)]

BY_NAME = pytest.mark.parametrize("name", NAMES)
BY_CASE = pytest.mark.parametrize(
    ("name", "given"), [(name, given) for name, _, given in CASES], ids=[f"{name}: {case}" for name, case, _ in CASES]
)
BY_FIELD = pytest.mark.parametrize(("name", "field"), FIELDS, ids=[f"{name}: {field.path}" for name, field in FIELDS])


def told(catalogue: Any, name: str, given: Given, ask: str = "result") -> dict[str, Any]:
    """An answer's JSON, as Python objects that nobody changes: many tests look at one answer."""
    return _told(catalogue, name, json.dumps(dict(given)), ask)


@lru_cache(64)
def _told(catalogue: Any, name: str, given: str, ask: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(catalogue.answer(name, given, "json", ask))
    return answer


def computed(catalogue: Any, name: str, given: Given) -> Any:
    """The outputs of the exact run, without the time that writing them takes; Refused like any answer."""
    calculator = find(name)
    return finished(name, calculator.formula(exact(understand(calculator.inputs, given, catalogue.facts).need())))


def finished(name: str, outputs: Any) -> Any:
    """The outputs of a run with those amounts made that were left for later."""
    return dataclasses.replace(outputs, **{amount: made(getattr(outputs, amount)) for amount in amounts(name)})


def amounts(name: str) -> dict[str, Amount]:
    """The outputs of a calculator that are single numbers."""
    return find(name).amounts


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


def cells(table: Mapping[str, Any]) -> Iterator[str]:
    """Every number in a table of an answer's JSON."""
    for row in table["rows"]:
        for cell, column in zip(row, table["columns"], strict=True):
            if column["unit"] != "text" and cell is not None:
                yield cell


def askable(name: str) -> list[str]:
    """The names that may be typed for a calculator: its inputs, the cells of its lines, the figures of its records."""
    inputs = kinds_of(find(name).inputs)
    asked = [input for input, kind in inputs.items() if not isinstance(kind, Every | Lines)]
    asked += [path for input, kind in inputs.items() if isinstance(kind, Lines) for path, _ in cells_of(input, kind)]
    return list(dict.fromkeys([*asked, *(field.path for field in fields(find(name).inputs) if "." in field.path)]))
