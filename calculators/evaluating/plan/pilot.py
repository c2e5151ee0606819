"""What a pilot's files of results tell a plan: how far scores stray, between examples and between runs of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import sqrt

from calculators.domain.graded_scores import (
    clustered_difference_variance,
    clustered_variance_split,
    mean_of_scores,
    score_as_run_number,
    score_spread,
)
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import Number, is_traced
from calculators.engine.numbers.traced import Origin, Traced
from calculators.engine.numbers.units import SHARE, Unit
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Runs,
    Scoring,
    is_version_counted,
    matched_pair_count,
    matched_version_results,
    normalized_version_scores,
    version_runs,
    version_score_scale,
)
from calculators.evaluating.plan.inputs import Inputs
from calculators.readers.results.evaluation import Columns, result_evaluation
from calculators.readers.results.summary import result_summary_from_json

AS_GIVEN = Scoring(mark=None, failures_count=False)
KEPT = 4
"""How many pilots are kept, as every run of a formula asks for the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFigures:
    """What was measured, on a scale from 0 to 1; None for what the files do not tell.

    `cases` counts the examples of both versions, or those of the only one. Right or wrong once on each example gives
    the discordant share alone.
    """

    cases: int = 0
    score_sd: float | None = None
    difference_sd: float | None = None
    run_sd: float | None = None
    discordant: float | None = None


@dataclass(frozen=True, slots=True)
class EvaluationPilot:
    """The figures of a pilot as numbers of the run."""

    figures: PilotFigures
    like: Number

    @property
    def cases(self) -> Number | None:
        """The examples of the pilot; None without one."""
        return self._number("Examples of the pilot", lambda pilot: pilot.cases or None, EXAMPLE_COUNT)

    @property
    def score_sd(self) -> Number | None:
        """The standard deviation of the scores of one version, with one run of each example."""
        return self._number("Standard deviation of the scores in the pilot", lambda pilot: pilot.score_sd)

    @property
    def difference_sd(self) -> Number | None:
        """That of the differences."""
        return self._number("Standard deviation of the differences in the pilot", lambda pilot: pilot.difference_sd)

    @property
    def run_sd(self) -> Number | None:
        """That between the runs of an example."""
        return self._number("Standard deviation between runs in the pilot", lambda pilot: pilot.run_sd)

    @property
    def discordant(self) -> Number | None:
        """The share of examples that one version alone gets right."""
        return self._number("Examples of the pilot on which the versions differ", lambda pilot: pilot.discordant)

    def _number(self, label: str, figure: Callable[[PilotFigures], float | None], unit: Unit = SHARE) -> Number | None:
        measured = figure(self.figures)
        if measured is None:
            return None
        if not is_traced(self.like):
            return score_as_run_number(self.like, measured)
        rounded = score_as_run_number(Decimal(1), measured)
        return Traced(rounded, unit, label=label, origin=Origin("derived", because="measured in your pilot"))  # type: ignore[return-value]  # the traced kind


def evaluation_pilot(i: Inputs) -> EvaluationPilot:
    """The pilot in the reader's files; without any, one that tells nothing."""
    return EvaluationPilot(pilot_figures(i.pilot_files) if i.pilot_files else PilotFigures(), i.alpha)


@lru_cache(KEPT)
def pilot_figures(files: str) -> PilotFigures:
    """The figures of the first two versions with scores in the summary of the files, or of the only one."""
    evaluation = result_evaluation(result_summary_from_json(files), Columns())
    versions = [version for version in evaluation.versions if version.scores][:2]
    if not versions:
        return PilotFigures()
    scale = version_score_scale(tuple(versions), AS_GIVEN)
    if scale[0] == scale[1]:
        return PilotFigures()
    matched = matched_version_results(versions[0], versions[-1], AS_GIVEN)
    if len(versions) == 1 or not matched.cases:
        return _pilot_figures_of_version(tuple(version_runs(versions[0], AS_GIVEN).values()), scale)
    if is_version_counted(matched):
        differ = matched_pair_count(matched, (0.0, 1.0)) + matched_pair_count(matched, (1.0, 0.0))
        return PilotFigures(cases=len(matched.cases), discordant=differ / len(matched.cases))
    return _pilot_figures_of_pair(matched, scale)


def _pilot_figures_of_version(version: tuple[Runs, ...], scale: tuple[float, float]) -> PilotFigures:
    scaled = tuple(normalized_version_scores(scores, scale) for scores in version)
    if len(scaled) <= 1 or is_version_counted(MatchedVersions(tuple(range(len(scaled))), scaled, scaled)):
        return PilotFigures(cases=len(scaled))
    variance, noise = _pilot_score_variance(scaled), _pilot_run_variance(scaled)
    if not variance:
        return PilotFigures(cases=len(scaled))
    return PilotFigures(cases=len(scaled), score_sd=sqrt(variance), run_sd=None if noise is None else sqrt(noise))


def _pilot_figures_of_pair(matched: MatchedVersions, scale: tuple[float, float]) -> PilotFigures:
    both = tuple(
        tuple(normalized_version_scores(scores, scale) for scores in version) for version in (matched.a, matched.b)
    )
    cases, width = len(matched.cases), scale[1] - scale[0]
    if cases <= 1:
        return PilotFigures(cases=cases)
    differences = tuple(step / width for step in matched.differences)
    noises = [noise for noise in map(_pilot_run_variance, both) if noise is not None]
    between = clustered_difference_variance(differences, *both)
    variance = score_spread(differences) ** 2 if between is None else max(0.0, between) + 2 * mean_of_scores(noises)
    if not variance:
        return PilotFigures(cases=cases)
    return PilotFigures(
        cases=cases,
        score_sd=sqrt(mean_of_scores([_pilot_score_variance(version) for version in both])),
        difference_sd=sqrt(variance),
        run_sd=sqrt(mean_of_scores(noises)) if noises else None,
    )


def _pilot_run_variance(version: tuple[Runs, ...]) -> float | None:
    """The variance between runs of an example; None where none was run twice."""
    split = clustered_variance_split(version)
    return None if split is None else split.within


def _pilot_score_variance(version: tuple[Runs, ...]) -> float:
    """The variance of scores with one run of each example: between examples, and between runs."""
    split = clustered_variance_split(version)
    if split is None:
        return score_spread([mean_of_scores(scores) for scores in version]) ** 2
    return split.between + split.within
