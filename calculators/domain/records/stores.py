"""Stores of vectors."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from calculators.domain.units import (
    READS_PER_MONTH,
    USD_PER_GB_DAY,
    USD_PER_GB_MONTH,
    USD_PER_MDIM_MONTH,
    USD_PER_MREAD,
    USD_PER_MWRITE,
    WRITES_PER_MONTH,
)
from calculators.engine.declare import figure
from calculators.engine.numbers.units import BYTES, GB, ONE, USD_PER_MONTH, USD_PER_REQUEST, counted_unit
from calculators.engine.records import Record


@dataclass(frozen=True, kw_only=True)
class VectorStore(Record):
    """What keeping and searching vectors costs at one plan of one store; what a plan does not charge is left out.

    `minimum` is the least to pay a month: usage counts towards it. A gigabyte has as many bytes as the store says.
    Where `dimension_bytes` is known, the store bills its own plain size of a record, whatever the precision and the
    links of a graph take. `most_…` and `largest_storage` are limits beyond which the plan refuses, not bills.
    """

    called: ClassVar[str] = "Store"
    own_name: ClassVar[str] = "Your own store"
    needs: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("minimum", "storage", "storage_daily", "dimensions", "query", "read", "write"),
    )

    minimum: Decimal | None = figure("Least to pay", USD_PER_MONTH, high=10**6, counts="where usage comes to less")
    storage: Decimal | None = figure(
        "Storage price a month", USD_PER_GB_MONTH, high=10_000, counts="where usage comes to more than the least to pay"
    )
    storage_daily: Decimal | None = figure(
        "Storage price a day", USD_PER_GB_DAY, high=1000, counts="where usage comes to more than the least to pay"
    )
    dimensions: Decimal | None = figure(
        "Price of a million dimensions",
        USD_PER_MDIM_MONTH,
        high=1000,
        counts="where usage comes to more than the least to pay",
    )
    free_storage: Decimal | None = figure("Storage free of charge", GB, high=10**6, counts="where storage is paid")
    gigabyte: Decimal | None = figure(
        "Bytes in a billed gigabyte", BYTES / GB, low=10**9, high=2**30, counts="where storage is paid"
    )
    dimension_bytes: Decimal | None = figure(
        "Bytes billed for a dimension", BYTES, high=8, counts="where storage, reads or writes are paid"
    )
    query: Decimal | None = figure(
        "Price of a search", USD_PER_REQUEST, high=10, counts="where usage comes to more than the least to pay"
    )
    read: Decimal | None = figure(
        "Price of a million read units",
        USD_PER_MREAD,
        high=10**6,
        counts="where usage comes to more than the least to pay",
    )
    read_bytes: Decimal | None = figure(
        "Bytes searched for a read unit",
        BYTES,
        low=1,
        high=10**12,
        counts="where usage comes to more than the least to pay",
    )
    least_reads: Decimal | None = figure(
        "Fewest read units a search",
        counted_unit("read"),
        high=1000,
        counts="where usage comes to more than the least to pay",
    )
    write: Decimal | None = figure(
        "Price of a million write units",
        USD_PER_MWRITE,
        high=10**6,
        counts="where usage comes to more than the least to pay",
    )
    write_bytes: Decimal | None = figure(
        "Bytes written for a write unit",
        BYTES,
        low=1,
        high=10**12,
        counts="where usage comes to more than the least to pay",
    )
    largest_storage: Decimal | None = figure("Most storage", GB, counts="where the index is larger")
    most_chunks: Decimal | None = figure("Most chunks", counted_unit("chunk"), counts="where there are more")
    most_tenants: Decimal | None = figure(
        "Most tenants", counted_unit("tenant"), high=10**9, counts="where there are more"
    )
    most_reads: Decimal | None = figure(
        "Most read units a month", READS_PER_MONTH, high=10**12, counts="where there are more"
    )
    most_writes: Decimal | None = figure(
        "Most write units a month", WRITES_PER_MONTH, high=10**12, counts="where there are more"
    )
    embeds: Decimal | None = figure(
        "Embedding included (1 yes, 0 no)", ONE, high=1, counts="where embedding costs something"
    )
