"""What an index asks: how many questions it serves, the documents, and how they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.questions.documents import OFTEN_UNKNOWN
from calculators.domain.records import EmbeddingPrice, VectorStore
from calculators.engine.declare import choice, number, pick, yes_no
from calculators.engine.numbers.units import BYTES, ONE, TOKENS, counted_unit
from calculators.rag.cost.chunks import ORIGINALS, PRECISIONS, TENANTS


@dataclass(frozen=True, kw_only=True)
class IndexInputs:
    """The volume, the documents, and their index."""

    queries: Decimal = questions.requests(
        label="Queries a month",
        group="Workload",
        help="Each question asked. Each is embedded, searched for and answered.",
    )
    repeated: Decimal = questions.repeated(
        group="How it is sent",
        folded=True,
        help="Questions asked again after a failure or a bad answer. They are paid for as well.",
    )
    documents: Decimal = questions.documents(group="Documents")
    tokens_per_document: Decimal = questions.tokens_per_document(group="Documents")
    chunk_size: Decimal = number(
        "Chunk size",
        TOKENS,
        low=1,
        high=10**6,
        default=500,
        whole=True,
        group="Documents",
        folded=True,
        because="a few paragraphs, a common start",
        help="The most tokens of a piece that is embedded, found and quoted as one.",
    )
    chunk_overlap: Decimal = number(
        "Chunk overlap",
        TOKENS,
        low=0,
        high=10**6,
        default=50,
        whole=True,
        group="Documents",
        folded=True,
        because="a tenth of a chunk, so that no sentence is lost at a cut",
        help="Tokens that a chunk repeats from the one before. It must be smaller than a chunk.",
    )
    changes: str = questions.changes(
        group="Documents",
        folded=True,
        help="On average. Anything but “I do not know” takes the place of “Documents changed a month”.",
    )
    documents_changed: Decimal = questions.documents_changed(group="Documents", only_if=("changes", OFTEN_UNKNOWN))
    tenants: Decimal = number(
        "Tenants",
        TENANTS,
        low=1,
        high=10**7,
        default=1,
        whole=True,
        group="Documents",
        folded=True,
        because="one index that every question searches",
        help="Customers, years or other parts of which a question searches one; at Pinecone each is a namespace. They "
        "are counted as equally large.",
    )
    vector_store: VectorStore = pick(
        "vector_stores",
        label="Vector store",
        default="pinecone/standard",
        group="Index",
        folded=True,
        because="a plan without limits, billed by use above its minimum",
        help="For a server of your own, put its rent in the least to pay and set the other prices to 0.",
    )
    embedding: EmbeddingPrice = pick(
        "embeddings",
        label="Embedding model",
        default="openai/text-embedding-3-small",
        group="Index",
        folded=True,
        because="a small model that most stores and libraries know",
    )
    index_in_batch: bool = yes_no(
        "Embed documents in a batch",
        default=False,
        group="Index",
        folded=True,
        because="the standard price holds for every model",
        help="Where the model has a batch price. Questions are embedded at once in any case.",
    )
    dimensions: Decimal = number(
        "Dimensions of a vector",
        counted_unit("dimension"),
        low=1,
        high=100_000,
        default=1536,
        whole=True,
        group="Index",
        folded=True,
        because="what Text Embedding 3 Small gives unless asked for fewer",
    )
    precision: str = choice(
        "Precision",
        PRECISIONS,
        default="float32",
        group="Index",
        folded=True,
        because="what embedding models give; stores compress on request",
        help="How a store keeps each dimension. Fewer bits take less room and find a little less well.",
    )
    originals: str = choice(
        "Originals of compressed vectors",
        ORIGINALS,
        default="disk",
        group="Index",
        folded=True,
        only_if=("precision", "int8", "binary"),
        because="Qdrant keeps them, to check the best hits against them",
        help="For vectors of 8 bits or one bit that a store made from 32-bit ones. Choose that none are kept where the "
        "embedding model gives such vectors itself.",
    )
    chunk_bytes: Decimal = number(
        "Text and metadata of a chunk",
        BYTES,
        low=0,
        high=10**7,
        default=2000,
        group="Index",
        folded=True,
        because="500 tokens of about four characters, kept beside the vector",
    )
    index_overhead: Decimal = number(
        "Index size against its records",
        ONE,
        low=1,
        high=100,
        default="assumptions:index-overhead",
        group="Index",
        folded=True,
        help="Links of a graph, free space, copies. Two full copies are 2 or more.",
    )
    month_hours: Decimal = questions.month_hours(
        group="Index",
        folded=True,
        help="Where a store charges by the day. A bill for 30 days has 720, the longest month 744.",
    )
