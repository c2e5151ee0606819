"""How many examples a difference needs, and the smallest difference that so many show, against statsmodels."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import (
    samplesize_proportions_2indep_onetail,
)

from calculators.domain import exact_tests
from calculators.domain.statistics import (
    corrected_sample_size,
    independent_sample_size,
    judge_reported_discordance,
    judge_reported_score,
    mcnemar_p_value_formula,
    normal_independent_power,
    normal_paired_power,
    normal_quantile,
    paired_sample_size,
    smallest_independent_difference,
    smallest_paired_difference,
    standard_error,
)
from calculators.engine.answering.formula_text import formula_text, label_in_formula
from calculators.engine.numbers import apply_to_bare_numbers, root
from calculators.engine.numbers.traced import Traced
from calculators.engine.numbers.units import ONE, TOKENS, UnitError
from tests.calculators.evaluating import by_hand
from tests.domain.scores import ALPHAS, SHARES, TUNED, D, near
from tests.runs import as_traced, float_run, known_number, traced_run


@pytest.mark.parametrize(
    ("score_a", "score_b", "power", "needed"),
    [
        ("0.78", "0.89", "0.8", 178),
        ("0.89", "0.94", "0.8", 488),
        ("0.85", "0.94", "0.8", 181),
        ("0.8", "0.9", "0.8", 199),
        ("0.78", "0.89", "0.9", 238),
    ],
)
def test_examples_for_each_version(score_a: str, score_b: str, power: str, needed: int) -> None:
    z_alpha, z_power = normal_quantile(D("0.025")), normal_quantile(1 - D(power))
    assert math.ceil(known_number(independent_sample_size(D(score_a), D(score_b), z_alpha, z_power))) == needed
    assert independent_sample_size(D(score_a), D(score_b), z_alpha, z_power) == independent_sample_size(
        D(score_b), D(score_a), z_alpha, z_power
    )


@TUNED
@given(SHARES, SHARES, ALPHAS, st.sampled_from([D("0.8"), D("0.9"), D("0.6")]))
def test_the_pooled_size_is_where_the_normal_power_is_what_was_asked(
    score_a: Decimal, score_b: Decimal, alpha: Decimal, power: Decimal
) -> None:
    z_alpha, z_power = normal_quantile(alpha / 2), normal_quantile(1 - power)
    needed = independent_sample_size(score_a, score_b, z_alpha, z_power)
    if score_a == score_b:
        assert needed is None
    elif {score_a, score_b} != {D(0), D(1)}:
        assert near(normal_independent_power(score_a, score_b, known_number(needed), z_alpha), float(power), 1e-9)
    if score_a != score_b:
        expected = samplesize_proportions_2indep_onetail(
            float(score_a - score_b),
            float(score_b),
            float(power),
            1,
            float(alpha) / 2,
            0,
            "larger" if score_a > score_b else "smaller",
        )
        assert near(known_number(needed), float(expected), 1e-6)


@pytest.mark.parametrize(
    ("discordant", "difference", "needed"),
    [("0.25", "0.11", 160), ("0.15", "0.11", 95), ("0.09", "0.05", 281), ("0.5", "0.4", 23)],
)
def test_examples_that_both_answer(discordant: str, difference: str, needed: int) -> None:
    """The last is the worked case of the public calculator of Connor's formula at powerandsamplesize.com."""
    size = known_number(
        paired_sample_size(D(discordant), D(difference), normal_quantile(D("0.025")), normal_quantile(D("0.2")))
    )
    assert math.ceil(size) == needed
    assert near(normal_paired_power(D(discordant), D(difference), size, normal_quantile(D("0.025"))), 0.8, 1e-9)


def test_no_difference_has_no_size() -> None:
    assert paired_sample_size(D("0.2"), D(0), normal_quantile(D("0.025")), normal_quantile(D("0.2"))) is None


@pytest.mark.parametrize(("score_a", "score_b"), [("0.78", "0.89"), ("0.8", "0.9"), ("0.3", "0.5")])
def test_the_corrected_size_gives_fishers_test_the_power_asked_for(score_a: str, score_b: str) -> None:
    plain = known_number(
        independent_sample_size(D(score_a), D(score_b), normal_quantile(D("0.025")), normal_quantile(D("0.2")))
    )
    corrected = math.ceil(corrected_sample_size(plain, D(score_b) - D(score_a)))
    powers = [
        exact_tests.exact_fisher_power(D(score_a), D(score_b), examples, D("0.05"))
        for examples in (math.ceil(plain), corrected)
    ]
    assert powers[0] < D("0.79") and abs(powers[1] - D("0.8")) < D("0.015")


