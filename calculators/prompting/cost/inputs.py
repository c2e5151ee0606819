"""What the cost of a prompt asks: the workload, the parts of a prompt, how it is sent, and the model."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.domain.units import CACHES, MINUTES
from calculators.engine.declare import every, example, number
from calculators.engine.numbers.units import HOUR, TURNS


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The workload, the parts of a prompt, how it is sent, and the model that reads it."""

    requests: Decimal = questions.requests(group="Workload")
    repeated: Decimal = questions.repeated(group="How it is sent", folded=True)
    turns: Decimal = number(
        "Turns in a conversation",
        TURNS,
        low=1,
        high=1000,
        default=1,
        whole=True,
        group="Workload",
        because="one question, one answer",
        help="With each turn the earlier user text and answers are sent again, and read from the cache where the "
        "provider keeps them.",
    )
    instructions: Decimal = questions.instructions(
        group="A request", help="What every request says first: the system prompt, tool descriptions, format rules."
    )
    examples: Decimal = questions.examples(
        group="Examples in the prompt",
        folded=True,
        default=3,
        because="three to five examples are the usual start for few-shot prompting",
    )
    example_tokens: Decimal = questions.example_tokens(group="Examples in the prompt", folded=True)
    context: Decimal = questions.context(group="A request")
    user_text: Decimal = questions.user_text(group="A request")
    answer: Decimal = questions.answer(group="A request")
    reasoning: Decimal | None = questions.reasoning(group="Reasoning", folded=True)
    effort: str = questions.effort(group="Reasoning", folded=True)
    caching: bool = questions.caching(
        group="Caching",
        folded=True,
        help="Instructions and examples come first, so the provider can keep them and charge less for reading them.",
    )
    lifetime: str = questions.lifetime(group="Caching", folded=True, only_if=("caching", "yes"))
    active_hours: Decimal = questions.active_hours(group="Caching", folded=True)
    caches: Decimal = number(
        "Different prefixes",
        CACHES,
        low=1,
        high=10**6,
        default=1,
        group="Caching",
        folded=True,
        because="every request begins with the same text",
        help="Tenants, languages or machines that share no cache each see only their part of the requests.",
    )
    found_cached: Decimal | None = questions.found_cached(
        group="Caching",
        folded=True,
        help="Leave it empty to compute it. Your provider reports the cached tokens of each request. In a conversation "
        "first turns count, as later ones find what the turn before has left.",
    )
    pause: Decimal = number(
        "Median pause between turns",
        MINUTES,
        low=0,
        high=10_000,
        default="assumptions:pause-between-turns",
        group="Caching",
        folded=True,
        help="From one request of a conversation to the next. A turn that comes too late finds nothing cached.",
    )
    tier: str = questions.tier(group="How it is sent", folded=True)
    counted_with: Tokenizer = questions.counted_with(group="Prices", folded=True)
    model: ModelPrice = questions.model(group="A request")
    as_of: str = questions.as_of(group="Prices", folded=True)
    prompt_hours: Decimal = questions.prompt_hours(group="People's work", folded=True, only_if=("people", "yes"))
    prompt_upkeep_hours: Decimal = number(
        "Upkeep of the prompt in a month",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:prompt-upkeep-hours",
        group="People's work",
        folded=True,
        only_if=("people", "yes"),
    )
    labor_rate: Decimal = questions.labor_rate(group="People's work", folded=True, only_if=("people", "yes"))
    people: bool = questions.people(group="People's work", folded=True)
    market: tuple[ModelPrice, ...] = every("prices")


EXAMPLES = [
    example("A help desk", requests="50k", instructions=800, examples=3, user_text=150, answer=300),
    example(
        "Answers from documents", requests="20k", instructions=500, examples=2, context="4k", user_text=60, answer=350
    ),
    example(
        "Sorting tickets by night",
        requests="400k",
        instructions=1200,
        examples=5,
        example_tokens=120,
        user_text=200,
        answer=8,
        tier="batch",
        model="openai/gpt-6-luna",
    ),
    example(
        "A long chat with a reasoning model",
        requests="10k",
        turns=8,
        reasoning=1500,
        answer=400,
        model="anthropic/claude-opus-5-5",
    ),
    example("Forty hours on one prompt, at $100", requests="10k", prompt_hours=40, labor_rate=100),
]
