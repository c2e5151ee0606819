"""Plans for an interval of a width, and examples in clusters: by printed numbers, by scipy and by simulation."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, isclose, sqrt
from statistics import mean

import numpy as np
import pytest
from scipy import stats

from calculators.catalogue import Catalogue
from calculators.domain.graded_scores.interval_cases import paired_interval_cases, two_sample_interval_cases
from calculators.evaluating.plan.clusters import EvaluationClusters
from tests.calculators.answers import Results
from tests.calculators.evaluating.test_plan import ask, notes, rows


def sizes(answer: Results) -> tuple[int, ...]:
    """The examples for a width: of both versions, and of each if they are apart."""
    return answer.width_sample_size, answer.width_sample_size_old, answer.width_sample_size_new


def test_a_width_of_graded_differences(catalogue: Catalogue) -> None:
    """5 points to either side at a standard deviation of 0.3 take 141 by scipy's t, 139 by the normal formula."""
    assert ask(catalogue, difference_sd="0.3", width="0.1").width_sample_size == 141
    assert ceil((stats.norm.isf(0.025) * 0.3 / 0.05) ** 2) == 139


def test_a_width_of_paired_answers(catalogue: Catalogue) -> None:
    """257 in the documentation of statpsych, for scores of 25% and 35% with a phi coefficient of 0.6."""
    both_right = 0.25 * 0.35 + 0.6 * sqrt(0.25 * 0.75 * 0.35 * 0.65)
    differ = 0.25 + 0.35 - 2 * both_right
    answer = ask(catalogue, baseline="0.25", expected="0.35", discordant=f"{differ:.12f}", width="0.1")
    assert answer.width_sample_size == 257


@pytest.mark.parametrize(
    ("baseline", "expected", "width", "ratio", "printed"),
    [("0.05", "0.15", "0.1", 1, (269, 269)), ("0.4", "0.2", "0.15", "0.5", (383, 192))],
)
def test_a_width_of_two_groups(
    catalogue: Catalogue, baseline: str, expected: str, width: str, ratio: object, printed: tuple[int, int]
) -> None:
    """The examples in the documentation of statpsych."""
    answer = ask(catalogue, baseline=baseline, expected=expected, width=width, ratio=ratio)
    assert sizes(answer)[1:] == printed


@pytest.mark.parametrize("spread", [0.05, 0.3, 1.4])
@pytest.mark.parametrize("ratio", [0.3, 1, 4])
@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_one_case_less_is_too_wide(spread: float, ratio: float, alpha: float) -> None:
    def paired(cases: int) -> float:
        return float(2 * stats.t.isf(alpha / 2, cases - 1) * spread / sqrt(cases))

    def apart(cases: int) -> float:
        other = ceil(cases * ratio)
        return float(2 * stats.t.isf(alpha / 2, cases + other - 2) * spread * sqrt(1 / cases + 1 / other))

    for fewest, width in (
        (paired_interval_cases(spread, 0.2, alpha), paired),
        (two_sample_interval_cases(spread, ratio, 0.2, alpha), apart),
    ):
        assert fewest is not None and width(fewest) <= 0.2
        assert fewest <= 2 or width(fewest - 1) > 0.2


def test_without_a_width_and_without_a_spread_there_is_no_number(catalogue: Catalogue) -> None:
    for answer in (ask(catalogue), ask(catalogue, difference_sd="0.2")):
        assert sizes(answer) == (None, None, None)
    assert paired_interval_cases(0, 0.1, 0.05) is None and paired_interval_cases(9, 0.0001, 0.05) is None
    only_pairs = sizes(ask(catalogue, difference_sd="0.2", width="0.1"))
    assert only_pairs[0] and only_pairs[1:] == (None, None)


def test_examples_in_clusters_count_as_whole_ones_and_as_one_at_the_least() -> None:
    """At a design effect of 2 five are worth two and a half, of which two count."""
    clusters = EvaluationClusters(True, Decimal(2))
    assert [clusters.whole_worth(Decimal(count)) for count in (1, 2, 3, 4, 5)] == [1, 1, 1, 2, 2]
    assert clusters.worth(Decimal(5)) == Decimal("2.5")


