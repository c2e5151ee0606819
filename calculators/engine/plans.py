"""Plans: what one way of doing the work costs month by month, so that ways can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.numbers import both, by_function, choose, months, named, plain
from calculators.engine.recorded import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The costs of one approach over some months; every topic that costs something makes one.

    `start` is paid once (USD); `fixed` is paid each month whatever the volume (USD/month); `per_request` holds the
    cost of one request asked for in each month (USD/request), repeats included; it changes when an announced price
    begins. `quality` is the share of answers that are good enough, or None where nobody has measured it. `context` is
    the retrieved text in each request (tokens), for a plan that leaves the reading of it to another.
    """

    name: str
    start: Any
    fixed: tuple[Any, ...]
    per_request: tuple[Any, ...]
    quality: Any = None
    context: Any = 0

    def __post_init__(self) -> None:
        if len(self.fixed) != len(self.per_request):
            raise ValueError(
                f"the plan {self.name!r} has {len(self.fixed)} fixed months but {len(self.per_request)} of requests"
            )

    def month(self, at: int, requests: Any) -> Any:
        """What month `at` (from 0) costs at a number of requests a month, in USD/month."""
        return self.fixed[at] + self.per_request[at] * requests

    def total(self, requests: Any) -> Any:
        """The start and all months at one number of requests a month, in USD; equal months are counted together."""
        total, begin = self.start, 0
        for month in range(1, len(self.fixed) + 1):
            if month == len(self.fixed) or self.differ(begin, month):
                total = total + self.month(begin, requests) * months(month - begin)
                begin = month
        return total

    def differ(self, first: int, second: int) -> bool:
        """Whether two months have costs of their own.

        In a float run each has, though they be equal: a recording would hold only where the same months are.
        """
        costs = [(plain(row[first]), plain(row[second])) for row in (self.fixed, self.per_request)]
        return any(isinstance(one, float | Recorded) or one != other for one, other in costs)

    def and_also(self, other: Plan, name: str) -> Plan:
        """Both plans at once: what each costs, added month by month."""
        return Plan(
            name=name,
            start=self.start + other.start,
            fixed=_added(self.fixed, other.fixed),
            per_request=_added(self.per_request, other.per_request),
        )


def _added(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Two rows of months added; where both stay the same, so does the sum, as one object."""
    made: dict[tuple[int, int], Any] = {}
    for one, other in zip(mine, theirs, strict=True):
        if (id(one), id(other)) not in made:
            made[id(one), id(other)] = one + other
    return tuple(made[id(one), id(other)] for one, other in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How requests and the worth of money run through the months.

    `requests` are those of the first month (requests/month), `growth` their growth from month to month, `discount` the
    rate at which a year lowers the worth of a dollar. A month is paid at its end.
    """

    requests: Any
    growth: Any
    discount: Any

    @property
    def steady(self) -> Any:
        """Whether every month counts alike."""
        return both(self.growth == 0, self.discount == 0)

    @property
    def _month(self) -> Any:
        """What a dollar is worth a month earlier."""
        return by_function("monthly", month_of, self.discount)

    def volume(self, month: int) -> Any:
        """The requests of a month, counted from 0 (requests/month)."""
        return self.requests * by_function("power", power, 1 + self.growth, month)

    def fixed(self, first: int, count: Any) -> Any:
        """So many months from `first` on, each worth what it is at the start: a number of months."""
        worth = self._month * by_function("powers", powers, self._month, first, count) * months(1)
        return named("Months, at their worth", choose(self.discount == 0, count, worth))

    def served(self, first: int, count: Any) -> Any:
        """The same with each month weighted by its requests against those of the first month."""
        step = (1 + self.growth) * self._month
        worth = self._month * by_function("powers", powers, step, first, count) * months(1)
        return named("Months of requests, at their worth", choose(self.steady, count, worth))

    def asked(self, count: Any) -> Any:
        """The requests of so many months."""
        grown = by_function("powers", powers, 1 + self.growth, 0, count) * months(1)
        return self.requests * choose(self.growth == 0, count, grown)

    def parts(self, plan: Plan, upto: int, count: Any) -> tuple[Any, Any]:
        """What a plan costs in the months before `upto`, discounted: apart from requests (USD), and for each request
        of the first month (USD/request).

        `count` is `upto` as a quantity, such as the reader's own number of months.
        """
        fixed: Any = plan.start
        served: Any = 0
        begin = 0
        for month in range(1, upto + 1):
            if month == upto or plan.differ(begin, month):
                known = month < upto or isinstance(count, int)
                length = months(month - begin) if known else count - months(begin)
                if plain(plan.fixed[begin]) != 0:
                    fixed = fixed + plan.fixed[begin] * self.fixed(begin, length)
                served = served + plan.per_request[begin] * self.served(begin, length)
                begin = month
        return fixed, served

    def cost(self, plan: Plan, upto: int, count: Any) -> Any:
        """What a plan costs until then in all (USD)."""
        fixed, served = self.parts(plan, upto, count)
        return fixed + served * self.requests

    def totals(self, plan: Plan) -> list[Any]:
        """What a plan has cost at the start and after each month (USD), added up month by month."""
        found = [plan.start]
        for at in range(len(plan.fixed)):
            asked = self.requests if plain(self.growth) == 0 else self.volume(at)
            paid = plan.month(at, asked) * months(1)
            if plain(self.discount) != 0:
                paid = paid * by_function("power", power, self._month, at + 1)
            found.append(named(f"After month {at + 1}", found[-1] + paid))
        return found


def month_of(discount: Any) -> Any:
    """What a dollar is worth a month earlier at a yearly rate: the twelfth root of 1 ÷ (1 + rate).

    >>> month_of(Decimal(0))
    Decimal('1')
    """
    if discount == 0:
        return 0 * discount + 1
    share = 1 / (type(discount)(12))
    return (1 / (1 + discount)) ** share


def power(base: Any, exponent: Any) -> Any:
    """A number multiplied by itself so many times; any number to the 0 is 1."""
    return base ** int(exponent)


def powers(base: Any, first: Any, count: Any) -> Any:
    """The sum of so many powers of a number, from the exponent `first` on.

    >>> powers(Decimal(2), 0, 4)
    Decimal('15')
    """
    return sum((base ** int(first + place) for place in range(int(count))), 0 * base)
