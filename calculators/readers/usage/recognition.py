"""Finds the format of each row of a log, and reads it with that format's reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from calculators.readers.formats import formats
from calculators.readers.usage import bodies, gateways, prompts, reports, sessions, traces
from calculators.readers.usage.bodies.anthropic_messages import is_claude
from calculators.readers.usage.cells import seconds_in
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

ROOMS = (bodies, gateways, reports, sessions, traces, prompts)
"""The folders of the formats; other modules beside them import this one."""

USAGE_FORMATS: Mapping[str, UsageFormat] = dict(
    sorted(
        (entry for room in ROOMS for entry in formats(room, UsageFormat).items()),
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

Shape: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], str, str, bool]
"""The keys of a row with counts of use and those of the counts, two of its kinds, and whether its model is a Claude."""

MOST_SHAPES = 1000
"""How many shapes of rows are remembered."""

NOT_RECOGNIZED = "it is no request in a known format"
NOT_AS_PICKED = "it is no request in the format that was picked"


class RowSorter:
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
        self._known: dict[Shape, str] = {}
        self._possible: dict[tuple[str, ...], list[tuple[str, UsageFormat]]] = {}

    def requests(self, row: Row) -> list[Request]:
        """The requests of a row.

        Raises:
            SkippedRow: no format recognizes the row, or its format cannot count it.
        """
        name = self._format_of(row)
        if name:
            return self._counted(self._reader(name)(row))
        for key in WRAPPERS:
            inner = row.get(key)
            if isinstance(inner, dict) and (name := self._format_of(inner)):
                return _completed(self._counted(self._reader(name)(inner)), row)
        for name, format in self.prompts:
            if format.recognizes(row):
                self.counts[name] = self.counts.get(name, 0) + 1
                return _completed(self._counted(self._reader(name)(row)), row)
        if not self._only:
            raise SkippedRow(NOT_RECOGNIZED)
        return _completed(self._as_picked(row), row)

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
            return [request for request in self._counted(self._reader(name)(row)) if _says_use(request)]
        except (LookupError, TypeError, AttributeError):
            return []

    def _counted(self, outcomes: Iterable[Request | SkippedRow]) -> list[Request]:
        """The requests among what a reader gives; the reasons are kept."""
        requests = []
        for outcome in outcomes:
            if isinstance(outcome, SkippedRow):
                self.skipped_within.append(str(outcome))
            else:
                requests.append(outcome)
        return requests

    def _format_of(self, row: Row) -> str:
        """The name of the first format in order that recognizes a row; nothing where none does.

        Of rows with counts of use, those with the same keys and kinds are recognized once.
        """
        usage = row.get("usage")
        shape: Shape | None = None
        if isinstance(usage, dict):
            kind, thing = row.get("type"), row.get("object")
            shape = (
                tuple(row),
                tuple(usage),
                kind if isinstance(kind, str) else "",
                thing if isinstance(thing, str) else "",
                is_claude(row),
            )
            name = self._known.get(shape, "")
            if name:
                self.counts[name] += 1
                return name
        for name, format in self._possible_formats(row):
            if format.recognizes(row):
                self.counts[name] = self.counts.get(name, 0) + 1
                if shape is not None and len(self._known) < MOST_SHAPES:
                    self._known[shape] = name
                return name
        return ""

    def _possible_formats(self, row: Row) -> list[tuple[str, UsageFormat]]:
        """The formats of which a row has a mark, in order; rows of one shape have the same."""
        keys = tuple(row)
        possible = self._possible.get(keys)
        if possible is None:
            possible = [(name, format) for name, format in self.formats if any(mark in row for mark in format.marks)]
            if len(self._possible) < MOST_SHAPES:
                self._possible[keys] = possible
        return possible

    def _reader(self, name: str) -> RowReader:
        if name not in self.readers:
            self.readers[name] = USAGE_FORMATS[name].open_file()
        return self.readers[name]


def _says_use(request: Request) -> bool:
    """Whether a request has used any tokens, or money."""
    return any((request.uncached, request.read, request.write, request.output, request.cost))


def _completed(requests: list[Request], row: Mapping[str, Any]) -> list[Request]:
    """The requests within a row of somebody's own log, with the time, conversation and model of the row itself."""
    for request in requests:
        if request.time is None:
            for key in TIMES:
                if key in row and (time := seconds_in(row[key])) is not None:
                    request.time = time
                    break
        request.conversation = request.conversation or _first_text(row, CONVERSATIONS)
        request.model = request.model or _first_text(row, MODELS)
    return requests


def _first_text(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        if row.get(key):
            return str(row[key])
    return ""
