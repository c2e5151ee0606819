"""The cells of rows with the same keys, column by column: what `cells` reads one by one is read here all at once.

Where all cells of a column are as most logs have them, they are read in a few steps of C. Any other column is read
cell by cell with the functions of `cells`, so that both ways give the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain, compress, repeat
from operator import add, attrgetter, itemgetter, sub, truediv
from typing import TypeAlias

from calculators.readers.intake.marked_rows import ROW_MARK_BETWEEN, objects_of_marked_text
from calculators.readers.usage.cells import (
    FEW_DIGITS,
    LARGEST_COUNT,
    LATEST_MICROSECOND,
    LATEST_NANOSECOND,
    LATEST_SECOND,
    LONGEST_NAME,
    Value,
    usage_amount_in,
    usage_count_in,
    usage_name_in,
    usage_seconds_in,
    usage_seconds_of_milliseconds,
)
from calculators.readers.usage.json_cells import scan_usage_json
from calculators.readers.usage.request import (
    STANDARD,
    TIERS,
    SkippedRow,
    uncached_usage_of_prompt,
    usage_token_total_remark,
)

Counts: TypeAlias = list[int | None]
Amounts: TypeAlias = list[float | None]

NOTHING = type(None)
ZONE = attrgetter("tzinfo")
NANOSECONDS = 1e9
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)

DASH_PLACE = 4
"""Where a date has its first dash."""


class OddRows(SkippedRow):
    """Some of the rows have to be read one by one."""


class RowColumns:
    """Columns of rows that are objects with the same keys, or lists of cells at the places of their headings."""

    def __init__(self, rows: Sequence[Value], places: Mapping[str, int] | None = None, are_alike: bool = True) -> None:
        self.rows, self._places, self._are_alike = rows, places, are_alike
        self.are_of_table = places is not None

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: str) -> bool:
        """Whether rows have a key; objects that may differ in their keys may."""
        return not self._are_alike or key in (self.rows[0] if self._places is None else self._places)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows."""
        return tuple(self.rows[0] if self._places is None else self._places)

    def first(self) -> tuple[dict[str, Value], tuple[str, ...]]:
        """The first row with its keys.

        Raises:
            OddRows: some rows of a table have fewer cells than it has headings.
        """
        if self._places is not None and min(map(len, self.rows)) < len(self._places):
            raise OddRows
        row = self.rows[0] if self._places is None else dict(zip(self._places, self.rows[0], strict=False))
        return row, tuple(row)

    def part(self, begin: int, end: int) -> RowColumns:
        """Some of the rows."""
        return RowColumns(self.rows[begin:end], self._places)

    def objects(self) -> Iterator[dict[str, Value]]:
        """The rows as objects."""
        if self._places is None:
            return iter(self.rows)
        return (dict(zip(self._places, row, strict=False)) for row in self.rows)

    def values(self, key: str) -> list[Value]:
        """The values of a key; None where a row does not have it, or where there is no key."""
        if not key or key not in self:
            return self.nothing()
        if self._places is not None:
            return list(map(itemgetter(self._places[key]), self.rows)) if key in self._places else self.nothing()
        try:
            return list(map(itemgetter(key), self.rows))
        except KeyError:
            return [row.get(key) for row in self.rows]

    def nothing(self) -> list[Value]:
        """A column of which nothing is known."""
        return [None] * len(self.rows)

    def inner(self, key: str) -> RowColumns:
        """The columns of the objects of a key.

        Raises:
            OddRows: some of them are no objects.
        """
        objects = self.values(key)
        if set(map(type, objects)) != {dict}:
            raise OddRows
        return RowColumns(objects, are_alike=False)

    def texts(self, key: str) -> list[str]:
        """The texts of a key as they are; nothing where it has none."""
        values = self.values(key)
        return (
            values if set(map(type, values)) == {str} else [value if isinstance(value, str) else "" for value in values]
        )

    def selected(self, are_selected: Sequence[bool]) -> RowColumns:
        """Some of the rows."""
        return RowColumns(list(compress(self.rows, are_selected)), self._places)

    def objects_of(self, key: str) -> RowColumns:
        """The columns of the objects of a key, also where they are texts of JSON.

        Raises:
            OddRows: some of them are no objects.
        """
        return usage_object_columns(self.values(key))

    def all_keys(self) -> tuple[str, ...]:
        """The keys of objects that may differ in them, in the order in which they come."""
        keys = set(map(tuple, self.rows))
        return keys.pop() if len(keys) == 1 else tuple(dict.fromkeys(chain.from_iterable(self.rows)))

    def counts(self, key: str) -> Counts:
        """The counts of a key."""
        return usage_counts_in(self.values(key))

    def amounts(self, key: str) -> Amounts:
        """The amounts of a key."""
        return usage_amounts_in(self.values(key))

    def times(self, key: str) -> Amounts:
        """The times of a key, in seconds."""
        return usage_times_in(self.values(key))

    def tiers(self, *keys: str) -> list[str]:
        """The tiers of the first of some keys that has one; the standard one where none is known."""
        return usage_column_of(_usage_tier_of, self.names(*keys))

    def names(self, *keys: str) -> list[str]:
        """The names of the first of some keys that has one; nothing where none has."""
        names: list[str] = [""] * len(self)
        for key in keys:
            if key in self:
                others = usage_names_in(self.values(key))
                names = list(map(first_usage_name, names, others)) if any(names) else others
                if all(names):
                    break
        return names

    def first_counts(self, *keys: str) -> Counts:
        """The counts of the first of some keys that has one."""
        counts: Counts = [None] * len(self)
        for key in keys:
            if key in self:
                others = self.counts(key)
                are_new = set(map(type, counts)) == {NOTHING}
                counts = others if are_new else list(map(first_usage_count, counts, others))
                if NOTHING not in set(map(type, counts)):
                    break
        return counts


