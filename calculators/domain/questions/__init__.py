"""The questions that more than one calculator asks, each declared once: its label, unit, bounds and usual default.

An `Inputs` names the question and adds what is its own: `requests: Decimal = questions.requests(group="Workload")`.
A calculator in whose situation another answer is usual gives a `default` with its `because`; one that has another
reason to ask gives its own `help`.
"""

from calculators.domain.questions.documents import changes, documents, documents_changed, tokens_per_document
from calculators.domain.questions.machines import (
    gpu,
    speed,
    waiting_target,
    waiting_target_part,
    waiting_target_share,
)
from calculators.domain.questions.months import month_hours
from calculators.domain.questions.people import labor_rate, migration_hours, people, people_spread, prompt_hours
from calculators.domain.questions.prices import as_of, model
from calculators.domain.questions.prompt import (
    answer,
    context,
    counted_with,
    example_tokens,
    examples,
    instructions,
    reasoning,
    tokenizer_spread,
    user_text,
)
from calculators.domain.questions.sending import (
    active_hours,
    caching,
    effort,
    found_cached,
    lifetime,
    tier,
)
from calculators.domain.questions.testing import alpha, comparisons, power
from calculators.domain.questions.training import epochs, offer, training_example_tokens, training_examples
from calculators.domain.questions.workload import repeated, request_spread, requests

__all__ = [
    "active_hours",
    "alpha",
    "answer",
    "as_of",
    "caching",
    "changes",
    "comparisons",
    "context",
    "counted_with",
    "documents",
    "documents_changed",
    "effort",
    "epochs",
    "example_tokens",
    "examples",
    "found_cached",
    "gpu",
    "instructions",
    "labor_rate",
    "lifetime",
    "migration_hours",
    "model",
    "month_hours",
    "offer",
    "people",
    "people_spread",
    "power",
    "prompt_hours",
    "reasoning",
    "repeated",
    "request_spread",
    "requests",
    "speed",
    "tier",
    "tokenizer_spread",
    "tokens_per_document",
    "training_example_tokens",
    "training_examples",
    "user_text",
    "waiting_target",
    "waiting_target_part",
    "waiting_target_share",
]
