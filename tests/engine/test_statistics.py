"""Intervals, sizes, powers and exact tests against scipy and statsmodels, over random inputs and at their edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    samplesize_proportions_2indep_onetail,
)

from calculators.engine import exact_tests
from calculators.engine.numbers import EXACT, by_function, root
from calculators.engine.smallest_difference import smallest_independent_difference, smallest_paired_difference
from calculators.engine.statistics import (
    EXACT_UP_TO,
    fisher,
    independent_chance,
    independent_power,
    independent_size,
    judged,
    judged_discordant,
    mcnemar,
    newcombe,
    pair_correlation,
    paired_chance,
    paired_power,
    paired_size,
    share_below,
    standard_error,
    wilson,
    with_correction,
    wrong_pick_chance,
    z_of,
)
from calculators.engine.traced import Origin, Traced
from calculators.engine.units import ONE, TOKENS, UnitError
from calculators.engine.working import by_label, written
from tests.calculators import by_hand_evaluating as by_hand

D = Decimal
TUNED = settings(max_examples=60, deadline=None, derandomize=True, database=None)
SHARES = st.integers(0, 1000).map(lambda thousandths: D(thousandths) / 1000)
ALPHAS = st.sampled_from([D("0.05"), D("0.01"), D("0.1"), D("0.05") / 3, D("0.5"), D("0.001")])


@pytest.fixture(autouse=True)
def exact_context() -> Any:
    with localcontext(EXACT):
        yield


@st.composite
def samples(draw: st.DrawFn) -> tuple[int, int]:
    """Right answers and examples."""
    examples = draw(st.integers(1, 400))
    return draw(st.integers(0, examples)), examples


def near(ours: Any, theirs: float, relative: float = 1e-9, absolute: float = 1e-12) -> bool:
    return math.isclose(float(ours), theirs, rel_tol=relative, abs_tol=absolute)


# Quantiles and intervals.


@TUNED
@given(st.integers(1, 10**6 - 1).map(lambda part: D(part) / 10**6))
def test_quantiles_are_those_of_scipy_to_eleven_digits(tail: Decimal) -> None:
    assert near(z_of(tail), float(stats.norm.isf(float(tail))), 1e-11)
    assert near(share_below(z_of(tail)), 1 - float(tail), 1e-10)


def test_a_quantile_and_a_share_have_twelve_digits_and_refuse_what_is_no_tail() -> None:
    for value in (z_of(D("0.025")), share_below(D("1.2345"))):
        assert len(value.as_tuple().digits) == 12
    for tail in (D(0), D(1), D(-1), D(2)):
        with pytest.raises(InvalidOperation):
            z_of(tail)


def test_a_float_and_a_decimal_of_one_value_keep_apart() -> None:
    """They are equal and hash alike, so that a memory of results could mix them up."""
    for one, other in ((0.25, D("0.25")), (D("0.125"), 0.125)):
        for function in (z_of, share_below):
            assert [type(function(value)) for value in (one, other)] == [type(one), type(other)]
        for function in (exact_tests.wrong_pick, lambda p, q, n: exact_tests.fisher_power(p, q, n, p)):
            assert [type(function(value, value * 2, 12)) for value in (one, other)] == [type(one), type(other)]


@TUNED
@given(samples(), ALPHAS)
def test_wilson(sample: tuple[int, int], alpha: Decimal) -> None:
    right, examples = sample
    ours = wilson(D(right), D(examples), z_of(alpha / 2))
    low, high = proportion_confint(right, examples, float(alpha), method="wilson")
    assert near(ours.low, low, 1e-9, 1e-11) and near(ours.high, high, 1e-9, 1e-11)
    assert 0 <= ours.low <= ours.likely <= ours.high <= 1
    assert ours.high > ours.low, "no score is certain"


@pytest.mark.parametrize("kind", [D, float])
def test_no_rounding_leaves_the_scores_that_there_are(kind: type) -> None:
    """All right or none, where the interval ends at the very edge."""
    for examples in range(1, 200):
        for tail in range(1, 60):
            none, every = (wilson(kind(right), kind(examples), z_of(kind(tail) / 1000)) for right in (0, examples))
            assert none.low >= 0 and every.high <= 1


def test_wilson_without_examples_says_nothing() -> None:
    nothing = wilson(D(0), D(0), z_of(D("0.025")))
    assert (nothing.low, nothing.likely, nothing.high) == (0, None, 1)


@TUNED
@given(samples(), samples(), ALPHAS)
def test_newcombe_of_independent_samples(a: tuple[int, int], b: tuple[int, int], alpha: Decimal) -> None:
    low, high = newcombe(D(a[0]), D(a[1]), D(b[0]), D(b[1]), z_of(alpha / 2))
    theirs = confint_proportions_2indep(b[0], b[1], a[0], a[1], method="newcomb", compare="diff", alpha=float(alpha))
    assert near(low, theirs[0], 1e-9, 1e-11) and near(high, theirs[1], 1e-9, 1e-11)
    assert -1 <= low <= high <= 1


def paired_interval(both_right: int, only_a: int, only_b: int, both_wrong: int, alpha: str = "0.05") -> tuple[Any, Any]:
    """Newcombe's interval of B minus A for paired results."""
    four = [D(it) for it in (both_right, only_a, only_b, both_wrong)]
    examples, right_a, right_b = sum(four), four[0] + four[1], four[0] + four[2]
    return newcombe(right_a, examples, right_b, examples, z_of(D(alpha) / 2), pair_correlation(*four))


