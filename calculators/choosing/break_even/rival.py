"""Which plan the first is compared with."""

from __future__ import annotations

from calculators.choosing.break_even.compared_plans import ComparedPlan
from calculators.choosing.break_even.inputs import Inputs
from calculators.engine.numbers import Condition, bare_value, both, either_of, sorted_by_number


def rival_plan(i: Inputs, plans: list[ComparedPlan]) -> ComparedPlan | None:
    """The plan that the first is compared with: the one asked for, else the cheapest of the others."""
    asked_for = [plan for plan in plans[1:] if str(plan.number) == bare_value(i.against)]
    ordered = asked_for or sorted_by_number(plans[1:], key=lambda plan: plan.totals[-1])
    return ordered[0] if ordered else None


def is_rival_plan(i: Inputs, plans: list[ComparedPlan], rival: ComparedPlan) -> Condition:
    """That this plan is the one to compare with: by its place, or because it costs least."""
    cheapest = [rival.total <= plan.total for plan in plans[1:] if plan is not rival]
    asked = i.against == str(rival.number)
    return (
        either_of(asked, both(*cheapest)) if bare_value(asked) else either_of(both(*cheapest), i.against == "cheapest")
    )
