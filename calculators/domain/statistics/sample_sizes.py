"""How many examples a difference between two scores needs, by the normal formulas."""

from __future__ import annotations

from calculators.engine.numbers import Number, Share, largest, named, quotient, root, smallest


def standard_error(score: Share, examples: Number) -> Number:
    """How far a measured score strays from the true one, typically."""
    return root(score * (1 - score) / examples)


def absolute_score_difference(first: Share, second: Share) -> Share:
    """How far two scores lie apart, whichever is higher."""
    return largest(second - first, first - second)


def unrelated_discordance(first: Share, second: Share) -> Share:
    """The share of examples that just one of two versions gets right, if their mistakes have nothing in common.

    >>> unrelated_discordance(Decimal("0.89"), Decimal("0.94"))
    Decimal('0.1568')
    """
    return first * (1 - second) + second * (1 - first)


def largest_discordance(first: Share, second: Share) -> Share:
    """The largest share of examples that just one of two versions can get right."""
    return smallest(first + second, 1 - first + 1 - second)


def independent_sample_size(first: Share, second: Share, z_alpha: Number, z_power: Number) -> Number | None:
    """Examples for each of two versions that answer examples of their own; None where the scores are equal.

    The pooled normal formula. A textbook case:

    >>> from calculators.domain.statistics import normal_quantile
    >>> z_alpha, z_power = normal_quantile(Decimal("0.025")), normal_quantile(Decimal("0.2"))
    >>> independent_sample_size(Decimal("0.8"), Decimal("0.9"), z_alpha, z_power).quantize(Decimal("0.01"))
    Decimal('198.96')
    """
    by_chance, if_true = difference_standard_deviations(first, second)
    width = named("Deviations to cover", z_alpha * by_chance + z_power * if_true)
    difference = named("Difference", absolute_score_difference(first, second))
    return quotient(width * width, difference * difference, None)


def unequal_sample_size(first: Share, second: Share, ratio: Number, z_alpha: Number, z_power: Number) -> Number | None:
    """Examples of the first version where the second has `ratio` times as many; None where the scores are equal.

    The pooled normal formula again. Ratio 1 gives equal groups:

    >>> from calculators.domain.statistics import normal_quantile
    >>> scores = Decimal("0.8"), Decimal("0.9"), Decimal(1)
    >>> quantiles = normal_quantile(Decimal("0.025")), normal_quantile(Decimal("0.2"))
    >>> unequal_sample_size(*scores, *quantiles).quantize(Decimal("0.01"))
    Decimal('198.96')
    """
    pooled = named("Mean score of both groups", (first + ratio * second) / (1 + ratio))
    by_chance = named("Deviation if both were equal, unequal groups", root((1 + 1 / ratio) * pooled * (1 - pooled)))
    if_true = named("Deviation as they are, unequal groups", root(first * (1 - first) + second * (1 - second) / ratio))
    width = named("Deviations to cover, unequal groups", z_alpha * by_chance + z_power * if_true)
    difference = named("Difference", absolute_score_difference(first, second))
    return quotient(width * width, difference * difference, None)


def difference_standard_deviations(first: Share, second: Share) -> tuple[Number, Number]:
    """The standard deviation of the difference on one example each: if both were equal, and as they are."""
    pooled = named("Mean of both scores", (first + second) / 2)
    by_chance = named("Deviation if both were equal", root(2 * pooled * (1 - pooled)))
    return by_chance, named("Deviation as they are", root(first * (1 - first) + second * (1 - second)))


def corrected_sample_size(examples: Number, difference: Share) -> Number:
    """The number of examples that Fisher's exact test needs where the pooled formula says `examples`.

    Casagrande, Pike and Smith 1978. Fisher's test asks for more, because counts come in whole steps.
    """
    stretched = named("Stretched by", (1 + root(1 + 2 * 2 / (examples * difference))) / 2)
    return examples * stretched * stretched


def paired_sample_size(discordant: Share, difference: Share, z_alpha: Number, z_power: Number) -> Number | None:
    """Examples that two versions both answer; None where they do not differ. Connor 1987.

    >>> from calculators.domain.statistics import normal_quantile
    >>> z_alpha, z_power = normal_quantile(Decimal("0.025")), normal_quantile(Decimal("0.2"))
    >>> paired_sample_size(Decimal("0.5"), Decimal("0.4"), z_alpha, z_power).quantize(Decimal("0.01"))
    Decimal('22.01')
    """
    width = z_alpha * root(discordant) + z_power * root(largest(0, discordant - difference * difference))
    width = named("Deviations to cover", width)
    return quotient(width * width, difference * difference, None)


def wilson_interval_size(share: Share, width: Share, z: Number) -> Number:
    """How many examples give Wilson's interval a width, from end to end, if the share comes out as expected.

    The width is 2z × √(p(1−p) × n + z²/4) ÷ (n + z²). Solved for n, that is a quadratic equation.

    >>> wilson_interval_size(Decimal("0.9"), Decimal("0.1"), Decimal("1.95996398454")).quantize(Decimal("1"))
    Decimal('141')
    """
    square = named("Width squared", width * width)
    excess = named("Spread beyond the width", 2 * share * (1 - share) - square)
    return z * z / square * (excess + root(excess * excess + square * (1 - square)))


def wald_interval_size(share: Share, width: Share, z: Number) -> Number:
    """The same for the interval of the score plus and minus z standard errors, which is too narrow near 0 and 1."""
    ratio = named("z by the width", z / width)
    return 2 * 2 * share * (1 - share) * ratio * ratio
