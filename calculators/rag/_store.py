"""What one plan of a vector store charges for an index: storage, reads, writes, and the least to pay.

Source of the formula: the stores' own pricing pages, and Pinecone's documentation of read and write units. Usage counts
towards a plan's minimum, so a small index costs the minimum and its searches cost nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.numbers import both, choose, known, known_or, largest, months, named
from calculators.engine.records import DAY, MDIM, MREAD, MWRITE, VectorStore
from calculators.engine.traced import Constant
from calculators.engine.units import BYTES, MONTH, ONE
from calculators.rag._index import BYTES_PER_GB

ONE_BYTE = Constant(1, "one byte", BYTES)
ONE_MONTH = Constant(1, "one month", MONTH)
DAYS_IN_A_YEAR = Constant(365, "days in a year", DAY)
PER_MDIM = Constant(1_000_000, "dimensions in a million", ONE / MDIM)
PER_MREAD = Constant(1_000_000, "read units in a million", ONE / MREAD)
PER_MWRITE = Constant(1_000_000, "write units in a million", ONE / MWRITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is kept: chunks with their dimensions, the bytes of one vector and of the text beside it.

    `overhead` is the size of the index against its records, `changed` the share of chunks written anew in a month.
    """

    chunks: Any
    dimensions: Any
    vector: Any
    text: Any
    overhead: Any
    changed: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A month at one store (USD/month), and what writing the index for the first time adds to the first (USD).

    `search` is what one more search costs (USD/request): nothing while the plan's minimum is not used up. `fixed` is
    the month without its searches, so that `fixed` and the searches together are the `total`.
    """

    size: Any
    storage: Any
    usage: Any
    total: Any
    fixed: Any
    search: Any
    first: Any
    fits: Any


def invoice(store: VectorStore, index: Index, searches: Any) -> Invoice:
    """What the store charges for a month of so many searches, and for writing the index once.

    A price that the store does not have counts as nothing. A store that bills its own size of a dimension bills plain
    records. A changed record is written twice, in its new form and over its old one.
    """
    own_size = known(store.dimension_bytes)
    billed = choose(own_size, index.dimensions * known_or(store.dimension_bytes, ONE_BYTE), index.vector)
    record = named("Bytes billed for a chunk", billed + index.text)
    plain_bytes = named("Bytes of all records", index.chunks * record)
    counted = choose(own_size, plain_bytes, plain_bytes * index.overhead)
    size = named("Size billed by the store", counted / known_or(store.gigabyte, BYTES_PER_GB))
    paid_size = largest(0, size - known_or(store.free_storage, 0))
    by_day = paid_size * known_or(store.storage_daily, 0) * DAYS_IN_A_YEAR / months(12)
    by_dimension = index.chunks * index.dimensions / PER_MDIM * known_or(store.dimensions, 0)
    storage = named("Storage", paid_size * known_or(store.storage, 0) + by_day + by_dimension)

    scanned = choose(known(store.read_bytes), plain_bytes / known_or(store.read_bytes, ONE_BYTE), 0)
    reads = named("Read units of a search", largest(scanned, known_or(store.least_reads, 0)))
    search = named("A search", reads / PER_MREAD * known_or(store.read, 0) + known_or(store.query, 0))
    writes = choose(known(store.write_bytes), plain_bytes / known_or(store.write_bytes, ONE_BYTE), 0)
    writing = named("Writing the index", writes / PER_MWRITE * known_or(store.write, 0))
    rewriting = named("Writing changed chunks", writing * index.changed * 2 / ONE_MONTH)

    kept = named("Storage and writing", storage + rewriting)
    usage = named("Usage of the store", kept + search * searches)
    minimum: Any = known_or(store.minimum, 0)
    total = named("The store's invoice", largest(usage, minimum))
    over = usage >= minimum
    with_writing = largest(usage * ONE_MONTH + writing, minimum * ONE_MONTH)
    reads_a_month, writes_a_month = reads * searches, writes / ONE_MONTH
    return Invoice(
        size=size,
        storage=storage,
        usage=usage,
        total=total,
        fixed=named("The store without searches", choose(over, kept, minimum)),
        search=named("One more search", choose(over, search, 0)),
        first=named("Writing the index, beyond the minimum", with_writing - total * ONE_MONTH),
        fits=both(
            size <= known_or(store.largest_storage, size),
            index.chunks <= known_or(store.most_chunks, index.chunks),
            reads_a_month <= known_or(store.most_reads, reads_a_month),
            writes_a_month <= known_or(store.most_writes, writes_a_month),
        ),
    )
