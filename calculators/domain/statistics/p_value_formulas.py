"""Exact p-values and exact intervals as formulas, and the counts that go into them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from calculators.domain import exact_tests
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import Number, Share, apply_to_bare_numbers, is_traced, untraced_whole_number
from calculators.engine.numbers.traced import Origin, Traced


def p_value_formula_count(label: str, number: int, like: Number, origin: str = "typed") -> Number:
    """A number of examples as the kind of number that `like` is: counted in what the reader typed, or a `constant`."""
    if is_traced(like):
        return Traced(Decimal(number), EXAMPLE_COUNT, label=label, origin=Origin(origin))  # type: ignore[return-value]
    return untraced_whole_number(number, like)


def mcnemar_p_value_formula(only_a: Number, only_b: Number) -> Share:
    """The p-value of McNemar's exact test, two-sided."""
    return apply_to_bare_numbers(
        "mcnemar",
        lambda a, b: _p_value_as_run_number(a, exact_tests.exact_mcnemar_p_value(int(a), int(b))),
        only_a,
        only_b,
    )


def fisher_p_value_formula(right_a: Number, examples_a: Number, right_b: Number, examples_b: Number) -> Share:
    """The p-value of Fisher's exact test, two-sided."""

    def p_value(*counts: Number) -> Share:
        return _p_value_as_run_number(counts[0], exact_tests.exact_fisher_p_value(*(int(count) for count in counts)))

    return apply_to_bare_numbers("fisher", p_value, right_a, examples_a, right_b, examples_b)


def binomial_p_value_formula(successes: Number, trials: Number, share: Share) -> Share:
    """The p-value of the binomial test against a share, two-sided."""

    def p_value(*operands: Number) -> Share:
        counts = int(operands[0]), int(operands[1])
        return _p_value_as_run_number(
            operands[0], exact_tests.exact_binomial_p_value(*counts, Fraction(_p_value_formula_decimal(operands[2])))
        )

    return apply_to_bare_numbers("binomial", p_value, successes, trials, share)


def stratified_p_value_formula(strata: Sequence[tuple[Number, Number, Number, Number]]) -> Share:
    """The p-value of the exact test on two groups within strata: successes and size of one group, then of the other."""

    def p_value(*counts: Number) -> Share:
        whole = [int(count) for count in counts]
        by_stratum = tuple(
            (whole[place], whole[place + 1], whole[place + 2], whole[place + 3])
            for place in range(0, len(whole), _COUNTS_OF_A_STRATUM)
        )
        return _p_value_as_run_number(counts[0], exact_tests.exact_stratified_p_value(by_stratum))

    return apply_to_bare_numbers("stratified", p_value, *(count for stratum in strata for count in stratum))


_COUNTS_OF_A_STRATUM = 4


def clopper_pearson_low_formula(successes: Number, trials: Number, tail: Share) -> Share:
    """The lower end of the exact interval of a proportion."""

    def low(*operands: Number) -> Share:
        counts = int(operands[0]), int(operands[1])
        return _p_value_as_run_number(
            operands[0], exact_tests.exact_clopper_pearson_low(*counts, _p_value_formula_decimal(operands[2]))
        )

    return apply_to_bare_numbers("clopper low", low, successes, trials, tail)


def clopper_pearson_high_formula(successes: Number, trials: Number, tail: Share) -> Share:
    """The upper end of the exact interval of a proportion."""

    def high(*operands: Number) -> Share:
        counts = int(operands[0]), int(operands[1])
        return _p_value_as_run_number(
            operands[0], exact_tests.exact_clopper_pearson_high(*counts, _p_value_formula_decimal(operands[2]))
        )

    return apply_to_bare_numbers("clopper high", high, successes, trials, tail)


def _p_value_formula_decimal(share: Share) -> Decimal:
    """A share as an exact Decimal; that of a float run with the digits that a person would write."""
    return Decimal(str(share))


def _p_value_as_run_number(sample: Number, p_value: Decimal) -> Share:
    """An exact result as the kind of number that the run is on."""
    if isinstance(sample, float):
        return float(p_value)
    return p_value
