"""Figures of a record that a reader replaces, and what is sold in proportion to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from calculators.engine.declare import Figure, Pick, declared_figure_base, kinds, scaled_declared_figure
from calculators.engine.inputs.reading import InputReading, Value
from calculators.engine.numbers import bare_value, is_known_number, named
from calculators.engine.numbers.traced import Traced
from calculators.engine.records import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def replace_record_figures(record: AnyRecord, figures: Mapping[str, Value]) -> AnyRecord:
    """The record with some figures replaced, now and in every month to come, and with what scales with them.

    What scales keeps the proportion of the record's own day in every month, as the figure it hangs on keeps its value:
    whoever types the scaled figures too gets the same answer. A figure that is first published in a later month takes
    the proportion of that month. A change that leaves nothing changed is no longer announced.
    """
    if not figures:
        return record
    listed: Any = record if record.listed is None else record.listed  # the same kind of record
    replaced = {**dict(record.replaced), **figures}
    now = {**_scaled_replaced_figures(listed, replaced), **replaced}
    record = dataclasses.replace(listed, schedule=(), listed=listed, replaced=tuple(replaced.items()), **now)
    schedule: list[tuple[int, AnyRecord]] = []
    for month, scheduled in listed.schedule:
        later = dataclasses.replace(scheduled, **{**_scaled_replaced_figures(scheduled, replaced), **now})
        if not _is_replaced_figure_alike(later, schedule[-1][1] if schedule else record):
            schedule.append((month, later))
    return dataclasses.replace(record, schedule=tuple(schedule))


def _is_replaced_figure_alike(record: Record, neighbor: Record) -> bool:
    """Whether two records have the same figures, so that no change is left to announce."""
    pairs = ((getattr(record, name), getattr(neighbor, name)) for name in kinds(type(record)))
    return all(left is right or bool(bare_value(left) == bare_value(right)) for left, right in pairs)


def _scaled_replaced_figures(listed: Record, replaced: Mapping[str, Value]) -> dict[str, Value]:
    """Every figure of a record that scales with one that was replaced, by name."""
    figures = kinds(type(listed))
    bases = {name: base for name in figures if (base := declared_figure_base(figures, name, replaced, listed))}
    return {
        name: named(
            figures[name].label,
            scaled_declared_figure(
                _replaced_figure_as_listed(getattr(listed, name), figures[name]),
                replaced[base],
                _replaced_figure_as_listed(getattr(listed, base), figures[base]),
            ),
        )
        for name, base in bases.items()
        if is_known_number(replaced[base])
    }


def _replaced_figure_as_listed(number: Value, figure: Figure) -> Value:
    """A published figure beside the one that replaces it, under a label of its own in the working."""
    if not isinstance(number, Traced):
        return number
    return Traced(number.value, number.unit, label=f"{figure.label} as listed", origin=number.origin)


def replaced_figure_bases(reading: InputReading) -> dict[str, frozenset[str]]:
    """The paths of the figures that each known figure scales with once they are replaced; nothing of a typed one."""
    bases = {}
    for name, kind in kinds(reading.inputs_type).items():
        if not isinstance(kind, Pick) or name not in reading.settings:
            continue
        for field, figure in kinds(reading.record_type(name)).items():
            setting = reading.settings.get(f"{name}.{field}")
            if setting and setting.value is not None and setting.origin.kind != "typed" and figure.scales_with:
                bases[f"{name}.{field}"] = frozenset(f"{name}.{base}" for base in figure.scales_with)
    return bases
