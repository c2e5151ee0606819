"""The three runs of a formula: its inputs as exact, traced or floating numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from calculators.engine.answering.counted_inputs import counted_inputs, default_inputs
from calculators.engine.answering.counting import (
    Count,
    TokenCounter,
    exact_token_counter,
    token_counting_fields,
    traced_token_counter,
)
from calculators.engine.answering.exchanged_values import Inputs
from calculators.engine.answering.figures.replaced_figures import replace_record_figures
from calculators.engine.declare import (
    Among,
    Choice,
    DeclaredPlanInputs,
    Every,
    Figure,
    Kind,
    Lines,
    NumberInput,
    Pick,
    Several,
    YesNo,
    declared_plan_kinds,
    kinds,
)
from calculators.engine.facts import Fact, Facts, exact_stored_figure
from calculators.engine.facts.history import record_histories
from calculators.engine.facts.ranges import fact_ranges
from calculators.engine.inputs.controls import SEPARATOR
from calculators.engine.inputs.reading import OWN_NAME, InputReading, Setting, Value
from calculators.engine.numbers.traced import Origin, Traced, Truth, Word
from calculators.engine.records import OWN_RECORD, Record

OWN_GROUP = "you"
"""The seller of what a reader describes."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run makes of a record, of an input's setting, and of the function that counts tokens."""

    record: Callable[[Facts, str, str, type[Record], str], Record]
    unknown: Callable[[None, Figure], Value]
    convert: Callable[[Kind, Setting], Value]
    counter: Callable[[Count | None], TokenCounter]


Watch: TypeAlias = Callable[[str, Record], Record]
"""What takes the place of a picked record, by its path."""


def exact_run_inputs(reading: InputReading, watch: Watch | None = None) -> Inputs:
    """The calculator's `Inputs` with plain Decimals: the run that gives the answer."""
    return _inputs_of_run(counted_inputs(reading), EXACT_RUN, watch)


def traced_run_inputs(reading: InputReading) -> Inputs:
    """The calculator's `Inputs` as traced numbers: the run that gives the working."""
    return _inputs_of_run(counted_inputs(reading), TRACED_RUN)


def float_run_inputs(reading: InputReading) -> Inputs:
    """The calculator's `Inputs` as floats: the fast run for ranges and sweeps, in which numbers move."""
    exact = _inputs_of_run(counted_inputs(reading, numbers_move=True), EXACT_RUN)
    return _float_run_value(exact, _float_run_records(reading))


def _inputs_of_run(reading: InputReading, run: Run, watch: Watch | None = None) -> Inputs:
    facts, day = reading.facts, reading.on
    values: dict[str, Value] = {}
    for name, kind in kinds(reading.inputs_type).items():
        if isinstance(kind, Every):
            record_type = reading.record_type(name)
            ids = facts.records(kind.collection, record_type, day)
            values[name] = tuple(run.record(facts, kind.collection, id, record_type, day) for id in ids)
        elif isinstance(kind, Pick):
            record = replace_record_figures(
                _record_of_run(reading, name, kind, run), _typed_figures_of_run(reading, name, run)
            )
            values[name] = watch(name, record) if watch else record
        elif isinstance(kind, Lines):
            values[name] = _lines_of_run(reading, name, kind, run)
        elif isinstance(kind, Several):
            chosen: str = reading.settings[name].value
            values[name] = tuple(chosen.split(SEPARATOR)) if chosen else ()
        else:
            values[name] = run.convert(kind, reading.settings[name])
    for name, markets in _own_markets_of_run(reading).items():
        for market in markets:
            values[market] = (*values[market], values[name])
    values |= record_histories(reading.inputs_type, facts)
    values |= fact_ranges(reading.inputs_type, facts, day)
    values |= dict.fromkeys(token_counting_fields(reading.inputs_type), run.counter(facts.count_tokens))
    return _assembled_run_inputs(reading.inputs_type, values, reading, run)


def _record_of_run(reading: InputReading, name: str, kind: Pick, run: Run) -> Record:
    """The record that an input picks, as published; nothing is known of one of the reader's own."""
    id, record = reading.settings[name].value, reading.record_type(name)
    if id != OWN_RECORD:
        return run.record(reading.facts, kind.collection, id, record, reading.on)
    figures = {field: run.unknown(None, figure) for field, figure in kinds(record).items()}
    called = reading.settings[f"{name}.{OWN_NAME}"].value
    return record(id=OWN_RECORD, name=called, group=OWN_GROUP, since=reading.on, **figures)


def _own_markets_of_run(reading: InputReading) -> dict[str, list[str]]:
    """The markets that a record of the reader's own joins: those of its collection, in the same calculator."""
    by_name = kinds(reading.inputs_type)
    return {
        name: [
            market
            for market, neighbor in by_name.items()
            if isinstance(neighbor, Every)
            and neighbor.collection == kind.collection
            and market.rpartition(".")[0] == name.rpartition(".")[0]
        ]
        for name, kind in by_name.items()
        if isinstance(kind, Pick) and reading.settings[name].value == OWN_RECORD
    }


