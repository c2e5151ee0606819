"""Quantiles and intervals against scipy and statsmodels, over random inputs and at their edges."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from calculators.domain import exact_tests
from calculators.domain.statistics import (
    newcombe_interval,
    newcombe_pair_correlation,
    normal_quantile,
    normal_share_below,
    wilson_interval,
)
from tests.domain.scores import ALPHAS, TUNED, D, near, samples


def proportions() -> Any:
    """The module of statsmodels, which takes a second to import."""
    from statsmodels.stats import proportion

    return proportion


@TUNED
@given(st.integers(1, 10**6 - 1).map(lambda part: D(part) / 10**6))
def test_quantiles_are_those_of_scipy_to_eleven_digits(tail: Decimal) -> None:
    assert near(normal_quantile(tail), float(scipy.stats.norm.isf(float(tail))), 1e-11)
    assert near(normal_share_below(normal_quantile(tail)), 1 - float(tail), 1e-10)


def test_a_quantile_and_a_share_have_twelve_digits_and_refuse_what_is_no_tail() -> None:
    for number in (normal_quantile(D("0.025")), normal_share_below(D("1.2345"))):
        assert len(number.as_tuple().digits) == 12
    for tail in (D(0), D(1), D(-1), D(2)):
        with pytest.raises(InvalidOperation):
            normal_quantile(tail)


def test_a_float_and_a_decimal_of_one_value_keep_apart() -> None:
    """They are equal and hash alike, so that a memory of results could mix them up."""
    of_one: list[Callable[[Any], object]] = [normal_quantile, normal_share_below]
    of_three: list[Callable[[Any, Any, Any], object]] = [
        exact_tests.exact_wrong_pick,
        lambda p, q, n: exact_tests.exact_fisher_power(p, q, n, p),
    ]
    for first, second in ((0.25, D("0.25")), (D("0.125"), 0.125)):
        for function in of_one:
            assert [type(function(number)) for number in (first, second)] == [type(first), type(second)]
        for power in of_three:
            assert [type(power(number, number * 2, 12)) for number in (first, second)] == [type(first), type(second)]


@TUNED
@given(samples(), ALPHAS)
def test_wilson(sample: tuple[int, int], alpha: Decimal) -> None:
    right, examples = sample
    ours = wilson_interval(D(right), D(examples), normal_quantile(alpha / 2))
    low, high = proportions().proportion_confint(right, examples, float(alpha), method="wilson")
    assert near(ours.low, low, 1e-9, 1e-11) and near(ours.high, high, 1e-9, 1e-11)
    assert 0 <= ours.low <= ours.likely <= ours.high <= 1
    assert ours.high > ours.low, "no score is certain"


@pytest.mark.parametrize("kind", [D, float])
def test_no_rounding_leaves_the_scores_that_there_are(kind: type) -> None:
    """All right or none, where the interval ends at the very edge."""
    for examples in range(1, 200):
        for tail in range(1, 60):
            none, every = (
                wilson_interval(kind(right), kind(examples), normal_quantile(kind(tail) / 1000))
                for right in (0, examples)
            )
            assert none.low >= 0 and every.high <= 1


def test_wilson_without_examples_says_nothing() -> None:
    nothing = wilson_interval(D(0), D(0), normal_quantile(D("0.025")))
    assert (nothing.low, nothing.likely, nothing.high) == (0, None, 1)


@TUNED
@given(samples(), samples(), ALPHAS)
def test_newcombe_of_independent_samples(a: tuple[int, int], b: tuple[int, int], alpha: Decimal) -> None:
    low, high = newcombe_interval(D(a[0]), D(a[1]), D(b[0]), D(b[1]), normal_quantile(alpha / 2))
    expected = proportions().confint_proportions_2indep(
        b[0], b[1], a[0], a[1], method="newcomb", compare="diff", alpha=float(alpha)
    )
    assert near(low, expected[0], 1e-9, 1e-11) and near(high, expected[1], 1e-9, 1e-11)
    assert -1 <= low <= high <= 1


def paired_interval(both_right: int, only_a: int, only_b: int, both_wrong: int, alpha: str = "0.05") -> tuple[Any, Any]:
    """Newcombe's interval of B minus A for paired results."""
    four = [D(count) for count in (both_right, only_a, only_b, both_wrong)]
    examples, right_a, right_b = sum(four, D(0)), four[0] + four[1], four[0] + four[2]
    return newcombe_interval(
        right_a, examples, right_b, examples, normal_quantile(D(alpha) / 2), newcombe_pair_correlation(*four)
    )


def by_formula(both_right: int, only_a: int, only_b: int, both_wrong: int) -> tuple[float, float]:
    """Newcombe 1998, method 10, in floats and from statsmodels' Wilson intervals."""
    n = both_right + only_a + only_b + both_wrong
    right_b, right_a = both_right + only_b, both_right + only_a
    p, q = right_b / n, right_a / n
    (low_p, high_p), (low_q, high_q) = (
        proportions().proportion_confint(right, n, method="wilson") for right in (right_b, right_a)
    )
    product = right_b * (n - right_b) * right_a * (n - right_a)
    crossed: float = both_right * both_wrong - only_a * only_b
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
    low, high = newcombe_interval(D(1), D(34), D(7), D(34), normal_quantile(D("0.025")))
    assert (round(low, 4), round(high, 4)) == (D("0.0189"), D("0.3404"))


COUNT = st.integers(0, 60)


@TUNED
@given(COUNT, COUNT, COUNT, COUNT)
def test_newcombe_of_paired_results(both_right: int, only_a: int, only_b: int, both_wrong: int) -> None:
    four = both_right, only_a, only_b, both_wrong
    if sum(four):
        low, high = paired_interval(*four)
        expected = by_formula(*four)
        assert near(low, expected[0], 1e-7, 1e-9) and near(high, expected[1], 1e-7, 1e-9)
        assert high > low, "no difference is certain"


@pytest.mark.parametrize(
    "four", [(20, 0, 0, 0), (0, 0, 0, 20), (15, 5, 0, 0), (0, 5, 0, 15), (12, 0, 8, 0), (0, 0, 8, 12)]
)
def test_newcombe_where_one_version_is_always_right_or_always_wrong(four: tuple[int, int, int, int]) -> None:
    """Nothing goes together with what never varies."""
    low, high = paired_interval(*four)
    expected = by_formula(*four)
    assert near(low, expected[0], 1e-7, 1e-9) and near(high, expected[1], 1e-7, 1e-9)
