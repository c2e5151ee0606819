"""What a reader should know about a comparison."""

from __future__ import annotations

from calculators.domain.exact_tests.sign_flips import EXACT_FLIPS
from calculators.domain.statistics import mcnemar_p_value_formula
from calculators.domain.units import CLUSTER_COUNT, COMPARISONS, EXAMPLE_COUNT
from calculators.engine.numbers import Note, bare_value, both, either_of, note, smallest, whole_number
from calculators.engine.numbers.units import ONE, SHARE
from calculators.evaluating.compare.inputs import AS_WRONG, Inputs
from calculators.evaluating.compare.outputs import Outputs
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Scoring,
    matched_version_p_value,
    matched_version_results,
    version_score_scale,
)
from calculators.evaluating.compare.results.outlier import OutlyingScore, version_outlying_score
from calculators.evaluating.compare.results.source import VersionSource, compared_versions_in_words
from calculators.evaluating.compare.results.versions import VersionContest
from calculators.evaluating.compare.tally import Tally
from calculators.readers.results.evaluation import BY_ROW, result_inputs_that_differ
from calculators.readers.results.pasted import pasted_results_complaint, read_pasted_results
from calculators.readers.strangers import STRANGERS, stranger_note

ENOUGH_MATCHED = 90
"""Percent of the cases that should have a score of both."""


def version_comparison_remarks(
    i: Inputs, contest: VersionContest, tally: Tally | None, outputs: Outputs
) -> tuple[Note, ...]:
    """What a reader should know about this answer, and what could not be read."""
    pasted = read_pasted_results(i.results) if not i.result_files and i.results.strip() else None
    if contest.source is not None and not _are_version_pairs_pasted(contest.source):
        pasted = None
    complaint = pasted_results_complaint(pasted) if pasted else ""
    heading = pasted.heading if pasted else 0
    _, compared = compared_versions_in_words(contest.source)
    return (
        note(bool(complaint), complaint, is_error=True),
        note(heading > 0, f"Line {heading} of the pasted results is taken as a heading."),
        *(_version_source_remarks(contest, contest.source) if contest.source is not None else ()),
        *(
            _version_counted_remarks(i, tally, outputs)
            if tally is not None
            else _version_graded_remarks(contest, outputs)
        ),
        note(
            i.comparisons > 1,
            f"{compared} is held to an alpha of {{alpha}}, because the best of {{comparisons}} looks good by luck.",
            alpha=(outputs.alpha_each, SHARE),
            comparisons=(i.comparisons, COMPARISONS),
        ),
        note(
            both(
                not (tally is None or bare_value(tally.paired)),
                either_of(i.right_a > i.examples_a, i.right_b > i.examples_b),
            ),
            "More right answers than examples: every example is counted as right.",
        ),
    )


def _are_version_pairs_pasted(source: VersionSource) -> bool:
    """Whether the source is two pasted columns of grades."""
    return any(not table.columns for table in source.evaluation.tables)


def _version_counted_remarks(i: Inputs, tally: Tally, outputs: Outputs) -> tuple[Note, ...]:
    differ = tally.only_a + tally.only_b
    all_one_way = mcnemar_p_value_formula(0 * differ, smallest(differ, 100))  # beyond a hundred it is beyond doubt
    name_a, name_b = compared_versions_in_words(tally.source)
    scores = (
        (name_a, tally.right_a, tally.examples_a, outputs.score_a),
        (name_b, tally.right_b, tally.examples_b, outputs.score_b),
    )
    return (
        *(
            note(
                both(examples > 0, right >= examples),
                name + " made no mistake on {examples}. Its true score may still be as low as {low}.",
                examples=(examples, EXAMPLE_COUNT),
                low=(interval.low, SHARE),
            )
            for name, right, examples, interval in scores
        ),
        note(
            both(tally.paired, tally.examples_a > 0, all_one_way > outputs.alpha_each),
            f"{name_a} and {name_b} differ on {{differ}} only. Even if all of them favored one version, that would be "
            "too few.",
            differ=(differ, EXAMPLE_COUNT),
        ),
    )


