"""Where results come from: files, a pasted table, or pasted pairs of grades; and which two versions are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from calculators.domain.graded_scores import float_sum
from calculators.evaluating.compare.inputs import Inputs
from calculators.readers.results.columns import ResultTable
from calculators.readers.results.evaluation import BY_ROW, Columns, Evaluation, VersionResults, evaluation_of
from calculators.readers.results.intake import read_results_text
from calculators.readers.results.pasted import is_table, read_results
from calculators.readers.results.summary import ResultSummary, result_summary_from_json

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)

KEPT = 8
"""How many readings are kept, as every run asks for the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The versions as read: the baseline A, the compared one B, and all in their order. A and B are None if missing.

    `strangers` are names that the reader typed and no version has.
    """

    evaluation: Evaluation
    a: VersionResults | None
    b: VersionResults | None
    strangers: tuple[str, ...]

    @property
    def versions(self) -> list[VersionResults]:
        """All versions, the baseline first."""
        first = [self.a] if self.a else []
        return first + [version for version in self.evaluation.versions if version is not self.a]


def results_source(i: Inputs) -> Source | None:
    """The source of results where there is more than pairs of right and wrong; None where these, or typed counts, are.

    Files come first, then what is pasted.
    """
    columns = Columns(
        case=i.case_column,
        version=i.version_column,
        score=i.score_column,
        slices=i.slice_column,
        clusters=i.cluster_column,
    )
    return _source(i.result_files, i.results, columns, i.baseline_version, i.compared_version)


@lru_cache(KEPT)
def _source(files: str, pasted: str, columns: Columns, baseline: str, compared: str) -> Source | None:
    if files:
        evaluation = evaluation_of(result_summary_from_json(files), columns)
    elif is_table(pasted):
        evaluation = evaluation_of(read_results_text(pasted), columns)
    elif read_results(pasted).scores:
        evaluation = _pasted_grades(pasted)
    else:
        return None
    versions = evaluation.versions
    a = _called(baseline, versions) or next(iter(versions), None)
    others = [version for version in versions if version is not a]
    b = _called(compared, versions)
    if b is None or b is a:
        b = max(others, key=lambda version: _mean_beside(version, a), default=None)
    strangers = [name for name in (baseline, compared) if name.strip() and not _called(name, versions)]
    return Source(evaluation, a, b, tuple(strangers))


def _called(name: str, versions: list[VersionResults]) -> VersionResults | None:
    """The version of a name, or with a number in the order of the versions."""
    typed = name.strip().casefold()
    found = next((version for version in versions if version.name.casefold() == typed), None)
    if found is None and _NUMBER.fullmatch(typed) and 0 < int(typed) <= len(versions):
        return versions[int(typed) - 1]
    return found if typed else None


def _mean_beside(version: VersionResults, a: VersionResults | None) -> float:
    """The mean over the cases that the baseline has too, by which the best version is picked."""
    common = [case for case in version.scores if a is not None and case in a.scores]
    means = [float_sum(version.scores[case]) / len(version.scores[case]) for case in common]
    return float_sum(means) / len(means) if means else float("-inf")


def _pasted_grades(pasted: str) -> Evaluation:
    """Two columns of grades: each line is a case."""
    pairs = read_results(pasted).scores
    versions = [VersionResults(name, 0, "") for name in ("A", "B")]
    for case, pair in enumerate(pairs):
        for version, score in zip(versions, pair, strict=True):
            version.scores[case] = [score]
    table = ResultTable(label="Pasted pairs of scores", name="", rows=len(pairs))
    summary = ResultSummary([table])
    return Evaluation(versions, summary.tables, [], [], "", [], "", {}, [], BY_ROW)
