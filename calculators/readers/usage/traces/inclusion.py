"""Whether an input count of a trace includes its cache: most do by their specification, and some senders differ.

Arithmetic decides where it can. Source: the conventions of OpenTelemetry and OpenInference, and reported errors of
packages that follow neither.
"""

from __future__ import annotations

from calculators.readers.usage.cells import usage_count_in
from calculators.readers.usage.usage_format import Row


def trace_leaves_cache_out(prompt: int, cached: int, output: int | None, total: int | None) -> bool:
    """Whether an input cannot include its cache: the cache is larger, or only all parts together make the total.

    >>> trace_leaves_cache_out(100, 900, 50, None)
    True
    >>> trace_leaves_cache_out(1000, 900, 50, 1950), trace_leaves_cache_out(1000, 900, 50, 1050)
    (True, False)
    """
    return prompt < cached or (cached > 0 and total == prompt + cached + (output or 0))


def trace_uncached_of_input(
    prompt: int | None, read: int | None, write: int | None, output: int | None = None, total: int | None = None
) -> int | None:
    """The uncached part of an input, which may include its cache or not."""
    cached = (read or 0) + (write or 0)
    if prompt is None or trace_leaves_cache_out(prompt, cached, output, total):
        return prompt
    return prompt - cached


def trace_cache_write_of(whole: int | None, *parts: int | None) -> int | None:
    """What was written to the cache, of a count for all and counts by lifetime that may be its parts or come on top."""
    together: int | None = None
    for part in parts:
        if part is not None:
            together = (together or 0) + part
    if together is None:
        return whole
    return together + (whole or 0) if whole != together else whole


def first_trace_count(row: Row, names: tuple[str, ...]) -> int | None:
    """The first count that a row has under one of several names."""
    for name in names:
        if name in row and (count := usage_count_in(row[name])) is not None:
            return count
    return None
