"""The vector store of rag/cost: sizes, reads, writes and plans, against the stores' own published examples."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from calculators.catalogue import Catalogue
from tests.calculators.prompting.cost import equal
from tests.calculators.rag import by_hand as by_hand_rag
from tests.calculators.rag.cost import BARE, ask, facts, notes, planned, table

COLLECTIONS = facts()["collections"]
STORES = list(COLLECTIONS["vector_stores"])


@pytest.mark.parametrize(("usage", "invoice"), [(0, 50), (20, 50), (49, 50), (50, 50), (51, 51), (100, 100)])
def test_usage_counts_towards_the_minimum_and_is_not_added_to_it(
    catalogue: Catalogue, usage: int, invoice: int
) -> None:
    given = BARE | {
        "queries": 1000,
        "vector_store__query": f"{Decimal(usage) / 1000:f}",
        "vector_store__read": 0,
        "vector_store__storage": 0,
    }
    answer = ask(catalogue, **given)
    assert (answer["store_usage"], answer["store_invoice"]) == (usage, invoice)
    assert answer["search_per_query"] == (Decimal(usage) / 1000 if usage >= 50 else 0)
    assert answer["per_month"] == invoice
    assert ("minimum of $50.00 per month is paid instead" in notes(catalogue, **given)) == (0 < usage < 50)


PUBLISHED_SIZES = [
    (500_000, 768, 500, "1.79"),
    (10**6, 1536, 1000, "7.15"),
    (5 * 10**6, 1024, 15_000, "95.5"),
    (10**7, 1536, 1000, "71.5"),
]
"""Records, dimensions, bytes of metadata and size in GB, as Pinecone's guide to its costs has them for 8-byte ids."""


@pytest.mark.parametrize(("records", "dimensions", "metadata", "size"), PUBLISHED_SIZES)
def test_an_index_is_as_large_as_the_store_says(
    catalogue: Catalogue, records: int, dimensions: int, metadata: int, size: str
) -> None:
    given = BARE | {"documents": records, "dimensions": dimensions, "chunk_bytes": metadata + 8, "index_overhead": 3}
    for precision in by_hand_rag.BITS:
        answer = ask(catalogue, **given | {"precision": precision})
        assert abs(answer["billed_size"] - Decimal(size)) < Decimal("0.05" if "." in size[:2] else "0.06")
        assert equal(answer["storage_cost"], Fraction(answer["billed_size"]) * Fraction(33, 100))


@pytest.mark.parametrize(("size", "units"), [("0.1", "0.25"), ("0.25", "0.25"), ("1", "1"), ("10", "10"), ("50", "50")])
def test_a_search_reads_as_many_units_as_the_index_has_gigabytes(catalogue: Catalogue, size: str, units: str) -> None:
    """The table of read units in Pinecone's guide, at $16 a million; the minimum is set aside."""
    index = {"documents": int(Decimal(size) * 10**6), "dimensions": 125, "chunk_bytes": 500, "queries": 1}
    answer = ask(catalogue, **BARE | index | {"vector_store__minimum": 0})
    assert answer["search_per_query"] == Decimal(units) * 16 / 10**6


def test_a_record_is_written_by_the_kilobyte_and_a_changed_one_twice(catalogue: Catalogue) -> None:
    """357 write units for 100 records of 3.57 kB, as in Pinecone's guide, at $4 a million; then half of them change."""
    index = BARE | {"documents": 100, "dimensions": 768, "chunk_bytes": 498, "embedding__input": 0}
    nothing = {"vector_store__minimum": 0, "vector_store__storage": 0}
    answer = ask(catalogue, **index | nothing)
    assert answer["indexing_cost"] == Decimal(357) * 4 / 10**6
    assert ask(catalogue, **index | nothing | {"documents_changed": "50%"})["store_invoice"] == answer["indexing_cost"]
    assert ask(catalogue, **index)["indexing_cost"] == 0, "the minimum covers it"
    weekly = ask(catalogue, **index | nothing | {"changes": "weekly"})
    assert equal(weekly["store_invoice"], 2 * Fraction(52, 12) * Fraction(answer["indexing_cost"]))


