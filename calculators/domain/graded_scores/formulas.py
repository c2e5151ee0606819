"""Figures of graded scores as formulas: a working shows each as a named function of what goes into it."""

from __future__ import annotations

from calculators.domain.graded_scores.interval_cases import paired_interval_cases, two_sample_interval_cases
from calculators.domain.graded_scores.runs_or_cases import best_graded_runs
from calculators.domain.graded_scores.spread import NOTHING, hoeffding_half_width, score_as_run_number
from calculators.domain.graded_scores.student_power import (
    paired_t_cases,
    paired_t_power,
    t_test_noticed_effect,
    two_sample_t_cases,
    two_sample_t_power,
)
from calculators.engine.numbers import Number, Share, apply_to_bare_numbers


def hoeffding_formula(cases: Number, alpha: Share, width: int) -> Number:
    """Half of the width of Hoeffding's interval; that of one case where there is none."""

    def half(count: Number, tail: Share) -> Number:
        return score_as_run_number(count, hoeffding_half_width(max(1, int(count)), float(tail), width))

    return apply_to_bare_numbers("hoeffding" if width == 1 else "hoeffding of differences", half, cases, alpha)


def paired_t_power_formula(difference: Number, spread: Number, cases: Number, alpha: Share) -> Share:
    """The chance that the paired t-test notices a mean difference, the differences having this standard deviation."""

    def chance(step: Number, deviation: Number, count: Number, level: Share) -> Share:
        if deviation <= 0:
            return score_as_run_number(step, float(step > 0 and count > 1))
        return score_as_run_number(step, paired_t_power(float(step) / float(deviation), int(count), float(level)))

    return apply_to_bare_numbers("t power", chance, difference, spread, cases, alpha)


def paired_t_cases_formula(difference: Number, spread: Number, alpha: Share, power: Share) -> Number | None:
    """The fewest cases that notice a mean difference; None where there is none, or nothing varies."""

    def fewest(step: Number, deviation: Number, level: Share, chance: Share) -> Number:
        if deviation <= 0:
            return NOTHING
        return _graded_formula_count(step, paired_t_cases(float(step) / float(deviation), float(level), float(chance)))

    return apply_to_bare_numbers("t cases", fewest, difference, spread, alpha, power)


def two_sample_t_power_formula(
    difference: Number, spread: Number, cases_a: Number, cases_b: Number, alpha: Share
) -> Share:
    """The chance that the t-test of two separate samples notices a difference, scores straying so much."""

    def chance(step: Number, deviation: Number, first: Number, second: Number, level: Share) -> Share:
        if deviation <= 0:
            return score_as_run_number(step, float(step > 0))
        effect = float(step) / float(deviation)
        return score_as_run_number(step, two_sample_t_power(effect, int(first), int(second), float(level)))

    return apply_to_bare_numbers("t power apart", chance, difference, spread, cases_a, cases_b, alpha)


def two_sample_t_cases_formula(
    difference: Number, spread: Number, ratio: Number | int, alpha: Share, power: Share
) -> Number | None:
    """The fewest cases of the first of two separate samples, the second having `ratio` times as many."""

    def fewest(step: Number, deviation: Number, times: Number, level: Share, chance: Share) -> Number:
        if deviation <= 0:
            return NOTHING
        effect = float(step) / float(deviation)
        return _graded_formula_count(step, two_sample_t_cases(effect, float(times), float(level), float(chance)))

    return apply_to_bare_numbers("t cases apart", fewest, difference, spread, ratio, alpha, power)


def paired_interval_cases_formula(spread: Number, width: Number, alpha: Share) -> Number | None:
    """The fewest cases of both versions that give the interval of the difference a width."""

    def fewest(deviation: Number, whole: Number, level: Share) -> Number:
        return _graded_formula_count(deviation, paired_interval_cases(float(deviation), float(whole), float(level)))

    return apply_to_bare_numbers("t width", fewest, spread, width, alpha)


def two_sample_interval_cases_formula(
    spread: Number, ratio: Number | int, width: Number, alpha: Share
) -> Number | None:
    """The same for separate samples: cases of the first, the second having `ratio` times as many."""

    def fewest(deviation: Number, times: Number, whole: Number, level: Share) -> Number:
        cases = two_sample_interval_cases(float(deviation), float(times), float(whole), float(level))
        return _graded_formula_count(deviation, cases)

    return apply_to_bare_numbers("t width apart", fewest, spread, ratio, width, alpha)


def noticed_difference_formula(spread: Number, cases: Number, alpha: Share, power: Share) -> Number | None:
    """The smallest mean difference that so many cases show; None for a single case."""

    def difference(deviation: Number, count: Number, level: Share, chance: Share) -> Number:
        effect = t_test_noticed_effect(int(count), float(level), float(chance))
        return NOTHING if effect is None else score_as_run_number(deviation, effect * float(deviation))

    return apply_to_bare_numbers("noticed by t", difference, spread, cases, alpha, power)


def best_runs_formula(
    between: Number, within: Number, case_cost: Number, run_cost: Number | int, budget: Number
) -> Number | None:
    """The runs of each case for the smallest standard error within a budget; None where it buys no case."""

    def runs(*design: Number) -> Number:
        best = best_graded_runs(*map(float, design))
        return NOTHING if best is None else score_as_run_number(design[0], float(best[0]))

    return apply_to_bare_numbers("best runs", runs, between, within, case_cost, run_cost, budget)


def _graded_formula_count(sample: Number, cases: int | None) -> Number:
    return NOTHING if cases is None else score_as_run_number(sample, float(cases))
