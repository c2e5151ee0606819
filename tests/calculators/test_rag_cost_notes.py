"""What rag/cost says beside its figures: each note where it holds by hand, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings

from calculators.views.answer import made
from tests.calculators import by_hand_rag
from tests.calculators.by_hand_rag import Work
from tests.calculators.every import computed
from tests.calculators.rag_cost import RAG, TODAY, facts
from tests.calculators.test_rag_cost import works

HARD = "google/gemini-2.5-flash"
"""A model with a note of its own and a day on which it ends."""


def by_hand(work: Work) -> dict[str, bool]:
    """How each note begins, and whether it holds; but for the limits of a plan, which have a test of their own."""
    of = {"prices": work.model, "embeddings": work.embedding, "vector_stores": work.vector_store}
    model, embedding, kept = (by_hand_rag.figures(facts(), collection, id, TODAY) for collection, id in of.items())
    entry, store_entry = (facts()["collections"][it][of[it]] for it in ("prices", "vector_stores"))
    dated = {name: [since for since, _ in fact["values"]] for name, fact in entry["facts"].items()}
    words = {name: fact["values"][-1][1] for name, fact in entry["facts"].items() if fact["unit"] in ("date", "text")}
    ends, paid = words.get("retires", ""), work.queries * (1 + work.repeated)
    store = by_hand_rag.Store(work, kept, paid)
    full, context = min(work.chunk_size, work.tokens_per_document), by_hand_rag.context(work)
    prefix = work.instructions + work.examples * work.example_tokens
    longest = prefix + context + work.query_tokens
    is_long = "long_above" in model and longest > model["long_above"]
    free, embeds = kept.get("free_storage", Fraction(0)), bool(kept.get("embeds"))
    next_year = f"{int(TODAY[:4]) + 1}{TODAY[4:7]}"
    name, its_store = entry["name"], store_entry["name"]
    return {
        "The overlap must be smaller": work.chunk_overlap >= work.chunk_size,
        "A chunk of {full} is longer": "context_window" in embedding and full > embedding["context_window"],
        "Usage of the store comes to": 0 < store.usage < store.minimum,
        "Each search reads the whole index": "read_bytes" in kept and store.search * paid > store.storage,
        "The index fits into the": 0 < store.size <= free,
        f"{its_store} embeds by itself": embeds,
        f"{its_store} bills 32-bit numbers": "dimension_bytes" in kept and work.precision != "float32",
        "This embedding model has no batch price": work.index_in_batch and "batch_input" not in embedding,
        "Only the question is embedded": context * paid > 0 and not embeds,
        "The index has only": context < work.top_k * full,
        "The retrieved text makes the prompt longer": is_long and longest - context <= model["long_above"],
        "The prompt is longer than {limit} even": is_long and longest - context > model["long_above"],
        "Prompt and answer need": longest + work.answer + work.reasoning > model.get("context_window", 10**12),
        "Instructions and examples have": (
            work.caching and "cached_read" in model and 0 < prefix < model.get("smallest_prefix", 0)
        ),
        "No cached price is published": work.caching and "cached_read" not in model,
        "This model has no batch price": work.batch and "batch_input" not in model,
        f"Prices of {name} are announced": any(TODAY < day < next_year for days in dated.values() for day in days),
        f"{name} shuts down on": ends > TODAY and not entry["note"],
        f"{name} was shut down on": "" < ends <= TODAY and not entry["note"],
        f"Prices of {name} differ by hour": "hours" in words,
        **{note: True for note in (entry["note"], store_entry["note"]) if note},
    }


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(work=works())
@example(work=Work(precision="int8"))
@example(work=Work(vector_store="openai/file-search", documents=0))
@example(work=Work(vector_store="openai/file-search", documents=100))
@example(work=Work(vector_store="pinecone/standard", documents=0, queries=Fraction(0)))
@example(work=Work(vector_store="weaviate/flex", documents=0))
@example(work=Work(model=HARD))
@example(work=Work(model="openai/gpt-4.1", instructions=Fraction(0), examples=Fraction(0)))
def test_each_note_is_made_where_it_holds_and_nowhere_else(catalogue, work: Work) -> None:
    answer = computed(catalogue, RAG, work.typed(TODAY))
    found = [it.words for it in made(answer.notes) if it.holds and not it.words.startswith("This is more than")]
    hand = by_hand(work)
    assert [begin for begin in hand if any(words.startswith(begin) for words in found)] == [
        begin for begin, holds in hand.items() if holds
    ]
    assert len(found) == sum(hand.values())
