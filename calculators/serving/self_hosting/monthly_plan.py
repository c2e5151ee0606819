"""Self-hosting as a plan: its costs month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from calculators.domain.plans import Plan, Split, counted_labor_rate, plan_with_work, shared_plan_months
from calculators.domain.records import Gpu
from calculators.engine.numbers import Number, bare_value, known_or, named, whole_number
from calculators.engine.numbers.units import USD_PER_MONTH, USD_PER_REQUEST
from calculators.serving.self_hosting.costs import hourly_rent, replica_month, replicas_needed, upkeep
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import Room, replica_room, served_weights
from calculators.serving.self_hosting.scenarios import has_known_speed
from calculators.serving.self_hosting.speed import Pace, replica_pace, speed_margin

YEAR_AHEAD = 12

FAST, LIKELY, SLOW = "fast", "likely", "slow"
"""How fast the machines turn out: a fast run pays the lowest rent, a slow one the highest."""


def hosting_plan(
    i: Inputs, months: int = YEAR_AHEAD, volumes: Sequence[Number] | None = None, speed: str = LIKELY
) -> Plan:
    """Self-hosting as a plan: the work to set it up, then machines and upkeep each month; a request costs nothing more.

    `volumes` are the requests of each month where they grow, because more requests need more replicas. Machines that
    cannot be counted cost nothing here; `can_be_hosted` tells.
    """
    hosted = hosted_inputs(i)
    requests = [hosted.requests] * months if volumes is None else list(volumes)
    gpus = map(i.gpu.in_month, range(months))
    nothing = whole_number(0, "Nothing a request", USD_PER_REQUEST, i.requests)
    if can_be_hosted(i):
        weights = served_weights(hosted)
        room = replica_room(hosted, weights, known_or(i.gpu.memory, 0))
        margin = speed_margin(hosted, weights.sizes, i.gpu)
        pace = pace_of_speed(replica_pace(hosted, weights, i.gpu), margin, speed)

        def machines(gpu: Gpu, volume: Number) -> Number:
            return machines_month(hosted, room, pace, gpu, volume, speed)

        hosting = shared_plan_months(machines, gpus, requests)
    else:
        hosting = (whole_number(0, "Machines that cannot be counted", USD_PER_MONTH, i.requests),) * months
    plan = Plan(
        name=f"{i.architecture.name} on machines of your own",
        start=0,
        fixed=hosting,
        per_request=(nothing,) * months,
        split=Split(work=0, upkeep=(0,) * months, hosting=hosting),
    )
    work = named("Setting it up", i.setup_hours * counted_labor_rate(i.people, i.labor_rate))
    return plan_with_work(plan, work, upkeep(i))


def machines_month(i: Inputs, room: Room, pace: Pace, gpu: Gpu, requests: Number, speed: str) -> Number:
    """The machines of a month with so many requests (USD/month)."""
    low, rent, high = hourly_rent(i, gpu)
    paid = {FAST: low, LIKELY: rent, SLOW: high}[speed]
    needed = replicas_needed(replace(i, requests=requests), room, pace)
    return named("Machines", needed.replicas * replica_month(i, paid))


def pace_of_speed(pace: Pace, margin: Number, speed: str) -> Pace:
    """The pace as estimated, or as much faster or slower as it may be off."""
    if speed == LIKELY:
        return pace
    return pace.faster(1 + margin if speed == FAST else 1 - margin)


def hosted_inputs(i: Inputs) -> Inputs:
    """The inputs with as many GPUs in a replica as the model needs: those asked for, doubled until it fits."""
    memory = known_or(i.gpu.memory, 0)
    for _ in range(DOUBLINGS):
        if bare_value(replica_room(i, served_weights(i), memory).requests) >= 1:
            break
        i = replace(i, gpus=i.gpus * 2)
    return i


DOUBLINGS = 6
"""From one GPU to 64, the most that may be asked for."""


def can_be_hosted(i: Inputs) -> bool:
    """Whether the model fits on 64 GPUs at most of that kind, and their speed is known."""
    hosted = hosted_inputs(i)
    room = replica_room(hosted, served_weights(hosted), known_or(i.gpu.memory, 0))
    return bool(bare_value(room.requests) >= 1) and has_known_speed(hosted, i.gpu)
