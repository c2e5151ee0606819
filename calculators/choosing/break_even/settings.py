"""The settings that a comparison hangs on: ways of serving, people's hours, and what a request costs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from calculators.choosing.break_even.compared_plans import (
    ComparedPlan,
    compared_plan,
    scaled_compared_plan_parts,
)
from calculators.choosing.break_even.crossings import break_even_meeting, break_even_meeting_volume
from calculators.choosing.break_even.lever_inputs import LeverPlansInputs
from calculators.choosing.break_even.plan_sources import HOSTED_PLANS, PlanSource, plan_source_prompted_hosting
from calculators.engine.numbers import Number, bare_value, is_known_number, named
from calculators.fine_tuning import tuning_serving_modes
from calculators.serving import FAST_MACHINES, SLOW_MACHINES, can_be_self_hosted

SERVING, PEOPLE, REQUEST = "How the tuned model is served", "How long people work", "What a request costs"
MACHINES = "How fast your machines are, and at which rent"

SPEEDS = {
    FAST_MACHINES: "Your machines are faster, at the lowest rent",
    SLOW_MACHINES: "Your machines are slower, at the highest rent",
}
"""The settings of machines of one's own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Two plans under one setting: what it varies, its name, and what both then cost.

    `start`, `total` and `first_total` are in USD; the first two are those of the other plan. `volume` is where both
    cost the same (requests/month), None where they never do. `ending` says where the other is cheaper: `from` that
    volume on, `up to` it, at `any` volume or `never`.
    """

    varies: str
    name: str
    start: Number
    total: Number
    first_total: Number
    volume: Number | None
    ending: str
    is_own: bool = False


def break_even_settings(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> list[Setting]:
    """Every way of serving, or the plans as they are; then the speed of machines, shorter and longer work, cheaper and
    dearer requests.

    Each row moves one thing and leaves the others as they are assumed.
    """
    served = break_even_serving_settings(i, first, rival)
    as_assumed = [] if served else [break_even_plan_setting("", "As assumed", first, rival, is_own=True)]
    return [
        *as_assumed,
        *served,
        *break_even_machine_settings(i, first, rival),
        *break_even_people_settings(i, first, rival),
        *break_even_request_settings(i, first, rival),
    ]


def break_even_serving_settings(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> list[Setting]:
    """Both plans with each way in which this very model is sold; nothing where no tuned model is calculated."""
    if not any(compared_plan_serves_tuned_model(plan) for plan in (first, rival)):
        return []
    settings = []
    # Another model answers otherwise: no offer of the market is a setting of this comparison.
    for mode in tuning_serving_modes(replace(i.tuned, market=())):
        changed = replace(i, tuned=mode.inputs)
        plans = [
            compared_plan(changed, plan.line, plan.number) if compared_plan_serves_tuned_model(plan) else plan
            for plan in (first, rival)
        ]
        settings.append(break_even_plan_setting(SERVING, mode.name, *plans, is_own=mode.is_own))
    return settings


def compared_plan_serves_tuned_model(plan: ComparedPlan) -> bool:
    """Whether a plan takes all its costs from the cost of fine-tuning."""
    return is_compared_plan_calculated(plan, "tuned", "both")


def is_compared_plan_calculated(plan: ComparedPlan, *sources: str) -> bool:
    """Whether a plan takes all its costs from one of these sources."""
    typed = (plan.line.start, plan.line.fixed, plan.line.per_request)
    return bare_value(plan.line.source) in sources and not any(map(is_known_number, typed))


def compared_plan_versions(i: LeverPlansInputs, plan: ComparedPlan) -> list[tuple[str, ComparedPlan]]:
    """The plan as each way of serving its tuned model or each speed of its machines makes it, by its name; and as it
    is, without a name.
    """
    versions = []
    if compared_plan_serves_tuned_model(plan):
        for mode in tuning_serving_modes(replace(i.tuned, market=())):
            versions.append((mode.name, compared_plan(replace(i, tuned=mode.inputs), plan.line, plan.number)))
    if is_compared_plan_calculated(plan, *HOSTED_PLANS) and can_be_self_hosted(plan_source_prompted_hosting(i)):
        for speed, name in SPEEDS.items():
            versions.append((name, compared_plan(i, plan.line, plan.number, hosted_plan_source(plan, speed))))
    return [*versions, ("", plan)]


def break_even_machine_settings(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> list[Setting]:
    """Both plans with machines as fast and as slow as they may be; nothing where none of one's own are calculated."""
    hosted = [plan for plan in (first, rival) if is_compared_plan_calculated(plan, *HOSTED_PLANS)]
    if not hosted or not can_be_self_hosted(plan_source_prompted_hosting(i)):
        return []
    settings = []
    for speed, name in SPEEDS.items():
        plans = [
            compared_plan(i, plan.line, plan.number, hosted_plan_source(plan, speed)) if plan in hosted else plan
            for plan in (first, rival)
        ]
        settings.append(break_even_plan_setting(MACHINES, name, *plans))
    return settings


def hosted_plan_source(plan: ComparedPlan, speed: str) -> PlanSource:
    """The source of a plan on machines of one's own, with machines of this speed."""
    return partial(HOSTED_PLANS[bare_value(plan.line.source)], speed=speed)


def break_even_people_settings(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> list[Setting]:
    """Both plans with fewer and with more hours of people's work; nothing where neither has any."""
    if not any(bare_value(plan.people) for plan in (first, rival)):
        return []
    scales = {"People need less time": 1 / i.people_spread, "People need more time": i.people_spread}
    return [break_even_plan_setting(PEOPLE, name, first, rival, people=scale) for name, scale in scales.items()]


def break_even_request_settings(i: LeverPlansInputs, first: ComparedPlan, rival: ComparedPlan) -> list[Setting]:
    """Both plans with cheaper and with dearer requests; nothing where requests cost nothing."""
    if not any(bare_value(plan.parts[1]) for plan in (first, rival)):
        return []
    scales = {"Each request costs less": 1 - i.request_spread, "Each request costs more": 1 + i.request_spread}
    return [break_even_plan_setting(REQUEST, name, first, rival, request=scale) for name, scale in scales.items()]


def break_even_plan_setting(
    varies: str,
    name: str,
    first: ComparedPlan,
    rival: ComparedPlan,
    *,
    people: Number | int = 1,
    request: Number | int = 1,
    is_own: bool = False,
) -> Setting:
    """Two plans with people's work and the cost of a request scaled."""
    first_parts, rival_parts = (scaled_compared_plan_parts(plan, people, request) for plan in (first, rival))
    requests, work = first.i.requests, rival.work
    crossing = break_even_meeting(first, rival, people, request)
    return Setting(
        varies=varies,
        name=name,
        start=named(f"{rival.name}, at the start", rival.start + work * people - work),
        total=named(f"{rival.name}, over these months", rival_parts[0] + rival_parts[1] * requests),
        first_total=named(f"{first.name}, over these months", first_parts[0] + first_parts[1] * requests),
        volume=break_even_meeting_volume(crossing, first, rival, people, request),
        ending=crossing.ending,
        is_own=is_own,
    )
