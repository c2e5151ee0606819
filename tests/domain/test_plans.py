"""Plans over months that differ: what they cost, discounted and with a growing volume, against sums month by month."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.domain.compounding import CompoundingCourse, compound_monthly_discount, sum_of_compound_powers
from calculators.domain.plans import (
    MonthlyPlan,
    PlanSplit,
    plan_labor_rate,
    plan_monthly_labor,
    plan_payback_months,
    plan_with_work,
    shared_plan_months,
    undivided_plan_cost,
)
from calculators.engine.numbers.units import (
    HOUR,
    MONTH,
    ONE,
    REQUESTS_PER_MONTH,
    USD,
    USD_PER_HOUR,
    USD_PER_MONTH,
    USD_PER_REQUEST,
)
from tests.calculators.choosing.break_even_by_hand import Costs, totals
from tests.runs import as_traced, traced_run

TUNED = settings(max_examples=50, deadline=None, derandomize=True, database=None)
RATES = st.sampled_from([Fraction(0), Fraction(5, 100), Fraction(-1, 2), Fraction(1), Fraction(2)])
DISCOUNTS = st.sampled_from([Fraction(0), Fraction(8, 100), Fraction(1)])


def decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def near(number: Any, expected: Fraction) -> bool:
    return abs(Fraction(number) - expected) <= abs(expected) / 10**20


@st.composite
def costs(draw: st.DrawFn, months: int) -> Costs:
    """A plan whose fixed costs and whose requests each change in months of their own, or never."""

    def row() -> tuple[Fraction, ...]:
        changes = draw(st.lists(st.tuples(st.integers(0, months), st.integers(0, 50)), max_size=2))
        first = draw(st.integers(0, 50))
        return tuple(
            Fraction(next((changed for start, changed in reversed(changes) if month >= start), first))
            for month in range(months)
        )

    return Costs(Fraction(draw(st.integers(0, 90))), row(), row())


def plan(by_hand: Costs) -> MonthlyPlan:
    """The same plan in decimals."""
    rows = (tuple(decimal(cost) for cost in row) for row in (by_hand.fixed, by_hand.per_request))
    fixed, per_request = rows
    return MonthlyPlan(name="one", start=decimal(by_hand.start), fixed=fixed, per_request=per_request)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Costs, CompoundingCourse, list[Fraction]]:
    """A plan, a course of months, and what it has cost after each by hand."""
    by_hand = draw(costs(draw(st.integers(1, 9))))
    requests, growth, discount = Fraction(draw(st.integers(0, 20))), draw(RATES), draw(DISCOUNTS)
    course = CompoundingCourse(requests=decimal(requests), growth=decimal(growth), discount=decimal(discount))
    return by_hand, course, totals(by_hand, requests, growth, discount)


@TUNED
@given(cases())
def test_what_a_plan_has_cost_after_each_month(case: tuple[Costs, CompoundingCourse, list[Fraction]]) -> None:
    by_hand, course, expected = case
    for upto in range(1, len(expected)):
        assert near(course.cost(plan(by_hand), upto, upto), expected[upto])
        assert near(course.cost(plan(by_hand), upto, Decimal(upto)), expected[upto])
    for total, expected_total in zip(course.totals(plan(by_hand)), expected, strict=True):
        assert near(total, expected_total)


@TUNED
@given(cases())
def test_the_parts_are_what_no_requests_cost_and_what_one_adds(
    case: tuple[Costs, CompoundingCourse, list[Fraction]],
) -> None:
    by_hand, course, _ = case
    months, growth, discount = len(by_hand.fixed), Fraction(course.growth), Fraction(course.discount)
    fixed, served = course.parts(plan(by_hand), months, Decimal(months))
    idle, single = (totals(by_hand, Fraction(requests), growth, discount)[-1] for requests in (0, 1))
    assert near(fixed, idle) and near(served, single - idle)


@TUNED
@given(st.integers(1, 9).flatmap(costs), st.integers(0, 20))
def test_equal_months_are_counted_together(by_hand: Costs, requests: int) -> None:
    assert plan(by_hand).total(Decimal(requests)) == totals(by_hand, Fraction(requests))[-1]


@TUNED
@given(st.integers(1, 9).flatmap(lambda months: st.tuples(costs(months), costs(months))))
def test_two_plans_at_once_cost_what_both_cost(both: tuple[Costs, Costs]) -> None:
    together = plan(both[0]).and_also(plan(both[1]), "both")
    assert together.start == both[0].start + both[1].start
    for month in range(len(together.fixed)):
        assert together.month(month, Decimal(3)) == sum(
            cost.fixed[month] + 3 * cost.per_request[month] for cost in both
        )


@pytest.mark.parametrize("growth", ["0", "0.05", "-0.2", "1", "2"])
def test_the_requests_of_some_months(growth: str) -> None:
    course = CompoundingCourse(requests=Decimal(40), growth=Decimal(growth), discount=Decimal(0))
    volumes = [40 * (1 + Fraction(growth)) ** month for month in range(12)]
    assert [Fraction(course.volume(month)) for month in range(12)] == volumes
    for count, asked in enumerate(accumulate(volumes), 1):
        assert near(course.asked(Decimal(count)), asked)


def test_months_are_alike_only_without_growth_and_discount() -> None:
    steady = [
        CompoundingCourse(requests=Decimal(1), growth=Decimal(growth), discount=Decimal(discount)).steady
        for growth, discount in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    assert steady == [True, False, False, False]


def test_a_month_of_a_yearly_rate_is_its_twelfth_root() -> None:
    for rate in ("0", "0.08", "1"):
        assert abs(compound_monthly_discount(Decimal(rate)) ** 12 * (1 + Decimal(rate)) - 1) < Decimal("1e-25")
    assert sum_of_compound_powers(Decimal(3), 2, Decimal(3)) == 9 + 27 + 81


def test_months_of_unlike_number_are_refused() -> None:
    with pytest.raises(ValueError, match="'one' has 1 fixed months but 2 of requests"):
        MonthlyPlan(name="one", start=0, fixed=(0,), per_request=(Decimal(0), Decimal(0)))


def leaves(node: Any) -> set[str]:
    """The names of what a working begins with."""
    return {node.label} if not node.parts else {name for part in node.parts for name in leaves(part)}


def test_the_working_counts_the_readers_own_months_and_names_each() -> None:
    """The last stretch of equal months ends with the number of months that was typed; the others have their own."""
    fixed = [traced_run(7, USD_PER_MONTH, "Fixed"), traced_run(8, USD_PER_MONTH, "Fixed, later")]
    free = traced_run(0, USD_PER_REQUEST)
    changing = MonthlyPlan(
        name="one", start=traced_run(5, USD), fixed=(fixed[0], fixed[0], fixed[1]), per_request=(free,) * 3
    )
    course = CompoundingCourse(
        requests=traced_run(2, REQUESTS_PER_MONTH), growth=traced_run(0, ONE), discount=traced_run(0, ONE)
    )
    whole: Any = course.cost(changing, 3, traced_run(3, MONTH, "Months typed"))
    assert whole.value == 5 + 7 + 7 + 8 and "Months typed" in leaves(whole)
    steady = MonthlyPlan(name="two", start=traced_run(5, USD), fixed=(fixed[0],) * 3, per_request=(free,) * 3)
    assert "Months typed" in leaves(course.parts(steady, 3, traced_run(3, MONTH, "Months typed"))[0])
    asked: Any = course.asked(traced_run(3, MONTH))
    assert (asked.value, asked.unit) == (6, ONE)
    totals_traced = [as_traced(total) for total in course.totals(changing)]
    assert [total.label for total in totals_traced] == ["", "After month 1", "After month 2", "After month 3"]
    assert [total.value for total in totals_traced] == [5, 12, 19, 27]


def test_before_the_first_month_there_is_only_the_start() -> None:
    single = MonthlyPlan(name="single", start=Decimal(5), fixed=(Decimal(1),), per_request=(Decimal(2),))
    course = CompoundingCourse(requests=Decimal(3), growth=Decimal(0), discount=Decimal(0))
    assert course.parts(single, 0, 0) == (5, 0) and course.cost(single, 0, 0) == 5
    assert course.parts(single, 1, 1) == (5 + 1, 2) and course.cost(single, 1, 1) == 5 + 1 + 2 * 3


def test_months_with_the_very_same_records_share_one_result() -> None:
    """An equal record is not the same one: it may stand for other announced prices."""
    early, late, equal_to_late = [1], [2], [2]
    costs: list[list[int]] = []

    def cost(record: list[int], factor: int) -> list[int]:
        costs.append(record)
        return [record[0] * factor]

    months = shared_plan_months(cost, [early, early, late, early, equal_to_late], [10] * 5)
    assert months == ([10], [10], [20], [10], [20])
    assert months[0] is months[1] is months[3] and months[2] is not months[4]
    assert len(costs) == 3
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        shared_plan_months(cost, [early, late], [10])


# ---- People's work, and what a plan pays for ----

MACHINES = MonthlyPlan(
    name="one",
    start=Decimal(10),
    fixed=(Decimal(5), Decimal(6)),
    per_request=(Decimal(1), Decimal(1)),
    split=PlanSplit(work=Decimal(2), upkeep=(Decimal(0), Decimal(1)), hosting=(Decimal(3), Decimal(4))),
)


def test_work_is_added_to_the_start_and_to_each_month() -> None:
    plan = plan_with_work(MACHINES, Decimal(100), Decimal(20))
    assert (plan.start, plan.fixed) == (110, (25, 26))
    assert plan.parts == PlanSplit(
        work=Decimal(102), upkeep=(Decimal(20), Decimal(21)), hosting=(Decimal(3), Decimal(4))
    )
    assert (plan.per_request, plan.name) == (MACHINES.per_request, "one")


def test_a_plan_without_a_split_is_bought_by_use() -> None:
    plan = MonthlyPlan(name="two", start=Decimal(1), fixed=(Decimal(2),), per_request=(Decimal(3),))
    assert plan.parts == undivided_plan_cost(1) == PlanSplit(work=0, upkeep=(0,), hosting=(0,))
    assert plan_with_work(plan, Decimal(7), Decimal(8)).parts.upkeep == (8,)


def test_two_plans_at_once_pay_for_the_parts_of_both() -> None:
    together = MACHINES.and_also(plan_with_work(MACHINES, Decimal(100), Decimal(20)), "both")
    assert together.parts == PlanSplit(
        work=Decimal(104), upkeep=(Decimal(20), Decimal(22)), hosting=(Decimal(6), Decimal(8))
    )


def test_no_work_counts_where_people_are_left_out() -> None:
    assert [plan_labor_rate(people, Decimal(70)) for people in (True, False)] == [70, 0]
    assert plan_monthly_labor(Decimal(3), Decimal(70)) == 210


def test_what_stands_each_month_is_summed_and_discounted() -> None:
    course = CompoundingCourse(requests=Decimal(1), growth=Decimal(0), discount=Decimal(0))
    assert course.standing(Decimal(9), (Decimal(1), Decimal(1), Decimal(4)), 3) == 9 + 1 + 1 + 4
    assert course.standing(Decimal(9), (Decimal(1), Decimal(1), Decimal(4)), Decimal(3)) == 15
    assert course.standing(0, (0, 0), 2) == 0
    halved = CompoundingCourse(requests=Decimal(1), growth=Decimal(0), discount=Decimal(1))
    month = Decimal(2) ** (Decimal(-1) / 12)
    expected = 9 + month + 4 * month**2
    assert abs(Decimal(halved.standing(Decimal(9), (Decimal(1), Decimal(4)), 2)) - expected) < Decimal("1e-20")


# ---- Months until a switch has paid for itself ----


def saving(*by_month: str) -> tuple[MonthlyPlan, MonthlyPlan]:
    """Two plans, of which the second costs so much less a month at ten requests; the first has a start of its own."""
    costs = [Decimal(each) / 10 for each in by_month]
    free = (Decimal(7),) * len(costs)
    per_request = tuple(Decimal(9) + cost for cost in costs)
    staying = MonthlyPlan(name="staying", start=Decimal(3), fixed=free, per_request=per_request)
    return staying, MonthlyPlan(name="switching", start=Decimal(8), fixed=free, per_request=(Decimal(9),) * len(costs))


@pytest.mark.parametrize(
    ("saved", "start", "months"),
    [
        (["2", "2", "2"], "5", "2.5"),
        (["0.5"] * 4, "1", "2"),
        (["1", "1", "3", "3"], "5", "3"),
        # After the last month it goes on as in it: 8 are saved, and then 3 a month.
        (["1", "1", "3", "3"], "11", "5"),
        (["4", "0", "0", "1"], "6", "5"),
        # Paid at the very end of the months that save most, whatever comes then.
        (["1", "1", "3", "3", "0", "0"], "8", "4"),
        (["1", "1", "3", "3", "-2", "-2"], "8", "4"),
        (["0.5", "0.5", "-2"], "1", "2"),
        (["1", "1", "3", "3", "0", "0"], "10", None),
        # Without a start it is paid as soon as it saves anything.
        (["5", "5"], "0", "0"),
        (["0", "5"], "0", "1"),
        (["1", "0", "0"], "5", None),
        (["1", "-1", "-1"], "5", None),
    ],
)
def test_the_months_until_a_switch_is_paid(saved: list[str], start: str, months: str | None) -> None:
    """The starts of both plans are no part of it; what the switch takes is given."""
    expected = None if months is None else Decimal(months)
    assert plan_payback_months(*saving(*saved), Decimal(10), Decimal(start)) == expected


def test_the_working_of_the_months_until_a_switch_is_paid() -> None:
    """Two months that save $1, then $3 each: after 3 months $5."""
    fixed = tuple(traced_run(each, USD_PER_MONTH) for each in (4, 6, 3))
    free = (traced_run(0, USD_PER_REQUEST),) * 4
    staying = MonthlyPlan(name="one", start=0, fixed=(fixed[0],) * 2 + (fixed[1],) * 2, per_request=free)
    switching = MonthlyPlan(name="two", start=0, fixed=(fixed[2],) * 4, per_request=free)
    paid = as_traced(plan_payback_months(staying, switching, traced_run(2, REQUESTS_PER_MONTH), traced_run(5, USD)))
    assert (paid.value, paid.unit) == (3, MONTH)


def test_the_labor_of_a_month_is_hours_at_a_rate() -> None:
    monthly = as_traced(plan_monthly_labor(traced_run(3, HOUR), traced_run(70, USD_PER_HOUR)))
    assert (monthly.value, monthly.unit) == (210, USD_PER_MONTH)
