"""The records a calculator picks from the data: frozen figures, each a dated fact with a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from calculators.engine.declare import described, figure
from calculators.engine.units import (
    DATE,
    GB,
    MONTH,
    ONE,
    TOKENS,
    USD,
    USD_PER_HOUR,
    USD_PER_MONTH,
    USD_PER_MTOK,
    USD_PER_REQUEST,
    base,
    count,
)

TFLOPS = base("TFLOPS")
TOKENS_PER_SECOND = (TOKENS / base("second")).named("token/second")
USD_PER_GB_MONTH = (USD / GB / MONTH).named("USD/GB/month")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One entry of a collection as it stands since a day; `schedule` holds what each announced change makes of it."""

    id: str = ""
    name: str = ""
    group: str = ""
    since: str = ""
    note: str = ""
    schedule: tuple[tuple[int, Self], ...] = field(default=(), repr=False)

    def in_month(self, month: int) -> Self:
        """The record in the given calendar month, 0 being the month of the calculation's own day.

        A change counts from the month in which it begins; month 0 keeps the figures of the day itself.
        """
        now = self
        for begins, later in self.schedule:
            if month > 0 and begins <= month:
                now = later
        return now


@dataclass(frozen=True, kw_only=True)
class ModelPrice(Record):
    """What a model's tokens cost, in US dollars per million tokens, and what limits them.

    The `long_…` prices hold for every token of a request whose prompt is longer than `long_above`: a cliff, not a
    slope. Batch and cached prices are prices of their own, because no rule such as "half" holds everywhere.
    """

    input: Decimal | None = figure("Input price", USD_PER_MTOK)
    cached_read: Decimal | None = figure("Cached input price", USD_PER_MTOK)
    cache_write: Decimal | None = figure("Cache write price", USD_PER_MTOK)
    output: Decimal | None = figure("Output price", USD_PER_MTOK)
    batch_input: Decimal | None = figure("Batch input price", USD_PER_MTOK)
    batch_cached_read: Decimal | None = figure("Batch cached input price", USD_PER_MTOK)
    batch_cache_write: Decimal | None = figure("Batch cache write price", USD_PER_MTOK)
    batch_output: Decimal | None = figure("Batch output price", USD_PER_MTOK)
    long_above: Decimal | None = figure("Long prompt begins above", TOKENS)
    long_input: Decimal | None = figure("Long-prompt input price", USD_PER_MTOK)
    long_cached_read: Decimal | None = figure("Long-prompt cached input price", USD_PER_MTOK)
    long_cache_write: Decimal | None = figure("Long-prompt cache write price", USD_PER_MTOK)
    long_output: Decimal | None = figure("Long-prompt output price", USD_PER_MTOK)
    long_batch_input: Decimal | None = figure("Long-prompt batch input price", USD_PER_MTOK)
    long_batch_cached_read: Decimal | None = figure("Long-prompt batch cached input price", USD_PER_MTOK)
    long_batch_cache_write: Decimal | None = figure("Long-prompt batch cache write price", USD_PER_MTOK)
    long_batch_output: Decimal | None = figure("Long-prompt batch output price", USD_PER_MTOK)
    smallest_prefix: Decimal | None = figure("Smallest cacheable prefix", TOKENS)
    context_window: Decimal | None = figure("Context window", TOKENS)
    tokenizer_factor: Decimal | None = figure("Tokenizer factor", ONE, low="0.01", high=100)
    retires: str = described("Shuts down on", DATE)
    hours: str = described("Hours these prices hold")


@dataclass(frozen=True, kw_only=True)
class EmbeddingPrice(Record):
    """What turning text into vectors costs, in US dollars per million tokens."""

    input: Decimal | None = figure("Input price", USD_PER_MTOK)
    batch_input: Decimal | None = figure("Batch input price", USD_PER_MTOK)
    context_window: Decimal | None = figure("Longest text", TOKENS)


@dataclass(frozen=True, kw_only=True)
class TuningOffer(Record):
    """A model as one provider tunes and serves it; a price that the provider does not charge or publish is left out.

    `training` is paid for each token of each epoch, `training_hour` for each hour of a training loop (reinforcement
    tuning). A tuned model is served by the token (`input`, `cached_read`, `output`), by the hour (`hosting`), or both.
    """

    training: Decimal | None = figure("Training price", USD_PER_MTOK, high=10_000)
    training_hour: Decimal | None = figure("Training price by the hour", USD_PER_HOUR, high=10_000)
    bills_validation: Decimal | None = figure("Validation tokens billed (1 yes, 0 no)", ONE, high=1)
    smallest_file: Decimal | None = figure("Fewest examples accepted", count("example"))
    input: Decimal | None = figure("Input price of the tuned model", USD_PER_MTOK)
    cached_read: Decimal | None = figure("Cached input price of the tuned model", USD_PER_MTOK)
    output: Decimal | None = figure("Output price of the tuned model", USD_PER_MTOK)
    hosting: Decimal | None = figure("Hosting, for each replica", USD_PER_HOUR, high=10_000)
    storage: Decimal | None = figure("Storage of the tuned weights", USD_PER_GB_MONTH, high=1000)
    methods: str = described("Methods")
    serving: str = described("How it is served")
    closed_to_new: str = described("Closed to new customers since", DATE)
    last_training: str = described("Last day of training", DATE)
    retires: str = described("Tuned models stop on", DATE)


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """A graphics processor: what it holds, how fast it computes, and what an hour of it costs to rent."""

    memory: Decimal | None = figure("Memory", GB, high=10_000)
    peak: Decimal | None = figure("Peak speed in 16-bit arithmetic", TFLOPS, high=100_000)
    rent: Decimal | None = figure("Rent", USD_PER_HOUR, high=1000)
    rent_low: Decimal | None = figure("Lowest rent seen", USD_PER_HOUR, high=1000)
    rent_high: Decimal | None = figure("Highest rent seen", USD_PER_HOUR, high=1000)
    throughput_low: Decimal | None = figure("Tokens a second when serving, low", TOKENS_PER_SECOND, high=10**7)
    throughput_high: Decimal | None = figure("Tokens a second when serving, high", TOKENS_PER_SECOND, high=10**7)


@dataclass(frozen=True, kw_only=True)
class VectorStore(Record):
    """What keeping and searching vectors costs at one plan of one store."""

    minimum: Decimal | None = figure("Least to pay", USD_PER_MONTH)
    storage: Decimal | None = figure("Storage", USD_PER_GB_MONTH, high=10_000)
    free_storage: Decimal | None = figure("Storage free of charge", GB)


@dataclass(frozen=True, kw_only=True)
class Reranker(Record):
    """What putting the found passages in order costs."""

    query: Decimal | None = figure("Price of a query", USD_PER_REQUEST, high=10)


RECORDS: dict[str, type[Record]] = {
    "prices": ModelPrice,
    "embeddings": EmbeddingPrice,
    "tuning": TuningOffer,
    "gpus": Gpu,
    "vector_stores": VectorStore,
    "rerankers": Reranker,
}
"""The kind of record that each collection holds; all but the first two are kept in a file of that name."""
