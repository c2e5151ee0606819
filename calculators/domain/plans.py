"""Plans: what one way of doing the work costs month by month, people's work included, so that ways can be compared."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    always_equal_numbers,
    both,
    choose,
    is_known_number,
    months,
    named,
    quotient,
)

Cost = TypeVar("Cost")


def shared_plan_months(cost: Callable[..., Cost], *monthly: Iterable[object]) -> tuple[Cost, ...]:
    """What `cost` makes of each month's records, as `map` would; months with the very same records share one result.

    A record that no announced price changes is the same object in every month, so its cost is computed once.

    >>> shared_plan_months(operator.add, (1, 1, 2), (5, 5, 5))
    (6, 6, 7)
    """
    rows = list(zip(*monthly, strict=True))
    distinct = {tuple(map(id, records)): records for records in rows}
    costs = {identity: cost(*records) for identity, records in distinct.items()}
    return tuple(costs[tuple(map(id, records))] for records in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSplit:
    """Which of a plan's costs pay for people and for what stands ready; the rest is bought by use, as tokens are.

    `work` is people's part of the start (USD), `upkeep` their part of each month; `hosting` is what machines and stores
    cost each month whatever the volume (both USD/month).
    """

    work: Number | int
    upkeep: tuple[Number | int, ...]
    hosting: tuple[Number | int, ...]

    def and_also(self, second: PlanSplit) -> PlanSplit:
        """Both at once, month by month."""
        return PlanSplit(
            work=self.work + second.work,
            upkeep=shared_plan_months(operator.add, self.upkeep, second.upkeep),
            hosting=shared_plan_months(operator.add, self.hosting, second.hosting),
        )


def undivided_plan_cost(months: int) -> PlanSplit:
    """The split of a plan without people's work and hosting: all of it is bought by use."""
    return PlanSplit(work=0, upkeep=(0,) * months, hosting=(0,) * months)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyPlan:
    """The costs of one approach over some months; every topic that costs something makes one.

    `start` is paid once (USD); `fixed` is paid each month whatever the volume (USD/month); `per_request` holds the
    cost of one request asked for in each month (USD/request), repeats included; it changes when an announced price
    begins. `split` says what of all this pays for people and for hosting. `quality` is the share of answers that are
    good enough, or None where nobody has measured it. `context` is the retrieved text in each request (tokens), for a
    plan that leaves the reading of it to another.
    """

    name: str
    start: Number | int
    fixed: tuple[Number | int, ...]
    per_request: tuple[Number, ...]
    split: PlanSplit | None = None
    quality: Share | None = None
    context: Number | int = 0

    def __post_init__(self) -> None:
        if len(self.fixed) != len(self.per_request):
            raise ValueError(
                f"the plan {self.name!a} has {len(self.fixed)} fixed months but {len(self.per_request)} of requests"
            )

    @property
    def parts(self) -> PlanSplit:
        """What of the plan pays for people and for hosting; nothing where no split is given."""
        return self.split or undivided_plan_cost(len(self.fixed))

    def month(self, position: int, requests: Number) -> Number:
        """What a month, counted from 0, costs at a number of requests a month, in USD/month."""
        return self.fixed[position] + self.per_request[position] * requests

    def total(self, requests: Number) -> Number:
        """The start and all months at one number of requests a month, in USD; equal months are counted together."""
        total, begin = self.start, 0
        for month in range(1, len(self.fixed) + 1):
            if month == len(self.fixed) or self.differ(begin, month):
                total = total + self.month(begin, requests) * months(month - begin)
                begin = month
        return total  # type: ignore[return-value]  # a literal 0 goes with every kind of number

    def differ(self, first: int, second: int) -> bool:
        """Whether two months may have different costs."""
        return not (
            always_equal_numbers(self.fixed[first], self.fixed[second])
            and always_equal_numbers(self.per_request[first], self.per_request[second])
        )

    def and_also(self, second: MonthlyPlan, name: str) -> MonthlyPlan:
        """Both plans at once: what each costs, added month by month."""
        return MonthlyPlan(
            name=name,
            start=self.start + second.start,
            fixed=shared_plan_months(operator.add, self.fixed, second.fixed),
            per_request=shared_plan_months(operator.add, self.per_request, second.per_request),
            split=self.parts.and_also(second.parts),
        )


def plan_payback_months(staying: MonthlyPlan, switching: MonthlyPlan, requests: Number, start: Number) -> Number | None:
    """After how many months a cheaper plan has paid for the switch, `start` (USD); None where it never does.

    Both plans have the same months, and those after the last cost what the last one costs.

    >>> from decimal import Decimal as D
    >>> before, after = (MonthlyPlan(name="", start=0, fixed=(0, 0, 0), per_request=costs) for costs in
    ...     ((D(2), D(4), D(4)), (D(1), D(1), D(1))))
    >>> plan_payback_months(before, after, D(10), D(25)), plan_payback_months(before, after, D(10), D(5))
    (Decimal('1.5'), Decimal('0.5'))
    """
    spans = _equal_plan_months(staying, switching)
    saved = [staying.month(first, requests) - switching.month(first, requests) for first, _ in spans]
    before = [0 * start]
    for (_, length), each in zip(spans, saved, strict=True):
        before.append(before[-1] + each * months(length))

    def paid(place: int) -> Number | None:
        within = quotient(start - before[place], saved[place], None)
        return months(spans[place][0]) + within if place and is_known_number(within) else within

    last = len(spans) - 1
    after = choose(saved[last] > 0, paid(last), None)
    for place in reversed(range(last)):
        after = choose(both(saved[place] > 0, before[place + 1] >= start), paid(place), after)
    return after


def _equal_plan_months(*plans: MonthlyPlan) -> list[tuple[int, int]]:
    """The first month and the number of each span of months in which no plan changes."""
    spans, begin = [], 0
    length = len(plans[0].fixed)
    for month in range(1, length + 1):
        if month == length or any(plan.differ(begin, month) for plan in plans):
            spans.append((begin, month - begin))
            begin = month
    return spans


def plan_labor_rate(people: Condition, rate: Number) -> Number:
    """The rate of labor, or nothing where people's work is left out of all plans (USD/hour).

    >>> from decimal import Decimal
    >>> plan_labor_rate(True, Decimal(100)), plan_labor_rate(False, Decimal(100))
    (Decimal('100'), Decimal('0'))
    """
    return named("Rate of labor counted", choose(people, rate, 0))


def plan_monthly_labor(hours: Number, rate: Number) -> Number:
    """So many hours in each month at the rate of labor (USD/month)."""
    return named("Watching and upkeep", hours * rate / months(1))


def plan_with_work(plan: MonthlyPlan, start: Number, month: Number) -> MonthlyPlan:
    """The plan with people's work added: before the start (USD) and in each month (USD/month)."""
    parts = plan.parts
    split = replace(parts, work=start + parts.work, upkeep=tuple(month + before for before in parts.upkeep))
    return replace(plan, start=start + plan.start, fixed=tuple(month + cost for cost in plan.fixed), split=split)
