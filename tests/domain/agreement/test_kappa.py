"""Kappa, the correlation of labels and the exact tests against statsmodels and scipy, and AC1 by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact, pearsonr
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa
from statsmodels.stats.proportion import proportion_confint

from calculators.domain.agreement import agreement_confusion, cohen_kappa, gwet_ac1, matthews_correlation
from calculators.domain.agreement import people_agreement_sums as agreement_sums
from calculators.domain.exact_tests import (
    exact_binomial_p_value,
    exact_clopper_pearson_high,
    exact_clopper_pearson_low,
    exact_fisher_p_value,
    exact_stratified_p_value,
)
from tests.calculators.evaluating import by_hand, judge_by_hand

D = Decimal
TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)
COUNT = st.integers(0, 60)


def close(ours: object, theirs: float) -> bool:
    """Equal to the digits that a float has."""
    return math.isclose(float(str(ours)), theirs, rel_tol=1e-8, abs_tol=1e-10)


@TUNED
@given(st.lists(st.lists(COUNT, min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_and_its_error_are_those_of_statsmodels(table: list[list[int]]) -> None:
    cells = [(str(row), str(column), D(table[row][column])) for row in range(3) for column in range(3)]
    ours = cohen_kappa(cells)
    margins = numpy.array(table)
    assume(margins.sum() and (margins.sum(0) * margins.sum(1)).sum() < margins.sum() ** 2)
    theirs = cohens_kappa(table)
    assert close(ours.kappa, theirs.kappa)
    assert close(ours.standard_error, math.sqrt(max(0, theirs.var_kappa)))


def test_kappa_has_no_answer_where_chance_always_agrees() -> None:
    for cells in ([], [("a", "a", D(9))]):
        assert cohen_kappa(cells).kappa is None and cohen_kappa(cells).standard_error is None
    assert gwet_ac1([]) is None and gwet_ac1([("a", "a", D(9)), ("b", "b", D(0))]) == 1


def test_ac1_of_two_raters_is_the_one_of_several() -> None:
    """38 and 3 agree, 4 and 5 differ: chance is 2 × 0.84 × 0.16, as 84 of 100 labels say yes."""
    cells = [("yes", "yes", D(38)), ("yes", "no", D(4)), ("no", "yes", D(4)), ("no", "no", D(4))]
    chance = 2 * D("0.84") * D("0.16")
    ours = gwet_ac1(cells)
    assert ours is not None and abs(ours - (D("0.84") - chance) / (1 - chance)) < D("1e-25")
    labels = [[first, second] for first, second, cases in cells for _ in range(int(cases))]
    sums = agreement_sums(labels)
    assert abs(sums.gwet_chance - chance) < D("1e-25") and sums.agreements / sums.compared == D("0.84")


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_the_correlation_is_pearsons(both_pass: int, only_people: int, only_judge: int, both_fail: int) -> None:
    counts = agreement_confusion(D(both_pass), D(only_people), D(only_judge), D(both_fail))
    pairs = [(1, 1)] * both_pass + [(1, 0)] * only_people + [(0, 1)] * only_judge + [(0, 0)] * both_fail
    ours = matthews_correlation(counts)
    if len({person for person, _ in pairs}) < 2 or len({judge for _, judge in pairs}) < 2:
        assert ours is None
    else:
        assert close(ours, pearsonr(*zip(*pairs, strict=True)).statistic)


@TUNED
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=4, max_size=4), min_size=2, max_size=30))
def test_kappa_of_several_people_is_that_of_statsmodels(ratings: list[list[str]]) -> None:
    sums = agreement_sums(ratings)
    assume(sums.chance < 1)
    table = [[case.count(category) for category in "abc"] for case in ratings]
    ours = (sums.agreements / sums.compared - sums.chance) / (1 - sums.chance)
    assert close(ours, fleiss_kappa(table))


@TUNED
@given(COUNT, COUNT, st.sampled_from(["0.025", "0.05", "0.2"]), st.sampled_from(["0.5", "0.8", "0.37"]))
def test_the_exact_interval_and_test_are_those_of_scipy(right: int, wrong: int, tail: str, share: str) -> None:
    trials = right + wrong
    assume(trials)
    low, high = proportion_confint(right, trials, 2 * float(tail), method="beta")
    assert close(exact_clopper_pearson_low(right, trials, D(tail)), low)
    assert close(exact_clopper_pearson_high(right, trials, D(tail)), high)
    p = exact_binomial_p_value(right, trials, Fraction(share))
    assert close(p, binomtest(right, trials, float(share)).pvalue)


@TUNED
@given(st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=3))
def test_the_stratified_test_counts_every_split(tables: list[tuple[int, int, int, int]]) -> None:
    strata = tuple((a, a + b, c, c + d) for a, b, c, d in tables)
    exact = by_hand.rounded(judge_by_hand.stratified(*(count for stratum in strata for count in stratum)))
    assert abs(exact_stratified_p_value(strata) - exact) < D("1e-26")


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_with_one_stratum_it_is_fishers_test(a: int, b: int, c: int, d: int) -> None:
    ours = exact_stratified_p_value(((a, a + b, c, c + d),))
    assert abs(ours - exact_fisher_p_value(a, a + b, c, c + d)) < D("1e-26")
    assert close(ours, fisher_exact([[a, b], [c, d]]).pvalue)


def test_ties_count_as_no_likelier_in_large_tables_too() -> None:
    """Groups of one size: five more on one side are as rare as five more on the other."""
    assert exact_stratified_p_value(((505, 2000, 500, 2000),)) == exact_stratified_p_value(((500, 2000, 505, 2000),))
    assert exact_stratified_p_value(((500, 2000, 500, 2000), (7, 30, 7, 30))) == 1


@pytest.mark.parametrize(("right", "trials"), [(-1, 5), (6, 5)])
def test_impossible_counts_are_refused(right: int, trials: int) -> None:
    with pytest.raises(ArithmeticError):
        exact_clopper_pearson_low(right, trials, D("0.025"))