def test_standard_errors_and_the_judge() -> None:
    assert near(standard_error(D("0.5"), D(100)), 0.05)
    assert judge_reported_score(D("0.8"), D("0.9")) == D("0.74")
    assert judge_reported_discordance(D(0), D("0.9")) == D("0.18")
    assert judge_reported_discordance(D("0.3"), D(1)) == D("0.3")


ACCURACIES = st.one_of(st.just(D(1)), st.integers(500, 1000).map(lambda part: D(part) / 1000))
SIZES = st.one_of(st.integers(1, 3000), st.sampled_from([1, 20, 10**6])).map(D)


@TUNED
@given(SHARES, st.booleans(), SHARES, ACCURACIES, SIZES, st.sampled_from([D("0.2"), D("0.5"), D("0.01")]))
def test_the_smallest_difference_is_where_the_examples_are_just_enough(
    part: Decimal, relative: bool, baseline: Decimal, accuracy: Decimal, examples: Decimal, tail: Decimal
) -> None:
    shares = (D(0), part) if relative else (part, D(0))
    case = baseline, accuracy, examples, normal_quantile(D("0.025")), normal_quantile(tail)
    for ours, floats, slow in (
        (
            smallest_paired_difference(*shares, *case),
            smallest_paired_difference(*float_run(*shares, *case)),
            by_hand.least_paired(*shares, *case),
        ),
        (
            smallest_independent_difference(*case),
            smallest_independent_difference(*float_run(*case)),
            by_hand.least_independent(*case),
        ),
    ):
        assert ours == slow
        assert (floats is None) == (slow is None)
        if slow is not None:
            assert near(known_number(floats), float(slow), 1e-9)


@pytest.mark.parametrize(
    ("discordant", "alpha", "power"), [("0.933", "0.5", "0.99"), ("0.5", "0.5", "0.99"), ("0", "0.5", "0.5")]
)
def test_a_search_that_would_creep_from_one_side_arrives(discordant: str, alpha: str, power: str) -> None:
    """A million examples show a difference so small that the far end of the search hardly ever moves."""
    case = D(discordant), D(0), D("0.45"), D(1), D(10**6), normal_quantile(D(alpha) / 2), normal_quantile(1 - D(power))
    ours, floats = smallest_paired_difference(*case), smallest_paired_difference(*float_run(*case))
    assert ours == by_hand.least_paired(*case)
    assert near(known_number(floats), float(known_number(ours)), 1e-9)


def test_a_perfect_score_that_is_just_enough_is_the_difference() -> None:
    """With z = 3 and no luck on the other side, nine examples: all of them wrong before, all right after."""
    assert smallest_paired_difference(D(1), D(0), D(0), D(1), D(9), D(3), D(1)) == 1
    assert smallest_paired_difference(D(1), D(0), D(0), D(1), D(8), D(3), D(1)) is None


def traced(number: str, label: str) -> Any:
    """A number without a unit. Any: as `traced_run` says."""
    return traced_run(number, ONE, label)


def test_a_working_names_its_functions() -> None:
    assert formula_text(as_traced(root(traced("9", "Nine"))), label_in_formula) == "√(Nine)"
    assert (
        formula_text(as_traced(mcnemar_p_value_formula(traced("1", "b"), traced("6", "c"))), label_in_formula)
        == "mcnemar(b, c)"
    )
    assert formula_text(as_traced(normal_quantile(traced("0.05", "Alpha") / 2)), label_in_formula) == "z(Alpha ÷ 2)"
    assert as_traced(root(traced("9", "Nine"))).value == 3
    function: Callable[..., Any] = apply_to_bare_numbers
    assert function("twice", lambda number: 2 * number, D(4)) == 8


def test_a_root_of_tokens_is_refused() -> None:
    with pytest.raises(UnitError, match="square root of a quantity in token"):
        root(Traced(D(9), TOKENS, label="Tokens"))
