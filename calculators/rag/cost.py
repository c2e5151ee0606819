"""What retrieval costs.

Documents are cut into chunks, and each chunk is turned into a vector once, and again when it changes. A vector store
keeps them and finds the nearest to a question; a reranker may put them in order; the best go into the prompt. Only the
question is embedded when it is asked. The retrieved text differs each time, so it is never read from a cache.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import Column, Table, amount, bars, calculator, example, findings, later, table
from calculators.engine.numbers import TOKENS_PER_MTOK, named, quotient
from calculators.engine.plans import Plan
from calculators.engine.traced import Constant
from calculators.engine.units import (
    GB,
    ONE,
    SHARE,
    TOKENS,
    USD,
    USD_PER_MONTH,
    USD_PER_MTOK,
    USD_PER_REQUEST,
    count,
)
from calculators.rag._index import BYTES_PER_GB, vector_bytes
from calculators.rag._inputs import Inputs
from calculators.rag._parts import paid_queries, retrieval
from calculators.rag._remarks import remarks
from calculators.rag._tables import breakdown, ranked_embeddings, ranked_stores

YEAR_AHEAD = 12
ONE_DOLLAR = Constant(1, "one dollar", USD)


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """What it costs at once, a month and a query, and what other stores and embedding models would cost."""

    per_month: Decimal = amount("Cost a month", USD_PER_MONTH, headline=True)
    per_query: Decimal = amount(
        "Cost of one query", USD_PER_REQUEST,
        help="What one more query costs, before repeats: without the store's fixed part and without new documents.",
    )  # fmt: skip
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
        "The first 12 months", USD, help="Indexing included; announced price changes, each from its month on."
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
        "Retrieval itself, a month", USD_PER_MONTH, detail=True,
        help="All but what the model reads and writes: store, embedding, search, reranking.",
    )  # fmt: skip
    context_tokens: Decimal = amount("Retrieved text", TOKENS, detail=True)
    prompt_tokens: Decimal = amount("Prompt length", TOKENS, detail=True, help="All input tokens of a query.")
    chunks: Decimal = amount("Chunks", ONE, detail=True)
    chunks_per_document: Decimal = amount("Chunks in a document", ONE, detail=True)
    embedded_tokens: Decimal = amount(
        "Tokens of all chunks", TOKENS, detail=True, help="More than the documents have, because chunks overlap."
    )
    embedding_cost: Decimal = amount("Embedding all documents once", USD, detail=True)
    documents_per_dollar: Decimal | None = amount("Documents embedded for a dollar", count("document"), detail=True)
    vectors_size: Decimal = amount(
        "Size of the vectors alone", GB, detail=True, help="A gigabyte is a billion bytes here."
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
        Column("size", "Billed size", GB),
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
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("A help desk", queries="20k", documents="10k", tokens_per_document=2000),
    example("A company wiki that changes every day", queries="60k", documents="200k", tokens_per_document=1500,
            documents_changed="60%", reranking="yes", top_k=8, embedding="voyageai/voyage-4", dimensions=1024),
    example("Ten million court decisions", queries="300k", documents="10M", tokens_per_document=6000,
            documents_changed="1%", reranking="yes", candidates=100, answer=600,
            embedding="openai/text-embedding-3-large", dimensions=1024, model="anthropic/claude-sonnet-5-5"),
    example("One manual on a free plan", queries=2000, documents=1, tokens_per_document="120k", documents_changed="0%",
            vector_store="pinecone/starter", model="openai/gpt-6-luna"),
    example("File search as a service", queries="20k", documents="10k", chunk_size=800, chunk_overlap=400,
            dimensions=256, top_k=20, vector_store="openai/file-search"),
]  # fmt: skip


def plan(i: Inputs, months: int = YEAR_AHEAD, *, answering: bool = True) -> Plan:
    """Retrieval as a plan: indexing at the start, the store and new documents each month, and a price for each query.

    `answering=False` leaves out what the answering model reads and writes, for another calculator to add its own; the
    plan's `context` says how many tokens of retrieved text it then has to read. The store's part of a query is what one
    more query costs at the reader's volume, so that month 0 is the answer of this calculator.
    """
    made: dict[tuple[int, ...], tuple[Any, Any]] = {}
    each: list[tuple[Any, Any]] = []
    first = retrieval(i, i.model, i.embedding, i.vector_store, i.reranker)
    for month in range(months):
        records = (
            i.model.in_month(month), i.embedding.in_month(month), i.vector_store.in_month(month),
            i.reranker.in_month(month),
        )  # fmt: skip
        key = tuple(id(record) for record in records)
        if key not in made:
            parts = first if month == 0 else retrieval(i, *records)
            query = parts.question + parts.rerank + parts.store.search + (parts.own.total if answering else 0)
            made[key] = (
                named("A month's fixed cost", parts.store.fixed + parts.churn),
                named("A query, repeats included", query * (1 + i.repeated)),
            )
        each.append(made[key])
    return Plan(
        name=f"Retrieval with {i.model.name}",
        start=named("Indexing once", first.once + first.store.first),
        fixed=tuple(fixed for fixed, _ in each),
        per_request=tuple(query for _, query in each),
        context=first.context,
    )


@calculator(chart=bars(of="vector_stores", by="store", value="cost", title="This index at every store, a month"))
def retrieval_cost(i: Inputs) -> Outputs:
    """The store and new documents each month, and for each query its embedding, search, ranking, prompt and answer.

    >>> 5 * 500 * Decimal(2) / 10**6        # five chunks of 500 tokens, read at $2 a million
    Decimal('0.005')
    """
    parts = retrieval(i, i.model, i.embedding, i.vector_store, i.reranker)
    cut, store, own = parts.cut, parts.store, parts.own
    paid = paid_queries(i)
    found = parts.question + parts.rerank
    per_query = named("Cost of one query", found + store.search + own.total)
    retrieval_month = named("Retrieval itself, a month", store.total + parts.churn + found * paid)
    per_month = named("Cost a month", retrieval_month + own.total * paid)
    vectors = cut.number * vector_bytes(i.dimensions, i.precision)
    records = vectors + cut.number * i.chunk_bytes
    document = named("Embedding a document", cut.document / TOKENS_PER_MTOK * parts.rate)
    return Outputs(
        per_month=per_month,
        per_query=per_query,
        indexing_cost=parts.once + store.first,
        store_invoice=store.total,
        churn_cost=parts.churn,
        context_per_query=own.context,
        first_year=plan(i).total(i.queries),
        embedding_per_query=parts.question,
        search_per_query=store.search,
        rerank_per_query=parts.rerank,
        prompt_per_query=own.instructions + own.examples + own.user_text,
        answer_per_query=own.output,
        model_share=quotient(own.total, per_query),
        retrieval_per_month=retrieval_month,
        context_tokens=parts.context,
        prompt_tokens=own.mean,
        chunks=cut.number,
        chunks_per_document=cut.per_document,
        embedded_tokens=cut.tokens,
        embedding_cost=parts.once,
        documents_per_dollar=quotient(ONE_DOLLAR, document, None),
        vectors_size=vectors / BYTES_PER_GB,
        index_size=records * i.index_overhead / BYTES_PER_GB,
        billed_size=store.size,
        storage_cost=store.storage,
        store_usage=store.usage,
        breakdown=later(lambda: breakdown(parts, paid, per_month)),
        vector_stores=later(lambda: ranked_stores(i, parts.cut, paid)),
        embedding_models=later(lambda: ranked_embeddings(i, parts.cut, paid)),
        notes=later(lambda: remarks(i, parts, paid)),
    )
