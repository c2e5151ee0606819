"""The measures of one ranking, each from 0 to 1, as trec_eval defines them.

Passages beyond the first k do not count. `grade` is the one from which on a passage is right.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import TypeAlias

from calculators.domain.graded_scores import sum_of_scores
from calculators.evaluating.retrieval.rankings import SearchRanking

LINEAR, EXPONENTIAL = "linear", "exponential"
RECALL, PRECISION, HIT, RECIPROCAL, AVERAGE, GAIN = "recall", "precision", "hit", "mrr", "map", "ndcg"

MEASURES = {
    RECALL: "Recall",
    PRECISION: "Precision",
    HIT: "Hit rate",
    RECIPROCAL: "MRR",
    AVERAGE: "MAP",
    GAIN: "nDCG",
}

Measure: TypeAlias = Callable[[SearchRanking, int, float, bool], float]
"""A ranking, k, the grade of a right passage, and whether gains are exponential."""


def _measured_right_ranks(ranking: SearchRanking, k: int, grade: float) -> list[int]:
    return [rank for rank, graded in ranking.hits if rank <= k and graded >= grade]


def ranking_recall(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """The share of the right passages that are among the first k.

    >>> ranking_recall(SearchRanking(((1, 1), (4, 2)), (1, 2, 4), (2, 1, 1, 1), 5), 3, 1)
    0.25
    """
    right = ranking.right(grade)
    return len(_measured_right_ranks(ranking, k, grade)) / right if right else 0.0


def ranking_precision(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """The share of k passages that are right, even where fewer than k came."""
    return len(_measured_right_ranks(ranking, k, grade)) / k


def ranking_hit(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """1 where at least one right passage is among the first k."""
    return 1.0 if _measured_right_ranks(ranking, k, grade) else 0.0


def reciprocal_rank(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """1 divided by the rank of the first right passage.

    >>> reciprocal_rank(SearchRanking(((2, 1), (4, 2)), (2, 4), (2, 1), 5), 5, 2)
    0.25
    """
    return next((1 / rank for rank in _measured_right_ranks(ranking, k, grade)), 0.0)


def average_precision(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """The precision at the rank of each right passage, added up and divided by all right passages.

    >>> average_precision(SearchRanking(((1, 1), (4, 1)), (1, 4), (1, 1), 5), 5, 1)      # 1 and 2/4
    0.75
    """
    right = ranking.right(grade)
    precisions = sum_of_scores(count / rank for count, rank in enumerate(_measured_right_ranks(ranking, k, grade), 1))
    return precisions / right if right else 0.0


def normalized_gain(ranking: SearchRanking, k: int, grade: float, exponential: bool = False) -> float:
    """Discounted gains of the first k, divided by those of the best order of all judged passages (nDCG).

    Järvelin and Kekäläinen 2002, with the discount log(rank + 1). The gain is the grade, or 2^grade - 1 where it is
    exponential; the grade from which on a passage is right plays no part.

    >>> normalized_gain(SearchRanking(((3, 1),), (3,), (1,), 3), 3, 1)      # log(2) / log(4)
    0.5
    """
    best = sum_of_scores(
        _ranking_gain(each, exponential) / log(rank + 1) for rank, each in enumerate(ranking.ideal[:k], 1)
    )
    gains = sum_of_scores(_ranking_gain(each, exponential) / log(rank + 1) for rank, each in ranking.hits if rank <= k)
    return gains / best if best else 0.0


def _ranking_gain(grade: float, exponential: bool) -> float:
    return 2 ** min(grade, HIGHEST_EXPONENT) - 1 if exponential else grade


HIGHEST_EXPONENT = 100
"""Grades beyond it gain as much in an exponential gain, so that no float overflows."""

FORMULAS: dict[str, Measure] = {
    RECALL: ranking_recall,
    PRECISION: ranking_precision,
    HIT: ranking_hit,
    RECIPROCAL: reciprocal_rank,
    AVERAGE: average_precision,
    GAIN: normalized_gain,
}
