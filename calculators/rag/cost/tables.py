"""The tables of the cost of retrieval: its parts, the same index at every store, the same text in every embedding."""

from __future__ import annotations

from dataclasses import replace

from calculators.engine.declare import RankedRow, Table, declared_row_remark, is_ranking_of_zeros, ranked_output_table
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Number,
    bare_value,
    both,
    choose,
    known,
    known_or,
    opposite,
    quotient,
    when,
)
from calculators.rag.cost.chunks import Chunks
from calculators.rag.cost.inputs import Inputs
from calculators.rag.cost.retrieval import (
    Retrieval,
    documents_changed_a_month,
    retrieval_embedding_rates,
    retrieval_index,
)
from calculators.rag.cost.store import ONE_MONTH, vector_store_invoice

ONCE = 3
"""The cell of what embedding all documents costs once."""


def retrieval_cost_breakdown(parts: Retrieval, paid: Number, per_month: Number) -> Table:
    """Each part with its cost a query, a month and its share; parts that cost nothing are left out."""
    request = parts.request
    costs = [
        ("Vector store", parts.store.total),
        ("Embedding changed documents", parts.churn),
        ("Embedding the questions", parts.question * paid),
        ("Reranking", parts.rerank * paid),
        ("Retrieved text", request.context * paid),
        ("Keeping the instructions, by the hour", request.storage * paid),
        ("Instructions and examples", (request.instructions + request.examples) * paid),
        ("The questions, read", request.user_text * paid),
        ("Answers", request.output * paid),
    ]
    rows = [(part, quotient(cost, paid), cost, quotient(cost, per_month)) for part, cost in costs if bare_value(cost)]
    return Table(tuple(rows))


def vector_store_ranking_table(i: Inputs, cut: Chunks, paid: Number) -> Table:
    """The reader's index at every store, the cheapest first; none where a plan's limits are too small for it."""
    rows = []
    for listed in i.stores:
        store = i.vector_store if listed.id == i.vector_store.id else listed
        month = vector_store_invoice(store, retrieval_index(i, cut), paid)
        remark = declared_row_remark(
            when(opposite(month.fits), "beyond the limits of this plan"),
            when(both(month.fits, month.usage < known_or(store.minimum, 0)), "the plan's minimum"),
            when(known_or(store.embeds, 0) > 0, "embeds by itself"),
            when(
                both(known(store.dimension_bytes), i.precision != "float32"),
                "bills 32-bit numbers whatever the precision",
            ),
        )
        total = choose(month.fits, month.total, None)
        rows.append(RankedRow(store.id, total, (store.name, total, month.usage, month.first, month.size, remark)))
    return ranked_output_table(rows, own=i.vector_store.id)


def retrieval_embedding_ranking(i: Inputs, cut: Chunks, paid: Number) -> Table:
    """The reader's documents and questions with every embedding model, the cheapest month first; where none costs
    anything a month, by what embedding the documents costs once.
    """
    rows = []
    for listed in i.embeddings:
        embedding = i.embedding if listed.id == i.embedding.id else listed
        of_documents, of_questions = retrieval_embedding_rates(i, embedding)
        once = cut.tokens / TOKENS_PER_MTOK * of_documents
        month = once * documents_changed_a_month(i) / ONE_MONTH + i.query_tokens / TOKENS_PER_MTOK * of_questions * paid
        remark = declared_row_remark(
            when(cut.full > known_or(embedding.context_window, cut.full), "a chunk is too long for it"),
            when(both(i.index_in_batch, opposite(known(embedding.batch_input))), "no batch price"),
        )
        cells = (embedding.name, embedding.group, of_documents, once, month, remark)
        rows.append(RankedRow(embedding.id, month, cells))
    if is_ranking_of_zeros(row.rank for row in rows):
        rows = [replace(row, rank=row.cells[ONCE]) for row in rows]
    return ranked_output_table(rows, own=i.embedding.id)
