"""What the choice of a model answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Column, Judgement, Table, amount, findings, table, verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import MONTH, ONE, TOKENS, USD, USD_PER_MONTH, USD_PER_MTOK, USD_PER_REQUEST


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What the work costs now, where it costs least, and what every other model would charge for it."""

    per_month: Decimal = amount("Your model costs a month", USD_PER_MONTH)
    cheapest: Judgement = verdict("Cheapest model for this work", headline=True, by_rules=True)
    cheapest_per_month: Decimal | None = amount("The cheapest costs a month", USD_PER_MONTH)
    next_costs: Decimal | None = amount(
        "The next costs more, a month, by",
        USD_PER_MONTH,
        optional=True,
        help="Than the model in use, where that is the cheapest.",
    )
    saving: Decimal | None = amount(
        "A switch saves a month",
        USD_PER_MONTH,
        help="At the prices of today, without the work to switch.",
        loss="A switch costs more, a month, by",
        optional=True,
    )
    saving_per_year: Decimal | None = amount(
        "A switch saves in 12 months",
        USD,
        loss="A switch costs more in 12 months, by",
        optional=True,
        help="With announced price changes, after paying for the work to switch. Nothing where you already use it.",
    )
    payback: Decimal | None = amount(
        "The switch is paid back after",
        MONTH,
        optional=True,
        help="With announced price changes. Nothing where a switch saves nothing.",
    )
    per_request: Decimal = amount("Your model, one request", USD_PER_REQUEST, detail=True)
    side_by_side: Table = table(
        "Your shortlist side by side",
        Column("model", "Model"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("request", "A request", USD_PER_REQUEST),
        Column("cached", "Read from a cache", TOKENS),
        Column("reasoning", "Hidden reasoning", TOKENS),
        Column("tokenizer", "Counts tokens with"),
        Column("remark", "Remark"),
        own="in use",
        help="What one request is made of, on the models of the shortlist and the one you use now, the cheapest first, "
        "whether or not they meet your other conditions. A month pays for repeated requests, too. Prices, windows and "
        "ends are in the table below.",
        optional=True,
        leading=True,
    )
    models: Table = table(
        "The same work, model by model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("against", "Against yours", USD_PER_MONTH),
        Column("input", "Input price", USD_PER_MTOK),
        Column("output", "Output price", USD_PER_MTOK),
        Column("context_window", "Context window", TOKENS),
        Column("tokens", "Token factor", ONE),
        Column("batch", "Batch"),
        Column("retires", "Announced end"),
        Column("remark", "Remark"),
        own="in use",
        help="Tokens are converted by each model's factor against the tokenizer that counted them. Where its maker "
        "publishes none, the factor is a guess.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
