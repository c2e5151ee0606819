"""The records a calculator picks from the data: frozen figures, each a dated fact with a source."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from calculators.engine.declare import described, figure
from calculators.engine.units import DATE, ONE, TOKENS, USD_PER_MTOK


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


RECORDS: dict[str, type[Record]] = {"prices": ModelPrice, "embeddings": EmbeddingPrice}
"""The kind of record that each collection holds."""
