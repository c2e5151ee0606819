"""Traces in OpenTelemetry's JSON, as its collector writes them to a file: a batch of spans on each line.

Source: OpenTelemetry's protocol in JSON, where whole numbers are text. Batches that hold no call of a model give
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.usage.cells import Value, usage_list_in, usage_name_in, usage_object_in, usage_seconds_in
from calculators.readers.usage.request import Request, SkippedRow
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


def open_otlp_file() -> RowReader:
    """Spans are compared with those of other batches."""
    reader = TraceSpanReader()

    def requests(row: Row) -> list[Request | SkippedRow]:
        return reader.requests(list(otlp_spans_of_batch(row)), are_together=True)

    return requests


FORMAT = UsageFormat(
    label="OpenTelemetry traces",
    recognizes=is_otlp_batch,
    marks=("resourceSpans", "resource_spans"),
    open_file=open_otlp_file,
)
