"""All versions against the baseline: their p-values among each other, and how lucky the best of them may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from calculators.domain.graded_scores import (
    cochran_q,
    holm_p_values,
    luck_of_the_best,
    mean_of_scores,
    score_spread,
    shared_flip_p_values,
    sum_of_scores,
)
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import Number, Share, named
from calculators.engine.numbers.units import ONE, Unit
from calculators.evaluating.compare.results.graded import VersionPairMeter
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Scoring,
    is_version_counted,
    matched_mean_error,
    matched_version_p_value,
    matched_version_results,
    version_runs,
    version_score_scale,
)
from calculators.evaluating.compare.results.meter import VersionMeter
from calculators.evaluating.compare.results.source import VersionSource, version_in_words
from calculators.readers.results.evaluation import VersionResults


@dataclass(frozen=True, slots=True)
class VersionContest:
    """The versions of a source, the baseline first; none where results are typed or pasted as pairs."""

    meter: VersionMeter
    source: VersionSource | None

    @property
    def versions(self) -> list[VersionResults]:
        """All versions, the baseline first."""
        return self.source.versions if self.source is not None else []

    @property
    def others(self) -> list[VersionResults]:
        """Those that are compared with the baseline."""
        return self.versions[1:]

    def name(self, version: VersionResults) -> str:
        """The name of a version, with its letter where it has one."""
        assert self.source is not None
        letter = "A" if version is self.source.a else "B" if version is self.source.b else ""
        return version.name if version.name == letter or not letter else f"{letter}: {version.name}"

    def pair(self, version: VersionResults) -> VersionPairMeter:
        """What measures a version beside the baseline."""
        assert self.source is not None and self.source.a is not None
        return VersionPairMeter(self.meter, self.source.a, version, tuple(self.versions))

    def by_itself(self, version: VersionResults) -> tuple[Number, Number, Number, Number]:
        """The cases and the runs of a version, its mean score as given, and the standard error of that."""

        def number(label: str, figure: Callable[[MatchedVersions], float | None], unit: Unit = ONE) -> Number:
            return self.meter.number(
                f"{label} of {version_in_words(version, '')}",
                lambda scoring: figure(matched_version_results(version, version, scoring)),
                unit,
            )

        return (
            number("Cases", lambda matched: len(matched.cases), EXAMPLE_COUNT),
            number("Runs", lambda matched: sum_of_scores(map(len, matched.a))),
            number("Mean score", lambda matched: mean_of_scores(matched.means[0]) if matched.cases else None),
            number("Standard error", lambda matched: matched_mean_error(matched.means[0], matched.clusters) or None),
        )

    def alpha_of_intervals(self, alpha: Share) -> Share:
        """Alpha, divided by the number of versions that are compared with the baseline (Bonferroni)."""
        return named("Alpha of each interval", alpha / len(self.others)) if len(self.others) > 1 else alpha

    def p_value_among_all(self, version: VersionResults) -> Number:
        """The p-value of a version beside the baseline, as it stands among those of all versions, by Holm's method."""
        place = self.others.index(version)
        return self.meter.number(
            f"p-value of {version_in_words(version, '')} among all",
            lambda scoring: holm_p_values(self._p_values(scoring))[place],
        )

    def _p_values(self, scoring: Scoring) -> list[float]:
        baseline = self.versions[0]
        return [matched_version_p_value(matched_version_results(baseline, version, scoring)) for version in self.others]

    @property
    def p_value_holm(self) -> Number | None:
        """That of the compared version, where there are several."""
        if len(self.others) <= 1 or self.source is None or self.source.b is None:
            return None
        return self.p_value_among_all(self.source.b)

    @property
    def p_value_shared(self) -> Number | None:
        """That of the compared version by flips which all versions share, where they have the same cases, not many."""
        source = self.source
        if len(self.others) <= 1 or source is None or source.b is None or not self._shared(self.meter.scoring):
            return None
        place = self.others.index(source.b)
        return self.meter.number(
            "p-value among all by shared flips", lambda scoring: next(iter(self._shared(scoring)[place:]), None)
        )

    def _shared(self, scoring: Scoring) -> tuple[float, ...]:
        matched = [matched_version_results(self.versions[0], version, scoring) for version in self.others]
        if any(each.clusters or each.cases != matched[0].cases for each in matched) or not matched[0].cases:
            return ()
        return shared_flip_p_values([each.differences for each in matched]) or ()

    @property
    def p_value_differ(self) -> Number | None:
        """Cochran's p-value, where several versions are right or wrong once on each case that all have."""
        if len(self.others) <= 1 or not self._passes(self.meter.scoring):
            return None
        return self.meter.number("p-value of Cochran's Q", lambda scoring: cochran_q(self._passes(scoring))[1])

    def _passes(self, scoring: Scoring) -> list[tuple[int, ...]]:
        """The results of each case that all versions have; none where some are graded or repeated."""
        runs = [version_runs(version, scoring) for version in self.versions]
        common = [case for case in runs[0] if all(case in version for version in runs)]
        if not all(
            is_version_counted(matched_version_results(self.versions[0], version, scoring)) for version in self.others
        ):
            return []
        return [tuple(int(version[case][0]) for version in runs) for case in common]

    @property
    def luck(self) -> Number | None:
        """How much too good the best of so many equal versions looks, by what their differences stray."""
        if len(self.others) <= 1:
            return None

        def lucky(scoring: Scoring) -> float | None:
            low, high = version_score_scale(tuple(self.versions), scoring)
            errors = []
            for version in self.others:
                matched = matched_version_results(self.versions[0], version, scoring)
                if len(matched.cases) > 1:
                    errors.append(score_spread(matched.differences) / (high - low) / sqrt(2 * len(matched.cases)))
            return luck_of_the_best(sum_of_scores(errors) / len(errors), 0.0, len(self.others)) if errors else None

        return self.meter.number("Luck of the best", lucky)

    def best(self) -> VersionResults | None:
        """The version with the highest mean on the cases it has in common with the baseline."""
        if self.source is None or not self.others:
            return None
        scoring, baseline = self.meter.scoring, self.versions[0]

        def mean(version: VersionResults) -> float:
            matched = matched_version_results(baseline, version, scoring)
            return mean_of_scores(matched.means[1]) if matched.cases else float("-inf")

        return max(self.others, key=mean)
