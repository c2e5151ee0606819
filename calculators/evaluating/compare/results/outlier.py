"""A single score that stretches the scale alone: a slip of the pen changes every share of the way."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.evaluating.compare.results.matched import Scoring
from calculators.evaluating.compare.results.source import VersionSource
from calculators.readers.results.evaluation import VersionResults
from calculators.readers.results.pasted import pasted_score_line

ENOUGH = 5
"""So many other scores say what the scale is without it."""


@dataclass(frozen=True, slots=True)
class OutlyingScore:
    """A score of a version far from all others, with the ends of the scale without it; line 0 is not known."""

    version: VersionResults
    score: float
    line: int
    low: float
    high: float


def version_outlying_score(source: VersionSource, scoring: Scoring) -> OutlyingScore | None:
    """The single score without which the scale is 0 to 1, or less than half as wide; None where a score passes."""
    scores = sorted(score for version in source.versions for runs in version.scores.values() for score in runs)
    if scoring.mark is not None or len(scores) <= ENOUGH:
        return None
    for outlier, rest in ((scores[-1], scores[:-1]), (scores[0], scores[1:])):
        low, high = rest[0], rest[-1]
        if low == high or low <= outlier <= high:
            continue
        is_share = low >= 0 and high <= 1
        if (is_share and not 0 <= outlier <= 1) or (not is_share and (scores[-1] - scores[0]) > 2 * (high - low)):
            version = next(
                version for version in source.versions if any(outlier in runs for runs in version.scores.values())
            )
            low, high = (0.0, 1.0) if is_share else (low, high)
            return OutlyingScore(version, outlier, _outlying_score_line(source, version, outlier), low, high)
    return None


def _outlying_score_line(source: VersionSource, version: VersionResults, score: float) -> int:
    """The line that holds a score, by what was noted of the columns as they were read; 0 where nothing was."""
    table = source.evaluation.tables[version.file]
    if not table.columns:
        return pasted_score_line(source.pasted, score)
    lines = (
        line
        for column in table.columns
        for end, line in zip(column.ends() or (), column.end_lines, strict=False)
        if end == score
    )
    return next(lines, 0)