@pytest.mark.parametrize("months", [1, 12])
def test_a_plan_begins_with_writing_the_index(catalogue: Catalogue, months: int) -> None:
    """357 write units at $4 a million, as above, and embedding 50,000 tokens at $0.02 a million."""
    index = {"documents": 100, "dimensions": 768, "chunk_bytes": 498, "embedding__input": "0.02"}
    nothing = {"vector_store__minimum": 0, "vector_store__storage": 0, "people": "no"}
    given: dict[str, Any] = BARE | index | nothing
    plan = planned(catalogue, months, **given)
    assert plan.start == Decimal(357) * 4 / 10**6 + Decimal(50_000) * 2 / 10**8
    assert len(plan.fixed) == months


def test_a_million_dimensions_cost_their_price(catalogue: Catalogue) -> None:
    given = BARE | {"documents": 1000, "dimensions": 1000, "vector_store": "weaviate/flex"}
    assert ask(catalogue, **given, vector_store__dimensions="2", vector_store__storage=0)["storage_cost"] == 2


def test_a_store_without_a_minimum_is_not_said_to_have_one(catalogue: Catalogue) -> None:
    """A hundred searches at $2.50 a thousand are less than a dollar."""
    given = BARE | {"queries": 100, "vector_store": "openai/file-search"}
    assert ask(catalogue, **given)["store_usage"] == Decimal("0.25")
    assert "Usage of the store comes to" not in notes(catalogue, **given)


@pytest.mark.parametrize(
    ("store", "gigabyte"), [("openai/file-search", 2**30), ("weaviate/flex", 2**30), ("pinecone/standard", 10**9)]
)
def test_a_gigabyte_has_as_many_bytes_as_the_store_says(catalogue: Catalogue, store: str, gigabyte: int) -> None:
    answer = ask(catalogue, **BARE | {"documents": 2**20, "dimensions": 512, "vector_store": store})
    assert equal(answer["billed_size"], Fraction(2**20 * 512 * 4, gigabyte))
    assert equal(answer["index_size"], Fraction(2**20 * 512 * 4, 10**9))


def test_only_storage_beyond_the_free_part_is_paid_by_the_day(catalogue: Catalogue) -> None:
    """One binary gigabyte is free; the second costs $0.10 on each of 365 days."""
    free = BARE | {"documents": 2**19, "dimensions": 512, "vector_store": "openai/file-search"}
    assert ask(catalogue, **free)["storage_cost"] == 0
    assert "fits into the 1 GB that are free" in notes(catalogue, **free)
    assert "charges by the day" not in notes(catalogue, **free)
    twice = free | {"documents": 2**20}
    assert equal(ask(catalogue, **twice)["storage_cost"], Fraction(365, 120))
    assert "free of charge" not in notes(catalogue, **twice)
    assert ask(catalogue, **free | {"queries": 1000})["store_invoice"] == Decimal("2.5")


def test_a_bill_for_thirty_days_is_that_of_720_hours(catalogue: Catalogue) -> None:
    """A million vectors of 6,144 bytes are 5.722 GiB: one is free, the others cost $0.10 on each of 30 days."""
    index = {"documents": 10**6, "dimensions": 1536, "vector_store": "openai/file-search"}
    bill = ask(catalogue, **BARE | index, month_hours=720)["storage_cost"]
    assert round(bill, 2) == Decimal("14.17")
    assert equal(ask(catalogue, **BARE | index)["storage_cost"], Fraction(bill) / 30 * 365 / 12)
    assert "A month counts as 30 days" in notes(catalogue, **BARE | index, month_hours=720)
    assert "A month counts as 30.42 days" in notes(catalogue, **BARE | index)


