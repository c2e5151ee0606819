"""Where results come from: files, a pasted table, or pasted pairs of grades; and which two versions are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from calculators.domain.graded_scores import sum_of_scores
from calculators.engine.numbers import name_in_note
from calculators.evaluating.compare.inputs import Inputs
from calculators.readers.results.columns import ResultTable
from calculators.readers.results.evaluation import BY_ROW, Columns, Evaluation, VersionResults, result_evaluation
from calculators.readers.results.intake import read_results_text
from calculators.readers.results.pasted import is_pasted_results_table, read_pasted_results
from calculators.readers.results.summary import ResultSummary, result_summary_from_json

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)

KEPT = 8
"""How many readings are kept, as every run asks for the same."""


@dataclass(frozen=True, slots=True, eq=False)
class VersionSource:
    """The versions as read: the baseline A, the compared one B, and all in their order. A and B are None if missing.

    `strangers` are names that the reader typed and no version has. `pasted` is the text, where nothing else was given.
    """

    evaluation: Evaluation
    a: VersionResults | None
    b: VersionResults | None
    strangers: tuple[str, ...]
    pasted: str

    @property
    def versions(self) -> list[VersionResults]:
        """All versions, the baseline first."""
        first = [self.a] if self.a else []
        return first + [version for version in self.evaluation.versions if version is not self.a]


def version_in_words(version: VersionResults | None, letter: str) -> str:
    """A version within a sentence: its name, or the letter where it has no other."""
    if version is None or version.name.casefold() == letter.casefold():
        return letter
    return f"“{name_in_note(version.name)}”"


def compared_versions_in_words(source: VersionSource | None) -> tuple[str, str]:
    """The baseline and the compared version within a sentence."""
    a, b = (None, None) if source is None else (source.a, source.b)
    return version_in_words(a, "A"), version_in_words(b, "B")


def version_results_source(i: Inputs) -> VersionSource | None:
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
    return _version_source_of(i.result_files, i.results, columns, i.baseline_version, i.compared_version)


@lru_cache(KEPT)
def _version_source_of(files: str, pasted: str, columns: Columns, baseline: str, compared: str) -> VersionSource | None:
    if files:
        evaluation = result_evaluation(result_summary_from_json(files), columns)
    elif is_pasted_results_table(pasted):
        evaluation = result_evaluation(read_results_text(pasted), columns)
    elif read_pasted_results(pasted).scores:
        evaluation = _version_pasted_grades(pasted)
    else:
        return None
    versions = evaluation.versions
    a = _version_called(baseline, versions) or next(iter(versions), None)
    others = [version for version in versions if version is not a]
    b = _version_called(compared, versions)
    if b is None or b is a:
        b = max(others, key=lambda version: _version_mean_on_shared_cases(version, a), default=None)
    strangers = [name for name in (baseline, compared) if name.strip() and not _version_called(name, versions)]
    return VersionSource(evaluation, a, b, tuple(strangers), "" if files else pasted)


def _version_called(name: str, versions: list[VersionResults]) -> VersionResults | None:
    """The version of a name, or with a number in the order of the versions."""
    typed = name.strip().casefold()
    found = next((version for version in versions if version.name.casefold() == typed), None)
    if found is None and _NUMBER.fullmatch(typed) and 0 < int(typed) <= len(versions):
        return versions[int(typed) - 1]
    return found if typed else None


def _version_mean_on_shared_cases(version: VersionResults, a: VersionResults | None) -> float:
    """The mean over the cases that the baseline has too, by which the best version is picked."""
    common = [case for case in version.scores if a is not None and case in a.scores]
    means = [sum_of_scores(version.scores[case]) / len(version.scores[case]) for case in common]
    return sum_of_scores(means) / len(means) if means else float("-inf")


def _version_pasted_grades(pasted: str) -> Evaluation:
    """Two columns of grades: each line is a case."""
    pairs = read_pasted_results(pasted).scores
    versions = [VersionResults(name, 0, "") for name in ("A", "B")]
    for case, pair in enumerate(pairs):
        for version, score in zip(versions, pair, strict=True):
            version.scores[case] = [score]
    table = ResultTable(label="Pasted pairs of scores", name="", rows=len(pairs))
    summary = ResultSummary([table])
    return Evaluation(versions, summary.tables, [], [], "", [], "", {}, [], BY_ROW)
