"""The reader's prompt, and how it is sent."""

from __future__ import annotations

from calculators.domain.billing import Prompt, Sending
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.tiers import BATCH
from calculators.engine.numbers import Condition, Number, named
from calculators.prompting.cost.inputs import Inputs


def prompt_cost_request(i: Inputs) -> Prompt:
    """The parts of the reader's prompt, in tokens."""
    return Prompt(
        instructions=i.instructions,
        examples=i.examples * i.example_tokens,
        context=i.context,
        user_text=i.user_text,
        answer=i.answer,
        reasoning=i.reasoning,
        counted_with=i.counted_with,
    )


def prompt_cost_sending(i: Inputs, *, caching: Condition | None = None, lifetime: str = "") -> Sending:
    """How the reader sends the prompt; `caching` given as True or False asks what it would cost with or without.

    `lifetime` asks what it would cost with another lifetime of the cache.
    """
    traffic = Traffic(
        requests=prompt_cost_paid_requests(i),
        active_hours=i.active_hours,
        lifetime=lifetime or i.lifetime,
        caches=i.caches,
        found_cached=i.found_cached,
        turns=i.turns,
        pause=i.pause,
    )
    return Sending(
        caching=i.caching if caching is None else caching,
        batch=i.tier == BATCH,
        tier=i.tier,
        turns=i.turns,
        traffic=traffic,
        effort=i.effort,
        default_effort=i.model.default_effort,
    )


def prompt_cost_paid_requests(i: Inputs) -> Number:
    """The requests that are paid for in a month, repeats included."""
    return named("Requests paid for", i.requests * (1 + i.repeated))
