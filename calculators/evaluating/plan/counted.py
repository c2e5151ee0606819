"""The plan of a test of right and wrong answers: McNemar's test for the same examples, Fisher's for separate ones."""

from __future__ import annotations

from calculators.domain.statistics import (
    corrected_sample_size,
    independent_interval_size,
    independent_power,
    independent_sample_size,
    normal_independent_power,
    normal_paired_power,
    paired_interval_size,
    paired_power,
    paired_sample_size,
    smallest_independent_difference,
    smallest_paired_difference,
    standard_error,
    unequal_sample_size,
    wilson_interval,
    wrong_pick_chance,
)
from calculators.engine.numbers import Number, choose, either_of, is_known_number, known, quotient
from calculators.evaluating.plan.clusters import EvaluationClusters
from calculators.evaluating.plan.design import Design
from calculators.evaluating.plan.graded import COUNTED_ONLY, GRADED_ONLY, OF_SCORES, OF_WIDTH, Measures
from calculators.evaluating.plan.inputs import Inputs


def planned_counted_measures(i: Inputs, design: Design, clusters: EvaluationClusters) -> Measures:
    """What the difference needs, and what the reader's examples show."""
    worth, examples = clusters.worth(i.examples), clusters.whole_worth(i.examples)
    unrounded = independent_sample_size(design.baseline, design.expected, design.z_alpha, design.z_power)
    paired = paired_sample_size(design.discordant, design.difference, design.z_alpha, design.z_power)
    per_arm = clusters.needed(unrounded)
    old = unequal_sample_size(design.baseline, design.expected, i.ratio, design.z_alpha, design.z_power)
    old, new = clusters.of_both(choose(i.ratio == 1, None, old), i.ratio)
    corrected = None
    if per_arm is not None and unrounded is not None:
        corrected = clusters.needed(corrected_sample_size(unrounded, design.difference))
    interval = wilson_interval(design.baseline * worth, worth, design.z_alpha)
    smallest_difference = smallest_paired_difference(
        design.fixed_discordance,
        design.discordance_ratio,
        i.baseline,
        i.judge_accuracy,
        examples,
        design.z_alpha,
        design.z_power,
    )
    width = _planned_counted_width_measures(i, design, clusters)
    measures: dict[str, Number | None] = {
        "paired_sample_size": clusters.needed(paired),
        "sample_size_per_arm": per_arm,
        "sample_size_old": old,
        "sample_size_new": new,
        "paired_power": paired_power(design.discordant, design.difference, examples, design.alpha, design.z_alpha),
        "independent_power": independent_power(
            design.baseline, design.expected, examples, design.alpha, design.z_alpha
        ),
        "smallest_difference": smallest_difference,
        "wrong_pick": wrong_pick_chance(design.baseline, design.expected, examples),
        "score_low": interval.low,
        "score_high": interval.high,
        "standard_error": standard_error(design.baseline, worth),
        "granularity": quotient(1, i.examples),
        "smallest_independent_difference": smallest_independent_difference(
            i.baseline, i.judge_accuracy, examples, design.z_alpha, design.z_power
        ),
        "paired_sample_size_unrounded": paired,
        "sample_size_per_arm_unrounded": unrounded,
        "sample_size_per_arm_fisher": corrected,
        "paired_power_normal": normal_paired_power(design.discordant, design.difference, examples, design.z_alpha),
        "independent_power_normal": normal_independent_power(
            design.baseline, design.expected, examples, design.z_alpha
        ),
        "discordant_share": design.differ,
        "discordant_unrelated": design.unrelated,
        **width,
        **dict.fromkeys(GRADED_ONLY),
    }
    graded = either_of(known(i.score_sd), known(i.difference_sd))
    for name in (*COUNTED_ONLY, *OF_SCORES):
        measures[name] = choose(graded, None, measures[name])  # the working tells the answers that leave them out
    return dict(measures)


def _planned_counted_width_measures(i: Inputs, design: Design, clusters: EvaluationClusters) -> Measures:
    """The examples that an interval of the reader's width takes; nothing where none is asked for."""
    if not is_known_number(i.width):
        return dict.fromkeys(OF_WIDTH)
    paired = paired_interval_size(design.discordant, design.difference, i.width, design.z_alpha)
    apart = independent_interval_size(design.baseline, design.expected, i.ratio, i.width, design.z_alpha)
    sizes = clusters.needed(paired), *clusters.of_both(apart, i.ratio)
    return dict(zip(OF_WIDTH, sizes, strict=True))
