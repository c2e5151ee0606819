"""The three runs of a formula: its inputs as exact, traced or floating numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from calculators.engine.declare import Among, Choice, Every, Lines, Number, Pick, YesNo, kinds, parts
from calculators.engine.facts import Fact, Facts, marked, months_between
from calculators.engine.inputs import Given, Reading
from calculators.engine.records import Record
from calculators.engine.tokens import Counter, counters, exact_counter, traced_counter
from calculators.engine.traced import Origin, Traced, Truth, Word


def exact(reading: Reading) -> Any:
    """The calculator's `Inputs` with plain Decimals: the run that gives the answer."""
    values: dict[str, Any] = {}
    for name, kind in kinds(reading.of).items():
        if isinstance(kind, Every):
            records = reading.facts.records(kind.collection, reading.record_type(name), reading.on)
            values[name] = tuple(records.values())
        elif isinstance(kind, Pick):
            record = reading.facts.records(kind.collection, reading.record_type(name), reading.on)[
                reading.given[name].value
            ]
            values[name] = _overridden(record, reading, name)
        elif isinstance(kind, Lines):
            values[name] = _lines(reading, name, kind, lambda its, given: given.value)
        else:
            values[name] = reading.given[name].value
    values |= dict.fromkeys(counters(reading.of), exact_counter(reading.facts.count_tokens))
    return _whole(reading.of, values)


def _whole(inputs: type, values: dict[str, Any]) -> Any:
    """The `Inputs` made of values by dotted name; what a part shares with the whole is one and the same value."""
    own = {name: value for name, value in values.items() if "." not in name}
    for name, its in parts(inputs).items():
        begins = f"{name}."
        inner = {path.removeprefix(begins): value for path, value in values.items() if path.startswith(begins)}
        own[name] = _whole(its.of, inner | {theirs: values[ours] for theirs, ours in its.shared.items()})
    return inputs(**own)


def _lines(reading: Reading, name: str, kind: Lines, made: Callable[[Any, Given], Any]) -> tuple[Any, ...]:
    """The lines of a question for several things, each cell made for its run."""
    return tuple(
        kind.of(**{field: made(its, reading.given[f"{name}.{at}.{field}"]) for field, its in kinds(kind.of).items()})
        for at in reading.given[name].value
    )


def _overridden(record: Record, reading: Reading, name: str) -> Record:
    """The record with the reader's own figures."""
    prefix = f"{name}."
    own = {
        path.removeprefix(prefix): given.value
        for path, given in reading.given.items()
        if path.startswith(prefix) and given.origin.kind == "typed"
    }
    return with_own(record, own)


def with_own(record: Record, own: dict[str, Any]) -> Record:
    """The record with some figures replaced, now and in every month to come."""
    if not own:
        return record
    later = tuple((month, dataclasses.replace(it, **own)) for month, it in record.schedule)
    return dataclasses.replace(record, schedule=later, **own)


def traced(reading: Reading) -> Any:
    """The calculator's `Inputs` as traced numbers: the run that gives the working."""
    values: dict[str, Any] = {}
    for name, kind in kinds(reading.of).items():
        if isinstance(kind, Every):
            type_ = reading.record_type(name)
            values[name] = tuple(
                _traced_record(reading, kind.collection, id, type_, "")
                for id in reading.facts.records(kind.collection, type_, reading.on)
            )
        elif isinstance(kind, Pick):
            values[name] = _traced_record(
                reading, kind.collection, reading.given[name].value, reading.record_type(name), name
            )
        elif isinstance(kind, Lines):
            values[name] = _lines(reading, name, kind, _traced_value)
        else:
            values[name] = _traced_value(kind, reading.given[name])
    values |= dict.fromkeys(counters(reading.of), traced_counter(reading.facts.count_tokens))
    return _whole(reading.of, values)


def _traced_value(kind: Any, given: Given) -> Any:
    if isinstance(kind, Number):
        return Traced(given.value, kind.unit, label=kind.label, origin=given.origin)
    if isinstance(kind, YesNo):
        return Truth(given.value, "", (), kind.label, given.origin)
    if isinstance(kind, Choice | Among):
        return Word(given.value, kind.label, given.origin)
    return given.value


