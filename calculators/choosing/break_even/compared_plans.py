"""The plans of a comparison, each with what the months make of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property

from calculators.choosing.break_even.lever_inputs import SOURCES, TONES, LeverPlansInputs, PlanLine
from calculators.choosing.break_even.plan_sources import PLAN_SOURCES, PlanSource
from calculators.domain.compounding import CompoundingCourse
from calculators.domain.plans import MonthlyPlan, PlanSplit
from calculators.domain.statistics import normal_quantile, wilson_interval
from calculators.engine.declare import Range
from calculators.engine.numbers import (
    Condition,
    Number,
    bare_value,
    both,
    either_of,
    is_known_number,
    is_traced,
    known_or,
    months,
    named,
    quotient,
    smallest,
    sorted_by_number,
    untraced,
    whole_number,
)
from calculators.engine.numbers.units import USD, USD_PER_MONTH


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two plans cost the same over all months.

    `volume` is in requests of the first month, None where one always costs less. `ending` says where the other plan is
    cheaper: `from` that volume on, `up to` it, at `any` volume or `never`. `priced` are the requests of the first month
    at which prices were taken.
    """

    volume: Number | None
    ending: str
    priced: Number


class ComparedPlan:
    """One plan of the comparison with what the months make of it; `number` is its place, from 1.

    `source` is what its costs come from, if not from its line's own. `crossings` are those with other plans that were
    looked for.
    """

    def __init__(
        self, i: LeverPlansInputs, line: PlanLine, number: int, costs: MonthlyPlan, source: PlanSource | None = None
    ) -> None:
        self.i, self.line, self.number, self.costs, self.source = i, line, number, costs, source
        self.crossings: dict[ComparedPlan, Crossing] = {}
        self._served: ComparedPlan | None = None  # the last one at another volume
        self.course = CompoundingCourse(requests=i.requests, growth=i.growth, discount=i.discount)

    @property
    def name(self) -> str:
        """What the reader calls it, or what its source calls it."""
        return self.line.name.strip() or SOURCES[bare_value(self.line.source)]

    @property
    def tone(self) -> str:
        """The color in which charts draw it; empty for costs of the reader's own."""
        return TONES.get(bare_value(self.line.source), "")

    @property
    def start(self) -> Number:
        """What is paid once (USD): a quantity, even where nothing is paid."""
        return self.costs.start  # type: ignore[return-value]

    @cached_property
    def parts(self) -> tuple[Number, Number]:
        """The months' cost apart from requests (USD), and for each request of the first month (USD/request)."""
        return self.course.parts(self.costs, len(self.costs.fixed), self.i.horizon)

    @cached_property
    def total(self) -> Number:
        """What it costs over all months (USD)."""
        fixed, served = self.parts
        return named(f"{self.name}, over these months", fixed + served * self.i.requests)

    def at_volume(self, requests: Number) -> ComparedPlan:
        """The same plan with so many requests a month, priced anew: more of them find more of a prompt cached."""
        i = self.i
        if requests is i.requests:
            return self
        if self._served is not None and self._served.i.requests is requests:
            return self._served
        served = replace(
            i,
            requests=requests,
            prompting=replace(i.prompting, requests=requests),
            retrieval=replace(i.retrieval, queries=requests),
            tuned=replace(i.tuned, requests=requests),
            hosting=replace(i.hosting, requests=requests),
        )
        self._served = compared_plan(served, self.line, self.number, self.source)
        return self._served

    @cached_property
    def bare(self) -> ComparedPlan:
        """The same plan in bare numbers."""
        return self.bare_beside(None)

    def bare_beside(self, plan: ComparedPlan | None) -> ComparedPlan:
        """The same, with what it asks alike taken from the bare numbers of another plan of a traced run."""
        if not is_traced(self.i.requests):
            return self
        if plan is None:
            alone = replace(self.i.prompting, market=()), replace(self.i.tuned, market=())  # no plan has other models
            i = untraced(replace(self.i, prompting=alone[0], tuned=alone[1]))
        else:
            names = (field.name for field in fields(self.i))
            apart = {name for name in names if getattr(self.i, name) is not getattr(plan.i, name)}
            i = replace(plan.bare.i, **{name: untraced(getattr(self.i, name)) for name in apart})
        return compared_plan(i, untraced(self.line), self.number, self.source)

    @property
    def work(self) -> Number:
        """People's part of the start (USD)."""
        return self._quantity(self.costs.parts.work)

    @cached_property
    def people(self) -> Number:
        """What of it pays for people's work (USD)."""
        parts = self.costs.parts
        return named(f"{self.name}, people's work", self._standing(parts.work, parts.upkeep))

    @cached_property
    def hosting(self) -> Number:
        """What of it pays for machines and stores that stand ready (USD)."""
        return named(f"{self.name}, hosting", self._standing(0, self.costs.parts.hosting))

    @cached_property
    def typed(self) -> Number:
        """What of it the reader typed, whoever it pays for: a start, a fixed cost, and what bad answers cost (USD)."""
        start = self.line.start if is_known_number(self.line.start) else 0
        fixed = self.line.fixed if is_known_number(self.line.fixed) else 0
        typed = self._standing(start, (fixed,) * len(self.costs.fixed))
        bad = compared_plan_bad_answers(self.i, self.line)
        if bad is not None:
            typed = typed + bad * self.course.served(0, self.i.horizon) * self.i.requests
        return named(f"{self.name}, typed", typed)

    @property
    def tokens(self) -> Number:
        """What is left: whatever is bought by use (USD)."""
        return self.total - self.people - self.hosting - self.typed

    def _standing(self, start: Number | int, monthly: tuple[Number | int, ...]) -> Number:
        """A start and monthly costs over all months (USD)."""
        return self._quantity(self.course.standing(start, monthly, self.i.horizon))

    def _quantity(self, cost: Number | int) -> Number:
        """A cost (USD), also where nothing is paid."""
        return whole_number(0, "Nothing", USD, self.i.horizon) if isinstance(cost, int) else cost

    def after(self, month: int) -> Number:
        """What it has cost after so many months (USD)."""
        if month == 0:
            return named(f"{self.name}, at the start", self.start)
        cost: Number = self.course.cost(self.costs, month, months(month))
        return named(f"{self.name}, after month {month}", cost)

    @cached_property
    def totals(self) -> list[Number]:
        """What it has cost at the start and after each month, in bare numbers (USD), to look for crossings."""
        return untraced(self.course).totals(untraced(self.costs))

    @cached_property
    def quality(self) -> Range | None:
        """The share of good answers with its interval; None where no answers were tested."""
        tested = self.line.tested
        if tested is None or not bare_value(tested):
            return None
        z = normal_quantile((1 - self.i.confidence) / 2)
        return wilson_interval(compared_plan_good_answers(self.line), tested, z)

    @cached_property
    def accepted(self) -> Range:
        """What a good answer costs: from the best share of good answers to the worst (USD/request)."""
        if self.quality is None:
            return Range(None, None, None)
        asked = named("Requests over these months", self.course.asked(self.i.horizon))
        if bare_value(asked) == 0:
            return Range(None, None, None)
        each = named(f"{self.name}, an answer", self.total / asked)
        ends = (self.quality.high, self.quality.likely, self.quality.low)
        return Range(*(quotient(each, share, None) for share in ends))


