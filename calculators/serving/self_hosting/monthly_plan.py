"""Self-hosting as a plan: its costs month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from calculators.domain.plans import MonthlyPlan, PlanSplit, plan_labor_rate, plan_with_work, shared_plan_months
from calculators.domain.records import Gpu
from calculators.engine.numbers import Number, bare_value, known_or, named, quotient, untraced, whole_number
from calculators.engine.numbers.rounding import rounded_amount, unrounded_quantity
from calculators.engine.numbers.units import HOUR, ONE, USD, USD_PER_MONTH, USD_PER_REQUEST
from calculators.serving.self_hosting.costs import (
    hosting_hourly_rent,
    hosting_places_at_once,
    hosting_replica_month,
    hosting_replicas_needed,
    hosting_upkeep,
)
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import Room, hosting_replica_room, hosting_served_weights
from calculators.serving.self_hosting.scenarios import has_known_hosting_speed
from calculators.serving.self_hosting.speed import HostingPace, hosting_replica_pace, hosting_speed_margin

YEAR_AHEAD = 12

FAST, LIKELY, SLOW = "fast", "likely", "slow"
"""How fast the machines turn out: a fast run pays the lowest rent, a slow one the highest."""


def hosting_plan(
    i: Inputs, months: int = YEAR_AHEAD, volumes: Sequence[Number] | None = None, speed: str = LIKELY
) -> MonthlyPlan:
    """Self-hosting as a plan: the work to set it up, then machines and upkeep each month; a request costs nothing more.

    `volumes` are the requests of each month where they grow, because more requests need more replicas. Machines that
    cannot be counted cost nothing here; `can_be_self_hosted` tells.
    """
    hosted = hosting_inputs_of_plan(i)
    requests = [hosted.requests] * months if volumes is None else list(volumes)
    gpus = map(i.gpu.in_month, range(months))
    nothing = whole_number(0, "Nothing a request", USD_PER_REQUEST, i.requests)
    if can_be_self_hosted(i):
        weights = hosting_served_weights(hosted)
        room = hosting_replica_room(hosted, weights, known_or(i.gpu.memory, 0))
        likely = hosting_replica_pace(hosted, weights, i.gpu)
        places = hosting_places_at_once(hosted, room, likely)
        margin = hosting_speed_margin(hosted, weights.sizes, i.gpu, likely, places)
        pace = hosting_pace_of_speed(likely, margin, speed)

        def machines(gpu: Gpu, volume: Number) -> Number:
            return hosting_machines_month(hosted, room, pace, gpu, volume, speed)

        hosting = shared_plan_months(machines, gpus, requests)
    else:
        hosting = (whole_number(0, "Machines that cannot be counted", USD_PER_MONTH, i.requests),) * months
    plan = MonthlyPlan(
        name=f"{i.architecture.name} on machines of your own",
        start=0,
        fixed=hosting,
        per_request=(nothing,) * months,
        split=PlanSplit(work=0, upkeep=(0,) * months, hosting=hosting),
    )
    work = named("Setting it up", i.setup_hours * plan_labor_rate(i.people, i.labor_rate))
    return plan_with_work(plan, work, hosting_upkeep(i))


def hosting_machines_in_words(i: Inputs, speed: str) -> str:
    """The machines of a month when they are as fast or as slow as that: GPUs, their rent, and the hours of a month."""
    hosted = hosting_inputs_of_plan(untraced(i))
    low, rent, high = hosting_hourly_rent(hosted, hosted.gpu)
    paid = {FAST: low, LIKELY: rent, SLOW: high}[speed]
    gpus = quotient(hosting_plan(hosted, 1, speed=speed).parts.hosting[0], paid * hosted.month_hours, 0)
    each = f"{hosted.gpu.name} at {unrounded_quantity(paid, USD)} an hour"
    return f"{rounded_amount(gpus, ONE)} × {each}, {unrounded_quantity(hosted.month_hours, HOUR)} a month"


def hosting_machines_month(i: Inputs, room: Room, pace: HostingPace, gpu: Gpu, requests: Number, speed: str) -> Number:
    """The machines of a month with so many requests (USD/month)."""
    low, rent, high = hosting_hourly_rent(i, gpu)
    paid = {FAST: low, LIKELY: rent, SLOW: high}[speed]
    needed = hosting_replicas_needed(replace(i, requests=requests), room, pace)
    return named("Machines", needed.replicas * hosting_replica_month(i, paid))


def hosting_pace_of_speed(pace: HostingPace, margin: Number, speed: str) -> HostingPace:
    """The pace as estimated, or as much faster or slower as it may be off."""
    if speed == LIKELY:
        return pace
    return pace.faster(1 + margin if speed == FAST else 1 - margin)


def hosting_inputs_of_plan(i: Inputs) -> Inputs:
    """The inputs with as many GPUs in a replica as the model needs: those asked for, doubled until it fits."""
    memory = known_or(i.gpu.memory, 0)
    for _ in range(DOUBLINGS):
        if bare_value(hosting_replica_room(i, hosting_served_weights(i), memory).requests) >= 1:
            break
        i = replace(i, gpus=i.gpus * 2)
    return i


DOUBLINGS = 6
"""From one GPU to 64, the most that may be asked for."""


def can_be_self_hosted(i: Inputs) -> bool:
    """Whether the model fits on 64 GPUs at most of that kind, and their speed is known."""
    hosted = hosting_inputs_of_plan(i)
    room = hosting_replica_room(hosted, hosting_served_weights(hosted), known_or(i.gpu.memory, 0))
    return bool(bare_value(room.requests) >= 1) and has_known_hosting_speed(hosted, i.gpu)
