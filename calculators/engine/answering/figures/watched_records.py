"""Which figures of the picked records a formula reads: one that it never reads cannot change its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calculators.engine.answering.runs import exact_run_inputs
from calculators.engine.declare import Formula, Output, OutputValue, Rows, kinds, output_value
from calculators.engine.inputs.reading import InputReading
from calculators.engine.records import Record

WHOLE = frozenset({"__dict__", "replaced"})
"""Who reads one of these may have read every figure."""


def unread_record_figures(
    reading: InputReading, formula: Formula, outputs: Mapping[str, Output], values: Mapping[str, OutputValue]
) -> frozenset[str]:
    """The paths of figures that no output read, nor any figure that scales with them.

    A record with announced changes counts as read, as each change has figures of its own. So does every record if the
    watched run gave another answer than `values`.
    """
    watched: dict[str, tuple[type[Record], set[str]]] = {}

    def watch(owner: str, record: Record) -> Record:
        if record.schedule or (record.listed and record.listed.schedule):
            return record
        reads: set[str] = set()
        watched[owner] = type(record), reads
        return watched_record(record, reads)

    answer = formula(exact_run_inputs(reading, watch))
    made = {name for name, kind in outputs.items() if isinstance(kind, Rows) and (kind.turning or kind.answers)}
    given = [name for name in outputs if name not in made]
    if any(output_value(getattr(answer, name)) != values[name] for name in given):
        return frozenset()
    unread = set()
    for owner, (record_type, reads) in watched.items():
        if not reads & WHOLE:
            figures = kinds(record_type)
            bases = {base for name, figure in figures.items() if name in reads for base in figure.scales_with}
            unread |= {f"{owner}.{name}" for name in figures if name not in reads and name not in bases}
    return frozenset(unread)


def watched_record(record: Record, reads: set[str]) -> Record:
    """The same record, which notes the names of what is read of it."""
    watched: Record = object.__new__(_watched_type(type(record)))
    for name, value in {**vars(record), "_reads": reads}.items():
        object.__setattr__(watched, name, value)
    return watched


_WATCHED_TYPES: dict[type[Record], type[Record]] = {}


def _watched_type(record_type: type[Record]) -> type[Record]:
    """The type of records that note what is read of them; made once for each type."""

    def note(record: Any, name: str) -> None:  # any record, read by names that only its type knows
        reads: set[str] | None = object.__getattribute__(record, "__dict__").get("_reads")
        if reads is not None:  # a changed copy has none: to make it, everything was read
            reads.add(name)

    def read(self: Any, name: str) -> object:
        note(self, name)
        return object.__getattribute__(self, name)

    def is_replaced(self: Any, figure: str) -> bool:
        note(self, figure)
        return figure in dict(object.__getattribute__(self, "replaced"))

    if record_type not in _WATCHED_TYPES:
        methods = {"__getattribute__": read, "is_replaced": is_replaced}
        _WATCHED_TYPES[record_type] = type(record_type.__name__, (record_type,), methods)
    return _WATCHED_TYPES[record_type]
