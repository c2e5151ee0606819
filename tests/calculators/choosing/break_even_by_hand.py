"""Plans compared the slow way: one month after the other, in fractions; only a discount takes 40-digit decimals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Costs:
    """One plan: what it costs once, in each month, and for a request of each month."""

    start: Fraction
    fixed: tuple[Fraction, ...]
    per_request: tuple[Fraction, ...]


def flat(start: object = 0, fixed: object = 0, per_request: object = 0, months: int = 12) -> Costs:
    """A plan whose months are alike."""
    return Costs(Fraction(str(start)), (Fraction(str(fixed)),) * months, (Fraction(str(per_request)),) * months)


def worth(discount: Fraction, month: int) -> Fraction:
    """What a dollar at the end of a month, counted from 1, is worth at the start."""
    if discount == 0:
        return Fraction(1)
    with localcontext() as context:
        context.prec = 40
        rate = 1 + Decimal(discount.numerator) / Decimal(discount.denominator)
        return Fraction((-rate.ln() * month / 12).exp())


def totals(
    plan: Costs, requests: Fraction, growth: Fraction = Fraction(0), discount: Fraction = Fraction(0)
) -> list[Fraction]:
    """What the plan has cost at the start and by the end of each month."""
    paid, asked, sums = plan.start, requests, [plan.start]
    for month, (fixed, each) in enumerate(zip(plan.fixed, plan.per_request, strict=True), 1):
        paid += (fixed + each * asked) * worth(discount, month)
        asked *= 1 + growth
        sums.append(paid)
    return sums


def cheaper_by(first: Sequence[Fraction], second: Sequence[Fraction]) -> list[int]:
    """The months, from 1, by whose end the other plan has cost no more."""
    return [month for month in range(1, len(first)) if second[month] <= first[month]]


def monthly(rate: Decimal) -> Decimal:
    """What a dollar is worth a month earlier at a yearly rate."""
    with localcontext() as context:
        context.prec = 50
        root = (-(1 + rate).ln() / 12).exp()
    return +root


def powers(base: Decimal, first: Decimal, count: Decimal) -> Decimal:
    """So many powers of a number, from one exponent on, added up."""
    return sum((base ** int(first + place) for place in range(int(count))), Decimal(0))


POWERS: dict[str, Callable[..., Decimal | None]] = {
    "monthly": monthly,
    "power": lambda base, exponent: base ** int(exponent),
    "powers": powers,
}
"""What a working writes as a function, evaluated on its own."""
