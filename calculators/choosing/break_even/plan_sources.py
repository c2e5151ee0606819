"""Where the costs of a plan come from: the calculator of its lever, or nothing but what the reader types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from calculators.agents import plan as agent_plan
from calculators.choosing.break_even.inputs import Inputs
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.domain.plans import MonthlyPlan, plan_labor_rate, plan_monthly_labor, plan_with_work
from calculators.engine.facts import months_between_days
from calculators.engine.numbers import Number, largest, months, named, whole_number
from calculators.engine.numbers.units import TOKENS, USD_PER_REQUEST
from calculators.fine_tuning import plan as tuned_plan
from calculators.prompting import PlanInputs as PromptingInputs
from calculators.prompting import plan as prompting_plan
from calculators.prompting import prompt_cost_labor, prompt_upkeep_cost
from calculators.rag import plan as retrieval_plan
from calculators.serving import LIKELY_MACHINES, HostingInputs, hosting_plan

Volumes: TypeAlias = Sequence[Number] | None
"""The requests of each month, where they are not the same in all."""


def _break_even_prompting_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    return plan_source_with_move(i, prompting_plan(i.prompting, horizon), i.prompting.model.retires)


def _break_even_retrieval_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    return plan_source_with_move(i, retrieval_plan(i.retrieval, horizon), i.retrieval.model.retires)


def _break_even_tuned_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    return tuned_plan(i.tuned, horizon, volumes)


def _break_even_combined_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    """The tuned model reads what retrieval finds; retrieval pays for everything but the answer."""
    search = retrieval_plan(i.retrieval, horizon, answering=False)
    tuned = tuned_plan(replace(i.tuned, context=i.tuned.context + search.context), horizon, volumes)
    return tuned.and_also(search, f"{tuned.name} with retrieval")


def _break_even_agent_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    """An agent does each request as a task, on the model and with the prompt of prompting, and people build tools."""
    if not isinstance(i, Inputs):
        raise TypeError("only a comparison that asks about an agent can count one")
    prompting, rate = i.prompting, plan_labor_rate(i.people, i.labor_rate)
    agent = replace(
        i.agent,
        tasks=i.requests,
        instructions=plan_source_fixed_prompt(prompting),
        task_tokens=prompting.user_text + prompting.context,
        model=prompting.model,
        effort=prompting.effort,
        reasoning=prompting.reasoning,
        caching=prompting.caching,
        lifetime=prompting.lifetime,
        active_hours=prompting.active_hours,
        tier=prompting.tier,
    )
    building = named("Building tools and test tasks", i.agent_hours * rate)
    plan = plan_with_work(agent_plan(agent, horizon), building, plan_monthly_labor(i.agent_upkeep_hours, rate))
    return plan_source_with_move(i, plan_source_with_prompt_work(i, plan), prompting.model.retires)


def break_even_hosted_plan(
    i: LeverPlansInputs, horizon: int, volumes: Volumes, speed: str = LIKELY_MACHINES
) -> MonthlyPlan:
    """An open model on rented machines reads the prompt of prompting; people write that, and set the machines up."""
    volumes = None if volumes is None else [volume * (1 + i.repeated) for volume in volumes]
    return plan_source_with_prompt_work(i, hosting_plan(plan_source_prompted_hosting(i), horizon, volumes, speed))


def break_even_hosted_search_plan(
    i: LeverPlansInputs, horizon: int, volumes: Volumes, speed: str = LIKELY_MACHINES
) -> MonthlyPlan:
    """The open model on rented machines reads what retrieval finds."""
    search = retrieval_plan(i.retrieval, horizon, answering=False)
    hosted = break_even_hosted_plan(plan_source_with_passages(i, search), horizon, volumes, speed)
    return hosted.and_also(search, f"{hosted.name} with retrieval")


def plan_source_with_passages(i: LeverPlansInputs, search: MonthlyPlan) -> LeverPlansInputs:
    """The questions with the passages that a search finds in each prompt."""
    return replace(i, prompting=replace(i.prompting, context=i.prompting.context + search.context))


def plan_source_hosting(i: LeverPlansInputs, source: str) -> HostingInputs:
    """The questions about machines of a plan from one of the `HOSTED_PLANS`."""
    if source == "hosted_search":
        i = plan_source_with_passages(i, retrieval_plan(i.retrieval, 1, answering=False))
    return plan_source_prompted_hosting(i)


def plan_source_prompted_hosting(i: LeverPlansInputs) -> HostingInputs:
    """The questions about machines, with the prompt of prompting and requests that are sent again."""
    return replace(
        i.hosting,
        requests=named("Requests, repeats included", i.requests * (1 + i.repeated)),
        instructions=plan_source_fixed_prompt(i.prompting),
        context=i.prompting.context,
        tier=i.prompting.tier,
        answer=largest(whole_number(1, "One token at least", TOKENS, i.horizon), i.answer),
    )


def plan_source_fixed_prompt(prompting: PromptingInputs) -> Number:
    """What every request says first: instructions and examples (tokens)."""
    return named("Instructions and examples", prompting.instructions + prompting.examples * prompting.example_tokens)


def plan_source_with_prompt_work(i: LeverPlansInputs, plan: MonthlyPlan) -> MonthlyPlan:
    """The plan with people's work on the prompt added, which every lever has."""
    return plan_with_work(plan, prompt_cost_labor(i.prompting), prompt_upkeep_cost(i.prompting))


