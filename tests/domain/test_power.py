"""The chance to notice a difference, enumerated and by the normal formulas, against the slow way."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain import exact_tests
from calculators.domain.statistics import (
    EXACT_UP_TO,
    independent_power,
    normal_independent_power,
    normal_paired_power,
    normal_quantile,
    paired_power,
    wrong_pick_chance,
)
from calculators.engine.numbers import root
from tests.calculators.evaluating import by_hand
from tests.domain.scores import ALPHAS, SHARES, TUNED, D, near
from tests.runs import float_run


def test_without_a_differing_example_nothing_is_noticed() -> None:
    assert exact_tests.exact_mcnemar_power(D(0), D(0), 50, D("0.05")) == 0


@settings(TUNED, max_examples=25)
@given(SHARES, SHARES, st.integers(1, EXACT_UP_TO), ALPHAS)
def test_enumerated_chances_are_those_of_the_slow_way(
    score_a: Decimal, score_b: Decimal, examples: int, alpha: Decimal
) -> None:
    """Exactly, to the twelve digits kept; and the float run to nine."""
    count, z = D(examples), normal_quantile(alpha / 2)
    discordant, difference = max(score_a, score_b), min(score_a, score_b)
    for ours, floats, slow in (
        (
            independent_power(score_a, score_b, count, alpha, z),
            independent_power(*float_run(score_a, score_b, count, alpha, z)),
            by_hand.fisher_power(score_a, score_b, examples, alpha),
        ),
        (
            paired_power(discordant, difference, count, alpha, z),
            paired_power(*float_run(discordant, difference, count, alpha, z)),
            by_hand.mcnemar_power(discordant, difference, examples, alpha),
        ),
        (
            wrong_pick_chance(score_a, score_b, count),
            wrong_pick_chance(*float_run(score_a, score_b, count)),
            by_hand.wrong_pick(min(score_a, score_b), max(score_a, score_b), examples),
        ),
    ):
        assert ours == slow
        assert near(floats, float(slow), 1e-9, 1e-13) and isinstance(floats, float)


@pytest.mark.parametrize(
    ("score_a", "score_b"), [("0.78", "0.89"), ("0.5", "0.55"), ("0.85", "0.87"), ("0.02", "0.08")]
)
def test_beyond_the_largest_enumeration_the_corrected_formula_is_close(score_a: str, score_b: str) -> None:
    """Within four points of the truth just beyond it, and within two at 500 examples."""
    alpha, z = D("0.05"), normal_quantile(D("0.025"))
    low, high = D(score_a), D(score_b)
    for examples, most in ((EXACT_UP_TO + 1, D("0.04")), (500, D("0.02"))):
        count = D(int(examples))
        exact = exact_tests.exact_fisher_power(low, high, int(examples), alpha)
        assert abs(independent_power(low, high, count, alpha, z) - exact) < most
        discordant = max(high - low, D("0.1"))
        exact = exact_tests.exact_mcnemar_power(discordant, high - low, int(examples), alpha)
        assert abs(paired_power(discordant, high - low, count, alpha, z) - exact) < most
        exact = exact_tests.exact_wrong_pick(low, high, int(examples))
        assert abs(wrong_pick_chance(low, high, count) - exact) < D("0.002")


@pytest.mark.parametrize(("examples", "higher"), [(200, "0.6"), (201, "0.6"), (10**7, "0.5005")])
def test_two_hundred_examples_are_enumerated_and_more_are_not(examples: int, higher: str) -> None:
    """Beyond that it is the normal formula with its correction for whole steps: ten million take no longer."""
    score_a, score_b, discordant, alpha, z = D("0.5"), D(higher), D("0.3"), D("0.05"), normal_quantile(D("0.025"))
    gain, differ, steps = float(score_b - score_a), float(discordant), math.sqrt(examples)
    mean = float(score_a) + gain / 2
    spread = math.sqrt(0.25 + float(score_b * (1 - score_b)))
    excess = gain * steps - 1 / steps
    for ours, enumerated, deviations in (
        (
            independent_power(score_a, score_b, D(examples), alpha, z),
            by_hand.fisher_power(score_a, score_b, examples, alpha),
            (excess - float(z) * math.sqrt(2 * mean * (1 - mean))) / spread,
        ),
        (
            paired_power(discordant, score_b - score_a, D(examples), alpha, z),
            by_hand.mcnemar_power(discordant, score_b - score_a, examples, alpha),
            (excess - float(z) * math.sqrt(differ)) / math.sqrt(differ - gain**2),
        ),
        (
            wrong_pick_chance(score_a, score_b, D(examples)),
            by_hand.wrong_pick(score_a, score_b, examples),
            (0.5 / steps - gain * steps) / spread,
        ),
    ):
        assert (enumerated is None) == (examples > 200)
        assert near(ours, float(scipy.stats.norm.cdf(deviations) if enumerated is None else enumerated))


def test_the_correction_makes_the_formulas_more_careful() -> None:
    z, count = normal_quantile(D("0.025")), D(300)
    step = 1 / root(count)
    assert normal_independent_power(D("0.7"), D("0.8"), count, z, step) < normal_independent_power(
        D("0.7"), D("0.8"), count, z
    )
    assert normal_paired_power(D("0.2"), D("0.05"), count, z, step) < normal_paired_power(D("0.2"), D("0.05"), count, z)


def test_where_nothing_varies_all_or_nothing_is_noticed() -> None:
    """A version that never fails against one that never succeeds, and two that never fail."""
    z = normal_quantile(D("0.025"))
    assert normal_independent_power(D(0), D(1), D(100), z) == 1
    assert normal_independent_power(D(1), D(1), D(100), z) == 0
    assert normal_paired_power(D(0), D(0), D(100), z) == 0
    assert wrong_pick_chance(D(1), D(1), D(1000)) == 1
    assert wrong_pick_chance(D(0), D(1), D(1000)) == 0
