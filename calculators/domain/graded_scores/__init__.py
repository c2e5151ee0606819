"""Graded scores, such as 0.7 or 4 of 5: paired differences, repeated runs of a case, several versions, and power.

These functions take and give plain floats, rounded where they enter a formula. Ties, zeros and "as far as" hang on
differences that are rounded to 12 decimals first.
"""

from calculators.domain.graded_scores.clusters import (
    VarianceSplit,
    clustered_difference_variance,
    clustered_p_value,
    clustered_score_sums,
    clustered_standard_error,
    clustered_t_p_value,
    clustered_variance_split,
)
from calculators.domain.graded_scores.formulas import (
    best_runs_formula,
    hoeffding_formula,
    noticed_difference_formula,
    paired_interval_cases_formula,
    paired_t_cases_formula,
    paired_t_power_formula,
    two_sample_interval_cases_formula,
    two_sample_t_cases_formula,
    two_sample_t_power_formula,
)
from calculators.domain.graded_scores.resampling import bootstrap_interval, bootstrap_means
from calculators.domain.graded_scores.several_versions import cochran_q, holm_p_values, luck_of_the_best
from calculators.domain.graded_scores.shared_flips import shared_flip_p_values
from calculators.domain.graded_scores.signed_ranks import SignedRanks, signed_rank_test
from calculators.domain.graded_scores.spread import (
    NOTHING,
    hoeffding_half_width,
    mean_of_scores,
    paired_t_p_value,
    score_as_run_number,
    score_difference_p_value,
    score_differences,
    score_spread,
    sum_of_scores,
)

__all__ = [
    "NOTHING",
    "SignedRanks",
    "VarianceSplit",
    "best_runs_formula",
    "bootstrap_interval",
    "bootstrap_means",
    "clustered_difference_variance",
    "clustered_p_value",
    "clustered_score_sums",
    "clustered_standard_error",
    "clustered_t_p_value",
    "clustered_variance_split",
    "cochran_q",
    "hoeffding_formula",
    "hoeffding_half_width",
    "holm_p_values",
    "luck_of_the_best",
    "mean_of_scores",
    "noticed_difference_formula",
    "paired_interval_cases_formula",
    "paired_t_cases_formula",
    "paired_t_p_value",
    "paired_t_power_formula",
    "score_as_run_number",
    "score_difference_p_value",
    "score_differences",
    "score_spread",
    "shared_flip_p_values",
    "signed_rank_test",
    "sum_of_scores",
    "two_sample_interval_cases_formula",
    "two_sample_t_cases_formula",
    "two_sample_t_power_formula",
]
