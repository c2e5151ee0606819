"""An agent as a plan: its costs month by month."""

from __future__ import annotations

from dataclasses import replace

from calculators.agents.cost.attempt import AgentAttempt, Setting, agent_attempt
from calculators.agents.cost.inputs import Inputs
from calculators.domain.plans import MonthlyPlan, shared_plan_months
from calculators.domain.records import ModelPrice
from calculators.engine.numbers import Number, named

YEAR_AHEAD = 12


def agent_plan(i: Inputs, months: int = YEAR_AHEAD) -> MonthlyPlan:
    """An agent as a plan: nothing to start, nothing fixed, and the price of a task in each month, all attempts at it.

    A request of the plan is a task. `quality` is the share of tasks that are solved in the first month.
    """

    def attempt(model: ModelPrice) -> AgentAttempt:
        return agent_attempt(replace(i, model=model), Setting(model=model))

    def task(monthly: AgentAttempt) -> Number:
        return named("A task, all attempts at it", monthly.per_task)

    attempts = shared_plan_months(attempt, map(i.model.in_month, range(months)))
    return MonthlyPlan(
        name=f"An agent on {i.model.name}",
        start=0,
        fixed=(0,) * months,
        per_request=shared_plan_months(task, attempts),
        quality=attempts[0].solved,
    )
