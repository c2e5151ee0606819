"""What fine-tuning is paid for: labor, training, evaluation, serving and retraining, each from a calculator's inputs.

`i` is always the `Inputs` of fine_tuning/cost. Training follows the providers' own rule: tokens of the file × epochs,
examples cut at a maximum length, plus the validation file as often as it is run through where the provider bills it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from calculators.engine.facts import months_between
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    both,
    ceil,
    choose,
    either_of,
    floor,
    known,
    known_or,
    largest,
    months,
    named,
    opposite,
    quotient,
    smallest,
)
from calculators.engine.records import Gpu, TuningOffer
from calculators.engine.traced import Constant
from calculators.engine.units import HOUR, MONTH, base

MINUTE, SECOND = base("minute"), base("second")
MINUTES_PER_HOUR = Constant(60, "minutes in an hour", MINUTE / HOUR)
SECONDS_PER_HOUR = Constant(3600, "seconds in an hour", SECOND / HOUR)
HOURS_PER_MONTH = Constant(730, "hours in a month", HOUR / MONTH)
"""365 days of 24 hours, divided by 12: a machine that stays on is paid for day and night."""
SECONDS_PER_MONTH = Constant(2_628_000, "seconds in a month", SECOND / MONTH)
"""730 hours of 3,600 seconds."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go: an offer, the GPU that would serve it, and two wishes as conditions.

    `rented` asks to train on rented GPUs in place of the provider's, `dedicated` to serve on machines of its own. Where
    `rented` is a bare False, there is no such question.
    """

    offer: TuningOffer
    gpu: Gpu
    rented: Any
    dedicated: Any

    def in_month(self, month: int) -> Way:
        """The same with the prices of a later month; itself where nothing changes."""
        offer, gpu = self.offer.in_month(month), self.gpu.in_month(month)
        same = offer is self.offer and gpu is self.gpu
        return self if same else replace(self, offer=offer, gpu=gpu)


@dataclass(frozen=True, slots=True)
class Labor:
    """People's time before the first answer (USD)."""

    examples: Any
    setup: Any

    @property
    def total(self) -> Any:
        """Both together."""
        return named("Labor", self.examples + self.setup)


@dataclass(frozen=True, slots=True)
class Training:
    """One training run: its tokens, the validation tokens beside them, and what it costs (USD)."""

    tokens: Any
    validation: Any
    run: Any


@dataclass(frozen=True, slots=True)
class Serving:
    """How the tuned model is served: on machines of its own or not, how many, and what that costs.

    `hosting` is USD/month, `request` the tokens of one request (USD), `answering` one test answer (USD). `replicas` are
    as many as the slower measured speed of the GPU needs, `fewest` as the faster one needs. `load` is the average load
    of the replicas at the slower speed, None where no speed is known.
    """

    dedicated: Any
    peak: Any
    replicas: Any
    fewest: Any
    load: Any
    hosting: Any
    request: Any
    answering: Any


def labor(i: Any) -> Labor:
    """New examples × minutes each, and the hours of setting up, at the rate of labor."""
    new = named("Examples to make", i.examples * i.new_share)
    return Labor(
        examples=named("Labor for examples", new * i.minutes_per_example / MINUTES_PER_HOUR * i.labor_rate),
        setup=named("Labor for set-up", i.setup_hours * i.labor_rate),
    )


def training(i: Any, way: Way) -> Training:
    """One run, by the token, by the hour of a training loop, or on rented GPUs; grader tokens come on top.

    The average example counts with its length, at most the limit; the share that is longer counts with the limit.
    """
    offer = way.offer
    fitting = (1 - i.truncated) * smallest(i.tokens_per_example, i.max_tokens)
    example = named("Tokens of an example, cut at the limit", fitting + i.truncated * i.max_tokens)
    tokens = named("Training tokens of a run", i.examples * example * i.epochs)
    validation = named("Validation tokens of a run", i.validation_examples * example * i.validations)
    bills: Any = known_or(offer.bills_validation, 1)
    billed = named("Billed tokens of a run", tokens + choose(bills > 0, validation, 0))
    by_token = named("A run by the token", billed * known_or(offer.training, 0) / TOKENS_PER_MTOK)
    by_hour = named("A run by the hour", i.training_hours * known_or(offer.training_hour, 0))
    rented = named("A run on rented GPUs", i.training_hours * i.training_gpus * i.gpu_rent)
    graded = i.grader_input_tokens * i.grader_input_price + i.grader_output_tokens * i.grader_output_price
    grader = named("Grader tokens of a run", graded / TOKENS_PER_MTOK)
    return Training(
        tokens=tokens,
        validation=validation,
        run=named("One training run", choose(way.rented, rented, by_token + by_hour) + grader),
    )


def has_open_weights(offer: TuningOffer) -> Any:
    """Whether the tuned weights may be taken away."""
    weights: Any = known_or(offer.own_weights, 0)
    return weights > 0


