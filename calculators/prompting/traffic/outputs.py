"""What the pricing of logs answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import DAY, SECONDS
from calculators.engine.declare import Column, Table, amount, findings, handed_on_table, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import (
    HOUR,
    ONE,
    REQUESTS,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    TURNS,
    USD,
    USD_PER_MONTH,
    USD_PER_REQUEST,
)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the requests cost, what they would cost elsewhere, and what they are like."""

    per_month: Decimal | None = amount(
        "A month at this rate, at today's list prices", USD_PER_MONTH, headline=True, help="Nothing without dates."
    )
    total: Decimal | None = amount("All of them at today's list prices", USD, help="Nothing where no price is known.")
    at_the_time: Decimal | None = amount(
        "At the list prices of their own days",
        USD,
        optional=True,
        help="Days before the first price that is known are left out, and counted in the next line.",
    )
    undated: Decimal | None = amount(
        "Those without a known price of their day, at today's",
        USD,
        optional=True,
        help="Together with those at the prices of their own days, all that has a price.",
    )
    logged: Decimal | None = amount("What the files themselves say they cost", USD, optional=True)
    in_doubt: Decimal = amount(
        "More or less, as tokenizers differ",
        USD,
        detail=True,
        help="Only for prompts that were counted here, and models with another tokenizer than o200k.",
    )
    elsewhere: Decimal | None = amount("All of them on the model to compare with", USD, optional=True)
    elsewhere_month: Decimal | None = amount("A month of them there", USD_PER_MONTH, optional=True)
    caching_saved: Decimal | None = amount(
        "Caching saved",
        USD,
        optional=True,
        loss="Caching cost more, by",
        help="Against all input at its full price; less what writing to the cache cost.",
    )
    batch_saving: Decimal | None = amount(
        "Batches would save",
        USD,
        optional=True,
        loss="Batches would cost more, by",
        help="For the share that can wait for a day.",
    )
    cache_saving: Decimal | None = amount(
        "Caching the fixed start would save",
        USD,
        optional=True,
        loss="Caching the fixed start would cost more, by",
        help="For requests without cached input.",
    )
    mix_saving: Decimal | None = amount(
        "Sending the short prompts there would save",
        USD,
        optional=True,
        loss="Sending the short prompts there would cost more, by",
        help="To the model to compare with; the others stay. Nothing where it would cost more.",
    )
    lifetime_saving: Decimal | None = amount(
        "A longer cache lifetime would save",
        USD,
        optional=True,
        loss="A longer cache lifetime would cost more, by",
        help="Of what was written again after a pause, less the higher price of writing. Nothing where the files name "
        "no conversations.",
    )
    requests: Decimal | None = amount("Requests", REQUESTS, optional=True)
    requests_month: Decimal | None = amount("Requests a month", REQUESTS_PER_MONTH, optional=True)
    days_covered: Decimal | None = amount(
        "Whole days that a month is taken from",
        DAY,
        optional=True,
        help="Or the days that you typed. A total and a mean are of all days.",
    )
    per_request: Decimal | None = amount("A request, mean", USD_PER_REQUEST, optional=True)
    mean_input: Decimal | None = amount("Tokens of a prompt, mean", TOKENS, optional=True)
    mean_output: Decimal | None = amount("Tokens of an answer, mean", TOKENS, optional=True)
    cached_share: Decimal | None = amount("Input read from a cache", SHARE, optional=True)
    reasoning_share: Decimal | None = amount("Output that is hidden reasoning", SHARE, optional=True)
    failed_share: Decimal | None = amount("Requests that failed", SHARE, optional=True)
    mean_turns: Decimal | None = amount("Requests of a conversation, mean", TURNS, optional=True)
    unpriced_share: Decimal = amount("Tokens without a price", SHARE, detail=True)
    active_hours: Decimal | None = amount("Hours of a day with requests, mean", HOUR, detail=True)
    case: Table = handed_on_table(
        "Your numbers for the other calculators",
        help="They fill the same questions on every page of this tab until you clear them. Numbers alone are kept. "
        "Where the logs name several models, they are those of the one with the largest cost.",
    )
    savings: Table = table(
        "What would save how much",
        Column("change", "What changes"),
        Column("saved", "Saved", USD),
        Column("share", "Of the cost", SHARE),
        Column("needs", "What it needs, and how sure it is"),
        optional=True,
        help="Each by itself, against all requests at today's list prices. Together they save less than their sum. "
        "What would cost more is left out.",
    )
    mixes: Table = table(
        "Short prompts on the model to compare with",
        Column("size", "Prompts of up to", TOKENS),
        Column("requests", "Share of requests", SHARE),
        Column("tokens", "Share of tokens", SHARE),
        Column("cost", "All requests then cost", USD),
        Column("saved", "Saved, below zero: more", USD),
        optional=True,
        own="asked about",
        help="Requests with a price; the others stay on the models that they went to.",
    )
    models: Table = table(
        "What each model cost",
        Column("model", "Model"),
        Column("requests", "Requests", REQUESTS),
        Column("uncached", "Uncached input", TOKENS),
        Column("read", "Read from cache", TOKENS),
        Column("write", "Written to cache", TOKENS),
        Column("output", "Output", TOKENS),
        Column("cost", "Cost", USD),
        Column("remark", "Remark"),
        optional=True,
        help="At today's list prices.",
    )
    ranking: Table = table(
        "The same requests on every model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "Cost", USD),
        Column("against", "Against now", USD),
        Column("remark", "Remark"),
        help="Each request at its own size, tokens converted by the factors of the tokenizers, with as much reasoning "
        "as was logged. Another model may reason more or less, and find less in its cache. Requests without a list "
        "price are not in “Against now”.",
        own="in your logs",
    )
    daily: Table = table(
        "Cost by day",
        Column("day", "Day"),
        Column("cost", "Cost", USD),
        Column("uncached", "Uncached input", USD),
        Column("read", "Read from cache", USD),
        Column("write", "Written to cache", USD),
        Column("output", "Output", USD),
        stacked=True,
        optional=True,
        help="At the list prices of each day, UTC.",
    )
    prompt_tokens: Table = table(
        "Tokens by the size of the prompt",
        Column("size", "Prompt, tokens"),
        Column("tokens", "All tokens", TOKENS),
        Column("uncached", "Uncached input", TOKENS),
        Column("read", "Read from cache", TOKENS),
        Column("write", "Written to cache", TOKENS),
        Column("output", "Output", TOKENS),
        stacked=True,
        optional=True,
        help="Rows that do not say how many requests they sum up are not in it.",
    )
    answer_lengths: Table = table(
        "How long the answers are",
        Column("size", "Answer, tokens"),
        Column("requests", "Requests", REQUESTS),
        Column("share", "Share", SHARE),
        optional=True,
        help="Hidden reasoning included. A length at the edge of a class can be counted in the next one.",
    )
    sizes: Table = table(
        "How large the requests are",
        Column("measure", "Measure"),
        Column("median", "Median", ONE),
        Column("upper", "90% are below", ONE),
        Column("top", "99% are below", ONE),
        optional=True,
        help="At most 1% off.",
    )
    waits: Table = table(
        "How long people waited",
        Column("size", "Until"),
        Column("model", "Model"),
        Column("requests", "Requests", REQUESTS),
        Column("median", "Median", SECONDS),
        Column("p95", "p95", SECONDS),
        optional=True,
        help="Of the model with most times, at most 1% off; failures left out. Prompts count without what was read "
        "from a cache. Requests with hidden reasoning have no first token here: logs differ in what they call so.",
    )
    hours: Table = table(
        "Requests by hour of the day, UTC",
        Column("hour", "Hour"),
        Column("requests", "Requests", ONE),
        optional=True,
    )
    read_rows: Table = table(
        "What was read",
        Column("format", "Format"),
        Column("files", "Files", ONE),
        Column("rows", "Rows", ONE),
        optional=True,
        help="Rows that held no request count too. Pick the format in the form if this one is wrong.",
    )
    left_out: Table = table(
        "What was left out, or does not add up",
        Column("reason", "Reason"),
        Column("rows", "Rows", ONE),
        Column("where", "First lines"),
        leading=True,
    )
    notes: tuple[Note, ...] = findings("Good to know")