def by_formula(both_right: int, only_a: int, only_b: int, both_wrong: int) -> tuple[float, float]:
    """Newcombe 1998, method 10, in floats and from statsmodels' Wilson intervals."""
    n = both_right + only_a + only_b + both_wrong
    one, other = both_right + only_b, both_right + only_a
    p, q = one / n, other / n
    (low_p, high_p), (low_q, high_q) = (proportion_confint(it, n, method="wilson") for it in (one, other))
    product = one * (n - one) * other * (n - other)
    crossed = both_right * both_wrong - only_a * only_b
    crossed = max(crossed - n / 2, 0) if crossed > 0 else crossed
    phi = crossed / math.sqrt(product) if product else 0
    below = (p - low_p) ** 2 - 2 * phi * (p - low_p) * (high_q - q) + (high_q - q) ** 2
    above = (high_p - p) ** 2 - 2 * phi * (high_p - p) * (q - low_q) + (q - low_q) ** 2
    return max(-1, p - q - math.sqrt(max(0, below))), min(1, p - q + math.sqrt(max(0, above)))


def test_newcombe_of_paired_results_as_published() -> None:
    """Complete response before and after a therapy (Cavo and others 2012), as the R package contingencytables says."""
    low, high = paired_interval(59, 16, 6, 80)
    assert (round(low, 4), round(high, 4)) == (D("-0.1186"), D("-0.0046"))
    low, high = paired_interval(59, 6, 16, 80)
    assert (round(low, 4), round(high, 4)) == (D("0.0046"), D("0.1186"))


def test_newcombe_of_independent_samples_as_published() -> None:
    """High against standard doses of epinephrine (Perondi and others 2004), from the same package."""
    low, high = newcombe(D(1), D(34), D(7), D(34), z_of(D("0.025")))
    assert (round(low, 4), round(high, 4)) == (D("0.0189"), D("0.3404"))


COUNT = st.integers(0, 60)


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_newcombe_of_paired_results(both_right: int, only_a: int, only_b: int, both_wrong: int) -> None:
    four = both_right, only_a, only_b, both_wrong
    if sum(four):
        low, high = paired_interval(*four)
        theirs = by_formula(*four)
        assert near(low, theirs[0], 1e-7, 1e-9) and near(high, theirs[1], 1e-7, 1e-9)
        assert high > low, "no difference is certain"


@pytest.mark.parametrize(
    "four", [(20, 0, 0, 0), (0, 0, 0, 20), (15, 5, 0, 0), (0, 5, 0, 15), (12, 0, 8, 0), (0, 0, 8, 12)]
)
def test_newcombe_where_one_version_is_always_right_or_always_wrong(four: tuple[int, int, int, int]) -> None:
    """Nothing goes together with what never varies."""
    low, high = paired_interval(*four)
    theirs = by_formula(*four)
    assert near(low, theirs[0], 1e-7, 1e-9) and near(high, theirs[1], 1e-7, 1e-9)


# Exact tests.


@TUNED
@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar(only_a: int, only_b: int) -> None:
    ours = mcnemar(D(only_a), D(only_b))
    assert ours == by_hand.rounded(by_hand.mcnemar(only_a, only_b))
    table = [[1, only_a], [only_b, 1]]
    theirs = statsmodels_mcnemar(table, exact=True).pvalue if only_a + only_b else 1
    assert near(ours, theirs, 1e-9)
    assert mcnemar(float(only_a), float(only_b)) == float(ours)


