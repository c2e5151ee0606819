"""How the attempts are spread: their mean length, and what the longest tenth costs of all."""

from __future__ import annotations

from dataclasses import replace

from calculators.agents.cost.attempt import AgentAttempt, cost_of_agent_steps
from calculators.agents.cost.inputs import Inputs
from calculators.domain.billing.loops import LoopSpan
from calculators.engine.numbers import Number, Share, is_known_number, named, quotient, smallest, whole_number
from calculators.engine.numbers.units import ONE

TENTH = 10
"""The percent of attempts that count as the tail."""


def agent_longest_tenth_share(i: Inputs, attempt: AgentAttempt) -> Share:
    """The share of what attempts cost that the longest tenth of them costs; attempts of a typed length are left out."""
    steps = attempt.loop.steps
    tail = whole_number(TENTH, "percent of the attempts, the longest", ONE, i.failed) / 100
    helpers = attempt.subagents.cost.total
    whole = attempt.steps_cost + helpers
    others = cost_of_agent_steps(i, attempt, replace(steps, dropped=tail)) + helpers * (1 - tail)
    return named("Share of the longest tenth", quotient(whole - others, whole))


def mean_agent_attempt_steps(i: Inputs, attempt: AgentAttempt) -> Number:
    """The steps of an attempt on average, without requests for summaries."""
    steps = attempt.loop.steps
    mean = steps.taken(LoopSpan(start=0, period=0, low=0, high=steps.most))
    if is_known_number(i.failed_steps):
        mean = mean * (1 - i.failed) + smallest(i.failed_steps, steps.most) * i.failed
    return named("Steps of an attempt", mean)