def _break_even_typed_plan(i: LeverPlansInputs, horizon: int, volumes: Volumes) -> MonthlyPlan:
    """Nothing but what is typed."""
    nothing = whole_number(0, "Nothing a request", USD_PER_REQUEST, i.horizon)
    return MonthlyPlan(name="Your own", start=0, fixed=(0,) * horizon, per_request=(nothing,) * horizon)


HOSTED_PLANS = {"hosting": break_even_hosted_plan, "hosted_search": break_even_hosted_search_plan}
"""The sources of plans on machines of one's own."""

PlanSource: TypeAlias = Callable[[LeverPlansInputs, int, Volumes], MonthlyPlan]
"""What makes a plan from the questions, the months, and their volumes where they differ."""

PLAN_SOURCES: Mapping[str, PlanSource] = {
    "prompting": _break_even_prompting_plan,
    "retrieval": _break_even_retrieval_plan,
    "tuned": _break_even_tuned_plan,
    "both": _break_even_combined_plan,
    "agent": _break_even_agent_plan,
    **HOSTED_PLANS,
    "own": _break_even_typed_plan,
}


def plan_source_with_move(i: LeverPlansInputs, plan: MonthlyPlan, retires: str) -> MonthlyPlan:
    """The plan with the work to move to another model in the month in which its own shuts down."""
    month = plan_source_moving_month(i.as_of, retires, len(plan.fixed))
    if month is None:
        return plan
    rate = plan_labor_rate(i.people, i.labor_rate)
    work = named("Work to move to another model", i.migration_hours * rate / months(1))
    upkeep = plan_source_months_with(plan.parts.upkeep, month, work)
    return replace(
        plan, fixed=plan_source_months_with(plan.fixed, month, work), split=replace(plan.parts, upkeep=upkeep)
    )


def plan_source_moving_month(as_of: str, retires: str, horizon: int) -> int | None:
    """The month, counted from 0, in which a model shuts down; None where that is not within the horizon (months)."""
    month = months_between_days(as_of, retires) if retires > as_of else horizon
    return month if month < horizon else None


def plan_source_months_with(monthly: tuple[Number | int, ...], month: int, more: Number) -> tuple[Number | int, ...]:
    """The costs of each month, with more in one of them."""
    return (*monthly[:month], monthly[month] + more, *monthly[month + 1 :])
