"""The cells of rows with the same keys, column by column: what `cells` reads one by one is read here all at once.

Where all cells of a column are as most logs have them, they are read in a few steps of C. Any other column is read
cell by cell with the functions of `cells`, so that both ways give the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain, compress, repeat
from operator import add, eq, itemgetter, sub, truediv
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
NANOSECONDS = 1e9
FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)

HOUR_END, SECONDS_END = 14, 19
"""Where the hour of a time ends, with the colon behind it, and where its seconds do."""

FRACTIONS = (".", ",")
"""What comes between seconds and parts of them."""

MINUTE = 60
"""Seconds in a minute, and minutes in an hour."""

MANY_COLUMNS = 40
"""Objects with more keys than these have their columns taken out one by one."""

FEW_DISTINCT = 8
"""So few values of a column are looked at one by one."""

DASH_PLACE = 4
"""Where a date has its first dash."""


class OddRows(SkippedRow):
    """Some of the rows have to be read one by one."""


class RowColumns:
    """Columns of rows that are objects with the same keys, or lists of cells at the places of their headings.

    Rows are alike if they have the same keys in the same order; then all of their columns are taken out at once, as
    each step over the rows has to fetch them from memory anew.
    """

    def __init__(self, rows: Sequence[Value], places: Mapping[str, int] | None = None, are_alike: bool = True) -> None:
        self.rows, self._places, self.are_alike = rows, places, are_alike
        self.are_of_table = places is not None
        self._columns: dict[str, list[Value]] = {}
        self._inner: dict[str, RowColumns] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: str) -> bool:
        """Whether rows have a key; objects that may differ in their keys may."""
        return not self.are_alike or key in (self.rows[0] if self._places is None else self._places)

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
        if not self.are_alike:
            return self._taken(key)
        if not self._columns:
            self._columns = self._all_columns()
        column = self._columns.get(key)
        if column is None:
            column = self._columns[key] = self._taken(key)
        return column

    def _taken(self, key: str) -> list[Value]:
        """The values of a key, taken out alone."""
        try:
            return list(map(itemgetter(key), self.rows))
        except KeyError:
            return [row.get(key) for row in self.rows]

    def _all_columns(self) -> dict[str, list[Value]]:
        """All columns by their keys, but for those of wide objects, of which only some are needed.

        Raises:
            OddRows: some rows of a table have fewer cells than it has headings.
        """
        if self._places is not None:
            columns = list(map(list, zip(*self.rows, strict=False)))
            if len(columns) < len(self._places):
                raise OddRows
            return {key: columns[place] for key, place in self._places.items()}
        if len(self.rows[0]) > MANY_COLUMNS:
            return {}
        return dict(zip(self.rows[0], map(list, zip(*map(dict.values, self.rows), strict=True)), strict=True))

    def nothing(self) -> list[Value]:
        """A column of which nothing is known."""
        return [None] * len(self.rows)

    def inner(self, key: str) -> RowColumns:
        """The columns of the objects of a key.

        Raises:
            OddRows: some of them are no objects.
        """
        if key not in self._inner:
            objects = self.values(key)
            if set(map(type, objects)) != {dict}:
                raise OddRows
            self._inner[key] = usage_columns_of_objects(objects)
        return self._inner[key]

    def are_objects_alike(self, key: str) -> bool:
        """Whether the values of a key are objects with the same keys in the same order."""
        try:
            return self.inner(key).are_alike
        except OddRows:
            return False

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
        return self.keys if self.are_alike else tuple(dict.fromkeys(chain.from_iterable(self.rows)))

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
    return usage_columns_of_objects([value or {} for value in values] if NOTHING in kinds else values)


def usage_columns_of_objects(objects: list[dict[str, Value]]) -> RowColumns:
    """The columns of objects that may have the same keys."""
    return RowColumns(objects, are_alike=len(set(map(tuple, objects))) == 1)


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
    rows = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    distinct = set(rows)
    if len(distinct) == 1:
        row = distinct.pop()
        return [function(row) if len(columns) == 1 else function(*row)] * len(rows)
    results = {row: function(row) if len(columns) == 1 else function(*row) for row in distinct}
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
                if whole := _usage_whole_seconds(values):
                    return whole
                moments = list(map(datetime.fromisoformat, values))
                if min(moments) > FIRST_MOMENT:  # a time without a zone cannot be compared
                    return list(map(datetime.timestamp, moments))
            elif all(map(str.isdecimal, values)):
                times = list(map(float, values))
                if min(times) >= LATEST_MICROSECOND and max(times) < LATEST_NANOSECOND:
                    return list(map(truediv, times, repeat(NANOSECONDS)))
        except (ValueError, IndexError, TypeError):
            pass
    if kinds == {int} and min(values) > 0 and max(values) < LATEST_SECOND:
        return list(map(float, values))
    return list(map(usage_seconds_in, values))


def _usage_whole_seconds(texts: list[str]) -> Amounts:
    """The times of texts such as 2026-10-05T08:00:00Z that end alike; nothing where some are of another kind.

    The hours are computed once for all times within them, and so are the minutes of an hour.
    """
    if texts[0][SECONDS_END : SECONDS_END + 1] in FRACTIONS:  # these differ
        return []
    ends = set(map(itemgetter(slice(SECONDS_END, None)), texts))
    if len(ends) > 1:
        return []
    end, clock = ends.pop(), _usage_minutes_of_an_hour()
    hours = list(map(itemgetter(slice(HOUR_END)), texts))
    known: dict[str, float] = {}
    for hour in set(hours):
        begin = usage_seconds_in(f"{hour}00:00{end}")
        if begin is None or not begin.is_integer() or hour[10:11] not in ("T", " ") or hour[13:] != ":":
            return []
        known[hour] = begin
    try:
        within = map(clock.__getitem__, map(itemgetter(slice(HOUR_END, SECONDS_END)), texts))
        return list(map(add, map(known.__getitem__, hours), within))
    except KeyError:
        return []


@cache
def _usage_minutes_of_an_hour() -> dict[str, float]:
    """The seconds since an hour of each text of minutes and seconds."""
    return {
        f"{minutes:02}:{seconds:02}": float(minutes * MINUTE + seconds)
        for minutes in range(MINUTE)
        for seconds in range(MINUTE)
    }


def usage_seconds_of_millisecond_columns(milliseconds: Amounts) -> Amounts:
    """What `usage_seconds_of_milliseconds` makes of each duration."""
    return list(map(usage_seconds_of_milliseconds, milliseconds)) if any(milliseconds) else milliseconds


def usage_names_in(values: list[Value]) -> list[str]:
    """What `usage_name_in` makes of each value."""
    try:
        distinct = set(values)
    except TypeError:  # some are objects or lists
        return list(map(usage_name_in, values))
    if len(distinct) <= FEW_DISTINCT:
        known = {value: usage_name_in(value) for value in distinct if isinstance(value, str)}
        if len(known) < len(distinct):
            return [known[value] if isinstance(value, str) else "" for value in values]
        if all(map(eq, known, known.values())):
            return values
        return list(map(known.__getitem__, values))
    try:
        names = list(map(str.strip, values))
    except TypeError:
        return list(map(usage_name_in, values))
    return names if max(map(len, names)) <= LONGEST_NAME else list(map(usage_name_in, values))
