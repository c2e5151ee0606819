"""Statistics of right and wrong answers, as formulas: intervals, numbers of examples, power.

Each function works on exact, traced and float numbers alike. Scores are shares from 0 to 1; `z` is a quantile of the
normal distribution. What is written in a formula's own working is computed here; whole enumerations are lent by
`exact_tests`, and a working shows them as a named function of their inputs.
"""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from statistics import NormalDist
from typing import Any

from calculators.engine import exact_tests
from calculators.engine.declare import Range
from calculators.engine.numbers import (
    by_function,
    choose,
    choose_made,
    is_traced,
    largest,
    named,
    quotient,
    root,
    smallest,
)
from calculators.engine.traced import Constant, Origin, Traced
from calculators.engine.units import count

EXAMPLES = count("example")

EXACT_UP_TO = Constant(200, "Largest number of examples that is enumerated", EXAMPLES)
"""Beyond this, powers come from the corrected normal formula, which is close by then: enumerating takes too long."""


def z_of(tail: Any) -> Any:
    """How many standard deviations leave the share `tail` above them; 12 digits, as other libraries may differ beyond.

    >>> z_of(Decimal("0.025"))
    Decimal('1.95996398454')
    """
    return by_function("z", _z, tail)


@lru_cache(512, typed=True)
def _z(tail: Any) -> Any:
    if not 0 < tail < 1:
        raise InvalidOperation(f"no quantile leaves {tail} above it: a tail lies between 0 and 1")
    text = f"{0 - NormalDist().inv_cdf(float(tail)):.11e}"
    return Decimal(text) if isinstance(tail, Decimal) else float(text)


def share_below(deviations: Any) -> Any:
    """The share of a normal distribution below so many standard deviations, Φ; 12 digits."""
    return by_function("Φ", _share_below, deviations)


def _share_below(deviations: Any) -> Any:
    share = math.erfc(-float(deviations) / math.sqrt(2)) / 2
    return Decimal(f"{share:.11e}") if isinstance(deviations, Decimal) else share


def counted(label: str, number: int, like: Any, origin: str = "typed") -> Any:
    """A number of examples as the kind of number that `like` is: counted in what the reader typed, or a `constant`."""
    if is_traced(like):
        return Traced(Decimal(number), EXAMPLES, label=label, origin=Origin(origin))
    return type(like)(number)


def wilson(right: Any, examples: Any, z: Any) -> Range:
    """Wilson's interval of a score; never outside 0 to 1, and never of no width. Without examples it is 0 to 1.

    Wilson 1927. 20 right answers of 20 are no proof of 100%:

    >>> wilson(Decimal(20), Decimal(20), z_of(Decimal("0.025"))).low.quantize(Decimal("0.0001"))
    Decimal('0.8389')
    """
    square = named("z squared", z * z)
    middle = named("Middle of the interval", (right + square / 2) / (examples + square))
    inner = quotient(right * (examples - right), examples) + square / (2 * 2)
    half = named("Half of its width", z * root(inner) / (examples + square))
    return Range(largest(0, middle - half), quotient(right, examples, None), smallest(1, middle + half))


def newcombe(
    right_a: Any, examples_a: Any, right_b: Any, examples_b: Any, z: Any, correlation: Any = 0
) -> tuple[Any, Any]:
    """Newcombe's interval of the difference between two scores, B minus A: the ends of two Wilson intervals combined.

    With `correlation` 0 it is for independent samples (Newcombe 1998, Statistics in Medicine 17:873, method 10), else
    for one sample that both answered (17:2635, method 10).
    """
    a, b = wilson(right_a, examples_a, z), wilson(right_b, examples_b, z)
    score_a, score_b = quotient(right_a, examples_a), quotient(right_b, examples_b)
    difference = score_b - score_a
    below = _together(score_b - b.low, a.high - score_a, correlation)
    above = _together(b.high - score_b, score_a - a.low, correlation)
    return difference - below, difference + above


