"""What the cost of fine-tuning answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import TOKENS_PER_SECOND
from calculators.engine.declare import Column, Judgement, Table, amount, findings, table, verdict
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import ONE, SHARE, TOKENS, USD, USD_PER_MONTH, USD_PER_REQUEST


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """The first year, what is paid before the start, what each month costs after it, and what other offers cost."""

    first_year: Decimal = amount(
        "Cost of the first year", USD, headline=True, help="The start and 12 months, retraining included."
    )
    upfront: Decimal = amount("Cost before the start", USD, help="Labor, all training runs, and their evaluation.")
    per_month: Decimal = amount(
        "Cost a month", USD_PER_MONTH, help="Hosting, tokens, upkeep and retraining, an average of the first 12 months."
    )
    cheapest_serving: Judgement = verdict("Cheapest way to serve at this volume")
    labor: Decimal = amount("Labor before the start", USD, help="For the prompt, the examples and the set-up.")
    training_cost: Decimal = amount("Training", USD, help="All runs that finish.")
    failed_cost: Decimal = amount("Training runs that fail", USD, help="As far as the provider bills them.")
    evaluation_cost: Decimal = amount("Evaluation", USD, help="Test answers and the people who grade them.")
    hosting_per_month: Decimal = amount("Hosting", USD_PER_MONTH, help="Day and night, needed or not.")
    inference_per_month: Decimal = amount("Tokens", USD_PER_MONTH, help="Nothing where a GPU of its own serves.")
    upkeep_per_month: Decimal = amount("Watching and upkeep", USD_PER_MONTH)
    retraining_per_year: Decimal = amount("Retraining in the first year", USD)
    per_request: Decimal | None = amount(
        "Cost of one request", USD_PER_REQUEST, help="The cost a month divided by the requests; none without requests."
    )
    replicas: Decimal = amount("Replicas", ONE, help="GPUs that serve the peak; none where tokens are bought.")
    training_tokens: Decimal = amount("Training tokens of one run", TOKENS, help="Without validation.")
    inference_per_request: Decimal = amount("Tokens of one request", USD_PER_REQUEST, detail=True)
    cost_per_run: Decimal = amount("Cost of one training run", USD, detail=True)
    validation_tokens: Decimal = amount("Validation tokens of one run", TOKENS, detail=True, help="Billed or not.")
    retraining_cost: Decimal = amount("Cost of one retraining", USD, detail=True)
    retrainings: Decimal = amount("Retrainings in the first year", ONE, detail=True)
    peak_tokens_per_second: Decimal = amount("Answer tokens a second at the peak", TOKENS_PER_SECOND, detail=True)
    fewest_replicas: Decimal = amount(
        "Replicas at the faster measured speed", ONE, detail=True, help="The answer counts with the slower one."
    )
    average_load: Decimal | None = amount(
        "Average load of the GPUs", SHARE, detail=True, help="Of what they could answer at the slower speed."
    )
    breakdown: Table = table(
        "Where the money of the first year goes",
        Column("part", "Part"),
        Column("cost", "In the first year", USD),
        Column("share", "Share", SHARE),
    )
    modes: Table = table(
        "Every way to serve it",
        Column("mode", "Served"),
        Column("offer", "Offer"),
        Column("start", "Before the start", USD),
        Column("month", "Hosting and tokens", USD_PER_MONTH),
        Column("year", "First year", USD),
        Column("load", "Average load", SHARE),
        help="With your offer where it is sold so, else with the cheapest that is, which may be another model.",
    )
    offers: Table = table(
        "The same work with every offer",
        Column("offer", "Offer"),
        Column("training", "A training run", USD),
        Column("month", "Hosting and tokens", USD_PER_MONTH),
        Column("year", "First year", USD),
        Column("served", "Served"),
        Column("remark", "Remark"),
        help="Those that take new customers come first. Token counts are taken as they are for every model.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
