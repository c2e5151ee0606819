"""The work as one request: its prompt, how it is sent, and how many are paid for."""

from __future__ import annotations

from calculators.domain.billing import Prompt, Sending
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.tiers import BATCH
from calculators.engine.numbers import Number, named
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.models.inputs import Inputs

NO_TOKENS = Constant(0, "tokens of a part that this calculator does not ask for", TOKENS)


def model_choice_prompt(i: Inputs) -> Prompt:
    """The parts of the reader's prompt, in tokens."""
    return Prompt(
        instructions=i.instructions,
        examples=NO_TOKENS,
        context=i.context,
        user_text=i.user_text,
        answer=i.answer,
        reasoning=i.reasoning,
        counted_with=i.counted_with,
    )


def model_choice_sending(i: Inputs) -> Sending:
    """How the prompt is sent: one turn each."""
    traffic = Traffic(
        requests=model_choice_paid_requests(i),
        active_hours=i.active_hours,
        lifetime=i.lifetime,
        found_cached=i.found_cached,
    )
    return Sending(
        caching=i.caching,
        batch=i.tier == BATCH,
        tier=i.tier,
        turns=1,
        traffic=traffic,
        effort=i.effort,
        default_effort=i.model.default_effort,
    )


def model_choice_paid_requests(i: Inputs) -> Number:
    """The requests that are paid for in a month."""
    return named("Requests paid for", i.requests * (1 + i.repeated))