LARGE = {"dimensions": 100_000, "vector_store__write_bytes": 10**9}
LIMITS = [
    ("pinecone/starter", {"documents": 2 * 10**6, "dimensions": 250}, {"documents": 2 * 10**6 + 1}),
    ("pinecone/builder", {"documents": 5 * 10**6, "dimensions": 250}, {"documents": 5 * 10**6 + 1}),
    ("pinecone/builder", LARGE | {"documents": 25_000}, {"documents": 25_001}),
    ("pinecone/starter", {"queries": "4M"}, {"queries": 4_000_001}),
    ("pinecone/builder", {"queries": "8M"}, {"queries": 8_000_001}),
    ("pinecone/starter", {"documents": 10**6, "dimensions": 500}, {"dimensions": 501}),
    ("weaviate/free", {"documents": 100_000}, {"documents": 100_001}),
    ("pinecone/starter", {"tenants": 100}, {"tenants": 101}),
    ("pinecone/builder", {"tenants": 1000}, {"tenants": 1001}),
    ("pinecone/standard", {"tenants": 100_000}, {"tenants": 100_001}),
    ("weaviate/free", {"documents": 100_000, "chunk_bytes": 93_856}, {"chunk_bytes": 93_857}),
]


@pytest.mark.parametrize(("store", "within", "beyond"), LIMITS)
def test_a_plan_with_limits_is_refused_one_beyond_them(
    catalogue: Catalogue, store: str, within: dict[str, int], beyond: dict[str, int]
) -> None:
    """Storage, searches, writes and chunks: at the limit the plan has a price, above it the table has none."""
    name = COLLECTIONS["vector_stores"][store]["name"]
    for typed, fits in ((within, True), (within | beyond, False)):
        asked = BARE | typed | {"vector_store": store}
        assert ("Choose a larger plan." in notes(catalogue, **asked)) != fits, typed
        row = table(catalogue, "vector_stores", **asked)[name]
        assert (row["cost"] is not None) == fits
        assert ("beyond the limits" in row["remark"]) != fits


def test_precision_shrinks_the_vectors_but_not_the_text(catalogue: Catalogue) -> None:
    same = BARE | {"documents": 10**6, "dimensions": 1000, "chunk_bytes": 1000, "vector_store": "weaviate/flex"}
    same |= {"originals": "none"}
    sizes = {"float32": "4", "float16": "2", "int8": "1", "binary": "0.125"}
    for precision, size in sizes.items():
        answer = ask(catalogue, **same | {"precision": precision})
        assert answer["vectors_size"] == Decimal(size)
        assert answer["index_size"] == Decimal(size) + 1
        assert equal(answer["billed_size"], (Fraction(size) + 1) * 10**9 / 2**30)
    assert ask(catalogue, **same | {"index_overhead": 2})["index_size"] == 10
    dear = same | {"vector_store": "pinecone/standard", "precision": "int8"}
    assert "the precision changes only the size of the index" in notes(catalogue, **dear)


@pytest.mark.parametrize("store", STORES)
def test_a_row_of_the_stores_is_the_answer_for_that_store(catalogue: Catalogue, store: str) -> None:
    for typed in ({}, {"documents": "3M", "queries": "2M"}):
        listed = table(catalogue, "vector_stores", **typed)
        row, answer = listed[COLLECTIONS["vector_stores"][store]["name"]], ask(catalogue, **typed, vector_store=store)
        assert row["cost"] is None or Decimal(row["cost"]) == answer["store_invoice"]
        assert (Decimal(row["usage"]), Decimal(row["size"])) == (answer["store_usage"], answer["billed_size"])
        assert Decimal(row["first"]) == answer["indexing_cost"] - answer["embedding_cost"]
        costs = [Decimal(row["cost"]) for row in listed.values() if row["cost"] is not None]
        assert costs == sorted(costs) and len(listed) == len(STORES)


def test_the_readers_own_prices_are_in_the_row_of_the_reader(catalogue: Catalogue) -> None:
    answer = ask(catalogue, vector_store__minimum=300, embedding__input=5)
    assert answer["store_invoice"] == 300
    assert table(catalogue, "vector_stores", vector_store__minimum=300)["Pinecone Standard"]["cost"] == "300"
    row = table(catalogue, "embedding_models", embedding__input=5)["Text Embedding 3 Small"]
    assert (Decimal(row["price"]), Decimal(row["once"])) == (5, answer["embedding_cost"])