def test_mcnemar_without_a_difference_is_one() -> None:
    assert [mcnemar(D(count), D(count)) for count in (0, 1, 7, 5000)] == [1, 1, 1, 1]


@TUNED
@given(samples(), samples())
def test_fisher(a: tuple[int, int], b: tuple[int, int]) -> None:
    ours = fisher(D(a[0]), D(a[1]), D(b[0]), D(b[1]))
    assert ours == by_hand.rounded(by_hand.fisher(*a, *b))
    assert near(ours, stats.fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])[1], 1e-6)


@pytest.mark.parametrize(
    ("a", "b"), [((0, 0), (0, 0)), ((0, 0), (3, 9)), ((0, 9), (0, 9)), ((9, 9), (9, 9)), ((20, 20), (0, 20))]
)
def test_fisher_at_its_edges(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert fisher(D(a[0]), D(a[1]), D(b[0]), D(b[1])) == by_hand.rounded(by_hand.fisher(*a, *b))


def test_the_far_tails_of_large_counts_are_not_lost() -> None:
    """An outcome so rare that all others together dwarf it still has its mirror, which is as rare."""
    assert mcnemar(D(0), D(10_000)) == by_hand.rounded(Fraction(2, 2**10_000))
    for counts in ((5000, 10_000, 5100, 10_000), (0, 3000, 3000, 3000), (2999, 3000, 10, 4000)):
        assert fisher(*(D(it) for it in counts)) == by_hand.rounded(by_hand.fisher(*counts))


@pytest.mark.parametrize("counts", [(5, 3, 1, 4), (1, 4, 5, 3), (-1, 3, 1, 3)])
def test_impossible_counts_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(InvalidOperation, match="outside the possible outcomes"):
        fisher(*(D(it) for it in counts))


# Power.


@pytest.mark.parametrize("examples", [7, 1000, 1001, 5000])
@pytest.mark.parametrize("chance", [0.003, 0.3, 0.97])
def test_chances_in_floats_are_those_of_scipy_however_many_examples(examples: int, chance: float) -> None:
    first, ours = exact_tests.binomial(examples, chance)
    theirs = stats.binom.pmf(range(first, first + len(ours)), examples, chance)
    assert first + len(ours) <= examples + 1 and math.isclose(sum(ours), 1, rel_tol=1e-9)
    assert all(near(one, other, 1e-8, 1e-16) for one, other in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("examples", [1, 2, 30, 200, 1000])
def test_what_floats_leave_out_is_negligible(examples: int) -> None:
    for chance in (1e-6, 0.001, 0.02, 0.2, 0.45, 0.5, 0.6, 0.9, 0.999):
        first, counted = exact_tests.binomial(examples, chance)
        assert stats.binom.cdf(first - 1, examples, chance) < 1e-16, chance
        assert stats.binom.sf(first + len(counted) - 1, examples, chance) < 1e-16, chance


@pytest.mark.parametrize("kind", [D, float])
def test_chances_of_what_is_certain_and_what_is_no_chance(kind: type) -> None:
    assert exact_tests.binomial(3, kind(0)) == (0, (1, 0, 0, 0))
    assert exact_tests.binomial(3, kind(1)) == (0, (0, 0, 0, 1))
    for chance in (kind(-1) / 4, kind(5) / 4, kind(2)):
        with pytest.raises(InvalidOperation, match="is no chance"):
            exact_tests.binomial(3, chance)


def fisher_power_by_scipy(one: float, other: float, examples: int, alpha: float) -> float:
    """Every pair of results by itself."""
    a, b = (stats.binom.pmf(range(examples + 1), examples, share) for share in (one, other))
    found = 0.0
    for x in range(examples + 1):
        for y in range(examples + 1):
            if stats.fisher_exact([[x, examples - x], [y, examples - y]])[1] <= alpha * (1 + 1e-9):
                found += a[x] * b[y]
    return found


@pytest.mark.parametrize(
    ("one", "other", "examples", "alpha"),
    [("0.78", "0.89", 20, "0.05"), ("0.5", "0.9", 13, "0.1"), ("0.1", "0.3", 25, "0.01"), ("0", "1", 7, "0.05"),
     ("1", "1", 5, "0.05"), ("0.3", "0.9", 3, "0.1"), ("0.6", "0.6", 18, "0.5")],
)  # fmt: skip
def test_the_power_of_fishers_test(one: str, other: str, examples: int, alpha: str) -> None:
    ours = exact_tests.fisher_power(D(one), D(other), examples, D(alpha))
    assert near(ours, fisher_power_by_scipy(float(one), float(other), examples, float(alpha)), 1e-9)


def mcnemar_power_by_scipy(discordant: float, difference: float, examples: int, alpha: float) -> float:
    """Every number of examples that differ, and every way in which they fall, by itself."""
    found = 0.0
    for differ in range(1, examples + 1):
        better = stats.binom.pmf(range(differ + 1), differ, (1 + difference / discordant) / 2)
        for count in range(differ + 1):
            if stats.binomtest(count, differ).pvalue <= alpha * (1 + 1e-9):
                found += stats.binom.pmf(differ, examples, discordant) * better[count]
    return found


@pytest.mark.parametrize(
    ("discordant", "difference", "examples", "alpha"),
    [("0.25", "0.11", 20, "0.05"), ("0.2", "0.2", 30, "0.05"), ("0.5", "0.1", 25, "0.01"), ("1", "0.5", 12, "0.1"),
     ("0.3", "0", 20, "0.5"), ("1", "1", 6, "0.05"), ("1", "1", 5, "0.05")],
)  # fmt: skip
def test_the_power_of_mcnemars_test(discordant: str, difference: str, examples: int, alpha: str) -> None:
    ours = exact_tests.mcnemar_power(D(discordant), D(difference), examples, D(alpha))
    assert near(ours, mcnemar_power_by_scipy(float(discordant), float(difference), examples, float(alpha)), 1e-9)


@pytest.mark.parametrize("examples", [99, 100, 101, 200])
def test_limits_reach_to_the_last_example(examples: int) -> None:
    """They are kept in steps, whose last is the one that is easily forgotten; every example differs here."""
    given = D(1), D("0.2"), examples, D("0.05")
    assert exact_tests.mcnemar_power(*given) == by_hand.mcnemar_power(*given)


JUST_BELOW = Fraction(1, 10**60)


@pytest.mark.parametrize(("few", "tosses"), [(0, 1), (0, 6), (5, 20), (40, 110), (80, 199)])
def test_a_p_value_of_just_alpha_is_significant_among_pairs(few: int, tosses: int) -> None:
    """To the last digit: a little less is not."""
    exact = by_hand.mcnemar(few, tosses - few)
    for alpha in (exact, exact - JUST_BELOW):
        limits = [heads - 1 for heads in by_hand.significant_tosses(tosses, alpha)]
        first, rises, orders = exact_tests.sign_steps(tosses, alpha)
        risen = accumulate(map(int, rises), initial=0)
        assert [-1] * first + list(risen)[: tosses + 1 - first] == limits
        significant = [sum(math.comb(of, at) for at in range(limit + 1)) for of, limit in enumerate(limits)]
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
        risen = [at for at, (before, after) in enumerate(pairwise([-1, *limits])) if after > before]
        assert exact_tests.table_limits(examples, alpha) == tuple(at - count for count, at in enumerate(risen))
        assert limits[right] == (few if alpha == exact else few - 1)


COUNTS = (
    pytest.param(exact_tests.sign_steps, exact_tests._sign_steps, id="pairs"),
    pytest.param(exact_tests.table_limits, exact_tests._table_limits, id="samples"),
)


@pytest.mark.parametrize("size", [1, 2, 7, 40])
@pytest.mark.parametrize(("count", "alone"), COUNTS)
def test_alphas_on_either_side_of_a_p_value_are_counted_apart(
    count: Callable[..., Any], alone: Callable[..., Any], size: int
) -> None:
    """Beside each p-value that can come out, against whole numbers; and just there, as if nothing was asked before."""
    if count is exact_tests.sign_steps:
        found = {by_hand.mcnemar(few, tosses - few) for tosses in range(size + 1) for few in range(tosses // 2 + 1)}
    else:
        found = {by_hand.fisher(few, size, right - few, size) for right in range(size + 1) for few in range(right + 1)}
    p_values = [float(p) for p in sorted(found) if p < Fraction(1, 2)]
    beside = [p * side for p in p_values for side in (1 - 1e-9, 1 + 1e-9)]
    exact_tests._met.cache_clear()
    for alpha in (*beside, 0.3, 0.05, 0.001, *reversed(beside)):
        assert count(size, alpha) == count(size, Decimal(alpha)), alpha
    for alpha in [p * side for p in p_values for side in (1 - 1.5e-11, 1 - 0.5e-11)]:
        assert count(size, alpha) == alone(size, alpha, []), alpha


@pytest.mark.parametrize(("count", "alone"), COUNTS)
def test_alphas_between_two_p_values_share_a_count(count: Callable[..., Any], alone: Callable[..., Any]) -> None:
    exact_tests._met.cache_clear()
    high, low = count(50, 0.3 + 1e-9), count(50, 0.05 + 1e-9)
    assert count(50, 0.3 - 1e-9) is high != low is count(50, 0.05 - 1e-9)
    assert alone(50, 0.3, []) == high and alone(50, 0.05, []) == low


def test_what_alphas_share_is_forgotten_in_time() -> None:
    exact_tests._met.cache_clear()
    alphas = [0.001 + at / 2000 for at in range(800)]
    found = [exact_tests.table_limits(200, alpha) for alpha in alphas]
    assert len(set(found)) > exact_tests.KEPT >= len(exact_tests._met(exact_tests._table_limits, 200))
    assert found == [exact_tests.table_limits(200, Decimal(alpha)) for alpha in alphas]


def test_without_a_differing_example_nothing_is_noticed() -> None:
    assert exact_tests.mcnemar_power(D(0), D(0), 50, D("0.05")) == 0


@settings(TUNED, max_examples=25)
@given(SHARES, SHARES, st.integers(1, EXACT_UP_TO), ALPHAS)
def test_enumerated_chances_are_those_of_the_slow_way(
    one: Decimal, other: Decimal, examples: int, alpha: Decimal
) -> None:
    """Exactly, to the twelve digits kept; and the float run to nine."""
    count, z = D(examples), z_of(alpha / 2)
    discordant, difference = max(one, other), min(one, other)
    for ours, floats, slow in (
        (independent_chance(one, other, count, alpha, z),
         independent_chance(float(one), float(other), float(count), float(alpha), float(z)),
         by_hand.fisher_power(one, other, examples, alpha)),
        (paired_chance(discordant, difference, count, alpha, z),
         paired_chance(float(discordant), float(difference), float(count), float(alpha), float(z)),
         by_hand.mcnemar_power(discordant, difference, examples, alpha)),
        (wrong_pick_chance(one, other, count), wrong_pick_chance(float(one), float(other), float(count)),
         by_hand.wrong_pick(min(one, other), max(one, other), examples)),
    ):  # fmt: skip
        assert ours == slow
        assert near(floats, float(slow), 1e-9, 1e-13) and isinstance(floats, float)


@pytest.mark.parametrize(("one", "other"), [("0.78", "0.89"), ("0.5", "0.55"), ("0.85", "0.87"), ("0.02", "0.08")])
def test_beyond_the_largest_enumeration_the_corrected_formula_is_close(one: str, other: str) -> None:
    """Within four points of the truth just beyond it, and within two at 500 examples."""
    alpha, z = D("0.05"), z_of(D("0.025"))
    low, high = D(one), D(other)
    for examples, most in ((EXACT_UP_TO + 1, D("0.04")), (500, D("0.02"))):
        count = D(int(examples))
        exact = exact_tests.fisher_power(low, high, int(examples), alpha)
        assert abs(independent_chance(low, high, count, alpha, z) - exact) < most
        discordant = max(high - low, D("0.1"))
        exact = exact_tests.mcnemar_power(discordant, high - low, int(examples), alpha)
        assert abs(paired_chance(discordant, high - low, count, alpha, z) - exact) < most
        exact = exact_tests.wrong_pick(low, high, int(examples))
        assert abs(wrong_pick_chance(low, high, count) - exact) < D("0.002")


@pytest.mark.parametrize(("examples", "higher"), [(200, "0.6"), (201, "0.6"), (10**7, "0.5005")])
def test_two_hundred_examples_are_enumerated_and_more_are_not(examples: int, higher: str) -> None:
    """Beyond that it is the normal formula with its correction for whole steps: ten million take no longer."""
    one, other, discordant, alpha, z = D("0.5"), D(higher), D("0.3"), D("0.05"), z_of(D("0.025"))
    gain, differ, steps = float(other - one), float(discordant), math.sqrt(examples)
    mean = float(one) + gain / 2
    spread = math.sqrt(0.25 + float(other * (1 - other)))
    excess = gain * steps - 1 / steps
    for ours, enumerated, deviations in (
        (independent_chance(one, other, D(examples), alpha, z), by_hand.fisher_power(one, other, examples, alpha),
         (excess - float(z) * math.sqrt(2 * mean * (1 - mean))) / spread),
        (paired_chance(discordant, other - one, D(examples), alpha, z),
         by_hand.mcnemar_power(discordant, other - one, examples, alpha),
         (excess - float(z) * math.sqrt(differ)) / math.sqrt(differ - gain**2)),
        (wrong_pick_chance(one, other, D(examples)), by_hand.wrong_pick(one, other, examples),
         (0.5 / steps - gain * steps) / spread),
    ):  # fmt: skip
        assert (enumerated is None) == (examples > 200)
        assert near(ours, float(stats.norm.cdf(deviations) if enumerated is None else enumerated))


def test_the_correction_makes_the_formulas_more_careful() -> None:
    z, count = z_of(D("0.025")), D(300)
    step = 1 / root(count)
    assert independent_power(D("0.7"), D("0.8"), count, z, step) < independent_power(D("0.7"), D("0.8"), count, z)
    assert paired_power(D("0.2"), D("0.05"), count, z, step) < paired_power(D("0.2"), D("0.05"), count, z)


def test_where_nothing_varies_all_or_nothing_is_noticed() -> None:
    """A version that never fails against one that never succeeds, and two that never fail."""
    z = z_of(D("0.025"))
    assert independent_power(D(0), D(1), D(100), z) == 1
    assert independent_power(D(1), D(1), D(100), z) == 0
    assert paired_power(D(0), D(0), D(100), z) == 0
    assert wrong_pick_chance(D(1), D(1), D(1000)) == 1
    assert wrong_pick_chance(D(0), D(1), D(1000)) == 0


# Sizes.


@pytest.mark.parametrize(
    ("one", "other", "power", "needed"),
    [("0.78", "0.89", "0.8", 178), ("0.89", "0.94", "0.8", 488), ("0.85", "0.94", "0.8", 181),
     ("0.8", "0.9", "0.8", 199), ("0.78", "0.89", "0.9", 238)],
)  # fmt: skip
def test_examples_for_each_version(one: str, other: str, power: str, needed: int) -> None:
    z_alpha, z_power = z_of(D("0.025")), z_of(1 - D(power))
    assert math.ceil(independent_size(D(one), D(other), z_alpha, z_power)) == needed
    assert independent_size(D(one), D(other), z_alpha, z_power) == independent_size(D(other), D(one), z_alpha, z_power)


@TUNED
@given(SHARES, SHARES, ALPHAS, st.sampled_from([D("0.8"), D("0.9"), D("0.6")]))
def test_the_pooled_size_is_where_the_normal_power_is_what_was_asked(
    one: Decimal, other: Decimal, alpha: Decimal, power: Decimal
) -> None:
    z_alpha, z_power = z_of(alpha / 2), z_of(1 - power)
    needed = independent_size(one, other, z_alpha, z_power)
    if one == other:
        assert needed is None
    elif {one, other} != {D(0), D(1)}:
        assert near(independent_power(one, other, needed, z_alpha), float(power), 1e-9)
    if one != other:
        theirs = samplesize_proportions_2indep_onetail(
            float(one - other),
            float(other),
            float(power),
            1,
            float(alpha) / 2,
            0,
            "larger" if one > other else "smaller",
        )
        assert near(needed, float(theirs), 1e-6)


@pytest.mark.parametrize(
    ("discordant", "difference", "needed"),
    [("0.25", "0.11", 160), ("0.15", "0.11", 95), ("0.09", "0.05", 281), ("0.5", "0.4", 23)],
)  # fmt: skip
def test_examples_that_both_answer(discordant: str, difference: str, needed: int) -> None:
    """The last is the worked case of the public calculator of Connor's formula at powerandsamplesize.com."""
    found = paired_size(D(discordant), D(difference), z_of(D("0.025")), z_of(D("0.2")))
    assert math.ceil(found) == needed
    assert near(paired_power(D(discordant), D(difference), found, z_of(D("0.025"))), 0.8, 1e-9)


def test_no_difference_has_no_size() -> None:
    assert paired_size(D("0.2"), D(0), z_of(D("0.025")), z_of(D("0.2"))) is None


@pytest.mark.parametrize(("one", "other"), [("0.78", "0.89"), ("0.8", "0.9"), ("0.3", "0.5")])
def test_the_corrected_size_gives_fishers_test_the_power_asked_for(one: str, other: str) -> None:
    plain = independent_size(D(one), D(other), z_of(D("0.025")), z_of(D("0.2")))
    corrected = math.ceil(with_correction(plain, D(other) - D(one)))
    powers = [
        exact_tests.fisher_power(D(one), D(other), examples, D("0.05")) for examples in (math.ceil(plain), corrected)
    ]
    assert powers[0] < D("0.79") and abs(powers[1] - D("0.8")) < D("0.015")


def test_standard_errors_and_the_judge() -> None:
    assert near(standard_error(D("0.5"), D(100)), 0.05)
    assert judged(D("0.8"), D("0.9")) == D("0.74")
    assert judged_discordant(D(0), D("0.9")) == D("0.18")
    assert judged_discordant(D("0.3"), D(1)) == D("0.3")


# Smallest differences.

ACCURACIES = st.one_of(st.just(D(1)), st.integers(500, 1000).map(lambda part: D(part) / 1000))
SIZES = st.one_of(st.integers(1, 3000), st.sampled_from([1, 20, 10**6])).map(D)


@TUNED
@given(SHARES, SHARES, ACCURACIES, SIZES, st.sampled_from([D("0.2"), D("0.5"), D("0.01")]))
def test_the_smallest_difference_is_where_the_examples_are_just_enough(
    discordant: Decimal, baseline: Decimal, accuracy: Decimal, examples: Decimal, tail: Decimal
) -> None:
    given = baseline, accuracy, examples, z_of(D("0.025")), z_of(tail)
    for ours, floats, slow in (
        (smallest_paired_difference(discordant, *given),
         smallest_paired_difference(float(discordant), *(float(it) for it in given)),
         by_hand.least_paired(discordant, *given)),
        (smallest_independent_difference(*given), smallest_independent_difference(*(float(it) for it in given)),
         by_hand.least_independent(*given)),
    ):  # fmt: skip
        assert ours == slow
        assert (floats is None) == (slow is None)
        assert slow is None or near(floats, float(slow), 1e-9)


@pytest.mark.parametrize(
    ("discordant", "alpha", "power"), [("0.933", "0.5", "0.99"), ("0.5", "0.5", "0.99"), ("0", "0.5", "0.5")]
)
def test_a_search_that_would_creep_from_one_side_arrives(discordant: str, alpha: str, power: str) -> None:
    """A million examples show a difference so small that the far end of the search hardly ever moves."""
    given = D(discordant), D(0), D(1), D(10**6), z_of(D(alpha) / 2), z_of(1 - D(power))
    ours, floats = smallest_paired_difference(*given), smallest_paired_difference(*(float(it) for it in given))
    assert ours == by_hand.least_paired(*given)
    assert near(floats, float(ours), 1e-9)


def test_a_perfect_score_that_is_just_enough_is_the_difference() -> None:
    """With z = 3 and no luck on the other side, nine examples: all of them wrong before, all right after."""
    assert smallest_paired_difference(D(1), D(0), D(1), D(9), D(3), D(1)) == 1
    assert smallest_paired_difference(D(1), D(0), D(1), D(8), D(3), D(1)) is None


# The working.


def traced(value: str, label: str) -> Traced:
    return Traced(D(value), ONE, label=label, origin=Origin("typed"))


def test_a_working_names_its_functions() -> None:
    assert written(root(traced("9", "Nine")), by_label) == "√(Nine)"
    assert written(mcnemar(traced("1", "b"), traced("6", "c")), by_label) == "mcnemar(b, c)"
    assert written(z_of(traced("0.05", "Alpha") / 2), by_label) == "z(Alpha ÷ 2)"
    assert root(traced("9", "Nine")).value == 3
    found: Callable[..., Any] = by_function
    assert found("twice", lambda value: 2 * value, D(4)) == 8


def test_a_root_of_tokens_is_refused() -> None:
    with pytest.raises(UnitError, match="square root of a quantity in token"):
        root(Traced(D(9), TOKENS, label="Tokens"))
