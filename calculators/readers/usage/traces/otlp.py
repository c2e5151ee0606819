"""Traces in OpenTelemetry's JSON, as its collector writes them to a file: a batch of spans on each line.

Source: OpenTelemetry's protocol in JSON, where whole numbers are text. Batches that hold no call of a model give
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

from calculators.readers.usage.cells import Value, usage_list_in, usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import OddRows, RowColumns
from calculators.readers.usage.request import Request, SkippedRow
from calculators.readers.usage.traces.columns.span_columns import SpanFacts, span_columns_of
from calculators.readers.usage.traces.spans import ATTRIBUTES, TraceSpan, TraceSpanReader
from calculators.readers.usage.usage_format import Row, RowReader, UsageFormat

ERRORS = (2, "2", "STATUS_CODE_ERROR")
"""How the code of a status says that a span has failed."""


def is_otlp_batch(row: Row) -> bool:
    """Whether a row is a batch of spans."""
    return "resourceSpans" in row or "resource_spans" in row


def otlp_spans_of_batch(row: Row) -> Iterator[TraceSpan]:
    """The spans of a batch, whatever sent them."""
    for resource in usage_list_in(row.get("resourceSpans") or row.get("resource_spans")):
        held = usage_object_in(resource)
        for scope in usage_list_in(held.get("scopeSpans") or held.get("scope_spans")):
            for span in usage_list_in(usage_object_in(scope).get("spans")):
                yield _otlp_span(usage_object_in(span))


def _otlp_span(span: Row) -> TraceSpan:
    return TraceSpan(
        id=usage_name_in(span.get("spanId")),
        parent=usage_name_in(span.get("parentSpanId")),
        attributes=_otlp_attributes(span.get("attributes")),
        start=usage_seconds_in(span.get("startTimeUnixNano")),
        end=usage_seconds_in(span.get("endTimeUnixNano")),
        failed=usage_object_in(span.get("status")).get("code") in ERRORS,
    )


def _otlp_attributes(entries: Value) -> dict[str, Value]:
    """The attributes that are looked at; each value is an object whose only key names its type."""
    attributes: dict[str, Value] = {}
    for entry in usage_list_in(entries):
        try:
            if (key := entry["key"]) in ATTRIBUTES:
                values = entry["value"].values()
                attributes[key] = None
                for attributes[key] in values:
                    break
        except (LookupError, TypeError, AttributeError):  # it is no attribute; to ask beforehand takes twice as long
            continue
    return attributes


class OtlpRows:
    """Spans are compared with those of other batches."""

    def __init__(self) -> None:
        self.reader = TraceSpanReader()

    def __call__(self, row: Row) -> list[Request | SkippedRow]:
        """The requests of a batch."""
        return self.reader.requests(list(otlp_spans_of_batch(row)), are_together=True)


def otlp_columns(reader: RowReader, rows: RowColumns) -> RequestColumns:
    """The requests of many batches.

    Raises:
        SkippedRow: some of them have to be read one by one.
    """
    if "resource_spans" in rows:
        raise OddRows
    batches: list[list[dict[str, Value]]] = []
    try:
        for resources in rows.values("resourceSpans"):
            batches.append(
                [span for resource in resources for scope in resource["scopeSpans"] for span in scope["spans"]]
            )
        spans = list(chain.from_iterable(batches))
        if not spans or set(map(type, spans)) != {dict}:
            raise OddRows
        columns = RowColumns(spans, are_alike=False)
        entries = columns.values("attributes")
        if set(map(type, entries)) != {list}:
            raise OddRows
        shapes = [tuple([entry["key"] for entry in attributes]) for attributes in entries]
        if set(map(len, [entry["value"] for attributes in entries for entry in attributes])) - {1}:
            raise OddRows
        values = [[value for entry in attributes for value in entry["value"].values()] for attributes in entries]
        distinct = shapes[:1] if shapes.count(shapes[0]) == len(shapes) else set(shapes)
        if any(len(set(shape)) < len(shape) for shape in distinct):
            raise OddRows
    except (LookupError, TypeError, AttributeError):
        raise OddRows from None
    statuses = columns.values("status")
    facts = SpanFacts(
        ids=columns.names("spanId"),
        parents=columns.names("parentSpanId"),
        starts=columns.times("startTimeUnixNano"),
        ends=columns.times("endTimeUnixNano"),
        failed=[usage_object_in(status).get("code") in ERRORS for status in statuses]
        if any(statuses)
        else [False] * len(spans),
        kinds=columns.nothing(),
    )
    calls = span_columns_of(shapes, values, facts, True)
    remarks: list[str | None] = []
    places: list[int] = []
    for place, batch in enumerate(batches):
        begin = len(remarks)
        remarks += cast(OtlpRows, reader).reader.remarks(calls.calls[begin : begin + len(batch)], True)
        places += [place] * len(batch)
    calls.requests.row = places
    return calls.counted(remarks)


FORMAT = UsageFormat(
    label="OpenTelemetry traces",
    recognizes=is_otlp_batch,
    marks=("resourceSpans", "resource_spans"),
    open_file=OtlpRows,
    read_columns=otlp_columns,
    is_told_by_keys=True,
)