def _traced_record(reading: Reading, collection: str, id: str, record: type[Record], name: str) -> Record:
    """One entry with traced figures; the reader's own figures of the input `name` replace the published ones."""
    key = (collection, id, record, reading.on)
    if key not in reading.facts.kept:
        reading.facts.kept[key] = _published_record(reading.facts, collection, id, record, reading.on)
    published: Record = reading.facts.kept[key]
    prefix = f"{name}."
    own = {
        path.removeprefix(prefix): _traced_figure(kinds(record)[path.removeprefix(prefix)], given)
        for path, given in reading.given.items()
        if name and path.startswith(prefix) and given.origin.kind == "typed"
    }
    return with_own(published, own)


def _traced_figure(described: Any, given: Given) -> Traced:
    return Traced(given.value, described.unit, label=described.label, origin=given.origin)


def _published_record(facts: Facts, collection: str, id: str, record: type[Record], day: str) -> Record:
    entry = facts.entry(collection, id)

    def values(figures: dict[str, Fact]) -> dict[str, Any]:
        return {name: _traced_fact(figures.get(name), described) for name, described in kinds(record).items()}

    found = facts.figures(collection, id, record, day)
    name = marked(entry["name"], found)
    now = record(id=id, name=name, group=entry["group"], note=entry["note"], since=day, **values(found))
    later = tuple(
        (
            months_between(day, change),
            dataclasses.replace(now, since=change, **values(facts.figures(collection, id, record, change))),
        )
        for change in facts.changes(collection, id, day)
    )
    return dataclasses.replace(now, schedule=later) if later else now


def _traced_fact(fact: Fact | None, described: Any) -> Any:
    if not described.is_number:
        return fact.value if fact else ""
    value = Decimal(fact.value) if fact else None
    return Traced(value, described.unit, label=described.label, origin=Origin("fact", fact=fact.name if fact else ""))


def floating(reading: Reading) -> Any:
    """The calculator's `Inputs` as floats: the fast run for ranges and sweeps."""
    plain = exact(reading)
    return dataclasses.replace(plain, **{f.name: as_float(getattr(plain, f.name)) for f in dataclasses.fields(plain)})


def as_float(value: Any) -> Any:
    """A value with every Decimal in it as a float; words and days stay as they are."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return tuple(as_float(item) for item in value)
    if isinstance(value, Counter):
        return value.as_floats()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value, **{f.name: as_float(getattr(value, f.name)) for f in dataclasses.fields(value)}
        )
    return value


def changes(inputs: Any, path: str) -> bool:
    """Whether a path names a figure of a record that is announced to change."""
    *owners, _ = path.split(".")
    for name in owners:
        inputs = getattr(inputs, name, None)
    return bool(getattr(inputs, "schedule", ()))


def replaced(inputs: Any, values: dict[str, Any], reading: Reading, within: str = "") -> Any:
    """Inputs with some values exchanged: `requests`, a figure `model.input` in all months, a cell `tasks.2.runs`.

    `within` is the name of the part that the inputs are, with its dot; a value that a part shares changes there too.
    """
    own: dict[str, Any] = {}
    within_head: dict[str, dict[str, Any]] = {}
    inner = parts(type(inputs))
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if rest:
            within_head.setdefault(head, {})[rest] = value
        else:
            own[head] = value
            for part, its in inner.items():
                for theirs in (theirs for theirs, ours in its.shared.items() if ours == head):
                    within_head.setdefault(part, {})[theirs] = value
    for head, changed in within_head.items():
        before = getattr(inputs, head)
        if head in inner:
            own[head] = replaced(before, changed, reading, f"{within}{head}.")
        elif isinstance(before, tuple):
            own[head] = _other_cells(before, changed, reading, within + head)
        else:
            own[head] = with_own(before, changed)
    return dataclasses.replace(inputs, **own)


def _other_cells(lines: tuple[Any, ...], changed: dict[str, Any], reading: Reading, name: str) -> tuple[Any, ...]:
    """Lines with some cells exchanged, each named by its line as typed and its field."""
    found = list(lines)
    for path, value in changed.items():
        at, _, field = path.partition(".")
        place = reading.given[name].value.index(int(at))
        found[place] = dataclasses.replace(found[place], **{field: value})
    return tuple(found)
