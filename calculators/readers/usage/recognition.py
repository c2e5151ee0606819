"""Finds the format of each row of a log, and reads it with that format's reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from calculators.readers.formats import reader_formats
from calculators.readers.usage import bodies, gateways, prompts, reports, sessions, traces
from calculators.readers.usage.bodies.anthropic_messages import CLAUDE
from calculators.readers.usage.cells import usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import NOTHING, OddRows, RowColumns, first_usage_count
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

ROOMS = (bodies, gateways, reports, sessions, traces, prompts)
"""The folders of the formats; other modules beside them import this one."""

USAGE_FORMATS: Mapping[str, UsageFormat] = dict(
    sorted(
        (entry for room in ROOMS for entry in reader_formats(room, UsageFormat).items()),
        key=lambda entry: (entry[1].order, entry[0]),
    )
)

WRAPPERS = ("response", "body", "result", "output", "completion", "message", "data", "raw", "response_body")
"""The keys under which people's own logs keep what a provider answered."""

TIMES = (
    "timestamp",
    "time",
    "created_at",
    "createdAt",
    "ts",
    "date",
    "started_at",
    "start_time",
    "datetime",
    "@timestamp",
)
"""The keys under which they keep when."""

CONVERSATIONS = ("conversation_id", "conversation", "session_id", "sessionId", "thread_id", "chat_id")
MODELS = ("model", "model_id", "modelId", "model_name")

Kinds: TypeAlias = tuple[tuple[str, ...], str, str, bool]
"""The keys of a row's counts of use, two of its kinds, and whether its model is a Claude."""

MOST_SHAPES = 1000
"""How many shapes of rows are remembered."""

MOST_MISSES = 16
"""So many times in a row it is tried to read rows column by column."""

NOT_RECOGNIZED = "it is not a request in a known format"
NOT_AS_PICKED = "it is not a request in the format that was picked"


@dataclass(slots=True)
class Shape:
    """What is known of all rows with the same keys: the formats of which they have a mark, in order, and some keys.

    `name` is the format of such rows of a table, whose headings alone decide; None where no row has come yet. `known`
    has the formats of rows with counts of use, by their kinds. `misses` counts how often in a row such rows could not
    be read column by column.
    """

    formats: list[tuple[str, UsageFormat]]
    wrappers: tuple[str, ...]
    times: tuple[str, ...]
    conversations: tuple[str, ...]
    models: tuple[str, ...]
    name: str | None = None
    known: dict[Kinds, str] = field(default_factory=dict)
    misses: int = 0


