"""What a file of retrieval holds, whatever its format: ranked passages, grades, and the lines that are not clean."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite

LISTED = 20
"""How many lines are named for each problem; the others are counted."""

PROBLEMS = {
    "unreadable": ("Lines that cannot be read", "left out"),
    "no_id": ("Lines without a query or a passage", "left out"),
    "bad_score": ("Scores or ranks that are not numbers", "left out"),
    "bad_grade": ("Grades that are not numbers", "left out"),
    "twice": ("Passages listed twice for a query", "the better rank counts, and ranks are numbered anew"),
    "judged_twice": ("Passages judged twice for a query", "the first grade counts"),
    "negative": ("Grades below 0", "count as 0, as in trec_eval"),
    "against_score": ("Queries whose ranks contradict their scores", "the scores count, as in trec_eval"),
}
"""What may be wrong in a file, and what is done about it."""


@dataclass(slots=True)
class ProblemLines:
    """The lines with one problem: how many, and the first of them."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class RetrievalRows:
    """The passages that each query got, and the grades of judged ones; only counts and numbers of lines are shown.

    `results` holds passage, score, rank and line in the order of the file. With `score_first`, scores decide the order
    even where there are ranks.
    """

    results: dict[str, list[tuple[str, float | None, float | None, int]]] = field(default_factory=dict)
    judgments: dict[str, dict[str, float]] = field(default_factory=dict)
    judged_lines: dict[str, int] = field(default_factory=dict)
    problems: dict[str, ProblemLines] = field(default_factory=dict)
    score_first: bool = False

    def note(self, problem: str, line: int) -> None:
        """Notes a line with a problem."""
        noted = self.problems.setdefault(problem, ProblemLines())
        noted.count += 1
        if len(noted.lines) < LISTED:
            noted.lines.append(line)

    def result(
        self, query: str, passage: str, line: int, score: float | None = None, rank: float | None = None
    ) -> None:
        """Notes a passage that a query got."""
        if query and passage:
            self.results.setdefault(query, []).append((passage, score, rank, line))
        else:
            self.note("no_id", line)

    def judgment(self, query: str, passage: str, grade: float, line: int) -> None:
        """Notes the grade of a passage for a query."""
        if not (query and passage):
            self.note("no_id", line)
            return
        graded = self.judgments.setdefault(query, {})
        self.judged_lines.setdefault(query, line)
        if grade < 0:
            self.note("negative", line)
        if passage in graded:
            self.note("judged_twice", line)
        else:
            graded[passage] = max(grade, 0.0)

    def judged_query(self, query: str, line: int) -> None:
        """Notes that a query was judged, even if no passage is right for it."""
        if query:
            self.judgments.setdefault(query, {})
            self.judged_lines.setdefault(query, line)
        else:
            self.note("no_id", line)

    def answered_query(self, query: str) -> None:
        """Notes that a query was asked, even if it got no passage."""
        if query:
            self.results.setdefault(query, [])

    def line_of_results(self, query: str) -> int:
        """The line of the first passage of a query."""
        return self.results[query][0][3]

    def rankings(self) -> dict[str, list[str]]:
        """The passages of each query, the best first, each once.

        Where there are scores and no ranks, the higher score comes first. Equal scores are ordered by passage id, from
        the last to the first, and scores are compared in single precision; both are what trec_eval does. Without scores
        and ranks the order of the file counts.
        """
        return {query: self._ranking(results) for query, results in self.results.items()}

    def _ranking(self, results: list[tuple[str, float | None, float | None, int]]) -> list[str]:
        ranks = [rank for _, _, rank, _ in results if rank is not None]
        scores = [score for _, score, _, _ in results if score is not None]
        is_ranked, is_scored = len(ranks) == len(results), len(scores) == len(results)
        ordered = results
        if is_scored and (self.score_first or not is_ranked):
            single = array("f", scores)
            places = sorted(range(len(results)), key=lambda place: (single[place], results[place][0]), reverse=True)
            ordered = [results[place] for place in places]
            if is_ranked and any(
                ranks[better] > ranks[worse] and single[better] != single[worse] for better, worse in pairwise(places)
            ):
                self.note("against_score", results[0][3])
        elif is_ranked:
            ordered = sorted(results, key=lambda result: (result[2], result[3]))
        seen: dict[str, None] = {}
        for passage, _, _, line in ordered:
            if passage in seen:
                self.note("twice", line)
            seen[passage] = None
        return list(seen)


def read_retrieval_number(text: str) -> float | None:
    """A finite number as files write it; None for anything else.

    >>> [read_retrieval_number(text) for text in (" 0.25 ", "nan", "1_000", "high")]
    [0.25, None, None, None]
    """
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in text else None
