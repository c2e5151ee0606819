"""What the prompt builder answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Column, Range, Table, amount, document, findings, interval, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import SHARE, TOKENS, USD_PER_MONTH, USD_PER_REQUEST


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The prompt to copy, what each section weighs, and what it costs."""

    prompt_tokens: Decimal = amount(
        "Prompt tokens", TOKENS, headline=True, help="Counted with OpenAI's tokenizer o200k_base."
    )
    model_tokens: Range = interval(
        "Prompt tokens of the picked model", TOKENS, help="A range where the model's own tokenizer is not counted here."
    )
    prefix_tokens: Decimal = amount(
        "Cacheable prefix", TOKENS, help="The beginning that is the same in every request, in the model's tokens."
    )
    smallest_prefix: Decimal | None = amount(
        "Smallest cacheable prefix", TOKENS, help="What is shorter is not cached, and no provider says so."
    )
    per_month: Decimal = amount("Cost a month", USD_PER_MONTH)
    per_request: Decimal = amount("Cost of one request", USD_PER_REQUEST)
    caching_saves: Decimal = amount("Prompt caching saves", USD_PER_MONTH, loss="Prompt caching costs more, by")
    sections: Table = table(
        "What each section weighs",
        Column("section", "Section"),
        Column("cached", "Cacheable"),
        Column("tokens", "Tokens", TOKENS),
        Column("share", "Share", SHARE),
    )
    messages: str = document("As chat messages", help="JSON for an interface that takes messages.")
    tagged: str = document("As tagged sections")
    plain: str = document("As plain text")
    notes: tuple[Note, ...] = findings("Good to know")
