"""The tables of a comparison: all versions, slices, scores that pass, and what became of each result."""

from __future__ import annotations

from calculators.domain.graded_scores import holm_p_values, mean_of_scores
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import Cell, Table
from calculators.engine.numbers import Number, Share, bare_value
from calculators.engine.numbers.units import ONE
from calculators.evaluating.compare.inputs import AS_WRONG
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Scoring,
    matched_version_p_value,
    matched_version_results,
    normalized_version_scores,
    version_score_scale,
)
from calculators.evaluating.compare.results.source import compared_versions_in_words
from calculators.evaluating.compare.results.tries import VersionTries
from calculators.evaluating.compare.results.versions import VersionContest
from calculators.readers.results.columns import CASE as CASE_ROLE
from calculators.readers.results.columns import ERROR as ERROR_ROLE
from calculators.readers.results.columns import INPUT as INPUT_ROLE
from calculators.readers.results.columns import RUN, SCORE, TAG, UNKNOWN, VERSION
from calculators.readers.results.evaluation import result_inputs_that_differ

MOST_MARKS = 9
"""So many scores are tried as the one that passes."""

FEW = 20
"""A slice with fewer cases is called small."""


def version_table(contest: VersionContest, alpha: Share) -> Table:
    """A row for each version, the baseline first; the compared one is marked."""
    source = contest.source
    if source is None or source.b is None:
        return Table(())
    first = contest.pair(source.b).score(0, alpha)
    rows: list[tuple[Cell, ...]] = [
        (
            contest.name(contest.versions[0]),
            contest.pair(source.b).cases,
            first.likely,
            first.low,
            first.high,
            *_NO_STEP,
        )
    ]
    for version in contest.others:
        pair = contest.pair(version)
        score = pair.score(1, alpha)
        shared = bool(pair.matched(contest.meter.scoring).cases)
        rows.append(
            (
                *(contest.name(version), pair.cases, score.likely, score.low, score.high),
                pair.difference(alpha).likely,
                *((pair.p_value, contest.p_value_among_all(version)) if shared else (None, None)),
            )
        )
    return Table(tuple(rows), contest.versions.index(source.b))


def version_summary_table(contest: VersionContest) -> Table:
    """A row for each version: all its cases and runs, the mean score as given, and its standard error."""
    rows: list[tuple[Cell, ...]] = []
    for version in contest.versions:
        if not matched_version_results(version, version, contest.meter.scoring).cases:
            continue
        own = contest.by_itself(version)
        rows.append((contest.name(version), *own))
    return Table(tuple(rows))


def version_tries_table(contest: VersionContest, alpha: Share) -> Table:
    """Rows for each version whose cases were all run several times: what so many tries at a case give."""
    rows: list[tuple[Cell, ...]] = []
    for version in contest.versions:
        own = VersionTries(contest.meter, version)
        for tries in own.numbers:
            one = own.one_right(tries, alpha)
            number = contest.meter.number(f"{tries} tries", lambda scoring, tries=tries: float(tries))  # type: ignore[misc]
            rows.append((contest.name(version), number, one.likely, one.low, one.high, own.all_right(tries)))
    return Table(tuple(rows))


_NO_STEP = (None, None, None)
"""The baseline has no difference from itself."""


def version_slice_table(contest: VersionContest) -> Table:
    """A row for each slice of the tag; small ones say so."""
    source = contest.source
    if source is None or source.a is None or source.b is None or not source.evaluation.slices:
        return Table(())
    a, b, slices = source.a, source.b, source.evaluation.slices
    names = list(dict.fromkeys(slices.values()))
    members = {name: frozenset(case for case, within in slices.items() if within == name) for name in names}
    pair = contest.pair(b)

    def parts(scoring: Scoring) -> list[MatchedVersions]:
        return [matched_version_results(a, b, scoring).part(members[name]) for name in names]

    def mean(place: int, side: int, scoring: Scoring) -> float | None:
        part = parts(scoring)[place]
        scores = normalized_version_scores(part.means[side], version_score_scale(pair.scaled, scoring))
        return mean_of_scores(scores) if scores else None

    def p_values(scoring: Scoring) -> list[float]:
        return [matched_version_p_value(part) for part in parts(scoring)]

    name_a, name_b = compared_versions_in_words(source)

    def figures(place: int) -> tuple[Cell, ...]:
        number, within = contest.meter.number, f"the slice “{names[place]}”"
        score_a = number(f"Score of {name_a} in {within}", lambda scoring: mean(place, 0, scoring))
        score_b = number(f"Score of {name_b} in {within}", lambda scoring: mean(place, 1, scoring))
        return (
            number(f"Cases in {within}", lambda scoring: len(parts(scoring)[place].cases), EXAMPLE_COUNT),
            score_a,
            score_b,
            score_b - score_a,
            number(f"p-value in {within}", lambda scoring: p_values(scoring)[place]),
            number(f"p-value of {within} among all", lambda scoring: holm_p_values(p_values(scoring))[place]),
        )

    now = parts(contest.meter.scoring)
    return Table(
        tuple(
            (name, *figures(place), _version_remark(len(now[place].cases)))
            for place, name in enumerate(names)
            if now[place].cases
        )
    )


