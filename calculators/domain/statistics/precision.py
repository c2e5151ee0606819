"""How many examples give the difference of two scores an interval of a width, and how many clusters are worth.

Whole widths, from end to end, of intervals by the normal formula: z standard errors to either side.
"""

from __future__ import annotations

from calculators.engine.numbers import Number, Share, largest, named


def paired_interval_size(discordant: Share, difference: Share, width: Share, z: Number) -> Number:
    """Examples that two versions both answer; `discordant` is the share on which just one is right.

    >>> z = Decimal("1.95996398454")
    >>> paired_interval_size(Decimal("0.2"), Decimal("0.1"), Decimal("0.1"), z).quantize(Decimal("0.01"))
    Decimal('291.95')
    """
    ratio = named("z by the width", z / width)
    variance = named("Variance of the difference on one example", largest(0, discordant - difference * difference))
    return 2 * 2 * variance * ratio * ratio


def independent_interval_size(first: Share, second: Share, ratio: Number | int, width: Share, z: Number) -> Number:
    """Examples of the first version where each answers its own and the second has `ratio` times as many.

    >>> z = Decimal("1.95996398454")
    >>> independent_interval_size(Decimal("0.05"), Decimal("0.15"), 1, Decimal("0.1"), z).quantize(Decimal("0.01"))
    Decimal('268.90')
    """
    by_width = named("z by the width", z / width)
    variance = named("Variances of both scores", first * (1 - first) + second * (1 - second) / ratio)
    return 2 * 2 * variance * by_width * by_width


def cluster_design_effect(size: Number, variation: Number, likeness: Share) -> Number:
    """How many times as many examples it takes where they come in clusters of this mean size.

    `variation` is the standard deviation of the sizes divided by their mean, `likeness` the intraclass correlation:
    1 + ((1 + variation²) × size − 1) × likeness (Kish 1965; Eldridge, Ashby and Kerry 2006 for unequal sizes).

    >>> cluster_design_effect(Decimal(10), Decimal(0), Decimal("0.2"))
    Decimal('2.8')
    """
    met = named("Size of the cluster of an average example", (1 + variation * variation) * size)
    return 1 + (met - 1) * likeness