def _version_source_remarks(contest: VersionContest, source: VersionSource) -> tuple[Note, ...]:
    """How the results of a source were paired, and what does not fit."""
    evaluation, a, b, number = source.evaluation, source.a, source.b, contest.meter.number
    unknown = [*evaluation.unknown, *source.strangers]
    listed = ", ".join(version.name for version in evaluation.versions)
    remarks = [
        _version_left_out_note(source),
        note(
            bool(unknown),
            f"No column or version is called as you typed. The versions are: {listed}.",
            is_error=True,
        ),
        note(
            len(evaluation.scores) > 1,
            f"The score that counts is “{evaluation.score}”. Others in the files: "
            f"{', '.join(f'“{name}”' for name in evaluation.scores if name != evaluation.score)}.",
        ),
    ]
    if a is None or b is None:
        return tuple(remarks)
    name_a, name_b = compared_versions_in_words(source)
    common = len(a.scores.keys() & b.scores.keys())
    all_cases = len(a.scores.keys() | b.scores.keys())
    differing = result_inputs_that_differ(a, b)
    best, luck = contest.best(), contest.luck
    failed = sum(a.errors.values()) + sum(b.errors.values())
    counted = bare_value(contest.meter.i.failed_runs) == AS_WRONG
    other = Scoring(contest.meter.scoring.mark, not counted)
    elsewise = matched_version_results(a, b, other)
    return (
        *remarks,
        note(
            evaluation.paired_by == BY_ROW and bool(evaluation.scores),
            "Neither ids nor inputs name the cases, so results are paired by their place in the files. Name the column "
            "of the case if they are in another order.",
        ),
        note(
            common * 100 < all_cases * ENOUGH_MATCHED,
            "Only {common} of {all} cases have a score of both "
            + f"{name_a} and {name_b}. If the others are harder or easier, so is this test.",
            common=(number("Cases of both versions", lambda scoring: float(common)), ONE),
            all=(number("Cases of either version", lambda scoring: float(all_cases)), ONE),
        ),
        note(
            differing > 0,
            "{differing} have another input in "
            + f"{name_b} than in {name_a}, though they are called the same. Is it one test?",
            differing=(
                number("Cases with another input", lambda scoring: float(differing), EXAMPLE_COUNT),
                EXAMPLE_COUNT,
            ),
        ),
        note(
            failed > 0,
            "{failed} failed. "
            + (
                "Were they left out, p would be {p}."
                if counted
                else "Counted as 0, which is what a user would meet, they would make p {p}."
            ),
            failed=(number("Runs that failed, both", lambda scoring: float(failed)), ONE),
            p=(
                number(
                    "p-value with failed runs counted otherwise",
                    lambda scoring: matched_version_p_value(elsewise),
                ),
                ONE,
            ),
        ),
        *_version_several_remarks(contest, source, best is b, luck is not None),
    )


def _version_several_remarks(
    contest: VersionContest, source: VersionSource, best_is_b: bool, several: bool
) -> tuple[Note, ...]:
    """That the best of many looks too good."""
    if not several or source.a is None or source.b is None:
        return ()
    count = contest.meter.number("Versions compared", lambda scoring: float(len(contest.others)))
    baseline, best = compared_versions_in_words(source)
    return (
        note(
            best_is_b,
            f"{best} is the best of the "
            + "{versions} that are compared with "
            + f"{baseline}. The best of "
            + "so many equal ones would look {luck} better than it is, by luck alone. "
            + f"The lead of {best} is likely smaller than measured: run it and {baseline} once more on fresh cases.",
            versions=(count, ONE),
            luck=(contest.luck, SHARE),
        ),
        note(
            not best_is_b,
            "{versions} versions are compared with "
            + f"{baseline}, the baseline, and intervals and p-values allow for that.",
            versions=(count, ONE),
        ),
    )


def _version_moved(matched: MatchedVersions) -> int:
    """On how many cases, or clusters of them, the versions differ."""
    return len([step for step in matched.steps if step])


def _version_left_out_note(source: VersionSource) -> Note:
    """What could not be read; of a file that another calculator reads, with a link to its page."""
    for entry in source.evaluation.left_out:
        if stranger := STRANGERS.get(entry.kind):
            file = entry.file[:1].upper() + entry.file[1:] or "What you pasted"
            return stranger_note(f"{file} is left out: {stranger.sentence}.", stranger)
    return note(bool(source.evaluation.left_out), _version_left_out_words(source), is_error=True)


