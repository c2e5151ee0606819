"""Exact tests on counts, and their power, by adding up every outcome.

These functions take and give plain numbers: counts as whole numbers, shares as Decimals or floats; their types name the
exact kind. A p-value is an exact fraction, rounded once to 28 digits. A power is a sum of products of decimals, rounded
to 12 digits, which hides the order of its additions. `statistics` lends them to formulas.
"""

from calculators.domain.exact_tests.binomials import binomial_distribution
from calculators.domain.exact_tests.p_values import (
    exact_binomial_p_value,
    exact_fisher_p_value,
    exact_mcnemar_p_value,
)
from calculators.domain.exact_tests.pairs import exact_mcnemar_power, exact_mcnemar_steps
from calculators.domain.exact_tests.proportions import exact_clopper_pearson_high, exact_clopper_pearson_low
from calculators.domain.exact_tests.samples import exact_fisher_limits, exact_fisher_power, exact_wrong_pick
from calculators.domain.exact_tests.sign_flips import exact_sign_flip_p_value, is_flipped_exactly
from calculators.domain.exact_tests.strata import exact_stratified_p_value

__all__ = [
    "binomial_distribution",
    "exact_binomial_p_value",
    "exact_clopper_pearson_high",
    "exact_clopper_pearson_low",
    "exact_fisher_limits",
    "exact_fisher_p_value",
    "exact_fisher_power",
    "exact_mcnemar_p_value",
    "exact_mcnemar_power",
    "exact_mcnemar_steps",
    "exact_sign_flip_p_value",
    "exact_stratified_p_value",
    "exact_wrong_pick",
    "is_flipped_exactly",
]
