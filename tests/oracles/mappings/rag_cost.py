"""How the worked examples about retrieval are put to `rag/cost`."""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracles.asked import Asked

AREAS = ("embedding_cost", "rag_query_cost", "rag_query_cost_peer_quirk", "vector_store_cost", "vector_store_minimum")


def asked(outputs: Mapping[str, str], **given: object) -> Asked:
    """Nothing but what is given; `vector_store__minimum` stands for `vector_store.minimum`.

    One document of one chunk is kept by a plan that charges nothing, until a case says otherwise.
    """
    plain = {
        "queries": "0",
        "repeated": "0%",
        "documents": "1",
        "tokens_per_document": "1",
        "chunk_size": "100k",
        "chunk_overlap": "0",
        "documents_changed": "0%",
        "chunk_bytes": "0",
        "index_overhead": "1",
        "query_tokens": "0",
        "top_k": "0",
        "instructions": "0",
        "examples": "0",
        "answer": "0",
        "reasoning": "0",
        "caching": "no",
        "found_cached": "90%",
        "model": "openai/gpt-4.1",
        "vector_store": "pinecone/starter",
        "as_of": "2026-11-21",
    }
    typed = {name.replace("__", "."): str(text) for name, text in given.items()}
    return Asked("rag/cost", plain | typed, outputs)


MAPPED: dict[str, list[Asked]] = {
    "R03": [
        asked(
            {"pages_per_dollar": "documents_per_dollar"},
            embedding="openai/text-embedding-3-large",
            tokens_per_document=800,
        )
    ],
    # The published figure was a dollar; what is expected is what the pages cost.
    "R05": [asked({"usd": "embedding_cost"}, documents="1M", tokens_per_document=800)],
    "R06": [
        asked({"invoice_usd": "store_invoice"}, queries=1000, vector_store__query="0.02", vector_store__minimum=50)
    ],
    # Its day of 5,000 queries is asked as a month.
    "R08": [
        asked(
            {"per_query_usd": "per_query", "daily_usd": "per_month"},
            queries=5000,
            tokens_per_document=1700,
            top_k=1,
            query_tokens=300,
            answer=400,
            model__input=3,
            model__output=15,
            vector_store__query="0.0001",
        )
    ],
    # That calculator embeds the retrieved text at every query, as if it were the question; so it is asked as one.
    "R09": [
        asked(
            {"per_query_usd": "per_query", "llm_share": "model_share"},
            query_tokens=12_000,
            answer=600,
            model__input=2,
            model__output=2,
            embedding__input="0.1",
        )
    ],
    "R11": [
        asked(
            {"storage_usd": "storage_cost", "invoice_usd": "store_invoice"},
            documents="1M",
            dimensions=1536,
            vector_store="pinecone/standard",
        )
    ],
    # Storage by the gigabyte is left out, as in the case.
    "R12": [
        asked(
            {"dims_usd": "storage_cost", "invoice_usd": "store_invoice"},
            documents="1M",
            dimensions=1536,
            vector_store="weaviate/flex",
            vector_store__storage=0,
        )
    ],
}

NOT_ASKED: dict[str, str] = {}
"""Cases of an area that has a calculator, which yet ask what it does not compute, with the reason."""
