"""What the choice of a model asks: the work, the model that does it now, and which models may take its place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.engine.declare import choice, every, example, group_input_field, number, several, yes_no
from calculators.engine.numbers.units import HOUR, MONTH, TOKENS


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The work, the model that does it now, and which models may take its place."""

    requests: Decimal = questions.requests(group="The work")
    repeated: Decimal = questions.repeated(group="How it is sent", folded=True)
    instructions: Decimal = questions.instructions(
        default=1550,
        group="The work",
        because="a system prompt of about 600 English words and three short examples",
        help="What every request says first, examples included. It is the part that can be read from a cache.",
    )
    context: Decimal = questions.context(group="The work")
    user_text: Decimal = questions.user_text(group="The work")
    answer: Decimal = questions.answer(group="The work")
    reasoning: Decimal | None = questions.reasoning(group="Reasoning", folded=True)
    effort: str = questions.effort(group="Reasoning", folded=True)
    caching: bool = questions.caching(group="Caching", folded=True)
    lifetime: str = questions.lifetime(group="Caching", folded=True, only_if=("caching", "yes"))
    active_hours: Decimal = questions.active_hours(group="Caching", folded=True, only_if=("caching", "yes"))
    found_cached: Decimal | None = questions.found_cached(group="Caching", folded=True, only_if=("caching", "yes"))
    tier: str = questions.tier(group="How it is sent", folded=True)
    counted_with: Tokenizer = questions.counted_with(group="Model and prices", folded=True)
    model: ModelPrice = questions.model(group="Model and prices", folded=True, label="Model you use now")
    as_of: str = questions.as_of(group="Model and prices", folded=True)
    shortlist: tuple[str, ...] = several(
        "prices",
        ModelPrice,
        label="Shortlist",
        group="Which models may do it",
        help="The models that you think about, any number of them. They are shown side by side, the one you use now "
        "among them, and no other model is ranked. With none chosen, all are.",
    )
    provider: str = group_input_field(
        "prices", label="Provider", group="Which models may do it", help="Only models sold by this provider."
    )
    context_window: Decimal = number(
        "Context window of at least",
        TOKENS,
        low=0,
        high=10**9,
        default=0,
        group="Which models may do it",
        folded=True,
        because="the prompt itself decides; a longer one may come",
        help="Models whose window is not known are left out once you ask for one.",
    )
    batch_only: bool = yes_no(
        "Only with a batch price",
        default=False,
        group="Which models may do it",
        folded=True,
        because="the work is not a batch",
    )
    served: Decimal = number(
        "Served for at least",
        MONTH,
        low=0,
        high=60,
        default=0,
        whole=True,
        group="Which models may do it",
        folded=True,
        because="any model that is served today",
        help="Leaves out models whose maker has announced an earlier end.",
    )
    sort: str = choice(
        "Sort by",
        {
            "cost": "cost of the work",
            "input": "input price",
            "output": "output price",
            "context_window": "context window",
            "retirement": "announced end",
        },
        default="cost",
        because="the question is what the work costs",
        group="Which models may do it",
    )
    switching_hours: Decimal = number(
        "Work to switch",
        HOUR,
        low=0,
        high=10_000,
        default=16,
        group="Which models may do it",
        folded=True,
        because="two days to adapt the prompt, run the test set and watch the first week",
    )
    labor_rate: Decimal = questions.labor_rate(
        group="Which models may do it", folded=True, only_if=("switching_hours", "> 0"), label="Rate of that work"
    )
    market: tuple[ModelPrice, ...] = every("prices")


EXAMPLES = [
    example("A help desk", requests="50k", instructions=1550, user_text=150, answer=300),
    example("Answers from documents", requests="20k", instructions=1000, context="4k", user_text=60, answer=350),
    example(
        "Sorting tickets by night",
        requests="400k",
        instructions=1800,
        user_text=200,
        answer=8,
        tier="batch",
        batch_only="yes",
        model="openai/gpt-6-luna",
    ),
    example(
        "Contracts of 200 pages, for the years to come",
        requests="2k",
        instructions=2000,
        context="120k",
        user_text=100,
        answer=1500,
        context_window="200k",
        served=24,
        model="anthropic/claude-opus-5-5",
    ),
]
