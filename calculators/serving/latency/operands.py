"""All numbers of a wait in one place, and what they come to: quantiles, shares within a time, means."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.queues import queue_wait_probability
from calculators.engine.numbers import (
    Condition,
    Number,
    Share,
    apply_to_bare_numbers,
    choose,
    is_known_number,
    known,
    known_or,
    named,
    quotient,
    smallest,
    sum_of_numbers,
    whole_number,
)
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE
from calculators.serving.latency.inputs import Inputs
from calculators.serving.latency.parts import (
    DAY_LONG,
    SECOND,
    Around,
    ModelStages,
    Places,
    Steps,
    Tries,
    WaitPart,
    wait_around_stages,
    wait_model_stages,
    wait_places_of_service,
    wait_step_stages,
    wait_tries_of_a_call,
)
from calculators.serving.latency.spreads import (
    wait_spread_first_token_quantile,
    wait_spread_first_token_share,
    wait_spread_mean,
    wait_spread_queue_quantile,
    wait_spread_slowest_quantile,
    wait_spread_unanswered_share,
    wait_spread_variance,
    wait_spread_whole_answer_quantile,
    wait_spread_whole_answer_share,
)

MEDIAN, SLOW, SLOWEST = (quotient(Constant(number, "of 100 requests", ONE), 100) for number in (50, 95, 99))
"""The shares of requests whose wait is answered: the median, the p95 and the p99."""


AROUND = ("Network", "Check of the question", "Retrieval", "Reranking", "Check of the answer")
"""The stages in which a request holds no place of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitQueue:
    """The queue before a service: its load in requests at once, the part of its places that this takes (`use`), the
    share of requests that wait, and how long these do on average (seconds).
    """

    load: Number
    use: Share
    share: Share
    wait: Number

    @property
    def ends(self) -> Condition:
        """Whether the places keep up, so that the queue does not grow for ever."""
        return self.use < 1

    def quantile(self, share: Share) -> Number:
        """The wait of this share of all requests (seconds); nothing is said of a queue without end."""
        wait = (
            apply_to_bare_numbers("wait for a place", wait_spread_queue_quantile, share, self.share, self.wait) * SECOND
        )
        return choose(self.ends, wait, 0)

    @property
    def mean(self) -> Number:
        """The mean wait of all requests (seconds); nothing is said of a queue without end."""
        return choose(self.ends, self.share * self.wait, 0)

    @property
    def variance(self) -> Number:
        """The variance of the wait of all requests."""
        return self.share * (2 - self.share) * self.wait * self.wait


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWait:
    """The stages of a request and how calls are tried, as the numbers of a run."""

    around: Around
    model: ModelStages
    between: Steps
    tries: Tries
    found_cached: Share
    steps: Number
    streaming: Number
    service: Places | None = None

    @property
    def queue(self) -> WaitQueue | None:
        """The queue before the service, which grows with the time that a request holds its place."""
        service = self.service
        if service is None:
            return None
        held = known_or(service.held, self.held_on_average())
        load = named("Requests at once, if none waits", service.arrivals * held)
        free = service.places - load
        return WaitQueue(
            load=load,
            use=load / service.places,
            share=named("Requests that wait", queue_wait_probability(load, service.places)),
            wait=named("How long they wait", choose(free > 0, quotient(held, free, DAY_LONG), DAY_LONG)),
        )

    def held_on_average(self) -> Number:
        """The mean time of the model in all steps, with the tools between them (seconds)."""
        stages = self.counted_stages()
        inside = (stages[name] for name in stages if name not in AROUND)
        means = (wait_stage_mean(stage) * count for stage, count in inside)
        return named("Time that a request holds its place", sum_of_numbers(means))

    @property
    def operands(self) -> tuple[Number, ...]:
        """The numbers in the order in which the functions of `spreads` take them."""
        around, model, between, tries = self.around, self.model, self.between, self.tries
        stages = (
            *(around.network, around.input_check, around.retrieval, around.rerank, around.output_check),
            *(model.first_token, model.uncached, model.cached, model.reasoning, model.writing),
            *(between.later_reading, between.step_writing, between.tool),
        )
        return (
            *(number for stage in stages for number in (stage.median, stage.p95)),
            *(self.found_cached, between.tools, between.together, self.steps, self.streaming),
            *(tries.failed, tries.most, tries.pause, tries.limit, tries.hedge, tries.shared),
            *((self.queue.share, self.queue.wait) if self.queue else ()),
        )

    def first(self, share: Share) -> Number | None:
        """The time within which this share of requests has its first token (seconds)."""
        return _wait_seconds(
            apply_to_bare_numbers("first token", wait_spread_first_token_quantile, share, *self.operands)
        )

    def whole(self, share: Share) -> Number | None:
        """The time within which this share of requests has its whole answer (seconds)."""
        return _wait_seconds(
            apply_to_bare_numbers("whole answer", wait_spread_whole_answer_quantile, share, *self.operands)
        )

    def first_within(self, limit: Number) -> Share:
        """The share of requests that have their first token within so many seconds."""
        return apply_to_bare_numbers("first token within", wait_spread_first_token_share, limit, *self.operands)

    def whole_within(self, limit: Number) -> Share:
        """The share of requests that have their whole answer within so many seconds."""
        return apply_to_bare_numbers("whole answer within", wait_spread_whole_answer_share, limit, *self.operands)

    def unanswered(self) -> Share:
        """The share of requests that are never answered."""
        return apply_to_bare_numbers("unanswered", wait_spread_unanswered_share, *self.operands)

    def counted_stages(self) -> dict[str, tuple[WaitPart, Number]]:
        """Every stage under its name, with how often a request goes through it; tools at once are as their slowest."""
        around, model, between, steps = self.around, self.model, self.between, self.steps
        once, before = whole_number(1, "once", ONE, steps), steps - 1
        tool = WaitPart(*(_wait_of_slowest(share, between.tools, between.tool) for share in (MEDIAN, SLOW)))
        return {
            "Network": (around.network, once),
            "Check of the question": (around.input_check, once),
            "Retrieval": (around.retrieval, once),
            "Reranking": (around.rerank, once),
            "First token": (model.first_token, steps),
            "Reading the prompt, not cached": (model.uncached, 1 - self.found_cached),
            "Reading the prompt, cached": (model.cached, self.found_cached),
            "Reading in later steps": (between.later_reading, before),
            "Hidden reasoning": (model.reasoning, steps),
            "Writing calls of tools": (between.step_writing, before),
            "Tools, one by one": (between.tool, before * between.tools * (1 - between.together)),
            "Tools at once": (tool, before * between.together * smallest(between.tools, 1)),
            "Writing the answer": (model.writing, once),
            "Check of the answer": (around.output_check, once),
        }


