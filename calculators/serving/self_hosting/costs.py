"""What hosting costs: replicas for the busiest hour, rent and people, and the volume from which it pays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from calculators.domain.billing import Prompt, Sending, bill
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.tiers import BATCH
from calculators.domain.plans import plan_labor_rate, plan_monthly_labor
from calculators.domain.queues import queue_replicas_for_waiting
from calculators.domain.records import Gpu
from calculators.domain.units import SECONDS_PER_HOUR, TOKEN
from calculators.engine.numbers import (
    Condition,
    Number,
    bare_value,
    choose,
    known_or,
    largest,
    named,
    quotient,
    smallest,
)
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import TOKENS
from calculators.serving.self_hosting.inputs import Inputs
from calculators.serving.self_hosting.memory import Room
from calculators.serving.self_hosting.speed import HostingPace

NO_TOKENS = Constant(0, "no examples", TOKENS)


@dataclass(frozen=True)
class Hosting:
    """The replicas at one speed and one rent.

    A replica takes `places` requests at once, on average, and answers so many a second (`capacity`); it costs
    `replica_month`, and `month` and `machines` are what all cost with and without people (all USD/month). `api` is what
    a request costs at the API (USD).
    """

    inputs: Inputs
    pace: HostingPace
    places: Number
    cycle: Number  # seconds
    capacity: Number  # 1/second
    replicas: Number
    load: Number
    machines: Number
    month: Number
    replica_month: Number
    api: Number

    @cached_property
    def pays_from(self) -> Number | None:
        """The requests a month from which hosting costs less than the API; None where it never does.

        More requests find more of their prompts in the API's cache, so its price has to be that at the volume which is
        looked for; beginning with the price at the reader's volume, each volume found gives a better one.
        """
        people, api = hosting_upkeep(self.inputs), self.api
        for _ in range(REFINED):
            volume = _hosting_pays_from(self.inputs, self.replica_month, people, self.capacity, api)
            if volume is None:
                return None
            api = hosting_api_request(self.inputs, volume)
        return _hosting_pays_from(self.inputs, self.replica_month, people, self.capacity, api)


REFINED = 2
"""How often the price of the API is taken anew: then the volume is within a few percent, whatever it began with."""


@dataclass(frozen=True, slots=True)
class Replicas:
    """How many replicas there are, how many requests each takes at once, how long an answer takes then (`cycle`, in
    seconds), and how many a replica answers in a second (`capacity`).
    """

    places: Number
    cycle: Number
    capacity: Number
    replicas: Number


def hosting_requests_a_second(i: Inputs) -> Number:
    """The requests in a second on average (1/second)."""
    return named("Requests a second", i.requests / (i.month_hours * SECONDS_PER_HOUR))


def is_hosting_batch(i: Inputs) -> Condition:
    """Whether nobody waits for an answer."""
    return i.tier == BATCH


def hosting_busiest_factor(i: Inputs) -> Number:
    """The busiest hour against the average; in a batch, requests are spread over the day."""
    return named("Busiest hour counted", choose(is_hosting_batch(i), 1, i.peak_factor))


def hosting_upkeep(i: Inputs) -> Number:
    """What the people cost who keep it running (USD/month)."""
    return plan_monthly_labor(i.upkeep_hours, plan_labor_rate(i.people, i.labor_rate))


def hosting_api_request(i: Inputs, requests: Number) -> Number:
    """What each of so many requests a month costs at the API, its caching and hidden reasoning included (USD)."""
    prompt = Prompt(
        instructions=i.instructions,
        examples=NO_TOKENS,
        context=i.context,
        user_text=i.user_text,
        answer=i.answer,
        reasoning=i.reasoning,
        counted_with=i.counted_with,
    )
    traffic = Traffic(requests=requests, active_hours=i.month_hours)
    sending = Sending(
        caching=True,
        batch=is_hosting_batch(i),
        tier=i.tier,
        turns=1,
        traffic=traffic,
        effort=i.effort,
        default_effort=i.model.default_effort,
    )
    return named("A request at the API", bill(i.model, prompt, sending).total)


def hosting_hourly_rent(i: Inputs, gpu: Gpu) -> tuple[Number, Number, Number]:
    """An hour of a GPU: low, likely and high (USD/hour); a price that nobody lists is that by the hour."""
    rent = known_or(gpu.rent, 0)
    low, high = known_or(gpu.rent_low, rent), known_or(gpu.rent_high, rent)
    reserved, spot = known_or(gpu.rent_reserved, rent), known_or(gpu.rent_spot, rent)

    def by_contract(hourly: Number) -> Number:
        return choose(i.contract == "reserved", reserved, choose(i.contract == "spot", spot, hourly))

    likely = named("Rent of a GPU", by_contract(rent))
    return smallest(by_contract(low), likely), likely, largest(by_contract(high), likely)


def hosting_places_at_once(i: Inputs, room: Room, pace: HostingPace) -> Number:
    """How many requests a replica takes at once: as memory, the software's limit and the pace of an answer allow."""
    token = pace.fixed + pace.experts
    slower = pace.each + pace.prompt / pace.answer
    by_pace = named("Requests at once at the slowest pace", (TOKEN / i.pace - token) / slower)
    by_pace = choose(is_hosting_batch(i), i.most_at_once, by_pace)
    return named("Requests at once on a replica", largest(1, smallest(room.requests, i.most_at_once, by_pace)))


