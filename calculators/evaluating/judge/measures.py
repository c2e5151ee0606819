"""The figures of the check: agreement, what the judge's pass rate is worth, and labels to collect."""

from __future__ import annotations

from calculators.domain.agreement import (
    Confusion,
    cohen_kappa,
    corrected_rate_delta_error,
    corrected_rate_interval,
    corrected_rate_labels,
    gwet_ac1,
    matthews_correlation,
    prediction_powered_error,
    prediction_powered_rate,
    rogan_gladen_rate,
)
from calculators.domain.statistics import (
    binomial_p_value_formula,
    clopper_pearson_high_formula,
    clopper_pearson_low_formula,
    mcnemar_p_value_formula,
    wald_interval_size,
    wilson_interval,
    wilson_interval_size,
)
from calculators.engine.declare import OutputValue, Range, later
from calculators.engine.numbers import (
    Number,
    Share,
    bare_value,
    ceil,
    choose,
    is_known_number,
    largest,
    named,
    quotient,
    smallest,
    sum_of_numbers,
)
from calculators.evaluating.judge.inputs import Inputs
from calculators.evaluating.judge.tally import JudgeTally

Measures = dict[str, OutputValue]
"""Some of the outputs, by name."""


def judge_two_label_measures(i: Inputs, tally: JudgeTally) -> Measures:
    """What people's and the judge's labels of the same answers say about the judge."""
    counts, z, tail = tally.counts, tally.z, tally.tail
    good, bad = counts.people_pass, counts.people_fail
    sensitivity = wilson_interval(counts.both_pass, good, z)
    specificity = wilson_interval(counts.both_fail, bad, z)
    kappa = cohen_kappa(tally.cells)
    cases = named("Answers labeled by both", sum_of_numbers(count for _, _, count in tally.cells))
    same = named("Same label", sum_of_numbers(count for person, judge, count in tally.cells if person == judge))
    agreement = wilson_interval(same, cases, z)
    youden = None
    if is_known_number(sensitivity.likely) and is_known_number(specificity.likely):
        youden = sensitivity.likely + specificity.likely - 1
    return {
        "sensitivity": sensitivity,
        "specificity": specificity,
        "agreement": agreement,
        "kappa": _judge_kappa_range(kappa.kappa, kappa.standard_error, kappa.chance, agreement, z),
        "sensitivity_p_value": later(lambda: _judge_p_value_against_bar(counts.both_pass, good, i.bar)),
        "specificity_p_value": later(lambda: _judge_p_value_against_bar(counts.both_fail, bad, i.bar)),
        "sensitivity_margin": _judge_above_bar(sensitivity.likely, i.bar),
        "specificity_margin": _judge_above_bar(specificity.likely, i.bar),
        "lean_p_value": mcnemar_p_value_formula(counts.only_people, counts.only_judge),
        "sensitivity_exact_low": later(lambda: clopper_pearson_low_formula(counts.both_pass, good, tail)),
        "sensitivity_exact_high": later(lambda: clopper_pearson_high_formula(counts.both_pass, good, tail)),
        "specificity_exact_low": later(lambda: clopper_pearson_low_formula(counts.both_fail, bad, tail)),
        "specificity_exact_high": later(lambda: clopper_pearson_high_formula(counts.both_fail, bad, tail)),
        "kappa_error": kappa.standard_error,
        "ac1": gwet_ac1(tally.cells),
        "accuracy": kappa.agreement,
        "precision": quotient(counts.both_pass, counts.judge_pass, None),
        "negative_predictive": quotient(counts.both_fail, counts.judge_fail, None),
        "f1": quotient(2 * counts.both_pass, good + counts.judge_pass, None),
        "balanced_accuracy": None if youden is None else (youden + 1) / 2,
        "youden": youden,
        "matthews": matthews_correlation(counts),
    }


def _judge_p_value_against_bar(right: Number, answers: Number, bar: Share) -> Share | None:
    """The p-value of a share against the bar; None without answers. It jumps from count to count."""
    return choose(answers <= 0, None, binomial_p_value_formula(right, answers, bar))


