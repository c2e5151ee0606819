"""Clusters of cases and flips that versions share: by counting every way, and by statsmodels."""

from __future__ import annotations

from itertools import product
from random import Random

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS

from calculators.domain.exact_tests import exact_sign_flip_p_value
from calculators.domain.graded_scores import clustered_p_value, clustered_t_p_value, shared_flip_p_values
from calculators.domain.graded_scores.shared_flips import MOST_SHARED_FLIPS

SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
def test_a_cluster_is_flipped_as_one(seed: int) -> None:
    chance = Random(seed)
    clusters = [chance.randrange(6) for _ in range(20)]
    steps = [chance.randint(-4, 4) / 4 for _ in clusters]
    observed = abs(sum(steps))
    as_far = [
        abs(sum(step * signs[cluster] for step, cluster in zip(steps, clusters, strict=True))) >= observed
        for signs in product((1, -1), repeat=6)
    ]
    assert clustered_p_value(steps, clusters) == sum(as_far) / len(as_far)


@SEEDS
def test_the_t_test_of_clusters_is_that_of_statsmodels(seed: int) -> None:
    chance = Random(seed)
    clusters = [cluster for cluster in range(40) for _ in range(chance.randint(1, 4))]
    steps = [chance.gauss(0.1, 1) + cluster % 3 for cluster in clusters]
    groups = {"groups": np.array(clusters), "use_correction": True, "df_correction": True}
    fit = OLS(steps, np.ones(len(steps))).fit(cov_type="cluster", cov_kwds=groups, use_t=True)
    expected = float(fit.pvalues[0])
    assert abs((clustered_t_p_value(steps, clusters) or 0) - expected) < 1e-10
    assert abs(clustered_p_value(steps, clusters) - expected) < 1e-10


def test_a_single_cluster_has_no_t_test() -> None:
    assert clustered_t_p_value([0.5, 1.0], "aa") is None
    assert clustered_p_value([0.5, 1.0], "aa") == 1


@SEEDS
def test_shared_flips_are_counted_one_by_one(seed: int) -> None:
    chance = Random(seed)
    versions = [[chance.randint(-3, 3) / 10 for _ in range(7)] for _ in range(3)]
    reached = [abs(round(sum(version), 9)) for version in versions]
    farthest = [
        max(abs(round(sum(map(float.__mul__, signs, version)), 9)) for version in versions)
        for signs in product((1.0, -1.0), repeat=7)
    ]
    expected = tuple(len([far for far in farthest if far >= limit]) / len(farthest) for limit in reached)
    assert shared_flip_p_values(versions) == expected


def test_shared_flips_of_one_version_are_the_sign_flip_test() -> None:
    steps = [0.3, 0.1, -0.2, 0.0, 0.7, 0.7]
    assert shared_flip_p_values([steps]) == (float(exact_sign_flip_p_value(steps) or 0),)
    assert shared_flip_p_values([[0.0, 0.0], [0.0, 0.0]]) == (1.0, 1.0)


def test_too_many_cases_that_differ_are_not_flipped() -> None:
    most = [1.0] * MOST_SHARED_FLIPS
    assert shared_flip_p_values([[*most, 0.0]]) == (2 / 2**MOST_SHARED_FLIPS,)
    assert shared_flip_p_values([[*most, 0.0], [0.0] * MOST_SHARED_FLIPS + [1.0]]) is None
