"""Reads counts of tokens whose prompt includes what came from the cache, for many answers at once."""

from __future__ import annotations

from calculators.readers.usage.bodies.prompt_counts import FLAT_READ
from calculators.readers.usage.columns.request_columns import RequestColumns
from calculators.readers.usage.columns.row_columns import (
    NOTHING,
    Counts,
    OddRows,
    RowColumns,
    known_usage_column,
    uncached_usage_columns,
    usage_columns_sum,
)

VENDORS = (*FLAT_READ, "cache_creation_input_tokens")
"""Counts under the names of other vendors, which are read row by row."""


def put_usage_prompt_columns(requests: RequestColumns, usage: RowColumns) -> None:
    """What `put_usage_prompt_counts` puts into a request, for many.

    Raises:
        SkippedRow: some have to be read one by one, as those with audio, or with a total that is not the sum.
    """
    prompt, output, total = (usage.counts(f"{name}_tokens") for name in ("prompt", "completion", "total"))
    if any(map(any, map(usage.values, VENDORS))) or NOTHING in {*map(type, prompt), *map(type, output)}:
        raise OddRows
    details = _usage_details(usage, "prompt_tokens_details")
    read, write = details.counts("cached_tokens"), details.counts("cache_write_tokens")
    if any(details.values("cache_creation_tokens")):
        raise OddRows
    requests.read, requests.write = known_usage_column(read), known_usage_column(write)
    requests.uncached = uncached_usage_columns(prompt, read, write)
    _put_usage_output_columns(requests, usage, "completion_tokens_details", (prompt, output, total))


def _usage_details(usage: RowColumns, key: str) -> RowColumns:
    """The parts of a count; an empty object where a row has none.

    Raises:
        OddRows: some are audio.
    """
    details = RowColumns([held if isinstance(held, dict) else {} for held in usage.values(key)], are_alike=False)
    if any(details.values("audio_tokens")):
        raise OddRows
    return details


def _put_usage_output_columns(
    requests: RequestColumns, usage: RowColumns, key: str, counts: tuple[Counts, Counts, Counts]
) -> None:
    prompt, output, total = counts
    details = usage.values(key)
    if set(map(type, details)) == {dict}:
        requests.reasoning = known_usage_column(_usage_details(usage, key).counts("reasoning_tokens"))
    elif set(map(type, details)) != {NOTHING}:
        raise OddRows
    if set(map(type, total)) != {NOTHING} and total != usage_columns_sum(prompt, output):
        raise OddRows
    requests.output = output


def put_usage_input_columns(requests: RequestColumns, usage: RowColumns) -> None:
    """What `put_usage_input_counts` puts into a request, for many.

    Raises:
        SkippedRow: some have to be read one by one, as those without details.
    """
    prompt, output, total = (usage.counts(f"{name}_tokens") for name in ("input", "output", "total"))
    details = usage.inner("input_tokens_details")
    if NOTHING in {*map(type, prompt), *map(type, output)}:
        raise OddRows
    requests.read = known_usage_column(details.counts("cached_tokens"))
    requests.write = known_usage_column(details.counts("cache_write_tokens"))
    requests.uncached = uncached_usage_columns(prompt, requests.read, requests.write)
    _put_usage_output_columns(requests, usage, "output_tokens_details", (prompt, output, total))
