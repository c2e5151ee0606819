"""People's time: writing the prompt, building the retrieval, testing the search, and keeping all of it good."""

from __future__ import annotations

from calculators.domain.plans import plan_labor_rate, plan_monthly_labor
from calculators.engine.numbers import Number, named
from calculators.rag.cost.inputs import Inputs


def retrieval_labor(i: Inputs, *, answering: bool = True) -> Number:
    """All hours before the first answer (USD); without `answering`, the prompt is another calculator's to write."""
    hours = i.build_hours + i.evaluation_hours
    if answering:
        hours = i.prompt_hours + hours
    return named("Labor", hours * plan_labor_rate(i.people, i.labor_rate))


def retrieval_upkeep_cost(i: Inputs) -> Number:
    """The hours of upkeep, at the rate of labor (USD/month)."""
    return plan_monthly_labor(i.retrieval_upkeep_hours, plan_labor_rate(i.people, i.labor_rate))