def _together(one: Any, other: Any, correlation: Any) -> Any:
    return root(one * one + other * other - 2 * correlation * one * other)


def pair_correlation(both_right: Any, only_a: Any, only_b: Any, both_wrong: Any) -> Any:
    """How far two versions go right and wrong together, for `newcombe`: corrected towards 0 as in its method 10."""
    examples = named("Pairs", both_right + only_a + only_b + both_wrong)
    agreement = named("Agreement", both_right * both_wrong - only_a * only_b)
    corrected = choose(agreement > examples / 2, agreement - examples / 2, smallest(0, agreement))
    right_a, right_b = both_right + only_a, both_right + only_b
    spread = right_a * (examples - right_a) * right_b * (examples - right_b)
    return named("Correlation", quotient(corrected, root(spread)))


def standard_error(score: Any, examples: Any) -> Any:
    """How far a measured score strays from the true one, typically."""
    return root(score * (1 - score) / examples)


def difference_between(one: Any, other: Any) -> Any:
    """How far two scores lie apart, whichever is higher."""
    return largest(other - one, one - other)


def independent_size(one: Any, other: Any, z_alpha: Any, z_power: Any) -> Any:
    """Examples for each of two versions that answer examples of their own; None where the scores are equal.

    The pooled normal formula. A textbook case:

    >>> z_alpha, z_power = z_of(Decimal("0.025")), z_of(Decimal("0.2"))
    >>> independent_size(Decimal("0.8"), Decimal("0.9"), z_alpha, z_power).quantize(Decimal("0.01"))
    Decimal('198.96')
    """
    by_chance, if_true = _spreads(one, other)
    width = named("Deviations to cover", z_alpha * by_chance + z_power * if_true)
    difference = named("Difference", difference_between(one, other))
    return quotient(width * width, difference * difference, None)


def _spreads(one: Any, other: Any) -> tuple[Any, Any]:
    """The standard deviation of the difference on one example each: if both were equal, and as they are."""
    pooled = named("Mean of both scores", (one + other) / 2)
    by_chance = named("Deviation if both were equal", root(2 * pooled * (1 - pooled)))
    return by_chance, named("Deviation as they are", root(one * (1 - one) + other * (1 - other)))


def independent_power(one: Any, other: Any, examples: Any, z_alpha: Any, correction: Any = 0) -> Any:
    """The chance to notice a difference between independent samples, by the normal formula."""
    by_chance, if_true = _spreads(one, other)
    excess = difference_between(one, other) * root(examples) - correction - z_alpha * by_chance
    return _normal_power(excess, if_true)


def _normal_power(excess: Any, spread: Any) -> Any:
    """The share of a normal distribution that lies within `excess`; all or nothing where it has no spread."""
    return choose(spread > 0, share_below(quotient(excess, spread)), choose(excess > 0, 1, 0))


def with_correction(examples: Any, difference: Any) -> Any:
    """The number of examples that Fisher's exact test needs where the pooled formula says `examples`.

    Casagrande, Pike and Smith 1978. Fisher's test asks for more, because counts come in whole steps.
    """
    stretched = named("Stretched by", (1 + root(1 + 2 * 2 / (examples * difference))) / 2)
    return examples * stretched * stretched


def paired_size(discordant: Any, difference: Any, z_alpha: Any, z_power: Any) -> Any:
    """Examples that two versions both answer; None where they do not differ. Connor 1987.

    >>> z_alpha, z_power = z_of(Decimal("0.025")), z_of(Decimal("0.2"))
    >>> paired_size(Decimal("0.5"), Decimal("0.4"), z_alpha, z_power).quantize(Decimal("0.01"))
    Decimal('22.01')
    """
    width = z_alpha * root(discordant) + z_power * root(largest(0, discordant - difference * difference))
    width = named("Deviations to cover", width)
    return quotient(width * width, difference * difference, None)


