"""Counts values by size, so that quantiles need no list of them: at most 1% off, in any order and any pieces."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

STEP = math.log(1.02)
"""Each bucket reaches 2% further than the one before, so that its middle is at most 1% from any value in it."""

ONE_BY_ONE = 50
"""Values up to this one are counted exactly."""


@lru_cache(1 << 14)  # sizes repeat, and a logarithm takes longer than to look one up
def usage_quantile_bucket(value: float) -> int:
    """The bucket of a value; a negative one counts as 0.

    >>> usage_quantile_bucket(0), usage_quantile_bucket(7), usage_quantile_bucket(1000) == usage_quantile_bucket(1001)
    (0, 7, True)
    """
    if value <= ONE_BY_ONE:
        return max(0, round(value))
    return ONE_BY_ONE + math.ceil(math.log(value / ONE_BY_ONE) / STEP)


def middle_of_usage_bucket(bucket: int) -> float:
    """The value that stands for a bucket.

    >>> abs(middle_of_usage_bucket(usage_quantile_bucket(123_456)) / 123_456 - 1) < 0.0101
    True
    """
    if bucket <= ONE_BY_ONE:
        return bucket
    upper = ONE_BY_ONE * math.exp((bucket - ONE_BY_ONE) * STEP)
    return (upper + upper / math.exp(STEP)) / 2


def usage_quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The value that a share of the counted ones does not exceed, by the nearest rank; None where nothing was counted.

    >>> usage_quantile({3: 1, 5: 1, 9: 2}, 0.5)
    5
    """
    total = 0
    for count in counts.values():
        total += count
    if total == 0:
        return None
    rank, seen = max(1, math.ceil(round(share * total, 9))), 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen >= rank:
            return middle_of_usage_bucket(bucket)
    return None
