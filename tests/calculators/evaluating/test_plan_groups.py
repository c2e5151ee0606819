"""Groups of unequal size: by statsmodels, and where the groups are equal after all."""

from __future__ import annotations

from math import ceil

import pytest
from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

from calculators.catalogue import Catalogue
from tests.calculators.answers import computed

PLAN = "evaluating/plan"


@pytest.mark.parametrize("ratio", ["0.1", "0.5", "2", "3", "9"])
@pytest.mark.parametrize(("baseline", "expected"), [("0.8", "0.85"), ("0.9", "0.95"), ("0.6", "0.4")])
@pytest.mark.parametrize(("alpha", "power"), [("0.05", "0.8"), ("0.01", "0.9")])
def test_unequal_groups_need_what_statsmodels_says(
    catalogue: Catalogue, ratio: str, baseline: str, expected: str, alpha: str, power: str
) -> None:
    given = {"baseline": baseline, "expected": expected, "ratio": ratio, "alpha": alpha, "power": power}
    answer = computed(catalogue, PLAN, given)
    first, second = float(baseline), float(expected)
    size = samplesize_proportions_2indep_onetail(
        first - second, second, float(power), ratio=float(ratio), alpha=float(alpha)
    )
    assert abs(answer.sample_size_old - ceil(size)) <= (abs(size - round(size)) < 1e-6)
    assert abs(answer.sample_size_new - ceil(size * float(ratio))) <= (abs(size - round(size)) < 1e-6)


@pytest.mark.parametrize(
    ("baseline", "expected", "ratio", "sizes"), [("0.8", "0.85", "2", (669, 1337)), ("0.9", "0.95", "3", (271, 811))]
)
def test_printed_numbers(
    catalogue: Catalogue, baseline: str, expected: str, ratio: str, sizes: tuple[int, int]
) -> None:
    answer = computed(catalogue, PLAN, {"baseline": baseline, "expected": expected, "ratio": ratio})
    assert (answer.sample_size_old, answer.sample_size_new) == sizes


def test_equal_groups_and_equal_scores_have_no_unequal_size(catalogue: Catalogue) -> None:
    equal = computed(catalogue, PLAN, {"ratio": "1"})
    assert (equal.sample_size_old, equal.sample_size_new) == (None, None)
    same = computed(catalogue, PLAN, {"baseline": "0.8", "expected": "0.8", "ratio": "2"})
    assert (same.sample_size_old, same.sample_size_new) == (None, None)


def test_a_ratio_leaves_equal_groups_as_they_are(catalogue: Catalogue) -> None:
    first, second = (computed(catalogue, PLAN, {"ratio": ratio}) for ratio in ("1", "5"))
    assert first.sample_size_per_arm == second.sample_size_per_arm and first.paired_power == second.paired_power
