"""Inputs of a run with some of their values exchanged, as ranges, sweeps and searches ask for them."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeAlias

from calculators.engine.answering.figures.replaced_figures import replace_record_figures
from calculators.engine.declare import declared_plan_kinds
from calculators.engine.inputs.reading import InputReading, Value

Inputs: TypeAlias = Any  # an instance of a calculator's own class `Inputs`, or one of its lines


def exchanges_announced_figure(inputs: Inputs, path: str) -> bool:
    """Whether a path names a figure of a record that is announced to change."""
    *owners, _ = path.split(".")
    for name in owners:
        inputs = getattr(inputs, name, None)
    return bool(getattr(inputs, "schedule", ()))


def exchange_values(inputs: Inputs, values: dict[str, Value], reading: InputReading, within: str = "") -> Inputs:
    """Inputs with some values exchanged: `requests`, a figure `model.input` in all months, a cell `tasks.2.runs`.

    `within` is the name of the plan that the inputs belong to, with its dot; a value that a plan shares changes there
    too, and so does a figure of a record that it shares.
    """
    fields: dict[str, Value] = {}
    inside: dict[str, dict[str, Value]] = {}
    plans = declared_plan_kinds(type(inputs))
    for path in values:
        head, _, rest = path.partition(".")
        if rest:
            inside.setdefault(head, {})[rest] = values[path]
        else:
            fields[head] = values[path]
        for plan_name, plan in plans.items():
            for inner_name in (inner for inner, outer in plan.shared.items() if outer == head):
                inside.setdefault(plan_name, {})[f"{inner_name}.{rest}" if rest else inner_name] = values[path]
    for head, changes in inside.items():
        before = getattr(inputs, head)
        if head in plans:
            fields[head] = exchange_values(before, changes, reading, f"{within}{head}.")
        elif isinstance(before, tuple):
            fields[head] = _with_exchanged_cells(before, changes, reading, within + head)
        else:
            fields[head] = replace_record_figures(before, changes)
    return dataclasses.replace(inputs, **fields)


def _with_exchanged_cells(
    lines: tuple[Inputs, ...], changes: dict[str, Value], reading: InputReading, name: str
) -> tuple[Inputs, ...]:
    """Lines with some cells exchanged, each named by its line as typed and its field."""
    exchanged = list(lines)
    for path in changes:
        number, _, cell = path.partition(".")
        position = reading.settings[name].value.index(int(number))
        exchanged[position] = dataclasses.replace(exchanged[position], **{cell: changes[path]})
    return tuple(exchanged)
