"""Counts requests that were read column by column, to the same sums as those that are counted one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import repeat
from operator import add, floordiv

from calculators.readers.intake.id_table import id_digests
from calculators.readers.usage.cells import Value
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import known_usage_column
from calculators.readers.usage.sums.summary import Cell, UsageSummary
from calculators.readers.usage.sums.tally import (
    DAY,
    HOUR,
    MANY_CELLS,
    TENTHS,
    UsageTally,
    count_usage_values,
    note_usage_reason,
)

MANY_REQUESTS = 1000
"""So many requests are counted at once: the more of them share a cell, the less time each takes."""

ADDED = ("uncached", "read", "write", "write_long", "output", "reasoning")
"""The counts that are added up as they are."""


class UsageColumnTally:
    """Takes columns of requests, and counts them in a tally when there are many."""

    def __init__(self, tally: UsageTally) -> None:
        self._tally = tally
        self._waiting: RequestColumns | None = None

    def add(self, columns: RequestColumns, lines: Sequence[int | str]) -> None:
        """Takes requests and the lines on which they stand, with what is to be remarked of them."""
        if any(columns.remark):
            for remark, row in zip(columns.remark, columns.row, strict=True):
                if remark:
                    note_usage_reason(self._tally.summary.remarks, remark, lines[row])
        if self._waiting is None:
            self._waiting = columns.copy()
        else:
            self._waiting.extend(columns)
        if len(self._waiting) >= MANY_REQUESTS:
            self.count()

    def count(self) -> None:
        """Counts what has been taken."""
        columns, self._waiting = self._waiting, None
        if columns is None:
            return
        tally = self._tally
        if len(tally.summary.cells) + len(columns) > MANY_CELLS:
            columns.remark = [""] * len(columns)
            for request in columns.requests():
                tally.add(request, "")
            return
        repeats = _repeated(tally, columns)
        if repeats:
            are_first = [True] * len(columns)
            for place, _ in repeats:
                are_first[place] = False
            _count_usage_columns(tally, columns.selected(are_first))
            tally.summary.duplicates += len(repeats)
            for place, before in repeats:
                request = columns.request(place)
                output = request.output or 0
                if output > before:
                    tally.replace_output(request, output, output - before)
        else:
            _count_usage_columns(tally, columns)


def _repeated(tally: UsageTally, columns: RequestColumns) -> list[tuple[int, int]]:
    """The places of requests whose id has come before, each with the largest output so far."""
    outputs = known_usage_column(columns.output)
    if all(columns.id):
        return tally.ids.repeated(id_digests(columns.id), outputs)
    places = [place for place, id in enumerate(columns.id) if id]
    digests = id_digests([columns.id[place] for place in places])
    return [
        (places[repeat], before) for repeat, before in tally.ids.repeated(digests, [outputs[place] for place in places])
    ]


def _count_usage_columns(tally: UsageTally, columns: RequestColumns) -> None:
    """Counts requests of which no two are the same."""
    summary, times = tally.summary, columns.time
    known = {name: known_usage_column(getattr(columns, name)) for name in ADDED}
    cached = list(map(add, known["read"], known["write"]))
    whole = list(map(add, known["uncached"], cached))
    sizes = list(map(bisect_left, repeat(summary.breaks), whole))
    seconds = [int(time) for time in times if time is not None]  # to divide floats takes twice as long
    if len(seconds) == len(times):
        days: Iterable[int | None] = map(floordiv, seconds, repeat(DAY))
    else:
        days = [None if time is None else int(time) // DAY for time in times]
    cells: Iterable[Cell] = zip(
        days,
        columns.model,
        columns.provider,
        columns.tier,
        sizes,
        map(bisect_right, repeat(summary.cached_breaks), cached),
        strict=True,
    )
    _add_usage_columns(tally, cells, _usage_columns_to_add(columns, known))
    tally.count_hours(Counter(map(floordiv, seconds, repeat(HOUR))))
    uncached, output = columns.uncached, columns.output
    if known["uncached"] is not uncached:
        whole = [size for size, count in zip(whole, uncached, strict=True) if count is not None]
    count_usage_values(summary.inputs, whole)
    count_usage_values(summary.outputs, [count for count in output if count is not None])
    if {*map(type, columns.seconds), *map(type, columns.first_token_seconds)} != {type(None)}:
        _count_usage_times(summary, columns)
    if any(columns.conversation):
        tally.pauses.add_columns(columns, known["read"], known["write"], sizes)


def _usage_columns_to_add(columns: RequestColumns, known: dict[str, list[int]]) -> dict[str, Sequence[Value]]:
    """The columns that are not 0 throughout, by what the sums of a cell call them."""
    uncached, read = columns.uncached, columns.read
    added: dict[str, Sequence[Value]] = {"requests": [1] * len(columns), "failed": columns.failed, **known}
    if type(None) in set(map(type, columns.reasoning)):
        added["without_reasoning"] = [count is None for count in columns.reasoning]
    if known["uncached"] is not uncached:
        added["without_tokens"] = [count is None for count in uncached]
    if known["read"] is not read:
        added["without_cache"] = [
            count is None and tokens is not None for count, tokens in zip(read, uncached, strict=True)
        ]
    if set(map(type, columns.cost)) != {type(None)}:
        added["cost"] = known_usage_column(columns.cost)
        added["with_cost"] = [cost is not None for cost in columns.cost]
    return {name: column for name, column in added.items() if name == "cost" or any(column)}


def _add_usage_columns(tally: UsageTally, cells: Iterable[Cell], added: dict[str, Sequence[Value]]) -> None:
    """Adds up the requests of each cell."""
    rows: defaultdict[Cell, list[tuple[Value, ...]]] = defaultdict(list)
    for cell, row in zip(cells, zip(*added.values(), strict=True), strict=True):
        rows[cell].append(row)
    for cell, numbers in rows.items():
        sums = tally.sums(cell)
        for name, column in zip(added, zip(*numbers, strict=True), strict=True):
            before = getattr(sums, name)
            # one after another, as single requests are: newer versions of Python add floats up in another way
            setattr(sums, name, reduce(add, column, before) if name == "cost" else sum(column, before))


def _count_usage_times(summary: UsageSummary, columns: RequestColumns) -> None:
    """Counts how long the requests took."""
    seconds, first_tokens = columns.seconds, columns.first_token_seconds
    count_usage_values(summary.seconds, [time * TENTHS for time in seconds if time is not None])
    count_usage_values(summary.first_token_seconds, [time * TENTHS for time in first_tokens if time is not None])
    summary.times.add_columns(columns)
