"""Whether a judge favors a group: the weighted difference by hand, its interval in simulations, quality apart."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import numpy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.proportion import confint_proportions_2indep

from calculators.domain.agreement import agreement_stratified_difference, agreement_stratified_interval
from calculators.domain.exact_tests import exact_stratified_p_value

D = Decimal
TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)
COUNT = st.integers(0, 40)
Z = 1.959963984540054


def drawn(chance: random.Random, cases: int, share: float) -> float:
    """How many of some cases come out one way."""
    return float(sum(chance.random() < share for _ in range(cases)))


def test_two_strata_are_weighted_by_what_they_can_compare() -> None:
    """Weights 10 × 30 ÷ 40 = 7.5 and 20 × 20 ÷ 40 = 10; differences 0.9 − 0.8 and 0.5 − 0.2."""
    strata = [(D(9), D(10), D(24), D(30)), (D(10), D(20), D(4), D(20))]
    ours = agreement_stratified_difference(strata)
    assert ours is not None and abs(ours - (D("7.5") * D("0.1") + 10 * D("0.3")) / D("17.5")) < D("1e-25")


def test_better_answers_are_no_bias() -> None:
    """Long answers are good three times as often, and pass more often, but at equal quality pass alike."""
    strata = [(D(54), D(60), D(18), D(20)), (D(8), D(20), D(24), D(60))]
    assert agreement_stratified_difference(strata) == 0
    assert exact_stratified_p_value(((54, 60, 18, 20), (8, 20, 24, 60))) == 1


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_one_stratum_has_newcombes_interval(a: int, b: int, c: int, d: int) -> None:
    assume(a + b and c + d)
    low, high = agreement_stratified_interval([(D(a), D(a + b), D(c), D(c + d))], D(str(Z)))
    theirs = confint_proportions_2indep(a, a + b, c, c + d, method="newcomb", compare="diff")
    assert math.isclose(float(low), theirs[0], abs_tol=1e-9) and math.isclose(float(high), theirs[1], abs_tol=1e-9)


@TUNED
@given(st.lists(st.tuples(*[st.integers(15, 60)] * 4), min_size=2, max_size=2))
def test_the_exact_test_is_close_to_mantel_and_haenszel(tables: list[tuple[int, int, int, int]]) -> None:
    """statsmodels has it by chi-square: too sharp without a correction for whole steps, dull with one."""
    strata = tuple((a, a + b, c, c + d) for a, b, c, d in tables)
    table = StratifiedTable([numpy.array([[a, b], [c, d]]) for a, b, c, d in tables])
    sharp, dull = (table.test_null_odds(correction=correction).pvalue for correction in (False, True))
    assume(dull < 0.5)
    assert sharp - 0.01 < float(exact_stratified_p_value(strata)) < dull + 0.01


def test_without_a_common_stratum_nothing_compares() -> None:
    assert agreement_stratified_difference([(D(3), D(5), D(0), D(0)), (D(0), D(0), D(2), D(4))]) is None
    assert agreement_stratified_difference([]) is None


def test_the_interval_holds_a_true_bias_as_often_as_it_says() -> None:
    chance, held, draws = random.Random(20261129), 0, 3000
    groups = ((40, 0.9, 30, 0.8), (25, 0.4, 35, 0.3))
    for _ in range(draws):
        strata = [(drawn(chance, n, p), float(n), drawn(chance, m, q), float(m)) for n, p, m, q in groups]
        low, high = agreement_stratified_interval(strata, Z)  # type: ignore[arg-type]  # a run on floats
        held += low <= 0.1 <= high
    assert held / draws >= 0.945 - 3 * math.sqrt(0.95 * 0.05 / draws)