def paired_power(discordant: Any, difference: Any, examples: Any, z_alpha: Any, correction: Any = 0) -> Any:
    """The chance to notice a difference on examples that both answer, by the normal formula."""
    spread = named("Deviation as they are", root(largest(0, discordant - difference * difference)))
    return _normal_power(difference * root(examples) - correction - z_alpha * root(discordant), spread)


def _step(examples: Any) -> Any:
    """What the normal formula overlooks: counts come in whole steps. With it, `with_correction` is turned around."""
    return named("Correction for whole steps", 1 / root(examples))


def paired_chance(discordant: Any, difference: Any, examples: Any, alpha: Any, z_alpha: Any) -> Any:
    """The chance to notice a difference on examples that both answer: enumerated where that is quick enough."""
    return choose_made(
        examples <= EXACT_UP_TO,
        lambda: by_function("mcnemar power", _mcnemar_power, discordant, difference, examples, alpha),
        lambda: paired_power(discordant, difference, examples, z_alpha, _step(examples)),
    )


def independent_chance(one: Any, other: Any, examples: Any, alpha: Any, z_alpha: Any) -> Any:
    """The chance to notice a difference between independent samples: enumerated where that is quick enough."""
    return choose_made(
        examples <= EXACT_UP_TO,
        lambda: by_function("fisher power", _fisher_power, one, other, examples, alpha),
        lambda: independent_power(one, other, examples, z_alpha, _step(examples)),
    )


def wrong_pick_chance(one: Any, other: Any, examples: Any) -> Any:
    """The chance that the worse version scores at least as high on examples of its own: enumerated where quick."""
    worse, better = smallest(one, other), largest(one, other)

    def normal() -> Any:
        spread = root(examples * (worse * (1 - worse) + better * (1 - better)))
        return _normal_power((1 - 2 * examples * (better - worse)) / 2, spread)

    return choose_made(
        examples <= EXACT_UP_TO, lambda: by_function("wrong pick", _wrong_pick, worse, better, examples), normal
    )


def _mcnemar_power(discordant: Any, difference: Any, examples: Any, alpha: Any) -> Any:
    within = examples <= EXACT_UP_TO
    return exact_tests.mcnemar_power(discordant, difference, int(examples), alpha) if within else None


def _fisher_power(one: Any, other: Any, examples: Any, alpha: Any) -> Any:
    return exact_tests.fisher_power(one, other, int(examples), alpha) if examples <= EXACT_UP_TO else None


def _wrong_pick(worse: Any, better: Any, examples: Any) -> Any:
    return exact_tests.wrong_pick(worse, better, int(examples)) if examples <= EXACT_UP_TO else None


def mcnemar(only_a: Any, only_b: Any) -> Any:
    """The p-value of McNemar's exact test, two-sided."""
    return by_function("mcnemar", lambda a, b: _like(a, exact_tests.mcnemar(int(a), int(b))), only_a, only_b)


def fisher(right_a: Any, examples_a: Any, right_b: Any, examples_b: Any) -> Any:
    """The p-value of Fisher's exact test, two-sided."""

    def value(*counts: Any) -> Any:
        return _like(counts[0], exact_tests.fisher(*(int(it) for it in counts)))

    return by_function("fisher", value, right_a, examples_a, right_b, examples_b)


def _like(sample: Any, value: Decimal) -> Any:
    """An exact result as the kind of number that the run is on."""
    return float(value) if isinstance(sample, float) else value


def judged(score: Any, accuracy: Any) -> Any:
    """The score that a judge reports who is right with the chance `accuracy`, whichever way the answer is."""
    return score * accuracy + (1 - score) * (1 - accuracy)


def judged_discordant(discordant: Any, accuracy: Any) -> Any:
    """The share of examples on which such a judge, judging both answers independently, sees just one right."""
    alike = named("Judged both rightly or both wrongly", accuracy * accuracy + (1 - accuracy) * (1 - accuracy))
    return discordant * alike + (1 - discordant) * (1 - alike)
