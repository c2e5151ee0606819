"""The kinds of a dataclass's fields, by name, and the records that its questions pick."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias

from calculators.engine.annotations import annotated_field_class
from calculators.engine.declare.input_kinds import DeclaredPlanInputs, Every, InputKind, NumberInput, Pick
from calculators.engine.declare.output_kinds import Output
from calculators.engine.records import Record

KIND = "kind"

Kind: TypeAlias = Any  # an Input, an Output or a Figure: which of them, only the dataclass says that has the field
"""What a field asks, answers or is called."""

Field: TypeAlias = Any  # a type checker takes it as the default of a field of whatever type
"""A field of a declaration, whose metadata holds its kind."""


_KINDS: dict[type, Mapping[str, Kind]] = {}


def kinds(declaration: type) -> Mapping[str, Kind]:
    """The kinds of a dataclass's fields, by name, in their order; the inputs of a plan stand in its place, dotted."""
    if declaration not in _KINDS:
        _KINDS[declaration] = MappingProxyType(_declared_kinds_of(declaration))
    return _KINDS[declaration]


def _declared_kinds_of(declaration: type) -> dict[str, Kind]:
    by_name: dict[str, Kind] = {}
    for name, kind in declared_kinds(declaration).items():
        if isinstance(kind, DeclaredPlanInputs):
            for inner_name, inner_kind in kinds(kind.inputs).items():
                if kind.is_asked(inner_name):
                    path = f"{name}.{inner_name}"
                    condition = _declared_condition_beside(inner_kind.only_if, name, kind)
                    by_name[path] = dataclasses.replace(
                        _declared_number_beside(inner_kind, name, kind),
                        group=kind.label,
                        folded=True,
                        only_if=condition,
                        plan_if=kind.only_if,
                    )
        else:
            by_name[name] = kind
    return by_name


def _declared_condition_beside(only_if: tuple[str, ...], name: str, plan: DeclaredPlanInputs) -> tuple[str, ...]:
    """A condition of a plan's question, by the path that the other question has beside the plan.

    It falls away where the question that it names is not asked.
    """
    if not only_if or not (path := _declared_path_beside(only_if[0], name, plan)):
        return ()
    return (path, *only_if[1:])


def _declared_number_beside(kind: InputKind, name: str, plan: DeclaredPlanInputs) -> InputKind:
    """A plan's question; of a number of things that hold text, with the path of the question for that text."""
    if not isinstance(kind, NumberInput) or not kind.each_holds:
        return kind
    return dataclasses.replace(kind, each_holds=_declared_path_beside(kind.each_holds, name, plan))


def _declared_path_beside(question: str, name: str, plan: DeclaredPlanInputs) -> str:
    """The path that a plan's question has beside the plan; empty where it is not asked."""
    if question in plan.shared:
        return plan.shared[question]
    return f"{name}.{question}" if plan.is_asked(question) else ""


@cache
def declared_kinds(declaration: type) -> dict[str, Kind]:
    """The kinds of a dataclass's own fields, the inputs of a plan as one."""
    return {field.name: field.metadata[KIND] for field in dataclasses.fields(declaration) if KIND in field.metadata}


def declared_plan_kinds(inputs: type) -> dict[str, DeclaredPlanInputs]:
    """The fields of a calculator's `Inputs` that hold the inputs of another calculator's plan, by name."""
    return {name: kind for name, kind in declared_kinds(inputs).items() if isinstance(kind, DeclaredPlanInputs)}


def field_of_kind(kind: InputKind | Output) -> Field:
    """A field of a declaration."""
    return dataclasses.field(metadata={KIND: kind})


@cache
def declared_record_types(inputs: type) -> dict[str, type[Record]]:
    """The record type of every `pick` and `every` field, taken from the field's annotation."""
    types: dict[str, type[Record]] = {}
    for name, plan in declared_plan_kinds(inputs).items():
        types |= {f"{name}.{path}": record for path, record in declared_record_types(plan.inputs).items()}
    for name, kind in declared_kinds(inputs).items():
        if isinstance(kind, Pick | Every):
            types[name] = annotated_field_class(inputs, name)
    return types
