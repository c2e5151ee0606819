"""Single spans, as Phoenix exports them and OpenTelemetry prints them: with flat names, nested, or in columns.

Source: OpenInference's conventions. A span of another kind than a model call, which may repeat the sums of its calls,
is not counted.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import cast

from calculators.readers.usage.cells import Value, usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import Amounts, OddRows, RowColumns, first_usage_name
from calculators.readers.usage.json_cells import usage_object_of_text
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.traces.columns.span_columns import SpanFacts, span_columns_of
from calculators.readers.usage.traces.spans import ATTRIBUTES, KINDS, MANY_SHAPES, TraceSpan, TraceSpanReader
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

IDS = ("context", "context.span_id", "span_id", "spanId", "parent_id", "parentId")
"""Keys of which a span has at least one beside its attributes."""

SPAN_IDS = ("context.span_id", "span_id", "spanId")
PARENT_IDS = ("parent_id", "parentId", "parent_span_id")

COLUMN = "attributes."
"""How the columns of attributes begin."""

COLUMNS = ("attributes.openinference.span.kind", "attributes.llm.token_count.prompt", "attributes.llm.model_name")
MARKS = ("attributes", *COLUMNS)
"""Columns of which a span has at least one."""

ROOTS = ("gen_ai", "llm", "openinference", "session", "embedding", "error", "openai")
"""The attributes that are looked at where they are nested."""

DEEPEST = 5
"""How many names a nested attribute has at most."""


def is_openinference_span(row: Row) -> bool:
    """Whether a row is a span."""
    return ("attributes" in row and any(key in row for key in IDS)) or any(column in row for column in COLUMNS)


def openinference_span_of_row(row: Row) -> TraceSpan:
    """The span that a row is."""
    attributes = openinference_attributes(usage_object_of_text(row.get("attributes")))
    for column, name in openinference_columns_of(tuple(row)):
        attributes[name] = row[column]
    if row.get("span_kind") and not any(attributes.get(kind) for kind in KINDS):
        attributes["openinference.span.kind"] = row["span_kind"]
    status = usage_object_in(row.get("status"))
    return TraceSpan(
        id=usage_name_in(usage_object_of_text(row.get("context")).get("span_id"))
        or _openinference_first_name(row, SPAN_IDS),
        parent=_openinference_first_name(row, PARENT_IDS),
        attributes=attributes,
        start=_openinference_first_time(row, ("start_time", "startTime")),
        end=_openinference_first_time(row, ("end_time", "endTime")),
        failed="ERROR" in (row.get("status_code"), row.get("statusCode"), status.get("status_code")),
    )


def openinference_attributes(attributes: dict[str, Value]) -> dict[str, Value]:
    """Attributes by their flat names, where nested ones of models and sessions are joined with dots.

    >>> openinference_attributes({"llm": {"token_count": {"prompt": 5}}, "session.id": "a", "input": {"value": "b"}})
    {'session.id': 'a', 'llm.token_count.prompt': 5}
    """
    flat = {key: value for key, value in attributes.items() if not isinstance(value, dict)}
    if len(flat) == len(attributes):
        return flat
    nested = [(root, attributes[root]) for root in ROOTS if isinstance(attributes.get(root), dict)]
    for _ in range(DEEPEST):
        if not nested:
            break
        inner = [(f"{name}.{key}", value) for name, held in nested for key, value in held.items()]
        flat.update((name, value) for name, value in inner if not isinstance(value, dict))
        nested = [(name, value) for name, value in inner if isinstance(value, dict)]
    return flat


@lru_cache(MANY_SHAPES)
def openinference_columns_of(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The columns of attributes that are looked at, each with the name of its attribute."""
    named = [(key, key.removeprefix(COLUMN)) for key in keys if key.startswith(COLUMN)]
    return tuple((key, name) for key, name in named if name in ATTRIBUTES)


def _openinference_first_name(row: Row, keys: tuple[str, ...]) -> str:
    for key in keys:
        if key in row and (name := usage_name_in(row[key])):
            return name
    return ""


def _openinference_first_time(row: Row, keys: tuple[str, ...]) -> float | None:
    for key in keys:
        if key in row and (seconds := usage_seconds_in(row[key])) is not None:
            return seconds
    return None


class OpeninferenceRows:
    """Spans are compared with those before."""

    def __init__(self) -> None:
        self.reader = TraceSpanReader()

    def __call__(self, row: Row) -> list[Request | SkippedRow]:
        """The request of a span, if it is counted."""
        return self.reader.requests([openinference_span_of_row(row)], are_together=False)


def openinference_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many spans.

    Raises:
        SkippedRow: some of them have to be read one by one, as those with nested attributes.
    """
    ids = rows.objects_of("context").names("span_id") if "context" in rows else [""] * len(rows)
    if not all(ids):
        ids = list(map(first_usage_name, ids, rows.names(*SPAN_IDS)))
    codes = [rows.values("status_code"), rows.values("statusCode")]
    if "status" in rows:
        codes.append([usage_object_in(status).get("status_code") for status in rows.values("status")])
    facts = SpanFacts(
        ids=ids,
        parents=rows.names(*PARENT_IDS),
        starts=_openinference_times(rows, "start_time", "startTime"),
        ends=_openinference_times(rows, "end_time", "endTime"),
        failed=["ERROR" in row for row in zip(*codes, strict=True)],
        kinds=rows.values("span_kind"),
    )
    columns = openinference_columns_of(rows.keys)
    if "attributes" not in rows:
        names = tuple(name for _, name in columns)
        spans = span_columns_of(
            [names] * len(rows), list(zip(*(rows.values(key) for key, _ in columns), strict=True)), facts, True
        )
    elif columns:
        raise OddRows
    else:
        attributes = rows.objects_of("attributes").rows
        shapes = list(map(tuple, attributes))
        if dict in set(map(type, chain.from_iterable(map(dict.values, attributes)))):
            raise OddRows
        spans = span_columns_of(shapes, attributes, facts, False)
    return spans.counted(cast(OpeninferenceRows, reader).reader.remarks_one_by_one(spans.calls))


def _openinference_times(rows: RowColumns, *keys: str) -> Amounts:
    present = [key for key in keys if key in rows]
    if len(present) > 1:
        raise OddRows
    return rows.times(*present) if present else rows.nothing()


FORMAT = UsageFormat(
    label="OpenInference spans, Phoenix",
    recognizes=is_openinference_span,
    marks=MARKS,
    open_file=OpeninferenceRows,
    read_columns=openinference_columns,
    is_told_by_keys=True,
)
