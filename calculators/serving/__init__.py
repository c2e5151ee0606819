"""Serving: how long an answer takes, and what machines of one's own cost."""

from calculators.serving.latency.call import call_wait
from calculators.serving.latency.operands import MEDIAN, SLOW, Wait
from calculators.serving.latency.part_inputs import AroundInputs, SpeedInputs, TryInputs
from calculators.serving.latency.parts import around_stages, model_stages, tries_of_a_call

__all__ = [
    "MEDIAN",
    "SLOW",
    "AroundInputs",
    "SpeedInputs",
    "TryInputs",
    "Wait",
    "around_stages",
    "call_wait",
    "model_stages",
    "tries_of_a_call",
]
