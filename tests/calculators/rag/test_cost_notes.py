"""What rag/cost says beside its figures: each note where it holds by hand, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings

from calculators.catalogue import Catalogue, load
from calculators.engine.declare import output_value
from macros.facts import facts_text
from tests.calculators.answers import computed
from tests.calculators.prompting.cost import TIERED, equal, models
from tests.calculators.rag import by_hand as by_hand_rag
from tests.calculators.rag.by_hand import Work
from tests.calculators.rag.cost import RAG, TODAY, ask, facts, notes
from tests.calculators.rag.test_cost import works
from tests.calculators.settings import SOL


def figure(model: str, name: str) -> Fraction:
    """A figure of a model."""
    return by_hand_rag.figures(facts(), "prices", model, TODAY)[name]


HARD = "google/gemini-2.5-flash"
"""A model with a note of its own and a day on which it ends."""

WINDOWED = "openai/gpt-4o-mini"
LONGEST_SHORT = Work(model=TIERED, instructions=figure(TIERED, "long_above") - 2 * 250 - 60)
"""Without retrieved text the prompt is as long as the lower price allows."""
FULL_WINDOW = Work(model=WINDOWED, instructions=figure(WINDOWED, "context_window") - 2 * 250 - 5 * 500 - 60 - 300)
"""Prompt and answer fill the context window to the last token."""


SEARCHED = Work(vector_store="pinecone/standard", documents=10**6, queries=Fraction(10**6))
"""At $16 for a million searches of a gigabyte, and $0.33 for keeping one, searches cost more than storage."""


def by_hand(work: Work) -> dict[str, bool]:
    """How each note begins, and whether it holds; but for the limits of a plan, which have a test of their own."""
    ids = {"prices": work.model, "embeddings": work.embedding, "vector_stores": work.vector_store}
    model, embedding, store_figures = (
        by_hand_rag.figures(facts(), collection, id, TODAY) for collection, id in ids.items()
    )
    entry, store_entry = (
        facts()["collections"][collection][ids[collection]] for collection in ("prices", "vector_stores")
    )
    dated = {name: [since for since, _ in fact["values"]] for name, fact in entry["facts"].items()}
    words = {name: fact["values"][-1][1] for name, fact in entry["facts"].items() if fact["unit"] in ("date", "text")}
    ends, paid = words.get("retires", ""), work.queries * (1 + work.repeated)
    store = by_hand_rag.Store(work, store_figures, paid)
    full, context = min(work.chunk_size, work.tokens_per_document), by_hand_rag.context(work)
    prefix = work.instructions + work.examples * work.example_tokens
    longest = prefix + context + work.query_tokens
    is_long = "long_above" in model and longest > model["long_above"]
    free, embeds = store_figures.get("free_storage", Fraction(0)), bool(store_figures.get("embeds"))
    next_year = f"{int(TODAY[:4]) + 1}{TODAY[4:7]}"
    name, its_store = entry["name"], store_entry["name"]
    cached = work.caching and "cached_read" in model and prefix > 0 and prefix >= model.get("smallest_prefix", 0)
    uncached = by_hand_rag.answered(replace(work, caching=False), facts(), TODAY)
    return {
        "The overlap must be smaller": work.chunk_overlap >= work.chunk_size,
        "A chunk of {full} is longer": "context_window" in embedding and full > embedding["context_window"],
        "Usage of the store comes to": 0 < store.usage < store.minimum,
        "Each search reads the whole index": (
            "read_bytes" in store_figures and work.tenants == 1 and store.search * paid > store.storage
        ),
        "Each search reads the part of one of": "read_bytes" in store_figures and work.tenants > 1,
        "The index fits into the": 0 < store.size <= free,
        "This store charges by the day.": "storage_daily" in store_figures and store.size > free,
        f"{its_store} embeds by itself": embeds,
        f"{its_store} bills 32-bit numbers": "dimension_bytes" in store_figures and work.precision != "float32",
        "This embedding model has no batch price": work.index_in_batch and "batch_input" not in embedding,
        "Only the question is embedded": context * paid > 0 and not embeds,
        "A search has only": context < work.top_k * full,
        "The retrieved text makes the prompt longer": is_long and longest - context <= model["long_above"],
        "The prompt is longer than {limit} even": is_long and longest - context > model["long_above"],
        "Prompt and answer need": longest + work.answer + work.reasoning > model.get("context_window", 10**12),
        "Instructions and examples have": (
            work.caching and "cached_read" in model and 0 < prefix < model.get("smallest_prefix", 0)
        ),
        "No cached price is published": work.caching and "cached_read" not in model,
        "The smallest cacheable prefix": cached and "smallest_prefix" not in model,
        "Caching costs more than it saves": paid > 0 and uncached < by_hand_rag.answered(work, facts(), TODAY),
        "Reasoning cannot be switched off": (
            work.reasoning == 0 and "default_effort" in words and "reasoning_none" not in model
        ),
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
@example(work=SEARCHED)
@example(work=replace(SEARCHED, tenants=2))
@example(work=Work(vector_store="weaviate/flex", documents=0))
@example(work=Work(model=HARD))
@example(work=LONGEST_SHORT)
@example(work=Work(model=TIERED, instructions=LONGEST_SHORT.instructions + 1))
@example(work=FULL_WINDOW)
@example(work=Work(model=WINDOWED, instructions=FULL_WINDOW.instructions + 1))
@example(work=Work(model="openai/gpt-4.1", instructions=Fraction(0), examples=Fraction(0)))
def test_each_note_is_made_where_it_holds_and_nowhere_else(catalogue: Catalogue, work: Work) -> None:
    answer = computed(catalogue, RAG, work.typed(TODAY))
    sentences = [
        note.words
        for note in output_value(answer.notes)
        if note.holds and not note.words.startswith("This is more than")
    ]
    hand = by_hand(work)
    assert [begin for begin in hand if any(words.startswith(begin) for words in sentences)] == [
        begin for begin, holds in hand.items() if holds
    ]
    assert len(sentences) == sum(hand.values())


@pytest.mark.parametrize(("since", "announced"), [("2027-10-01", True), ("2027-11-01", False)])
def test_a_change_of_price_is_announced_within_twelve_months(since: str, announced: bool) -> None:
    """November 2026 is the first of them, so October 2027 is the last."""
    changed = json.loads(facts_text())
    changed["collections"]["prices"][SOL]["facts"]["input"]["values"].append([since, "99"])
    text = notes(load(json.dumps(changed)), as_of="2026-11-30")
    assert (f"announced to change on {since}" in text) is announced


def test_a_prompt_that_is_too_long_by_itself_has_no_room_whatever_is_retrieved(catalogue: Catalogue) -> None:
    """128,000 tokens hold 300 of the answer, 560 of the question and the examples, and instructions up to 127,140."""
    fitting, alone = (notes(catalogue, model=WINDOWED, instructions=tokens) for tokens in (127_140, 127_141))
    assert "At most 0 chunks fit" in fitting
    assert "even without retrieved text" not in fitting
    assert "At most" not in alone
    assert "Prompt and answer need 128,001 tokens even without retrieved text, more than this model's" in alone


def test_an_embedding_model_without_a_price_costs_what_is_typed() -> None:
    changed = json.loads(facts_text())
    del changed["collections"]["embeddings"]["cohere/embed-v4.0"]["facts"]["input"]
    catalogue = load(json.dumps(changed))
    assert ask(catalogue, embedding="cohere/embed-v4.0")["embedding_cost"] == 0
    assert "Only the question is embedded" not in notes(catalogue, embedding="cohere/embed-v4.0")
    assert ask(catalogue, embedding="cohere/embed-v4.0", embedding__input="3")["embedding_cost"] > 0


def test_a_store_without_read_units_says_nothing_of_them(catalogue: Catalogue) -> None:
    given = {"vector_store": "openai/file-search", "tenants": 5}
    least, size = {"vector_store__least_reads": "0.25"}, {"vector_store__read_bytes": 10**9}
    for figures, holds in ((least, False), (size, False), (least | size, True)):
        assert ("Each search reads the part of" in notes(catalogue, **given | figures)) is holds, figures


@pytest.mark.parametrize("precision", ["float32", "int8"])
@pytest.mark.parametrize("documents", [0, 100, 10**6])
@pytest.mark.parametrize("vector_store", ["pinecone/standard", "openai/file-search"])
def test_the_table_of_stores_says_what_is_special(
    catalogue: Catalogue, precision: str, documents: int, vector_store: str
) -> None:
    work = Work(precision=precision, documents=documents, vector_store=vector_store)
    table = output_value(computed(catalogue, RAG, work.typed(TODAY)).vector_stores)
    for name, cost, *_, remark in table.rows:
        ((id, store_figures),) = [
            (id, by_hand_rag.figures(facts(), "vector_stores", id, TODAY))
            for id, entry in facts()["collections"]["vector_stores"].items()
            if entry["name"] == name
        ]
        store = by_hand_rag.Store(work, store_figures, work.queries * (1 + work.repeated))
        expected = {
            "beyond the limits of this plan": cost is None,
            "the plan's minimum": cost is not None and store.usage < store.minimum,
            "embeds by itself": bool(store_figures.get("embeds")),
            "bills 32-bit numbers whatever the precision": "dimension_bytes" in store_figures
            and precision != "float32",
        }
        assert remark == "; ".join(words for words, holds in expected.items() if holds), id
        assert (table.rows[table.own][0] == name) is (id == vector_store)


@pytest.mark.parametrize("batch", [False, True])
@pytest.mark.parametrize("embedding", list(facts()["collections"]["embeddings"]))
def test_the_table_of_embedding_models_says_what_is_special(catalogue: Catalogue, batch: bool, embedding: str) -> None:
    """With chunks exactly as long as the own model reads; the cheapest month comes first."""
    entries = facts()["collections"]["embeddings"]
    figures = {entry["name"]: by_hand_rag.figures(facts(), "embeddings", id, TODAY) for id, entry in entries.items()}
    size = int(figures[entries[embedding]["name"]]["context_window"])
    work = Work(embedding=embedding, index_in_batch=batch, chunk_size=size, chunk_overlap=0, tokens_per_document=size)
    table = output_value(computed(catalogue, RAG, work.typed(TODAY)).embedding_models)
    months = [row[4] for row in table.rows]
    assert months == sorted(months)
    assert table.rows[table.own][0] == entries[embedding]["name"]
    for row in table.rows:
        figures_of_row = figures[row[0]]
        expected = {
            "a chunk is too long for it": size > figures_of_row["context_window"],
            "no batch price": batch and "batch_input" not in figures_of_row,
        }
        assert row[-1] == "; ".join(words for words, holds in expected.items() if holds), row[0]


def test_the_prompt_is_instructions_examples_and_the_question(catalogue: Catalogue) -> None:
    asked = ask(catalogue, caching="no", instructions=800, examples=2, example_tokens=250, query_tokens=60)
    assert equal(asked["prompt_per_query"], (800 + 2 * 250 + 60) * figure(SOL, "input") / 10**6)


def test_a_model_is_shut_down_from_its_last_day_on(catalogue: Catalogue) -> None:
    for day, words in (("2027-01-13", "GPT-4.1 shuts down on"), ("2027-01-14", "GPT-4.1 was shut down on")):
        lines = notes(catalogue, model="openai/gpt-4.1", as_of=day).split("\n")
        assert [line for line in lines if "down on" in line] == [f"{words} 2027-01-14."]


def test_a_smallest_prefix_is_no_matter_where_nothing_is_cached(catalogue: Catalogue) -> None:
    uncached = next(id for id, published in models().items() if "cached_read" not in published)
    text = notes(catalogue, model=uncached, model__smallest_prefix=5000)
    assert "Instructions and examples have" not in text and "No cached price is published" in text