def _version_remark(cases: int) -> str:
    return f"under {FEW} cases: little can show" if cases < FEW else ""


def version_mark_table(contest: VersionContest) -> Table:
    """What each score does as the one that passes; the reader's own is marked. Nothing where all are 0 or 1."""
    source = contest.source
    if source is None or source.a is None or source.b is None:
        return Table(())
    a, b = source.a, source.b
    matched = matched_version_results(a, b, Scoring(None, False))
    levels = sorted({score for version in (matched.a, matched.b) for runs in version for score in runs})
    if set(levels) <= {0.0, 1.0}:
        return Table(())
    typed = contest.meter.scoring.mark
    marks = sorted({*_version_scores_spread_out(levels[1:]), *([] if typed is None else [typed])})
    rows = tuple(_version_mark_row(contest, mark) for mark in marks)
    return Table(rows, None if typed is None else marks.index(typed))


def _version_scores_spread_out(levels: list[float]) -> list[float]:
    """A few of the scores, evenly spread."""
    if len(levels) <= MOST_MARKS:
        return levels
    return [levels[(place * (len(levels) - 1)) // (MOST_MARKS - 1)] for place in range(MOST_MARKS)]


def _version_mark_row(contest: VersionContest, mark: float) -> tuple[Cell, ...]:
    source = contest.source
    assert source is not None and source.a is not None and source.b is not None
    a, b, names = source.a, source.b, compared_versions_in_words(source)

    def matched(scoring: Scoring) -> MatchedVersions:
        return matched_version_results(a, b, Scoring(mark, scoring.failures_count))

    def passes(side: int) -> Number:
        return contest.meter.number(
            f"{names[side]} passes from {mark:g}", lambda scoring: mean_of_scores(matched(scoring).means[side])
        )

    share_a, share_b = passes(0), passes(1)
    p_value = contest.meter.number(
        f"p-value, passing from {mark:g}", lambda scoring: matched_version_p_value(matched(scoring))
    )
    return contest.meter.number(f"Mark {mark:g}", lambda scoring: mark), share_a, share_b, share_b - share_a, p_value


def version_row_table(contest: VersionContest) -> Table:
    """Every result in one of a few kinds, of the baseline and of the compared version."""
    source = contest.source
    if source is None or source.a is None:
        return Table(())
    failed = "count as 0" if bare_value(contest.meter.i.failed_runs) == AS_WRONG else "left out"
    rows: list[tuple[str, int, str]] = []
    for name, version in zip(compared_versions_in_words(source), (source.a, source.b), strict=True):
        if version is None:
            continue
        other = source.b if version is source.a else source.a
        alone = [case for case in version.scores if other is None or case not in other.scores]
        repeated = version.rows - len(version.scores)
        rows += [
            (f"Cases with a score, {name}", len(version.scores), "compared where both have one"),
            (f"Cases of {name} alone", len(alone), "left out"),
            (f"Further runs of the same case, {name}", repeated, "averaged: a case is one vote"),
            (f"Runs that failed, {name}", sum(version.errors.values()), failed),
            (f"Results without a score, {name}", version.unscored, "left out"),
        ]
    if source.b is not None:
        rows.append(
            ("Cases whose inputs differ", result_inputs_that_differ(source.a, source.b), "compared all the same")
        )
    number = contest.meter.number
    return Table(
        tuple(
            (kind, number(kind, lambda scoring, count=count: float(count), EXAMPLE_COUNT), use)  # type: ignore[misc]
            for kind, count, use in rows
            if count or kind.startswith("Cases with")
        )
    )


_USES = {
    CASE_ROLE: "case",
    INPUT_ROLE: "input",
    VERSION: "version",
    RUN: "run",
    ERROR_ROLE: "run that failed",
    SCORE: "score",
    TAG: "slices",
    UNKNOWN: "results of a version",
}


def version_column_table(contest: VersionContest) -> Table:
    """The columns of each file and what they are used as: so a reader sees which to name instead."""
    source = contest.source
    if source is None:
        return Table(())
    evaluation = source.evaluation
    together = contest.meter.i.cluster_column.strip().casefold()
    rows = []
    for table in evaluation.tables:
        for column in table.columns:
            use = _USES.get(column.role, "not used")
            if column.role == SCORE:
                use = "score that counts" if column.name == evaluation.score else "another score"
            elif column.role == TAG:
                use = "slices" if column.name == evaluation.tag else "other slices"
            if column.name.casefold() == together:
                use = "cases that belong together"
            rows.append((table.name or "pasted", table.label, column.name, use))
    return Table(tuple(rows))


def version_left_out_table(contest: VersionContest) -> Table:
    """What could not be read, and why."""
    source = contest.source
    rows = []
    for place, entry in enumerate(source.evaluation.left_out if source is not None else [], 1):
        lines = ", ".join(str(line) for line in entry.lines)
        more = f" and {entry.count - len(entry.lines):,} more" if entry.lines and entry.count > len(entry.lines) else ""
        count = contest.meter.number(f"Left out {place}", lambda scoring, entry=entry: float(entry.count), ONE)  # type: ignore[misc]
        rows.append((entry.file or "pasted", entry.reason, count, lines + more))
    return Table(tuple(rows))
