"""People's time: writing and testing the prompt, and keeping it good."""

from __future__ import annotations

from calculators.domain.plans import MonthlyPlan, plan_labor_rate, plan_monthly_labor, plan_with_work
from calculators.engine.numbers import Number, named
from calculators.prompting.cost.inputs import Inputs
from calculators.prompting.cost.monthly_plan import YEAR_AHEAD, prompting_plan


def prompt_cost_labor(i: Inputs) -> Number:
    """The hours before the first answer, at the rate of labor (USD)."""
    return named("Labor", i.prompt_hours * plan_labor_rate(i.people, i.labor_rate))


def prompt_upkeep_cost(i: Inputs) -> Number:
    """The hours of upkeep, at the rate of labor (USD/month)."""
    return plan_monthly_labor(i.prompt_upkeep_hours, plan_labor_rate(i.people, i.labor_rate))


def prompting_plan_with_work(i: Inputs, months: int = YEAR_AHEAD) -> MonthlyPlan:
    """Prompting as a plan: the work on the prompt first, its upkeep each month, and the price of a request."""
    return plan_with_work(prompting_plan(i, months), prompt_cost_labor(i), prompt_upkeep_cost(i))
