"""What one plan of a vector store charges for an index: storage, reads, writes, and the least to pay.

Source of the formula: the stores' own pricing pages, and Pinecone's documentation of read and write units. Usage counts
towards a plan's minimum, so a small index costs the minimum and its searches cost nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.records import VectorStore
from calculators.domain.units import HOURS_PER_DAY, MDIM, MREAD, MWRITE
from calculators.engine.numbers import Condition, Number, both, choose, known, known_or, largest, named
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, MONTH, ONE
from calculators.rag.cost.chunks import BYTES_PER_GB

ONE_BYTE = Constant(1, "one byte", BYTES)
ONE_MONTH = Constant(1, "one month", MONTH)
PER_MDIM = Constant(1_000_000, "dimensions in a million", ONE / MDIM)
PER_MREAD = Constant(1_000_000, "read units in a million", ONE / MREAD)
PER_MWRITE = Constant(1_000_000, "write units in a million", ONE / MWRITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """What is kept: chunks with their dimensions, the bytes of one vector and of the text beside it.

    `vector` counts the original that is kept beside a compressed vector. `overhead` is the size of the index against
    its records, `changed` the share of chunks written anew in a month. A search reads one of `tenants` equal parts.
    """

    chunks: Number
    tenants: Number
    dimensions: Number
    vector: Number  # bytes
    text: Number  # bytes
    overhead: Number
    changed: Number
    month_hours: Number  # hour/month


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """A month at one store, and what writing the index for the `first` time adds to it.

    `search` is what one more search costs: nothing while the plan's minimum is not used up. `fixed` is
    the month without its searches, so that `fixed` and the searches together are the `total`.
    """

    size: Number  # GB
    storage: Number  # USD/month
    usage: Number  # USD/month
    total: Number  # USD/month
    fixed: Number  # USD/month
    search: Number  # USD/request
    first: Number  # USD
    fits: Condition


def vector_store_invoice(store: VectorStore, index: Index, searches: Number) -> Invoice:
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
    days = named("Days in a month", index.month_hours / HOURS_PER_DAY)
    by_day = paid_size * known_or(store.storage_daily, 0) * days
    by_dimension = index.chunks * index.dimensions / PER_MDIM * known_or(store.dimensions, 0)
    storage = named("Storage", paid_size * known_or(store.storage, 0) + by_day + by_dimension)

    searched = named("Bytes that a search reads", plain_bytes / index.tenants)
    scanned = choose(known(store.read_bytes), searched / known_or(store.read_bytes, ONE_BYTE), 0)
    reads = named("Read units of a search", largest(scanned, known_or(store.least_reads, 0)))
    search = named("A search", reads / PER_MREAD * known_or(store.read, 0) + known_or(store.query, 0))
    writes = choose(known(store.write_bytes), plain_bytes / known_or(store.write_bytes, ONE_BYTE), 0)
    writing = named("Writing the index", writes / PER_MWRITE * known_or(store.write, 0))
    rewriting = named("Writing changed chunks", writing * index.changed * 2 / ONE_MONTH)

    without_searches = named("Storage and writing", storage + rewriting)
    usage = named("Usage of the store", without_searches + search * searches)
    minimum = known_or(store.minimum, 0)
    total = named("The store's invoice", largest(usage, minimum))
    over = usage >= minimum
    with_writing = largest(usage * ONE_MONTH + writing, minimum * ONE_MONTH)
    reads_a_month, writes_a_month = reads * searches, writes / ONE_MONTH
    return Invoice(
        size=size,
        storage=storage,
        usage=usage,
        total=total,
        fixed=named("The store without searches", choose(over, without_searches, minimum)),
        search=named("One more search", choose(over, search, 0)),
        first=named("Writing the index, beyond the minimum", with_writing - total * ONE_MONTH),
        fits=both(
            size <= known_or(store.largest_storage, size),
            index.chunks <= known_or(store.most_chunks, index.chunks),
            index.tenants <= known_or(store.most_tenants, index.tenants),
            reads_a_month <= known_or(store.most_reads, reads_a_month),
            writes_a_month <= known_or(store.most_writes, writes_a_month),
        ),
    )
