"""What is significant at an alpha, counted once for all floats between which no p-value lies."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Callable
from functools import lru_cache
from math import inf
from operator import floordiv, truediv
from typing import Any, TypeAlias, TypeVar

from calculators.domain.exact_tests.binomials import KEPT
from calculators.engine.numbers import Share

NOT_BELOW = 1 + 1e-11
"""What a float is multiplied by, so that it is not below an equal one that was computed in many steps."""

Ways: TypeAlias = float  # a whole number where alpha is exact, so that nothing is lost
Divide: TypeAlias = Callable[[Ways, Ways], Ways]
Counted = TypeVar("Counted")
Count: TypeAlias = Callable[[int, Share, list[float]], Counted]
"""Counts what is significant at an alpha. A float's p-values, as shares of it, are added to the list."""


def significance_level_in_ways(alpha: Share) -> tuple[Ways, Ways, Divide]:
    """An alpha of so many outcomes, as so many of so many, and how to divide numbers of outcomes.

    An exact alpha counts in whole numbers. A float counts in floats, which is several times as fast; that is near
    enough, and what is just as rare as alpha stays significant.
    """
    if isinstance(alpha, float):
        return alpha * NOT_BELOW, 1.0, truediv
    return *alpha.as_integer_ratio(), floordiv


@lru_cache(64)
def significance_counts(count: Count[Any], size: int) -> list[tuple[float, float, Any]]:  # whatever `count` gives
    """What was counted so far, from which alpha on and below which it holds."""
    return []


def count_significance_once(count: Count[Counted], size: int, alpha: Share) -> Counted:
    """What `count` gives, counted once for all floats of alpha between two p-values, as ranges ask for thousands.

    An alpha that may itself be one of those p-values, but for rounding, is counted for itself: what was asked before
    changes nothing.
    """
    if not isinstance(alpha, float):
        return count(size, alpha, [])
    spans: list[tuple[float, float, Counted]] = significance_counts(count, size)
    position = bisect(spans, (alpha, inf)) - 1
    if position >= 0 and alpha < spans[position][1]:
        return spans[position][2]
    shares: list[float] = []
    counted = count(size, alpha, shares)
    low = max((share for share in shares if share <= 1), default=0.0) * alpha * NOT_BELOW
    high = min((share for share in shares if share > 1), default=inf) * alpha / NOT_BELOW
    if len(spans) == KEPT:
        spans.clear()
    insort(spans, (low, high, counted))
    return counted