def test_the_design_effect_of_equal_clusters(catalogue: Catalogue) -> None:
    """Kish: 1 + (10 − 1) × 0.2; 500 examples tell as much as 178.57."""
    clusters: dict[str, object] = {"cluster_size": 10, "cluster_likeness": "0.2", "examples": 500}
    answer = ask(catalogue, **clusters)
    assert float(answer.design_effect) == 2.8 and isclose(answer.effective_examples, 178.5714286, abs_tol=1e-6)
    alone = ask(catalogue, examples=500)
    assert isclose(answer.standard_error / alone.standard_error, 1.673320053, abs_tol=1e-9)
    assert answer.paired_sample_size == ceil(alone.paired_sample_size_unrounded * answer.design_effect)
    assert answer.sample_size_per_arm == ceil(alone.sample_size_per_arm_unrounded * answer.design_effect)
    assert answer.paired_power == ask(catalogue, examples=178).paired_power
    assert "500 examples in clusters of 10 tell as much as 178.57" in notes(catalogue, **clusters)
    assert "These are" not in notes(catalogue, **clusters)


def test_two_examples_are_a_cluster(catalogue: Catalogue) -> None:
    """Kish: 1 + (2 − 1) × 0.2."""
    assert ask(catalogue, cluster_size=2, cluster_likeness="0.2").design_effect == Decimal("1.2")
    assert ask(catalogue, cluster_size=1, cluster_likeness="0.2").design_effect is None


def test_a_note_on_clusters_is_made_where_it_holds(catalogue: Catalogue) -> None:
    """Fewer than twenty whole clusters are few; alike in nothing, their examples tell as much as others."""
    assert "These are" not in notes(catalogue, cluster_size=5, examples=100)
    assert "These are 19 clusters." in notes(catalogue, cluster_size=5, examples=99)
    assert "tell as much as" not in notes(catalogue, cluster_size=5, cluster_likeness="0")
    assert "tell as much as" in notes(catalogue, cluster_size=2, cluster_likeness="0.2")


def test_the_design_effect_of_unequal_clusters(catalogue: Catalogue) -> None:
    """Eldridge, Ashby and Kerry: clusters of 2, 4, 6, 8 and 20, and a correlation of 0.1."""
    sizes_of_clusters = [2, 4, 6, 8, 20]
    variation = np.std(sizes_of_clusters) / mean(sizes_of_clusters)
    clusters: dict[str, object] = {"cluster_size": 8, "cluster_variation": f"{variation:.12f}", "examples": 40}
    answer = ask(catalogue, **clusters)
    assert isclose(answer.design_effect, 2.2, abs_tol=1e-9)
    assert isclose(answer.effective_examples, 18.18181818, abs_tol=1e-6)
    assert isclose(ask(catalogue, cluster_size=8).design_effect, 1.7, abs_tol=1e-9)
    assert "These are 5 clusters" in notes(catalogue, **clusters)


def test_each_example_on_its_own_has_no_design_effect(catalogue: Catalogue) -> None:
    ignored = {"cluster_likeness": "0.9", "cluster_variation": 3}
    alone, likeness = ask(catalogue), ask(catalogue, **ignored)
    assert alone.design_effect is None and likeness.effective_examples is None
    assert alone.paired_sample_size == likeness.paired_sample_size
    assert rows(catalogue) == rows(catalogue, **ignored)


def test_graded_scores_in_clusters(catalogue: Catalogue) -> None:
    graded: dict[str, object] = {"score_sd": "0.27", "difference_sd": "0.3", "ratio": 2, "width": "0.1"}
    alone = ask(catalogue, **graded)
    answer = ask(catalogue, **graded, cluster_size=5, cluster_likeness="0.25")
    assert float(answer.design_effect) == 2
    for name in ("paired_sample_size", "sample_size_per_arm", "sample_size_old", "width_sample_size"):
        assert getattr(answer, name) == 2 * getattr(alone, name)
    assert isclose(answer.difference_error, float(alone.difference_error) * sqrt(2), rel_tol=1e-9)
    assert answer.paired_power == ask(catalogue, **graded, examples=50).paired_power


def test_a_simulation_strays_as_the_design_effect_says(catalogue: Catalogue) -> None:
    """Means of 60 clusters of 5 whose examples share a quarter of their variance, 4,000 times."""
    chance = np.random.default_rng(7)
    shared = chance.normal(0, sqrt(0.25) * 0.2, (4000, 60, 1))
    own = chance.normal(0, sqrt(0.75) * 0.2, (4000, 60, 5))
    strays = float((shared + own).mean(axis=(1, 2)).std())
    answer = ask(catalogue, difference_sd="0.2", examples=300, cluster_size=5, cluster_likeness="0.25")
    assert isclose(float(answer.difference_error), strays, rel_tol=0.03)