def _version_left_out_words(source: VersionSource) -> str:
    """The first thing that could not be read, and that there are more; nothing where all could."""
    if not source.evaluation.left_out:
        return ""
    first, *others = source.evaluation.left_out
    place = ", line ".join([first.file or "pasted", *map(str, first.lines[:1])])
    more = first.count - 1 + sum(entry.count for entry in others)
    rest = f" {more:,} more {'is' if more == 1 else 'are'} listed below." if more else ""
    return f"Some of the results could not be read: {first.reason} ({place}).{rest}"


def _version_outlier_words(source: VersionSource, outlier: OutlyingScore) -> str:
    """Where a score is that stretches the scale alone, and what it does to the figures."""
    file = source.evaluation.tables[outlier.version.file].name
    place = ", ".join([f"Line {outlier.line}" if outlier.line else "", file]).strip(", ") or outlier.version.name
    whole = sorted([outlier.score, outlier.low, outlier.high])
    score, low, high, lowest, highest = (
        f"{number:g}".replace("-", "−") for number in (outlier.score, outlier.low, outlier.high, whole[0], whole[-1])
    )
    return (
        f"{place[:1].upper()}{place[1:]}: the score {score} alone stretches a scale from {low} to {high} to one from "
        f"{lowest} to {highest}. Correct it if it is a mistake: until then every share, interval and difference below "
        "counts on the stretched scale."
    )


def _version_graded_remarks(contest: VersionContest, outputs: Outputs) -> tuple[Note, ...]:
    """By which test the p-value came about, what the scale is, and what repeated runs tell."""
    source, meter = contest.source, contest.meter
    assert source is not None and source.a is not None and source.b is not None
    pair, (name_a, name_b) = contest.pair(source.b), compared_versions_in_words(source)
    scale = version_score_scale(pair.scaled, meter.scoring)
    unit = CLUSTER_COUNT if pair.has_clusters else EXAMPLE_COUNT
    differing = "Clusters on which they differ" if pair.has_clusters else "Cases on which they differ"
    moved = pair.number(differing, _version_moved, unit)
    runs = pair.number("Runs of both versions", lambda matched: sum(map(len, matched.a)) + sum(map(len, matched.b)))
    cases = pair.cases
    most = whole_number(EXACT_FLIPS, "Differences that are flipped in every way", unit, moved)
    low = meter.number("Lowest score", lambda scoring: version_score_scale(pair.scaled, scoring)[0])
    high = meter.number("Highest score", lambda scoring: version_score_scale(pair.scaled, scoring)[1])
    smallest_p = pair.number("Smallest p-value possible", lambda matched: 2 / 2 ** _version_moved(matched))
    is_known = outputs.error_more_runs is not None and bare_value(outputs.error_more_runs) is not None
    outlier = version_outlying_score(source, meter.scoring)
    return (
        note(outlier is not None, _version_outlier_words(source, outlier) if outlier else "", is_error=True),
        note(
            pair.has_clusters,
            "{cases} come in {clusters}, so each cluster counts as one in intervals and p-values.",
            cases=(cases, EXAMPLE_COUNT),
            clusters=(pair.units, unit),
        ),
        note(
            runs > 2 * cases,
            "{runs} results belong to {cases}: the runs of a case are averaged and count as one vote, since they are "
            "not independent of each other.",
            runs=(runs, ONE),
            cases=(cases, EXAMPLE_COUNT),
        ),
        note(
            is_known and bare_value(outputs.error_more_cases) < bare_value(outputs.error_more_runs),  # type: ignore[operator]
            "Add cases rather than runs: twice as many cases take the standard error from {now} to {more_cases}, twice "
            "as many runs to {more_runs}.",
            now=(outputs.error_now, SHARE),
            more_cases=(outputs.error_more_cases, SHARE),
            more_runs=(outputs.error_more_runs, SHARE),
        ),
        note(
            scale != (0.0, 1.0),
            "Scores run from {low} to {high}. Differences and intervals are shares of that way.",
            low=(low, ONE),
            high=(high, ONE),
        ),
        note(
            moved > most,
            f"{name_a} and {name_b} differ on more than {{most}}, too many to flip all signs. Unless all differences "
            "are equally large, the p-value is that of the paired t-test.",
            most=(most, unit),
        ),
        note(
            both(moved > 0, smallest_p > outputs.alpha_each),
            f"{name_a} and {name_b} differ on {{moved}} only. Even if all of them favored one version, that would be "
            "too few.",
            moved=(moved, unit),
        ),
    )
