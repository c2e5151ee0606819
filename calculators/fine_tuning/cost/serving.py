"""Serving the tuned model: on whose machines, how many of them, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from calculators.domain.plans import shared_plan_months
from calculators.domain.records import Gpu, TuningOffer
from calculators.domain.units import KWH_IN_A_KW_HOUR, SECONDS_PER_HOUR
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Condition,
    Number,
    both,
    ceil,
    choose,
    either_of,
    known,
    known_or,
    largest,
    named,
    opposite,
    quotient,
)
from calculators.fine_tuning.cost.inputs import Inputs


@dataclass(frozen=True, slots=True)
class TuningArrangement:
    """An offer, the GPU that would serve the tuned model, and three wishes as conditions.

    `rented` asks to train on rented GPUs in place of the provider's, `dedicated` to serve on machines of its own, and
    `owned` to buy those. Where `rented` is a bare False, there is no such question.
    """

    offer: TuningOffer
    gpu: Gpu
    rented: Condition
    dedicated: Condition
    owned: Condition

    def by_month(self, months: int) -> tuple[TuningArrangement, ...]:
        """The same with the prices of each month; months of equal prices share one object."""
        offers, gpus = (map(record.in_month, range(months)) for record in (self.offer, self.gpu))
        return shared_plan_months(lambda offer, gpu: replace(self, offer=offer, gpu=gpu), offers, gpus)


def tuning_arrangement(i: Inputs) -> TuningArrangement:
    """What the reader chose."""
    dedicated = opposite(i.hosting == "serverless")
    return TuningArrangement(
        i.offer, i.gpu, rented=i.training_on == "gpus", dedicated=dedicated, owned=i.hosting == "owned"
    )


@dataclass(frozen=True, slots=True)
class Serving:
    """How the tuned model is served: on machines of its own or not, bought or rented, how many, and what that costs.

    `replicas` are as many as the slower measured speed of the GPU needs, `fewest` as the faster one needs. `load` is
    the average load of the replicas at the slower speed, None where no speed is known. `request` is what the tokens of
    one request cost, `answering` one test answer.
    """

    dedicated: Condition
    owned: Condition
    peak: Number  # tokens/second
    replicas: Number
    fewest: Number  # replicas
    load: Number | None
    hosting: Number  # USD/month
    request: Number  # USD
    answering: Number  # USD


def tuning_serves_open_weights(offer: TuningOffer) -> Condition:
    """Whether the tuned weights may be taken away."""
    return known_or(offer.own_weights, 0) > 0


def tuning_serves_on_own_machines(arrangement: TuningArrangement) -> Condition:
    """Whether machines of its own serve the tuned model: where wanted and allowed, or where nobody sells tokens."""
    wanted = arrangement.dedicated
    reasons = [opposite(known(arrangement.offer.output)), both(wanted, tuning_serves_open_weights(arrangement.offer))]
    if arrangement.rented is not False:
        reasons.append(both(wanted, arrangement.rented))
    return either_of(*reasons)


def tuning_serves_on_bought_machines(arrangement: TuningArrangement) -> Condition:
    """Whether those machines are bought: where wanted, and the weights are in one's own hands."""
    reasons = [both(arrangement.owned, tuning_serves_open_weights(arrangement.offer))]
    if arrangement.rented is not False:
        reasons.append(both(arrangement.owned, arrangement.rented))
    return either_of(*reasons)


def tuning_bought_machine_month(i: Inputs) -> Number:
    """A month of a bought GPU: its part of the price, and its electricity (USD/month)."""
    power = i.hardware_power * i.month_hours * KWH_IN_A_KW_HOUR * i.power_price
    return named("A month of bought hardware", i.hardware_price / i.hardware_life + power)


def tuned_model_serving(i: Inputs, arrangement: TuningArrangement, requests: Number) -> Serving:
    """Serving the tuned model at a number of requests a month.

    A replica is never switched off, so it is paid for day and night, and there is at least one. There are as many as
    the busiest hour needs: a GPU answers so many tokens a second, and a request counts with its answer, or with its
    prompt divided by how many prompt tokens take as long as one answer token, whichever is more.
    """
    offer, gpu, dedicated = arrangement.offer, arrangement.gpu, tuning_serves_on_own_machines(arrangement)
    prompt = named("Prompt", i.instructions + i.context + i.user_text)
    work = named("Tokens a request counts for", largest(i.answer, prompt / i.prompt_tokens_as_answer))
    seconds_a_month = named("Seconds in a month", i.month_hours * SECONDS_PER_HOUR)
    average = named("Tokens a second on average", requests * (1 + i.repeated) * work / seconds_a_month)
    peak = named("Tokens a second at the peak", average * i.peak_factor)
    slow, fast = known_or(gpu.throughput_low, 0), known_or(gpu.throughput_high, 0)
    needed = named("Replicas needed", largest(1, ceil(quotient(peak, slow, 0))))
    fewest = named("Replicas at the faster speed", largest(1, ceil(quotient(peak, fast, 0))))
    owned = tuning_serves_on_bought_machines(arrangement)
    rent = known_or(offer.hosting, known_or(gpu.rent, 0))
    hour = named("An hour of a replica", choose(owned, tuning_bought_machine_month(i) / i.month_hours, rent))
    fee = named("An hour of standing ready", known_or(offer.hosting, 0))
    request = tuned_serving_cost_of_request(i, offer)
    seconds = named("Seconds to answer", quotient(work, slow, 0))
    return Serving(
        dedicated=dedicated,
        owned=owned,
        peak=peak,
        replicas=choose(dedicated, needed, 0),
        fewest=choose(dedicated, fewest, 0),
        load=choose(both(dedicated, slow > 0), quotient(average, needed * slow, 0), None),
        hosting=named("Hosting", choose(dedicated, hour * needed * i.machine_share, fee) * i.month_hours),
        request=named("Tokens of a request", choose(dedicated, 0, request)),
        answering=named("One test answer", choose(dedicated, seconds / SECONDS_PER_HOUR * hour, request)),
    )


def tuned_serving_cost_of_request(i: Inputs, offer: TuningOffer) -> Number:
    """What the tokens of one request cost where they are sold, instructions cached where possible (USD)."""
    read = known_or(offer.input, 0)
    cached = both(known(offer.cached_read), i.instructions >= known_or(offer.smallest_prefix, 0))
    mixed = known_or(offer.cached_read, read) * i.found_cached + read * (1 - i.found_cached)
    instructions = named("Reading the instructions", i.instructions * choose(cached, mixed, read) / TOKENS_PER_MTOK)
    rest = named("Reading the rest", (i.context + i.user_text) * read / TOKENS_PER_MTOK)
    answer = named("Writing the answer", i.answer * known_or(offer.output, 0) / TOKENS_PER_MTOK)
    return instructions + rest + answer