def first_usage_name(name: str, other: str) -> str:
    """The first of two names that is one."""
    return name or other


def first_usage_count(count: float | None, other: float | None) -> Value:
    """The first of two counts or amounts that is known."""
    return other if count is None else count


def usage_object_columns(values: list[Value]) -> RowColumns:
    """The columns of what `usage_object_of_text` makes of each value.

    Raises:
        OddRows: some of them are no objects, nor texts of one.
    """
    kinds = set(map(type, values))
    if kinds == {str}:
        values = usage_objects_of_texts(values)
    elif not kinds <= {dict, NOTHING}:
        raise OddRows
    return RowColumns([value or {} for value in values] if NOTHING in kinds else values, are_alike=False)


def usage_objects_of_texts(texts: list[str]) -> list[dict[str, Value]]:
    """What `usage_object_of_text` makes of each text, parsed at once: a number that is in none stands between them.

    Raises:
        OddRows: some of them are no objects of JSON.
    """
    text = ROW_MARK_BETWEEN.join(texts)
    rows = objects_of_marked_text(text, len(texts), scan_usage_json)
    if not rows:
        raise OddRows
    return rows


def usage_column_of(function: Callable[..., Value], *columns: Sequence[Value]) -> list[Value]:
    """What a function makes of the values of each row; it is called once for values that repeat."""
    rows = list(zip(*columns, strict=True))
    results = {row: function(*row) for row in set(rows)}
    return list(map(results.__getitem__, rows))


def _usage_tier_of(name: str) -> str:
    return TIERS.get(name, STANDARD)


def added_usage_costs(costs: Amounts, others: Amounts) -> Amounts:
    """Costs with what is to be added to each; None where the first is not known."""
    if set(map(type, others)) == {NOTHING}:
        return costs
    return [None if cost is None else cost + (other or 0) for cost, other in zip(costs, others, strict=True)]


def usage_total_remarks(totals: Counts, *parts: Counts) -> list[str]:
    """What `usage_token_total_remark` says of each row."""
    if totals == usage_columns_sum(*parts):
        return [""] * len(totals)
    return list(map(usage_token_total_remark, totals, *parts))


def usage_durations(starts: Amounts, ends: Amounts) -> Amounts:
    """The seconds from each start to its end; None where one is missing, or the end is before the start."""
    if NOTHING in {*map(type, starts), *map(type, ends)}:
        return [
            end - start if start is not None and end is not None and end >= start else None
            for start, end in zip(starts, ends, strict=True)
        ]
    seconds = list(map(sub, ends, starts))
    return seconds if min(seconds) >= 0 else [time if time >= 0 else None for time in seconds]


