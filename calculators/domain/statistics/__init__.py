"""Statistics of right and wrong answers, as formulas: intervals, numbers of examples, power.

Each function works on exact, traced and float numbers alike. Scores are shares from 0 to 1; `z` is a quantile of the
normal distribution. What is written in a formula's own working is computed here; whole enumerations are lent by
`exact_tests`, and a working shows them as a named function of their inputs.
"""

from calculators.domain.statistics.intervals import newcombe_interval, newcombe_pair_correlation, wilson_interval
from calculators.domain.statistics.judge import judge_reported_discordance, judge_reported_score
from calculators.domain.statistics.normal import normal_quantile, normal_share_below
from calculators.domain.statistics.p_value_formulas import (
    binomial_p_value_formula,
    clopper_pearson_high_formula,
    clopper_pearson_low_formula,
    fisher_p_value_formula,
    mcnemar_p_value_formula,
    p_value_formula_count,
    stratified_p_value_formula,
)
from calculators.domain.statistics.power import (
    EXACT_UP_TO,
    independent_power,
    normal_independent_power,
    normal_paired_power,
    paired_power,
)
from calculators.domain.statistics.precision import (
    cluster_design_effect,
    independent_interval_size,
    paired_interval_size,
)
from calculators.domain.statistics.sample_sizes import (
    absolute_score_difference,
    corrected_sample_size,
    independent_sample_size,
    largest_discordance,
    paired_sample_size,
    standard_error,
    unequal_sample_size,
    unrelated_discordance,
    wald_interval_size,
    wilson_interval_size,
)
from calculators.domain.statistics.smallest_difference import (
    smallest_independent_difference,
    smallest_paired_difference,
)
from calculators.domain.statistics.student import student_quantile, student_tail
from calculators.domain.statistics.wrong_pick import wrong_pick_chance

__all__ = [
    "EXACT_UP_TO",
    "absolute_score_difference",
    "binomial_p_value_formula",
    "clopper_pearson_high_formula",
    "clopper_pearson_low_formula",
    "cluster_design_effect",
    "corrected_sample_size",
    "fisher_p_value_formula",
    "independent_interval_size",
    "independent_power",
    "independent_sample_size",
    "judge_reported_discordance",
    "judge_reported_score",
    "largest_discordance",
    "mcnemar_p_value_formula",
    "newcombe_interval",
    "newcombe_pair_correlation",
    "normal_independent_power",
    "normal_paired_power",
    "normal_quantile",
    "normal_share_below",
    "p_value_formula_count",
    "paired_interval_size",
    "paired_power",
    "paired_sample_size",
    "smallest_independent_difference",
    "smallest_paired_difference",
    "standard_error",
    "stratified_p_value_formula",
    "student_quantile",
    "student_tail",
    "unequal_sample_size",
    "unrelated_discordance",
    "wald_interval_size",
    "wilson_interval",
    "wilson_interval_size",
    "wrong_pick_chance",
]
