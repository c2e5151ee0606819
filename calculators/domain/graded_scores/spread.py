"""Sums, means and spreads of scores in floats, the same in every version of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import log, sqrt

from calculators.domain.exact_tests import exact_sign_flip_p_value
from calculators.domain.exact_tests.sign_flips import DIGITS
from calculators.domain.statistics import student_tail
from calculators.engine.numbers import Number, sum_of_numbers

NOTHING: Number = None  # type: ignore[assignment]  # where there is no figure, a formula has no number


def sum_of_scores(numbers: Iterable[float]) -> float:
    """The sum of floats from left to right, which is the same in every version of Python."""
    return float(sum_of_numbers(numbers))


def mean_of_scores(scores: Sequence[float]) -> float:
    """The mean; there is at least one score."""
    return sum_of_scores(scores) / len(scores)


def score_differences(before: Iterable[float], after: Iterable[float]) -> tuple[float, ...]:
    """The second less the first, to as many decimals as ties are looked for.

    >>> score_differences([0.2], [0.3])
    (0.1,)
    """
    return tuple(round(second - first, DIGITS) for first, second in zip(before, after, strict=True))


def score_spread(scores: Sequence[float]) -> float:
    """The standard deviation of a sample; 0 for fewer than two.

    >>> score_spread((0.0, 1.0, 0.5))
    0.5
    """
    count = len(scores)
    if count <= 1 or min(scores) == max(scores):
        return 0.0
    mean = mean_of_scores(scores)
    return sqrt(sum_of_scores((score - mean) ** 2 for score in scores) / (count - 1))


def score_difference_p_value(differences: Sequence[float]) -> float:
    """The two-sided p-value of paired differences: the exact sign-flip test, or the paired t-test where they are many.

    Smucker, Allan and Carterette 2007 found that both agree on rankings. Without any difference it is 1.
    """
    exact = exact_sign_flip_p_value(differences)
    return float(exact) if exact is not None else paired_t_p_value(differences)


def paired_t_p_value(differences: Sequence[float]) -> float:
    """The two-sided p-value of the paired t-test, for two differences or more that are not all equal."""
    error = score_spread(differences) / sqrt(len(differences))
    return 2 * student_tail(abs(mean_of_scores(differences)) / error, len(differences) - 1)


def hoeffding_half_width(cases: int, alpha: float, width: float) -> float:
    """Half of an interval that holds whatever the spread of bounded scores is, for where none shows (Hoeffding 1963).

    `width` is that of the scale: 1 for scores from 0 to 1, and 2 for the differences between two of them.
    """
    return width * sqrt(log(2 / alpha) / (2 * cases))


def score_as_run_number(sample: Number, figure: float | None) -> Number:
    """A figure rounded to 12 digits, as the kind of number that the run is on; None stays None.

    >>> score_as_run_number(Decimal(1), 0.1)
    Decimal('0.1')
    """
    if figure is None:
        return NOTHING
    text = f"{figure:.11e}"
    if not isinstance(sample, Decimal):
        return float(text)
    return Decimal(f"{Decimal(text).normalize():f}")
