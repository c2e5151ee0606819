"""Graded scores and repeated runs: by scipy and statsmodels, at their edges, and what must never be said."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.power import TTestPower

from calculators.catalogue import Catalogue
from calculators.engine.declare import output_value
from tests.calculators.evaluating import by_hand
from tests.calculators.evaluating.compare.results import (
    ask,
    graded,
    near,
    pasted,
    rows,
    runs_table,
    sentences,
    verdict,
)

SEEDS = pytest.mark.parametrize("seed", range(6))


@SEEDS
@pytest.mark.parametrize("alpha", ["0.05", "0.2"])
def test_graded_pairs_get_the_figures_of_scipy(catalogue: Catalogue, seed: int, alpha: str) -> None:
    a, b = graded(seed, 13)
    steps = [round(second - first, 9) for first, second in zip(a, b, strict=True)]
    answer = ask(catalogue, pasted(a, b), alpha=alpha)
    test = stats.ttest_rel(b, a)
    interval = test.confidence_interval(1 - float(alpha))
    assert near(answer.difference.low, interval.low) and near(answer.difference.high, interval.high)
    assert near(answer.mean_difference, mean(steps)) and near(answer.difference_spread, stdev(steps))
    assert near(answer.p_value_t, test.pvalue) and near(answer.error_now, stdev(steps) / sqrt(13))
    assert near(answer.correlation, np.corrcoef(a, b)[0, 1])
    flipped = stats.permutation_test(
        (np.round(np.array(steps) * 10),), lambda d, axis: d.sum(axis=axis), permutation_type="samples", n_resamples=1e9
    )
    assert near(answer.p_value, flipped.pvalue)
    shown = float(answer.p_value) <= float(alpha)
    words = (
        ("B is better than A" if mean(steps) > 0 else "B is worse than A") if shown else "Not shown: it may be chance"
    )
    assert verdict(answer).answer == words
    if mean(steps):
        expected = TTestPower().solve_power(abs(mean(steps)) / stdev(steps), power=0.8, alpha=float(alpha))
        assert answer.needed == ceil(expected)
        assert answer.more_examples == max(0, ceil(expected) - 13)


@SEEDS
def test_the_bootstrap_is_scipys_within_its_noise(catalogue: Catalogue, seed: int) -> None:
    a, b = graded(seed, 40)
    steps = np.array(b) - np.array(a)
    answer = ask(catalogue, pasted(a, b))
    expected = stats.bootstrap((steps,), np.mean, random_state=np.random.default_rng(1)).confidence_interval
    noise = steps.std() / sqrt(40) / 5
    assert near(output_value(answer.bootstrap_low), expected.low, noise)
    assert near(output_value(answer.bootstrap_high), expected.high, noise)


def test_the_pasted_scores_of_the_old_complaint_are_graded(catalogue: Catalogue) -> None:
    """Once the first of these lines was a heading and the others could not be read."""
    answer = ask(catalogue, "0.7,0.9\n0.4,0.8\n1,0.5")
    assert answer.cases == 3 and near(answer.mean_a, 0.7) and near(answer.mean_b, 2.2 / 3)
    assert answer.p_value == 1 and "heading" not in sentences(answer.notes)


def test_decimal_commas_between_semicolons_are_read(catalogue: Catalogue) -> None:
    commas, points = "0,7;0,9\n0,5; 0,6\n0,1|0,9", "0.7,0.9\n0.5,0.6\n0.1,0.9"
    assert ask(catalogue, commas).mean_b == ask(catalogue, points).mean_b == Decimal("0.8")


def test_many_unlike_differences_have_the_p_value_of_the_t_test(catalogue: Catalogue) -> None:
    a, b = graded(9, 90)
    answer = ask(catalogue, pasted(a, b))
    assert near(answer.p_value, stats.ttest_rel(b, a).pvalue) and "paired t-test" in sentences(answer.notes)


def test_one_case_says_nothing(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "0.3,0.6")
    assert (answer.difference.low, answer.difference.high, answer.p_value) == (-1, 1, 1)
    assert (answer.p_value_t, answer.bootstrap_low, answer.error_now, answer.needed) == (None,) * 4


def test_equal_differences_have_an_interval_of_some_width(catalogue: Catalogue) -> None:
    """Fifty cases, each a tenth better: Hoeffding's half is 2 × √(ln 40 ÷ 100)."""
    answer = ask(catalogue, pasted([0.5] * 50, [0.6] * 50))
    assert near(answer.difference.low, 0.1 - 0.3841291165, 1e-9) and near(answer.p_value, 2 / 2**50, 1e-20)
    assert answer.difference.high == Decimal("0.4841291165") or near(answer.difference.high, 0.4841291165, 1e-9)
    assert near(answer.score_a.low, 0.5 - 0.3841291165 / 2, 1e-9) and "Hoeffding" in sentences(verdict(answer).reasons)


def test_other_scales_are_shares_of_the_way(catalogue: Catalogue) -> None:
    """Stars from 1 to 5: the same answer as for the scores (stars − 1) ÷ 4, and the means in stars."""
    a, b = [1, 2, 4, 5, 3, 2, 4, 3], [2, 2, 5, 5, 4, 4, 4, 3]
    stars = ask(catalogue, pasted(a, b))
    shares = ask(catalogue, pasted([(score - 1) / 4 for score in a], [(score - 1) / 4 for score in b]))
    assert near(stars.mean_a, 3) and near(stars.mean_difference, 5 / 8)
    for output in ("difference", "score_a", "score_b"):
        for end in ("low", "likely", "high"):
            assert near(getattr(getattr(stars, output), end), getattr(getattr(shares, output), end))
    assert stars.p_value == shares.p_value and stars.needed == shares.needed
    assert "Scores run from 1 to 5" in sentences(stars.notes) and "Scores run" not in sentences(shares.notes)