def test_a_search_that_reads_much_is_said(catalogue: Catalogue) -> None:
    told_so = "Each search reads the whole index and costs $0.016 per request"
    large = BARE | {"documents": 10**9, "dimensions": 250, "queries": "100k"}
    assert told_so in notes(catalogue, **large)
    assert told_so not in notes(catalogue, **large | {"queries": 1000})
    assert told_so not in notes(catalogue, **large | {"vector_store": "openai/file-search"})


def test_no_figure_of_the_stores_is_a_guess() -> None:
    """What is not confirmed may not be a default."""
    for collection in ("vector_stores", "rerankers"):
        for id, entry in COLLECTIONS[collection].items():
            assert {fact["confidence"] for fact in entry["facts"].values()} <= {"A", "B"}, id


def test_a_unit_of_unknown_size_is_never_counted(catalogue: Catalogue) -> None:
    """A price typed for a store that does not say how many bytes a read or write unit has changes nothing."""
    given = BARE | {"documents": 10**6, "queries": 1000, "vector_store": "weaviate/free"}
    priced = given | {"vector_store__read": 10**6, "vector_store__write": 10**6}
    assert ask(catalogue, **priced) == ask(catalogue, **given)


def test_a_search_reads_the_part_of_one_tenant(catalogue: Catalogue) -> None:
    """Twelve million documents of a chunk each are 100 GB: a million searches read 100 million units, or fewer."""
    index = {"documents": 12_278_978, "tokens_per_document": 400, "dimensions": 1536, "chunk_bytes": 2000}
    asked = BARE | index | {"queries": 10**6, "vector_store": "pinecone/standard", "vector_store__minimum": 0}
    for tenants, searches, tolerance in ((1, 1600, "0.01"), (100, 16, "0.0001"), (1000, 4, 0), (100_000, 4, 0)):
        answer = ask(catalogue, **asked, tenants=tenants)
        assert abs(answer["search_per_query"] * 10**6 - searches) <= Decimal(tolerance), tenants
        assert answer["storage_cost"] == ask(catalogue, **asked)["storage_cost"]


def test_tenants_share_what_a_search_can_find(catalogue: Catalogue) -> None:
    """Ten chunks of three tenants: the largest has four, so a prompt cannot take five."""
    asked = BARE | {"documents": 10, "top_k": 5, "queries": 1}
    assert ask(catalogue, **asked)["context_tokens"] == 2500
    assert ask(catalogue, **asked, tenants=3)["context_tokens"] == 2000
    assert "A search has only 4 chunks to choose from" in notes(catalogue, **asked, tenants=3)
    assert "a small one not less than 0.25 read units" in notes(catalogue, **asked, tenants=3)
    assert "type how many as tenants" not in notes(catalogue, **asked, tenants=3)


@pytest.mark.parametrize(
    ("precision", "originals", "memory", "kept"),
    [
        ("float32", "disk", "6", "6"),
        ("float16", "memory", "3", "3"),
        ("int8", "disk", "1.5", "7.5"),
        ("int8", "memory", "7.5", "7.5"),
        ("int8", "none", "1.5", "1.5"),
        ("binary", "disk", "0.1875", "6.1875"),
    ],
)
def test_compressed_vectors_are_kept_beside_their_originals(
    catalogue: Catalogue, precision: str, originals: str, memory: str, kept: str
) -> None:
    """A million vectors of 1,500 dimensions: 4 bytes for each, 2, 1 or an eighth."""
    asked = BARE | {"documents": 10**6, "dimensions": 1500, "precision": precision, "originals": originals}
    answer = ask(catalogue, **asked)
    assert (answer["memory_size"], answer["vectors_size"]) == (Decimal(memory), Decimal(kept))
    assert answer["index_size"] == Decimal(kept)
    assert ask(catalogue, **asked | {"index_overhead": "1.5"})["memory_size"] == Decimal(memory) * Decimal("1.5")
