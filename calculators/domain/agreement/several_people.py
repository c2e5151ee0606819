"""Agreement among several people: the sums over cases from which kappa, AC1 and alpha follow.

Cases may have any number of labels. The formulas are those of Gwet (Handbook of Inter-Rater Reliability) for kappa and
AC1, and Krippendorff's for nominal alpha.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from calculators.engine.numbers import EXACT

Ratings: TypeAlias = Sequence[Sequence[str]]
"""For each case the labels that people gave; those who gave none are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleAgreement:
    """Sums over cases, as plain numbers.

    `agreements` adds up the share of agreeing pairs over the `compared` cases, which have two labels or more. `chance`
    is agreement by chance as Fleiss has it, `gwet_chance` as Gwet has it. For alpha: `values` are the labels of the
    compared cases, `coincidences` those of them that go with an equal one, `squares` the sum of the squared numbers of
    labels by category. `squared_error` is the sum from which the variance of AC1 follows.
    """

    cases: int
    compared: int
    agreements: Decimal
    chance: Decimal
    gwet_chance: Decimal
    values: int
    coincidences: Decimal
    squares: int
    squared_error: Decimal


def people_agreement_sums(ratings: Ratings) -> PeopleAgreement:
    """What several people's labels add up to.

    >>> people_agreement_sums([["good", "good"], ["good", "bad"]]).agreements
    Decimal('1')
    """
    rated = [Counter(labels) for labels in ratings if labels]
    compared = [counts for counts in rated if counts.total() > 1]
    categories = list(dict.fromkeys(category for counts in rated for category in counts))
    cases, nothing = len(rated), Fraction(0)
    shares = {
        category: sum((Fraction(counts[category], counts.total()) for counts in rated), nothing) / max(1, cases)
        for category in categories
    }
    chance = sum((share * share for share in shares.values()), nothing)
    spread = sum((share * (1 - share) for share in shares.values()), nothing)
    gwet_chance = spread / max(1, len(categories) - 1)
    agreements = [_agreement(counts) for counts in compared]
    coincidences = sum(
        (Fraction(count * (count - 1), counts.total() - 1) for counts in compared for count in counts.values()),
        nothing,
    )
    values: Counter[str] = Counter()
    for counts in compared:
        values.update(counts)
    return PeopleAgreement(
        cases=cases,
        compared=len(compared),
        agreements=_agreement_decimal(sum(agreements, nothing)),
        chance=_agreement_decimal(chance),
        gwet_chance=_agreement_decimal(gwet_chance),
        values=values.total(),
        coincidences=_agreement_decimal(coincidences),
        squares=sum(count * count for count in values.values()),
        squared_error=_agreement_decimal(_agreement_squared_error(rated, len(compared), shares, gwet_chance)),
    )


def _agreement(counts: Counter[str]) -> Fraction:
    """The share of the pairs of labels of one case that are equal."""
    labels = counts.total()
    return Fraction(sum(count * (count - 1) for count in counts.values()), labels * (labels - 1))


def _agreement_squared_error(
    rated: Sequence[Counter[str]], compared: int, shares: dict[str, Fraction], chance: Fraction
) -> Fraction:
    """The squared deviations of the cases from AC1, added up (Gwet 2008, British Journal of Mathematical and
    Statistical Psychology 61:29)."""
    if not compared or chance == 1:
        return Fraction(0)
    agreement = sum((_agreement(counts) for counts in rated if counts.total() > 1), Fraction(0)) / compared
    ac1 = (agreement - chance) / (1 - chance)
    total = Fraction(0)
    for counts in rated:
        several = counts.total() > 1
        beyond = (_agreement(counts) - chance) / (1 - chance) if several else Fraction(0)
        by_chance = sum(
            (Fraction(count, counts.total()) * (1 - shares[category]) for category, count in counts.items()),
            Fraction(0),
        ) / max(1, len(shares) - 1)
        deviation = Fraction(len(rated), compared) * beyond - 2 * (1 - ac1) * (by_chance - chance) / (1 - chance) - ac1
        total += deviation * deviation
    return total


def _agreement_decimal(number: Fraction) -> Decimal:
    return EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