def _judge_above_bar(share: Share | None, bar: Share) -> Share | None:
    """How far a share lies above the bar."""
    return share - bar if is_known_number(share) else None


def _judge_kappa_of_agreement(agreement: Share, chance: Number) -> Number:
    """Kappa for a share of cases with the same label; not for a chance of 1."""
    return (agreement - chance) / (1 - chance)


def _judge_kappa_range(
    kappa: Number | None, error: Number | None, chance: Number, agreement: Range, z: Number
) -> Range:
    """Kappa with its normal interval. Where that has no width, it follows from that of the raw agreement."""
    if not is_known_number(kappa) or not is_known_number(error):
        return Range(0 * z - 1, None, 0 * z + 1)
    low = choose(error > 0, kappa - z * error, _judge_kappa_of_agreement(agreement.low, chance))
    high = choose(error > 0, kappa + z * error, _judge_kappa_of_agreement(agreement.high, chance))
    return Range(largest(-1, low), kappa, smallest(1, high))


_OPEN = (
    "corrected_raw",
    "corrected_error",
    "corrected_delta_low",
    "corrected_delta_high",
    "powered",
    "powered_low",
    "powered_high",
)
"""What has no number without labels, or without a judge who is better than chance."""


def judge_corrected_measures(tally: JudgeTally) -> Measures:
    """What the judge's pass rate is worth where nobody labels."""
    counts, z = tally.counts, tally.z
    apparent = quotient(tally.passes, tally.judged, None)
    low, high = corrected_rate_interval(tally.passes, tally.judged, counts, z)
    measures: Measures = dict.fromkeys(_OPEN) | {"apparent": apparent, "corrected": Range(low, None, high)}
    if not is_known_number(apparent) or bare_value(counts.labeled) <= 0:
        return measures
    rate, error = prediction_powered_rate(apparent, counts), prediction_powered_error(apparent, tally.judged, counts)
    measures |= {
        "powered": rate,
        "powered_low": clamped_judge_share(rate - z * error),
        "powered_high": clamped_judge_share(rate + z * error),
    }
    if not is_judge_measured_above_chance(counts):
        return measures
    raw = rogan_gladen_rate(apparent, counts.both_pass / counts.people_pass, counts.both_fail / counts.people_fail)
    if not is_known_number(raw):
        return measures
    error = corrected_rate_delta_error(apparent, tally.judged, counts)
    return measures | {
        "corrected": Range(low, clamped_judge_share(raw), high),
        "corrected_raw": raw,
        "corrected_error": later(lambda: error),
        "corrected_delta_low": clamped_judge_share(raw - z * error),
        "corrected_delta_high": clamped_judge_share(raw + z * error),
    }


def clamped_judge_share(share: Share) -> Share:
    """A share, held within 0 to 1."""
    return smallest(1, largest(0, share))


def is_judge_measured_above_chance(counts: Confusion) -> bool:
    """Whether there are good and bad answers, and the judge passes a larger share of the good ones."""
    good, bad = bare_value(counts.people_pass), bare_value(counts.people_fail)
    if good <= 0 or bad <= 0:
        return False
    return bool(bare_value(counts.both_pass) / good > bare_value(counts.only_judge) / bad)


def judge_labels_to_collect(i: Inputs, tally: JudgeTally) -> Measures:
    """How many labels give the intervals the width that the reader wants."""
    counts, z = tally.counts, tally.z
    sensitivity = quotient(counts.both_pass, counts.people_pass, None)
    specificity = quotient(counts.both_fail, counts.people_fail, None)

    def for_the_rate() -> Number | None:
        needed = corrected_rate_labels(tally.passes, tally.judged, counts, i.width, z)
        return ceil(needed) if is_known_number(needed) else None

    def by_wilson(share: Share | None) -> Number | None:
        return ceil(wilson_interval_size(share, i.width, z)) if is_known_number(share) else None

    wald = ceil(wald_interval_size(sensitivity, i.width, z)) if is_known_number(sensitivity) else None
    return {
        "labels_needed": later(for_the_rate),
        "labels_sensitivity": by_wilson(sensitivity),
        "labels_specificity": by_wilson(specificity),
        "labels_wald": wald,
    }