def on_own_machines(way: Way) -> Any:
    """Whether machines of its own serve the tuned model: where wanted and allowed, or where nobody sells tokens."""
    reasons = [opposite(known(way.offer.output)), both(way.dedicated, has_open_weights(way.offer))]
    if way.rented is not False:
        reasons.append(both(way.dedicated, way.rented))
    return either_of(*reasons)


def serving(i: Any, way: Way, requests: Any) -> Serving:
    """Serving the tuned model at a number of requests a month.

    A replica is never switched off, and there is at least one. There are as many as the busiest hour needs: a GPU
    answers so many tokens a second, and a request counts with its answer, or with its prompt divided by how many prompt
    tokens take as long as one answer token, whichever is more.
    """
    offer, gpu, dedicated = way.offer, way.gpu, on_own_machines(way)
    prompt = named("Prompt", i.instructions + i.context + i.user_text)
    work = named("Tokens a request counts for", largest(i.answer, prompt / i.prompt_tokens_as_answer))
    average = named("Tokens a second on average", requests * (1 + i.repeated) * work / SECONDS_PER_MONTH)
    peak = named("Tokens a second at the peak", average * i.peak_factor)
    slow: Any = known_or(gpu.throughput_low, 0)
    fast: Any = known_or(gpu.throughput_high, 0)
    needed = named("Replicas needed", largest(1, ceil(quotient(peak, slow, 0))))
    fewest = named("Replicas at the faster speed", largest(1, ceil(quotient(peak, fast, 0))))
    hour = named("An hour of a replica", known_or(offer.hosting, known_or(gpu.rent, 0)))
    fee = named("An hour of standing ready", known_or(offer.hosting, 0))
    request = tokens_of_request(i, offer)
    seconds = named("Seconds to answer", quotient(work, slow, 0))
    return Serving(
        dedicated=dedicated,
        peak=peak,
        replicas=choose(dedicated, needed, 0),
        fewest=choose(dedicated, fewest, 0),
        load=choose(both(dedicated, slow > 0), quotient(average, needed * slow, 0), None),
        hosting=named("Hosting", choose(dedicated, hour * needed, fee) * HOURS_PER_MONTH),
        request=named("Tokens of a request", choose(dedicated, 0, request)),
        answering=named("One test answer", choose(dedicated, seconds / SECONDS_PER_HOUR * hour, request)),
    )


def tokens_of_request(i: Any, offer: TuningOffer) -> Any:
    """What the tokens of one request cost where they are sold, instructions cached where possible (USD)."""
    read = known_or(offer.input, 0)
    cached = both(known(offer.cached_read), i.instructions >= known_or(offer.smallest_prefix, 0))
    found = known_or(offer.cached_read, read) * i.found_cached + read * (1 - i.found_cached)
    instructions = named("Reading the instructions", i.instructions * choose(cached, found, read) / TOKENS_PER_MTOK)
    rest = named("Reading the rest", (i.context + i.user_text) * read / TOKENS_PER_MTOK)
    answer = named("Writing the answer", i.answer * known_or(offer.output, 0) / TOKENS_PER_MTOK)
    return instructions + rest + answer


def evaluation(i: Any, answering: Any) -> Any:
    """One evaluation: every test case answered and graded by a person (USD)."""
    grading = i.grading_minutes / MINUTES_PER_HOUR * i.labor_rate
    return named("One evaluation", i.test_examples * (answering + grading))


def retraining(i: Any, labor: Any, run: Any, one_evaluation: Any) -> Any:
    """One retraining: a share of the first labor, one run, and one evaluation unless there is none at all (USD)."""
    return named("One retraining", labor * i.retrain_labor + run + one_evaluation * smallest(1, i.evaluations))


def retires_in(as_of: str, offer: TuningOffer, horizon: int) -> int | None:
    """The month, 0 being the first, in which the base of the tuned model stops; None if not within the horizon."""
    if offer.retires <= as_of:
        return None
    month = months_between(as_of, offer.retires)
    return month if month < horizon else None


def is_scheduled(i: Any, month: int) -> Any:
    """Whether a retraining every so many months falls into the month; the first month has none."""
    if month == 0:
        return False
    now, before = (quotient(months(at), i.retrain_months, 0) for at in (month, month - 1))
    return floor(now) > floor(before)


def retrainings(i: Any, offer: TuningOffer, horizon: int) -> Any:
    """How many retrainings fall into the horizon: those planned, and one more where the base stops."""
    planned = ceil(quotient(months(horizon), i.retrain_months, 0)) - 1
    count = choose(i.retrain_months > 0, planned, 0)
    stops = retires_in(i.as_of, offer, horizon)
    if stops is not None:
        count = count + choose(is_scheduled(i, stops), 0, 1)
    return named("Retrainings", count)
