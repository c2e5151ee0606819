"""How far off an answer may be in a source that it has not seen, from the errors in those that it was fitted to.

A case is what was measured as a multiple of the answer, with its source. Every source counts the same, since the next
reader's software is a new source, and not a new line of an old one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Case = tuple[float, str]
NINE_IN_TEN = 0.9


def margin(cases: Sequence[Case], share: float = NINE_IN_TEN) -> float:
    """How far such a share of the cases is off at most, each source counted alike."""
    sizes, reached = Counter(source for _, source in cases), 0.0
    for off, source in sorted((abs(value - 1), source) for value, source in cases):
        reached += 1 / sizes[source] / len(sizes)
        if reached >= share - 1e-9:
            return off
    raise ValueError("So few cases cannot say how far that share is off.")


def margin_of_next_source(cases: Sequence[Case], share: float) -> float:
    """How far that share of a source that nobody has seen is off at most, as far as the others can say.

    The next source counts as one more among equals, of which nothing is known. So the share is taken of all of them,
    the next one included (conformal prediction for groups: Lee, Barber and Willett, arXiv 2306.06342).
    """
    number = len({source for _, source in cases})
    return margin(cases, share * (number + 1) / number)


def left_out_share(cases: Sequence[Case]) -> float:
    """How much of a source lies within the margin that follows from the others, on average over all sources."""
    shares = []
    for left in {source for _, source in cases}:
        allowed = margin([case for case in cases if case[1] != left])
        values = [value for value, source in cases if source == left]
        shares.append(sum(abs(value - 1) <= allowed for value in values) / len(values))
    return sum(shares) / len(shares)
