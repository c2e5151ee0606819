"""How far off an answer may be in a source that it has not seen, from the errors in those that it was fitted to.

A case is what was measured as a multiple of the answer, with its source. Every source counts the same, since the next
reader's software is a new source, and not a new line of an old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

Case = tuple[float, str]
TAILS = (0.1, 0.075, 0.05, 0.04, 0.03, 0.025, 0.02, 0.01)
"""The shares that may lie below a range, and above it, the widest first."""


def quantile(cases: Sequence[Case], share: float) -> float:
    """The smallest of the cases below or at which this share of them lies, each source counted alike."""
    sizes, reached = Counter(source for _, source in cases), 0.0
    for value, source in sorted(cases):
        reached += 1 / sizes[source] / len(sizes)
        if reached >= share - 1e-9:
            return value
    return max(value for value, _ in cases)


def tail_range(cases: Sequence[Case], tail: float) -> tuple[float, float]:
    """The range that leaves this share of the cases out on either side."""
    return quantile(cases, tail), -quantile([(-value, source) for value, source in cases], tail)


def left_out_share(cases: Sequence[Case], tail: float) -> float:
    """How much of a source lies in the range that follows from the others, on average over all sources."""
    shares = []
    for left in {source for _, source in cases}:
        low, high = tail_range([case for case in cases if case[1] != left], tail)
        values = [value for value, source in cases if source == left]
        shares.append(sum(low <= value <= high for value in values) / len(values))
    return sum(shares) / len(shares)


def widest_tail(fits: Callable[[float], bool]) -> float:
    """The widest tail from which on all narrower ones fit."""
    fitting = [fits(tail) for tail in TAILS]
    changes = [tail for (before, after), tail in zip(pairwise(fitting), TAILS[1:], strict=True) if after and not before]
    return TAILS[0] if all(fitting) else changes[-1]
