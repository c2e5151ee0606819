"""The class that an annotation names is that of `typing.get_type_hints`, which compiles it."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from decimal import Decimal

import pytest

from calculators.discovery import find_calculator
from calculators.engine.annotations import (
    annotated_class,
    annotated_field_class,
    annotated_parameter_class,
)
from calculators.engine.declare.kinds import declared_kinds, declared_plan_kinds, declared_record_types
from calculators.engine.records import Record
from tests.calculators.answers import NAMES


@dataclass
class Weighed:
    weights: tuple[Decimal, ...]
    heaviest: Decimal | None = None


@dataclass
class Shipped(Weighed):
    insured: Decimal = Decimal(0)


def declarations(inputs: type) -> Iterator[type]:
    """A calculator's inputs, and those of the plans they hold."""
    yield inputs
    for plan in declared_plan_kinds(inputs).values():
        yield from declarations(plan.inputs)


@pytest.mark.parametrize("name", NAMES)
def test_each_record_that_a_question_picks_is_the_one_annotated(name: str) -> None:
    for declaration in declarations(find_calculator(name).inputs):
        hints = typing.get_type_hints(declaration)
        records = declared_record_types(declaration)
        for field in declared_kinds(declaration).keys() & records.keys():
            assert records[field] in (hints[field], *typing.get_args(hints[field]))
            assert issubclass(records[field], Record)
        for field, plan in declared_plan_kinds(declaration).items():
            assert is_dataclass(plan.inputs), field
            assert plan.inputs is next(iter(typing.get_type_hints(plan.plan).values()))


def test_a_field_of_a_base_is_looked_up_where_it_is_declared() -> None:
    assert annotated_field_class(Shipped, "weights") is Decimal
    assert annotated_field_class(Shipped, "insured") is Decimal


def test_values_and_texts_name_the_same_class() -> None:
    def weighed(sample: Weighed) -> str:
        return str(sample)

    assert annotated_class(tuple[Decimal, ...], __name__) is Decimal
    assert annotated_class(Decimal, __name__) is Decimal
    assert annotated_parameter_class(weighed) is Weighed


def test_what_names_no_class_is_refused() -> None:
    with pytest.raises(TypeError, match="Nothing"):
        annotated_class("Nothing", __name__)
    with pytest.raises(TypeError, match="heaviest|Decimal"):
        annotated_field_class(Weighed, "heaviest")
