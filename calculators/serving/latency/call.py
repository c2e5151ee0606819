"""The wait for a single call of a model, for calculators that ask about more than the wait."""

from __future__ import annotations

from calculators.domain.records import ModelSpeed
from calculators.engine.numbers import Number, whole_number
from calculators.engine.numbers.units import ONE
from calculators.serving.latency.operands import RequestWait
from calculators.serving.latency.part_inputs import AroundInputs, SpeedInputs, TryInputs
from calculators.serving.latency.parts import (
    SECOND,
    Steps,
    WaitPart,
    wait_around_stages,
    wait_model_stages,
    wait_tries_of_a_call,
)


def call_wait(
    speed: ModelSpeed,
    speeds: SpeedInputs,
    around: AroundInputs,
    tries: TryInputs,
    *,
    prompt: Number,
    reasoning: Number,
    answer: Number,
) -> RequestWait:
    """The wait of a request with one call, which streams its answer; the three lengths are in tokens."""
    nothing = whole_number(0, "No further step", ONE, speeds.found_cached)
    once = whole_number(1, "One step", ONE, speeds.found_cached)
    no_stage = WaitPart(nothing * SECOND, nothing * SECOND)
    return RequestWait(
        around=wait_around_stages(around),
        model=wait_model_stages(speeds, speed, prompt, reasoning, answer),
        between=Steps(later_reading=no_stage, step_writing=no_stage, tool=no_stage, tools=nothing, together=nothing),
        tries=wait_tries_of_a_call(tries),
        found_cached=speeds.found_cached,
        steps=once,
        streaming=once,
    )