def test_a_score_that_passes_makes_pairs_of_right_and_wrong(catalogue: Catalogue) -> None:
    a, b = graded(4, 30)
    counts = [
        sum((first >= 0.6, second >= 0.6) == pair for first, second in zip(a, b, strict=True))
        for pair in ((True, True), (True, False), (False, True), (False, False))
    ]
    answer = ask(catalogue, pasted(a, b), pass_mark="0.6")
    typed = ask(catalogue, "", **dict(zip(("both_right", "only_a", "only_b", "both_wrong"), counts, strict=True)))
    assert answer.p_value == typed.p_value == by_hand.rounded(by_hand.mcnemar(counts[1], counts[2]))
    assert answer.difference == typed.difference and answer.needed == typed.needed and answer.mean_a is None


def test_each_score_is_tried_as_the_one_that_passes(catalogue: Catalogue) -> None:
    a, b = graded(4, 30)
    answer = ask(catalogue, pasted(a, b), pass_mark="0.55")
    listed = rows(answer, "marks")
    assert Decimal("0.55") in [row[0] for row in listed] and len(listed) <= 10
    for decimal, share_a, share_b, difference, p_value in listed:
        mark = float(decimal)
        up = sum(first < mark <= second for first, second in zip(a, b, strict=True))
        down = sum(second < mark <= first for first, second in zip(a, b, strict=True))
        assert near(share_a, sum(score >= mark for score in a) / 30)
        assert near(share_b - share_a, (up - down) / 30) and near(difference, (up - down) / 30)
        assert near(p_value, float(by_hand.mcnemar(down, up)), 1e-11)
    assert rows(ask(catalogue, "1,0\n0,1"), "marks") == []


# Repeated runs.


def test_runs_of_a_case_are_one_vote(catalogue: Catalogue) -> None:
    """Of 20 questions, B gets three more right in each of ten runs: 2 of 8 ways, where 30 coins would say 2e-9."""
    a = [[1.0] * 10] * 12 + [[0.0] * 10] * 8
    b = [[1.0] * 10] * 15 + [[0.0] * 10] * 5
    answer = ask(catalogue, runs_table(old=a, new=b))
    assert (answer.p_value, answer.cases) == (Decimal("0.25"), 20)
    assert verdict(answer).answer == "Not shown: it may be chance"
    words = sentences(answer.notes)
    assert "400 are 20 examples" in words and "Add cases rather than runs" in words
    assert "The versions differ on 3 examples only" in words


def test_unequal_numbers_of_runs_are_still_one_vote(catalogue: Catalogue) -> None:
    a: list[list[float]] = [[1, 0], [0, 0, 0, 1], [1]]
    b: list[list[float]] = [[1, 1, 1], [0.5], [1, 1]]
    answer = ask(catalogue, runs_table(old=a, new=b))
    steps = [0.5, 0.25, 0.0]
    assert near(answer.mean_difference, 0.25) and near(answer.difference_spread, stdev(steps))
    assert answer.p_value == Decimal("0.5")


@SEEDS
def test_the_standard_error_is_the_clustered_one_of_statsmodels(catalogue: Catalogue, seed: int) -> None:
    chance = np.random.default_rng(seed)
    base = chance.uniform(0.2, 0.6, 15)
    a = [[round(float(level + step), 3) for step in chance.uniform(-0.2, 0.2, 4)] for level in base]
    b = [[round(float(level + step + 0.1), 3) for step in chance.uniform(-0.2, 0.2, 4)] for level in base]
    answer = ask(catalogue, runs_table(old=a, new=b))
    steps = (np.array(b) - np.array(a)).ravel()
    cases = np.repeat(np.arange(15), 4)
    fit = OLS(steps, np.ones(60)).fit(cov_type="cluster", cov_kwds={"groups": cases, "use_correction": True})
    assert near(answer.error_now, fit.bse[0], 1e-8)
    means = np.array(b).mean(axis=1) - np.array(a).mean(axis=1)
    within_a, within_b = (np.array(runs).var(axis=1, ddof=1).mean() for runs in (a, b))
    between = max(0.0, means.var(ddof=1) - within_a / 4 - within_b / 4)
    assert near(answer.run_variance_a, within_a) and near(answer.run_variance_b, within_b)
    assert near(answer.case_variance, between)
    assert near(answer.error_more_runs, sqrt((between + (within_a + within_b) / 8) / 15))
    assert near(answer.error_more_cases, sqrt((between + (within_a + within_b) / 4) / 30))


def test_one_run_a_case_has_no_variance_between_runs(catalogue: Catalogue) -> None:
    answer = ask(catalogue, pasted(*graded(1, 12)))
    assert (answer.run_variance_a, answer.case_variance, answer.error_more_runs) == (None, None, None)


def test_counts_have_none_of_the_figures_of_grades(catalogue: Catalogue) -> None:
    answer = ask(catalogue, "1,0\n1,1\n0,1")
    assert (answer.mean_a, answer.cases, answer.bootstrap_low, answer.p_value_t, answer.correlation) == (None,) * 5
