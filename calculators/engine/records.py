"""The records a calculator picks from the data: frozen figures, each a dated fact with a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Self

from calculators.engine.declare import described, figure
from calculators.engine.units import (
    BYTES,
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
BILLIONS = count("billion")
TOKENS_PER_SECOND = (TOKENS / base("second")).named("token/second")
USD_PER_GB_MONTH = (USD / GB / MONTH).named("USD/GB/month")
DAY = base("day")
USD_PER_GB_DAY = (USD / GB / DAY).named("USD/GB/day")
MDIM, MREAD, MWRITE = base("Mdim"), base("Mread"), base("Mwrite")
USD_PER_MDIM_MONTH = (USD / MDIM / MONTH).named("USD/Mdim/month")
USD_PER_MREAD, USD_PER_MWRITE = USD / MREAD, USD / MWRITE
READS_PER_MONTH, WRITES_PER_MONTH = (ONE / MONTH).named("read/month"), (ONE / MONTH).named("write/month")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One entry of a collection as it stands since a day; `schedule` holds what each announced change makes of it."""

    called: ClassVar[str] = "Model"
    """What heads a column of their names."""

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
    tuning). A tuned model is served by the token (`input`, `cached_read`, `output`), on its own machine by the hour
    (`hosting`), or by the token with a fee for each hour that it stands ready (both). Where the weights may be taken
    away, any rented GPU serves them.
    """

    training: Decimal | None = figure("Training price", USD_PER_MTOK, high=10_000)
    training_hour: Decimal | None = figure("Training price by the hour", USD_PER_HOUR, high=10_000)
    bills_validation: Decimal | None = figure("Validation tokens billed (1 yes, 0 no)", ONE, high=1)
    smallest_file: Decimal | None = figure("Fewest examples accepted", count("example"))
    input: Decimal | None = figure("Input price of the tuned model", USD_PER_MTOK)
    cached_read: Decimal | None = figure("Cached input price of the tuned model", USD_PER_MTOK)
    output: Decimal | None = figure("Output price of the tuned model", USD_PER_MTOK)
    smallest_prefix: Decimal | None = figure("Smallest cacheable prefix of the tuned model", TOKENS)
    hosting: Decimal | None = figure("Hosting price of a replica", USD_PER_HOUR, high=10_000)
    own_weights: Decimal | None = figure("Weights may be taken away (1 yes, 0 no)", ONE, high=1)
    closed_to_new: str = described("Closed to new customers since", DATE)
    closes: str = described("No new training jobs from", DATE)
    retires: str = described("Tuned models stop on", DATE)


@dataclass(frozen=True, kw_only=True)
class Gpu(Record):
    """A graphics processor: what it holds, how fast it computes and serves, and what an hour of it costs to rent.

    `throughput_low` and `throughput_high` are answer tokens a second while one GPU serves a model of eight billion
    parameters to as many users as it can: with long prompts and short answers, and with answers as long as the prompts.
    """

    called: ClassVar[str] = "GPU"

    memory: Decimal | None = figure("Memory", GB, high=10_000)
    peak: Decimal | None = figure("Peak speed in 16-bit arithmetic", TFLOPS, low="0.1", high=100_000)
    rent: Decimal | None = figure("Rent", USD_PER_HOUR, high=1000)
    rent_low: Decimal | None = figure("Lowest rent seen", USD_PER_HOUR, high=1000)
    rent_high: Decimal | None = figure("Highest rent seen", USD_PER_HOUR, high=1000)
    throughput_low: Decimal | None = figure("Tokens a second when serving, low", TOKENS_PER_SECOND, high=10**7)
    throughput_high: Decimal | None = figure("Tokens a second when serving, high", TOKENS_PER_SECOND, high=10**7)


@dataclass(frozen=True, kw_only=True)
class Architecture(Record):
    """The sizes of a dense transformer whose weights are open, as its configuration file names them.

    With fewer key-value heads than attention heads (grouped-query attention) keys and values are narrower. A head is as
    wide as the hidden size divided by the heads, unless `head_size` says otherwise.
    """

    parameters: Decimal | None = figure("Parameters", BILLIONS, low="0.001", high=100_000)
    layers: Decimal | None = figure("Layers", count("layer"), low=1, high=10_000)
    hidden_size: Decimal | None = figure("Hidden size", ONE, low=1, high=10**6)
    intermediate_size: Decimal | None = figure("Intermediate size", ONE, low=1, high=10**7)
    heads: Decimal | None = figure("Attention heads", count("head"), low=1, high=10_000)
    key_value_heads: Decimal | None = figure("Key-value heads", count("head"), low=1, high=10_000)
    head_size: Decimal | None = figure("Size of a head", ONE, low=1, high=10**5)
    vocabulary: Decimal | None = figure("Vocabulary", TOKENS, high=10**8)
    embeddings: Decimal | None = figure("Embedding matrices (1 if input and output share one)", ONE, low=1, high=2)
    feed_forward: Decimal | None = figure("Feed-forward matrices in a layer (3 if gated)", ONE, low=2, high=3)


@dataclass(frozen=True, kw_only=True)
class VectorStore(Record):
    """What keeping and searching vectors costs at one plan of one store; what a plan does not charge is left out.

    `minimum` is the least to pay a month: usage counts towards it. A gigabyte has as many bytes as the store says.
    Where `dimension_bytes` is known, the store bills its own plain size of a record, whatever the precision and the
    links of a graph take. `most_…` and `largest_storage` are limits beyond which the plan refuses, not bills.
    """

    called: ClassVar[str] = "Store"

    minimum: Decimal | None = figure("Least to pay", USD_PER_MONTH, high=10**6)
    storage: Decimal | None = figure("Storage price a month", USD_PER_GB_MONTH, high=10_000)
    storage_daily: Decimal | None = figure("Storage price a day", USD_PER_GB_DAY, high=1000)
    dimensions: Decimal | None = figure("Price of a million dimensions", USD_PER_MDIM_MONTH, high=1000)
    free_storage: Decimal | None = figure("Storage free of charge", GB, high=10**6)
    gigabyte: Decimal | None = figure("Bytes in a billed gigabyte", BYTES / GB, low=10**9, high=2**30)
    dimension_bytes: Decimal | None = figure("Bytes billed for a dimension", BYTES, high=8)
    query: Decimal | None = figure("Price of a search", USD_PER_REQUEST, high=10)
    read: Decimal | None = figure("Price of a million read units", USD_PER_MREAD, high=10**6)
    read_bytes: Decimal | None = figure("Bytes searched for a read unit", BYTES, low=1, high=10**12)
    least_reads: Decimal | None = figure("Fewest read units a search", count("read"), high=1000)
    write: Decimal | None = figure("Price of a million write units", USD_PER_MWRITE, high=10**6)
    write_bytes: Decimal | None = figure("Bytes written for a write unit", BYTES, low=1, high=10**12)
    largest_storage: Decimal | None = figure("Most storage", GB)
    most_chunks: Decimal | None = figure("Most chunks", count("chunk"))
    most_reads: Decimal | None = figure("Most read units a month", READS_PER_MONTH, high=10**12)
    most_writes: Decimal | None = figure("Most write units a month", WRITES_PER_MONTH, high=10**12)
    embeds: Decimal | None = figure("Embedding included (1 yes, 0 no)", ONE, high=1)


@dataclass(frozen=True, kw_only=True)
class Reranker(Record):
    """What putting the found passages in order costs: by the search, by the token, or both.

    One search pays for `passages` of them. By the token, the question counts again with each passage.
    """

    called: ClassVar[str] = "Reranker"

    query: Decimal | None = figure("Price of a reranking", USD_PER_REQUEST, high=10)
    passages: Decimal | None = figure("Passages in one reranking", count("passage"), low=1, high=10**6)
    input: Decimal | None = figure("Price of a million reranked tokens", USD_PER_MTOK)


RECORDS: dict[str, type[Record]] = {
    "prices": ModelPrice,
    "embeddings": EmbeddingPrice,
    "tuning": TuningOffer,
    "gpus": Gpu,
    "architectures": Architecture,
    "vector_stores": VectorStore,
    "rerankers": Reranker,
}
"""The kind of record that each collection holds; all but the first two are kept in a file of that name."""
