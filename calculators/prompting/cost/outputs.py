"""What the cost of a prompt answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import MINUTES
from calculators.engine.declare import Column, Range, Table, amount, findings, interval, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, REQUESTS, SHARE, TOKENS, USD, USD_PER_MONTH, USD_PER_REQUEST


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What it costs, where the money goes, and what other models would cost."""

    per_month: Decimal = amount("Cost a month", USD_PER_MONTH, headline=True)
    per_request: Decimal = amount(
        "Cost of one request", USD_PER_REQUEST, help="Before any repeats; an average over the turns."
    )
    per_year: Decimal = amount(
        "Cost of the next 12 months", USD, help="With announced price changes, each from its month on."
    )
    caching_saves: Decimal = amount(
        "Prompt caching saves",
        USD_PER_MONTH,
        loss="Prompt caching costs more, by",
        help="Against the same prompt sent without caching.",
    )
    overhead: Decimal = amount(
        "Instructions and examples cost", USD_PER_MONTH, help="The fixed part that every request sends again."
    )
    first_year: Decimal = amount(
        "First year, people's work included", USD, help="The work before the start, its upkeep, and all requests."
    )
    labor: Decimal = amount("Labor before the start", USD, help="Writing and testing the prompt.")
    upkeep_per_month: Decimal = amount(
        "Watching and upkeep", USD_PER_MONTH, help="People's work; not in the cost a month."
    )
    input_per_request: Decimal = amount("Reading the prompt, a request", USD_PER_REQUEST, detail=True)
    output_per_request: Decimal = amount("Writing the answer, a request", USD_PER_REQUEST, detail=True)
    prefix_found: Range = interval(
        "Requests that find the prefix cached",
        SHARE,
        help="From the requests a month and the lifetime of the cache; of a conversation, its first turn. Where nobody "
        "says whether a read renews the lifetime, the answer counts as if it did not, and the upper end as if it did.",
    )
    cached_share: Decimal = amount(
        "Input read from the cache", SHARE, help="Of all input tokens, an average over the turns of a conversation."
    )
    reasoning_tokens: Decimal = amount(
        "Hidden reasoning, a request", TOKENS, detail=True, help="What you typed, or what the model does by itself."
    )
    prompt_tokens: Decimal = amount(
        "Prompt length", TOKENS, detail=True, help="All input tokens, an average over the turns."
    )
    caching_pays_from: Decimal | None = amount(
        "Caching pays once this share finds the prefix",
        SHARE,
        detail=True,
        help="Nothing where reading from the cache is no cheaper.",
    )
    reuses_to_pay: Decimal | None = amount(
        "Reuses that pay for one cache write",
        REQUESTS,
        detail=True,
        help="Zero where a write costs no more than reading.",
    )
    whole_reuses_to_pay: Decimal | None = amount("The same in whole requests", REQUESTS, detail=True)
    breakdown: Table = table(
        "Where the money goes",
        Column("part", "Part"),
        Column("tokens", "Tokens a request", TOKENS),
        Column("cost", "A month", USD_PER_MONTH),
        Column("share", "Share", SHARE),
    )
    lifetimes: Table = table(
        "Caching at this volume",
        Column("lifetime", "Lifetime"),
        Column("minutes", "Minutes", MINUTES),
        Column("found", "Find the prefix", SHARE),
        Column("cost", "A month", USD_PER_MONTH),
        Column("saving", "Saves", USD_PER_MONTH),
        help="The same work without caching and with each lifetime that is sold for this model. Below zero, it costs "
        "more.",
    )
    models: Table = table(
        "The same work on every model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("request", "A request", USD_PER_REQUEST),
        Column("against", "Against yours", USD_PER_MONTH),
        Column("tokens", "Token factor", ONE),
        Column("remark", "Remark"),
        help="Tokens are converted by each model's factor against the tokenizer that counted them. Where its maker "
        "publishes none, the factor is a guess. Hidden reasoning counts at the same effort for all, or at "
        "the nearest that a model takes.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
