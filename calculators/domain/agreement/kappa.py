"""Agreement of two raters beyond chance: Cohen's kappa and Gwet's AC1, for any categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from calculators.engine.numbers import Number, is_known_number, largest, named, quotient, root, sum_of_numbers

AgreementCell: TypeAlias = tuple[str, str, Number]
"""What the first rater says, what the second one says, and how many cases have both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohenKappa:
    """Kappa with its standard error, and what it is made of; None where it has no answer."""

    agreement: Number | None
    chance: Number
    kappa: Number | None
    standard_error: Number | None


def cohen_kappa(cells: Sequence[AgreementCell]) -> CohenKappa:
    """Cohen's kappa with the standard error of Fleiss, Cohen and Everitt 1969 (Psychological Bulletin 72:323).

    Without cases, or where both raters say one and the same all the time, chance alone agrees always: no kappa.

    >>> cells = [("yes", "yes", Decimal(20)), ("yes", "no", Decimal(5)), ("no", "yes", Decimal(10))]
    >>> cohen_kappa([*cells, ("no", "no", Decimal(15))]).kappa
    Decimal('0.4')
    """
    categories = _kappa_categories(cells)
    cases = named("Cases", sum_of_numbers(count for _, _, count in cells))
    agreeing = named("Cases with the same label", sum_of_numbers(count for a, b, count in cells if a == b))
    agreement = quotient(agreeing, cases, None)
    firsts = {name: _kappa_margin(cells, 0, name) for name in categories}
    seconds = {name: _kappa_margin(cells, 1, name) for name in categories}
    products = sum_of_numbers(firsts[name] * seconds[name] for name in categories)
    chance = named("Agreement by chance", quotient(products, cases * cases))
    kappa = quotient(quotient(agreeing, cases) - chance, 1 - chance, None)
    if not (is_known_number(agreement) and is_known_number(kappa)):
        return CohenKappa(agreement=agreement, chance=chance, kappa=None, standard_error=None)
    kappa = named("Kappa", kappa)
    rest = named("What kappa leaves", 1 - kappa)
    same = sum_of_numbers(
        count / cases * (1 - (firsts[a] + seconds[a]) / cases * rest) * (1 - (firsts[a] + seconds[a]) / cases * rest)
        for a, b, count in cells
        if a == b
    )
    apart = sum_of_numbers(
        count / cases * (seconds[a] + firsts[b]) / cases * (seconds[a] + firsts[b]) / cases
        for a, b, count in cells
        if a != b
    )
    shift = named("Shift", kappa - chance * rest)
    spread = named("Spread of kappa", same + rest * rest * apart - shift * shift)
    error = root(largest(0, spread) / cases) / (1 - chance)
    return CohenKappa(agreement=agreement, chance=chance, kappa=kappa, standard_error=error)


def gwet_ac1(cells: Sequence[AgreementCell]) -> Number | None:
    """Gwet's AC1 (2008), which stays near the raw agreement where one category is rare; None without cases."""
    categories = _kappa_categories(cells)
    cases = named("Cases", sum_of_numbers(count for _, _, count in cells))
    agreement = quotient(sum_of_numbers(count for a, b, count in cells if a == b), cases, None)
    if not is_known_number(agreement):
        return None
    shares = [(_kappa_margin(cells, 0, name) + _kappa_margin(cells, 1, name)) / (2 * cases) for name in categories]
    spread = sum_of_numbers(share * (1 - share) for share in shares)
    chance = named("Agreement by chance, by Gwet", spread / max(1, len(categories) - 1))
    return (agreement - chance) / (1 - chance)


def _kappa_categories(cells: Sequence[AgreementCell]) -> list[str]:
    return list(dict.fromkeys(name for first, second, _ in cells for name in (first, second)))


def _kappa_margin(cells: Sequence[AgreementCell], rater: int, name: str) -> Number:
    return sum_of_numbers(cell[2] for cell in cells if cell[rater] == name)
