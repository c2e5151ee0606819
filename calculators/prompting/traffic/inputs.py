"""What the pricing of logs asks: the files, and what to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelPrice
from calculators.domain.units import DAY
from calculators.engine.answering.counting import TokenCounter, token_counter
from calculators.engine.declare import choice, every, example, files, number, share, text
from calculators.engine.facts.history import RecordHistory, record_history
from calculators.engine.numbers.units import TOKENS
from calculators.prompting.traffic.logged.breaks import (
    RECOGNIZED,
    SHORT_PROMPTS,
    open_traffic_reader,
    traffic_summary_refusal,
)
from calculators.prompting.traffic.samples import AGENT, HELP_DESK, REPORT
from calculators.readers.usage.recognition import USAGE_FORMATS

LARGEST_SUMMARY = 50_000_000
LARGEST_PASTE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The logs, and the model to compare with."""

    logs: str = files(
        "Log files",
        open_reader=open_traffic_reader,
        refusal=traffic_summary_refusal,
        longest=LARGEST_SUMMARY,
        read_by=("format",),
        group="Your requests",
        help="Answers, batch results, usage reports, agent sessions, exports of a gateway or a tracing tool: JSON, "
        "JSON Lines or CSV, also packed with gzip or zip. They are read in this browser tab and sent nowhere.",
    )
    pasted: str = text(
        "Or paste some lines",
        unless=("logs",),
        default=HELP_DESK,
        longest=LARGEST_PASTE,
        group="Your requests",
        help="For up to a million characters; chosen files come first. What you paste stays in this browser tab.",
    )
    format: str = choice(
        "Format",
        {RECOGNIZED: "recognized automatically", **{name: format.label for name, format in USAGE_FORMATS.items()}},
        default=RECOGNIZED,
        group="Your requests",
        because="each row shows by its keys what it is",
        help="Pick one where the result names a wrong format: all files, or what is pasted, are then read as it.",
    )
    days: Decimal | None = number(
        "Days that they cover",
        DAY,
        low="0.01",
        high=3660,
        default=None,
        because="counted from the times in the files",
        group="Your requests",
        help="Type it where the files hold no times, or only a part of the traffic.",
    )
    answer: Decimal = number(
        "Tokens of an answer that is not logged",
        TOKENS,
        low=0,
        high=10**6,
        default=300,
        group="Your requests",
        folded=True,
        because="an illustration: a few paragraphs; only inputs of batches and prompts without counts need it",
        help="Hidden reasoning included. Logged answers count as they are.",
    )
    tokenizer_spread: Decimal = questions.tokenizer_spread(
        group="Your requests", folded=True, help="Only where prompts are counted here."
    )
    month_hours: Decimal = questions.month_hours(group="Your requests", folded=True)
    model: ModelPrice = questions.model(group="What if", label="Model to compare with")
    can_wait: Decimal = share(
        "Can wait for a day",
        default="0.2",
        group="What if",
        because="an illustration: reports, tagging, tests and other work that nobody waits for",
        help="The share of the requests that could be sent in a batch.",
    )
    short_prompt: str = choice(
        "A prompt is short up to",
        {str(tokens): f"{tokens:,} tokens" for tokens in SHORT_PROMPTS},
        default=str(SHORT_PROMPTS[2]),
        group="What if",
        folded=True,
        because="an illustration: requests with little context are often easy ones",
        help="To see what sending the short prompts alone to the model to compare with would save.",
    )
    fixed_start: Decimal = number(
        "Fixed start of each prompt",
        TOKENS,
        low=0,
        high=10**7,
        default=0,
        group="What if",
        folded=True,
        because="0 where it is not known: instructions, examples and tools that are the same in each request",
        help="To see what caching would save where it is not used yet.",
    )
    as_of: str = questions.as_of(group="What if", folded=True)
    market: tuple[ModelPrice, ...] = every("prices")
    older: tuple[ModelPrice, ...] = every("older_prices")
    past: RecordHistory = record_history("prices", "older_prices", record=ModelPrice)
    counter: TokenCounter = token_counter()

    @property
    def priced(self) -> tuple[ModelPrice, ...]:
        """Every model with a price: those that can be picked, and those that only logs still name."""
        return (*self.market, *self.older)


EXAMPLES = [
    example("A help desk on two models", pasted=HELP_DESK, can_wait="0.1", model="anthropic/claude-haiku-5-5"),
    example("A session of a coding agent", pasted=AGENT, can_wait=0, model="anthropic/claude-sonnet-5-5"),
    example("A usage report of three weeks", pasted=REPORT, model="openai/gpt-6.1-terra"),
]
