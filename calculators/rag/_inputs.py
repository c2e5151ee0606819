"""What the cost of retrieval asks: the documents, their index, the questions, and the model that answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.engine.declare import choice, day, every, number, pick, share, yes_no
from calculators.engine.records import EmbeddingPrice, ModelPrice, Reranker, VectorStore
from calculators.engine.units import BYTES, ONE, REQUESTS_PER_MONTH, TOKENS, count
from calculators.rag._index import CHUNKS, PRECISIONS


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The documents, their index, the questions, and the model that answers."""

    queries: Decimal = number(
        "Queries a month", REQUESTS_PER_MONTH, low=0, high=10**12, default=20_000, group="Workload",
        because="about 650 a day, the help desk of a mid-sized company",
        help="Each question asked. Each is embedded, searched for and answered.",
    )  # fmt: skip
    repeated: Decimal = share(
        "Repeated or failed", default="assumptions:repeated-requests", group="Workload",
        help="Questions asked again after a failure or a bad answer. They are paid for as well.",
    )  # fmt: skip
    documents: Decimal = number(
        "Documents", count("document"), low=0, high=10**9, default=10_000, whole=True, group="Documents",
        because="the manuals, tickets and wiki pages of a mid-sized company",
    )  # fmt: skip
    tokens_per_document: Decimal = number(
        "Tokens in a document", TOKENS, low=1, high=10**8, default=2000, group="Documents",
        because="about three pages of English text",
    )  # fmt: skip
    chunk_size: Decimal = number(
        "Chunk size", TOKENS, low=1, high=10**6, default=500, whole=True, group="Documents",
        because="a few paragraphs, a common start",
        help="The most tokens of a piece that is embedded, found and quoted as one.",
    )  # fmt: skip
    chunk_overlap: Decimal = number(
        "Chunk overlap", TOKENS, low=0, high=10**6, default=50, whole=True, group="Documents",
        because="a tenth of a chunk, so that no sentence is lost at a cut",
        help="Tokens that a chunk repeats from the one before. It must be smaller than a chunk.",
    )  # fmt: skip
    documents_changed: Decimal = share(
        "Documents changed a month", default="assumptions:documents-changed", group="Documents",
        help="All chunks of a changed document are embedded and written again.",
    )  # fmt: skip
    vector_store: VectorStore = pick(
        "vector_stores", label="Vector store", default="pinecone/standard", group="Index",
        because="a plan without limits, billed by use above its minimum",
        help="For a server of your own, put its rent in the least to pay and set the other prices to 0.",
    )  # fmt: skip
    embedding: EmbeddingPrice = pick(
        "embeddings", label="Embedding model", default="openai/text-embedding-3-small", group="Index",
        because="a small model that most stores and libraries know",
    )  # fmt: skip
    index_in_batch: bool = yes_no(
        "Embed documents in a batch", default=False, group="Index",
        because="the standard price holds for every model",
        help="Where the model has a batch price. Questions are embedded at once in any case.",
    )  # fmt: skip
    dimensions: Decimal = number(
        "Dimensions of a vector", count("dimension"), low=1, high=100_000, default=1536, whole=True, group="Index",
        because="what Text Embedding 3 Small gives unless asked for fewer",
    )  # fmt: skip
    precision: str = choice(
        "Precision", PRECISIONS, default="float32", group="Index",
        because="what embedding models give; stores compress on request",
        help="How a store keeps each dimension. Fewer bits take less room and find a little less well.",
    )  # fmt: skip
    chunk_bytes: Decimal = number(
        "Text and metadata of a chunk", BYTES, low=0, high=10**7, default=2000, group="Index",
        because="500 tokens of about four characters, kept beside the vector",
    )  # fmt: skip
    index_overhead: Decimal = number(
        "Index size against its records", ONE, low=1, high=100, default="assumptions:index-overhead", group="Index",
        help="Links of a graph, free space, copies. Two full copies are 2 or more.",
    )  # fmt: skip
    query_tokens: Decimal = number(
        "Tokens in a question", TOKENS, low=0, high=10**9, default=60, group="Retrieval",
        because="two or three sentences",
        help="The question is embedded for the search and sent to the model.",
    )  # fmt: skip
    top_k: Decimal = number(
        "Chunks in the prompt", CHUNKS, low=0, high=100_000, default=5, whole=True, group="Retrieval",
        because="a common start: enough to answer, little to distract",
        help="How many of the chunks found the model gets to read, often called top k.",
    )  # fmt: skip
    reranking: bool = yes_no(
        "Reranking", default=False, group="Retrieval",
        because="plain search is the start to measure against",
        help="A second model reads the question with each candidate and puts the best first.",
    )  # fmt: skip
    reranker: Reranker = pick(
        "rerankers", label="Reranker", default="cohere/rerank-v4.0-fast", group="Retrieval",
        because="one price for a search, however long its passages",
    )  # fmt: skip
    candidates: Decimal = number(
        "Candidates to rerank", count("passage"), low=1, high=100_000, default=50, whole=True, group="Retrieval",
        because="ten for each chunk that goes into the prompt",
        help="How many chunks the search hands to the reranker; never fewer than go into the prompt.",
    )  # fmt: skip
    instructions: Decimal = number(
        "Fixed instructions", TOKENS, low=0, high=10**9, default=800, group="The prompt",
        because="a system prompt of about 600 English words",
    )  # fmt: skip
    examples: Decimal = number(
        "Examples", count("example"), low=0, high=10_000, default=2, group="The prompt",
        because="one answer with its sources, and one refusal",
    )  # fmt: skip
    example_tokens: Decimal = number(
        "Tokens in an example", TOKENS, low=0, high=10**8, default=250, group="The prompt",
        because="a short question with its answer",
    )  # fmt: skip
    answer: Decimal = number(
        "Answer", TOKENS, low=0, high=10**9, default=300, group="The answer",
        because="two or three paragraphs",
    )  # fmt: skip
    reasoning: Decimal = number(
        "Hidden reasoning", TOKENS, low=0, high=10**9, default=0, group="The answer",
        because="a model that answers at once",
        help="Reasoning models think in tokens that you do not see. They are billed as output.",
    )  # fmt: skip
    caching: bool = yes_no(
        "Prompt caching", default=True, group="How it is sent",
        because="providers cache a long enough prefix by themselves or on request",
        help="For instructions and examples only. Retrieved text differs with each question.",
    )  # fmt: skip
    found_cached: Decimal = share(
        "Requests that find the prefix cached", default="assumptions:prefix-found-cached", group="How it is sent",
    )  # fmt: skip
    batch: bool = yes_no(
        "Batch", default=False, group="How it is sent",
        because="someone waits for the answer",
        help="Answers come within a day instead of at once, at a lower price.",
    )  # fmt: skip
    model: ModelPrice = pick(
        "prices", label="Model", default="openai/gpt-6.1-sol", group="Model and prices",
        because="a general-purpose model from the middle of its maker's range",
        help="The model that answers. Token counts are taken as its own.",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Model and prices", help="Prices in force on that day.")
    embeddings: tuple[EmbeddingPrice, ...] = every("embeddings")
    stores: tuple[VectorStore, ...] = every("vector_stores")
