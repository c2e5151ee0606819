"""What the inputs of one question are set to, and where each value came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from calculators.engine.declare import Kind, Text, declared_record_types
from calculators.engine.facts import Facts
from calculators.engine.inputs.numerals import Refused, Spread
from calculators.engine.numbers.traced import Origin
from calculators.engine.records import Record

Value: TypeAlias = (
    Any  # a number, a word, yes or no, a text, or the numbers of lines: the kind of the question says which
)

OWN_NAME = "name"
"""What the name of a record of the reader's own is typed as: `model.name`."""

OWN_NAME_QUESTION = Text(label="Name", longest=60)
"""The question for that name. Like any text it is shown, and carried nowhere."""

SCALED = "scaled with the price you typed"
"""How a figure came about that moves in the same ratio as a typed one."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One understood input: its value, what was typed (empty for a default), its origin, its range if it has one."""

    value: Value
    typed: str
    origin: Origin
    spread: Spread | None = None


@dataclass(slots=True)
class InputReading:
    """The settings of a calculator's inputs on a day, with a problem for each input that was not understood."""

    inputs_type: type
    facts: Facts
    on: str
    questions: Mapping[str, Kind]
    settings: dict[str, Setting] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    def need(self) -> InputReading:
        """The reading itself.

        Raises:
            Refused: something could not be understood.
        """
        if self.problems:
            raise Refused(self.problems)
        return self

    def record_type(self, name: str) -> type[Record]:
        """The kind of record that the input of that name picks."""
        return declared_record_types(self.inputs_type)[name]
