"""The stages of a request as the reader's numbers make them: the median and the p95 of each."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import ModelSpeed
from calculators.domain.units import SECONDS
from calculators.engine.numbers import Number, apply_to_bare_numbers, choose, is_known_number, known_or, largest, named
from calculators.engine.numbers.traced import Constant
from calculators.serving.latency.distribution.attempts import NEVER
from calculators.serving.latency.part_inputs import AroundInputs, QueueInputs, SpeedInputs, StepInputs, TryInputs
from calculators.serving.latency.spreads import joint_wait_spread

DAY_LONG = Constant(int(NEVER), "seconds that stand for never", SECONDS)


@dataclass(frozen=True, slots=True)
class WaitPart:
    """The median and the p95 of a stage (seconds)."""

    median: Number
    p95: Number

    def times(self, factor: Number) -> WaitPart:
        """A stage that takes so many times as long."""
        return WaitPart(self.median * factor, self.p95 * factor)

    def divided(self, divisor: Number | int) -> WaitPart:
        """A stage that takes a part of the time."""
        return WaitPart(self.median / divisor, self.p95 / divisor)


def _wait_part(name: str, median: Number, p95: Number) -> WaitPart:
    """A stage whose p95 is at least its median; without a median there is none."""
    slow = choose(median > 0, largest(p95, median), 0)
    return WaitPart(named(name, median), named(f"{name}, p95", slow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What surrounds the model."""

    network: WaitPart
    input_check: WaitPart
    retrieval: WaitPart
    rerank: WaitPart
    output_check: WaitPart


def wait_around_stages(i: AroundInputs) -> Around:
    """The stages before and after the model, as they were typed."""
    return Around(
        network=_wait_part("Time of the network", i.network, i.network_p95),
        input_check=_wait_part("Time to check the question", i.input_check, i.input_check_p95),
        retrieval=_wait_part("Time of retrieval", i.retrieval, i.retrieval_p95),
        rerank=_wait_part("Time of reranking", i.rerank, i.rerank_p95),
        output_check=_wait_part("Time to check the answer", i.output_check, i.output_check_p95),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStages:
    """What a call of the model goes through. `uncached` is the prompt read in full, `cached` what else is read."""

    first_token: WaitPart
    uncached: WaitPart
    cached: WaitPart
    reasoning: WaitPart
    writing: WaitPart
    speed: Number
    reading: Number


def wait_model_stages(
    i: SpeedInputs, speed: ModelSpeed, prompt: Number, reasoning: Number, answer: Number
) -> ModelStages:
    """Tokens divided by speeds. Lengths and speeds vary apart, so the logarithms of their spreads add as squares."""
    first = known_or(speed.first_token, 0 * i.first_token_spread * SECOND)
    writing = named("Writing speed", known_or(speed.writing, i.writing_speed))
    reading = named("Reading speed", known_or(speed.reading, i.reading_speed))
    slower = i.speed_spread
    in_full, in_part = prompt / reading, prompt * (1 - i.cached) / reading
    thinking, answering = reasoning / writing, answer / writing
    thinking_spread = apply_to_bare_numbers("joint spread", joint_wait_spread, i.reasoning_spread, slower)
    answer_spread = apply_to_bare_numbers("joint spread", joint_wait_spread, i.answer_spread, slower)
    return ModelStages(
        first_token=_wait_part(
            "Time to the first token", first, known_or(speed.first_token_p95, first * i.first_token_spread)
        ),
        uncached=_wait_part("Time to read the whole prompt", in_full, in_full * slower),
        cached=_wait_part("Time to read what is not cached", in_part, in_part * slower),
        reasoning=_wait_part("Time of reasoning", thinking, thinking * thinking_spread),
        writing=_wait_part("Time of writing", answering, answering * answer_spread),
        speed=writing,
        reading=reading,
    )


SECOND = Constant(1, "second", SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What a service takes at once, how many requests come in a second, and how long each stays (seconds), if typed."""

    places: Number
    arrivals: Number
    held: Number | None


def wait_places_of_service(i: QueueInputs) -> Places | None:
    """The places of the reader's service; None where it takes all requests at once."""
    if not is_known_number(i.places):
        return None
    return Places(places=i.places, arrivals=i.arrivals, held=i.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What lies between two calls of the model, and how a later call reads its prompt."""

    later_reading: WaitPart
    step_writing: WaitPart
    tool: WaitPart
    tools: Number
    together: Number


def wait_step_stages(i: StepInputs, model: ModelStages, prompt: Number, steps: Number, spread: Number) -> Steps:
    """The tools, the words that call them, and what a later step reads.

    Where earlier steps are not cached, each later call reads a longer prompt; all are taken to read the mean of them.
    """
    read = choose(i.cached_steps, i.new_tokens, prompt + i.new_tokens * steps / 2)
    later, called = read / model.reading, i.step_tokens / model.speed
    return Steps(
        later_reading=_wait_part("Time to read in a later step", later, later * spread),
        step_writing=_wait_part("Time to write a call of a tool", called, called * spread),
        tool=_wait_part("Time of a tool", i.tool, i.tool_p95),
        tools=i.calls,
        together=choose(i.order == "parallel", 1, 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """How a call is tried: shares, numbers of tries and seconds."""

    failed: Number
    most: Number
    pause: Number
    limit: Number
    hedge: Number
    shared: Number


def wait_tries_of_a_call(i: TryInputs) -> Tries:
    """A time-out or a second request that is not wanted comes after a day."""
    return Tries(
        failed=i.failed,
        most=i.most,
        pause=i.pause,
        limit=known_or(i.limit, DAY_LONG),
        hedge=known_or(i.hedge, DAY_LONG),
        shared=i.shared,
    )
