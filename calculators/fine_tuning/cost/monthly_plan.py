"""Fine-tuning as a plan: its costs month by month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from calculators.domain.plans import MonthlyPlan, PlanSplit, shared_plan_months
from calculators.engine.numbers import Number, choose, either_of, named
from calculators.engine.numbers import months as months_long
from calculators.fine_tuning.cost.inputs import Inputs
from calculators.fine_tuning.cost.labor import tuning_upkeep_cost
from calculators.fine_tuning.cost.serving import Serving, tuned_model_serving, tuning_arrangement
from calculators.fine_tuning.cost.training import forced_retraining_month, is_retraining_scheduled
from calculators.fine_tuning.cost.year import YEAR, tuning_start_cost


def tuning_plan(i: Inputs, months: int = YEAR, volumes: Sequence[Number] | None = None) -> MonthlyPlan:
    """Fine-tuning as a plan: labor, training and evaluation first, then hosting, upkeep and retraining by month.

    `volumes` are the requests of each month where they grow, because more requests need more replicas.
    """
    monthly_requests = [i.requests] * months if volumes is None else list(volumes)
    arrangement = tuning_arrangement(i)
    monthly_serving = shared_plan_months(
        partial(tuned_model_serving, i), arrangement.by_month(len(monthly_requests)), monthly_requests
    )
    first = tuning_start_cost(i, arrangement, monthly_serving[0].answering)
    watching = tuning_upkeep_cost(i, monthly_serving[0].owned)

    def without_retraining(served: Serving) -> Number:
        return named("A month without retraining", served.hosting + watching)

    def with_retraining(fixed: Number) -> Number:
        return named("A month with retraining", fixed + first.retraining / months_long(1))

    def request(served: Serving) -> Number:
        return named("A request, repeats included", served.request * (1 + i.repeated))

    quiet_months = shared_plan_months(without_retraining, monthly_serving)
    retraining_months = shared_plan_months(with_retraining, quiet_months)
    rework = named("Upkeep and retraining", watching + first.rework / months_long(1))
    stops = forced_retraining_month(i.as_of, i.offer, months)
    retrains = [either_of(month == stops, is_retraining_scheduled(i, month)) for month in range(months)]
    return MonthlyPlan(
        name=f"Fine-tuning {i.offer.name}",
        start=first.total,
        fixed=tuple(
            choose(falls_due, retraining, quiet)
            for falls_due, quiet, retraining in zip(retrains, quiet_months, retraining_months, strict=True)
        ),
        per_request=shared_plan_months(request, monthly_serving),
        split=PlanSplit(
            work=first.work,
            upkeep=tuple(choose(falls_due, rework, watching) for falls_due in retrains),
            hosting=tuple(served.hosting for served in monthly_serving),
        ),
    )
