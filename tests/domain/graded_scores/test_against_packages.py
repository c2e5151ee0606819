"""Graded scores beside scipy and statsmodels, over scores drawn at random."""

from __future__ import annotations

from math import sqrt
from random import Random

import numpy as np
import pytest
from scipy import integrate, stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.contingency_tables import cochrans_q
from statsmodels.stats.multitest import multipletests

from calculators.domain.graded_scores import (
    bootstrap_interval,
    bootstrap_means,
    clustered_standard_error,
    cochran_q,
    holm_p_values,
    paired_t_p_value,
    score_spread,
    signed_rank_test,
)
from calculators.domain.graded_scores.resampling import MOST_CASES
from calculators.domain.graded_scores.several_versions import cochran_chi_square_tail, expected_largest_score

SEEDS = pytest.mark.parametrize("seed", range(8))


def drawn(seed: int, cases: int) -> tuple[float, ...]:
    """Differences in steps of a tenth, with ties and zeros."""
    chance = Random(seed)
    return tuple(round(chance.choice([-3, -1, -1, 0, 0, 1, 1, 2, 4]) / 10, 12) for _ in range(cases))


@SEEDS
def test_the_t_test_is_scipys(seed: int) -> None:
    steps = drawn(seed, 30)
    assert abs(paired_t_p_value(steps) - stats.ttest_1samp(steps, 0).pvalue) < 1e-11


@SEEDS
def test_signed_ranks_with_ties_are_scipys_permutations(seed: int) -> None:
    steps = [step for step in drawn(seed, 14) if step]
    ranks = stats.rankdata(np.abs(steps))
    signed = np.sign(steps) * ranks
    expected = stats.permutation_test(
        (signed,), lambda flipped, axis: np.sum(flipped, axis=axis), permutation_type="samples", n_resamples=np.inf
    )
    ours = signed_rank_test(steps)
    assert ours.positive == ranks[np.array(steps) > 0].sum() and ours.negative == ranks[np.array(steps) < 0].sum()
    assert abs(ours.p_value - expected.pvalue) < 1e-12


@SEEDS
def test_clustered_errors_are_those_of_statsmodels(seed: int) -> None:
    chance = Random(seed)
    clusters = [case for case in range(12) for _ in range(chance.randint(1, 5))]
    scores = [chance.random() + case / 10 for case in clusters]
    fit = OLS(np.array(scores), np.ones(len(scores))).fit(
        cov_type="cluster", cov_kwds={"groups": np.array(clusters), "use_correction": True}
    )
    assert abs((clustered_standard_error(scores, clusters) or 0) - fit.bse[0]) < 1e-12


@pytest.mark.one_in(4)
@SEEDS
def test_holm_and_cochran_are_those_of_statsmodels(seed: int) -> None:
    chance = Random(seed)
    p_values = [chance.random() ** 3 for _ in range(chance.randint(1, 9))]
    assert np.allclose(holm_p_values(p_values), multipletests(p_values, method="holm")[1])
    table = [[int(chance.random() < rate) for rate in (0.4, 0.6, 0.7, 0.5, 0.9)] for _ in range(25)]
    expected = cochrans_q(np.array(table))
    q, p_value = cochran_q(table)
    assert abs((q or 0) - expected.statistic) < 1e-9 and abs(p_value - expected.pvalue) < 1e-10


@pytest.mark.parametrize("freedom", [1, 2, 3, 8, 15])
@pytest.mark.parametrize("deviation", [0.0, 0.3, 4.0, 30.0])
def test_the_tail_of_chi_square_is_scipys(freedom: int, deviation: float) -> None:
    assert abs(cochran_chi_square_tail(deviation, freedom) - stats.chi2.sf(deviation, freedom)) < 1e-12


@pytest.mark.parametrize("versions", [1, 2, 5, 40])
def test_the_largest_of_several_is_the_integral(versions: int) -> None:
    expected = integrate.quad(
        lambda place: place * versions * stats.norm.pdf(place) * stats.norm.cdf(place) ** (versions - 1), -10, 10
    )[0]
    assert abs(expected_largest_score(versions) - expected) < 1e-7


@SEEDS
@pytest.mark.parametrize("cases", [20, 150])
def test_the_drawn_bootstrap_is_scipys_within_its_noise(seed: int, cases: int) -> None:
    """Both ends lie within a fifth of a standard error, and a step, of those of scipy's own 9,999 draws."""
    steps = drawn(seed, cases)
    noise = score_spread(steps) / sqrt(cases) / 5 + 0.1 / cases
    expected = stats.bootstrap(
        (np.array(steps),), np.mean, method="BCa", random_state=np.random.default_rng(seed)
    ).confidence_interval
    low, high = bootstrap_interval(steps, 0.025) or (9, 9)
    assert abs(low - expected.low) < noise and abs(high - expected.high) < noise


def test_draws_reach_every_case_alike() -> None:
    """The mean of the means is that of the scores, their spread the standard error."""
    steps = drawn(3, 100)
    means = bootstrap_means(steps)
    error = score_spread(steps) * sqrt(99 / 100) / 10
    assert abs(sum(means) / len(means) - sum(steps) / 100) < 4 * error / sqrt(len(means))
    assert abs(score_spread(means) / error - 1) < 0.06


def test_without_spread_or_with_very_many_cases_nothing_is_drawn() -> None:
    assert bootstrap_means((0.5,)) == () and bootstrap_interval((0.5,) * 9, 0.025) is None
    assert len(bootstrap_means((0.0, 1.0) * (MOST_CASES // 2))) == 250
    assert bootstrap_means((0.0,) * (MOST_CASES + 1)) == ()
    assert bootstrap_interval((0.0,) * (MOST_CASES + 1), 0.025) is None
