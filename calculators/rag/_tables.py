"""The tables of the cost of retrieval: its parts, the same index at every store, the same text in every embedding."""

from __future__ import annotations

from typing import Any

from calculators.engine.declare import Table
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    ascending,
    both,
    choose,
    known,
    known_or,
    opposite,
    plain,
    quotient,
    when,
)
from calculators.rag._index import Chunks
from calculators.rag._inputs import Inputs
from calculators.rag._parts import Retrieval, embedding_rates, index
from calculators.rag._store import ONE_MONTH, invoice


def breakdown(parts: Retrieval, paid: Any, per_month: Any) -> Table:
    """Each part with its cost a query, a month and its share; parts that cost nothing are left out."""
    own = parts.own
    costs = [
        ("Vector store", parts.store.total),
        ("Embedding changed documents", parts.churn),
        ("Embedding the questions", parts.question * paid),
        ("Reranking", parts.rerank * paid),
        ("Retrieved text", own.context * paid),
        ("Instructions and examples", (own.instructions + own.examples) * paid),
        ("The questions, read", own.user_text * paid),
        ("Answers", own.output * paid),
    ]
    rows = [(part, quotient(cost, paid), cost, quotient(cost, per_month)) for part, cost in costs if plain(cost)]
    return Table(tuple(rows))


def ranked_stores(i: Inputs, cut: Chunks, paid: Any) -> Table:
    """The reader's index at every store, the cheapest first; none where a plan's limits are too small for it."""
    rows = []
    for listed in i.stores:
        store = i.vector_store if listed.id == i.vector_store.id else listed
        its = invoice(store, index(i, cut), paid)
        embeds: Any = known_or(store.embeds, 0)
        words = [
            when(opposite(its.fits), "beyond the limits of this plan"),
            when(both(its.fits, its.usage < known_or(store.minimum, 0)), "the plan's minimum"),
            when(embeds > 0, "embeds by itself"),
            when(
                both(known(store.dimension_bytes), i.precision != "float32"),
                "bills 32-bit numbers whatever the precision",
            ),
        ]
        remark = "; ".join(word for word in words if word)
        rows.append((store.name, choose(its.fits, its.total, None), its.usage, its.first, its.size, remark, store.id))
    ordered = ascending(rows, key=lambda row: row[1])
    own = next((at for at, row in enumerate(ordered) if row[-1] == i.vector_store.id), None)
    return Table(tuple(row[:-1] for row in ordered), own)


def ranked_embeddings(i: Inputs, cut: Chunks, paid: Any) -> Table:
    """The reader's documents and questions with every embedding model, the cheapest month first."""
    rows = []
    for listed in i.embeddings:
        embedding = i.embedding if listed.id == i.embedding.id else listed
        of_documents, of_questions = embedding_rates(i, embedding)
        once = cut.tokens / TOKENS_PER_MTOK * of_documents
        month = once * i.documents_changed / ONE_MONTH + i.query_tokens / TOKENS_PER_MTOK * of_questions * paid
        words = [
            when(cut.full > known_or(embedding.context_window, cut.full), "a chunk is too long for it"),
            when(both(i.index_in_batch, opposite(known(embedding.batch_input))), "no batch price"),
        ]
        remark = "; ".join(word for word in words if word)
        rows.append((month, (embedding.name, embedding.group, of_documents, once, month, remark, embedding.id)))
    ordered = [row for _, row in ascending(rows, key=lambda pair: pair[0])]
    own = next((at for at, row in enumerate(ordered) if row[-1] == i.embedding.id), None)
    return Table(tuple(row[:-1] for row in ordered), own)
