"""The parts of retrieval, each at its price: embedding, reranking, the store, and the model that reads and answers."""

from __future__ import annotations

from dataclasses import dataclass

from calculators.domain.billing import Bill, Prompt, Sending, bill
from calculators.domain.billing.caching import Traffic
from calculators.domain.billing.tiers import BATCH
from calculators.domain.questions.documents import OFTEN_UNKNOWN
from calculators.domain.records import EmbeddingPrice, ModelPrice, Reranker, VectorStore
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    Number,
    bare_value,
    both,
    ceil,
    choose,
    known,
    known_or,
    largest,
    named,
    opposite,
    smallest,
    whole_number,
)
from calculators.engine.numbers.units import ONE, SHARE
from calculators.rag.cost.chunks import Chunks, document_chunks, document_original_bytes, vector_bytes
from calculators.rag.cost.inputs import Inputs
from calculators.rag.cost.store import ONE_MONTH, Index, Invoice, vector_store_invoice

YEAR = 12

TIMES_A_YEAR = {
    "monthly": (12, "Months in a year"),
    "weekly": (52, "Weeks in a year"),
    "daily": (365, "Days in a year"),
}
"""How often each document changes in a year, by the answers that name it, and what that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """The parts of retrieval at the prices of one month."""

    cut: Chunks
    searched: Number  # chunks
    context: Number  # tokens
    rate: Number  # USD/Mtok
    once: Number  # USD
    churn: Number  # USD/month
    question: Number  # USD/request
    rerank: Number  # USD/request
    store: Invoice
    request: Bill


def retrieval_index(i: Inputs, cut: Chunks) -> Index:
    """The reader's index, as a store sees it."""
    kept = opposite(i.originals == "none")
    return Index(
        chunks=cut.number,
        tenants=i.tenants,
        dimensions=i.dimensions,
        vector=vector_bytes(i.dimensions, i.precision) + document_original_bytes(i.dimensions, i.precision, kept),
        text=i.chunk_bytes,
        overhead=i.index_overhead,
        changed=documents_changed_a_month(i),
        month_hours=i.month_hours,
    )


def documents_changed_a_month(i: Inputs) -> Number:
    """The documents that change in a month, against all there are; more than all where each changes more than once."""
    if bare_value(i.changes) == OFTEN_UNKNOWN:
        return i.documents_changed
    once = whole_number(1, "Each document once a month", SHARE, i.documents_changed)
    times = whole_number(0, "Changes in a year", ONE, once)
    for word, (often, label) in TIMES_A_YEAR.items():
        times = choose(i.changes == word, whole_number(often, label, ONE, once), times)
    return named("Documents changed a month", once * times / YEAR)


def searched_chunks(i: Inputs, cut: Chunks) -> Number:
    """The chunks among which a question searches: those of one tenant."""
    return named("Chunks searched", ceil(cut.number / i.tenants))


def retrieval_embedding_rates(i: Inputs, embedding: EmbeddingPrice) -> tuple[Number, Number]:
    """What a million tokens of documents and of questions cost to embed."""
    in_batch = both(i.index_in_batch, known(embedding.batch_input))
    standard = known_or(embedding.input, 0)
    return choose(in_batch, known_or(embedding.batch_input, standard), standard), standard


def retrieval_reranking_cost(i: Inputs, reranker: Reranker, cut: Chunks) -> Number:
    """Putting the candidates of one query in order: by the search, and by the token with the question each time."""
    passages = named("Passages reranked", smallest(largest(i.candidates, i.top_k), searched_chunks(i, cut)))
    searches = ceil(passages / known_or(reranker.passages, largest(1, passages)))
    tokens = passages * (cut.full + i.query_tokens)
    price = searches * known_or(reranker.query, 0) + tokens / TOKENS_PER_MTOK * known_or(reranker.input, 0)
    return named("Reranking", choose(i.reranking, price, 0))


def retrieval_parts(
    i: Inputs, model: ModelPrice, embedding: EmbeddingPrice, store: VectorStore, reranker: Reranker
) -> Retrieval:
    """All parts at the prices of the given records."""
    cut = document_chunks(i.documents, i.tokens_per_document, i.chunk_size, i.chunk_overlap)
    searched = searched_chunks(i, cut)
    context = named("Retrieved text", smallest(i.top_k, searched) * cut.full)
    of_documents, of_questions = retrieval_embedding_rates(i, embedding)
    embeds = known_or(store.embeds, 0)
    paid = named("Embedding paid for", 1 - embeds)
    once = named("Embedding all documents once", cut.tokens / TOKENS_PER_MTOK * of_documents * paid)
    return Retrieval(
        cut=cut,
        searched=searched,
        context=context,
        rate=of_documents,
        once=once,
        churn=named("Embedding changed documents", once * documents_changed_a_month(i) / ONE_MONTH),
        question=named("Embedding the question", i.query_tokens / TOKENS_PER_MTOK * of_questions * paid),
        rerank=retrieval_reranking_cost(i, reranker, cut),
        store=vector_store_invoice(store, retrieval_index(i, cut), paid_retrieval_queries(i)),
        request=bill(model, retrieval_prompt(i, context), retrieval_sending(i)),
    )


def retrieval_prompt(i: Inputs, context: Number) -> Prompt:
    """The prompt of a query with so many tokens of retrieved text."""
    return Prompt(
        instructions=i.instructions,
        examples=i.examples * i.example_tokens,
        context=context,
        user_text=i.query_tokens,
        answer=i.answer,
        reasoning=i.reasoning,
        counted_with=i.counted_with,
    )


def retrieval_sending(i: Inputs) -> Sending:
    """How queries are sent to the model that answers: one turn each."""
    traffic = Traffic(
        requests=paid_retrieval_queries(i),
        active_hours=i.active_hours,
        lifetime=i.lifetime,
        found_cached=i.found_cached,
    )
    return Sending(caching=i.caching, batch=i.tier == BATCH, tier=i.tier, turns=1, traffic=traffic, effort=i.effort)


def paid_retrieval_queries(i: Inputs) -> Number:
    """Queries a month with the repeated ones."""
    return named("Queries paid for", i.queries * (1 + i.repeated))
