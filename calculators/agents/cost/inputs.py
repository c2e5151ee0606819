"""What the cost of an agent's task asks: the task and its steps, failures, a cheaper model, sub-agents and prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.agents.cost.loop_inputs import LoopInputs
from calculators.agents.cost.units import ATTEMPTS, STEPS, SUB_AGENTS
from calculators.domain import questions
from calculators.domain.records import ModelPrice, Tokenizer
from calculators.engine.declare import every, example, number, pick, share
from calculators.engine.numbers.units import TOKENS

MOST_ATTEMPTS = 10
"""The most attempts at a task that can be asked for."""

_FAILURES, _CHEAP, _HELPERS, _PRICES = "Failures and retries", "A cheaper model", "Sub-agents", "Prices"


@dataclass(frozen=True, kw_only=True)
class Inputs(LoopInputs):
    """The task and its steps, what happens where an attempt fails, and who else does a part of the work."""

    attempts: Decimal = number(
        "Attempts at most",
        ATTEMPTS,
        low=1,
        high=MOST_ATTEMPTS,
        default=1,
        whole=True,
        group=_FAILURES,
        folded=True,
        because="a person looks at what failed",
        help="A failed task starts again, so often at most. Each attempt is taken to fail with the same chance, "
        "whatever happened before.",
    )
    failed_steps: Decimal | None = number(
        "Steps of an attempt that fails",
        STEPS,
        low=1,
        high=5000,
        default=None,
        group=_FAILURES,
        folded=True,
        only_if=("failed", "> 0"),
        because="as many as of any other attempt",
        help="Agents fail slowly: type after how many steps yours give up. The steps above then describe the others.",
    )
    repeated: Decimal = questions.repeated(
        group=_FAILURES, folded=True, help="Steps sent again after an error. They are paid for as well."
    )
    cheap_share: Decimal = share(
        "Steps that a cheaper model does",
        default=0,
        group=_CHEAP,
        folded=True,
        because="one model does all steps",
        help="Drawn at random from all steps. Each model has a cache of its own and writes the whole history into it.",
    )
    cheap_model: ModelPrice = pick(
        "prices",
        label="Cheaper model",
        default="openai/gpt-6-luna",
        group=_CHEAP,
        folded=True,
        only_if=("cheap_share", "> 0"),
        because="a small model of the same maker, with the same tokenizer",
    )
    subagents: Decimal = number(
        "Sub-agents in a task",
        SUB_AGENTS,
        low=0,
        high=1000,
        default=0,
        group=_HELPERS,
        folded=True,
        because="one agent does the whole task",
        help="Each has a context of its own. What they hand back counts above, as results of tools.",
    )
    subagent_steps: Decimal = number(
        "Steps of a sub-agent",
        STEPS,
        low=1,
        high=5000,
        default=10,
        group=_HELPERS,
        folded=True,
        only_if=("subagents", "> 0"),
        because="a search with a few looks into what it found",
    )
    subagent_prompt: Decimal = number(
        "Tokens of its first prompt",
        TOKENS,
        low=0,
        high=10**8,
        default=6000,
        group=_HELPERS,
        folded=True,
        only_if=("subagents", "> 0"),
        because="instructions and tools of its own, about half of the main agent's, and its part of the task",
    )
    subagent_answer: Decimal = number(
        "Tokens that a step of it writes",
        TOKENS,
        low=0,
        high=10**6,
        default=220,
        group=_HELPERS,
        folded=True,
        only_if=("subagents", "> 0"),
        because="as many as a step of the main agent",
    )
    subagent_result: Decimal = number(
        "Tokens that its tools hand back in a step",
        TOKENS,
        low=0,
        high=10**7,
        default=1400,
        group=_HELPERS,
        folded=True,
        only_if=("subagents", "> 0"),
        because="as many as in a step of the main agent",
    )
    subagent_model: ModelPrice = pick(
        "prices",
        label="Model of the sub-agents",
        default="openai/gpt-6-luna",
        group=_HELPERS,
        folded=True,
        only_if=("subagents", "> 0"),
        because="a small model of the same maker, with the same tokenizer",
    )
    tier: str = questions.tier(
        group=_PRICES,
        folded=True,
        help="In a batch each step waits for the one before it, so a task of many steps takes days.",
    )
    counted_with: Tokenizer = questions.counted_with(group=_PRICES, folded=True)
    as_of: str = questions.as_of(group=_PRICES, folded=True)
    market: tuple[ModelPrice, ...] = every("prices")


EXAMPLES = [
    example(
        "A support agent with five tools",
        tasks="20k",
        steps=4,
        steps_of_nine_in_ten=9,
        instructions=2000,
        tools=5,
        tool_tokens=200,
        result=600,
        calls=1,
        text=120,
        failed="20%",
        most_steps=30,
        step_pause="0.5",
    ),
    example("A coding agent over a month", tasks=1000),
    example(
        "A search with ten sub-agents",
        tasks=500,
        steps=8,
        steps_of_nine_in_ten=16,
        tools=6,
        calls=2,
        result=900,
        subagents=10,
        subagent_steps=12,
        subagent_result=3000,
        failed="25%",
    ),
    example(
        "A nightly migration, tried three times",
        tasks=300,
        steps=40,
        steps_of_nine_in_ten=120,
        tools=8,
        result=1500,
        failed="40%",
        failed_steps=150,
        attempts=3,
        model="anthropic/claude-sonnet-5-5",
    ),
]
