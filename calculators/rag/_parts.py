"""The parts of retrieval, each at its price: embedding, reranking, the store, and the model that reads and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from calculators.engine.billing import Bill, Prompt, Sending, bill
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    both,
    ceil,
    choose,
    known,
    known_or,
    largest,
    named,
    smallest,
)
from calculators.engine.records import EmbeddingPrice, ModelPrice, Reranker, VectorStore
from calculators.rag._index import Chunks, chunks, vector_bytes
from calculators.rag._inputs import Inputs
from calculators.rag._store import ONE_MONTH, Index, Invoice, invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """The parts of retrieval at the prices of one month; costs of a query in USD/request, of a month in USD/month."""

    cut: Chunks
    context: Any
    rate: Any
    once: Any
    churn: Any
    question: Any
    rerank: Any
    store: Invoice
    own: Bill


def index(i: Inputs, cut: Chunks) -> Index:
    """The reader's index, as a store sees it."""
    return Index(
        chunks=cut.number, dimensions=i.dimensions, vector=vector_bytes(i.dimensions, i.precision), text=i.chunk_bytes,
        overhead=i.index_overhead, changed=i.documents_changed,
    )  # fmt: skip


def embedding_rates(i: Inputs, embedding: EmbeddingPrice) -> tuple[Any, Any]:
    """What a million tokens of documents and of questions cost to embed."""
    in_batch = both(i.index_in_batch, known(embedding.batch_input))
    standard: Any = known_or(embedding.input, 0)
    return choose(in_batch, known_or(embedding.batch_input, standard), standard), standard


def reranked(i: Inputs, reranker: Reranker, cut: Chunks) -> Any:
    """Putting the candidates of one query in order: by the search, and by the token with the question each time."""
    passages = named("Passages reranked", smallest(largest(i.candidates, i.top_k), cut.number))
    searches = ceil(passages / known_or(reranker.passages, largest(1, passages)))
    tokens = passages * (cut.full + i.query_tokens)
    price = searches * known_or(reranker.query, 0) + tokens / TOKENS_PER_MTOK * known_or(reranker.input, 0)
    return named("Reranking", choose(i.reranking, price, 0))


def retrieval(
    i: Inputs, model: ModelPrice, embedding: EmbeddingPrice, store: VectorStore, reranker: Reranker
) -> Retrieval:
    """All parts at the prices of the given records."""
    cut = chunks(i.documents, i.tokens_per_document, i.chunk_size, i.chunk_overlap)
    context = named("Retrieved text", smallest(i.top_k, cut.number) * cut.full)
    of_documents, of_questions = embedding_rates(i, embedding)
    embeds: Any = known_or(store.embeds, 0)
    paid = named("Embedding paid for", 1 - embeds)
    once = named("Embedding all documents once", cut.tokens / TOKENS_PER_MTOK * of_documents * paid)
    prompt = Prompt(
        instructions=i.instructions, examples=i.examples * i.example_tokens, context=context, user_text=i.query_tokens,
        answer=i.answer, reasoning=i.reasoning,
    )  # fmt: skip
    sent = Sending(caching=i.caching, found_cached=i.found_cached, batch=i.batch, turns=1)
    return Retrieval(
        cut=cut,
        context=context,
        rate=of_documents,
        once=once,
        churn=named("Embedding changed documents", once * i.documents_changed / ONE_MONTH),
        question=named("Embedding the question", i.query_tokens / TOKENS_PER_MTOK * of_questions * paid),
        rerank=reranked(i, reranker, cut),
        store=invoice(store, index(i, cut), paid_queries(i)),
        own=bill(model, prompt, sent),
    )


def paid_queries(i: Inputs) -> Any:
    """Queries a month with the repeated ones."""
    return named("Queries paid for", i.queries * (1 + i.repeated))
