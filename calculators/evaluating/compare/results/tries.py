"""Several tries at a case: how often at least one of k runs is right (pass@k), and how often all are (pass^k).

Both are estimated from n ≥ k runs of each case, of which c were right. 1 − (1 − c/n)^k would be too low. Sources: Chen
et al. 2021, arXiv 2107.03374, for pass@k; Yao et al. 2024, arXiv 2406.12045 (τ-bench), for pass^k.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

from calculators.domain.graded_scores import score_spread, sum_of_scores
from calculators.domain.statistics import normal_quantile, wilson_interval
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import Range
from calculators.engine.numbers import Number, Share, named, quotient
from calculators.evaluating.compare.results.graded import VersionPairMeter, version_mean_interval
from calculators.evaluating.compare.results.matched import (
    MatchedVersions,
    Runs,
    Scoring,
    matched_mean_error,
    matched_version_results,
)
from calculators.evaluating.compare.results.meter import VersionMeter
from calculators.evaluating.compare.results.source import version_in_words
from calculators.readers.results.evaluation import VersionResults

NUMBERS_OF_TRIES = (1, 2, 3, 5, 10, 20, 50, 100)
"""So many tries are shown, as far as each case has as many runs."""


def pass_at_k(runs: int, right: int, tries: int) -> float | None:
    """The chance that at least one of `tries` runs is right, drawn from these; None where there are not as many.

    Of ten runs with three right, five miss all three in C(7, 5) of C(10, 5) draws:

    >>> pass_at_k(10, 3, 5) == 1 - 21 / 252
    True
    """
    return None if tries > runs else 1 - comb(runs - right, tries) / comb(runs, tries)


def pass_all_k(runs: int, right: int, tries: int) -> float | None:
    """The chance that all of `tries` runs are right, drawn from these; None where there are not as many.

    >>> pass_all_k(8, 6, 2) == 15 / 28
    True
    """
    return None if tries > runs else comb(right, tries) / comb(runs, tries)


def tries_possible(cases: tuple[Runs, ...]) -> tuple[int, ...]:
    """The numbers of tries that every case has runs for; none where a run is graded or no case was run twice."""
    if not cases or any(score not in (0.0, 1.0) for runs in cases for score in runs):
        return ()
    fewest = min(map(len, cases))
    return tuple(tries for tries in NUMBERS_OF_TRIES if tries <= fewest) if fewest > 1 else ()


@dataclass(frozen=True, slots=True)
class VersionTries:
    """What several tries at each case give a version."""

    meter: VersionMeter
    version: VersionResults

    @property
    def _name(self) -> str:
        return version_in_words(self.version, "")

    def matched(self, scoring: Scoring) -> MatchedVersions:
        """All cases of the version."""
        return matched_version_results(self.version, self.version, scoring)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of tries to show."""
        return tries_possible(self.matched(self.meter.scoring).a)

    def all_right(self, tries: int) -> Number | None:
        """The mean share of draws in which all tries are right."""
        cases = self.meter.number(f"Cases of {self._name}", lambda scoring: len(self.matched(scoring).cases))
        return quotient(self._sum("All right", pass_all_k, tries), cases, None)

    def one_right(self, tries: int, alpha: Share) -> Range:
        """The mean share of draws in which at least one try is right, with Student's interval over cases.

        A single case has Wilson's interval of its runs, whose ends p become 1 − (1 − p)^k.
        """
        pair = VersionPairMeter(self.meter, self.version, self.version, (self.version,))
        total = self._sum("At least one right", pass_at_k, tries)
        if len(self.matched(self.meter.scoring).cases) == 1:
            return self._of_single_case(total, tries, alpha)

        def spread(scoring: Scoring) -> float:
            return score_spread(_case_shares(self.matched(scoring).a, pass_at_k, tries))

        def error(scoring: Scoring) -> float | None:
            matched = self.matched(scoring)
            return matched_mean_error(_case_shares(matched.a, pass_at_k, tries), matched.clusters)

        label = f"of {self._name} with {tries} tries"
        strays = self.meter.number(f"Standard deviation {label}", spread)
        by_cluster = self.meter.number(f"Standard error by cluster {label}", error) if pair.has_clusters else None
        return version_mean_interval(total, strays, by_cluster, (pair.cases, pair.units), alpha, 0)

    def _sum(self, label: str, share: Callable[[int, int, int], float | None], tries: int) -> Number:
        return self.meter.number(
            f"{label} of {tries}, {self._name}, added up over cases",
            lambda scoring: sum_of_scores(_case_shares(self.matched(scoring).a, share, tries)),
        )

    def _of_single_case(self, total: Number, tries: int, alpha: Share) -> Range:
        number = self.meter.number
        right = number("Runs that are right", lambda scoring: sum_of_scores(self.matched(scoring).a[0]), EXAMPLE_COUNT)
        runs = number("Runs of the case", lambda scoring: len(self.matched(scoring).a[0]), EXAMPLE_COUNT)
        once = wilson_interval(right, runs, named("z of alpha", normal_quantile(alpha / 2)))
        assert once.low is not None and once.high is not None
        return Range(1 - _power(1 - once.low, tries), total, 1 - _power(1 - once.high, tries))


def _case_shares(cases: tuple[Runs, ...], share: Callable[[int, int, int], float | None], tries: int) -> Runs:
    """What so many tries give on each case, which all have enough runs."""
    shares = (share(len(runs), round(sum_of_scores(runs)), tries) for runs in cases)
    return tuple(chance for chance in shares if chance is not None)


def _power(share: Share, exponent: int) -> Number:
    product: Number = share
    for _ in range(exponent - 1):
        product = product * share
    return product