def request_wait(i: Inputs) -> RequestWait:
    """The wait of the reader's request."""
    model = wait_model_stages(i.speeds, i.speed, i.prompt, i.reasoning, i.answer)
    return RequestWait(
        around=wait_around_stages(i.around),
        model=model,
        between=wait_step_stages(i.between, model, i.prompt, i.steps, i.speeds.speed_spread),
        tries=wait_tries_of_a_call(i.tries),
        found_cached=i.speeds.found_cached,
        steps=i.steps,
        streaming=wait_without_queue(i, choose(i.streaming, 1, 0)),
        service=wait_places_of_service(i.queue),
    )


def wait_without_queue(i: Inputs, number: Number) -> Number:
    """A number whose working says that no places were typed, where none were."""
    if is_known_number(i.queue.places):
        return number
    return choose(known(i.queue.places), number, number)  # both are one


def wait_stage_mean(stage: WaitPart) -> Number:
    """The mean of a stage (seconds)."""
    return apply_to_bare_numbers("mean", wait_spread_mean, stage.median, stage.p95) * SECOND


def wait_stage_variance(stage: WaitPart) -> Number:
    """The variance of a stage, as a number without a unit."""
    return apply_to_bare_numbers("variance", wait_spread_variance, stage.median, stage.p95)


def _wait_of_slowest(share: Share, count: Number, stage: WaitPart) -> Number:
    return (
        apply_to_bare_numbers("slowest", wait_spread_slowest_quantile, share, count, stage.median, stage.p95) * SECOND
    )


def _wait_seconds(number: Number | None) -> Number | None:
    return number * SECOND if is_known_number(number) else None
