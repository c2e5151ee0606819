"""Student's t distribution and the sign-flip test, against scipy, slow sums, and every outcome counted."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import product
from statistics import mean, stdev

import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from calculators.domain.exact_tests import exact_mcnemar_p_value, exact_sign_flip_p_value
from calculators.domain.exact_tests.sign_flips import EXACT_FLIPS
from calculators.domain.statistics import student_quantile, student_tail
from tests.calculators.evaluating import by_hand
from tests.domain.scores import TUNED, D, near


@TUNED
@given(st.integers(1, 400), st.sampled_from(["0.25", "0.1", "0.05", "0.025", "0.0005", "0.00000025"]))
def test_quantiles(freedom: int, tail: str) -> None:
    ours = student_quantile(D(tail), D(freedom))
    assert ours == by_hand.student(D(tail), D(freedom))
    if freedom > 2:  # scipy loses digits in the far tails of the widest ones
        assert near(ours, scipy.stats.t.isf(float(tail), freedom), 1e-10)
    assert student_quantile(float(tail), float(freedom)) == float(ours)  # type: ignore[arg-type]


@pytest.mark.parametrize("freedom", [3000, 3001, 20_000, 999_999])
@pytest.mark.parametrize("tail", ["0.25", "0.025", "0.0005", "0.0000005"])
def test_quantiles_of_very_many_degrees_of_freedom(freedom: int, tail: str) -> None:
    ours = student_quantile(D(tail), D(freedom))
    assert near(ours, scipy.stats.t.isf(float(tail), freedom), 1e-11)
    assert ours == by_hand.student(D(tail), D(freedom))


def test_quantiles_of_a_table() -> None:
    """The columns for 95% and 99% of any printed table of t."""
    printed = {
        1: ("12.706", "63.657"),
        5: ("2.571", "4.032"),
        10: ("2.228", "3.169"),
        30: ("2.042", "2.750"),
        120: ("1.980", "2.617"),
    }
    for freedom, columns in printed.items():
        for tail, column in zip(("0.025", "0.005"), columns, strict=True):
            assert abs(student_quantile(D(tail), D(freedom)) - D(column)) <= D("0.0005")


@TUNED
@given(st.integers(1, 1000), st.floats(1e-4, 50))
def test_tails(freedom: int, deviation: float) -> None:
    assert near(student_tail(deviation, freedom), scipy.stats.t.sf(deviation, freedom), 1e-9)
    assert student_tail(0.0, freedom) == 0.5


@pytest.mark.parametrize(("tail", "freedom"), [("0", 5), ("0.5", 5), ("-0.1", 5), ("0.1", 0)])
def test_there_is_no_quantile_outside(tail: str, freedom: int) -> None:
    with pytest.raises(InvalidOperation, match="t has no quantile"):
        student_quantile(D(tail), D(freedom))


def flipped(differences: list[float]) -> Decimal:
    """The p-value with every way to flip the signs written out."""
    whole = [round(difference * 10**12) for difference in differences]
    sums = [
        abs(sum(sign * step for sign, step in zip(signs, whole, strict=True)))
        for signs in product((1, -1), repeat=len(whole))
    ]
    return D(len([total for total in sums if total >= abs(sum(whole))])) / D(len(sums))


@TUNED
@given(st.lists(st.sampled_from([-1.0, -0.5, -1 / 3, -0.1, 0.0, 0.1, 0.2, 1 / 3, 0.5, 1.0]), max_size=11))
def test_flips(differences: list[float]) -> None:
    ours = exact_sign_flip_p_value(differences)
    assert ours is not None and near(ours, float(flipped(differences)), 1e-12)


@pytest.mark.parametrize("kind", ["up", "level"])
def test_digits_of_a_float_break_no_tie(kind: str) -> None:
    """0.3 - 0.2 and 0.1 are one step."""
    differences = [0.3 - 0.2, 0.1, 0.2] if kind == "up" else [0.3 - 0.2, 0.1, -0.2]
    assert exact_sign_flip_p_value(differences) == (D("0.25") if kind == "up" else 1)


@pytest.mark.parametrize(("up", "down"), [(0, 0), (6, 1), (70, 30), (500, 500)])
def test_steps_of_one_size_are_coins(up: int, down: int) -> None:
    differences = [0.25] * up + [-0.25] * down + [0.0] * 9
    assert exact_sign_flip_p_value(differences) == exact_mcnemar_p_value(down, up)


def test_many_unlike_steps_are_not_counted() -> None:
    differences = [0.5, *[0.25] * EXACT_FLIPS]
    assert exact_sign_flip_p_value(differences) is None
    assert exact_sign_flip_p_value(differences[1:]) is not None


def test_the_flips_of_many_steps_come_near_the_t_test() -> None:
    differences = [0.02 * place - 0.2 for place in range(EXACT_FLIPS)]
    deviation = mean(differences) / stdev(differences) * len(differences) ** 0.5
    assert abs(float(exact_sign_flip_p_value(differences) or 0) - 2 * student_tail(deviation, EXACT_FLIPS - 1)) < 0.005
