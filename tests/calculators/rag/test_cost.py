"""What retrieval costs, against the slow computation that cuts each document and reads each line of an invoice."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculators.catalogue import Catalogue
from tests.calculators.answers import computed
from tests.calculators.every.working.altered import unnoticed
from tests.calculators.prompting.cost import ARGON, CHANGING, equal, models
from tests.calculators.rag import by_hand as by_hand_rag
from tests.calculators.rag.by_hand import Work, cut
from tests.calculators.rag.cost import BARE, RAG, TODAY, ask, facts, notes, planned, table, with_changes, worked
from tests.calculators.settings import settings_of

COLLECTIONS = facts()["collections"]
STORES, RERANKERS = list(COLLECTIONS["vector_stores"]), list(COLLECTIONS["rerankers"])
EMBEDDINGS = list(COLLECTIONS["embeddings"])
HAIR = Fraction(1, 10**20)


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Any work of everyday size."""
    percent = st.integers(0, 100).map(lambda part: Fraction(part, 100))
    size = draw(st.integers(1, 2000))
    return Work(
        queries=Fraction(draw(st.integers(0, 10**6))),
        repeated=draw(percent),
        documents=draw(st.one_of(st.integers(0, 20), st.integers(0, 10**6))),
        tokens_per_document=draw(st.integers(1, 20_000)),
        chunk_size=size,
        chunk_overlap=draw(st.integers(0, size - 1).filter(lambda overlap: size - overlap > size // 50)),
        documents_changed=draw(percent),
        index_in_batch=draw(st.booleans()),
        dimensions=draw(st.integers(1, 4096)),
        precision=draw(st.sampled_from(list(by_hand_rag.BITS))),
        chunk_bytes=Fraction(draw(st.integers(0, 9000))),
        index_overhead=1 + draw(percent),
        query_tokens=Fraction(draw(st.integers(0, 500))),
        top_k=draw(st.integers(0, 60)),
        reranking=draw(st.booleans()),
        candidates=draw(st.integers(1, 350)),
        instructions=Fraction(draw(st.integers(0, 3000))),
        answer=Fraction(draw(st.integers(0, 2000))),
        reasoning=Fraction(draw(st.integers(0, 500))),
        caching=draw(st.booleans()),
        found_cached=draw(percent),
        batch=draw(st.booleans()),
        model=draw(st.sampled_from(list(models()))),
        embedding=draw(st.sampled_from(EMBEDDINGS)),
        vector_store=draw(st.sampled_from(STORES)),
        reranker=draw(st.sampled_from(RERANKERS)),
        tenants=draw(st.one_of(st.just(1), st.integers(1, 200_000))),
        month_hours=draw(st.sampled_from([672, 720, 730, 744])),
        originals=draw(st.sampled_from(["disk", "memory", "none"])),
    )


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(work=works())
def test_any_retrieval_costs_the_sum_of_its_parts(catalogue: Catalogue, work: Work) -> None:
    answer, exact = worked(catalogue, work), by_hand_rag.month(work, facts(), TODAY)
    assert equal(answer["per_month"], exact.total)
    assert equal(answer["store_invoice"], exact.store)
    store = by_hand_rag.Store(work, by_hand_rag.figures(facts(), "vector_stores", work.vector_store, TODAY), exact.paid)
    assert equal(answer["billed_size"], store.size)
    assert equal(answer["storage_cost"], store.storage)
    assert equal(answer["store_usage"], store.usage)
    assert equal(answer["churn_cost"], exact.churn)
    assert equal(answer["embedding_per_query"], exact.question)
    assert equal(answer["rerank_per_query"], exact.rerank)
    assert equal(answer["search_per_query"], exact.search)
    assert equal(answer["per_query"], exact.question + exact.rerank + exact.search + exact.model)
    assert abs(Fraction(answer["indexing_cost"]) - by_hand_rag.indexing(work, facts(), TODAY)) < HAIR
    assert abs(Fraction(answer["first_year"]) - by_hand_rag.first_year(work, facts(), TODAY)) < HAIR
    assert answer["embedded_tokens"] == by_hand_rag.embedded(work)
    assert answer["context_tokens"] == by_hand_rag.context(work)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(tokens=st.integers(1, 5000), size=st.integers(1, 900), draws=st.data())
def test_a_document_is_cut_into_the_chunks_that_cutting_it_gives(
    catalogue: Catalogue, tokens: int, size: int, draws: st.DataObject
) -> None:
    overlap = draws.draw(st.integers(0, size - 1))
    lengths = cut(tokens, size, overlap)
    answer = ask(
        catalogue,
        **BARE | {"tokens_per_document": tokens, "chunk_size": size, "chunk_overlap": overlap, "documents": 3},
    )
    assert (answer["chunks_per_document"], answer["chunks"]) == (len(lengths), 3 * len(lengths))
    assert answer["embedded_tokens"] == 3 * sum(lengths)


@pytest.mark.parametrize("tokens", [1, 499, 500, 501, 950, 951, 1400])
def test_the_last_chunk_begins_where_the_one_before_did_not_reach(catalogue: Catalogue, tokens: int) -> None:
    """500 tokens that overlap by 50: the next chunk is needed from token 501 on, then every 450 tokens."""
    answer = ask(catalogue, **BARE | {"tokens_per_document": tokens, "chunk_overlap": 50})
    assert answer["chunks"] == {1: 1, 499: 1, 500: 1, 501: 2, 950: 2, 951: 3, 1400: 3}[tokens]


@pytest.mark.parametrize("overlap", [100, 101, 5000])
def test_an_overlap_as_long_as_a_chunk_counts_as_one_token_less_and_says_so(catalogue: Catalogue, overlap: int) -> None:
    same = BARE | {"chunk_size": 100, "tokens_per_document": 1000}
    assert ask(catalogue, **same | {"chunk_overlap": overlap}) == ask(catalogue, **same | {"chunk_overlap": 99})
    told_so = "This answer counts with an overlap of 99 tokens"
    assert told_so in notes(catalogue, **same | {"chunk_overlap": overlap})
    assert told_so not in notes(catalogue, **same | {"chunk_overlap": 99})


def test_only_the_question_is_embedded_when_it_is_asked(catalogue: Catalogue) -> None:
    """A published calculator embeds the retrieved 12,000 tokens again at every query, and so comes to $0.0264."""
    given = BARE | {
        "tokens_per_document": 12_000,
        "chunk_size": 1500,
        "top_k": 8,
        "query_tokens": 20,
        "answer": 600,
        "model": "openai/gpt-4.1",
        "model__input": 2,
        "model__output": 2,
        "embedding__input": "0.1",
    }
    answer = ask(catalogue, **given)
    assert answer["context_tokens"] == 12_000
    assert answer["embedding_per_query"] == Decimal(20) / 10**7
    assert answer["per_query"] == Decimal(2 * (12_000 + 20 + 600)) / 10**6 + Decimal(20) / 10**7 < Decimal("0.0264")
    assert "would wrongly add $1.20 per month" in notes(catalogue, **given | {"queries": 1000})
    assert ask(catalogue, **given | {"chunk_size": 750})["embedding_per_query"] == answer["embedding_per_query"]


def test_a_million_pages_cost_sixteen_dollars_not_one(catalogue: Catalogue) -> None:
    """A public log prints about $1 for 800 million tokens at $0.02 a million."""
    pages = BARE | {"documents": "1M", "tokens_per_document": 800, "chunk_size": 800, "embedding__input": "0.02"}
    assert ask(catalogue, **pages)["embedding_cost"] == 16
    assert ask(catalogue, **pages)["documents_per_dollar"] == 62_500


def test_reranking_is_paid_by_the_search_of_a_hundred_or_by_the_token(catalogue: Catalogue) -> None:
    same = BARE | {"documents": 1000, "reranking": "yes", "query_tokens": 40, "top_k": 5}
    by_search = {"reranker": "cohere/rerank-v4.0-pro"}
    for candidates, searches in ((1, 1), (100, 1), (101, 2), (200, 2), (201, 3)):
        answer = ask(catalogue, **same | by_search | {"candidates": candidates})
        assert answer["rerank_per_query"] == searches * Decimal("0.0025")
    by_token = {"reranker": "voyageai/rerank-3"}
    answer = ask(catalogue, **same | by_token | {"candidates": 30})
    assert answer["rerank_per_query"] == Decimal(30 * (500 + 40)) * 5 / 10**8
    assert ask(catalogue, **same | by_token | {"candidates": 2}) == ask(
        catalogue, **same | by_token | {"candidates": 5}
    )
    few = ask(catalogue, **same | by_token | {"candidates": 30, "documents": 7})
    assert few["rerank_per_query"] == Decimal(7 * (500 + 40)) * 5 / 10**8
    assert ask(catalogue, **same | by_token | {"reranking": "no"})["rerank_per_query"] == 0
    typed_prices = same | by_token | {"reranker__query": "0.001", "reranker__input": 0, "candidates": 300}
    assert ask(catalogue, **typed_prices)["rerank_per_query"] == Decimal("0.001"), "no number of passages: all in one"


def test_retrieved_text_is_never_read_from_the_cache(catalogue: Catalogue) -> None:
    cold, warm = (ask(catalogue, found_cached=share) for share in ("0%", "100%"))
    assert cold["context_per_query"] == warm["context_per_query"] == Decimal(5 * 500 * 2) / 10**6
    assert cold["prompt_per_query"] > warm["prompt_per_query"]
    long = "fewer than the 1,024 tokens that this model caches"
    assert long in notes(catalogue, instructions=500, examples=2, top_k=50)
    assert long not in notes(catalogue, instructions=524, examples=2, top_k=1)


def test_a_prompt_stays_below_the_tier_with_as_many_chunks_as_the_note_says(catalogue: Catalogue) -> None:
    given = {"model": "anthropic/claude-haiku-5-5", "documents": "100k"}
    assert "With at most 197 chunks it would stay below" in notes(catalogue, **given, top_k=198)
    below, above = ask(catalogue, **given, top_k=197), ask(catalogue, **given, top_k=198)
    assert (below["prompt_tokens"], above["prompt_tokens"]) == (99_860, 100_360)
    assert above["context_per_query"] > 4 * below["context_per_query"]
    assert "long-prompt" not in notes(catalogue, **given, top_k=197)
    assert "even without retrieved text" in notes(catalogue, **given, top_k=1, instructions="100k")


def test_a_prompt_fits_the_window_with_as_many_chunks_as_the_note_says(catalogue: Catalogue) -> None:
    given = {"model": "openai/gpt-4o-mini", "documents": "100k"}
    assert "At most 252 chunks fit" in notes(catalogue, **given, top_k=253)
    assert 1360 + 252 * 500 + 300 <= 128_000 < 1360 + 253 * 500 + 300
    assert "context window" not in notes(catalogue, **given, top_k=252)


def test_documents_are_embedded_in_a_batch_where_there_is_a_price_for_it(catalogue: Catalogue) -> None:
    for embedding in EMBEDDINGS:
        figures = by_hand_rag.figures(facts(), "embeddings", embedding, TODAY)
        answer = ask(catalogue, embedding=embedding, index_in_batch="yes")
        assert equal(answer["embedding_cost"], 22 * figures.get("batch_input", figures["input"]))
        assert equal(ask(catalogue, embedding=embedding, index_in_batch="no")["embedding_cost"], 22 * figures["input"])
        assert equal(answer["embedding_per_query"], 60 * figures["input"] / 10**6)
        remarked = "has no batch price" in notes(catalogue, embedding=embedding, index_in_batch="yes")
        assert remarked == ("batch_input" not in figures)
    assert any("batch_input" in entry["facts"] for entry in COLLECTIONS["embeddings"].values())


def test_a_chunk_too_long_for_the_embedding_model_is_said(catalogue: Catalogue) -> None:
    longest = COLLECTIONS["embeddings"]["google/gemini-embedding-001"]["facts"]["context_window"]["values"][-1][1]
    given = {"embedding": "google/gemini-embedding-001", "tokens_per_document": "50k"}
    assert "longer than the" in notes(catalogue, **given, chunk_size=int(longest) + 1)
    assert "longer than the" not in notes(catalogue, **given, chunk_size=int(longest))
    row = table(catalogue, "embedding_models", **given, chunk_size=int(longest) + 1)["Gemini Embedding 001"]
    assert row["remark"] == "a chunk is too long for it"


@pytest.mark.parametrize("embedding", EMBEDDINGS)
def test_a_row_of_the_embedding_models_is_the_answer_for_that_model(catalogue: Catalogue, embedding: str) -> None:
    row = table(catalogue, "embedding_models")[COLLECTIONS["embeddings"][embedding]["name"]]
    answer = ask(catalogue, embedding=embedding)
    assert Decimal(row["once"]) == answer["embedding_cost"]
    month = answer["churn_cost"] + answer["embedding_per_query"] * 50_000 * Decimal("1.02")
    assert equal(Decimal(row["cost"]), Fraction(month))


def test_the_plan_is_the_answer_month_by_month(catalogue: Catalogue) -> None:
    for typed in ({}, {"queries": "5M"}, {"vector_store": "openai/file-search"}, {"queries": 0, "documents": 0}):
        plan, answer = planned(catalogue, **typed), ask(catalogue, **typed)
        queries = Decimal({"5M": 5_000_000, 0: 0}.get(typed.get("queries"), 50_000))
        month = answer["per_month"] + answer["upkeep_per_month"]
        assert equal(plan.month(0, queries), Fraction(month)), typed
        assert plan.start == answer["indexing_cost"] + answer["labor"]
        assert (plan.parts.work, set(plan.parts.upkeep)) == (answer["labor"], {answer["upkeep_per_month"]})
        assert min(plan.parts.work, *plan.parts.upkeep) > 0
        assert plan.per_request[0] == answer["per_query"] * Decimal("1.02")
        assert plan.context == answer["context_tokens"]
        assert len(plan.fixed) == len(plan.per_request) == 12


def test_a_plan_that_does_not_answer_leaves_the_model_out(catalogue: Catalogue) -> None:
    given: tuple[dict[str, Any], ...] = ({}, {"reranking": "yes", "queries": "3M", "documents": "1M"})
    for typed in given:
        typed = {**typed, "prompt_hours": 40, "labor_rate": 100}
        whole, bare = planned(catalogue, **typed), planned(catalogue, answering=False, **typed)
        answer = ask(catalogue, **typed)
        without = answer["embedding_per_query"] + answer["search_per_query"] + answer["rerank_per_query"]
        assert bare.per_request[0] == without * Decimal("1.02")
        assert whole.start - bare.start == 40 * 100, "the prompt is written by whoever answers"
        assert (bare.fixed, bare.context) == (whole.fixed, whole.context)
        assert bare.context == 2500


def test_the_plan_prices_each_month_as_announced(catalogue: Catalogue) -> None:
    """The introductory price of Argon ends on 2026-11-30: one month at the old price, the others at twice as much."""
    november: dict[str, Any] = {"model": ARGON, "as_of": "2026-11-30"}
    plan = planned(catalogue, 24, **november)
    bare_plan = planned(catalogue, 24, answering=False, **november)
    asked = [whole - bare for whole, bare in zip(plan.per_request, bare_plan.per_request, strict=True)]
    assert asked[1] == 2 * asked[0] and set(asked[1:]) == {asked[1]} and len(asked) == 24
    assert len({id(cost) for cost in plan.per_request}) == 2, "equal months are one computation"
    assert "announced to change on 2026-12-01" in notes(catalogue, **november)


@pytest.mark.parametrize("id", CHANGING)
def test_the_first_year_is_indexing_and_twelve_months(catalogue: Catalogue, id: str) -> None:
    work = with_changes(Work(), model=id, repeated=Fraction(1, 50), reranking=True, top_k=9)
    for day in (TODAY, "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"):
        assert equal(worked(catalogue, work, day)["first_year"], by_hand_rag.first_year(work, facts(), day)), day


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(work=works())
def test_more_of_anything_never_costs_less(catalogue: Catalogue, work: Work) -> None:
    once = worked(catalogue, work)
    for more in (
        {"documents": 2 * work.documents},
        {"top_k": work.top_k + 1},
        {"answer": work.answer + 100},
        {"chunk_bytes": work.chunk_bytes + 50},
        {"candidates": work.candidates + 20},
    ):
        answer = worked(catalogue, with_changes(work, **more))
        assert all(
            Fraction(answer[output]) - Fraction(once[output]) > -HAIR
            for output in ("per_month", "store_invoice", "first_year")
        ), more
    twice = worked(catalogue, with_changes(work, documents=2 * work.documents))
    assert (twice["embedding_cost"], twice["chunks"]) == (2 * once["embedding_cost"], 2 * once["chunks"])


def test_without_documents_only_the_model_and_the_minimum_are_paid(catalogue: Catalogue) -> None:
    answer = ask(catalogue, documents=0, queries=1000, repeated="0%", reranking="yes")
    assert answer["chunks"] == answer["indexing_cost"] == answer["churn_cost"] == answer["context_tokens"] == 0
    assert answer["rerank_per_query"] == answer["billed_size"] == 0
    assert "A search has only 0 chunks" in notes(catalogue, documents=0)
    nothing = ask(catalogue, queries=0, documents=0, vector_store="pinecone/starter", people="no")
    assert nothing["per_month"] == nothing["first_year"] == 0


@pytest.mark.parametrize("reranker", RERANKERS)
def test_nothing_to_rerank_costs_nothing(catalogue: Catalogue, reranker: str) -> None:
    assert ask(catalogue, documents=0, reranking="yes", reranker=reranker)["rerank_per_query"] == 0


def test_the_breakdown_has_every_part_that_costs_something(catalogue: Catalogue) -> None:
    parts = table(catalogue, "breakdown", reranking="yes")
    assert list(parts) == [
        "Vector store",
        "Embedding changed documents",
        "Embedding the questions",
        "Reranking",
        "Retrieved text",
        "Instructions and examples",
        "The questions, read",
        "Answers",
    ]
    answer = ask(catalogue, reranking="yes")
    assert sum(Decimal(row["cost"]) for row in parts.values()) == answer["per_month"]
    assert Decimal(parts["Vector store"]["cost"]) == answer["store_invoice"]
    for row in parts.values():
        assert equal(Decimal(row["share"]), Fraction(row["cost"]) / Fraction(answer["per_month"]))
    assert "Reranking" not in table(catalogue, "breakdown")


def test_embedding_models_of_an_index_nobody_asks_stand_in_the_order_of_what_indexing_costs(
    catalogue: Catalogue,
) -> None:
    models = table(catalogue, "embedding_models", queries=0, documents_changed="0%").values()
    once = [Decimal(row["once"]) for row in models if row["once"] is not None]
    assert {Decimal(row["cost"]) for row in models} == {0}
    assert once == sorted(once) and once[0] < once[-1]


def test_what_is_kept_by_the_hour_is_a_part_of_a_query(catalogue: Catalogue) -> None:
    given = {"model": "google/gemini-3.8-flash", "instructions": "5000", "lifetime": "stored"}
    answer, parts = ask(catalogue, **given), table(catalogue, "breakdown", **given)
    assert Decimal(parts["Keeping the instructions, by the hour"]["cost"]) > 2
    costs = [Decimal(row["cost"]) for row in parts.values()]
    assert equal(sum(costs, Decimal(0)), Fraction(answer["per_month"]))
    columns = ("embedding", "search", "rerank", "context", "prompt", "answer")
    spent = [answer[f"{column}_per_query"] for column in columns]
    assert equal(sum(spent, Decimal(0)), Fraction(answer["per_query"]))


@pytest.mark.parametrize("example", ["Ten million court decisions", "File search as a service"])
def test_the_operators_show_in_the_working(catalogue: Catalogue, example: str) -> None:
    """A large index above its minimum, and one that is free, take branches that the defaults do not show."""
    from calculators.discovery import find_calculator

    (given,) = [listed.given for listed in find_calculator(RAG).examples if listed.name == example]
    met, unseen = unnoticed(catalogue, RAG, settings_of(RAG) | dict(given))
    assert met and len(unseen) * 4 <= len(met), unseen


def test_passages_cost_the_same_in_the_prompt_of_either_calculator(catalogue: Catalogue) -> None:
    """With the same question, examples and volume only embedding the question and searching for it come on top."""
    answer = computed(catalogue, RAG, {"query_tokens": "150", "examples": "3", "queries": "50k"})
    prompted = computed(catalogue, "prompting/cost", {"context": "2500"})
    search = answer.embedding_per_query + answer.search_per_query
    assert abs(answer.per_query - search - prompted.per_request) < Decimal("1e-20")
    assert 0 < search < Decimal("0.00001")
