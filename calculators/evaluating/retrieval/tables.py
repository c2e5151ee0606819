"""The tables of an evaluation: all measures, the curve over k, what was read, and what was left out or set right."""

from __future__ import annotations

from calculators.domain.units import PASSAGES, QUERIES
from calculators.engine.declare import Cell, Table
from calculators.engine.numbers import Share, is_known_number, quotient, whole_number
from calculators.engine.numbers.units import ONE
from calculators.evaluating.retrieval.inputs import Inputs
from calculators.evaluating.retrieval.measures import MEASURES
from calculators.evaluating.retrieval.meter import SearchMeter
from calculators.evaluating.retrieval.rankings import Evaluation, RetrievalFile, SearchVersion
from calculators.evaluating.retrieval.scores import mean_search_difference, mean_search_score
from calculators.readers.retrieval.rows import LISTED, PROBLEMS, ProblemLines

EVERY_K = 20
"""The curve has every k so far."""

STEPS = 40
"""Beyond, it has about so many more, evenly spaced."""


def search_measure_table(meter: SearchMeter, evaluation: Evaluation, alpha: Share) -> Table:
    """A row for each measure: A with its interval; B beside it, with the difference, its interval and its p-value."""
    rows = []
    a, b = evaluation.a, evaluation.b
    for measure, label in MEASURES.items():
        score = mean_search_score(meter, a, measure, "A", alpha)
        row: tuple[Cell, ...] = (label, score.likely, score.low, score.high)
        if b is not None:
            difference = mean_search_difference(meter, a, b, measure, alpha)
            score_b = quotient(meter.total(b, measure, "B"), meter.queries(b), None)
            p_value = meter.p_value(a, b, measure)
            row += (score_b, difference.likely, difference.low, difference.high, p_value)
        rows.append(row)
    alone = ("Measure", "A", "from", "to")
    return Table(tuple(rows), labels=alone if b is None else ())


def search_curve_places(depth: int) -> list[int]:
    """The k of the curve: every one at first, then steps, and the longest list.

    >>> search_curve_places(3), len(search_curve_places(1000))
    ([1, 2, 3], 60)
    """
    step = max(1, -(-(depth - EVERY_K) // STEPS))
    places = [*range(1, min(depth, EVERY_K) + 1), *range(EVERY_K + step, depth + 1, step)]
    return places if not places or places[-1] == depth else [*places, depth]


def search_recall_table(i: Inputs, meter: SearchMeter, evaluation: Evaluation) -> Table:
    """Recall at each k of the curve."""
    versions = [("A", evaluation.a)] + ([("B", evaluation.b)] if evaluation.b else [])
    rows = []
    for k in search_curve_places(max(version.depth for _, version in versions)):
        recalls = [
            quotient(meter.recall_until(version, k, letter), meter.queries(version), None)
            for letter, version in versions
        ]
        if all(is_known_number(recall) for recall in recalls):
            rows.append((whole_number(k, "k", PASSAGES, i.k), *recalls))
    return Table(
        tuple(rows), labels=("k", "Recall of A") if evaluation.b is None else ("k", "Recall of A", "Recall of B")
    )


def _search_table_files(evaluation: Evaluation) -> list[tuple[str, RetrievalFile]]:
    files = [("A", evaluation.a.file)]
    if evaluation.b is not None:
        files.append(("B", evaluation.b.file))
    if not evaluation.from_results:
        files.append(("Judgments", evaluation.judgments))
    return files


def search_file_table(meter: SearchMeter, evaluation: Evaluation) -> Table:
    """What each file was read as, and how much it holds."""
    rows = []
    for name, file in _search_table_files(evaluation):
        lists: dict[str, list[str]] | dict[str, dict[str, float]] = file.rankings
        if name == "Judgments":
            lists = file.rows.judgments
        passages = 0
        for passages_of_query in lists.values():
            passages += len(passages_of_query)
        rows.append(
            (
                name,
                file.label or "nothing",
                meter.count(f"Queries of {name}", len(lists), QUERIES),
                meter.count(f"Passages of {name}", passages, PASSAGES),
            )
        )
    return Table(tuple(rows))


def search_problem_table(meter: SearchMeter, evaluation: Evaluation) -> Table:
    """A row for each problem of a file, and for the queries that cannot be measured, whose ids no report has."""
    rows = []
    for name, file in _search_table_files(evaluation):
        for problem, (label, remedy) in PROBLEMS.items():
            if problem in file.rows.problems:
                rows.append(_search_table_problem(meter, name, label, file.rows.problems[problem], remedy))
    of_files = len(rows)
    versions: list[tuple[str, SearchVersion | None]] = [("A", evaluation.a), ("B", evaluation.b)]
    for name, version in versions:
        if version is None:
            continue
        if version.unjudged:
            lines = ProblemLines(len(version.unjudged), list(version.unjudged[:LISTED]))
            rows.append(
                _search_table_problem(meter, name, "Queries without judgments", lines, "left out of every measure")
            )
        if version.silent:
            lines = ProblemLines(len(version.silent), list(version.silent[:LISTED]))
            where = "A" if evaluation.from_results else "Judgments"
            rows.append(_search_table_problem(meter, where, f"Queries without results in {name}", lines, "count as 0"))
    without_ids = [(file, problem, count, "", remedy) for file, problem, count, _, remedy in rows[of_files:]]
    return Table(tuple(rows), report_rows=(*rows[:of_files], *without_ids))


def _search_table_problem(
    meter: SearchMeter, name: str, label: str, lines: ProblemLines, remedy: str
) -> tuple[Cell, ...]:
    more = f" and {lines.count - LISTED:,} more" if lines.count > LISTED else ""
    where = ", ".join(str(line) for line in lines.lines) + more
    return name, label, meter.count(f"{label}, {name}", lines.count, ONE), where, remedy
