"""Reads many spans with the same attributes at once, to the same requests as `spans` does one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import chain
from operator import or_

from calculators.readers.intake.id_table import id_digests
from calculators.readers.usage.cells import Value
from calculators.readers.usage.columns.request_columns import RequestColumns, usage_request_columns
from calculators.readers.usage.columns.row_columns import (
    Amounts,
    OddRows,
    RowColumns,
    first_usage_name,
    usage_column_of,
    usage_columns_sum,
    usage_durations,
    usage_names_in,
)
from calculators.readers.usage.traces.inclusion import trace_uncached_of_input
from calculators.readers.usage.traces.spans import (
    COST,
    ERROR,
    EXCLUSIVE_PROVIDERS,
    ID,
    SpanCall,
    trace_span_keys_of,
    trace_span_tokens,
)

FEWEST_ALIKE = 4
"""Where fewer spans have the same attributes on average, they are read one by one."""


class SpanColumns:
    """The requests that spans would be, and what tells whether they are counted."""

    def __init__(self, requests: RequestColumns, calls: list[SpanCall]) -> None:
        self.requests, self.calls = requests, calls

    def counted(self, remarks: list[str | None]) -> RequestColumns:
        """The requests that are to be counted, with what is to be remarked of each; None of the others."""
        requests = self.requests
        requests.remark = [remark or "" for remark in remarks]
        return requests.selected([remark is not None for remark in remarks]) if None in remarks else requests


@dataclass(frozen=True, slots=True)
class SpanFacts:
    """What spans have beside their attributes, column by column; `kinds` are what some call them outside of those."""

    ids: list[str]
    parents: list[str]
    starts: Amounts
    ends: Amounts
    failed: list[bool]
    kinds: list[Value]

    def selected(self, places: list[int]) -> SpanFacts:
        """Some of the spans."""
        return SpanFacts(*([*map(getattr(self, known.name).__getitem__, places)] for known in fields(self)))


def span_columns_of(
    shapes: list[tuple[str, ...]], attributes: Sequence[Value], facts: SpanFacts, are_lists: bool
) -> SpanColumns:
    """Spans of any attributes, in their order: objects, or lists of values in the order of their names.

    Raises:
        SkippedRow: some of them have to be read one by one.
    """
    if shapes.count(shapes[0]) == len(shapes):  # to compare names takes less time than to hash them
        return _span_columns_alike(shapes[0], attributes, facts, are_lists)
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, shape in enumerate(shapes):
        places[shape].append(place)
    if len(places) > len(shapes) // FEWEST_ALIKE:
        raise OddRows
    requests, calls = usage_request_columns(0), []
    for shape, alike in places.items():
        columns = _span_columns_alike(shape, [attributes[place] for place in alike], facts.selected(alike), are_lists)
        requests.extend(columns.requests)
        calls += columns.calls
    order = sorted(range(len(shapes)), key=list(chain.from_iterable(places.values())).__getitem__)
    requests = requests.in_order(order)
    requests.row = list(range(len(shapes)))
    return SpanColumns(requests, [calls[place] for place in order])


def _span_columns_alike(
    names: tuple[str, ...], attributes: Sequence[Value], facts: SpanFacts, are_lists: bool
) -> SpanColumns:
    """Spans with the same attributes."""
    rows = RowColumns(attributes, {name: place for place, name in enumerate(names)} if are_lists else None)
    keys = trace_span_keys_of(names)
    prompt, output, total = (
        rows.first_counts(*keys.input),
        rows.first_counts(*keys.output),
        rows.first_counts(*keys.total),
    )
    read, write = rows.first_counts(*keys.read), rows.first_counts(*keys.write)
    providers = usage_column_of(str.lower, rows.names(*keys.provider))
    uncached = prompt
    if any(usage_columns_sum(read, write)):
        if not keys.is_settled and None in total and not set(EXCLUSIVE_PROVIDERS).isdisjoint(providers):
            raise OddRows  # each may have to be remarked
        uncached = list(map(trace_uncached_of_input, prompt, read, write, output, total))
    failed = facts.failed
    if ERROR in names:
        failed = list(map(or_, failed, map(bool, rows.values(ERROR))))
    requests = usage_request_columns(
        len(rows),
        time=facts.starts,
        id=list(map(first_usage_name, rows.names(ID), facts.ids)) if ID in names else facts.ids,
        conversation=rows.names(*keys.conversation),
        model=rows.names(*keys.model),
        provider=providers,
        tier=rows.tiers(*keys.tier),
        uncached=uncached,
        read=read,
        write=write,
        output=output,
        reasoning=rows.first_counts(*keys.reasoning),
        cost=rows.amounts(COST),
        failed=failed,
        seconds=usage_durations(facts.starts, facts.ends),
        first_token_seconds=rows.amounts(keys.first_token[0]) if keys.first_token else [],
    )
    operations = rows.names(*keys.operation)
    if any(facts.kinds):
        if any(map(any, map(rows.values, keys.operation))) and not all(operations):
            raise OddRows
        operations = list(map(first_usage_name, operations, usage_names_in(facts.kinds)))
    tokens = map(trace_span_tokens, uncached, output)
    calls = zip(span_digests(facts.ids), span_digests(facts.parents), operations, tokens, strict=True)
    return SpanColumns(requests, list(calls))


def span_digests(ids: list[str]) -> list[int]:
    """The digests of ids; 0 for one that is missing."""
    if not any(ids):
        return [0] * len(ids)
    digests = id_digests(ids)
    return digests if all(ids) else [digest if id else 0 for id, digest in zip(ids, digests, strict=True)]
