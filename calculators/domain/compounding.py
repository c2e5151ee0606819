"""How requests grow and how money loses worth over the months of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from calculators.domain.plans import MonthlyPlan
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    always_equal_numbers,
    apply_to_bare_numbers,
    bare_value,
    both,
    choose,
    months,
    named,
    sum_of_numbers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompoundingCourse:
    """How requests and the worth of money run through the months.

    `requests` are those of the first month (requests/month), `growth` their growth from month to month, `discount` the
    rate at which a year lowers the worth of a dollar. A month is paid at its end.
    """

    requests: Number
    growth: Share
    discount: Share

    @property
    def steady(self) -> Condition:
        """Whether every month counts alike."""
        return both(self.growth == 0, self.discount == 0)

    @property
    def _month(self) -> Number:
        """What a dollar is worth a month earlier."""
        return apply_to_bare_numbers("monthly", compound_monthly_discount, self.discount)

    def volume(self, month: int) -> Number:
        """The requests of a month, counted from 0 (requests/month)."""
        return self.requests * apply_to_bare_numbers("power", compound_power, 1 + self.growth, month)

    def fixed(self, first: int, count: Number | int) -> Number:
        """So many months from `first` on, each worth what it is at the start: a number of months."""
        worth = (
            self._month * apply_to_bare_numbers("powers", sum_of_compound_powers, self._month, first, count) * months(1)
        )
        return named("Months, at their worth", choose(self.discount == 0, count, worth))

    def served(self, first: int, count: Number | int) -> Number:
        """The same with each month weighted by its requests against those of the first month."""
        step = (1 + self.growth) * self._month
        worth = self._month * apply_to_bare_numbers("powers", sum_of_compound_powers, step, first, count) * months(1)
        return named("Months of requests, at their worth", choose(self.steady, count, worth))

    def asked(self, count: Number | int) -> Number:
        """The requests of so many months."""
        grown = apply_to_bare_numbers("powers", sum_of_compound_powers, 1 + self.growth, 0, count) * months(1)
        return self.requests * choose(self.growth == 0, count, grown)

    def parts(self, plan: MonthlyPlan, upto: int, count: Number | int) -> tuple[Number, Number]:
        """What a plan costs in the months before `upto`, discounted: apart from requests (USD), and for each request
        of the first month (USD/request).

        `count` is `upto` as a quantity, such as the reader's own number of months.
        """
        fixed: Number | int = plan.start
        served: Number | int = 0
        begin = 0
        for month in range(1, upto + 1):
            if month == upto or plan.differ(begin, month):
                known = month < upto or isinstance(count, int)
                length = months(month - begin) if known else count - months(begin)
                if bare_value(plan.fixed[begin]) != 0:
                    fixed = fixed + plan.fixed[begin] * self.fixed(begin, length)
                served = served + plan.per_request[begin] * self.served(begin, length)
                begin = month
        return fixed, served  # type: ignore[return-value]  # a literal 0 goes with every kind of number

    def standing(self, start: Number | int, monthly: Sequence[Number | int], count: Number | int) -> Number | int:
        """A start and what each month costs apart from requests, discounted (USD); `count` is as in `parts`."""
        paid, begin, upto = start, 0, len(monthly)
        for month in range(1, upto + 1):
            if month == upto or not always_equal_numbers(monthly[begin], monthly[month]):
                known = month < upto or isinstance(count, int)
                length = months(month - begin) if known else count - months(begin)
                if bare_value(monthly[begin]) != 0:
                    paid = paid + monthly[begin] * self.fixed(begin, length)
                begin = month
        return paid

    def cost(self, plan: MonthlyPlan, upto: int, count: Number | int) -> Number:
        """What a plan costs until then in all (USD)."""
        fixed, served = self.parts(plan, upto, count)
        return fixed + served * self.requests

    def totals(self, plan: MonthlyPlan) -> list[Number]:
        """What a plan has cost at the start and after each month (USD), added up month by month."""
        totals = [plan.start]
        for month in range(len(plan.fixed)):
            requests = self.requests if bare_value(self.growth) == 0 else self.volume(month)
            paid = plan.month(month, requests) * months(1)
            if bare_value(self.discount) != 0:
                paid = paid * apply_to_bare_numbers("power", compound_power, self._month, month + 1)
            totals.append(named(f"After month {month + 1}", totals[-1] + paid))
        return totals  # type: ignore[return-value]  # the first may be a literal 0


def compound_monthly_discount(discount: Share) -> Number:
    """What a dollar is worth a month earlier at a yearly rate: the twelfth root of 1 ÷ (1 + rate).

    >>> compound_monthly_discount(Decimal(0))
    Decimal('1')
    """
    return _compound_monthly_discount(discount)


@lru_cache(64, typed=True)
def _compound_monthly_discount(discount: Share) -> Number:
    """Remembered, as each month of each plan asks for it and roots of decimals are slow."""
    if discount == 0:
        return 0 * discount + 1
    share = 1 / (type(discount)(12))
    return (1 / (1 + discount)) ** share


def compound_power(base: Number, exponent: Number | int) -> Number:
    """A number multiplied by itself so many times; any number to the 0 is 1."""
    return base ** int(exponent)


def sum_of_compound_powers(base: Number, first: Number | int, count: Number | int) -> Number:
    """The sum of so many powers of a number, from the exponent `first` on.

    >>> sum_of_compound_powers(Decimal(2), 0, 4)
    Decimal('15')
    """
    return sum_of_numbers((base ** int(first + place) for place in range(int(count))), 0 * base)
