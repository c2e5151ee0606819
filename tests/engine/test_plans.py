"""Plans over months that differ: what they cost, discounted and with a growing volume, against sums month by month."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.engine.numbers import EXACT
from calculators.engine.plans import Course, Plan, month_of, powers
from tests.calculators.by_hand_break_even import Costs, totals

TUNED = settings(max_examples=50, deadline=None, derandomize=True, database=None)
RATES = st.sampled_from([Fraction(0), Fraction(5, 100), Fraction(-1, 2), Fraction(1), Fraction(2)])
DISCOUNTS = st.sampled_from([Fraction(0), Fraction(8, 100), Fraction(1)])


@pytest.fixture(autouse=True)
def exact_context() -> Any:
    with localcontext(EXACT):
        yield


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def near(ours: Any, theirs: Fraction) -> bool:
    return abs(Fraction(ours) - theirs) <= abs(theirs) / 10**20


@st.composite
def costs(draw: st.DrawFn, months: int) -> Costs:
    """A plan whose fixed costs and whose requests each change in months of their own, or never."""

    def row() -> tuple[Fraction, ...]:
        changes = draw(st.lists(st.tuples(st.integers(0, months), st.integers(0, 50)), max_size=2))
        first = draw(st.integers(0, 50))
        return tuple(
            Fraction(next((to for at, to in reversed(changes) if month >= at), first)) for month in range(months)
        )

    return Costs(Fraction(draw(st.integers(0, 90))), row(), row())


def plan(of: Costs) -> Plan:
    """The same plan in decimals."""
    rows = (tuple(decimal(it) for it in row) for row in (of.fixed, of.per_request))
    fixed, per_request = rows
    return Plan(name="one", start=decimal(of.start), fixed=fixed, per_request=per_request)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Costs, Course, list[Fraction]]:
    """A plan, a course of months, and what it has cost after each by hand."""
    of = draw(costs(draw(st.integers(1, 9))))
    requests, growth, discount = Fraction(draw(st.integers(0, 20))), draw(RATES), draw(DISCOUNTS)
    course = Course(requests=decimal(requests), growth=decimal(growth), discount=decimal(discount))
    return of, course, totals(of, requests, growth, discount)


@TUNED
@given(cases())
def test_what_a_plan_has_cost_after_each_month(case: tuple[Costs, Course, list[Fraction]]) -> None:
    of, course, expected = case
    for upto in range(1, len(expected)):
        assert near(course.cost(plan(of), upto, upto), expected[upto])
        assert near(course.cost(plan(of), upto, Decimal(upto)), expected[upto])
    for ours, theirs in zip(course.totals(plan(of)), expected, strict=True):
        assert near(ours, theirs)


@TUNED
@given(cases())
def test_the_parts_are_what_no_requests_cost_and_what_one_adds(case: tuple[Costs, Course, list[Fraction]]) -> None:
    of, course, _ = case
    months, growth, discount = len(of.fixed), Fraction(course.growth), Fraction(course.discount)
    fixed, served = course.parts(plan(of), months, Decimal(months))
    idle, one = (totals(of, Fraction(requests), growth, discount)[-1] for requests in (0, 1))
    assert near(fixed, idle) and near(served, one - idle)


@TUNED
@given(st.integers(1, 9).flatmap(costs), st.integers(0, 20))
def test_equal_months_are_counted_together(of: Costs, requests: int) -> None:
    assert plan(of).total(Decimal(requests)) == totals(of, Fraction(requests))[-1]


@TUNED
@given(st.integers(1, 9).flatmap(lambda months: st.tuples(costs(months), costs(months))))
def test_two_plans_at_once_cost_what_both_cost(both: tuple[Costs, Costs]) -> None:
    together = plan(both[0]).and_also(plan(both[1]), "both")
    assert together.start == both[0].start + both[1].start
    for month in range(len(together.fixed)):
        assert together.month(month, Decimal(3)) == sum(it.fixed[month] + 3 * it.per_request[month] for it in both)


@pytest.mark.parametrize("growth", ["0", "0.05", "-0.2", "1", "2"])
def test_the_requests_of_some_months(growth: str) -> None:
    course = Course(requests=Decimal(40), growth=Decimal(growth), discount=Decimal(0))
    by_month = [40 * (1 + Fraction(growth)) ** month for month in range(12)]
    assert [Fraction(course.volume(month)) for month in range(12)] == by_month
    for count, asked in enumerate(accumulate(by_month), 1):
        assert near(course.asked(Decimal(count)), asked)


def test_months_are_alike_only_without_growth_and_discount() -> None:
    steady = [
        Course(requests=1, growth=Decimal(growth), discount=Decimal(discount)).steady
        for growth, discount in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    assert steady == [True, False, False, False]


def test_a_month_of_a_yearly_rate_is_its_twelfth_root() -> None:
    for rate in ("0", "0.08", "1"):
        assert abs(month_of(Decimal(rate)) ** 12 * (1 + Decimal(rate)) - 1) < Decimal("1e-25")
    assert powers(Decimal(3), 2, Decimal(3)) == 9 + 27 + 81


def test_months_of_unlike_number_are_refused() -> None:
    with pytest.raises(ValueError, match="'one' has 1 fixed months but 2 of requests"):
        Plan(name="one", start=0, fixed=(0,), per_request=(0, 0))
