"""What retrieval costs.

Documents are cut into chunks, and each chunk is turned into a vector once, and again when it changes. A vector store
keeps them and finds the nearest to a question; a reranker may put them in order; the best go into the prompt. Only the
question is embedded when it is asked. The retrieved text differs each time, so it is never read from a cache.
"""

from __future__ import annotations

from calculators.engine.declare import bars, calculator, later
from calculators.engine.numbers import TOKENS_PER_MTOK, named, opposite, quotient
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import USD
from calculators.rag.cost.chunks import BYTES_PER_GB, document_original_bytes, vector_bytes
from calculators.rag.cost.inputs import EXAMPLES, Inputs
from calculators.rag.cost.labor import retrieval_labor, retrieval_upkeep_cost
from calculators.rag.cost.monthly_plan import retrieval_plan as plan
from calculators.rag.cost.notes import retrieval_cost_remarks
from calculators.rag.cost.outputs import Outputs
from calculators.rag.cost.retrieval import documents_changed_a_month, paid_retrieval_queries, retrieval_parts
from calculators.rag.cost.tables import (
    retrieval_cost_breakdown,
    retrieval_embedding_ranking,
    vector_store_ranking_table,
)

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "documents_changed_a_month", "plan", "retrieval_cost"]

ONE_DOLLAR = Constant(1, "one dollar", USD)


NOT_COUNTED = (
    "Savings from caching retrieved text: it is taken to differ in each request.",
    "Taxes, discounts, surcharges for a region or for priority, and tools that a provider charges by the call.",
    "People's work that comes with every lever: contracts, security reviews, training for colleagues.",
)


@calculator(chart=bars(output="vector_stores", by="store", column="cost", title="This index at every store, a month"))
def retrieval_cost(i: Inputs) -> Outputs:
    """The store and new documents each month, and for each query its embedding, search, ranking, prompt and answer.

    Five chunks of 500 tokens, read at $2 a million:

    >>> given = dict(documents=1, tokens_per_document=2500, chunk_size=500, top_k=5)
    >>> retrieval_cost(sample(Inputs, **given, model=dict(input=2, output=10))).context_per_query
    Decimal('0.005')
    """
    parts = retrieval_parts(i, i.model, i.embedding, i.vector_store, i.reranker)
    cut, store, request = parts.cut, parts.store, parts.request
    paid = paid_retrieval_queries(i)
    search = parts.question + parts.rerank
    per_query = named("Cost of one query", search + store.search + request.total)
    retrieval_month = named("Retrieval itself, a month", store.total + parts.churn + search * paid)
    per_month = named("Cost a month", retrieval_month + request.total * paid)
    kept, in_memory = opposite(i.originals == "none"), i.originals == "memory"
    vector = vector_bytes(i.dimensions, i.precision)
    rest = request.instructions + request.examples + request.user_text
    vectors = cut.number * (vector + document_original_bytes(i.dimensions, i.precision, kept))
    held = cut.number * (vector + document_original_bytes(i.dimensions, i.precision, in_memory))
    records = vectors + cut.number * i.chunk_bytes
    document = named("Embedding a document", cut.document / TOKENS_PER_MTOK * parts.rate)
    return Outputs(
        per_month=per_month,
        per_query=per_query,
        indexing_cost=parts.once + store.first,
        store_invoice=store.total,
        churn_cost=parts.churn,
        context_per_query=request.context,
        first_year=plan(i).total(i.queries),
        labor=retrieval_labor(i),
        upkeep_per_month=retrieval_upkeep_cost(i),
        embedding_per_query=parts.question,
        search_per_query=store.search,
        rerank_per_query=parts.rerank,
        prompt_per_query=rest if isinstance(request.storage, int) else rest + request.storage,
        answer_per_query=request.output,
        model_share=quotient(request.total, per_query),
        retrieval_per_month=retrieval_month,
        context_tokens=parts.context,
        prompt_tokens=request.mean,
        chunks=cut.number,
        chunks_per_document=cut.per_document,
        embedded_tokens=cut.tokens,
        embedding_cost=parts.once,
        documents_per_dollar=quotient(ONE_DOLLAR, document, None),
        vectors_size=vectors / BYTES_PER_GB,
        memory_size=held * i.index_overhead / BYTES_PER_GB,
        index_size=records * i.index_overhead / BYTES_PER_GB,
        billed_size=store.size,
        storage_cost=store.storage,
        store_usage=store.usage,
        breakdown=later(lambda: retrieval_cost_breakdown(parts, paid, per_month)),
        vector_stores=later(lambda: vector_store_ranking_table(i, parts.cut, paid)),
        embedding_models=later(lambda: retrieval_embedding_ranking(i, parts.cut, paid)),
        notes=later(lambda: retrieval_cost_remarks(i, parts, paid)),
    )
