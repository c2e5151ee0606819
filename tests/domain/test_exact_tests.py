"""Exact tests and their limits against scipy, statsmodels and whole numbers, over random inputs and at their edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from calculators.domain import exact_tests
from calculators.domain.exact_tests import binomials, pairs, significance
from calculators.domain.exact_tests.p_values import exact_binomial_p_value
from calculators.domain.exact_tests.samples import count_exact_fisher_limits
from calculators.domain.statistics import (
    fisher_p_value_formula,
    mcnemar_p_value_formula,
)
from tests.calculators.evaluating import by_hand
from tests.domain.scores import TUNED, D, near, samples
from tests.runs import float_run


@TUNED
@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar(only_a: int, only_b: int) -> None:
    ours = mcnemar_p_value_formula(D(only_a), D(only_b))
    assert ours == by_hand.rounded(by_hand.mcnemar(only_a, only_b))
    table = [[1, only_a], [only_b, 1]]
    from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar  # takes a second

    expected = statsmodels_mcnemar(table, exact=True).pvalue if only_a + only_b else 1
    assert near(ours, expected, 1e-9)
    assert mcnemar_p_value_formula(*float_run(only_a, only_b)) == float(ours)


def test_mcnemar_without_a_difference_is_one() -> None:
    assert [mcnemar_p_value_formula(D(count), D(count)) for count in (0, 1, 7, 5000)] == [1, 1, 1, 1]


@TUNED
@given(samples(), samples())
def test_fisher(a: tuple[int, int], b: tuple[int, int]) -> None:
    ours = fisher_p_value_formula(D(a[0]), D(a[1]), D(b[0]), D(b[1]))
    assert ours == by_hand.rounded(by_hand.fisher(*a, *b))
    assert near(ours, scipy.stats.fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])[1], 1e-6)


@pytest.mark.parametrize(
    ("a", "b"), [((0, 0), (0, 0)), ((0, 0), (3, 9)), ((0, 9), (0, 9)), ((9, 9), (9, 9)), ((20, 20), (0, 20))]
)
def test_fisher_at_its_edges(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert fisher_p_value_formula(D(a[0]), D(a[1]), D(b[0]), D(b[1])) == by_hand.rounded(by_hand.fisher(*a, *b))


@pytest.mark.parametrize("share", [Fraction(1, 2), Fraction(1, 3), Fraction(3, 4), Fraction(2, 5), Fraction(9, 10)])
def test_the_binomial_test_counts_equal_chances_as_no_likelier(share: Fraction) -> None:
    """In whole fractions: of two trials at a third, none and one are as likely, and no count is likelier."""
    for trials in range(1, 12):
        ways = [
            math.comb(trials, count) * share**count * (1 - share) ** (trials - count) for count in range(trials + 1)
        ]
        for successes, weight in enumerate(ways):
            expected = sum((each for each in ways if each <= weight), Fraction(0))
            assert exact_binomial_p_value(successes, trials, share) == by_hand.rounded(expected)
    assert exact_binomial_p_value(0, 2, Fraction(1, 3)) == exact_binomial_p_value(1, 2, Fraction(1, 3)) == 1


def test_the_far_tails_of_large_counts_are_not_lost() -> None:
    """An outcome so rare that all others together dwarf it still has its mirror, which is as rare."""
    assert mcnemar_p_value_formula(D(0), D(10_000)) == by_hand.rounded(Fraction(2, 2**10_000))
    for counts in ((5000, 10_000, 5100, 10_000), (0, 3000, 3000, 3000), (2999, 3000, 10, 4000)):
        assert fisher_p_value_formula(*(D(count) for count in counts)) == by_hand.rounded(by_hand.fisher(*counts))


@pytest.mark.parametrize("counts", [(5, 3, 1, 4), (1, 4, 5, 3), (-1, 3, 1, 3)])
def test_impossible_counts_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(InvalidOperation, match="outside the possible outcomes"):
        fisher_p_value_formula(*(D(count) for count in counts))


@pytest.mark.parametrize("examples", [7, 1000, 1001, 5000])
@pytest.mark.parametrize("chance", [0.003, 0.3, 0.97])
def test_chances_in_floats_are_those_of_scipy_however_many_examples(examples: int, chance: float) -> None:
    first, ours = exact_tests.binomial_distribution(examples, chance)
    expected = scipy.stats.binom.pmf(range(first, first + len(ours)), examples, chance)
    assert first + len(ours) <= examples + 1 and math.isclose(sum(ours), 1, rel_tol=1e-9)
    assert all(
        near(chance_of_ours, chance_of_scipy, 1e-8, 1e-16)
        for chance_of_ours, chance_of_scipy in zip(ours, expected, strict=True)
    )


@pytest.mark.parametrize("examples", [1, 2, 30, 200, 1000])
def test_what_floats_leave_out_is_negligible(examples: int) -> None:
    for chance in (1e-6, 0.001, 0.02, 0.2, 0.45, 0.5, 0.6, 0.9, 0.999):
        first, counted = exact_tests.binomial_distribution(examples, chance)
        assert scipy.stats.binom.cdf(first - 1, examples, chance) < 1e-16, chance
        assert scipy.stats.binom.sf(first + len(counted) - 1, examples, chance) < 1e-16, chance


@pytest.mark.parametrize("kind", [D, float])
def test_chances_of_what_is_certain_and_what_is_no_chance(kind: type) -> None:
    assert exact_tests.binomial_distribution(3, kind(0)) == (0, (1, 0, 0, 0))
    assert exact_tests.binomial_distribution(3, kind(1)) == (0, (0, 0, 0, 1))
    for chance in (kind(-1) / 4, kind(5) / 4, kind(2)):
        with pytest.raises(InvalidOperation, match="is no chance"):
            exact_tests.binomial_distribution(3, chance)


def fisher_power_by_scipy(score_a: float, score_b: float, examples: int, alpha: float) -> float:
    """Every pair of results by itself."""
    a, b = (scipy.stats.binom.pmf(range(examples + 1), examples, share) for share in (score_a, score_b))
    power = 0.0
    for right_a in range(examples + 1):
        for right_b in range(examples + 1):
            if scipy.stats.fisher_exact([[right_a, examples - right_a], [right_b, examples - right_b]])[1] <= alpha * (
                1 + 1e-9
            ):
                power += a[right_a] * b[right_b]
    return power


@pytest.mark.parametrize(
    ("score_a", "score_b", "examples", "alpha"),
    [
        ("0.78", "0.89", 20, "0.05"),
        ("0.5", "0.9", 13, "0.1"),
        ("0.1", "0.3", 25, "0.01"),
        ("0", "1", 7, "0.05"),
        ("1", "1", 5, "0.05"),
        ("0.3", "0.9", 3, "0.1"),
        ("0.6", "0.6", 18, "0.5"),
    ],
)
def test_the_power_of_fishers_test(score_a: str, score_b: str, examples: int, alpha: str) -> None:
    ours = exact_tests.exact_fisher_power(D(score_a), D(score_b), examples, D(alpha))
    assert near(ours, fisher_power_by_scipy(float(score_a), float(score_b), examples, float(alpha)), 1e-9)


def mcnemar_power_by_scipy(discordant: float, difference: float, examples: int, alpha: float) -> float:
    """Every number of examples that differ, and every way in which they fall, by itself."""
    power = 0.0
    for differ in range(1, examples + 1):
        better = scipy.stats.binom.pmf(range(differ + 1), differ, (1 + difference / discordant) / 2)
        for count in range(differ + 1):
            if scipy.stats.binomtest(count, differ).pvalue <= alpha * (1 + 1e-9):
                power += scipy.stats.binom.pmf(differ, examples, discordant) * better[count]
    return power


@pytest.mark.parametrize(
    ("discordant", "difference", "examples", "alpha"),
    [
        ("0.25", "0.11", 20, "0.05"),
        ("0.2", "0.2", 30, "0.05"),
        ("0.5", "0.1", 25, "0.01"),
        ("1", "0.5", 12, "0.1"),
        ("0.3", "0", 20, "0.5"),
        ("1", "1", 6, "0.05"),
        ("1", "1", 5, "0.05"),
    ],
)
def test_the_power_of_mcnemars_test(discordant: str, difference: str, examples: int, alpha: str) -> None:
    ours = exact_tests.exact_mcnemar_power(D(discordant), D(difference), examples, D(alpha))
    assert near(ours, mcnemar_power_by_scipy(float(discordant), float(difference), examples, float(alpha)), 1e-9)


@pytest.mark.parametrize("examples", [99, 100, 101, 200])
def test_limits_reach_to_the_last_example(examples: int) -> None:
    """They are kept in steps, whose last is the one that is easily forgotten; every example differs here."""
    case = D(1), D("0.2"), examples, D("0.05")
    assert exact_tests.exact_mcnemar_power(*case) == by_hand.mcnemar_power(*case)


JUST_BELOW = Fraction(1, 10**60)


@pytest.mark.parametrize(("few", "tosses"), [(0, 1), (0, 6), (5, 20), (40, 110), (80, 199)])
def test_a_p_value_of_just_alpha_is_significant_among_pairs(few: int, tosses: int) -> None:
    """To the last digit: a little less is not."""
    exact = by_hand.mcnemar(few, tosses - few)
    for alpha in (exact, exact - JUST_BELOW):
        limits = [heads - 1 for heads in by_hand.significant_tosses(tosses, alpha)]
        first, rises, orders = exact_tests.exact_mcnemar_steps(tosses, alpha)
        risen = accumulate(map(int, rises), initial=0)
        assert [-1] * first + list(risen)[: tosses + 1 - first] == limits
        significant = [sum(math.comb(count, heads) for heads in range(limit + 1)) for count, limit in enumerate(limits)]
        gained = [after - 2 * before for before, after in pairwise(significant[first:])]
        assert list(orders) == gained
        assert limits[tosses] == (few if alpha == exact else few - 1)


@pytest.mark.parametrize(
    ("few", "right", "examples"), [(0, 1, 1), (0, 3, 3), (2, 12, 15), (24, 70, 80), (60, 190, 190)]
)
def test_a_p_value_of_just_alpha_is_significant_between_samples(few: int, right: int, examples: int) -> None:
    exact = by_hand.fisher(few, examples, right - few, examples)
    for alpha in (exact, exact - JUST_BELOW):
        limits = [len(low) - 1 for low in by_hand.significant_tables(examples, alpha)][: examples + 1]
        risen = [place for place, (before, after) in enumerate(pairwise([-1, *limits])) if after > before]
        assert exact_tests.exact_fisher_limits(examples, alpha) == tuple(
            place - count for count, place in enumerate(risen)
        )
        assert limits[right] == (few if alpha == exact else few - 1)


COUNTS = (
    pytest.param(exact_tests.exact_mcnemar_steps, pairs.count_exact_mcnemar_steps, id="pairs"),
    pytest.param(exact_tests.exact_fisher_limits, count_exact_fisher_limits, id="samples"),
)


@pytest.mark.parametrize("size", [1, 2, 7, 40])
@pytest.mark.parametrize(("count", "alone"), COUNTS)
def test_alphas_on_either_side_of_a_p_value_are_counted_apart(
    count: Callable[..., Any], alone: Callable[..., Any], size: int
) -> None:
    """Beside each p-value that can come out, against whole numbers; and just there, as if nothing was asked before."""
    if count is exact_tests.exact_mcnemar_steps:
        possible = {by_hand.mcnemar(few, tosses - few) for tosses in range(size + 1) for few in range(tosses // 2 + 1)}
    else:
        possible = {
            by_hand.fisher(few, size, right - few, size) for right in range(size + 1) for few in range(right + 1)
        }
    p_values = [float(p) for p in sorted(possible) if p < Fraction(1, 2)]
    beside = [p * side for p in p_values for side in (1 - 1e-9, 1 + 1e-9)]
    significance.significance_counts.cache_clear()
    for alpha in (*beside, 0.3, 0.05, 0.001, *reversed(beside)):
        assert count(size, alpha) == count(size, Decimal(alpha)), alpha
    for alpha in [p * side for p in p_values for side in (1 - 1.5e-11, 1 - 0.5e-11)]:
        assert count(size, alpha) == alone(size, alpha, []), alpha


@pytest.mark.parametrize(("count", "alone"), COUNTS)
def test_alphas_between_two_p_values_share_a_count(count: Callable[..., Any], alone: Callable[..., Any]) -> None:
    significance.significance_counts.cache_clear()
    high, low = count(50, 0.3 + 1e-9), count(50, 0.05 + 1e-9)
    assert count(50, 0.3 - 1e-9) is high != low is count(50, 0.05 - 1e-9)
    assert alone(50, 0.3, []) == high and alone(50, 0.05, []) == low


def test_what_alphas_share_is_forgotten_in_time() -> None:
    significance.significance_counts.cache_clear()
    alphas = [0.001 + step / 2000 for step in range(800)]
    limits = [exact_tests.exact_fisher_limits(200, alpha) for alpha in alphas]
    assert len(set(limits)) > binomials.KEPT >= len(significance.significance_counts(count_exact_fisher_limits, 200))
    assert limits == [exact_tests.exact_fisher_limits(200, Decimal(alpha)) for alpha in alphas]
