"""How far off an answer may be in a source that it has not seen, from the errors in those that it was fitted to.

A case is what was measured as a multiple of the answer, with its source. Every source counts the same, since the next
reader's software is a new source, and not a new line of an old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Case = tuple[float, str]
NINE_IN_TEN = 0.9


def margin(cases: Sequence[Case]) -> float:
    """How far nine in ten of the cases are off at most, each source counted alike."""
    sizes, reached = Counter(source for _, source in cases), 0.0
    for off, source in sorted((abs(value - 1), source) for value, source in cases):
        reached += 1 / sizes[source] / len(sizes)
        if reached >= NINE_IN_TEN - 1e-9:
            return off
    raise ValueError("No cases, so that there is nothing to be off from.")


def left_out_share(cases: Sequence[Case]) -> float:
    """How much of a source lies within the margin that follows from the others, on average over all sources."""
    shares = []
    for left in {source for _, source in cases}:
        allowed = margin([case for case in cases if case[1] != left])
        values = [value for value, source in cases if source == left]
        shares.append(sum(abs(value - 1) <= allowed for value in values) / len(values))
    return sum(shares) / len(shares)
