"""The chance to notice a true difference: enumerated where that is quick enough, else by the normal formulas."""

from __future__ import annotations

from calculators.domain import exact_tests
from calculators.domain.statistics.normal import normal_power
from calculators.domain.statistics.sample_sizes import absolute_score_difference, difference_standard_deviations
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.numbers import (
    Number,
    Share,
    apply_to_bare_numbers,
    choose_lazily,
    largest,
    named,
    root,
)
from calculators.engine.numbers.traced import Constant

EXACT_UP_TO = Constant(200, "Largest number of examples that is enumerated", EXAMPLE_COUNT)
"""Beyond this, powers come from the corrected normal formula, which is close by then: enumerating takes too long."""

NOT_ENUMERATED: Share = None  # type: ignore[assignment]  # a formula takes the normal power where this stands


def normal_independent_power(
    first: Share, second: Share, examples: Number, z_alpha: Number, correction: Number | int = 0
) -> Share:
    """The chance to notice a difference between independent samples, by the normal formula."""
    by_chance, if_true = difference_standard_deviations(first, second)
    excess = absolute_score_difference(first, second) * root(examples) - correction - z_alpha * by_chance
    return normal_power(excess, if_true)


def normal_paired_power(
    discordant: Share, difference: Share, examples: Number, z_alpha: Number, correction: Number | int = 0
) -> Share:
    """The chance to notice a difference on examples that both answer, by the normal formula."""
    spread = named("Deviation as they are", root(largest(0, discordant - difference * difference)))
    return normal_power(difference * root(examples) - correction - z_alpha * root(discordant), spread)


def _power_step(examples: Number) -> Number:
    """What the normal formula overlooks: counts come in whole steps. With it, `with_correction` is turned around."""
    return named("Correction for whole steps", 1 / root(examples))


def paired_power(discordant: Share, difference: Share, examples: Number, alpha: Share, z_alpha: Number) -> Share:
    """The chance to notice a difference on examples that both answer."""
    return choose_lazily(
        examples <= EXACT_UP_TO,
        lambda: apply_to_bare_numbers("mcnemar power", _formula_mcnemar_power, discordant, difference, examples, alpha),
        lambda: normal_paired_power(discordant, difference, examples, z_alpha, _power_step(examples)),
    )


def independent_power(first: Share, second: Share, examples: Number, alpha: Share, z_alpha: Number) -> Share:
    """The chance to notice a difference between independent samples."""
    return choose_lazily(
        examples <= EXACT_UP_TO,
        lambda: apply_to_bare_numbers("fisher power", _formula_fisher_power, first, second, examples, alpha),
        lambda: normal_independent_power(first, second, examples, z_alpha, _power_step(examples)),
    )


def _formula_mcnemar_power(discordant: Share, difference: Share, examples: Number, alpha: Share) -> Share:
    if examples > EXACT_UP_TO:
        return NOT_ENUMERATED
    return exact_tests.exact_mcnemar_power(discordant, difference, int(examples), alpha)


def _formula_fisher_power(first: Share, second: Share, examples: Number, alpha: Share) -> Share:
    if examples > EXACT_UP_TO:
        return NOT_ENUMERATED
    return exact_tests.exact_fisher_power(first, second, int(examples), alpha)
