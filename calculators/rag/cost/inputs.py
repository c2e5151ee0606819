"""What the cost of retrieval asks: the documents, their index, the questions, and the model that answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import EmbeddingPrice, ModelPrice, Reranker, Tokenizer, VectorStore
from calculators.engine.declare import every, example, number, pick, yes_no
from calculators.engine.numbers.units import HOUR, TOKENS, counted_unit
from calculators.rag.cost.chunks import CHUNKS
from calculators.rag.cost.index_inputs import IndexInputs


@dataclass(frozen=True, kw_only=True)
class Inputs(IndexInputs):
    """The index, and what a question of a reader takes: the search, the prompt, and the model that answers."""

    query_tokens: Decimal = number(
        "Tokens in a question",
        TOKENS,
        low=0,
        high=10**9,
        default=60,
        group="Retrieval",
        folded=True,
        because="two or three sentences",
        help="The question is embedded for the search and sent to the model.",
    )
    top_k: Decimal = number(
        "Chunks in the prompt",
        CHUNKS,
        low=0,
        high=100_000,
        default=5,
        whole=True,
        group="A request",
        because="a common start: enough to answer, little to distract",
        help="How many of the chunks found the model gets to read, often called top k.",
    )
    reranking: bool = yes_no(
        "Reranking",
        default=False,
        group="Retrieval",
        folded=True,
        because="plain search is the start to measure against",
        help="A second model reads the question with each candidate and puts the best first.",
    )
    reranker: Reranker = pick(
        "rerankers",
        label="Reranker",
        default="cohere/rerank-v4.0-fast",
        group="Retrieval",
        folded=True,
        only_if=("reranking", "yes"),
        because="one price for a search, however long its passages",
    )
    candidates: Decimal = number(
        "Candidates to rerank",
        counted_unit("passage"),
        low=1,
        high=100_000,
        default=50,
        whole=True,
        group="Retrieval",
        folded=True,
        only_if=("reranking", "yes"),
        because="ten for each chunk that goes into the prompt",
        help="How many chunks the search hands to the reranker; never fewer than go into the prompt.",
    )
    instructions: Decimal = questions.instructions(group="A request")
    examples: Decimal = questions.examples(
        group="Examples in the prompt", folded=True, default=2, because="one answer with its sources, and one refusal"
    )
    example_tokens: Decimal = questions.example_tokens(group="Examples in the prompt", folded=True)
    answer: Decimal = questions.answer(group="A request")
    reasoning: Decimal | None = questions.reasoning(group="Reasoning", folded=True)
    effort: str = questions.effort(group="Reasoning", folded=True)
    caching: bool = questions.caching(
        group="Caching",
        folded=True,
        help="For instructions and examples only. Retrieved text differs with each question.",
    )
    lifetime: str = questions.lifetime(group="Caching", folded=True, only_if=("caching", "yes"), help="")
    active_hours: Decimal = questions.active_hours(group="Caching", folded=True, only_if=("caching", "yes"))
    found_cached: Decimal | None = questions.found_cached(
        group="Caching", folded=True, only_if=("caching", "yes"), help=""
    )
    tier: str = questions.tier(group="How it is sent", folded=True)
    counted_with: Tokenizer = questions.counted_with(group="Prices", folded=True)
    model: ModelPrice = questions.model(group="A request", help="The model that answers.")
    as_of: str = questions.as_of(group="Prices", folded=True)
    prompt_hours: Decimal = questions.prompt_hours(group="People's work", folded=True, only_if=("people", "yes"))
    build_hours: Decimal = number(
        "Building the retrieval",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:retrieval-build-hours",
        group="People's work",
        folded=True,
        only_if=("people", "yes"),
        help="Loading, cleaning and cutting the documents, filling the index, keeping it current.",
    )
    evaluation_hours: Decimal = number(
        "A test set for the search",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:retrieval-evaluation-hours",
        group="People's work",
        folded=True,
        only_if=("people", "yes"),
        help="Questions, each with the passages that answer it.",
    )
    retrieval_upkeep_hours: Decimal = number(
        "Upkeep of the retrieval in a month",
        HOUR,
        low=0,
        high=10**6,
        default="assumptions:retrieval-upkeep-hours",
        group="People's work",
        folded=True,
        only_if=("people", "yes"),
    )
    labor_rate: Decimal = questions.labor_rate(group="People's work", folded=True, only_if=("people", "yes"))
    people: bool = questions.people(group="People's work", folded=True)
    embeddings: tuple[EmbeddingPrice, ...] = every("embeddings")
    stores: tuple[VectorStore, ...] = every("vector_stores")


EXAMPLES = [
    example("A help desk", queries="20k", documents="10k", tokens_per_document=2000),
    example(
        "A company wiki that changes every day",
        queries="60k",
        documents="200k",
        tokens_per_document=1500,
        documents_changed="60%",
        reranking="yes",
        top_k=8,
        embedding="voyageai/voyage-4",
        dimensions=1024,
    ),
    example(
        "Ten million court decisions",
        queries="300k",
        documents="10M",
        tokens_per_document=6000,
        documents_changed="1%",
        reranking="yes",
        candidates=100,
        answer=600,
        embedding="openai/text-embedding-3-large",
        dimensions=1024,
        model="anthropic/claude-sonnet-5-5",
    ),
    example(
        "One manual on a free plan",
        queries=2000,
        documents=1,
        tokens_per_document="120k",
        documents_changed="0%",
        vector_store="pinecone/starter",
        model="openai/gpt-6-luna",
    ),
    example(
        "File search as a service",
        queries="20k",
        documents="10k",
        chunk_size=800,
        chunk_overlap=400,
        dimensions=256,
        top_k=20,
        vector_store="openai/file-search",
    ),
]
