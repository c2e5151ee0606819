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
from calculators.engine.traced import Origin, Traced
from calculators.engine.units import MONTH, ONE, REQUESTS_PER_MONTH, USD, USD_PER_MONTH, USD_PER_REQUEST, Unit
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


def traced(value: int, unit: Unit, label: str = "") -> Traced:
    return Traced(Decimal(value), unit, label=label, origin=Origin("typed"))


def leaves(node: Any) -> set[str]:
    """The names of what a working begins with."""
    return {node.label} if not node.parts else {name for part in node.parts for name in leaves(part)}


def test_the_working_counts_the_readers_own_months_and_names_each() -> None:
    """The last stretch of equal months ends with the number of months that was typed; the others have their own."""
    fixed = [traced(7, USD_PER_MONTH, "Fixed"), traced(8, USD_PER_MONTH, "Fixed, later")]
    free = traced(0, USD_PER_REQUEST)
    changing = Plan(name="one", start=traced(5, USD), fixed=(fixed[0], fixed[0], fixed[1]), per_request=(free,) * 3)
    course = Course(requests=traced(2, REQUESTS_PER_MONTH), growth=traced(0, ONE), discount=traced(0, ONE))
    whole = course.cost(changing, 3, traced(3, MONTH, "Months typed"))
    assert whole.value == 5 + 7 + 7 + 8 and "Months typed" in leaves(whole)
    steady = Plan(name="two", start=traced(5, USD), fixed=(fixed[0],) * 3, per_request=(free,) * 3)
    assert "Months typed" in leaves(course.parts(steady, 3, traced(3, MONTH, "Months typed"))[0])
    asked = course.asked(traced(3, MONTH))
    assert (asked.value, asked.unit) == (6, ONE)
    assert [it.label for it in course.totals(changing)] == ["", "After month 1", "After month 2", "After month 3"]
    assert [it.value for it in course.totals(changing)] == [5, 12, 19, 27]


def test_before_the_first_month_there_is_only_the_start() -> None:
    one = Plan(name="one", start=Decimal(5), fixed=(Decimal(1),), per_request=(Decimal(2),))
    course = Course(requests=Decimal(3), growth=Decimal(0), discount=Decimal(0))
    assert course.parts(one, 0, 0) == (5, 0) and course.cost(one, 0, 0) == 5
    assert course.parts(one, 1, 1) == (5 + 1, 2) and course.cost(one, 1, 1) == 5 + 1 + 2 * 3