def compared_plans(i: LeverPlansInputs) -> list[ComparedPlan]:
    """The plans in the order of their lines."""
    return [compared_plan(i, line, number) for number, line in enumerate(i.plans, 1) if has_compared_plan_costs(line)]


def has_compared_plan_costs(line: PlanLine) -> bool:
    """Whether the costs of a line come from a calculator or were typed: without any, it would look free."""
    costs = (line.start, line.fixed, line.per_request)
    return bare_value(line.source) != "own" or any(is_known_number(cost) for cost in costs)


def compared_plan(i: LeverPlansInputs, line: PlanLine, number: int, source: PlanSource | None = None) -> ComparedPlan:
    """The plan of one line, in its place; `source` takes the place of the line's own."""
    horizon = int(bare_value(i.horizon))
    course = CompoundingCourse(requests=i.requests, growth=i.growth, discount=i.discount)
    volumes = None if bare_value(i.growth) == 0 else [course.volume(month) for month in range(horizon)]
    calculated = (source or PLAN_SOURCES[bare_value(line.source)])(i, horizon, volumes)
    return ComparedPlan(i, line, number, compared_plan_of_line(i, line, horizon, calculated), source)


def scaled_compared_plan_parts(
    plan: ComparedPlan, people: Number | int, request: Number | int
) -> tuple[Number, Number]:
    """What a plan costs apart from requests (USD) and for each request of the first month (USD/request), scaled."""
    fixed, served = plan.parts
    return fixed + plan.people * people - plan.people, served * request