def _assembled_run_inputs(inputs: type, values: dict[str, Value], reading: InputReading, run: Run) -> Inputs:
    """The `Inputs` made of values by dotted name; what a plan shares with the whole is one and the same value."""
    fields = {name: value for name, value in values.items() if "." not in name}
    for name, plan in declared_plan_kinds(inputs).items():
        prefix = f"{name}."
        inner = {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}
        shared = {inner_name: values[outer_name] for inner_name, outer_name in plan.shared.items()}
        fields[name] = _assembled_run_inputs(
            plan.inputs, _unasked_in_run(plan, reading, run) | inner | shared, reading, run
        )
    return inputs(**fields)


def _unasked_in_run(plan: DeclaredPlanInputs, reading: InputReading, run: Run) -> dict[str, Value]:
    """The defaults of a plan's questions that are not asked here; of all records that it lists, none."""
    if not plan.asked:
        return {}
    defaults = default_inputs(plan.inputs, reading.facts, reading.on).need()
    values: dict[str, Value] = {}
    for name, kind in defaults.questions.items():
        if plan.is_asked(name):
            continue
        if isinstance(kind, Every):
            values[name] = ()
        elif isinstance(kind, Pick):
            values[name] = _record_of_run(defaults, name, kind, run)
        else:
            values[name] = run.convert(kind, defaults.settings[name])
    return values


def _lines_of_run(reading: InputReading, name: str, kind: Lines, run: Run) -> tuple[Value, ...]:
    """The lines of a question for several things, each cell as the run wants it."""
    questions = kinds(kind.line_type)
    return tuple(
        kind.line_type(
            **{
                cell: run.convert(question, reading.settings[f"{name}.{number}.{cell}"])
                for cell, question in questions.items()
            }
        )
        for number in reading.settings[name].value
    )


def _typed_figures_of_run(reading: InputReading, name: str, run: Run) -> dict[str, Value]:
    """The reader's own figures of a picked record, by their names."""
    prefix = f"{name}."
    figures = kinds(reading.record_type(name))
    return {
        path.removeprefix(prefix): run.convert(figures[path.removeprefix(prefix)], setting)
        for path, setting in reading.settings.items()
        if path.startswith(prefix) and path != f"{prefix}{OWN_NAME}" and setting.origin.kind == "typed"
    }


def _exact_run_record(facts: Facts, collection: str, id: str, record: type[Record], day: str) -> Record:
    return facts.records(collection, record, day)[id]


def _exact_run_value(kind: Kind, setting: Setting) -> Value:
    return setting.value


def _traced_run_record(facts: Facts, collection: str, id: str, record: type[Record], day: str) -> Record:
    return facts.computed_once(
        (collection, id, record, day), lambda: facts.record(collection, id, record, day, _traced_run_figure)
    )


def _traced_run_value(kind: Kind, setting: Setting) -> Value:
    if isinstance(kind, NumberInput | Figure):
        return Traced(setting.value, kind.unit, label=kind.label, origin=setting.origin)
    if isinstance(kind, YesNo):
        return Truth(setting.value, "", (), kind.label, setting.origin)
    if isinstance(kind, Choice | Among):
        return Word(setting.value, kind.label, setting.origin)
    return setting.value


def _traced_run_figure(fact: Fact | None, figure: Figure) -> Traced | str:
    if not figure.is_number:
        return fact.value if fact else ""
    amount = Decimal(fact.value) if fact else None
    return Traced(amount, figure.unit, label=figure.label, origin=Origin("fact", fact=fact.name if fact else ""))


EXACT_RUN = Run(_exact_run_record, exact_stored_figure, _exact_run_value, exact_token_counter)
TRACED_RUN = Run(_traced_run_record, _traced_run_figure, _traced_run_value, traced_token_counter)


def _float_run_records(reading: InputReading) -> dict[int, Record]:
    """The published records of every market as floats, by the `id` of those of the exact run, which the facts keep.

    A market has thousands of figures, and an answer may take several runs.
    """
    listed: dict[int, Record] = {}
    for name, kind in kinds(reading.inputs_type).items():
        if isinstance(kind, Every):
            listed |= _float_run_market(reading.facts, kind.collection, reading.record_type(name), reading.on)
    return listed


def _float_run_market(facts: Facts, collection: str, record: type[Record], day: str) -> dict[int, Record]:
    exact = facts.records(collection, record, day).values()
    return facts.computed_once(
        ("floats", collection, record, day), lambda: {id(listed): _float_run_value(listed, {}) for listed in exact}
    )


def _float_run_value(answer: Value, listed: Mapping[int, Record]) -> Value:
    """An answer to a question with every Decimal in it as a float; words and days stay as they are.

    `listed` are the records that are floats already.
    """
    if isinstance(answer, Decimal):
        return float(answer)
    if isinstance(answer, tuple):
        return tuple(_float_run_value(member, listed) for member in answer)
    if isinstance(answer, TokenCounter):
        return answer.as_floats()
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        if id(answer) in listed:
            return listed[id(answer)]
        fields = {
            field.name: _float_run_value(getattr(answer, field.name), listed) for field in dataclasses.fields(answer)
        }
        return dataclasses.replace(answer, **fields)
    return answer