def hosting_costs(i: Inputs, room: Room, pace: HostingPace, rent: Number, api: Number) -> Hosting:
    """The machines and their cost at that pace and rent; `api` is what a request costs there."""
    needed = hosting_replicas_needed(i, room, pace)
    one, people = hosting_replica_month(i, rent), hosting_upkeep(i)
    machines = named("Machines", needed.replicas * one)
    return Hosting(
        inputs=i,
        pace=pace,
        places=needed.places,
        cycle=needed.cycle,
        capacity=needed.capacity,
        replicas=needed.replicas,
        load=hosting_requests_a_second(i) / (needed.replicas * needed.capacity),
        machines=machines,
        month=named("Hosting", machines + people),
        replica_month=one,
        api=api,
    )


def hosting_replicas_needed(i: Inputs, room: Room, pace: HostingPace) -> Replicas:
    """The replicas that keep waits short in the busiest hour."""
    places = hosting_places_at_once(i, room, pace)
    cycle = named("Time of an answer, all places taken", pace.cycle(places))
    capacity = named("Requests a replica answers in a second", places / cycle)
    busy = named(
        "Requests at once in the busiest hour", hosting_requests_a_second(i) * hosting_busiest_factor(i) * cycle
    )
    patience = named(
        "Time to wait for a place", largest(0 * cycle, i.first_token - hosting_first_token(pace, places)) / cycle
    )
    late = choose(is_hosting_batch(i), 1, i.late)
    return Replicas(
        places=places,
        cycle=cycle,
        capacity=capacity,
        replicas=named("Replicas", queue_replicas_for_waiting(busy, places, patience, late)),
    )


def hosting_replica_month(i: Inputs, rent: Number) -> Number:
    """What a replica costs in a month at a rent of its GPUs (USD/hour), in USD/month."""
    return named("A month of a replica", i.gpus * rent * i.month_hours)


def hosting_first_token(pace: HostingPace, places: Number | int) -> Number:
    """The time until an answer begins that has a place: its prompt is read, and a step is made (seconds)."""
    return named("First token", pace.prompt + pace.step(places))


def _hosting_pays_from(i: Inputs, one: Number, people: Number, capacity: Number, api: Number) -> Number | None:
    """The requests a month from which hosting costs less than the API, None where it never does.

    One replica and the people cost the same however few ask. Where the API is dearer than that only beyond what one
    replica answers in a month, each further replica has to pay for itself as well.
    """
    answered = named("Requests a replica answers in a month", capacity * i.month_hours * SECONDS_PER_HOUR)
    answered = named("Requests of a month on one replica", answered / hosting_busiest_factor(i))
    alone = quotient(one + people, api, None)
    margin = named("What the API costs more for a request", api - quotient(one, answered))
    later = quotient(one + people, largest(0 * margin, margin), None)
    if bare_value(alone) is None or alone is None:
        return None
    if bare_value(later) is None or later is None:
        return alone if bare_value(alone) <= bare_value(answered) else None
    return choose(alone <= answered, alone, later)