def compared_plan_of_line(i: LeverPlansInputs, line: PlanLine, horizon: int, calculated: MonthlyPlan) -> MonthlyPlan:
    """The plan of one line: its calculator's months, what is typed in their place, and the cost of bad answers."""
    nothing = whole_number(0, "Nothing fixed", USD_PER_MONTH, i.horizon)
    start = line.start if is_known_number(line.start) else calculated.start
    start = whole_number(0, "Nothing to start", USD, i.horizon) if isinstance(start, int) else start
    fixed = (line.fixed,) * horizon if is_known_number(line.fixed) else calculated.fixed
    fixed = tuple(nothing if isinstance(cost, int) else cost for cost in fixed)
    served = (line.per_request,) * horizon if is_known_number(line.per_request) else calculated.per_request
    bad = compared_plan_bad_answers(i, line)
    if bad is not None:
        served = tuple(cost + bad for cost in served)
    return MonthlyPlan(
        name=calculated.name,
        start=start,
        fixed=fixed,
        per_request=served,
        split=compared_plan_split(line, calculated.parts),
        quality=calculated.quality,
    )


def compared_plan_split(line: PlanLine, calculated: PlanSplit) -> PlanSplit:
    """What of the plan pays for people and for hosting, where it is calculated: of a typed cost nobody knows it."""
    months = len(calculated.upkeep)
    if is_known_number(line.fixed):
        calculated = replace(calculated, upkeep=(0,) * months, hosting=(0,) * months)
    return replace(calculated, work=0) if is_known_number(line.start) else calculated


def compared_plan_bad_answers(i: LeverPlansInputs, line: PlanLine) -> Number | None:
    """What bad answers cost, a request (USD/request); None where no answers were tested."""
    if not is_known_number(line.tested) or not bare_value(line.tested):
        return None
    bad = 1 - quotient(compared_plan_good_answers(line), line.tested)
    return named("Bad answers, a request", bad * i.bad_answer)


def compared_plan_good_answers(line: PlanLine) -> Number:
    """The good answers of a plan, at most all that were tested."""
    return smallest(known_or(line.accepted, 0), known_or(line.tested, 0))


def rival_plan(i: LeverPlansInputs, plans: list[ComparedPlan]) -> ComparedPlan | None:
    """The plan that the first is compared with: the one asked for, else the cheapest of the others."""
    asked_for = [plan for plan in plans[1:] if str(plan.number) == bare_value(i.against)]
    ordered = asked_for or sorted_by_number(plans[1:], key=lambda plan: plan.totals[-1])
    return ordered[0] if ordered else None


def is_rival_plan(i: LeverPlansInputs, plans: list[ComparedPlan], rival: ComparedPlan) -> Condition:
    """That this plan is the one to compare with: by its place, or because it costs least."""
    cheapest = [rival.total <= plan.total for plan in plans[1:] if plan is not rival]
    asked = i.against == str(rival.number)
    return (
        either_of(asked, both(*cheapest)) if bare_value(asked) else either_of(both(*cheapest), i.against == "cheapest")
    )
