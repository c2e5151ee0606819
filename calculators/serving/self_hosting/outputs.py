"""What self-hosting answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import SECONDS, TOKENS_PER_SECOND
from calculators.engine.declare import Column, Range, Table, amount, findings, interval, outcome, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import GB, ONE, REQUESTS_PER_MONTH, SHARE, USD, USD_PER_MONTH, USD_PER_MTOK

FITS, NO, UNKNOWN = "fits", "no", "unknown"
ANSWERS = {
    FITS: "The model fits",
    NO: "The model does not fit, or leaves no room for a request",
    UNKNOWN: "It fits, but a speed is not known",
}


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What hosting costs against an API, on how many machines, and how fast they are."""

    month: Decimal | None = amount("Hosting, a month", USD_PER_MONTH, headline=True, help="Machines and people.")
    month_range: Range | None = interval(
        "From low to high", USD_PER_MONTH, help="A fast run at the lowest rent, a slow one at the highest."
    )
    api_month: Decimal = amount("The API, a month", USD_PER_MONTH, help="Its caching and hidden reasoning included.")
    pays_from: Decimal | None = amount(
        "Hosting costs less from", REQUESTS_PER_MONTH, help="A dash where the API is cheaper at any volume."
    )
    pays_from_low: Decimal | None = amount(
        "The same, fast and at the lowest rent", REQUESTS_PER_MONTH, help="The low end of the range."
    )
    pays_from_high: Decimal | None = amount(
        "The same, slow and at the highest rent", REQUESTS_PER_MONTH, help="The high end of the range."
    )
    per_mtok: Decimal | None = amount(
        "A million tokens, hosted", USD_PER_MTOK, help="Prompts and answers together, at your volume."
    )
    per_mtok_range: Range | None = interval("A million tokens, from low to high", USD_PER_MTOK)
    api_per_mtok: Decimal | None = amount("A million tokens, at the API", USD_PER_MTOK)
    fit: str = outcome("On the GPUs you picked", ANSWERS)
    replicas: Decimal | None = amount("Replicas", ONE, help="Copies of the model, for the busiest hour.")
    gpus: Decimal | None = amount("GPUs in all", ONE)
    gpus_range: Range | None = interval("GPUs, from low to high", ONE)
    load: Decimal | None = amount("Average load", SHARE, help="Of what the replicas could answer, all month.")
    places: Decimal | None = amount(
        "Requests at once on a replica", ONE, help="As memory, the software's limit and your slowest pace allow."
    )
    throughput: Decimal | None = amount(
        "Answer tokens a second of a replica", TOKENS_PER_SECOND, help="All places taken, prompts read in between."
    )
    throughput_range: Range | None = interval("The same, from slow to fast", TOKENS_PER_SECOND)
    first_token: Decimal | None = amount("An answer begins after", SECONDS, help="All other places taken.")
    pace: Decimal | None = amount("Tokens a second in an answer", TOKENS_PER_SECOND, help="All places taken.")
    whole_answer: Decimal | None = amount("A whole answer", SECONDS, help="All places taken.")
    first_token_alone: Decimal | None = amount("A single request begins after", SECONDS)
    pace_alone: Decimal | None = amount("Tokens a second, a single request", TOKENS_PER_SECOND)
    machines: Decimal | None = amount("Machines, a month", USD_PER_MONTH)
    people: Decimal = amount("People, a month", USD_PER_MONTH)
    setup: Decimal = amount("Setting it up, once", USD, help="Not in the month above.")
    weights: Decimal = amount("Memory of the weights", GB, detail=True)
    adapters: Decimal = amount("Memory of the adapters", GB, detail=True)
    request_memory: Decimal = amount("Memory of a request", GB, detail=True, help="Its keys and values, on average.")
    room: Decimal = amount("Memory left for requests", GB, detail=True, help="On all GPUs of a replica.")
    per_second: Decimal = amount("Requests a second, on average", ONE / SECONDS, detail=True)
    peak_per_second: Decimal = amount("Requests a second, in the busiest hour", ONE / SECONDS, detail=True)
    capacity: Decimal | None = amount("Requests a second of a replica", ONE / SECONDS, detail=True)
    step: Decimal | None = amount("A step with all places taken", SECONDS, detail=True)
    prompt_time: Decimal | None = amount("Reading a prompt", SECONDS, detail=True)
    at_once: Table = table(
        "More requests at once",
        Column("requests", "Requests at once"),
        Column("throughput", "Tokens a second, all answers", TOKENS_PER_SECOND),
        Column("pace", "Tokens a second, each answer", TOKENS_PER_SECOND),
        Column("first", "Begins after", SECONDS),
        Column("cost", "A million tokens, always this busy", USD_PER_MTOK),
        help="One replica. The last column is rent alone, with a replica that never stands idle.",
    )
    every_gpu: Table = table(
        "Which GPU",
        Column("gpu", "GPU"),
        Column("fit", "Fits"),
        Column("places", "Requests at once", ONE),
        Column("throughput", "Tokens a second of a replica", TOKENS_PER_SECOND),
        Column("replicas", "Replicas", ONE),
        Column("low", "A month, low", USD_PER_MONTH),
        Column("cost", "A month", USD_PER_MONTH),
        Column("high", "A month, high", USD_PER_MONTH),
        help="As many of each in a replica as you asked for.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
