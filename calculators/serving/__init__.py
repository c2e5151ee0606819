"""Serving: how long an answer takes, and what machines of one's own cost."""

from calculators.serving.latency.call import call_wait
from calculators.serving.latency.operands import MEDIAN, SLOW, RequestWait
from calculators.serving.latency.part_inputs import AroundInputs, SpeedInputs, TryInputs
from calculators.serving.latency.parts import wait_around_stages, wait_model_stages, wait_tries_of_a_call
from calculators.serving.self_hosting.inputs import Inputs as HostingInputs
from calculators.serving.self_hosting.monthly_plan import FAST as FAST_MACHINES
from calculators.serving.self_hosting.monthly_plan import LIKELY as LIKELY_MACHINES
from calculators.serving.self_hosting.monthly_plan import SLOW as SLOW_MACHINES
from calculators.serving.self_hosting.monthly_plan import (
    can_be_self_hosted,
    hosting_inputs_of_plan,
    hosting_machines_in_words,
    hosting_plan,
)

__all__ = [
    "FAST_MACHINES",
    "LIKELY_MACHINES",
    "MEDIAN",
    "SLOW",
    "SLOW_MACHINES",
    "AroundInputs",
    "HostingInputs",
    "RequestWait",
    "SpeedInputs",
    "TryInputs",
    "call_wait",
    "can_be_self_hosted",
    "hosting_inputs_of_plan",
    "hosting_machines_in_words",
    "hosting_plan",
    "wait_around_stages",
    "wait_model_stages",
    "wait_tries_of_a_call",
]
