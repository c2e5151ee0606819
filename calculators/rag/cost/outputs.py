"""What the cost of retrieval answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import Column, Table, amount, findings, table
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import (
    GB,
    ONE,
    SHARE,
    TOKENS,
    USD,
    USD_PER_MONTH,
    USD_PER_MTOK,
    USD_PER_REQUEST,
    counted_unit,
)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What it costs at once, a month and a query, and what other stores and embedding models would cost."""

    per_month: Decimal = amount("Cost a month", USD_PER_MONTH, headline=True)
    per_query: Decimal = amount(
        "Cost of one query",
        USD_PER_REQUEST,
        help="What one more query costs, before repeats: without the store's fixed part and without new documents.",
    )
    indexing_cost: Decimal = amount(
        "Indexing once", USD, help="Embedding all chunks and writing them into the store for the first time."
    )
    store_invoice: Decimal = amount(
        "Vector store", USD_PER_MONTH, help="By use, or the plan's minimum if that is more."
    )
    churn_cost: Decimal = amount("Embedding changed documents", USD_PER_MONTH)
    context_per_query: Decimal = amount(
        "Retrieved text, a query", USD_PER_REQUEST, help="At the full input price: it is different each time."
    )
    first_year: Decimal = amount(
        "The first 12 months",
        USD,
        help="People's work and indexing included; announced price changes, each from its month on.",
    )
    labor: Decimal = amount("Labor before the start", USD, help="For the prompt, the retrieval and its test set.")
    upkeep_per_month: Decimal = amount(
        "Watching and upkeep", USD_PER_MONTH, help="People's work; not in the cost a month."
    )
    embedding_per_query: Decimal = amount("Embedding the question, a query", USD_PER_REQUEST, detail=True)
    search_per_query: Decimal = amount(
        "Searching, a query", USD_PER_REQUEST, detail=True, help="Nothing while the plan's minimum is not used up."
    )
    rerank_per_query: Decimal = amount("Reranking, a query", USD_PER_REQUEST, detail=True)
    prompt_per_query: Decimal = amount(
        "Rest of the prompt, a query", USD_PER_REQUEST, detail=True, help="Instructions, examples and the question."
    )
    answer_per_query: Decimal = amount("Writing the answer, a query", USD_PER_REQUEST, detail=True)
    model_share: Decimal = amount(
        "Share of a query that the model takes", SHARE, detail=True, help="Reading the prompt and writing the answer."
    )
    retrieval_per_month: Decimal = amount(
        "Retrieval itself, a month",
        USD_PER_MONTH,
        detail=True,
        help="All but what the model reads and writes: store, embedding, search, reranking.",
    )
    context_tokens: Decimal = amount("Retrieved text", TOKENS, detail=True)
    prompt_tokens: Decimal = amount("Prompt length", TOKENS, detail=True, help="All input tokens of a query.")
    chunks: Decimal = amount("Chunks", ONE, detail=True)
    chunks_per_document: Decimal = amount("Chunks in a document", ONE, detail=True)
    embedded_tokens: Decimal = amount(
        "Tokens of all chunks", TOKENS, detail=True, help="More than the documents have, because chunks overlap."
    )
    embedding_cost: Decimal = amount("Embedding all documents once", USD, detail=True)
    documents_per_dollar: Decimal | None = amount(
        "Documents embedded for a dollar", counted_unit("document"), detail=True
    )
    vectors_size: Decimal = amount(
        "Size of the vectors alone",
        GB,
        detail=True,
        help="With the originals that are kept beside compressed ones. A gigabyte is a billion bytes here.",
    )
    memory_size: Decimal = amount(
        "Memory for a search",
        GB,
        detail=True,
        help="Vectors and links that a server of your own holds in memory; originals and text may wait on its disk.",
    )
    index_size: Decimal = amount("Size of the index", GB, detail=True, help="Vectors, text and what the index adds.")
    billed_size: Decimal = amount(
        "Size billed by the store", GB, detail=True, help="In the store's own gigabytes, by its own rules."
    )
    storage_cost: Decimal = amount("Storage by use", USD_PER_MONTH, detail=True)
    store_usage: Decimal = amount(
        "Usage of the store", USD_PER_MONTH, detail=True, help="Storage, reads and writes, before the plan's minimum."
    )
    breakdown: Table = table(
        "Where the money goes",
        Column("part", "Part"),
        Column("query", "A query", USD_PER_REQUEST),
        Column("cost", "A month", USD_PER_MONTH),
        Column("share", "Share", SHARE),
    )
    vector_stores: Table = table(
        "This index at every store",
        Column("store", "Store"),
        Column("cost", "A month", USD_PER_MONTH),
        Column("usage", "By use alone", USD_PER_MONTH),
        Column("first", "Writing it once", USD),
        Column("size", "Billed size, GB", GB),
        Column("remark", "Remark"),
    )
    embedding_models: Table = table(
        "These documents with every embedding model",
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("price", "Price", USD_PER_MTOK),
        Column("once", "All documents once", USD),
        Column("cost", "A month", USD_PER_MONTH),
        Column("remark", "Remark"),
        help="A month is changed documents and questions. The prices are the models' own, also where a store embeds by "
        "itself. Token counts are taken as equal for all.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