def known_usage_column(values: list[Value]) -> list[Value]:
    """A column with 0 for what is not known."""
    return [0 if value is None else value for value in values] if NOTHING in set(map(type, values)) else values


def added_usage_counts(counts: Counts, others: Counts) -> Counts:
    """The sums of two columns; None where neither is known."""
    kinds = {*map(type, counts), *map(type, others)}
    if kinds == {int}:
        return list(map(add, counts, others))
    if kinds == {NOTHING}:
        return counts
    return [
        None if count is None and other is None else (count or 0) + (other or 0)
        for count, other in zip(counts, others, strict=True)
    ]


def usage_columns_sum(*columns: list[Value]) -> list[int]:
    """The sums of columns, row by row; what is not known is 0."""
    whole, *others = map(known_usage_column, columns)
    for column in others:
        whole = list(map(add, whole, column))
    return whole


def uncached_usage_columns(prompts: Counts, *cached: Counts) -> Counts:
    """What `uncached_usage_of_prompt` makes of each row.

    Raises:
        SkippedRow: the cached tokens of some row are more than its prompt.
    """
    if NOTHING in set(map(type, prompts)):
        return list(map(uncached_usage_of_prompt, prompts, usage_columns_sum(*cached), repeat(None)))
    uncached = list(map(sub, prompts, usage_columns_sum(*cached)))
    if min(uncached) < 0:
        raise OddRows
    return uncached


def usage_counts_in(values: list[Value]) -> Counts:
    """What `usage_count_in` makes of each value.

    Raises:
        SkippedRow: one of them is no count.
    """
    kinds = set(map(type, values))
    if kinds == {NOTHING}:
        return values
    if kinds == {int} and min(values) >= 0 and max(values) <= LARGEST_COUNT:
        return values
    if kinds == {str}:
        text = "".join(values)
        if text.isdecimal() and text.isascii() and max(map(len, values)) <= FEW_DIGITS:
            return list(map(int, values)) if all(values) else [int(value) if value else None for value in values]
    return list(map(usage_count_in, values))


def usage_amounts_in(values: list[Value]) -> Amounts:
    """What `usage_amount_in` makes of each value.

    Raises:
        SkippedRow: one of them is no amount.
    """
    kinds = set(map(type, values))
    if kinds == {NOTHING}:
        return values
    if kinds == {float} and all(map(math.isfinite, values)):
        return values
    if kinds == {str}:
        amounts = {value: usage_amount_in(value) for value in set(values)}
        return list(map(amounts.__getitem__, values))
    return list(map(usage_amount_in, values))


def usage_times_in(values: list[Value]) -> Amounts:
    """What `usage_seconds_in` makes of each value."""
    kinds = set(map(type, values))
    if kinds == {NOTHING}:
        return values
    if kinds == {str} and "".join(values).isascii():
        try:
            if set(map(itemgetter(DASH_PLACE), values)) == {"-"}:
                moments = list(map(datetime.fromisoformat, values))
                if None not in set(map(ZONE, moments)) and min(moments) > FIRST_MOMENT:
                    return list(map(datetime.timestamp, moments))
            elif all(map(str.isdecimal, values)):
                times = list(map(float, values))
                if min(times) >= LATEST_MICROSECOND and max(times) < LATEST_NANOSECOND:
                    return list(map(truediv, times, repeat(NANOSECONDS)))
        except (ValueError, IndexError):
            pass
    if kinds == {int} and min(values) > 0 and max(values) < LATEST_SECOND:
        return list(map(float, values))
    return list(map(usage_seconds_in, values))


def usage_seconds_of_millisecond_columns(milliseconds: Amounts) -> Amounts:
    """What `usage_seconds_of_milliseconds` makes of each duration."""
    return list(map(usage_seconds_of_milliseconds, milliseconds)) if any(milliseconds) else milliseconds


def usage_names_in(values: list[Value]) -> list[str]:
    """What `usage_name_in` makes of each value."""
    if set(map(type, values)) == {NOTHING}:
        return [""] * len(values)
    try:
        names = list(map(str.strip, values))
    except TypeError:
        return list(map(usage_name_in, values))
    return names if max(map(len, names)) <= LONGEST_NAME else list(map(usage_name_in, values))
