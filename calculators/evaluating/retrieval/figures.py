"""The figures of a version over all measured queries: scores, the curve over k, and how many passages are judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from calculators.domain.graded_scores import sum_of_scores
from calculators.evaluating.retrieval.measures import FORMULAS
from calculators.evaluating.retrieval.rankings import SearchVersion

Scores = tuple[float, ...]

KEPT = 256
"""How many figures of all queries are kept: an answer asks for the same ones again and again."""

ALMOST = 1 - 1e-12
"""What a float is multiplied by, so that it is not above an equal one that was added up in another order."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How rankings are measured; with `impossible`, queries without a right passage count as 0."""

    k: int
    grade: float
    exponential: bool
    impossible: bool


@lru_cache(KEPT)
def measured_search_queries(version: SearchVersion, grade: float, impossible: bool) -> tuple[int, ...]:
    """The places of the queries that are measured."""
    return tuple(place for place, ranking in enumerate(version.rankings) if impossible or ranking.right(grade))


@lru_cache(KEPT)
def search_query_figures(version: SearchVersion, measure: str, setting: Setting) -> Scores:
    """The measure of each measured query."""
    formula = FORMULAS[measure]
    return tuple(
        formula(version.rankings[place], setting.k, setting.grade, setting.exponential)
        for place in measured_search_queries(version, setting.grade, setting.impossible)
    )


@lru_cache(KEPT)
def search_recall_curve(version: SearchVersion, grade: float, impossible: bool) -> Scores:
    """The sum of recall over the queries for k = 1, 2, … up to the longest list."""
    gains: list[list[float]] = [[] for _ in range(version.depth + 1)]
    for place in measured_search_queries(version, grade, impossible):
        ranking = version.rankings[place]
        right = ranking.right(grade)
        for rank, graded in ranking.hits:
            if graded >= grade:
                gains[rank].append(1 / right)
    curve, total = [], 0.0
    for added in gains[1:]:
        total = sum_of_scores((total, *added))
        curve.append(total)
    return tuple(curve)


def smallest_search_cutoff(version: SearchVersion, share: float, grade: float, impossible: bool) -> int | None:
    """The smallest k that reaches a share of the recall of the whole lists; None where no right passage came."""
    curve = search_recall_curve(version, grade, impossible)
    if not curve or curve[-1] == 0:
        return None
    return next(k for k, total in enumerate(curve, 1) if total >= share * curve[-1] * ALMOST)


def search_judged_passages(version: SearchVersion, setting: Setting) -> tuple[int, int]:
    """How many of the first k passages of the measured queries are judged, and how many they are."""
    rankings = [
        version.rankings[place] for place in measured_search_queries(version, setting.grade, setting.impossible)
    ]
    judged = len([rank for ranking in rankings for rank in ranking.judged if rank <= setting.k])
    shown = 0
    for ranking in rankings:
        shown += min(setting.k, ranking.retrieved)
    return judged, shown
