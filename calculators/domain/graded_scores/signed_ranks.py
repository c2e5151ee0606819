"""Wilcoxon's signed-rank test on paired differences, as a second opinion that large differences sway less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from calculators.domain.exact_tests import exact_sign_flip_p_value


@dataclass(frozen=True, slots=True)
class SignedRanks:
    """The sums of the ranks of positive and of negative differences, and the two-sided p-value."""

    positive: float
    negative: float
    p_value: float


def signed_rank_test(differences: Sequence[float]) -> SignedRanks:
    """Wilcoxon's test, differences of 0 dropped, equal ones with the mean of their ranks.

    Up to 30 differences, all signs of those very ranks are counted; beyond, the normal form stands in, corrected for
    ties and without a correction for continuity, as in scipy. Without any difference p is 1.

    >>> signed_rank_test([1, 2, 3, -4])
    SignedRanks(positive=6.0, negative=4.0, p_value=0.875)
    """
    moved = [step for step in differences if step]
    ranks = _doubled_signed_midranks([abs(step) for step in moved])
    signed = [rank if step > 0 else -rank for step, rank in zip(moved, ranks, strict=True)]
    positive = sum(rank for rank in signed if rank > 0) / 2
    negative = -sum(rank for rank in signed if rank < 0) / 2
    exact = exact_sign_flip_p_value(signed)
    return SignedRanks(positive, negative, _signed_ranks_normal(signed) if exact is None else float(exact))


def _doubled_signed_midranks(sizes: Sequence[float]) -> list[int]:
    """Twice the rank of each size, so that the middle of equal ones is a whole number."""
    places: dict[float, list[int]] = {}
    for place, size in enumerate(sorted(sizes), 1):
        places.setdefault(size, []).append(place)
    return [places[size][0] + places[size][-1] for size in sizes]


def _signed_ranks_normal(signed: Sequence[int]) -> float:
    """The p-value by the normal form. The squares of tied ranks have the correction for ties in them."""
    return erfc(abs(sum(signed)) / sqrt(2 * sum(rank * rank for rank in signed)))