class UsageRowSorter:
    """Reads the rows of one file, each with the reader of its format; `only` names the one format to use.

    A file may hold several formats, as a log of several providers does. Where a person picked one, its reader also gets
    rows that it would not recognize, and they count if it finds tokens or a cost in them. `counts` has the rows of each
    format, and `skipped_within` why rows within rows were skipped, such as a bucket of a page.
    """

    def __init__(self, is_table: bool, only: str = "") -> None:
        asked = [
            (name, format)
            for name, format in USAGE_FORMATS.items()
            if format.is_table == is_table and only in ("", name)
        ]
        self.formats = [(name, format) for name, format in asked if format.has_use]
        self.prompts = [(name, format) for name, format in asked if not format.has_use]
        self.picked = asked if only else []
        self._only = only
        self.readers: dict[str, RowReader] = {}
        self.counts: dict[str, int] = {}
        self.skipped_within: list[str] = []
        self._is_table = is_table
        self._shapes: dict[tuple[str, ...], Shape] = {}

    def requests(self, row: Row) -> list[Request]:
        """The requests of a row.

        Raises:
            SkippedRow: no format recognizes the row, or its format cannot count it.
        """
        shape = self._shapes.get(tuple(row)) or self._new_shape(row)
        if shape.formats and (name := self._format_of(row, shape)):
            return self._counted((self.readers.get(name) or self._reader(name))(row))
        for key in shape.wrappers:
            inner = row[key]
            if isinstance(inner, dict):
                within = self._shapes.get(tuple(inner)) or self._new_shape(inner)
                if within.formats and (name := self._format_of(inner, within)):
                    requests = self._counted((self.readers.get(name) or self._reader(name))(inner))
                    return _usage_row_completed(requests, row, shape)
        for name, format in self.prompts:
            if format.recognizes(row):
                self.counts[name] = self.counts.get(name, 0) + 1
                return _usage_row_completed(self._counted(self._reader(name)(row)), row, shape)
        if not self._only:
            raise SkippedRow(NOT_RECOGNIZED)
        return _usage_row_completed(self._as_picked(row), row, shape)

    def columns(self, rows: RowColumns) -> RequestColumns | None:
        """The requests of rows with the same keys; None where they have to be read one by one.

        Raises:
            SkippedRow: some of the rows are odd, and the others may be read at once without them.
        """
        row, keys = rows.first()
        shape = self._shapes.get(keys) or self._new_shape(row)
        if shape.misses >= MOST_MISSES:
            return None
        shape.misses += 1
        requests = self._columns_of(rows, row, shape)
        if requests is not None:
            shape.misses = 0
        return requests

    def _columns_of(self, rows: RowColumns, row: Row, shape: Shape) -> RequestColumns | None:
        """The requests of rows, or else of what a provider answered within them."""
        name = self._format_of_all(rows, row, shape)
        if name is None:
            return None
        if name:
            return self._read_columns(name, rows)
        for key in shape.wrappers:
            inner = rows.values(key)
            kinds = set(map(type, inner))
            if dict not in kinds:
                continue
            keys = set(map(tuple, inner)) if len(kinds) == 1 else ()
            if len(keys) != 1:
                raise OddRows
            within = self._shapes.get(keys.pop()) or self._new_shape(inner[0])
            inner_rows = RowColumns(inner)
            name = self._format_of_all(inner_rows, inner[0], within)
            requests = self._read_columns(name, inner_rows) if name else None
            return None if requests is None else _usage_columns_completed(requests, rows, shape)
        return None

    def _read_columns(self, name: str, rows: RowColumns) -> RequestColumns | None:
        read_columns = USAGE_FORMATS[name].read_columns
        if read_columns is None:
            return None
        requests = read_columns(self.readers.get(name) or self._reader(name), rows)
        self.counts[name] = self.counts.get(name, 0) + len(rows)
        return requests

    def _format_of_all(self, rows: RowColumns, row: Row, shape: Shape) -> str | None:
        """The name of the format of all these rows, as `_format_of` gives it for each; nothing where they have none.

        None where that is not known yet.

        Raises:
            OddRows: they are not of the same format.
        """
        if not shape.formats:
            return ""
        if "usage" in row and not self._is_table:
            usages = rows.inner("usage")
            types, sorts = set(rows.texts("type")), set(rows.texts("object"))
            are_claude = {model.startswith(CLAUDE) for model in set(rows.texts("model"))}
            if not usages.are_alike or max(len(types), len(sorts), len(are_claude)) > 1:
                raise OddRows
            kind: Kinds = (usages.keys, types.pop(), sorts.pop(), are_claude.pop())
            if kind not in shape.known:
                name = next((name for name, format in shape.formats if format.recognizes(row)), "")
                if not name or len(shape.known) >= MOST_SHAPES:
                    return None
                shape.known[kind] = name
                self.counts.setdefault(name, 0)
            return shape.known[kind]
        for name, format in shape.formats:
            if self._is_table or _usage_rows_are_told_by_keys(rows, format):
                are_recognized = {format.recognizes(row)}
            else:
                are_recognized = set(map(format.recognizes, rows.rows))
            if are_recognized == {True}:
                return name
            if True in are_recognized:
                raise OddRows
        return ""

    def _as_picked(self, row: Row) -> list[Request]:
        """The requests that the format that was picked finds in a row which it does not recognize.

        Raises:
            SkippedRow: it finds none that says what was used.
        """
        inner = [row[key] for key in WRAPPERS if isinstance(row.get(key), dict)]
        for name, format in self.picked:
            for part in (row, *inner):
                if any(mark in part for mark in format.marks) and (requests := self._read_as(name, part)):
                    self.counts[name] = self.counts.get(name, 0) + 1
                    return requests
        raise SkippedRow(NOT_AS_PICKED)

    def _read_as(self, name: str, row: Row) -> list[Request]:
        """What a reader finds in a row of which it may need keys that are not there: its format would have asked."""
        try:
            return [request for request in self._counted(self._reader(name)(row)) if _usage_row_says_use(request)]
        except (LookupError, TypeError, AttributeError):
            return []

    def _counted(self, outcomes: Iterable[Request | SkippedRow]) -> list[Request]:
        """The requests among what a reader gives; the reasons are kept."""
        if type(outcomes) is list and len(outcomes) == 1 and type(outcomes[0]) is Request:
            return outcomes
        requests = []
        for outcome in outcomes:
            if isinstance(outcome, SkippedRow):
                self.skipped_within.append(str(outcome))
            else:
                requests.append(outcome)
        return requests

    def _format_of(self, row: Row, shape: Shape) -> str:
        """The name of the first format in order that recognizes a row; nothing where none does.

        Of rows with counts of use, those with the same keys and kinds are recognized once.
        """
        if shape.name is not None:
            self.counts[shape.name] += 1
            return shape.name
        usage = row.get("usage")
        kinds: Kinds | None = None
        if isinstance(usage, dict):
            kind, sort, model = row.get("type"), row.get("object"), row.get("model")
            kinds = (
                tuple(usage),
                kind if isinstance(kind, str) else "",
                sort if isinstance(sort, str) else "",
                isinstance(model, str) and model.startswith(CLAUDE),
            )
            name = shape.known.get(kinds, "")
            if name:
                self.counts[name] += 1
                return name
        for name, format in shape.formats:
            if format.recognizes(row):
                self.counts[name] = self.counts.get(name, 0) + 1
                if self._is_table:
                    shape.name = name
                elif kinds is not None and len(shape.known) < MOST_SHAPES:
                    shape.known[kinds] = name
                return name
        return ""

    def _new_shape(self, row: Row) -> Shape:
        """The shape of a row whose keys come for the first time."""

        def present(keys: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(key for key in keys if key in row)

        shape = Shape(
            formats=[(name, format) for name, format in self.formats if any(mark in row for mark in format.marks)],
            wrappers=present(WRAPPERS),
            times=present(TIMES),
            conversations=present(CONVERSATIONS),
            models=present(MODELS),
        )
        if len(self._shapes) < MOST_SHAPES:
            self._shapes[tuple(row)] = shape
        return shape

    def _reader(self, name: str) -> RowReader:
        if name not in self.readers:
            self.readers[name] = USAGE_FORMATS[name].open_file()
        return self.readers[name]


def _usage_rows_are_told_by_keys(rows: RowColumns, format: UsageFormat) -> bool:
    """Whether all rows with the same keys are of a format, or none, as far as it looks into them."""
    return format.is_told_by_keys and all(rows.are_objects_alike(key) for key in format.looks_into if key in rows)


def _usage_row_says_use(request: Request) -> bool:
    """Whether a request has used any tokens, or money."""
    return any((request.uncached, request.read, request.write, request.output, request.cost))


def _usage_row_completed(requests: list[Request], row: Mapping[str, Any], shape: Shape) -> list[Request]:
    """The requests within a row of somebody's own log, with the time, conversation and model of the row itself."""
    for request in requests:
        if request.time is None:
            for key in shape.times:
                if (time := usage_seconds_in(row[key])) is not None:
                    request.time = time
                    break
        if not request.conversation:
            request.conversation = _usage_row_first_text(row, shape.conversations)
        if not request.model:
            request.model = _usage_row_first_text(row, shape.models)
    return requests


def _usage_columns_completed(requests: RequestColumns, rows: RowColumns, shape: Shape) -> RequestColumns:
    """What `_usage_row_completed` makes of the requests within many rows."""
    if requests.row != list(range(len(rows))):
        rows = RowColumns([rows.rows[place] for place in requests.row])
    for key in shape.times:
        kinds = set(map(type, requests.time))
        if NOTHING not in kinds:
            break
        times = rows.times(key)
        requests.time = times if len(kinds) == 1 else list(map(first_usage_count, requests.time, times))
    requests.conversation = _usage_columns_first_texts(requests.conversation, rows, shape.conversations)
    requests.model = _usage_columns_first_texts(requests.model, rows, shape.models)
    return requests


def _usage_columns_first_texts(names: list[str], rows: RowColumns, keys: tuple[str, ...]) -> list[str]:
    """Names, and what the first of some keys says where there is none."""
    for key in keys:
        if all(names):
            break
        values = rows.values(key)
        if set(map(type, values)) == {str} and not any(names):
            names = values
        else:
            names = [name or (str(value) if value else "") for name, value in zip(names, values, strict=True)]
    return names


def _usage_row_first_text(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if row[key]:
            return str(row[key])
    return ""
